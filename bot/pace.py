"""Within Telegram's limits: about 30 messages a second in all, 1 a chat, 20 a minute a group.

Notices wait for their turn. Answers do not, since people wait for them, but they are counted, so
that the notices beside them are fewer. What is counted is what Telegram counts: the messages of
the last second or minute. A leaky bucket, which the usual libraries have, must be kept below the
limit by its burst, and loses what it did not use while the program was busy.
"""

import asyncio
from collections import OrderedDict, deque

# a little less than the limits: on the way messages come closer to one another
IN_ALL, ALL_SECONDS = 29, 1.02
CHAT_SECONDS = 1.05
IN_A_GROUP, GROUP_SECONDS = 20, 60.5
MOST_CHATS = 10_000  # whose last messages are remembered


class Window:
    """Lets at most so many messages through in any period of so many seconds."""

    def __init__(self, messages: int, seconds: float) -> None:
        self._seconds = seconds
        self._taken: deque[float] = deque(maxlen=messages)
        self._order = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until one more may go."""
        async with self._order:
            if len(self._taken) == self._taken.maxlen:
                now = asyncio.get_running_loop().time()
                await asyncio.sleep(max(0.0, self._taken[0] + self._seconds - now))
            self.take()

    def take(self) -> None:
        """Count one that goes now in any case."""
        self._taken.append(asyncio.get_running_loop().time())


class Pace:
    """Gives each message its turn."""

    def __init__(self) -> None:
        self._programs = 1
        self._all = Window(IN_ALL, ALL_SECONDS)
        self._chats: OrderedDict[int, tuple[Window, ...]] = OrderedDict()

    def share(self, programs: int) -> None:
        """Leave room for other programs that send to the same Telegram."""
        if programs != self._programs:
            self._programs = programs
            self._all = Window(max(1, IN_ALL // programs), ALL_SECONDS)

    async def turn(self, chat_id: int) -> None:
        """Wait until a notice may go to a chat."""
        for window in (*self._of_chat(chat_id), self._all):
            await window.turn()

    def take(self, chat_id: int) -> None:
        """Count an answer, which goes at once."""
        for window in (*self._of_chat(chat_id), self._all):
            window.take()

    def _of_chat(self, chat_id: int) -> tuple[Window, ...]:
        """The windows of a chat; groups have negative ids."""
        windows = self._chats.pop(chat_id, None)
        if windows is None:
            own = Window(1, CHAT_SECONDS)
            group = (Window(IN_A_GROUP, GROUP_SECONDS),) if chat_id < 0 else ()
            windows = (own, *group)
        self._chats[chat_id] = windows
        if len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)
        return windows
