"""The updates that wait for the bot: kept until acknowledged, by polling or by webhook."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from secrets import randbelow

from bot.demo.refusals import Json, conflict

FIRST_UPDATE = 100_000_000
MOST_AT_ONCE = 100
FAR = 10
LONGEST_POLL_SECONDS = 50
# what a bot has to ask for by name
BY_NAME_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
RIVAL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass
class Webhook:
    """Where updates are pushed to, and how the last push ended."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


class Updates:
    """The queue of one bot."""

    def __init__(self) -> None:
        self.waiting: list[Json] = []
        self.webhook: Webhook | None = None
        self.allowed: frozenset[str] = frozenset()  # none: all but those by name only
        self.is_closed = False
        self.next_id = FIRST_UPDATE + randbelow(FIRST_UPDATE)  # as Telegram does
        self._polls = 0
        self._changed = asyncio.Event()

    def push(self, kind: str, content: Json) -> int | None:
        """Queue an update; None for a kind that the bot does not want."""
        if not self.wants(kind):
            return None
        update_id = self.next_id
        self.next_id += 1
        self.waiting.append({"update_id": update_id, kind: content})
        self.wake()
        return update_id

    def wants(self, kind: str) -> bool:
        """Tell whether the bot asked for this kind of update."""
        return kind in self.allowed if self.allowed else kind not in BY_NAME_ONLY

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Take only these kinds from now on, or with none the usual; None changes nothing."""
        if kinds is not None:
            self.allowed = frozenset(kind.lower() for kind in kinds)

    def acknowledge(self, offset: int) -> None:
        """Forget those before `offset`; a negative one keeps so many from the end."""
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif 0 < offset <= self.next_id + FAR:  # one from farther away is not of this queue
            self.waiting = [each for each in self.waiting if each["update_id"] >= offset]
        self.wake()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Hold the call until there is something; the same comes again until acknowledged.

        Raises:
            RefusedError: a webhook is set, or another poll began meanwhile.
        """
        if self.webhook is not None:
            raise conflict(WEBHOOK_IS_SET)
        self.acknowledge(offset)
        if not self.waiting and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL_SECONDS))
        return self.waiting[: min(max(limit, 1), MOST_AT_ONCE)]

    async def _wait(self, seconds: float) -> None:
        """Wait for an update; an older call that waits ends, for this one is its rival."""
        self._polls += 1
        poll = self._polls
        self.wake()

        def is_over() -> bool:
            ended = self.is_closed or self.webhook is not None or self._polls != poll
            return ended or bool(self.waiting)

        await self.until(is_over, seconds)
        if self._polls != poll:
            raise conflict(RIVAL)
        if self.webhook is not None:
            raise conflict("terminated by setWebhook request")

    def wake(self) -> None:
        """Let everybody who waits look again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, is_met: Callable[[], bool], seconds: float | None = None) -> bool:
        """Wait until a condition is met; False when the time was over before."""
        try:
            async with asyncio.timeout(seconds):
                while not is_met():
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """End every poll that waits."""
        self.is_closed = True
        self.wake()
