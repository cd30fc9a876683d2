"""What one person's phone shows, as the page in the browser takes it."""

from babel.dates import format_date

from bot.demo.cast import EXAMPLES, about
from bot.demo.clock import MovableClock
from bot.demo.refusals import Json
from bot.demo.switch import Switch
from bot.demo.world import Chat, Event, World

SHOWN = 300  # messages of a chat that the page begins with


class Screen:
    """Turns the world, and what happens in it, into what is drawn."""

    def __init__(self, world: World, clock: MovableClock, switch: Switch) -> None:
        self.world = world
        self.clock = clock
        self.switch = switch

    def state(self, person: Json) -> Json:
        """Everything that one person's phone shows."""
        chats = [chat for chat in self.world.chats.values() if self.is_in(chat, person)]
        return {
            "me": person["id"],
            "people": [
                {"id": each["id"], "name": each["first_name"], "about": about(each["first_name"])}
                for each in self.world.people.values()
            ],
            "bot": self.world.bot | self.world.about | {"is_on": self.switch.is_on},
            "has_inline": "inline_query" in self.world.updates.allowed,
            "examples": EXAMPLES,
            "commands": self._commands(),
            "clock": self.clock_words(),
            "zone": str(self.clock.timezone),
            "chats": [self._shown_chat(chat) for chat in chats],
        }

    def clock_words(self) -> Json:
        """The day of the demo, in words."""
        today = self.clock.today()
        words = format_date(today, "EEEE d 'de' MMMM 'de' y", locale="es_PE")
        return {
            "day": today.isoformat(),
            "words": words,
            "short": format_date(today, "d MMM y", locale="es_PE"),
            "is_start": today == self.clock.start,
        }

    def _commands(self) -> list[Json]:
        return next(
            (
                commands
                for scope in ("default", "all_private_chats")
                if (commands := self.world.commands.get(scope))
            ),
            [],
        )

    def is_in(self, chat: Chat, person: Json) -> bool:
        """Tell whether somebody has a chat in the list."""
        return chat.has(int(person["id"])) and chat.upgraded_to is None

    def _shown_chat(self, chat: Chat) -> Json:
        messages = list(chat.messages.values())[-SHOWN:]
        return {
            "id": chat.id,
            "is_private": chat.is_private,
            "title": self.world.bot["first_name"] if chat.is_private else chat.info["title"],
            "members": len([one for one in chat.members if chat.has(one)]),
            "is_blocked": not chat.has(self.world.bot_id),
            "messages": [self._shown_message(chat, message) for message in messages],
        }

    def _shown_message(self, chat: Chat, message: Json) -> Json:
        """A message; `is_hidden` when privacy mode keeps it from the bot."""
        return message | {"is_hidden": message["message_id"] in chat.hidden}

    def event(self, event: Event, person: Json) -> Json:
        """What has happened, as one person is shown it."""
        if event.kind == "state":  # who is where has changed
            return self.state(person)
        chat = self.world.chats.get(event.chat_id or 0)
        if chat is not None and event.kind in {"message", "edit"}:
            return {"chat": chat.id, "message": self._shown_message(chat, event.data)}
        if chat is not None and event.kind == "chat":
            return {"chat": self._shown_chat(chat)}
        if event.kind == "commands":
            return {"commands": self._commands()}
        return event.data | ({"chat": event.chat_id} if event.chat_id else {})

    def concerns(self, event: Event, person: Json) -> bool:
        """Tell whether somebody is shown what has happened."""
        if event.kind == "call":
            return False
        if event.user_id is not None:
            return bool(event.user_id == person["id"])
        if event.chat_id is None:
            return True
        chat = self.world.chats.get(event.chat_id)
        return chat is not None and self.is_in(chat, person)
