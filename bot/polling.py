"""Reception by long polling: what Telegram holds is fetched, kept, acknowledged and handled."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.courier import Courier
from bot.dispatch import Dispatcher
from bot.introduction import introduce
from bot.reception import Received, read, receive
from bot.schedule import TICK_SECONDS, keep_house, tick
from handlers.context import App, place_of, services_of
from handlers.send import acknowledge, deliver
from storage.errors import StorageError
from storage.inbox import set_aside, store, take_up
from storage.traffic import InboxRow, Outgoing

logger = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
STANDBY_SECONDS = 1.0  # between two looks whether this program leads
STORAGE_SECONDS = 5.0  # before a batch that could not be kept is fetched again
MOST_IN_WORK = 1_000  # updates in memory; more stay at Telegram
STOP_SECONDS = 10.0  # for what is in work when the program is told to stop
GOODBYE_SECONDS = 5.0
CANNOT_KEEP = (
    "En este momento no puedo guardar nada, así que no registro nada. Su mensaje queda en espera; "
    "lo atenderé cuando se pueda."
)

Pause = Callable[[float], Awaitable[None]]
Result = TypeVar("Result")


async def run(app: App) -> int:
    """Run the bot on Telegram until the program is told to stop.

    Returns:
        The exit code: 0 after SIGTERM or SIGINT, 1 when Telegram refuses the token.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows: an interrupt cancels the program instead
            loop.add_signal_handler(name, stop.set)
    return await Polling(app, stop).run()


class Polling:
    """One bot that polls, from its first call to its last.

    `pause` waits so many seconds after a call that failed; it ends early when `stop` is set.
    """

    def __init__(
        self,
        app: App,
        stop: asyncio.Event,
        *,
        pause: Pause | None = None,
        stop_seconds: float = STOP_SECONDS,
        tick_seconds: float = TICK_SECONDS,
    ) -> None:
        self.app = app
        self._stop = stop
        self._pause = pause or self._wait
        self._stop_seconds = stop_seconds
        self._tick_seconds = tick_seconds
        self._services = services_of(app)
        self.courier = Courier(app.bot, self._services, pause=pause or asyncio.sleep)
        self._dispatcher = Dispatcher(app, self.courier, pause=pause or asyncio.sleep)
        self._working: set[asyncio.Task[None]] = set()
        self._offset: int | None = None
        self._failures = 0
        self._is_rival_known = False
        self._is_refused = False
        self._is_leading = False
        self._is_begun = False
        self._is_storage_down = False
        self._told: set[int | str] = set()  # chats and pressed buttons that know of it

    async def run(self) -> int:
        """Greet Telegram, poll until told to stop, finish what is begun; give the exit code."""
        try:
            if await self._reach(self._greet):
                logger.info("polling as @%s", self.app.bot.username)
                await self._serve()
            if self._offset is not None and not self._is_refused:
                await self._acknowledge(self._offset)
        finally:
            await self._services.presence.leave()
            await self.app.shutdown()
            await self.app.bot.shutdown()  # the line above skips it where the greeting failed
        return 1 if self._is_refused else 0

    async def _serve(self) -> None:
        """Receive, handle, send and keep house side by side, until told to stop."""
        await self._services.presence.look()
        async with asyncio.TaskGroup() as tasks:
            beside = [
                tasks.create_task(self.courier.run()),
                tasks.create_task(introduce(self.app.bot)),
                tasks.create_task(
                    keep_house(self._services, self.courier, tick_seconds=self._tick_seconds)
                ),
            ]
            async with asyncio.TaskGroup() as work:
                await self.courier.ready()
                while await self._leads(work):
                    if received := await self._reach(self._fetch):
                        await self._keep(received, work)
                await self._wind_down()
            for task in beside:
                task.cancel()

    async def _leads(self, work: asyncio.TaskGroup) -> bool:
        """Wait until this program leads, since one alone may poll; False when told to stop."""
        presence = self._services.presence
        while not self._stop.is_set():
            if presence.leads:
                if self._is_leading or await self._begin_to_lead(work):
                    self._is_leading = True
                    return True
                continue
            self._is_leading, self._is_begun = False, True
            await self._pause(STANDBY_SECONDS)
        return False

    async def _begin_to_lead(self, work: asyncio.TaskGroup) -> bool:
        """Take up what another left, and what fell due meanwhile; False where it must wait.

        Raises:
            StorageError: the database cannot be used at the start of the program, which ends it.
        """
        try:
            await self._take_up(work)
        except StorageError as error:
            if not self._is_begun:
                raise
            logger.error("nothing taken up yet: %s", error)  # noqa: TRY400
            await self._pause(STORAGE_SECONDS)
            return False
        self._is_begun = True
        await tick(self._services, self.courier)
        return True

    async def _greet(self) -> bool:
        """Make sure of the token, and that updates are not sent to a webhook instead."""
        await self.app.initialize()
        return await self.app.bot.delete_webhook()

    async def _fetch(self) -> Sequence[Received]:
        """Wait for the next updates; asking for them acknowledges those before."""
        return await receive(self.app.bot, self._offset)

    async def _take_up(self, work: asyncio.TaskGroup) -> None:
        """Handle what an earlier run had received and not finished."""
        async with self._services.database.write() as session:
            left = await take_up(session)
        for row in left:
            self._begin(row, work)

    async def _keep(self, received: Sequence[Received], work: asyncio.TaskGroup) -> None:
        """Commit a batch, and only then go on to what acknowledges it; handle what is new."""
        rows = await self._stored(received)
        if rows is None:
            return
        self._offset = max(each.update_id for each in received) + 1
        for row in rows:
            self._begin(row, work)
        while len(self._working) >= MOST_IN_WORK and not self._stop.is_set():
            await asyncio.wait(self._working, return_when=asyncio.FIRST_COMPLETED)

    async def _stored(self, received: Sequence[Received]) -> list[InboxRow] | None:
        """Keep a batch in the inbox; while that fails it stays with Telegram."""
        batch = [(each.update_id, each.raw) for each in received]
        given_up = frozenset(self._dispatcher.given_up)
        try:
            async with self._services.database.write() as session:
                for row_id in given_up:
                    await set_aside(session, row_id, "unavailable")
                rows = await store(session, batch, self._services.clock.now())
        except StorageError as error:
            if not self._is_storage_down:
                logger.error("updates cannot be kept: %s; they wait at telegram", error)  # noqa: TRY400
            self._is_storage_down = True
            await self._refuse(received)
            await self._pause(STORAGE_SECONDS)
            return None
        self._dispatcher.given_up -= given_up
        self._is_storage_down = False
        self._told.clear()
        return rows

    async def _refuse(self, received: Sequence[Received]) -> None:
        """Tell each who writes or presses, once, that nothing can be kept now."""
        for each in received:
            update = read(each.raw, self.app.bot)
            place = None if update is None else place_of(update)
            if update is None or place is None:
                continue
            query = update.callback_query
            key = place.chat_id if query is None else query.id
            if key in self._told:
                continue
            self._told.add(key)
            if query is not None:
                await acknowledge(query, CANNOT_KEEP)
            elif place.is_private:  # in a group it may have been said to somebody else
                await deliver(self.app.bot, Outgoing(chat_id=place.chat_id, text=CANNOT_KEEP))

    def _begin(self, row: InboxRow, work: asyncio.TaskGroup) -> None:
        task = work.create_task(self._dispatcher.work(row))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _wind_down(self) -> None:
        """Give what is in work and what is to be sent some seconds more; the rest is kept."""
        try:
            async with asyncio.timeout(self._stop_seconds):
                while self._working:
                    await asyncio.wait(self._working)
                await self.courier.finished()
        except TimeoutError:
            logger.warning(
                "%s updates unfinished; the next start takes them up", len(self._working)
            )
        for task in self._working:
            task.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self.courier.close()

    async def _acknowledge(self, offset: int) -> None:
        """Tell Telegram what is kept, so that it is not sent again at the next start."""
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await receive(self.app.bot, offset, seconds=0)
        except (TelegramError, TimeoutError) as error:
            logger.warning("the last updates are not acknowledged: %s", error)

    async def _reach(self, call: Callable[[], Coroutine[Any, Any, Result]]) -> Result | None:
        """Call until Telegram answers; None when told to stop, or refused, before that."""
        while not self._stop.is_set():
            try:
                result = await self._unless_stopped(call())
            except InvalidToken:
                self._refused()
            except TelegramError as error:
                await self._pause(self._failed(error))
            else:
                if result is not None:
                    self._answered()
                return result
        return None

    async def _unless_stopped(self, call: Coroutine[Any, Any, Result]) -> Result | None:
        """Wait for a call; drop it and give None when told to stop."""
        work, stopped = asyncio.ensure_future(call), asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return await work if work.done() else None
        finally:
            work.cancel()
            stopped.cancel()
            await asyncio.gather(work, stopped, return_exceptions=True)

    def _refused(self) -> None:
        """Say why there is no use in going on, and stop."""
        logger.error("Telegram rechaza el token: revise BOT_TOKEN (y BOT_API_URL si lo cambió).")
        self._is_refused = True
        self._stop.set()

    def _failed(self, error: TelegramError) -> float:
        """Note a failure, telling the first of a row only; give the pause before the next try."""
        if isinstance(error, Conflict):
            if not self._is_rival_known:
                logger.error("Otro programa usa el mismo BOT_TOKEN: deje uno solo en marcha.")
            self._is_rival_known = True
        elif not self._failures:
            cause = error.__cause__ or error  # it says more than «timed out»
            logger.warning("Telegram no responde (%s); se sigue intentando.", cause)
        self._failures += 1
        if isinstance(error, RetryAfter):
            return _seconds(error.retry_after)
        return min(FIRST_PAUSE_SECONDS * 2.0 ** min(self._failures - 1, 10), LONGEST_PAUSE_SECONDS)

    def _answered(self) -> None:
        """Note that Telegram answers, telling it after a failure only."""
        if self._failures:
            logger.warning("Telegram responde de nuevo.")
        self._failures = 0

    async def _wait(self, seconds: float) -> None:
        """Pause, but not beyond the order to stop."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stop.wait()


def _seconds(wait: timedelta | int) -> float:
    """Give a wait in seconds, whichever way the library says it."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
