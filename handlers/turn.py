"""One update being handled: who, where, in which transaction, and what is to be sent for it."""

import unicodedata
from dataclasses import dataclass, field

from handlers.reader import Reader
from handlers.services import Services
from handlers.views.messages import messages
from handlers.views.reply import Reply
from storage.engine import Session
from storage.people import access_of, person_name
from storage.records import AsOf
from storage.roles import Access, Actor, Role, RoleOf
from storage.traffic import Buttons, Outgoing

UNSEEN = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent an update; one that is anonymous (a channel, a hidden administrator) has no id."""

    user_id: int | None
    name: str


def plain_name(text: str) -> str:
    """A name in one line, without the signs that nobody sees and that turn others round."""
    line = " ".join(text.split())
    return "".join(sign for sign in line if unicodedata.category(sign) not in UNSEEN)


def buttons_of(reply: Reply) -> Buttons:
    """The buttons of a reply as they are kept to be sent."""
    return tuple(tuple((button.label, button.data) for button in row) for row in reply.buttons)


class StandingUnknownError(Exception):
    """Whether the sender administers the group decides, and Telegram was not asked yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it came from: the chat, the topic in it, the message that is answered."""

    chat_id: int
    is_private: bool = True
    title: str = ""
    thread_id: int | None = None
    message_id: int | None = None  # of what was said, or of the message under which was pressed


@dataclass(slots=True)
class Turn:
    """One update inside its transaction; knows no Telegram.

    What is to be sent is collected here, committed with the effect, and sent after. Nothing
    here may wait for the network.
    """

    services: Services
    session: Session
    sender: Sender
    place: Place
    update_id: int | None = None
    bot_name: str = ""  # for links into the chat with it
    administers: bool | None = None  # the group, as Telegram says; None until it is asked
    outgoing: list[Outgoing] = field(default_factory=list)
    toast: str | None = None  # what is shown over the chat when a button was pressed
    _access: Access | None = None

    @property
    def as_of(self) -> AsOf:
        """From where the matrix is looked at."""
        clock = self.services.clock
        return AsOf(clock.today(), zone=clock.timezone)

    async def actor(self) -> Actor:
        """Who the record says it was, by the name that an administrator knows."""
        user_id = self.sender.user_id
        known = None if user_id is None else await person_name(self.session, user_id)
        return Actor(user_id, known or self.sender.name, self.update_id)

    async def reader(self) -> Reader:
        """The language layer over what is loaded now."""
        return await self.services.readers.newest(self.session)

    async def access(self) -> Access:
        """What the sender holds, read in this transaction; nothing for an anonymous one."""
        if self._access is None:
            self._access = await self._read_access()
        return self._access

    async def _read_access(self) -> Access:
        user_id = self.sender.user_id
        if user_id is None:
            return Access()
        held = await access_of(self.session, user_id)
        if user_id in self.services.admin_ids:
            return Access(held.roles | {RoleOf(Role.ADMIN)})
        return held

    # What is to be sent.

    def say(self, reply: Reply) -> None:
        """Answer where the update came from; in a group the answer names the message."""
        place = self.place
        self._send(
            reply,
            Outgoing(
                chat_id=place.chat_id,
                text="",
                thread_id=place.thread_id,
                reply_to=None if place.is_private else place.message_id,
            ),
        )

    def put(self, reply: Reply) -> None:
        """Put a reply in the place of the message whose button was pressed."""
        place = self.place
        self._send(
            reply,
            Outgoing(
                chat_id=place.chat_id,
                text="",
                thread_id=place.thread_id,
                edits=place.message_id,
            ),
        )

    def tell(self, chat_id: int, reply: Reply) -> None:
        """Tell another chat; the private chat of a person has the person's id."""
        self._send(reply, Outgoing(chat_id=chat_id, text=""))

    def send_file(self, evidence_id: int, caption: str) -> None:
        """Send a file of the evidence to the sender alone, also from within a group."""
        place = self.place
        is_private = place.is_private or self.sender.user_id is None
        self.outgoing.append(
            Outgoing(
                chat_id=place.chat_id if is_private else self.sender.user_id or 0,
                text=caption,
                thread_id=place.thread_id if is_private else None,
                evidence_id=evidence_id,
            )
        )

    def _send(self, reply: Reply, first: Outgoing) -> None:
        """Put a reply into as many messages as it needs; the buttons go under the last."""
        buttons = buttons_of(reply)
        *others, last = messages(reply.blocks)
        for number, text in enumerate([*others, last]):
            is_first = number == 0
            self.outgoing.append(
                Outgoing(
                    chat_id=first.chat_id,
                    text=text,
                    thread_id=first.thread_id,
                    reply_to=first.reply_to if is_first else None,
                    edits=first.edits if is_first else None,
                    buttons=buttons if number == len(others) else (),
                    is_secret=reply.is_secret,
                )
            )
