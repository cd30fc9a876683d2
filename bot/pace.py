"""Within Telegram's limits: about 30 messages a second in all, 1 a chat, 20 a minute a group.

Notices wait for their turn. Answers do not, since people wait for them; they take their share of
the limits where there is room, so that the notices beside them are fewer.

A bucket of `c` that leaks `r` a second lets at most `c + r * t` through in `t` seconds.
"""

from collections import OrderedDict

from aiolimiter import AsyncLimiter

BURST, EACH_SECOND = 1, 28.5  # 29.5 in any second at most
GROUP_BURST, GROUP_EACH_MINUTE = 10, 10  # 20 in any minute
MOST_CHATS = 10_000  # whose last messages are remembered


class Pace:
    """Gives each message its turn."""

    def __init__(self) -> None:
        self._programs = 1
        self._all = _all_among(1)
        self._chats: OrderedDict[int, tuple[AsyncLimiter, ...]] = OrderedDict()

    def share(self, programs: int) -> None:
        """Leave room for other programs that send to the same Telegram."""
        if programs != self._programs:
            self._programs, self._all = programs, _all_among(programs)

    async def turn(self, chat_id: int) -> None:
        """Wait until a notice may go to a chat."""
        for limiter in self._of_chat(chat_id):
            await limiter.acquire()
        await self._all.acquire()

    async def take(self, chat_id: int) -> None:
        """Count an answer where there is room; it goes at once in any case."""
        for limiter in (*self._of_chat(chat_id), self._all):
            if limiter.has_capacity():
                await limiter.acquire()

    def _of_chat(self, chat_id: int) -> tuple[AsyncLimiter, ...]:
        """The limiters of a chat; groups have negative ids."""
        limiters = self._chats.pop(chat_id, None)
        if limiters is None:
            own = AsyncLimiter(1, 1.0)
            group = AsyncLimiter(GROUP_BURST, GROUP_BURST * 60 / GROUP_EACH_MINUTE)
            limiters = (own, group) if chat_id < 0 else (own,)
        self._chats[chat_id] = limiters
        if len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)
        return limiters


def _all_among(programs: int) -> AsyncLimiter:
    """The limiter of all messages of one among several programs."""
    return AsyncLimiter(BURST, BURST * programs / EACH_SECOND)
