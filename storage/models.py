"""The tables, the same on SQLite and PostgreSQL."""

from datetime import UTC, date, datetime, time

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.records import Status

STATUSES = ", ".join(f"'{status}'" for status in Status)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware going in, aware and in UTC coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> datetime | None:
        """Store the instant in UTC; a naive one is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> datetime | None:
        """SQLite keeps no zone; PostgreSQL answers in the zone of its session."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables; named constraints, so that a migration can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class as it is
        datetime: UtcDateTime,
        list[str]: JSON,
    }


def owned_by(column: str) -> ForeignKey:
    """Refer to the owner, with which a row goes."""
    return ForeignKey(column, ondelete="CASCADE")


class Act(Base):
    """A signed act; its digest tells whether a load would change anything."""

    __tablename__ = "acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String, unique=True)
    title: Mapped[str] = mapped_column(Text)
    programme: Mapped[str] = mapped_column(Text)
    met_on: Mapped[date]
    met_from: Mapped[time]
    met_until: Mapped[time]
    place: Mapped[str] = mapped_column(Text)
    directive: Mapped[str] = mapped_column(Text)
    evaluation: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    compliance: Mapped[str] = mapped_column(Text)
    follow_up: Mapped[list[str]]
    agreements: Mapped[list[str]]
    digest: Mapped[str]


class Party(Base):
    """An institution that signed an act."""

    __tablename__ = "parties"

    act_id: Mapped[int] = mapped_column(owned_by("acts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    acronym: Mapped[str]
    name: Mapped[str] = mapped_column(Text)


class ActSignatory(Base):
    """Who signed an act, and when."""

    __tablename__ = "signatories"

    act_id: Mapped[int] = mapped_column(owned_by("acts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    party: Mapped[str]
    signed_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]


class Term(Base):
    """A word of an act's glossary."""

    __tablename__ = "terms"

    act_id: Mapped[int] = mapped_column(owned_by("acts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str]
    expansion: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    aliases: Mapped[list[str]]


class Unit(Base):
    """A responsible unit, one row however many acts name it; never deleted."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String, unique=True)


class ActUnit(Base):
    """What an act says of a unit; a unit that no act lists any more is history only."""

    __tablename__ = "act_units"

    act_id: Mapped[int] = mapped_column(owned_by("acts.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(owned_by("units.id"), primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    aliases: Mapped[list[str]]

    __table_args__ = (Index(None, "unit_id"),)


class Area(Base):
    """An area of an act's matrix."""

    __tablename__ = "areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(owned_by("acts.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String, index=True)
    name: Mapped[str] = mapped_column(Text)
    group_name: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[str]]

    __table_args__ = (UniqueConstraint("act_id", "key"),)


class Recommendation(Base):
    """A recommendation of the evaluation."""

    __tablename__ = "recommendations"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(owned_by("acts.id"))
    area_id: Mapped[int] = mapped_column(owned_by("areas.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String, index=True)
    text: Mapped[str] = mapped_column(Text)
    is_cut: Mapped[bool]

    __table_args__ = (UniqueConstraint("act_id", "number"),)


class Commitment(Base):
    """A commitment under a recommendation."""

    __tablename__ = "commitments"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(owned_by("acts.id"))
    recommendation_id: Mapped[int] = mapped_column(owned_by("recommendations.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String, index=True)
    text: Mapped[str] = mapped_column(Text)
    is_cut: Mapped[bool]

    __table_args__ = (UniqueConstraint("act_id", "number"),)


class VerificationMeans(Base):
    """A verification means under a commitment; its status outlives a corrected text."""

    __tablename__ = "means"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(owned_by("acts.id"))
    commitment_id: Mapped[int] = mapped_column(owned_by("commitments.id"), index=True)
    position: Mapped[int]  # within the act, as printed
    code: Mapped[str] = mapped_column(String, index=True)
    text: Mapped[str] = mapped_column(Text)
    is_cut: Mapped[bool]
    due_text: Mapped[str]
    due_on: Mapped[date]
    responsible_text: Mapped[str] = mapped_column(Text)
    specification: Mapped[str | None] = mapped_column(Text)
    specification_is_cut: Mapped[bool]
    notes: Mapped[list[str]]
    status: Mapped[str] = mapped_column(String, default=Status.PENDING)

    __table_args__ = (
        UniqueConstraint("act_id", "code"),
        CheckConstraint(f"status IN ({STATUSES})", name="status"),
        Index(None, "due_on", "act_id", "position"),
        Index(None, "status", "due_on", "act_id", "position"),
        {"sqlite_autoincrement": True},  # an old button must never meet another means
    )


class Responsibility(Base):
    """A unit's share in a means, in printed order."""

    __tablename__ = "responsibilities"

    unit_id: Mapped[int] = mapped_column(owned_by("units.id"), primary_key=True)
    means_id: Mapped[int] = mapped_column(owned_by("means.id"), primary_key=True)
    position: Mapped[int]

    __table_args__ = (
        Index(None, "means_id", "position"),
        {"sqlite_with_rowid": False},
    )


class MeansWord(Base):
    """A word key of a means: of its text, its specification or its commitment."""

    __tablename__ = "means_words"

    key: Mapped[str] = mapped_column(primary_key=True)
    means_id: Mapped[int] = mapped_column(owned_by("means.id"), primary_key=True)

    __table_args__ = (
        Index(None, "means_id"),
        {"sqlite_with_rowid": False},
    )


class RecommendationWord(Base):
    """A word key of a recommendation's text."""

    __tablename__ = "recommendation_words"

    key: Mapped[str] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(
        owned_by("recommendations.id"), primary_key=True
    )

    __table_args__ = (
        Index(None, "recommendation_id"),
        {"sqlite_with_rowid": False},
    )


class MatrixVersion(Base):
    """One row that counts the loads, so that what was read of the matrix can be kept."""

    __tablename__ = "matrix_version"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer)

    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)


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
