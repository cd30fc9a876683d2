"""The acts with their matrix, and the words to search it by."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, one_of, owned_by
from storage.records import Status


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
    signed_on: Mapped[date]  # the due day as the act has it
    due_on: Mapped[date]  # the valid one: another than the signed where it was reprogrammed
    responsible_text: Mapped[str] = mapped_column(Text)
    specification: Mapped[str | None] = mapped_column(Text)
    specification_is_cut: Mapped[bool]
    notes: Mapped[list[str]]
    status: Mapped[str] = mapped_column(String, default=Status.PENDING)
    last_event: Mapped[int] = mapped_column(default=0)  # of the record that changed it; 0 = none

    __table_args__ = (
        UniqueConstraint("act_id", "code"),
        CheckConstraint(f"status IN ({one_of(Status)})", name="status"),
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
