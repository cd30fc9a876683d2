"""Who may do what: the one place that says so; pure."""

from collections.abc import Collection
from enum import StrEnum
from typing import assert_never

from storage.events import Action
from storage.roles import Access, Role, RoleOf


class Deed(StrEnum):
    """What a person may want to do."""

    READ = "read"
    SEE_EVIDENCE = "see_evidence"
    SUBMIT = "submit"
    ADD_EVIDENCE = "add_evidence"
    WITHDRAW = "withdraw"
    VERIFY = "verify"
    OBSERVE = "observe"
    REPROGRAM = "reprogram"
    MANAGE = "manage"  # people, groups


ACTIONS = {
    Deed.SUBMIT: Action.SUBMITTED,
    Deed.ADD_EVIDENCE: Action.EVIDENCE_ADDED,
    Deed.WITHDRAW: Action.WITHDRAWN,
    Deed.VERIFY: Action.VERIFIED,
    Deed.OBSERVE: Action.OBSERVED,
    Deed.REPROGRAM: Action.REPROGRAMMED,
}


def role_for(
    deed: Deed,
    access: Access,
    units: Collection[str] = (),
    *,
    is_own: bool = False,
) -> RoleOf | None:
    """Give the role by which somebody may do something; None when they may not.

    Args:
        deed: what is to be done.
        access: what the person holds.
        units: the units responsible for the means; for a shared one any of them will do.
        is_own: whether the person handed in what is to be reviewed or withdrawn.
    """
    focal = next(
        (RoleOf(Role.FOCAL, unit) for unit in units if RoleOf(Role.FOCAL, unit) in access.roles),
        None,
    )
    follow_up = _held(access, Role.FOLLOW_UP)
    admin = _held(access, Role.ADMIN)
    match deed:
        case Deed.READ:
            role = min(access.roles, default=None)
        case Deed.SEE_EVIDENCE:
            role = focal or follow_up or admin
        case Deed.WITHDRAW:
            role = focal if is_own else None
        case Deed.SUBMIT | Deed.ADD_EVIDENCE:
            role = focal
        case Deed.VERIFY | Deed.OBSERVE:
            role = None if is_own else follow_up
        case Deed.REPROGRAM:
            role = follow_up
        case Deed.MANAGE:
            role = admin
        case _:
            assert_never(deed)
    return role


def _held(access: Access, role: Role) -> RoleOf | None:
    return RoleOf(role) if RoleOf(role) in access.roles else None


def role_text(role: RoleOf) -> str:
    """Write a role as the record keeps it: `focal:UTAI`, `admin`."""
    return f"{role.role}:{role.unit}" if role.unit else role.role.value
