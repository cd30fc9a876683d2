import pytest

from handlers.permission import ACTIONS, Deed, role_for, role_text
from storage.events import TRANSITIONS
from storage.roles import Access, Role, RoleOf

READER, FOLLOW_UP, ADMIN = RoleOf(Role.READER), RoleOf(Role.FOLLOW_UP), RoleOf(Role.ADMIN)
UTAI, UT, UTI = (RoleOf(Role.FOCAL, unit) for unit in ("UTAI", "UT", "UTI"))
OF_UTAI, SHARED = ("UTAI",), ("UT", "UTAI")

MARKS = frozenset({Deed.SUBMIT, Deed.ADD_EVIDENCE})
REVIEWS = frozenset({Deed.VERIFY, Deed.OBSERVE})
LOOKS = frozenset({Deed.READ, Deed.SEE_EVIDENCE})


def allowed(*roles: RoleOf, units: tuple[str, ...] = OF_UTAI, is_own: bool = False) -> set[Deed]:
    access = Access(frozenset(roles))
    return {deed for deed in Deed if role_for(deed, access, units, is_own=is_own) is not None}


@pytest.mark.parametrize(
    ("roles", "units", "deeds"),
    [
        pytest.param((), OF_UTAI, frozenset(), id="stranger"),
        pytest.param((READER,), OF_UTAI, {Deed.READ}, id="reader"),
        pytest.param((UTAI,), OF_UTAI, LOOKS | MARKS, id="focal-of-the-unit"),
        pytest.param((UTAI,), SHARED, LOOKS | MARKS, id="focal-of-a-shared-means"),
        pytest.param((UT,), OF_UTAI, {Deed.READ}, id="focal-of-another-unit"),
        pytest.param((UTI,), SHARED, {Deed.READ}, id="a-unit-is-no-prefix"),
        pytest.param((UTAI,), (), {Deed.READ}, id="a-means-of-nobody"),
        pytest.param((FOLLOW_UP,), OF_UTAI, LOOKS | REVIEWS | {Deed.REPROGRAM}, id="follow-up"),
        pytest.param((ADMIN,), OF_UTAI, LOOKS | {Deed.MANAGE}, id="administrator"),
        pytest.param(
            (UTAI, FOLLOW_UP, ADMIN),
            OF_UTAI,
            frozenset(Deed) - {Deed.WITHDRAW},
            id="all-at-once",
        ),
    ],
)
def test_what_a_role_may_do_with_what_others_handed_in(
    roles: tuple[RoleOf, ...], units: tuple[str, ...], deeds: frozenset[Deed]
) -> None:
    assert allowed(*roles, units=units) == deeds


@pytest.mark.parametrize(
    ("roles", "units", "deeds"),
    [
        pytest.param((), OF_UTAI, frozenset(), id="a-role-that-was-taken-away"),
        pytest.param((UTAI,), OF_UTAI, LOOKS | MARKS | {Deed.WITHDRAW}, id="focal"),
        pytest.param((UT,), OF_UTAI, {Deed.READ}, id="focal-of-another-unit-by-now"),
        pytest.param((FOLLOW_UP,), OF_UTAI, LOOKS | {Deed.REPROGRAM}, id="follow-up-by-now"),
        pytest.param(
            (UTAI, FOLLOW_UP),
            OF_UTAI,
            LOOKS | MARKS | {Deed.WITHDRAW, Deed.REPROGRAM},
            id="nobody-reviews-the-own-submission",
        ),
    ],
)
def test_what_a_role_may_do_with_the_own_submission(
    roles: tuple[RoleOf, ...], units: tuple[str, ...], deeds: frozenset[Deed]
) -> None:
    assert allowed(*roles, units=units, is_own=True) == deeds


@pytest.mark.parametrize(
    ("deed", "roles", "by"),
    [
        pytest.param(Deed.SUBMIT, (UTAI, UT), UT, id="the-unit-that-is-printed-first"),
        pytest.param(Deed.SUBMIT, (FOLLOW_UP, UTAI), UTAI, id="the-one-of-two-that-allows-it"),
        pytest.param(Deed.VERIFY, (FOLLOW_UP, UTAI), FOLLOW_UP, id="the-other-of-two"),
        pytest.param(Deed.MANAGE, (FOLLOW_UP, ADMIN), ADMIN, id="administrator"),
        pytest.param(Deed.SEE_EVIDENCE, (ADMIN, FOLLOW_UP), FOLLOW_UP, id="the-nearest"),
    ],
)
def test_the_record_names_the_role_that_allowed_it(
    deed: Deed, roles: tuple[RoleOf, ...], by: RoleOf
) -> None:
    assert role_for(deed, Access(frozenset(roles)), SHARED) == by


def test_the_role_that_lets_somebody_read_is_always_the_same() -> None:
    access = Access(frozenset({READER, UTAI, UT, ADMIN}))

    assert role_for(Deed.READ, access) == min(access.roles)


@pytest.mark.parametrize(
    ("role", "text"),
    [
        pytest.param(UTAI, "focal:UTAI", id="with-its-unit"),
        pytest.param(FOLLOW_UP, "follow_up", id="without"),
    ],
)
def test_a_role_is_written_as_the_record_keeps_it(role: RoleOf, text: str) -> None:
    assert role_text(role) == text


def test_every_deed_that_changes_a_means_has_its_action() -> None:
    assert set(ACTIONS.values()) == set(TRANSITIONS)
    assert set(Deed) - set(ACTIONS) == {Deed.READ, Deed.SEE_EVIDENCE, Deed.MANAGE}
