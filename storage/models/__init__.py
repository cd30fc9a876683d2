"""The tables, the same on SQLite and PostgreSQL."""

from storage.models.base import Base
from storage.models.matrix import (
    Act,
    ActSignatory,
    ActUnit,
    Area,
    Commitment,
    MatrixVersion,
    MeansWord,
    Party,
    Recommendation,
    RecommendationWord,
    Responsibility,
    Term,
    Unit,
    VerificationMeans,
)
from storage.models.notices import Occurrence, Subscription
from storage.models.people import AccessRequest, AdmittedChat, Grant, Invitation, Person
from storage.models.record import Event, Evidence, RecordHead
from storage.models.traffic import Draft, InboxUpdate, OutboxMessage, SavedQuestion

__all__ = [
    "AccessRequest",
    "Act",
    "ActSignatory",
    "ActUnit",
    "AdmittedChat",
    "Area",
    "Base",
    "Commitment",
    "Draft",
    "Event",
    "Evidence",
    "Grant",
    "InboxUpdate",
    "Invitation",
    "MatrixVersion",
    "MeansWord",
    "Occurrence",
    "OutboxMessage",
    "Party",
    "Person",
    "Recommendation",
    "RecommendationWord",
    "RecordHead",
    "Responsibility",
    "SavedQuestion",
    "Subscription",
    "Term",
    "Unit",
    "VerificationMeans",
]
