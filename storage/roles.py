"""Who may be what: roles, and what one person holds."""

from dataclasses import dataclass
from enum import StrEnum

OPERATOR = "operator"  # by which the command line may do everything


class Role(StrEnum):
    """What somebody may be to the bot."""

    READER = "reader"  # asks
    FOCAL = "focal"  # hands in the means of a unit
    FOLLOW_UP = "follow_up"  # reviews them, and moves dates
    ADMIN = "admin"  # gives access


class Decision(StrEnum):
    """What became of a request for access."""

    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, order=True)
class RoleOf:
    """A role, with its unit where it is a focal point's."""

    role: Role
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """All that one person holds; whoever holds anything may read."""

    roles: frozenset[RoleOf] = frozenset()

    def has(self, role: Role) -> bool:
        """Whether the role is held, for any unit."""
        return any(held.role is role for held in self.roles)

    @property
    def units(self) -> frozenset[str]:
        """The units for which the person hands in."""
        return frozenset(held.unit for held in self.roles if held.role is Role.FOCAL)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: on Telegram by id, on the command line without one."""

    user_id: int | None
    name: str
    update_id: int | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with the roles that are held now, each with the id of its grant."""

    user_id: int
    name: str
    grants: tuple[tuple[int, RoleOf], ...]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for access."""

    id: int
    user_id: int
    name: str
    wanted: RoleOf
    decision: Decision | None
