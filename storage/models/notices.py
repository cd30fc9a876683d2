"""What chats asked to be told by themselves, and each time at which they are."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, one_of, owned_by
from storage.notices import About, NoticeKind, SubscriptionState


class Subscription(Base):
    """What one chat, or one topic of it, asked to be told; never deleted."""

    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(String)
    scope: Mapped[dict[str, Any]]
    schedule: Mapped[dict[str, Any]]
    tells_nothing: Mapped[bool]
    state: Mapped[str] = mapped_column(String, default=SubscriptionState.ACTIVE)
    paused_until: Mapped[datetime | None]
    planned_until: Mapped[datetime]
    next_at: Mapped[datetime | None]  # of its next slot; None where it has none
    told_event: Mapped[int]
    created_by: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(f"about IN ({one_of(About)})", name="about"),
        CheckConstraint(f"state IN ({one_of(SubscriptionState)})", name="state"),
        Index(None, "state", "next_at"),
        Index(None, "chat_id"),
        {"sqlite_autoincrement": True},  # an old button must never meet another subscription
    )


class Occurrence(Base):
    """One slot of a subscription, which exists once, and the message that brings it."""

    __tablename__ = "occurrences"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(owned_by("subscriptions.id"))
    kind: Mapped[str] = mapped_column(String)
    day: Mapped[date]  # where the subscriber is
    due_at: Mapped[datetime]
    outbox_id: Mapped[int | None] = mapped_column(index=True)  # whose row is forgotten some day

    __table_args__ = (
        UniqueConstraint("subscription_id", "kind", "day"),
        CheckConstraint(f"kind IN ({one_of(NoticeKind)})", name="kind"),
    )
