from datetime import date

import pytest

from storage.engine import Database
from storage.errors import MarkedMeansError
from storage.events import Action
from storage.load import load_act
from storage.marks import contradictions
from storage.matrix import (
    acts,
    areas,
    find_codes,
    find_means,
    matrix_version,
    matrix_words,
    terms,
    units,
)
from storage.records import (
    ActContents,
    MatrixWords,
    MeansFilter,
    MeansRow,
    Status,
    TermRecord,
    TopicWord,
    UnitRecord,
)
from storage.text import KEYS_VERSION, word_keys
from tests.storage.conftest import set_status
from tests.storage.marking import MOVED_TO, do
from tests.storage.matrices import TODAY
from tests.support.acts import GivenMeans, act

JUN_30, JUL_31 = date(2021, 6, 30), date(2021, 7, 31)


async def load(database: Database, contents: ActContents) -> bool:
    async with database.write() as session:
        return await load_act(session, contents)


async def every_means(database: Database) -> list[MeansRow]:
    async with database.session() as session:
        return await find_means(session, MeansFilter(), TODAY)


async def words(database: Database) -> MatrixWords:
    async with database.session() as session:
        return await matrix_words(session)


async def version(database: Database) -> int:
    async with database.session() as session:
        return await matrix_version(session)


async def test_a_second_load_changes_nothing(database: Database) -> None:
    contents = act(GivenMeans("1.1"), GivenMeans("2.1"))
    first = await load(database, contents)
    loaded = await every_means(database)

    second = await load(database, contents)

    assert (first, second) == (True, False)
    assert await every_means(database) == loaded
    assert await version(database) == 1


async def test_a_corrected_text_keeps_id_and_status(database: Database) -> None:
    await load(database, act(GivenMeans("1.1", text="Infrome", commitment_text="Dictar")))
    [before] = await every_means(database)
    async with database.write() as session:
        await set_status(session, {"1.1": Status.SUBMITTED})

    corrected = GivenMeans("1.1", text="Informe", commitment_text="Dictar talleres")
    changed = await load(database, act(corrected, digest="second"))

    [after] = await every_means(database)
    assert changed is True
    assert (after.id, after.text.text, after.status) == (before.id, "Informe", Status.SUBMITTED)
    assert after.commitment_text.text == "Dictar talleres"
    assert await version(database) == 2


async def test_a_corrected_act_keeps_what_was_done_about_its_means(database: Database) -> None:
    await load(database, act(GivenMeans("1.1", due_on=JUN_30), GivenMeans("1.2", due_on=JUN_30)))
    async with database.write() as session:
        await do(session, "1.1", Action.REPROGRAMMED)
        await do(session, "1.1", Action.SUBMITTED)
        await do(session, "1.2", Action.SUBMITTED)

    corrected = (GivenMeans("1.1", due_on=JUL_31), GivenMeans("1.2", due_on=JUL_31))
    await load(database, act(*corrected, digest="second"))

    moved, unmoved = sorted(await every_means(database), key=lambda row: row.code)
    assert (moved.status, moved.due_on, moved.signed_on) == (Status.SUBMITTED, MOVED_TO, JUL_31)
    assert (unmoved.status, unmoved.due_on, unmoved.signed_on) == (
        Status.SUBMITTED,
        JUL_31,
        JUL_31,
    )
    assert (moved.last_event, unmoved.last_event) == (2, 3)
    async with database.session() as session:
        assert await contradictions(session) == []


async def test_a_day_that_was_moved_to_the_signed_one_is_not_corrected(database: Database) -> None:
    await load(database, act(GivenMeans("1.1", due_on=JUN_30)))
    async with database.write() as session:
        await do(session, "1.1", Action.REPROGRAMMED)
        await do(session, "1.1", Action.REPROGRAMMED, due_on=JUN_30)

    await load(database, act(GivenMeans("1.1", due_on=JUL_31), digest="second"))

    [row] = await every_means(database)
    assert (row.due_on, row.signed_on) == (JUN_30, JUL_31)
    async with database.session() as session:
        assert await contradictions(session) == []


async def test_a_move_in_another_act_leaves_the_day_of_the_same_code_alone(
    sqlite_database: Database,
) -> None:
    await load(sqlite_database, act(GivenMeans("1.1", due_on=JUN_30), number="002-2021"))
    async with sqlite_database.write() as session:
        await do(session, "1.1", Action.REPROGRAMMED)
    other = GivenMeans("1.1", due_on=JUN_30)
    await load(sqlite_database, act(other, number="001-2022"))

    corrected = GivenMeans("1.1", due_on=JUL_31)
    await load(sqlite_database, act(corrected, number="001-2022", digest="second"))

    days = {row.act: (row.due_on, row.signed_on) for row in await every_means(sqlite_database)}
    assert days == {"002-2021": (MOVED_TO, JUN_30), "001-2022": (JUL_31, JUL_31)}


@pytest.mark.parametrize(
    "done",
    [
        pytest.param((Action.SUBMITTED,), id="handed-in"),
        pytest.param((Action.SUBMITTED, Action.WITHDRAWN), id="withdrawn"),
        pytest.param((Action.REPROGRAMMED,), id="moved"),
    ],
)
async def test_a_means_of_which_the_record_tells_cannot_be_dropped(
    sqlite_database: Database, done: tuple[Action, ...]
) -> None:
    codes = ("1.1", "2.1", "2.2", "3.1")
    await load(sqlite_database, act(*(GivenMeans(code) for code in codes)))
    async with sqlite_database.write() as session:
        for action in done:
            await do(session, "2.2", action)
            await do(session, "3.1", action)
    before = await every_means(sqlite_database)

    with pytest.raises(MarkedMeansError) as caught:
        await load(sqlite_database, act(GivenMeans("1.1", text="Otro"), digest="second"))

    assert caught.value.codes == ("2.2", "3.1")
    assert await every_means(sqlite_database) == before
    assert await version(sqlite_database) == 1


async def test_what_is_refused_leaves_nothing_behind(database: Database) -> None:
    await load(database, act(GivenMeans("1.1"), GivenMeans("2.1")))
    async with database.write() as session:
        await do(session, "2.1", Action.SUBMITTED)
    before = await every_means(database)

    with pytest.raises(MarkedMeansError):
        await load(database, act(GivenMeans("1.1", text="Otro"), digest="second"))

    assert await every_means(database) == before
    assert await version(database) == 1


async def test_a_corrected_text_is_found_by_its_new_words_only(database: Database) -> None:
    await load(database, act(GivenMeans("1.1", text="Infrome", recommendation_text="Vieja")))

    corrected = GivenMeans("1.1", text="Informe", recommendation_text="Nueva")
    await load(database, act(corrected, digest="second"))

    found = await words(database)
    assert dict(found.near_keys) == {"inform": 1, "compromiso": 1}
    assert dict(found.deep_keys) == {"nueva": 1}


async def test_a_means_gains_and_loses_units(database: Database) -> None:
    await load(database, act(GivenMeans("1.1", units=("UTAI", "UT"))))

    await load(database, act(GivenMeans("1.1", units=("CGC", "UTAI")), digest="second"))

    [row] = await every_means(database)
    assert row.units == ("CGC", "UTAI")
    assert [unit.code for unit in (await words(database)).units] == ["CGC", "UTAI"]


async def test_a_means_that_moves_to_another_recommendation_stays_itself(
    database: Database,
) -> None:
    await load(database, act(GivenMeans("1.1", recommendation="1", area="base")))
    [before] = await every_means(database)

    moved = GivenMeans("1.1", recommendation="2", area="equipo")
    await load(database, act(moved, digest="second"))

    [after] = await every_means(database)
    assert (after.id, after.recommendation, after.area) == (before.id, "2", "equipo")


async def test_what_an_act_no_longer_has_goes(database: Database) -> None:
    gone = GivenMeans("2.1", text="Acta", recommendation="2", area="equipo")
    await load(database, act(GivenMeans("1.1"), gone))

    await load(database, act(GivenMeans("1.1"), digest="second"))

    found = await words(database)
    assert [row.code for row in await every_means(database)] == ["1.1"]
    assert {len(numbers) for numbers in found.levels.values()} == {1}
    assert "acta" not in found.near_keys
    assert [area.key for area in found.areas] == ["base"]


async def test_a_new_means_is_pending_and_in_its_printed_place(database: Database) -> None:
    await load(database, act(GivenMeans("1.1"), GivenMeans("1.3")))

    three = (GivenMeans("1.1"), GivenMeans("1.2"), GivenMeans("1.3"))
    await load(database, act(*three, digest="second"))

    rows = await every_means(database)
    assert [(row.code, row.status) for row in rows] == [
        ("1.1", Status.PENDING),
        ("1.2", Status.PENDING),
        ("1.3", Status.PENDING),
    ]


async def test_loading_one_act_leaves_the_other_alone(database: Database) -> None:
    await load(database, act(GivenMeans("1.1"), number="002-2021"))
    [old] = await every_means(database)

    await load(database, act(GivenMeans("1.1", text="Otro"), number="001-2022"))
    await load(database, act(GivenMeans("2.1", text="Otro"), number="001-2022", digest="second"))

    assert (await every_means(database))[0] == old
    assert [row.code for row in await every_means(database)] == ["1.1", "2.1"]


async def test_a_failed_load_leaves_nothing_behind(database: Database) -> None:
    contents = act(GivenMeans("1.1"), GivenMeans("1.1"))
    broken = ActContents(
        record=act().record,  # lists no area
        units=contents.units,
        terms=contents.terms,
        recommendations=contents.recommendations,
        digest=contents.digest,
    )

    with pytest.raises(KeyError):
        await load(database, broken)

    assert await every_means(database) == []
    assert await version(database) == 0


async def test_a_record_comes_back_as_it_went_in(database: Database) -> None:
    contents = act(
        GivenMeans("1.1", area="base"),
        GivenMeans("2.1", area="equipo", recommendation="2"),
        GivenMeans("3.1", area="base", recommendation="3"),
    )
    await load(database, contents)

    async with database.session() as session:
        assert await acts(session) == [contents.record]
        assert await areas(session) == list(contents.record.areas)


async def test_the_words_hold_all_that_a_question_can_name(database: Database) -> None:
    unit = UnitRecord("UTAI", "Unidad Técnica", "el acta", ("técnica",))
    term = TermRecord("SAF", "Servicio", "el acta", "nota", ("familias",))
    first = GivenMeans(
        "1.1",
        text="Informes de taller",
        specification="Un informe",
        commitment_text="Dictar",
        due_on=date(2021, 9, 30),
        recommendation_text="Capacitar",
    )
    second = GivenMeans("2.1", text="Taller", commitment_text="Dictar", recommendation="2")
    contents = act(first, second, units=[unit], terms=[term])
    await load(database, contents)

    found = await words(database)

    assert found == MatrixWords(
        acts=("002-2021",),
        units=(unit,),
        areas=contents.record.areas,
        terms=(term,),
        due_months=frozenset({(2021, 6), (2021, 9)}),
        near_keys={"inform": 1, "de": 1, "taller": 2, "un": 1, "dictar": 2},
        deep_keys={"capacitar": 1, "recomendacion": 1},
        levels=found.levels,
    )
    assert {level.value: numbers for level, numbers in found.levels.items()} == {
        "means": {"1.1", "2.1"},
        "commitment": {"1", "2"},
        "recommendation": {"1", "2"},
    }


async def test_an_empty_database_has_no_words(database: Database) -> None:
    found = await words(database)

    assert (found.acts, found.near_keys, found.due_months) == ((), {}, frozenset())


async def test_an_act_that_spells_a_unit_or_term_out_speaks_for_the_others(
    database: Database,
) -> None:
    bare = act(
        GivenMeans("1.1"),
        number="002-2021",
        units=[UnitRecord("UTAI", None, None, ("ut ai",))],
        terms=[TermRecord("SAF", None, None, "sin fuente", ("saf1",))],
    )
    full = act(
        GivenMeans("1.1"),
        number="001-2022",
        units=[UnitRecord("UTAI", "Unidad Técnica", "acta 2022")],
        terms=[TermRecord("SAF", "Servicio", "acta 2022", None, ("saf2",))],
    )
    await load(database, bare)
    await load(database, full)

    async with database.session() as session:
        assert await units(session) == [
            UnitRecord("UTAI", "Unidad Técnica", "acta 2022", ("ut ai",))
        ]
        assert await terms(session) == [
            TermRecord("SAF", "Servicio", "acta 2022", None, ("saf1", "saf2"))
        ]


async def test_both_acts_recommendations_are_of_an_area_they_share(database: Database) -> None:
    await load(database, act(GivenMeans("1.1", recommendation="1"), number="002-2021"))
    await load(database, act(GivenMeans("1.1", recommendation="5"), number="001-2022"))

    [area] = (await words(database)).areas

    assert area.recommendations == ("1", "5")


async def test_accents_and_plurals_are_no_part_of_a_key(database: Database) -> None:
    await load(database, act(GivenMeans("1.1", text="Capacitaciones en AÑOS")))
    topic = (TopicWord("capacitación", tuple(word_keys("capacitación"))),)

    async with database.session() as session:
        assert await find_codes(session, MeansFilter(topic=topic), TODAY) == ["1.1"]


def test_other_keys_need_another_version() -> None:
    sample = "Los informes, planes y actas de las 3 Madres Cuidadoras: vez, veces, año, SAF"

    assert (KEYS_VERSION, word_keys(sample)) == (
        1,
        [
            *("los", "inform", "plan", "y", "acta", "de", "las", "madr", "cuidadora"),
            *("vez", "vec", "ano", "saf"),
        ],
    )
