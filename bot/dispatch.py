"""One update from the inbox to its effect: never lost, never twice, at last set aside."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from secrets import token_hex

from telegram import Update

from bot.courier import Courier
from bot.reception import read
from handlers.context import App, place_of, sender_of, services_of
from handlers.errors import apologise, set_aside_notice
from handlers.housekeeping import tell_administrators
from handlers.routes import match
from handlers.send import acknowledge
from handlers.standing import administers
from handlers.turn import Place, StandingUnknownError, Turn
from handlers.views.marks import GONE
from storage import inbox, outbox
from storage.engine import Session
from storage.errors import DatabaseUnavailableError, StorageError, Unavailable
from storage.traffic import InboxRow, OutboxRow

logger = logging.getLogger(__name__)

BETWEEN_SECONDS = (0.5, 3.0)  # before an update that failed is tried again
PASSING = {Unavailable.CROSSED, Unavailable.UNREACHABLE}  # may be over at the next try
UPDATE_SECONDS = 120.0  # one that takes longer is given up, so that the others go on
STARTS = 20  # an update that was there at more starts is what ends the program

Pause = Callable[[float], Awaitable[None]]


class Dispatcher:
    """Has the routes handle updates, each in a transaction with its done-mark."""

    def __init__(self, app: App, courier: Courier, *, pause: Pause = asyncio.sleep) -> None:
        self._app = app
        self._services = services_of(app)
        self._courier = courier
        self._pause = pause
        self.given_up: set[int] = (
            set()
        )  # could not even be set aside, since nothing can be written

    async def work(self, row: InboxRow) -> None:
        """Handle one update in the lane of its chat."""
        if row.attempts > STARTS:
            await self._set_aside(row, "interrupted")
            return
        update = read(row.raw, self._app.bot)
        if update is None:
            await self._set_aside(row, "unreadable")
            return
        await self._app.update_processor.process_update(update, self._try(row, update))

    async def _try(self, row: InboxRow, update: Update) -> None:
        """Handle one update, again where it failed; at last set it aside and own it."""
        sent: list[OutboxRow] = []  # by the last attempt, which counts if only its news was lost
        for pause in (*BETWEEN_SECONDS, None):
            ticket = token_hex(3)
            try:
                async with asyncio.timeout(UPDATE_SECONDS):
                    await self._handle(row, update, sent)
            except Exception as error:
                logger.exception("update failed, ticket %s", ticket)
                if pause is None or _is_lasting(error):
                    if await self._set_aside(row, ticket):
                        await apologise(self._app.bot, update, error, ticket)
                    else:
                        self._courier.hand_over(sent)
                    return
                await self._pause(pause)
            else:
                return

    async def _handle(self, row: InboxRow, update: Update, sent: list[OutboxRow]) -> None:
        """Let the routes have one update; what is to be sent goes out after the commit.

        Where it depends on what the sender is in the group, Telegram is asked between two
        transactions, of which the first is undone.
        """
        try:
            await self._handle_as(row, update, sent, standing=None)
        except StandingUnknownError:
            standing = await administers(update, self._app.bot)
            await self._handle_as(row, update, sent, standing=standing)

    async def _handle_as(
        self, row: InboxRow, update: Update, sent: list[OutboxRow], *, standing: bool | None
    ) -> None:
        """Handle an update of somebody who administers the group, or does not, or who knows.

        What an attempt before it left in `sent` goes out if that one had its effect after all.
        """
        services = self._services
        matched, place = match(update, self._app), place_of(update)
        turn: Turn | None = None
        context = self._app.context_types.context.from_update(update, self._app)
        if matched is not None:
            await matched.prepare(context)
        async with services.database.write() as session:
            is_new = await inbox.finish(session, row.id)
            if is_new:
                sent.clear()  # an attempt before this one was undone
            if is_new and matched is not None and place is not None:
                turn = self._turn(update, session, place)
                turn.administers = standing
                await matched.handle(context.within(turn))
                now = services.clock.now()
                sent += await outbox.add(session, turn.outgoing, now, services.presence.id)
        self._courier.hand_over(sent)
        sent.clear()
        if update.callback_query is not None:
            stale = GONE if is_new else None
            await acknowledge(update.callback_query, turn.toast if turn else stale)

    def _turn(self, update: Update, session: Session, place: Place) -> Turn:
        """Begin a turn in a transaction."""
        return Turn(
            self._services,
            session,
            sender_of(update),
            place,
            update.update_id,
            bot_name=self._app.bot.username,
        )

    async def _set_aside(self, row: InboxRow, ticket: str) -> bool:
        """Give an update up and tell the administrators; it stays in the inbox for them.

        False for one that had its effect: only the news of its commit was lost.
        """
        services = self._services
        try:
            async with services.database.write() as session:
                if not await inbox.set_aside(session, row.id, ticket):
                    return False
                rows = await tell_administrators(services, session, set_aside_notice(ticket))
        except Exception:
            logger.exception("update not set aside, ticket %s", ticket)
            self.given_up.add(row.id)
        else:
            self._courier.hand_over(rows)
        return True


def _is_lasting(error: Exception) -> bool:
    """Whether another try would fail in the same way, or take as long."""
    if isinstance(error, DatabaseUnavailableError):
        return error.reason not in PASSING
    return isinstance(error, (TimeoutError, StorageError))
