"""The typed context of every handler, and what an update says of its sender and place."""

from typing import Any, Self

from telegram import Chat, Message, Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from handlers.fetching import Attached
from handlers.services import Services
from handlers.turn import Place, Sender, Turn, plain_name
from handlers.views.reply import Reply
from storage.evidence_files import StoredEvidence

SERVICES = "services"  # the one key of `bot_data`


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[str, Services]]):
    """What a handler gets beside the update."""

    _turn: Turn | None = None
    fetched: StoredEvidence | Attached | Reply | None = (
        None  # what was brought before the transaction
    )

    @property
    def services(self) -> Services:
        """The services that the application was built with."""
        return self.bot_data[SERVICES]

    @property
    def turn(self) -> Turn:
        """The transaction in which the update is handled."""
        if self._turn is None:
            raise RuntimeError("a handler was called outside its transaction")
        return self._turn

    def within(self, turn: Turn) -> Self:
        """Work within a transaction."""
        self._turn = turn
        return self


App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[str, Services], Any]


def services_of(app: App) -> Services:
    """Give the services that an application was built with."""
    return app.bot_data[SERVICES]


def message_of(update: Update) -> Message:
    """Give the new message of an update that a route let through because it has one."""
    if update.message is None:
        raise TypeError("the route let an update without a message through")
    return update.message


def sender_of(update: Update) -> Sender:
    """Tell who sent an update; who writes as a chat or a channel stays unknown."""
    message = update.effective_message
    is_press = update.callback_query is not None
    if not is_press and isinstance(message, Message) and message.sender_chat is not None:
        return Sender(None, message.sender_chat.title or "anónimo")
    user = update.effective_user
    if user is None or user.is_bot:
        return Sender(None, "anónimo")
    return Sender(user.id, plain_name(user.full_name))


def place_of(update: Update) -> Place | None:
    """Tell where an update came from; None for one of no chat."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        return None
    is_topic = isinstance(message, Message) and message.is_topic_message
    return Place(
        chat.id,
        is_private=chat.type == ChatType.PRIVATE,
        title=_title(chat),
        thread_id=message.message_thread_id if is_topic and message else None,
        message_id=message.message_id if message else None,
    )


def _title(chat: Chat) -> str:
    return chat.title or chat.full_name or ""
