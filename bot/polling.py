"""Reception by long polling: what Telegram holds for the bot is fetched, handled, acknowledged."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.application import build
from bot.introduction import introduce
from bot.reception import Received, receive
from bot.settings import Settings
from handlers.context import App
from handlers.services import Services

logger = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
UPDATE_SECONDS = 120.0  # one update that takes longer is given up, so that the others go on
STOP_SECONDS = 10.0  # for what is in work when the program is told to stop
GOODBYE_SECONDS = 5.0

Pause = Callable[[float], Awaitable[None]]
Result = TypeVar("Result")


async def run(settings: Settings, services: Services) -> int:
    """Run the bot on Telegram until the program is told to stop.

    Returns:
        The exit code: 0 after SIGTERM or SIGINT, 1 when Telegram refuses the token.

    Raises:
        MissingTokenError: `BOT_TOKEN` is not set.
    """
    app, stop = build(settings, services), asyncio.Event()
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
    ) -> None:
        self._app = app
        self._stop = stop
        self._pause = pause or self._wait
        self._stop_seconds = stop_seconds
        self._offset: int | None = None
        self._failures = 0
        self._is_rival_known = False
        self._is_refused = False

    async def run(self) -> int:
        """Greet Telegram, poll until told to stop, acknowledge the rest; give the exit code."""
        try:
            if await self._reach(self._greet):
                logger.info("polling as @%s", self._app.bot.username)
                async with asyncio.TaskGroup() as tasks:
                    introduction = tasks.create_task(introduce(self._app.bot))
                    while not self._stop.is_set():
                        await self._handle(await self._reach(self._fetch) or ())
                    introduction.cancel()
            if self._offset is not None and not self._is_refused:
                await self._acknowledge(self._offset)
        finally:
            await self._app.shutdown()
            await self._app.bot.shutdown()  # the line above skips it where the greeting failed
        return 1 if self._is_refused else 0

    async def _greet(self) -> bool:
        """Make sure of the token, and that updates are not sent to a webhook instead."""
        await self._app.initialize()
        return await self._app.bot.delete_webhook()

    async def _fetch(self) -> Sequence[Received]:
        """Wait for the next updates; asking for them acknowledges those before."""
        return await receive(self._app.bot, self._offset)

    async def _acknowledge(self, offset: int) -> None:
        """Tell Telegram what was handled, so that it is not sent again at the next start."""
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self._app.bot.get_updates(offset=offset, limit=1, timeout=0)
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

    async def _handle(self, received: Sequence[Received]) -> None:
        """Handle a batch; the next offset leaves out what could not be finished in time."""
        if not received:
            return
        updates = [each.update for each in received if each.update is not None]
        unfinished = {update.update_id for update in updates}
        after = max(each.update_id for each in received) + 1
        self._offset = min(unfinished, default=after)
        try:
            async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as watch:
                watcher = watch.create_task(self._limit_when_stopped(limit))
                async with asyncio.TaskGroup() as work:
                    for update in updates:
                        work.create_task(self._handle_one(update, unfinished))
                watcher.cancel()
        except TimeoutError:
            logger.warning("%s updates unfinished; telegram sends them again", len(unfinished))
        self._offset = min(unfinished, default=after)

    async def _handle_one(self, update: Update, unfinished: set[int]) -> None:
        """Handle one update in its lane."""
        await self._app.update_processor.process_update(update, self._process(update))
        unfinished.discard(update.update_id)

    async def _process(self, update: Update) -> None:
        """Let the routes have one update, not for ever."""
        try:
            async with asyncio.timeout(UPDATE_SECONDS):
                await self._app.process_update(update)
        except TimeoutError:
            logger.error("update %s given up", update.update_id)  # noqa: TRY400 - says it all

    async def _limit_when_stopped(self, limit: asyncio.Timeout) -> None:
        """Give what is in work some seconds more, counted from the order to stop."""
        await self._stop.wait()
        limit.reschedule(asyncio.get_running_loop().time() + self._stop_seconds)


def _seconds(wait: timedelta | int) -> float:
    """Give a wait in seconds, whichever way the library says it."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
