"""The typed context of every handler, and the type of the application that runs them."""

from typing import Any

from telegram import Message, Update
from telegram.ext import Application, CallbackContext, ExtBot

from handlers.services import Services

SERVICES = "services"  # the one key of `bot_data`


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[str, Services]]):
    """What a handler gets beside the update."""

    @property
    def services(self) -> Services:
        """The services that the application was built with."""
        return self.bot_data[SERVICES]


App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[str, Services], Any]


def message_of(update: Update) -> Message:
    """Give the new message of an update that a route let through because it has one."""
    if update.message is None:
        raise TypeError("the route let an update without a message through")
    return update.message
