"""Telegram's limits on sending: 30 messages a second in all, 1 a chat, 20 a minute a group."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.refusals import too_many_requests


@dataclass(frozen=True)
class Rate:
    """So many messages in so many seconds."""

    messages: int
    seconds: float


ALL = Rate(30, 1.0)
CHAT = Rate(1, 1.0)
GROUP = Rate(20, 60.0)


class Limits:
    """Counts what was sent; `now` gives seconds from anywhere, and never goes back."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._sent: dict[tuple[int | None, Rate], deque[float]] = defaultdict(deque)

    def take(self, chat_id: int, *, is_group: bool) -> None:
        """Count one message to a chat.

        Raises:
            RefusedError: 429 with the seconds to wait; nothing is counted then.
        """
        now = self._now()
        keys: list[tuple[int | None, Rate]] = [(None, ALL), (chat_id, CHAT)]
        if is_group:
            keys.append((chat_id, GROUP))
        wait = max(self._wait(self._sent[key], key[1], now) for key in keys)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for key in keys:
            self._sent[key].append(now)

    @staticmethod
    def _wait(sent: deque[float], rate: Rate, now: float) -> float:
        """Give the seconds until one more fits."""
        while sent and sent[0] <= now - rate.seconds:
            sent.popleft()
        return sent[0] + rate.seconds - now if len(sent) >= rate.messages else 0.0
