"""The record: events that are only ever added, and the evidence they speak of."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Event(Base):
    """What somebody did; `hash` covers the row and the hash of the one before.

    Triggers of the database refuse to change or delete a row.
    """

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, 3 …
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigInteger)  # None: on the command line
    actor_name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String)  # by which it was allowed
    action: Mapped[str] = mapped_column(String)
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    act: Mapped[str | None] = mapped_column(String)  # with `code`, the means; None for others
    code: Mapped[str | None] = mapped_column(String)
    note: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String)
    hash: Mapped[str] = mapped_column(String)

    __table_args__ = (Index(None, "act", "code", "id"),)


class RecordHead(Base):
    """One row with the end of the chain: writers wait for it, and none is cut off unseen."""

    __tablename__ = "record_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_event: Mapped[int]
    hash: Mapped[str] = mapped_column(String)

    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)


class Evidence(Base):
    """A file or a link; it belongs to a draft until an event records it, and then for good."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("drafts.id", ondelete="CASCADE"), index=True
    )
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    label: Mapped[str] = mapped_column(Text)  # what the sender called it, or the link
    url: Mapped[str | None] = mapped_column(Text)
    stored_name: Mapped[str | None] = mapped_column(String)
    mime: Mapped[str | None] = mapped_column(String)
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String)
    added_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("(url IS NULL) <> (stored_name IS NULL)", name="file_or_link"),
        CheckConstraint("(draft_id IS NULL) <> (event_id IS NULL)", name="owner"),
        {"sqlite_autoincrement": True},  # an old button must never meet another file
    )
