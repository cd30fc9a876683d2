"""What people do on their phones: messages, and updates where the bot may see them."""

from dataclasses import dataclass
from typing import Any

from bot.demo.files import StoredFile
from bot.demo.markup import plain
from bot.demo.methods.chats import member
from bot.demo.methods.content import document_content, photo_content, quoted
from bot.demo.refusals import Json
from bot.demo.world import Chat, World

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
SERVICE = frozenset(
    {"new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id"}
)


class NotThereError(Exception):
    """There is no such chat, message, button or result for this person."""


@dataclass(frozen=True)
class Phones:
    """The people's side of the world."""

    world: World

    def say(
        self, chat: Chat, sender: Json, text: str, *, reply_to: int | None = None, **fields: Any
    ) -> Json:
        """Write a text; commands, names and links are marked as a phone does."""
        written = plain(text)
        entities = {"entities": list(written.entities)} if written.entities else {}
        content = {"text": written.text} | entities | fields
        return self.post(chat, sender, content, reply_to=reply_to)

    def attach(
        self,
        chat: Chat,
        sender: Json,
        file: StoredFile,
        caption: str = "",
        *,
        reply_to: int | None = None,
    ) -> Json:
        """Send a file: a picture as such, anything else as a document."""
        is_picture = file.mime_type in PICTURES
        content = photo_content(file) if is_picture else document_content(file)
        written = plain(caption)
        if written.text:
            content["caption"] = written.text
            if written.entities:
                content["caption_entities"] = list(written.entities)
        return self.post(chat, sender, content, reply_to=reply_to)

    def forward(self, message: Json, chat: Chat, sender: Json) -> Json:
        """Forward a message; it says whose it was."""
        content = {
            key: value
            for key, value in message.items()
            if key in {"text", "entities", "photo", "document", "caption", "caption_entities"}
        }
        origin = message.get("forward_origin") or {
            "type": "user",
            "sender_user": message["from"],
            "date": message["date"],
        }
        return self.post(chat, sender, content | {"forward_origin": origin})

    def post(
        self, chat: Chat, sender: Json, content: Json, *, reply_to: int | None = None
    ) -> Json:
        """Put any content into a chat, in the fields of the Bot API.

        Raises:
            NotThereError: the message to answer is not there.
        """
        if reply_to is not None:
            if reply_to not in chat.messages:
                raise NotThereError
            content |= {"reply_to_message": quoted(chat.messages[reply_to])}
        is_seen = self._sees(chat, content)
        message = self.world.store(chat, sender, content, is_hidden=not is_seen)
        if is_seen:
            self.world.updates.push("message", message)
        return message

    def revise(self, chat: Chat, message_id: int, text: str) -> Json:
        """Change a message that a person wrote."""
        if message_id not in chat.messages:
            raise NotThereError
        written = plain(text)
        kept = chat.messages[message_id] | {"text": written.text}
        kept.pop("entities", None)
        if written.entities:
            kept["entities"] = list(written.entities)
        message = self.world.change(chat, message_id, kept)
        if message_id not in chat.hidden:
            self.world.updates.push("edited_message", message)
        return message

    def press(self, chat: Chat, sender: Json, data: str, message_id: int) -> str:
        """Press a button with any data, as a client may; give the id of the query."""
        if message_id not in chat.messages:
            raise NotThereError
        query_id = self.world.ask(int(sender["id"]), chat.id)
        content = {
            "id": query_id,
            "from": sender,
            "chat_instance": str(abs(chat.id)),
            "data": data,
            "message": chat.messages[message_id],
        }
        self.world.updates.push("callback_query", content)
        return query_id

    def search(self, sender: Json, words: str, chat: Chat | None = None) -> str:
        """Type the bot's name and some words, for it to offer results; give the query's id."""
        query_id = self.world.ask(int(sender["id"]), chat.id if chat else None)
        content = {"id": query_id, "from": sender, "query": words, "offset": ""}
        if chat is not None:
            content["chat_type"] = "sender" if chat.is_private else chat.info["type"]
        self.world.updates.push("inline_query", content)
        return query_id

    def choose(self, chat: Chat, sender: Json, query_id: str, result_id: str) -> Json:
        """Send one of the results of an inline query."""
        query = self.world.queries.get(query_id)
        offered = (query.answer or {}).get("results", []) if query else []
        for result in offered:
            if result["id"] == result_id:
                content = result["message"] | {"via_bot": self.world.bot}
                return self.post(chat, sender, content)
        raise NotThereError

    def block(self, person: Json) -> None:
        """Close the private chat to the bot."""
        self.change_bot(self.world.private(person), person, "kicked")

    def unblock(self, person: Json) -> None:
        """Open it again."""
        self.change_bot(self.world.private(person), person, "member")

    def change_bot(self, chat: Chat, by: Json, status: str) -> None:
        """Add the bot to a chat, make it an administrator or put it out; it is told so."""
        before = chat.members.get(self.world.bot_id, "left")
        chat.members[self.world.bot_id] = status
        changed = {
            "chat": chat.info,
            "from": by,
            "date": int(self.world.clock.now().timestamp()),
            "old_chat_member": member(self.world.bot, before),
            "new_chat_member": member(self.world.bot, status),
        }
        self.world.updates.push("my_chat_member", changed)
        self.world.tell("chat", {}, chat.id)

    def upgrade(self, chat: Chat, by: Json) -> Chat:
        """Make a group a supergroup; both say so, as Telegram does."""
        new = self.world.upgrade(chat)
        self.post(chat, by, {"migrate_to_chat_id": new.id})
        self.post(new, by, {"migrate_from_chat_id": chat.id})
        return new

    def _sees(self, chat: Chat, message: Json) -> bool:
        """Tell whether the bot is shown a message.

        Source: «Privacy mode» of the Bot API: commands, answers to the bot, what was sent
        through it, and service messages; a mere mention is not among them.
        """
        if not chat.has(self.world.bot_id) and not SERVICE & message.keys():
            return False
        is_admin = chat.members.get(self.world.bot_id) == "administrator"
        if chat.is_private or is_admin or not chat.has_privacy or SERVICE & message.keys():
            return True
        answered = message.get("reply_to_message", {}).get("from", {})
        if self.world.bot_id in {answered.get("id"), message.get("via_bot", {}).get("id")}:
            return True
        return any(self._is_for_bot(command) for command in _commands(message))

    def _is_for_bot(self, command: str) -> bool:
        name = command.partition("@")[2].lower()
        return name in {"", str(self.world.bot["username"]).lower()}


def _commands(message: Json) -> list[str]:
    """The commands in a message."""
    text = str(message.get("text", "")).encode("utf-16-le", "surrogatepass")
    return [
        text[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le")
        for each in message.get("entities", ())
        if each["type"] == "bot_command"
    ]
