"""Every route in one ordered list: the first that fits an update takes it."""

from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from handlers import admitting, buttons, files, orders, questions
from handlers.context import App, Context
from handlers.heard import split_command
from handlers.migration import follow_chat
from handlers.turn import Turn

Route = BaseHandler[Any, Context, None]

OPEN_ORDERS = frozenset(order.name for order in orders.ORDERS if order.is_open)


def routes() -> list[Route]:
    """List the routes; edits, service messages and what is said in a group to others fit none."""
    said = filters.UpdateType.MESSAGE
    private = said & filters.ChatType.PRIVATE
    content = filters.ATTACHMENT | filters.POLL | filters.STORY
    files_sent = filters.Document.ALL | filters.PHOTO | filters.VIDEO
    return [
        CommandHandler("start", questions.start, said),
        CommandHandler(orders.BY_NAME.keys(), orders.give, said),
        CommandHandler(questions.BY_NAME.keys(), questions.run_command, said),
        MessageHandler(said & filters.COMMAND, questions.unknown_command),
        MessageHandler(said & filters.TEXT, questions.ask),
        MessageHandler(said & files_sent & ~filters.ANIMATION, files.receive),
        MessageHandler(private & content, files.explain_content),
        MessageHandler(said & filters.StatusUpdate.MIGRATE, follow_chat),
        CallbackQueryHandler(buttons.press),
    ]


def add_routes(app: App) -> None:
    """Give the application its routes."""
    app.add_handlers(routes())


@dataclass(frozen=True, slots=True)
class Matched:
    """An update with the first route that fits it, and what the route found in it."""

    update: Update
    app: App
    route: Route
    found: Any

    async def prepare(self, context: Context) -> None:
        """Do what needs the network, before the transaction begins."""
        if self.route.callback is files.receive:
            context.fetched = await files.fetch(self.update, context)

    async def handle(self, context: Context) -> None:
        """Have the route handle the update, within the transaction of the context."""
        turn = context.turn
        if _decides_itself(self.update, self.route) or await admitting.may_read(turn):
            await self.route.handle_update(self.update, self.app, self.found, context)
        else:
            _turn_away(self.update, turn)


def match(update: Update, app: App) -> Matched | None:
    """Find the route of an update; None for one that nobody waits for."""
    for route in app.handlers[0]:
        found = route.check_update(update)
        if found is not None and found is not False:
            return Matched(update, app, route, found)
    return None


def _decides_itself(update: Update, route: Route) -> bool:
    """Whether a route is open to strangers, or asks by itself who it is."""
    message, query = update.message, update.callback_query
    if route.callback is orders.give and message is not None:
        return split_command(message)[0] in OPEN_ORDERS
    if query is not None:
        return (query.data or "").startswith(buttons.OPEN_TO_STRANGERS)
    return route.callback in {questions.start, questions.ask, follow_chat}


def _turn_away(update: Update, turn: Turn) -> None:
    """Say why there is no answer; in a group only to a command, so as not to disturb."""
    is_press = update.callback_query is not None
    if is_press:
        turn.toast = admitting.NOT_FOR_YOU
    elif turn.place.is_private or (update.message and update.message.text):
        turn.say(admitting.turned_away(turn))
