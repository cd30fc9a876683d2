"""What comes in, what goes out, and what is half said."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, one_of
from storage.traffic import DraftKind, InboxState, OutboxState, Sort


class InboxUpdate(Base):
    """An update as Telegram sent it; the text of one that is done is not kept."""

    __tablename__ = "inbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String)  # ids begin anew after an idle week
    raw: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String, default=InboxState.NEW)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String)
    received_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("update_id", "digest"),
        CheckConstraint(f"state IN ({one_of(InboxState)})", name="state"),
        Index(None, "state", "id"),
    )


class OutboxMessage(Base):
    """One message to be sent, committed together with what it tells of."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int | None]
    reply_to: Mapped[int | None]
    edits: Mapped[int | None]  # the message of ours in whose place it is put
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[Any]]
    evidence_id: Mapped[int | None]  # the file that it brings
    is_secret: Mapped[bool] = mapped_column(server_default=false())  # words that are not kept
    sort: Mapped[str] = mapped_column(String, server_default=Sort.REPLY)
    subscription_id: Mapped[int | None]  # of a digest
    told_event: Mapped[int | None]  # the last event that a digest tells of
    owner: Mapped[int | None]  # the program that is to send it; None for any
    state: Mapped[str] = mapped_column(String, default=OutboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"state IN ({one_of(OutboxState)})", name="state"),
        CheckConstraint(f"sort IN ({one_of(Sort)})", name="sort"),
        Index(None, "state", "id"),
        Index(None, "chat_id", "state", "id"),
        {"sqlite_autoincrement": True},  # an occurrence must never meet another message
    )


class Draft(Base):
    """A dialogue that is not finished: what somebody has said so far of what is to be recorded."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String)
    values: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[datetime]
    is_asleep: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint(f"kind IN ({one_of(DraftKind)})", name="kind"),
        Index(None, "user_id", "chat_id"),
        {"sqlite_autoincrement": True},  # an old button must never meet another draft
    )


class SavedQuestion(Base):
    """A question of a chat, as JSON: for the next question and for buttons."""

    __tablename__ = "saved_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    question: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]

    __table_args__ = (
        Index(None, "chat_id", "id"),
        {"sqlite_autoincrement": True},  # an old button must never meet another question
    )
