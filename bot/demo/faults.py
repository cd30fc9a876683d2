"""What can go wrong with a call, on demand: refusals, garbage and cut connections."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from bot.demo.refusals import RefusedError, conflict, forbidden, too_many_requests
from bot.demo.updates import RIVAL

GARBAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True)
class Fault:
    """What happens to one call in place of its answer; `is_done`: it still takes effect."""

    refusal: RefusedError | None = None
    body: bytes | None = None  # sent as it is, with status 200
    is_done: bool = False


CUT_BEFORE, CUT_AFTER = Fault(), Fault(is_done=True)


class Faults:
    """The faults that wait for the calls of each method, in order."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)

    def add(self, method: str, faults: Iterable[Fault]) -> None:
        """Let the next calls of a method end so, one each."""
        self._waiting[method].extend(faults)

    def next(self, method: str) -> Fault | None:
        """Take the fault that the call now made meets, if any."""
        return self._waiting[method].popleft() if self._waiting[method] else None


def refusal(status: int, retry_after: int | None = None) -> Fault:
    """Make the fault of a status: 403 blocked, 429 too soon, 5xx."""
    match status:
        case 403:
            return Fault(forbidden("bot was blocked by the user"))
        case 409:
            return Fault(conflict(RIVAL))
        case 429:
            return Fault(too_many_requests(retry_after or 1))
        case 502:
            return Fault(RefusedError(502, "Bad Gateway"))
        case _:
            return Fault(RefusedError(status, "Internal Server Error"))
