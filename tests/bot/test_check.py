"""Whether `check` sees what is wrong, says so in one line, and looks at all the rest."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.check import check
from bot.demo.faults import CUT_BEFORE, GARBAGE, Fault, refusal
from bot.looks import Sign
from storage import drafts, inbox, outbox
from storage.engine import Database, Session
from storage.events import Action, EvidenceRow
from storage.evidence import attach, record_evidence
from storage.evidence_files import EvidenceFolder
from storage.integrity import as_of_one_moment
from storage.ledger import Chain, append, verify
from storage.load import load_act
from storage.marks import Change, change
from storage.matrix import find_means
from storage.migrate import current_revision, downgrade
from storage.people import grant
from storage.records import AsOf, Level, MeansFilter, Ref
from storage.roles import OPERATOR, Actor, Role, RoleOf
from storage.traffic import DraftKind, OutboxState, Outgoing
from tests.support.acts import GivenMeans, act
from tests.support.telegram import Telegram

NOW = datetime(2021, 5, 14, 17, tzinfo=UTC)
ANA = Actor(1001, "Ana Flores", 77)
UTAI = RoleOf(Role.FOCAL, "UTAI")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FINE = {
    "Configuración": "válida, sin BOT_TOKEN",
    "Esquema": "0003, al día",
    "Integridad": "sin daños",
    "Registro": "3 registros, cadena completa",
    "Estados": "cada medio está como dicen sus registros",
    "Accesos": "cada uno tiene lo que dicen los registros",
    "Evidencia": "1 archivo y 1 enlace, como se registraron",
    "Recepción": "0 por atender, ninguno apartado",
    "Envíos": "0 por enviar, 0 que no se pudieron entregar",
    "Bot API": "sin BOT_TOKEN no se prueba",
}
STORED = ("Registro", "Estados", "Accesos", "Evidencia", "Recepción", "Envíos")


@dataclass(frozen=True)
class House:
    """A database with a record, and the folder of its evidence."""

    url: str
    folder: Path

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def path(self) -> Path:
        """The file of the database."""
        return Path(self.url.removeprefix("sqlite:///"))

    @property
    def file(self) -> Path:
        """The one file of the evidence."""
        [found] = self.folder.iterdir()
        return found

    def tamper(self, *statements: str) -> None:
        """Change rows as somebody with the password would, past all that protects them."""
        unlocked = [*self.unlocking(), *statements]
        if self.is_sqlite:
            with closing(sqlite3.connect(self.path)) as connection:
                connection.executescript(";".join(unlocked))
            return
        with psycopg.connect(self.url) as connection:
            for statement in unlocked:
                connection.execute(statement.encode())

    def unlocking(self) -> list[str]:
        if self.is_sqlite:
            return [f"DROP TRIGGER events_no_{verb}" for verb in ("UPDATE", "DELETE", "REPLACE")]
        return ["ALTER TABLE events DISABLE TRIGGER USER"]


@pytest.fixture(autouse=True)
def unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of the machine, and no `.env`, have a say."""
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def set_up(url: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> House:
    monkeypatch.setenv("BOT_DATABASE_URL", url)
    monkeypatch.setenv("BOT_EVIDENCE_DIR", str(folder))
    return House(url, folder)


@pytest.fixture
async def house(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> House:
    """Ana has a role, has handed in 12.1 with a file and a link, and 4.1 was moved."""
    made = set_up(database_url, monkeypatch, tmp_path / "evidencia")
    await fill(database, made.folder)
    return made


@pytest.fixture
async def sqlite_house(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> House:
    """The same, for what is of SQLite alone, or does not depend on the engine."""
    made = set_up(sqlite_url, monkeypatch, tmp_path / "evidencia")
    await fill(sqlite_database, made.folder)
    return made


async def fill(database: Database, folder: Path) -> None:
    kept = await EvidenceFolder(folder).keep(in_one_piece(PDF), "informe.pdf")
    file = EvidenceRow(
        label=kept.label,
        stored_name=kept.name,
        mime=kept.mime,
        size=kept.size,
        sha256=kept.sha256,
    )
    link = EvidenceRow(label="https://x.pe/a", url="https://x.pe/a")
    async with database.write() as session:
        await load_act(session, act(GivenMeans("12.1"), GivenMeans("4.1")))
        await grant(session, 1001, "Ana Flores", UTAI, actor=ANA, by=OPERATOR, now=NOW)
        draft = await drafts.begin(
            session, DraftKind.SUBMIT, chat_id=1001, user_id=1001, values={}, now=NOW
        )
        for one in (file, link):
            await attach(session, draft, one, NOW)
        told = {"evidence": [file.as_json(), link.as_json()]}
        event = await mark(session, "12.1", Action.SUBMITTED, details=told)
        await record_evidence(session, draft, event)
        await drafts.discard(session, draft)
        await mark(session, "4.1", Action.REPROGRAMMED, due_on=date(2021, 9, 30))


async def in_one_piece(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def mark(session: Session, code: str, action: Action, **more: Any) -> int:
    wanted = MeansFilter(refs=(Ref(Level.MEANS, code),))
    [row] = await find_means(session, wanted, AsOf(NOW.date()))
    made = Change(
        means_id=row.id,
        seen=row.last_event,
        action=action,
        actor=ANA,
        role="focal:UTAI",
        **more,
    )
    return (await change(session, made, NOW)).id


async def found() -> dict[str, tuple[Sign, str]]:
    """What `check` says of each subject."""
    findings = await check()
    assert all("\n" not in str(each) for each in findings)
    return {each.subject: (each.sign, each.what) for each in findings}


async def wrong() -> dict[str, str]:
    """What `check` finds wrong, by subject; it must have looked at everything."""
    looked = await found()
    assert set(looked) == {*FINE, "Base de datos"}
    assert all(sign is not Sign.UNSEEN for sign, _ in looked.values())
    return {subject: what for subject, (sign, what) in looked.items() if sign is Sign.WRONG}


# All well.


async def test_where_all_is_well_each_subject_says_so(house: House) -> None:
    looked = await found()

    sign, where = looked.pop("Base de datos")
    assert looked == {subject: (Sign.FINE, what) for subject, what in FINE.items()}
    assert sign is Sign.FINE
    assert where.startswith("SQLite 3." if house.is_sqlite else "PostgreSQL 15")
    assert where.endswith(str(house.path) if house.is_sqlite else house.url.partition("@")[2])


async def test_an_empty_record_is_well(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is migrated and nothing more; check loads nothing into it."""
    set_up(database_url, monkeypatch, tmp_path / "evidencia")

    looked = await found()

    assert looked["Registro"] == (Sign.FINE, "todavía no hay registros")
    assert looked["Evidencia"] == (Sign.FINE, "todavía no hay")
    assert all(sign is Sign.FINE for sign, _ in looked.values())
    assert not (tmp_path / "evidencia").exists()
    async with database.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM acts")) == 0


# A record that somebody has changed.


FORGE = (
    "INSERT INTO events (id, at, actor_name, role, action, details, previous, hash) VALUES "
    "(4, '2021-05-14 17:00:00', 'Nadie', 'admin', 'granted', '{}', 'ffff', 'ffff')"
)
GIVE = (
    "INSERT INTO people (user_id, name) VALUES (666, 'Nadie')",
    "INSERT INTO grants (user_id, role, unit, granted_at) "
    "VALUES (666, 'admin', '', '2021-05-14 17:00:00')",
)
BREAKS = "la cadena se rompe: "
OF_12_1, OF_4_1 = "12.1 del acta 002-2021", "4.1 del acta 002-2021"
NOT_AS_RECORDED = "la evidencia del registro N° 2 no es la que se registró"


@pytest.mark.parametrize(
    ("statements", "subject", "said"),
    [
        pytest.param(
            ["UPDATE events SET note = 'otra' WHERE id = 2"],
            "Registro",
            f"{BREAKS}el registro N° 2 fue alterado",
            id="note-written-over",
        ),
        pytest.param(
            ["UPDATE events SET actor_id = 666 WHERE id = 1"],
            "Registro",
            f"{BREAKS}el registro N° 1 fue alterado",
            id="somebody-else-did-it",
        ),
        pytest.param(
            ["UPDATE events SET at = '2021-05-13 17:00:00+00:00' WHERE id = 3"],
            "Registro",
            f"{BREAKS}el registro N° 3 fue alterado",
            id="dated-back",
        ),
        pytest.param(
            ["UPDATE events SET previous = 'ffff' WHERE id = 3"],
            "Registro",
            f"{BREAKS}el registro N° 3 no sigue al anterior",
            id="unlinked",
        ),
        pytest.param(
            ["UPDATE events SET hash = 'ffff' WHERE id = 2"],
            "Registro",
            f"{BREAKS}el registro N° 2 fue alterado",
            id="hash-written-over",
        ),
        pytest.param(
            ["DELETE FROM events WHERE id = 1"],
            "Registro",
            f"{BREAKS}falta el registro N° 1",
            id="first-one-gone",
        ),
        pytest.param(
            ["DELETE FROM events WHERE id = 3"],
            "Registro",
            f"{BREAKS}el final fue cortado o cambiado después del registro N° 2",
            id="last-one-gone",
        ),
        pytest.param(
            ["DELETE FROM evidence", "DELETE FROM events"],
            "Registro",
            f"{BREAKS}el final fue cortado o cambiado después del registro N° 0",
            id="all-gone",
        ),
        pytest.param(
            [FORGE],
            "Registro",
            f"{BREAKS}el registro N° 4 no sigue al anterior",
            id="one-put-behind",
        ),
        pytest.param(
            ["DELETE FROM record_head"],
            "Registro",
            f"{BREAKS}el final fue cortado o cambiado después del registro N° 3",
            id="head-gone",
        ),
        pytest.param(
            ["UPDATE means SET status = 'verified' WHERE code = '12.1'"],
            "Estados",
            f"{OF_12_1}: está verificado para el 30 jun 2021 y sus registros dicen presentado "
            "para el 30 jun 2021",
            id="status-without-event",
        ),
        pytest.param(
            ["UPDATE means SET due_on = '2021-12-31' WHERE code = '4.1'"],
            "Estados",
            f"{OF_4_1}: está pendiente para el 31 dic 2021 y sus registros dicen pendiente "
            "para el 30 set 2021",
            id="moved-without-event",
        ),
        pytest.param(
            ["UPDATE means SET last_event = 1 WHERE code = '4.1'"],
            "Estados",
            f"{OF_4_1}: su último registro no es el que tiene anotado",
            id="another-last-event",
        ),
        pytest.param(
            ["UPDATE events SET action = 'verified' WHERE id = 3"],
            "Estados",
            f"{OF_4_1}: sus registros se contradicen",
            id="events-that-cannot-be",
        ),
        pytest.param(
            ["DELETE FROM means WHERE code = '12.1'"],
            "Estados",
            f"{OF_12_1} tiene registros y ya no está en la matriz",
            id="means-gone",
        ),
        pytest.param(
            GIVE,
            "Accesos",
            "id 666 tiene acceso como administrador, contra lo que dicen los registros",
            id="role-without-event",
        ),
        pytest.param(
            ["DELETE FROM grants"],
            "Accesos",
            "id 1001 no tiene acceso como punto focal de UTAI, contra lo que dicen los registros",
            id="role-gone",
        ),
        pytest.param(
            ["UPDATE evidence SET sha256 = 'ffff' WHERE sha256 IS NOT NULL"],
            "Evidencia",
            f"{NOT_AS_RECORDED}; «informe.pdf» de {OF_12_1} (registro N° 2) fue alterado",
            id="hash-of-a-file",
        ),
        pytest.param(
            ["UPDATE evidence SET url = 'https://otra.pe' WHERE url IS NOT NULL"],
            "Evidencia",
            NOT_AS_RECORDED,
            id="another-link",
        ),
        pytest.param(
            ["DELETE FROM evidence WHERE url IS NOT NULL"],
            "Evidencia",
            NOT_AS_RECORDED,
            id="link-gone",
        ),
        pytest.param(
            ["UPDATE evidence SET event_id = 3 WHERE url IS NOT NULL"],
            "Evidencia",
            f"{NOT_AS_RECORDED}; la evidencia del registro N° 3 no es la que se registró",
            id="given-to-another-event",
        ),
        pytest.param(
            ["UPDATE evidence SET stored_name = '../../etc/passwd' WHERE url IS NULL"],
            "Evidencia",
            f"«informe.pdf» de {OF_12_1} (registro N° 2) falta",
            id="a-name-that-leads-out",
        ),
    ],
)
async def test_a_change_behind_the_back_of_the_record_is_found(
    house: House, statements: list[str], subject: str, said: str
) -> None:
    house.tamper(*statements)

    assert (await wrong())[subject] == said


async def test_the_triggers_that_protect_the_record_are_missed(house: House) -> None:
    house.tamper()

    verbs = ["update", "delete", "replace" if house.is_sqlite else "truncate"]
    said = [f"falta o no actúa events_no_{verb}, que protege el registro" for verb in verbs]
    assert await wrong() == {"Integridad": "; ".join(said)}


async def test_a_trigger_that_lets_everything_pass_is_none(house: House) -> None:
    if house.is_sqlite:
        sham = "CREATE TRIGGER events_no_UPDATE BEFORE UPDATE ON events BEGIN SELECT 1; END"
        house.tamper(sham, house_trigger("DELETE"))
    else:
        body = "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        house.tamper(
            "ALTER TABLE events ENABLE TRIGGER USER", body + "$$ BEGIN RETURN NULL; END $$"
        )

    assert list(await wrong()) == ["Integridad"]


def house_trigger(verb: str) -> str:
    """What the migration makes on SQLite."""
    return (
        f"CREATE TRIGGER events_no_{verb} BEFORE {verb} ON events "
        "BEGIN SELECT RAISE(ABORT, 'events are only added'); END"
    )


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE events SET note = 'otra' WHERE id = 2", id="update"),
        pytest.param("UPDATE events SET id = 9 WHERE id = 3", id="renumber"),
        pytest.param("DELETE FROM events WHERE id = 3", id="delete"),
        pytest.param("DELETE FROM events", id="delete-all"),
    ],
)
async def test_the_database_itself_refuses_to_change_an_event(
    house: House, database: Database, statement: str
) -> None:
    with pytest.raises(DBAPIError, match="events are only added"):
        async with database.write() as session:
            await session.execute(text(statement))

    assert await wrong() == {}


async def test_postgres_refuses_to_empty_the_record(postgres_url: str) -> None:
    database = Database(postgres_url)
    try:
        with pytest.raises(DBAPIError, match="events are only added"):
            async with database.write() as session:
                await session.execute(text("TRUNCATE events CASCADE"))
    finally:
        await database.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE events SET details = 'no es JSON' WHERE id = 2", id="details"),
        pytest.param("UPDATE events SET at = 'ayer' WHERE id = 2", id="time"),
    ],
)
async def test_an_event_that_cannot_be_read_is_named(sqlite_house: House, statement: str) -> None:
    sqlite_house.tamper(statement)

    looked = await wrong()

    assert looked["Registro"] == f"{BREAKS}el registro N° 2 fue alterado"
    assert looked["Estados"] == "no se pudo revisar (" + looked["Accesos"].partition("(")[2]


async def test_rows_that_hang_loose_are_found(sqlite_house: House) -> None:
    sqlite_house.tamper(GIVE[1])

    assert (await wrong())["Integridad"].startswith("grants → people; ")


async def test_evidence_of_an_event_that_is_gone_is_found(sqlite_house: House) -> None:
    sqlite_house.tamper("DELETE FROM events WHERE id = 2")

    looked = await wrong()

    assert looked["Integridad"].startswith("evidence → events; ")
    assert looked["Evidencia"] == NOT_AS_RECORDED


async def test_nonsense_in_a_state_keeps_from_nothing_else(sqlite_house: House) -> None:
    sqlite_house.tamper("PRAGMA ignore_check_constraints = ON", "UPDATE means SET status = 'bien'")

    looked = await wrong()

    assert looked["Integridad"].startswith("CHECK constraint failed in means; ")
    assert looked["Estados"] == "no se pudo revisar (ValueError)"
    assert "Registro" not in looked


# Files of the evidence.


def alter(file: Path) -> None:
    file.write_bytes(PDF.replace(b"obj", b"obk", 1))


def cut(file: Path) -> None:
    file.write_bytes(PDF[:-1])


def point_elsewhere(file: Path) -> None:
    """Have the same content, but outside of the folder."""
    outside = file.parents[1] / "outside"
    file.rename(outside)
    file.symlink_to(outside)


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        pytest.param(alter, "fue alterado", id="same-length"),
        pytest.param(cut, "fue alterado", id="cut"),
        pytest.param(Path.unlink, "falta", id="gone"),
        pytest.param(point_elsewhere, "no se puede leer", id="link-out-of-the-folder"),
    ],
)
async def test_a_file_that_is_not_what_was_recorded_is_named(
    house: House, happens: Callable[[Path], None], said: str
) -> None:
    happens(house.file)

    assert await wrong() == {"Evidencia": f"«informe.pdf» de {OF_12_1} (registro N° 2) {said}"}


async def test_a_lost_folder_loses_its_files(house: House) -> None:
    house.folder.rename(house.folder.with_name("otra"))

    assert list(await wrong()) == ["Evidencia"]
    assert not house.folder.exists()


# What comes in and goes out.


async def test_updates_that_were_given_up_are_named_by_their_tickets(
    house: House, database: Database
) -> None:
    async with database.write() as session:
        rows = await inbox.store(session, [(7, "{}"), (8, "{}"), (9, "{}")], NOW)
        for row, ticket in zip(rows, ("a1b2c3", "d4e5f6"), strict=False):
            await inbox.set_aside(session, row.id, ticket)

    assert await wrong() == {"Recepción": "2 apartados, con código a1b2c3, d4e5f6; 1 por atender"}


async def test_what_waits_is_counted_and_is_not_wrong(house: House, database: Database) -> None:
    async with database.write() as session:
        await inbox.store(session, [(7, "{}")], NOW)
        rows = await outbox.add(session, [Outgoing(chat_id=1, text="x")] * 4, NOW, None)
        await outbox.end(session, rows[0].id, OutboxState.FAILED, NOW, "closed")
        await outbox.end(session, rows[1].id, OutboxState.SENT, NOW)

    looked = await found()

    assert looked["Recepción"] == (Sign.FINE, "1 por atender, ninguno apartado")
    assert looked["Envíos"] == (Sign.FINE, "2 por enviar, 1 que no se pudieron entregar")


async def test_what_is_written_meanwhile_does_not_look_like_a_break(postgres_url: str) -> None:
    """The bot goes on while the chain is followed; its events and its end are of one moment."""
    database = Database(postgres_url)

    async def add() -> None:
        async with database.write() as session:
            await append(session, Action.ADMITTED, actor=ANA, role="admin", now=NOW)

    try:
        await add()
        async with as_of_one_moment(database) as session:
            before = await verify(session)
            await add()
            after = await verify(session)
    finally:
        await database.dispose()

    assert before == after == Chain(1)


# A database that cannot be looked into.


async def test_a_database_that_is_not_there_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", "sqlite:///nueva.db")

    looked = await found()

    said = "nueva.db no existe todavía; la crea el primer comando"
    assert looked["Base de datos"] == (Sign.WRONG, said)
    assert all(looked[subject] == (Sign.UNSEEN, "sin revisar") for subject in STORED)
    assert looked["Bot API"][0] is Sign.FINE
    assert files_in(tmp_path) == []


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_an_older_schema_is_said_and_left_as_it_is(house: House, database: Database) -> None:
    await downgrade(database, "0001")

    looked = await found()

    said = "0001, anterior; el próximo inicio la actualiza a 0003"
    assert looked["Esquema"] == (Sign.WRONG, said)
    assert looked["Integridad"] == (Sign.FINE, "sin daños")
    assert all(looked[subject] == (Sign.UNSEEN, "sin revisar") for subject in STORED)
    assert await current_revision(database) == "0001"


async def test_a_newer_schema_is_said(house: House) -> None:
    house.tamper("UPDATE alembic_version SET version_num = '9999'")

    looked = await found()

    said = "9999, de una versión más nueva del programa, que llega a 0003"
    assert looked["Esquema"] == (Sign.WRONG, said)
    assert looked["Registro"][0] is Sign.UNSEEN


async def test_an_empty_database_is_said_and_stays_empty(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = set_up(empty_url, monkeypatch, Path("evidencia"))
    if house.is_sqlite:
        house.path.touch()

    looked = await found()

    said = "la base está vacía; la prepara el primer comando"
    assert looked["Esquema"] == (Sign.WRONG, said)
    assert not house.is_sqlite or house.path.stat().st_size == 0


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("mysql://u:hush@h/x", "«mysql» no sirve", id="engine"),
        pytest.param("postgresql://u:hush@127.0.0.1:1/x", "no responde", id="server"),
        pytest.param("sqlite:///.", "no es una base de datos", id="folder"),
    ],
)
async def test_a_database_that_cannot_be_opened_is_one_line(
    monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", url)

    looked = await found()

    sign, what = looked["Base de datos"]
    assert sign is Sign.WRONG
    assert said in what
    assert "hush" not in str(looked)
    assert looked["Registro"][0] is Sign.UNSEEN


async def test_a_file_that_is_no_database_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.db").write_text("hola " * 1000)
    monkeypatch.setenv("BOT_DATABASE_URL", "sqlite:///x.db")

    looked = await found()

    said = "x.db: el archivo no es una base de datos o está dañado"
    assert looked["Base de datos"] == (Sign.WRONG, said)


async def test_a_damaged_file_is_found_and_the_rest_looked_at(sqlite_house: House) -> None:
    """One page of the events is written over, as a failing disk does."""
    with closing(sqlite3.connect(sqlite_house.path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'events'"
        [[page]] = connection.execute(query)
        [[size]] = connection.execute("PRAGMA page_size")
    with sqlite_house.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)

    looked = await wrong()

    assert {"Integridad", "Registro"} <= set(looked)
    assert "Recepción" not in looked


# Settings.


@pytest.mark.parametrize(
    ("name", "value", "api"),
    [
        pytest.param("BOT_TIMEZONE", "Lima", Sign.FINE, id="zone"),
        pytest.param("BOT_ADMIN_IDS", "ana", Sign.FINE, id="ids"),
        pytest.param("BOT_TOKEN", "hush", Sign.UNSEEN, id="token"),
        pytest.param("BOT_API_URL", "ftp://hush", Sign.UNSEEN, id="address"),
    ],
)
async def test_a_wrong_setting_is_named_and_the_rest_looked_at(
    sqlite_house: House, monkeypatch: pytest.MonkeyPatch, name: str, value: str, api: Sign
) -> None:
    monkeypatch.setenv(name, value)

    looked = await found()

    sign, what = looked["Configuración"]
    assert sign is Sign.WRONG
    assert what.startswith(f"{name} no es válido")
    assert looked["Registro"] == (Sign.FINE, FINE["Registro"])
    assert looked["Bot API"][0] is api
    assert "hush" not in str(looked)


async def test_a_misspelt_setting_is_named_and_the_rest_looked_at(
    sqlite_house: House, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("BOT_TOKN=hush\n")

    assert await wrong() == {"Configuración": "BOT_TOKN no existe (¿está bien escrito?)"}


async def test_settings_that_cannot_be_read_are_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"BOT_TIMEZONE=\xff\xfe\n")

    assert await found() == {"Configuración": (Sign.WRONG, "el archivo .env no se puede leer")}


# The Bot API.


@pytest.fixture
async def on_line(
    sqlite_house: House, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> Telegram:
    """A Bot API on loopback, and its token in the settings."""
    monkeypatch.setenv("BOT_API_URL", telegram.url)
    monkeypatch.setenv("BOT_TOKEN", telegram.token)
    return telegram


async def test_the_bot_api_answers_by_the_name_of_the_bot(on_line: Telegram) -> None:
    looked = await found()

    said = f"{on_line.url} responde como @{on_line.world.bot['username']}"
    assert looked["Bot API"] == (Sign.FINE, said)
    assert looked["Configuración"] == (Sign.FINE, "válida, con BOT_TOKEN")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param(refusal(502), "responde con el error 502", id="refused"),
        pytest.param(Fault(body=GARBAGE), "no responde como una Bot API", id="garbage"),
        pytest.param(Fault(body=b"[1]"), "no responde como una Bot API", id="other-json"),
        pytest.param(Fault(body=b"null"), "no responde como una Bot API", id="null"),
        pytest.param(CUT_BEFORE, "no responde (ServerDisconnectedError)", id="cut"),
    ],
)
async def test_a_bot_api_that_fails_is_one_line(
    on_line: Telegram, fault: Fault, said: str
) -> None:
    on_line.server.faults.add("getMe", [fault] * 2)  # a lost connection is tried anew

    assert await wrong() == {"Bot API": f"{on_line.url} {said}"}


async def test_a_bot_api_that_never_answers_is_not_waited_for(
    sqlite_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def keep_silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)

    held: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(keep_silent, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    monkeypatch.setenv("BOT_API_URL", url)
    monkeypatch.setenv("BOT_TOKEN", "123456:hush")
    try:
        *_, last = await check(seconds=0.2)
    finally:
        for writer in held:
            writer.close()
        server.close()

    assert str(last) == f"✗ Bot API: {url} no responde en 0.2 s"


async def test_a_token_that_is_no_good_is_said_and_not_shown(on_line: Telegram) -> None:
    secret = on_line.token
    on_line.revoke()

    looked = await wrong()

    assert looked == {"Bot API": f"{on_line.url} rechaza el token; revise BOT_TOKEN"}
    assert secret.partition(":")[2] not in str(looked)


async def test_where_nobody_listens_the_token_is_not_shown(
    on_line: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:1")

    looked = await wrong()

    assert looked == {"Bot API": "http://127.0.0.1:1 no responde (ClientConnectorError)"}


# As a person types it.


class Compromisos(Protocol):
    def __call__(self, **environment: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def checking(tmp_path: Path) -> Compromisos:
    """Run `compromisos check` in a process of its own."""

    def run(**environment: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        return subprocess.run(
            [sys.executable, "-m", "bot", "check"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        )

    return run


async def test_the_command_prints_a_line_a_subject_and_ends_well(
    sqlite_house: House, checking: Compromisos
) -> None:
    done = checking(BOT_DATABASE_URL=sqlite_house.url, BOT_EVIDENCE_DIR=str(sqlite_house.folder))

    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert len(lines) == 11
    assert all(line.startswith("✓ ") for line in lines)
    assert "✓ Registro: 3 registros, cadena completa" in lines


async def test_the_command_fails_without_a_traceback(
    sqlite_house: House, checking: Compromisos
) -> None:
    sqlite_house.tamper("UPDATE events SET details = 'x'", "DELETE FROM means")
    sqlite_house.file.unlink()

    done = checking(
        BOT_DATABASE_URL=sqlite_house.url,
        BOT_EVIDENCE_DIR=str(sqlite_house.folder),
        BOT_TIMEZONE="Lima",
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert [line[0] for line in done.stdout.splitlines()] == list("✗✓✓✗✗✗✗✗✓✓✓")
