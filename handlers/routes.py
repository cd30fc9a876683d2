"""Every route in one ordered list: the first that fits an update takes it."""

from typing import Any

from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from handlers import buttons, errors, help, questions  # noqa: A004 - the capability is named so
from handlers.context import App, Context


def routes() -> list[BaseHandler[Any, Context, None]]:
    """List the routes; edits, service messages and what is said in a group to others fit none."""
    said = filters.UpdateType.MESSAGE
    private = said & filters.ChatType.PRIVATE
    content = filters.ATTACHMENT | filters.POLL | filters.STORY
    return [
        CommandHandler("start", questions.start, said),
        CommandHandler(questions.BY_NAME.keys(), questions.run_command, said),
        MessageHandler(said & filters.COMMAND, questions.unknown_command),
        MessageHandler(said & filters.TEXT, questions.ask),
        MessageHandler(private & content, help.explain_content),
        CallbackQueryHandler(buttons.press),
    ]


def add_routes(app: App) -> None:
    """Give the application its routes and its error handler."""
    app.add_handlers(routes())
    app.add_error_handler(errors.on_error)
