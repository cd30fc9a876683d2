"""The bot's side of the world: the chats that are open to it, and what it puts there."""

from dataclasses import dataclass

from bot.demo.files import StoredFile
from bot.demo.limits import Limits
from bot.demo.methods.content import check_size, keyboard_of, quoted
from bot.demo.params import Params, Upload, whole
from bot.demo.refusals import Json, bad_request, forbidden, upgraded
from bot.demo.world import Chat, World


@dataclass(frozen=True)
class BotSide:
    """One bot's side of the world."""

    world: World
    limits: Limits | None = None

    def chat(self, params: Params) -> Chat:
        """Find the chat that a call is about; refuse one that is closed to the bot."""
        if not params.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat_id = params.whole("chat_id")
        chat = self.world.chats.get(chat_id)
        if chat is None:
            if chat_id in self.world.people:
                raise forbidden("bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        if chat.upgraded_to is not None:
            raise upgraded(chat.upgraded_to)
        if not chat.has(self.world.bot_id):
            raise forbidden(_closed(chat, chat.members.get(self.world.bot_id, "left")))
        return chat

    def send(self, params: Params, content: Json) -> Json:
        """Put a message of the bot into a chat."""
        answered = params.mapping("reply_parameters", "reply parameters", "reply parameters")
        if answered and "message_id" not in answered:
            raise bad_request('can\'t find field "message_id"')
        content |= keyboard_of(params)
        chat = self.chat(params)
        content |= _thread(chat, params) | _answered(chat, answered)
        if self.limits is not None:
            self.limits.take(chat.id, is_group=not chat.is_private)
        return self.world.store(chat, self.world.bot, content)

    def file(self, params: Params, kind: str, most: int) -> StoredFile:
        """Take the file of a call: new, or one known by its id."""
        given = params.upload(kind)
        if not given:
            raise bad_request(f"there is no {kind} in the request")
        if isinstance(given, Upload):
            check_size(kind, len(given.content), most)
            return self.world.files.add(
                given.name, given.mime_type, given.content, kind=f"{kind}s"
            )
        known = self.world.files.get(given)
        if known is None:
            raise bad_request(
                "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
            )
        return known


def _closed(chat: Chat, status: str) -> str:
    """Why the bot may not write."""
    if chat.is_private:
        return "bot was blocked by the user"
    kind = f"{chat.info['type']} chat"
    if status == "kicked":
        return f"bot was kicked from the {kind}"
    return f"bot is not a member of the {kind}"


def _answered(chat: Chat, answered: Json) -> Json:
    """The message that this one answers."""
    message_id = whole(answered.get("message_id", 0))
    original = chat.messages.get(message_id)
    if original is not None:
        return {"reply_to_message": quoted(original)}
    if message_id <= 0 or answered.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _thread(chat: Chat, params: Params) -> Json:
    """The topic of a forum that a message goes to."""
    if not params.text("message_thread_id"):
        return {}
    if not chat.info.get("is_forum"):
        raise bad_request("message thread not found")
    return {"message_thread_id": params.whole("message_thread_id"), "is_topic_message": True}
