"""Access and the record, as the one at the command line gives, takes and reads them."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from bot.cli import cli
from bot.terminal import plain
from storage.engine import Database, Session
from storage.entries import admit, ask, dismiss, invite, note_refusal
from storage.events import Action
from storage.ledger import history
from storage.load import load_act
from storage.marks import Change, change
from storage.matrix import find_means
from storage.people import access_of, grant, person_name
from storage.records import AsOf, Level, MeansFilter, Ref
from storage.roles import OPERATOR, Actor, Role, RoleOf
from tests.support.acts import GivenMeans, act

UTAI, UT = RoleOf(Role.FOCAL, "UTAI"), RoleOf(Role.FOCAL, "UT")
ADMIN, READER, FOLLOW_UP = RoleOf(Role.ADMIN), RoleOf(Role.READER), RoleOf(Role.FOLLOW_UP)
KNOWN = "Unidades: CGC, UC, UOAI, UPPM, UT, UTAI, UTI."
MAY_14 = date(2021, 5, 14)
NOON = datetime(2021, 5, 14, 17, 0, 0, 250, tzinfo=UTC)  # in Lima
ANA, LUIS = Actor(1001, "Ana Flores", 77), Actor(2002, "Luis Ñahui", 78)
DIGEST = "ab" * 32


class Compromisos(Protocol):
    def __call__(self, *arguments: str, **environment: str) -> Result: ...


class Stored(Protocol):
    def __call__(self, work: Callable[[Session], Awaitable[Any]]) -> Any: ...


@pytest.fixture
def compromisos(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compromisos:
    """Give a command, on each engine; returns what it printed and its exit code."""
    return command_on(database_url, tmp_path, monkeypatch)


@pytest.fixture
def on_sqlite(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compromisos:
    """Give a command where the engine makes no difference."""
    return command_on(sqlite_url, tmp_path, monkeypatch)


def command_on(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Compromisos:
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)

    def run(*arguments: str, **environment: str) -> Result:
        settings = {"BOT_DATABASE_URL": url, "BOT_TODAY": MAY_14.isoformat(), **environment}
        return CliRunner().invoke(cli, arguments, env=settings, catch_exceptions=False)

    return run


@pytest.fixture
def stored(request: pytest.FixtureRequest) -> Stored:
    """Work in the database of the command, in one transaction."""
    on_each = "compromisos" in request.fixturenames
    url: str = request.getfixturevalue("database_url" if on_each else "sqlite_url")

    async def within(work: Callable[[Session], Awaitable[Any]]) -> Any:
        database = Database(url)
        try:
            async with database.write() as session:
                return await work(session)
        finally:
            await database.dispose()

    return lambda work: asyncio.run(within(work))


async def held(session: Session, user_id: int = 1001) -> set[RoleOf]:
    return set((await access_of(session, user_id)).roles)


async def actions(session: Session) -> list[Action]:
    return [event.action for event in await history(session)]


# Giving.


@pytest.mark.parametrize(
    ("words", "role", "said"),
    [
        pytest.param(["lector"], READER, "lector", id="reader"),
        pytest.param(["reader"], READER, "lector", id="reader-in-english"),
        pytest.param(["seguimiento"], FOLLOW_UP, "seguimiento", id="follow-up"),
        pytest.param(["follow_up"], FOLLOW_UP, "seguimiento", id="follow-up-in-english"),
        pytest.param(["Follow-Up"], FOLLOW_UP, "seguimiento", id="with-a-hyphen"),
        pytest.param(["ADMINISTRADOR"], ADMIN, "administrador", id="admin"),
        pytest.param(["admin"], ADMIN, "administrador", id="admin-in-english"),
        pytest.param(["focal", "--unit", "utai"], UTAI, "punto focal de UTAI", id="focal"),
    ],
)
def test_a_role_is_given_by_either_name(
    on_sqlite: Compromisos, stored: Stored, words: list[str], role: RoleOf, said: str
) -> None:
    done = on_sqlite("grant", "1001", *words, "--name", "Ana Flores")

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"Ana Flores (id 1001): tiene acceso como {said}\n"
    assert stored(held) == {role}


def test_what_is_given_is_in_the_record_as_done_by_the_operator(
    compromisos: Compromisos, stored: Stored
) -> None:
    compromisos("grant", "1001", "focal", "--unit", "UTAI", "--unit", "ut", "--name", "Ana")

    events = stored(history)
    assert stored(held) == {UTAI, UT}
    assert [(one.action, one.actor_id, one.actor_name, one.role) for one in events] == [
        (Action.GRANTED, None, "línea de comandos", OPERATOR)
    ] * 2
    assert [one.details["unit"] for one in events] == ["UTAI", "UT"]
    lima = ZoneInfo("America/Lima")
    assert all(one.at.astimezone(lima).date() == MAY_14 for one in events)


def test_giving_twice_says_so_and_records_once(compromisos: Compromisos, stored: Stored) -> None:
    compromisos("grant", "1001", "admin", "--name", "Ana")

    done = compromisos("grant", "1001", "admin")

    assert done.exit_code == 0
    assert done.stdout == "Ana (id 1001): ya lo tenía: administrador\n"
    assert stored(actions) == [Action.GRANTED]


def test_a_unit_named_twice_is_given_once(on_sqlite: Compromisos, stored: Stored) -> None:
    done = on_sqlite("grant", "1001", "focal", "--unit", "UTAI", "--unit", "utai")

    assert done.stdout == "id 1001: tiene acceso como punto focal de UTAI\n"
    assert stored(actions) == [Action.GRANTED]


@pytest.mark.parametrize(
    ("before", "given", "called"),
    [
        pytest.param(None, [], "id 1001", id="somebody-unknown"),
        pytest.param("Ana", [], "Ana", id="the-known-name-stays"),
        pytest.param("Ana", ["--name", "Ana Flores"], "Ana Flores", id="a-new-name-replaces"),
        pytest.param("Ana", ["--name", "  "], "Ana", id="blanks-are-no-name"),
        pytest.param(None, ["--name", " Ana \n Flores\x1b[2J"], "Ana Flores [2J", id="one-line"),
        pytest.param(None, ["--name", "x" * 200], "x" * 80, id="no-longer-than-in-the-chat"),
    ],
)
def test_what_somebody_is_called(
    on_sqlite: Compromisos, stored: Stored, before: str | None, given: list[str], called: str
) -> None:
    if before:
        on_sqlite("grant", "1001", "lector", "--name", before)

    on_sqlite("grant", "1001", "admin", *given)

    assert stored(lambda session: person_name(session, 1001)) == called


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(
            ["1001", "focal"],
            f"Un punto focal lo es de una unidad: --unit UTAI. {KNOWN}",
            id="no-unit",
        ),
        pytest.param(
            ["1001", "focal", "--unit", "UTAI", "--unit", "UTIA"],
            f"No conozco la unidad «UTIA». {KNOWN}",
            id="one-unit-unknown",
        ),
        pytest.param(
            ["1001", "lector", "--unit", "UTAI"],
            "El acceso como lector no lleva --unit.",
            id="unit-of-another-role",
        ),
        pytest.param(
            ["1001", "jefe"],
            "«jefe» no es un acceso; use lector, focal, seguimiento o administrador.",
            id="no-such-role",
        ),
    ],
)
def test_wrong_use_is_one_line_and_gives_nothing(
    on_sqlite: Compromisos, stored: Stored, words: list[str], said: str
) -> None:
    done = on_sqlite("grant", *words)

    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"{said}\n")
    assert stored(held) == set()
    assert stored(actions) == []


@pytest.mark.parametrize("number", ["0", "ana", "-100123", str(2**53)])
def test_only_the_id_of_a_person_is_taken(on_sqlite: Compromisos, number: str) -> None:
    assert on_sqlite("grant", number, "lector").exit_code == 2


# Taking away.


async def give_ana(session: Session) -> None:
    for role in (UTAI, UT, READER):
        await grant(session, 1001, "Ana Flores", role, actor=ANA, by=OPERATOR, now=NOON)


@pytest.mark.parametrize(
    ("words", "taken", "left"),
    [
        pytest.param([], ["punto focal de UT", "punto focal de UTAI", "lector"], set(), id="all"),
        pytest.param(["lector"], ["lector"], {UTAI, UT}, id="one-role"),
        pytest.param(
            ["focal"], ["punto focal de UT", "punto focal de UTAI"], {READER}, id="of-all-units"
        ),
        pytest.param(
            ["focal", "--unit", "utai"], ["punto focal de UTAI"], {UT, READER}, id="of-one-unit"
        ),
        pytest.param(["--unit", "UT"], ["punto focal de UT"], {UTAI, READER}, id="only-a-unit"),
    ],
)
def test_what_is_taken_away_is_said(
    compromisos: Compromisos,
    stored: Stored,
    words: list[str],
    taken: list[str],
    left: set[RoleOf],
) -> None:
    stored(give_ana)

    done = compromisos("revoke", "1001", *words)

    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"Ana Flores (id 1001): ya no tiene acceso como {role}" for role in taken
    ]
    assert stored(held) == left
    assert stored(actions)[3:] == [Action.REVOKED] * len(taken)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["1001", "admin"], "Ana Flores (id 1001)", id="a-role-not-held"),
        pytest.param(["1001", "--unit", "CGC"], "Ana Flores (id 1001)", id="a-unit-not-held"),
        pytest.param(["999"], "id 999", id="somebody-unknown"),
    ],
)
def test_nothing_to_take_away_is_a_failure(
    on_sqlite: Compromisos, stored: Stored, words: list[str], said: str
) -> None:
    stored(give_ana)

    done = on_sqlite("revoke", *words)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"{said}: no tiene ese acceso.\n"
    assert stored(held) == {UTAI, UT, READER}


def test_a_unit_of_another_role_is_wrong_use(on_sqlite: Compromisos, stored: Stored) -> None:
    stored(give_ana)

    done = on_sqlite("revoke", "1001", "lector", "--unit", "UT")

    assert done.exit_code == 2
    assert stored(held) == {UTAI, UT, READER}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["1001"], 0, id="beside-what-is-taken"),
        pytest.param(["1001", "admin"], 1, id="nothing-to-take"),
    ],
)
def test_an_administrator_by_configuration_stays_one_and_is_told(
    on_sqlite: Compromisos, stored: Stored, words: list[str], code: int
) -> None:
    stored(give_ana)

    done = on_sqlite("revoke", *words, BOT_ADMIN_IDS="1001")

    assert done.exit_code == code
    assert "sigue siendo administrador por configuración" in done.output
    assert "BOT_ADMIN_IDS" in done.output


def test_a_unit_taken_from_such_an_administrator_is_another_matter(
    on_sqlite: Compromisos, stored: Stored
) -> None:
    stored(give_ana)

    done = on_sqlite("revoke", "1001", "--unit", "UT", BOT_ADMIN_IDS="1001")

    said = "Ana Flores (id 1001): ya no tiene acceso como punto focal de UT\n"
    assert (done.exit_code, done.stdout) == (0, said)


# Who may come in.


STEERING = "Luis [red]Ñ[/red] :smile:\x1b[31m\u202e"


async def fill(session: Session) -> None:
    await give_ana(session)
    await grant(session, 2002, STEERING, ADMIN, actor=ANA, by=OPERATOR, now=NOON)
    await admit(session, -100_200, "Equipo UTAI", actor=ANA, by=OPERATOR, now=NOON)
    await ask(session, 3003, "Rosa Díaz", UT, NOON)


def test_everybody_is_listed_plainly_where_there_is_no_terminal(
    compromisos: Compromisos, stored: Stored
) -> None:
    stored(fill)

    done = compromisos("people", BOT_ADMIN_IDS="2002,4004", FORCE_COLOR="1", COLUMNS="40")

    rows = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [row for row in rows if row and not row.startswith("─")] == [
        "Personas",
        "id nombre acceso",
        "1001 Ana Flores punto focal de UT, punto focal de UTAI, lector",
        "2002 Luis [red]Ñ[/red] :smile: [31m administrador, administrador (por configuración)",
        "4004 administrador (por configuración)",
        "Grupos admitidos",
        "id grupo",
        "-100200 Equipo UTAI",
        "Solicitudes sin decidir",
        "id nombre pide",
        "3003 Rosa Díaz punto focal de UT",
    ]
    assert "\x1b" not in done.stdout


def test_a_long_name_is_folded_at_a_fixed_width(on_sqlite: Compromisos) -> None:
    on_sqlite("grant", "1001", "lector", "--name", "Ñ" * 80)
    on_sqlite("grant", "1001", "focal", "--unit", "UTAI", "--unit", "UTI", "--unit", "UOAI")

    done = on_sqlite("people", COLUMNS="40")

    assert max(len(line) for line in done.stdout.splitlines()) == 100
    assert done.stdout.count("Ñ") == 80


def test_everybody_is_listed_as_json(compromisos: Compromisos, stored: Stored) -> None:
    stored(fill)

    done = compromisos("people", "--json", BOT_ADMIN_IDS="4004,1001")

    assert json.loads(done.stdout) == {
        "people": [
            {
                "user_id": 1001,
                "name": "Ana Flores",
                "roles": [
                    {"role": "focal", "unit": "UT"},
                    {"role": "focal", "unit": "UTAI"},
                    {"role": "reader", "unit": None},
                ],
            },
            {
                "user_id": 2002,
                "name": STEERING,
                "roles": [{"role": "admin", "unit": None}],
            },
        ],
        "configured_admins": [1001, 4004],
        "groups": [{"chat_id": -100200, "title": "Equipo UTAI"}],
        "requests": [{"user_id": 3003, "name": "Rosa Díaz", "role": "focal", "unit": "UT"}],
    }


def test_where_nobody_has_access_the_way_is_shown(on_sqlite: Compromisos) -> None:
    done = on_sqlite("people")

    assert "compromisos grant" in done.stdout
    assert "Grupos" not in done.stdout
    assert "Solicitudes" not in done.stdout


# The record.


async def mark(session: Session, code: str, action: Action, actor: Actor, **more: Any) -> None:
    wanted = MeansFilter(acts=("002-2021",), refs=(Ref(Level.MEANS, code),))
    [row] = await find_means(session, wanted, AsOf(MAY_14))
    role = "focal:UTAI" if action is Action.SUBMITTED else "follow_up"
    made = Change(
        means_id=row.id, seen=row.last_event, action=action, actor=actor, role=role, **more
    )
    await change(session, made, NOON)


async def mark_some(session: Session) -> None:
    evidence = [
        {"label": "informe.pdf", "mime": "application/pdf", "size": 3, "sha256": DIGEST},
        {"label": "https://x.pe/a", "url": "https://x.pe/a"},
    ]
    details = {"document": "Informe N° 045", "document_on": "2021-05-12", "evidence": evidence}
    await mark(session, "12.1", Action.SUBMITTED, ANA, note="Va\nya\x1b[2J", details=details)
    await mark(session, "12.1", Action.OBSERVED, LUIS, note="Falta la firma")
    moved = {"document": "Memorando N° 120"}
    await mark(session, "4.1", Action.REPROGRAMMED, LUIS, due_on=date(2021, 9, 30), details=moved)


def test_the_record_is_told_from_the_oldest_on(compromisos: Compromisos, stored: Stored) -> None:
    compromisos("people")  # which loads the act
    stored(mark_some)

    done = compromisos("history")

    events = stored(history)
    when = "14 may 2021, 12:00"
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"N° 1 · {when} · Ana Flores (id 1001, punto focal de UTAI) · presentó · "
        "12.1 del acta 002-2021",
        "    documento: Informe N° 045 · 12 may 2021",
        "    nota: Va ya [2J",
        f"    evidencia: informe.pdf · sha256 {DIGEST}",
        "    evidencia: https://x.pe/a",
        f"    hash: {events[0].hash}",
        f"N° 2 · {when} · Luis Ñahui (id 2002, seguimiento) · devolvió con observación · "
        "12.1 del acta 002-2021",
        "    nota: Falta la firma",
        f"    hash: {events[1].hash}",
        f"N° 3 · {when} · Luis Ñahui (id 2002, seguimiento) · reprogramó · 4.1 del acta 002-2021",
        "    vence: antes el 31 may 2021, ahora el 30 set 2021",
        "    documento: Memorando N° 120",
        f"    hash: {events[2].hash}",
    ]


async def change_access(session: Session) -> None:
    by: dict[str, Any] = {"actor": ANA, "by": "admin", "now": NOON}
    await invite(session, UT, expires_at=NOON + timedelta(days=7), **by)
    await grant(session, 2002, "Luis", UT, actor=LUIS, by="invitation", now=NOON)
    await note_refusal(session, await ask(session, 9, "Rosa", READER, NOON), **by)
    await admit(session, -100, "Equipo", **by)
    await dismiss(session, -100, **by)


def test_what_was_done_about_access_says_to_whom(on_sqlite: Compromisos, stored: Stored) -> None:
    stored(change_access)

    done = on_sqlite("history", "--limit", "9")

    when, ana = "14 may 2021, 12:00", "Ana Flores (id 1001, administrador)"
    assert [line for line in done.stdout.splitlines() if "hash:" not in line] == [
        f"N° 1 · {when} · {ana} · hizo una invitación",
        "    acceso: punto focal de UT",
        "    vale hasta: 21 may 2021, 12:00",
        f"N° 2 · {when} · Luis Ñahui (id 2002, invitación) · entró",
        "    persona: Luis (id 2002)",
        "    acceso: punto focal de UT",
        f"N° 3 · {when} · {ana} · rechazó una solicitud de acceso",
        "    persona: Rosa (id 9)",
        "    acceso: lector",
        f"N° 4 · {when} · {ana} · admitió un grupo",
        "    grupo: Equipo (id -100)",
        f"N° 5 · {when} · {ana} · retiró un grupo",
        "    grupo: Equipo (id -100)",
    ]


def test_an_auditor_can_follow_the_chain_from_the_json_alone(
    compromisos: Compromisos, stored: Stored
) -> None:
    compromisos("grant", "1001", "focal", "--unit", "UTAI", "--name", "Ana")
    stored(mark_some)

    done = compromisos("history", "--json")

    previous = "0" * 64
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(events) == 4
    for number, event in enumerate(events, start=1):
        counted = event.pop("hash")
        parts = json.dumps(
            list(event.values()), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        assert event["id"] == number
        assert event["previous"] == previous
        assert counted == sha256(parts.encode()).hexdigest()
        previous = counted


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        pytest.param(["12.1"], [1, 2], id="of-a-means"),
        pytest.param(["12,1"], [1, 2], id="with-a-comma"),
        pytest.param(["12.1", "--limit", "1"], [2], id="the-newest-of-a-means"),
        pytest.param(["--limit", "2"], [3, 4], id="the-newest-of-all"),
        pytest.param(["--act", "002-2021"], [1, 2, 3], id="of-an-act"),
        pytest.param(["4.1", "--act", "002-2021"], [3], id="of-a-means-of-an-act"),
        pytest.param(["--act", "002-2021", "10.1"], [], id="of-a-means-without-any"),
    ],
)
def test_a_part_of_the_record(
    on_sqlite: Compromisos, stored: Stored, words: list[str], numbers: list[int]
) -> None:
    on_sqlite("people")
    stored(mark_some)
    on_sqlite("grant", "1001", "lector")

    done = on_sqlite("history", "--json", *words)

    assert done.exit_code == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == numbers


def test_the_same_code_in_two_acts_is_told_apart(on_sqlite: Compromisos, stored: Stored) -> None:
    on_sqlite("people")
    stored(lambda session: load_act(session, act(GivenMeans("12.1"), number="009-2021")))
    stored(mark_some)

    async def mark_other(session: Session) -> None:
        wanted = MeansFilter(acts=("009-2021",))
        [row] = await find_means(session, wanted, AsOf(MAY_14))
        made = Change(means_id=row.id, seen=0, action=Action.SUBMITTED, actor=ANA, role="focal:UT")
        await change(session, made, NOON)

    stored(mark_other)

    def numbers(*words: str) -> list[int]:
        done = on_sqlite("history", "12.1", "--json", *words)
        return [json.loads(line)["id"] for line in done.stdout.splitlines()]

    assert numbers() == [1, 2, 4]
    assert numbers("--act", "009-2021") == [4]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["99.9"], "No hay ningún medio 99.9.", id="means"),
        pytest.param(
            ["99.9", "--act", "002-2021"],
            "No hay ningún medio 99.9 en el acta 002-2021.",
            id="means-of-an-act",
        ),
        pytest.param(["--act", "7"], "No hay ningún acta 7; están: 002-2021.", id="act"),
    ],
)
def test_what_is_not_there_is_said(on_sqlite: Compromisos, words: list[str], said: str) -> None:
    done = on_sqlite("history", *words)

    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{said}\n")


def test_an_empty_record_says_so_to_people_only(on_sqlite: Compromisos) -> None:
    assert on_sqlite("history").stdout == "Nadie ha registrado nada todavía.\n"
    assert on_sqlite("history", "--json").stdout == ""


def test_nothing_is_asked_of_the_network_or_printed_beside(tmp_path: Path) -> None:
    """As a person types it, in a process of its own and an empty folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    root = str(Path(__file__).parents[2])

    done = subprocess.run(
        [sys.executable, "-m", "bot", "grant", "1001", "admin", "--name", "Ana"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
        env={**clean, "PYTHONPATH": root},
    )

    assert done.returncode == 0
    assert done.stdout == "Ana (id 1001): tiene acceso como administrador\n"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Ñahui, José · 100 %", "Ñahui, José · 100 %", id="text-stays"),
        pytest.param("a\x1b[2Jb", "a [2Jb", id="escape"),
        pytest.param("a\nb\rc\td", "a b c d", id="lines-and-tabs"),
        pytest.param("a\x9bb", "a b", id="eight-bit-control"),
        pytest.param("a\u202eb", "a b", id="turned-direction"),
    ],
)
def test_text_of_people_does_not_steer_the_terminal(text: str, shown: str) -> None:
    assert plain(text) == shown
