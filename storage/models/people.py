"""Who may do what: people, their roles, admitted groups, and the ways in."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, one_of
from storage.roles import Decision, Role


class Person(Base):
    """Somebody who was given a role, by the id that Telegram knows; never deleted."""

    __tablename__ = "people"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)


class Grant(Base):
    """A role that somebody holds now; what was held before is in the record."""

    __tablename__ = "grants"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.user_id"))
    role: Mapped[str] = mapped_column(String)
    unit: Mapped[str] = mapped_column(String)  # the code of a focal point's; "" for other roles
    granted_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("user_id", "role", "unit"),
        CheckConstraint(f"role IN ({one_of(Role)})", name="role"),
        CheckConstraint(f"(role = '{Role.FOCAL}') = (unit <> '')", name="unit"),
        Index(None, "role", "unit"),
        {"sqlite_autoincrement": True},  # an old button must never meet another grant
    )


class AdmittedChat(Base):
    """A group in which the bot answers and takes orders."""

    __tablename__ = "admitted_chats"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    admitted_at: Mapped[datetime]


class AccessRequest(Base):
    """Somebody who asks for a role; undecided as long as `decision` is None."""

    __tablename__ = "access_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String)
    unit: Mapped[str] = mapped_column(String)
    asked_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(String)

    __table_args__ = (
        CheckConstraint(f"role IN ({one_of(Role)})", name="role"),
        CheckConstraint(f"decision IN ({one_of(Decision)})", name="decision"),
        {"sqlite_autoincrement": True},  # an old button must never meet another request
    )


class Invitation(Base):
    """A link that gives a role to the first who opens it; only a hash of its token is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String, unique=True)
    role: Mapped[str] = mapped_column(String)
    unit: Mapped[str] = mapped_column(String)
    made_by: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (CheckConstraint(f"role IN ({one_of(Role)})", name="role"),)
