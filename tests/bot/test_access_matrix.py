"""Who may do what, where: every cell of the table, by what the database has after it.

The rights are written down here once more, from what the bot is meant to be, so that they can
differ from what the program makes of them.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
import pytest_asyncio

from handlers.reader import Readers
from storage.engine import Database
from storage.events import EvidenceRow
from storage.evidence_files import EvidenceFolder
from storage.load import load_act
from tests.support.access import (
    CONFIRM,
    KINDS,
    MOVED_TO,
    ON_A_MEANS,
    Bench,
    Cell,
    Effect,
    What,
    Where,
    Who,
    Whose,
    act_of_cells,
    changes,
    configured_name,
)
from tests.support.office import PDF, Office
from tests.support.telegram import Telegram

pytestmark = pytest.mark.xdist_group("access")  # they share what runs

FOCAL, FOLLOW_UP, ADMIN = "focal", "follow_up", "admin"
HOLDS = {
    Who.STRANGER: set[str](),
    Who.READER: {"reader"},
    Who.FOCAL: {FOCAL},
    Who.SUBMITTER: {FOCAL},
    Who.FOLLOW_UP: {FOLLOW_UP},
    Who.OWN_REVIEWER: {FOCAL, FOLLOW_UP},
    Who.ADMIN: {ADMIN},
    Who.CONFIGURED: {ADMIN},
    Who.REVOKED: set[str](),
}
KNOWN = {"reader", FOCAL, FOLLOW_UP, ADMIN}
NEEDS = {
    What.READ: KNOWN,
    What.HISTORY: KNOWN,
    What.EVIDENCE: {FOCAL, FOLLOW_UP, ADMIN},
    What.FILE: {FOCAL, FOLLOW_UP, ADMIN},
    What.SUBMIT: {FOCAL},
    What.ADD: {FOCAL},
    What.WITHDRAW: {FOCAL},
    What.VERIFY: {FOLLOW_UP},
    What.OBSERVE: {FOLLOW_UP},
    What.REPROGRAM: {FOLLOW_UP},
    What.WAITING: {FOLLOW_UP},
    What.PEOPLE: {ADMIN},
    What.REVOKE: {ADMIN},
    What.APPROVE: {ADMIN},
    What.REFUSE: {ADMIN},
    What.INVITE: {ADMIN},
    What.ADMIT: {ADMIN},
    What.DISMISS: {ADMIN},
}
OF_ANYBODY_IN_A_GROUP = {What.READ, What.HISTORY}
ONLY_PRIVATE = {What.PEOPLE, What.INVITE}
HANDED_IN = {Who.SUBMITTER, Who.OWN_REVIEWER}
SHOWN_IN_PRIVATE = {What.APPROVE, What.REFUSE, What.DISMISS}  # their buttons
WITHOUT_BUTTON = {What.READ, What.HISTORY, What.WAITING, What.PEOPLE, What.INVITE, What.ADMIT}

EFFECTS: dict[What, Effect] = {
    What.READ: {"answers": 1},
    What.HISTORY: {"shown": True},
    What.EVIDENCE: {"shown": True},
    What.FILE: {"files": 1},
    What.SUBMIT: {"status": "submitted", "events": ("submitted",), "evidence": 2, "told": 1},
    What.ADD: {"events": ("evidence_added",), "evidence": 2, "told": 1},
    What.WITHDRAW: {"status": "pending", "events": ("withdrawn",), "told": 1},
    What.VERIFY: {"status": "verified", "events": ("verified",), "told": 1},
    What.OBSERVE: {"status": "observed", "events": ("observed",), "told": 1},
    What.REPROGRAM: {"due_on": MOVED_TO, "events": ("reprogrammed",), "told": 1},
    What.WAITING: {"shown": True},
    What.PEOPLE: {"shown": True},
    What.REVOKE: {"victim holds": False, "events": ("revoked",)},
    What.APPROVE: {"asker holds": True, "asker waits": False, "events": ("granted",)},
    What.REFUSE: {"asker waits": False, "events": ("refused",)},
    What.INVITE: {"invitations": 2, "events": ("invited", "invited")},  # by words, by button
    What.ADMIT: {"admitted": True, "events": ("admitted",)},
    What.DISMISS: {"admitted": False, "events": ("dismissed",)},
}
PEOPLE = [who for who in Who if who in HOLDS]
HIDDEN = [
    *product((Who.ANONYMOUS, Who.CHANNEL), What),
    *product((Who.LINKED,), (What.READ, What.HISTORY, What.WAITING, What.ADMIT)),  # words alone
]


def may(who: Who, what: What, where: Where, whose: Whose) -> bool:
    """Say whether somebody may do something."""
    if where is Where.OTHER_GROUP:
        return what is What.ADMIT and ADMIN in HOLDS[who]
    if where is Where.GROUP and what in OF_ANYBODY_IN_A_GROUP:
        return True
    if what is What.ADMIT or (what in ONLY_PRIVATE and where is not Where.PRIVATE):
        return False  # here there is no group to admit, or it was admitted before
    roles = HOLDS[who] & NEEDS[what]
    if what not in OF_ANYBODY_IN_A_GROUP and whose is Whose.FOREIGN:
        roles = roles - {FOCAL}
    if what is What.WITHDRAW:
        return bool(roles) and who in HANDED_IN
    if what in {What.VERIFY, What.OBSERVE}:
        return bool(roles) and who not in HANDED_IN
    return bool(roles)


def is_offered(who: Who, what: What, where: Where, whose: Whose) -> bool:
    """Say whether the button for it is shown: to those who may, or might until a moment ago."""
    if what in WITHOUT_BUTTON or where is Where.OTHER_GROUP:
        return False
    if what in {*SHOWN_IN_PRIVATE, What.FILE} and where is not Where.PRIVATE:
        return False
    return who is Who.REVOKED or may(who, what, where, whose)


@dataclass(frozen=True)
class Way:
    """How something is tried: by a forged button, by words, by the buttons that these bring."""

    says: str = ""
    taps: tuple[str, ...] = ()  # the last one records it
    forges: str = ""
    ends: str = ""  # said at last, where there was no real button to tap


WAYS = {
    What.READ: Way("¿qué vence en junio?"),
    What.HISTORY: Way("/historia {code}"),
    What.EVIDENCE: Way("/revisar {code}", ("k:evi:{means}",)),
    What.FILE: Way("/evidencia {code}", ("e:{file}",)),
    What.SUBMIT: Way("/presentar {code} https://midis.gob.pe/1", (CONFIRM,), ends="sí"),
    What.ADD: Way("/revisar {code}", ("k:sub:{means}", CONFIRM)),
    What.WITHDRAW: Way("/revisar {code}", ("k:wd:{means}",)),
    What.VERIFY: Way("/revisar {code}", ("k:ver:{means}",)),
    What.OBSERVE: Way("/revisar {code}", ("k:obs:{means}", CONFIRM)),
    What.REPROGRAM: Way(
        "/reprogramar {code} al 30 de setiembre con Memorando N° 120-2021", (CONFIRM,), ends="sí"
    ),
    What.WAITING: Way("/revisar"),
    What.PEOPLE: Way("/personas", forges="a:ppl:0"),
    What.REVOKE: Way("/personas", ("a:rev:{grant}", "a:rev:{grant}:1")),
    What.APPROVE: Way("", ("a:ok:{request}",)),
    What.REFUSE: Way("", ("a:no:{request}",)),
    What.INVITE: Way("/invitar lector", forges="a:inv:0"),
    What.ADMIT: Way("/admitir"),
    What.DISMISS: Way("/personas", ("a:out:{group}",), ends="/retirar"),
}


async def attempt(bench: Bench, cell: Cell) -> None:
    """Try to do what the cell is about; a right that is to be lost is lost before the last tap."""
    way = WAYS[cell.what]
    values = {
        "code": cell.code,
        "means": f"{cell.means_id}:{cell.seen}",
        "file": cell.evidence_id,
        "grant": cell.grant_id,
        "request": cell.request_id,
        "group": cell.group,
    }
    if not way.taps:
        await bench.strip(cell)
    if way.forges:
        await bench.press(cell, way.forges)
    if way.says:
        await bench.say(cell, way.says.format(**values))
    for tap in way.taps[:-1]:
        await bench.press(cell, tap.format(**values))
    for tap in way.taps[-1:]:
        await bench.press_last(cell, tap.format(**values))
    if way.ends and not cell.was_offered:
        await bench.say(cell, way.ends)


# The running bot.


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bench(
    migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Bench]:
    """A bot that runs for all cells, closed to strangers."""
    folder = tmp_path_factory.mktemp("access")
    url = f"sqlite:///{shutil.copyfile(migrated_file, folder / 'access.db')}"
    database = Database(url)
    async with database.write() as session:
        await load_act(session, act_of_cells())
    async with Telegram(database_url=url, folder=folder, seconds=20.0) as telegram:
        office = Office(telegram, database, Readers())
        office.admin_ids = frozenset(
            telegram.private(configured_name(*kind)) for kind in kinds(Who.CONFIGURED, What.SUBMIT)
        )
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("PTB_TIMEDELTA", "1")  # as the program sets it
            async with office.bot():
                yield Bench(office, await some_file(office.folder))
                assert await office.is_sound()
    await database.dispose()


async def some_file(folder: Path) -> EvidenceRow:
    """A file in the evidence folder, which stands for all that was handed in."""

    async def content() -> AsyncIterator[bytes]:
        yield PDF

    kept = await EvidenceFolder(folder).keep(content(), "informe.pdf")
    return EvidenceRow(
        label=kept.label,
        stored_name=kept.name,
        mime=kept.mime,
        size=kept.size,
        sha256=kept.sha256,
    )


async def effects(bench: Bench, cells: list[Cell]) -> dict[str, Effect]:
    """Try the cells side by side; give what each changed."""
    await bench.set_up(cells)
    for cell in cells:
        if cell.asker:
            await bench.ask_for_access(cell)
    before = await bench.stands(cells)
    async with asyncio.TaskGroup() as tasks:
        for cell in cells:
            tasks.create_task(attempt(bench, cell))
    await bench.settle_all(cells)
    after = await bench.stands(cells)
    return {
        f"{cell.where}, {cell.whose}": changes(was, now) | {"offered": cell.was_offered}
        for cell, was, now in zip(cells, before, after, strict=True)
    }


def kinds(who: Who, what: What) -> list[tuple[Where, Whose]]:
    """Every place, and every kind of means where that could make a difference."""

    def matters(where: Where, whose: Whose) -> bool:
        if what not in ON_A_MEANS or where is Where.OTHER_GROUP:
            return whose is Whose.OWN
        return whose is not Whose.SHARED or FOCAL in HOLDS[who]

    return [(where, whose) for where, whose in KINDS if matters(where, whose)]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("what", list(What))
@pytest.mark.parametrize("who", PEOPLE)
async def test_who_may_does_it_and_nobody_else(bench: Bench, who: Who, what: What) -> None:
    cells = [bench.cell(who, what, where, whose) for where, whose in kinds(who, what)]

    found = await effects(bench, cells)

    assert found == {
        f"{where}, {whose}": (EFFECTS[what] if may(who, what, where, whose) else {})
        | {"offered": is_offered(who, what, where, whose)}
        for where, whose in kinds(who, what)
    }


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("who", "what"), HIDDEN)
async def test_who_hides_may_read_where_everybody_may_and_do_nothing(
    bench: Bench, who: Who, what: What
) -> None:
    """Though every role was given to the account behind which they hide."""
    places = [where for where in Where if where is not Where.PRIVATE]
    cells = [bench.cell(who, what, where, Whose.OWN) for where in places]

    found = await effects(bench, cells)

    for cell in cells:
        is_read = cell.where is Where.GROUP and what in OF_ANYBODY_IN_A_GROUP
        assert found[f"{cell.where}, own"] == (EFFECTS[what] if is_read else {}) | {
            "offered": False
        }
