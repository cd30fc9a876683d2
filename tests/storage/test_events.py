from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from storage.events import Action, EventRow, EvidenceRow, State, state_after, state_in
from storage.records import Status

SIGNED = date(2021, 6, 30)
MOVED = date(2021, 9, 30)
PENDING, SUBMITTED = State(Status.PENDING, SIGNED), State(Status.SUBMITTED, SIGNED)
OBSERVED, VERIFIED = State(Status.OBSERVED, SIGNED), State(Status.VERIFIED, SIGNED)


@dataclass(frozen=True)
class Told:
    """What one event tells of a means."""

    action: Action
    before: State
    after: State


def event(number: int, told: Told) -> EventRow:
    return EventRow(
        id=number,
        at=datetime(2021, 5, 14, 17, tzinfo=UTC),
        actor_id=1001,
        actor_name="Ana",
        role="focal:UTAI",
        action=told.action,
        update_id=None,
        act="002-2021",
        code="12.1",
        note=None,
        details={"before": told.before.as_json(), "after": told.after.as_json()},
        previous="",
        hash="",
    )


def state_of(*told: Told) -> State | None:
    return state_after(SIGNED, [event(number, one) for number, one in enumerate(told, 1)])


HAND_IN = Told(Action.SUBMITTED, PENDING, SUBMITTED)
SEND_BACK = Told(Action.OBSERVED, SUBMITTED, OBSERVED)
ACCEPT = Told(Action.VERIFIED, SUBMITTED, VERIFIED)
AGAIN = Told(Action.SUBMITTED, OBSERVED, SUBMITTED)
MOVE = Told(Action.REPROGRAMMED, PENDING, State(Status.PENDING, MOVED))


@pytest.mark.parametrize(
    ("told", "state"),
    [
        pytest.param([], PENDING, id="nothing-happened"),
        pytest.param([HAND_IN], SUBMITTED, id="handed-in"),
        pytest.param(
            [HAND_IN, Told(Action.EVIDENCE_ADDED, SUBMITTED, SUBMITTED)],
            SUBMITTED,
            id="evidence-leaves-it",
        ),
        pytest.param([HAND_IN, ACCEPT], VERIFIED, id="verified"),
        pytest.param([HAND_IN, SEND_BACK], OBSERVED, id="observed"),
        pytest.param(
            [HAND_IN, ACCEPT, Told(Action.OBSERVED, VERIFIED, OBSERVED)],
            OBSERVED,
            id="a-verification-can-be-a-mistake",
        ),
        pytest.param(
            [HAND_IN, Told(Action.WITHDRAWN, SUBMITTED, PENDING)],
            PENDING,
            id="withdrawn-to-pending",
        ),
        pytest.param(
            [HAND_IN, SEND_BACK, AGAIN, Told(Action.WITHDRAWN, SUBMITTED, OBSERVED)],
            OBSERVED,
            id="withdrawn-to-observed",
        ),
        pytest.param([MOVE], State(Status.PENDING, MOVED), id="moved"),
        pytest.param(
            [
                HAND_IN,
                Told(Action.REPROGRAMMED, SUBMITTED, State(Status.SUBMITTED, MOVED)),
                Told(
                    Action.WITHDRAWN, State(Status.SUBMITTED, MOVED), State(Status.PENDING, MOVED)
                ),
            ],
            State(Status.PENDING, MOVED),
            id="a-withdrawal-keeps-the-moved-day",
        ),
        pytest.param(
            [MOVE, Told(Action.REPROGRAMMED, State(Status.PENDING, MOVED), PENDING)],
            PENDING,
            id="moved-back",
        ),
    ],
)
def test_the_state_follows_from_the_events(told: list[Told], state: State) -> None:
    assert state_of(*told) == state


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([ACCEPT], id="verified-and-never-handed-in"),
        pytest.param([HAND_IN, HAND_IN], id="handed-in-twice"),
        pytest.param([HAND_IN, AGAIN], id="not-what-stood-before"),
        pytest.param([Told(Action.SUBMITTED, PENDING, VERIFIED)], id="not-where-it-leads"),
        pytest.param(
            [HAND_IN, Told(Action.WITHDRAWN, SUBMITTED, OBSERVED)], id="withdrawn-to-elsewhere"
        ),
        pytest.param(
            [HAND_IN, SEND_BACK, AGAIN, Told(Action.WITHDRAWN, SUBMITTED, PENDING)],
            id="withdrawn-past-the-observation",
        ),
        pytest.param(
            [Told(Action.SUBMITTED, PENDING, State(Status.SUBMITTED, MOVED))],
            id="the-day-moved-by-the-way",
        ),
        pytest.param(
            [HAND_IN, ACCEPT, Told(Action.REPROGRAMMED, VERIFIED, State(Status.VERIFIED, MOVED))],
            id="verified-and-moved",
        ),
        pytest.param(
            [Told(Action.REPROGRAMMED, PENDING, State(Status.SUBMITTED, MOVED))],
            id="moved-and-handed-in-at-once",
        ),
        pytest.param(
            [MOVE, Told(Action.SUBMITTED, PENDING, SUBMITTED)], id="the-signed-day-after-a-move"
        ),
    ],
)
def test_events_that_contradict_one_another_give_no_state(told: list[Told]) -> None:
    assert state_of(*told) is None


def test_a_corrected_signed_day_holds_as_long_as_the_means_was_not_moved() -> None:
    corrected = date(2021, 7, 31)
    handed_in, moved = event(1, HAND_IN), event(1, MOVE)

    assert state_after(corrected, [handed_in]) == State(Status.SUBMITTED, corrected)
    assert state_after(corrected, [moved]) == State(Status.PENDING, MOVED)


def test_a_state_comes_back_as_an_event_keeps_it() -> None:
    assert state_in(State(Status.OBSERVED, MOVED).as_json()) == State(Status.OBSERVED, MOVED)
    assert OBSERVED.as_json() == {"status": "observed", "due_on": "2021-06-30"}


def test_the_record_tells_of_evidence_what_there_is() -> None:
    link = EvidenceRow(label="https://midis.gob.pe/a", url="https://midis.gob.pe/a")
    file = EvidenceRow(
        label="informe.pdf", stored_name="f00d", mime="application/pdf", size=0, sha256="ab12"
    )

    assert link.as_json() == {"label": "https://midis.gob.pe/a", "url": "https://midis.gob.pe/a"}
    assert file.as_json() == {
        "label": "informe.pdf",
        "mime": "application/pdf",
        "size": 0,
        "sha256": "ab12",
    }
