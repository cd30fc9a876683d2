"""The methods that are served, by the names that the Bot API gives them."""

from collections.abc import Awaitable, Callable

from bot.demo.methods import answers, chats, identity, messages, reception
from bot.demo.methods.side import BotSide
from bot.demo.params import Params
from bot.demo.refusals import RefusedError

METHODS: dict[str, Callable[[BotSide, Params], Awaitable[object]]] = {
    "getMe": identity.get_me,
    "setMyCommands": identity.set_my_commands,
    "getMyCommands": identity.get_my_commands,
    "deleteMyCommands": identity.delete_my_commands,
    "setMyDescription": identity.set_my_description,
    "setMyShortDescription": identity.set_my_short_description,
    "getUpdates": reception.get_updates,
    "setWebhook": reception.set_webhook,
    "deleteWebhook": reception.delete_webhook,
    "getWebhookInfo": reception.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "sendChatAction": messages.send_chat_action,
    "answerCallbackQuery": answers.answer_callback_query,
    "answerInlineQuery": answers.answer_inline_query,
    "getFile": chats.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
}
BY_NAME = {name.lower(): method for name, method in METHODS.items()}


async def call(side: BotSide, name: str, params: Params) -> object:
    """Run a method; its name is read in any case.

    Raises:
        RefusedError: what Telegram answers instead of a result.
    """
    method = BY_NAME.get(name.lower())
    if method is None:
        raise RefusedError(404, "Not Found: method not found")
    return await method(side, params)
