"""What is done about a means: decided and recorded in one transaction, then told to the others."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from handlers.permission import ACTIONS, Deed, role_for, role_text
from handlers.turn import Turn
from handlers.views import marks as said
from handlers.views.marks import history as render_history
from handlers.views.means import card, deed_buttons
from handlers.views.reply import Button, Reply
from storage.engine import Session
from storage.errors import ConflictError
from storage.events import Action, EventRow, EvidenceRow
from storage.evidence import evidence_of_means, find_evidence, means_of_evidence
from storage.ledger import history
from storage.marks import Change, change, last_submission, submissions_since
from storage.matrix import find_by_id, find_means
from storage.people import access_of, holders
from storage.records import AsOf, Level, MeansFilter, MeansRow, Ref, Status, StatusFilter
from storage.roles import Role, RoleOf

UNDO = timedelta(days=1)  # for which the submitter may take it back
TO_REVIEWERS = frozenset({Action.SUBMITTED, Action.EVIDENCE_ADDED, Action.WITHDRAWN})


class RefusedError(Exception):
    """What was asked may not be done, or not so; `reason` is said to the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def role_in(turn: Turn, deed: Deed, row: MeansRow) -> RoleOf:
    """Decide, in the transaction of the effect, by which role the sender may do a deed.

    Raises:
        RefusedError: by none; it says why.
    """
    access = await turn.access()
    if turn.sender.user_id is None:
        raise RefusedError(said.ANONYMOUS)
    is_own = _is_own(turn, deed, await _handed_in(turn, row))
    role = role_for(deed, access, row.units, is_own=is_own)
    if role is not None:
        return role
    raise RefusedError(_why_not(deed, access.units, row, is_follow_up=access.has(Role.FOLLOW_UP)))


async def manager(turn: Turn) -> str:
    """The role by which the sender may manage the program and its people, as the record keeps it.

    Raises:
        RefusedError: by none.
    """
    role = role_for(Deed.MANAGE, await turn.access())
    if turn.sender.user_id is None:
        raise RefusedError(said.ANONYMOUS)
    if role is None:
        raise RefusedError(said.NOT_ADMIN)
    return role_text(role)


def _why_not(deed: Deed, units: frozenset[str], row: MeansRow, *, is_follow_up: bool) -> str:
    match deed:
        case Deed.VERIFY | Deed.OBSERVE:
            return said.NOT_OWN_REVIEW if is_follow_up else said.NOT_FOLLOW_UP
        case Deed.REPROGRAM:
            return said.NOT_FOLLOW_UP
        case Deed.SEE_EVIDENCE:
            return said.NO_EVIDENCE_ACCESS
        case Deed.WITHDRAW if units & set(row.units):
            return said.NOT_YOURS
        case _ if units:
            return said.foreign(row, units)
        case _:
            return said.NOT_FOCAL


async def _handed_in(turn: Turn, row: MeansRow) -> list[EventRow]:
    """How a means was handed in that is so now, and what was added to it."""
    if row.status not in {Status.SUBMITTED, Status.VERIFIED}:
        return []
    return await submissions_since(turn.session, (row.act, row.code))


def _is_own(turn: Turn, deed: Deed, handed_in: list[EventRow]) -> bool:
    """Whether the sender handed it in, or added to it; whoever only added cannot take it back."""
    mine = handed_in[:1] if deed is Deed.WITHDRAW else handed_in
    return turn.sender.user_id in {event.actor_id for event in mine}


async def do(
    turn: Turn, row: MeansRow, seen: int, deed: Deed, **more: Any
) -> tuple[EventRow, MeansRow]:
    """Do a deed and record it; give the event, and the means as it stands after it.

    `seen` is the last event of the means that the person knew of; `more` goes into the change.

    Raises:
        RefusedError: the sender may not.
        ConflictError: the means has changed since.
    """
    role = await role_in(turn, deed, row)
    wanted = Change(
        means_id=row.id,
        seen=seen,
        action=ACTIONS[deed],
        actor=await turn.actor(),
        role=role_text(role),
        **more,
    )
    event = await change(turn.session, wanted, turn.services.clock.now())
    after = await find_by_id(turn.session, row.id, turn.as_of)
    if after is None:
        raise ConflictError
    return event, after


async def tell_others(
    turn: Turn, event: EventRow, row: MeansRow, evidence: Sequence[EvidenceRow]
) -> None:
    """Tell whom it concerns, but for who did it: reviewers, the units, and who handed it in."""
    session, zone = turn.session, turn.services.clock.timezone
    reviewers: set[int] = set()
    if event.action in TO_REVIEWERS:
        reviewers = set(await holders(session, Role.FOLLOW_UP))
    others = set(await holders(session, Role.FOCAL, row.units))
    submission = await last_submission(session, (row.act, row.code))
    if submission is not None and submission.actor_id is not None:
        still = (await access_of(session, submission.actor_id)).roles
        others |= {submission.actor_id} if still else set()
    for user_id in sorted(reviewers | others):
        if user_id == turn.sender.user_id:
            continue
        is_reviewer = user_id in reviewers and row.status is Status.SUBMITTED
        reply = said.notice(event, row, evidence, zone, is_reviewer=is_reviewer)
        if event.action is Action.OBSERVED and user_id not in reviewers:
            again = Button("✍️ Volver a presentar", f"k:sub:{row.id}:{row.last_event}")
            reply = Reply(reply.blocks, ((again,), *reply.buttons))
        turn.tell(user_id, reply)


async def verify(turn: Turn, row: MeansRow, seen: int) -> Reply:
    """Accept what was handed in."""
    event, after = await do(turn, row, seen, Deed.VERIFY)
    evidence = await evidence_now(turn, after)
    await tell_others(turn, event, after, evidence)
    return said.receipt(event, after, (), turn.services.clock.timezone)


async def withdraw(turn: Turn, row: MeansRow, seen: int) -> Reply:
    """Take back what one has handed in, within a day and before it is reviewed."""
    submission = await last_submission(turn.session, (row.act, row.code))
    if submission is not None and turn.services.clock.now() - submission.at > UNDO:
        raise RefusedError(said.TOO_LATE)
    event, after = await do(turn, row, seen, Deed.WITHDRAW)
    await tell_others(turn, event, after, ())
    return said.receipt(event, after, (), turn.services.clock.timezone)


async def evidence_now(turn: Turn, row: MeansRow) -> list[EvidenceRow]:
    """The evidence of what is handed in now."""
    means = (row.act, row.code)
    submission = await last_submission(turn.session, means)
    since = 0 if submission is None else submission.id
    return await evidence_of_means(turn.session, means, since)


# What can be looked at.


async def show_card(turn: Turn, row: MeansRow, hint: str = "") -> Reply:
    """A means with its state and all that the sender may do about it."""
    submission = await last_submission(turn.session, (row.act, row.code))
    zone, today = turn.services.clock.timezone, turn.services.clock.today()
    stands = said.standing(row, submission, zone, today)
    return card(row, stands, await buttons_for(turn, row), hint)


async def buttons_for(turn: Turn, row: MeansRow) -> tuple[tuple[Button, ...], ...]:
    """What the sender may do about a means now, and what may be looked at.

    In a group all see the same buttons: whoever presses one is asked for the right to it.
    """
    access = await turn.access()
    handed_in = await _handed_in(turn, row)
    may = [
        deed
        for deed in ACTIONS
        if role_for(deed, access, row.units, is_own=_is_own(turn, deed, handed_in)) is not None
    ]
    sees_evidence = role_for(Deed.SEE_EVIDENCE, access, row.units) is not None
    return deed_buttons(row, may, sees_evidence=sees_evidence)


async def show_history(turn: Turn, row: MeansRow) -> Reply:
    """All that was done about a means."""
    events = await history(turn.session, (row.act, row.code))
    clock = turn.services.clock
    may_see = role_for(Deed.SEE_EVIDENCE, await turn.access(), row.units) is not None
    sees_links = may_see and turn.place.is_private
    return render_history(row, events, clock.timezone, clock.today(), sees_links=sees_links)


async def show_evidence(turn: Turn, row: MeansRow) -> Reply:
    """The files and links of a means, all that were ever recorded; to the sender alone."""
    await role_in(turn, Deed.SEE_EVIDENCE, row)
    menu = said.evidence_menu(row, await evidence_of_means(turn.session, (row.act, row.code)))
    if turn.place.is_private or turn.sender.user_id is None:
        return menu
    turn.tell(turn.sender.user_id, menu)  # not everybody in a group may see it
    return Reply((said.SENT_PRIVATELY,))


async def send_evidence(turn: Turn, evidence_id: int) -> None:
    """Send one file of the evidence to the private chat of whoever asks.

    Raises:
        RefusedError: the sender may not see it, or there is no such file.
    """
    evidence = await find_evidence(turn.session, evidence_id)
    means = await means_of_evidence(turn.session, evidence_id)
    if evidence is None or evidence.stored_name is None or means is None:
        raise RefusedError(said.GONE)
    [row] = await find_means(turn.session, one_means(*means), turn.as_of)
    await role_in(turn, Deed.SEE_EVIDENCE, row)
    turn.send_file(evidence_id, f"<b>{row.code}</b> · <code>sha256 {evidence.sha256}</code>")
    if not turn.place.is_private:
        turn.toast = said.SENT_PRIVATELY


def one_means(act: str, code: str) -> MeansFilter:
    """The means of a code in an act."""
    return MeansFilter(acts=(act,), refs=(Ref(Level.MEANS, code),))


async def show_waiting(turn: Turn) -> Reply:
    """What waits for review, the oldest first.

    Raises:
        RefusedError: the sender is not of follow-up.
    """
    access = await turn.access()
    if turn.sender.user_id is None:
        raise RefusedError(said.ANONYMOUS)
    if not access.has(Role.FOLLOW_UP):
        raise RefusedError(said.NOT_FOLLOW_UP)
    clock = turn.services.clock
    found = await waiting_for_review(turn.session, turn.as_of)
    return said.waiting(found, clock.today(), clock.timezone)


async def waiting_for_review(session: Session, as_of: AsOf) -> list[tuple[MeansRow, EventRow]]:
    """What is handed in and not reviewed, with how it was handed in, the oldest first."""
    handed_in = MeansFilter(status=StatusFilter.SUBMITTED)
    rows = [
        row
        for row in await find_means(session, handed_in, as_of)
        if row.status is Status.SUBMITTED
    ]
    found = [(row, await last_submission(session, (row.act, row.code))) for row in rows]
    dated = [(row, event) for row, event in found if event is not None]
    return sorted(dated, key=lambda pair: pair[1].at)


async def recorded(
    turn: Turn, event: EventRow, after: MeansRow, evidence: list[EvidenceRow]
) -> Reply:
    """Tell everybody of what a dialogue recorded; give the receipt."""
    await tell_others(turn, event, after, evidence)
    return said.receipt(event, after, evidence, turn.services.clock.timezone)
