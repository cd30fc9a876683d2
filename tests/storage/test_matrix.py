from datetime import date

import pytest

from storage.engine import Database, Session
from storage.events import Action
from storage.load import load_act
from storage.matrix import (
    count_means,
    count_numbers,
    due_counts,
    find_by_id,
    find_codes,
    find_means,
    has_means,
    matrix_words,
    tallies,
)
from storage.records import (
    AsOf,
    CutText,
    DateRange,
    DueCount,
    Level,
    MeansFilter,
    MeansRow,
    Ref,
    Status,
    StatusFilter,
    Tally,
)
from tests.storage.marking import MOVED_TO, bring_to, do
from tests.storage.matrices import TODAY
from tests.support.acts import GivenMeans, act

EVERYTHING = MeansFilter()


async def test_a_means_comes_with_all_that_is_printed_around_it(database: Database) -> None:
    printed = GivenMeans(
        "12.1",
        text="Informe de ta",
        is_cut=True,
        due_on=date(2021, 9, 30),
        units=("UTAI", "CGC"),
        specification="Con ane",
        specification_is_cut=True,
        notes=("cut off", "moved"),
        commitment_text="Dictar talleres",
        recommendation="4",
        recommendation_text="Capacitar",
        area="capacitacion",
    )
    async with database.write() as session:
        await load_act(session, act(printed))

    async with database.session() as session:
        [row] = await find_means(session, EVERYTHING, TODAY)

    assert row == MeansRow(
        id=row.id,
        act="002-2021",
        code="12.1",
        text=CutText("Informe de ta", is_cut=True),
        due_text="09-21",
        due_on=date(2021, 9, 30),
        signed_on=date(2021, 9, 30),
        last_event=0,
        units=("UTAI", "CGC"),
        responsible_text="UTAI/CGC",
        specification=CutText("Con ane", is_cut=True),
        status=Status.PENDING,
        commitment="12",
        commitment_text=CutText("Dictar talleres"),
        recommendation="4",
        recommendation_text=CutText("Capacitar"),
        area="capacitacion",
        area_name="Capacitacion",
        notes=("cut off", "moved"),
    )


async def test_a_means_without_specification_or_unit_has_none(database: Database) -> None:
    async with database.write() as session:
        await load_act(session, act(GivenMeans("1.1", units=())))

    async with database.session() as session:
        [row] = await find_means(session, EVERYTHING, TODAY)

    assert (row.specification, row.units) == (None, ())


async def test_the_earliest_due_comes_first_then_the_printed_order(database: Database) -> None:
    given = [
        GivenMeans("10.1", due_on=date(2021, 7, 31)),
        GivenMeans("9.1", due_on=date(2021, 7, 31)),
        GivenMeans("2.1", due_on=date(2021, 5, 31)),
    ]
    async with database.write() as session:
        await load_act(session, act(*given))

    async with database.session() as session:
        rows = await find_means(session, EVERYTHING, TODAY)

    assert [row.code for row in rows] == ["2.1", "10.1", "9.1"]


@pytest.mark.parametrize(
    ("limit", "offset", "codes"),
    [
        pytest.param(2, 0, ["2.1", "3.1"], id="first-page"),
        pytest.param(2, 4, ["4.1"], id="last-page"),
        pytest.param(2, 6, [], id="past-the-end"),
        pytest.param(None, 3, ["1.1", "4.1"], id="all-the-rest"),
        pytest.param(0, 0, [], id="none"),
    ],
)
async def test_a_page_is_cut_out_of_the_whole_order(
    session: Session, limit: int | None, offset: int, codes: list[str]
) -> None:
    rows = await find_means(session, EVERYTHING, TODAY, limit=limit, offset=offset)

    assert [row.code for row in rows] == codes


async def test_a_page_counts_means_and_not_their_units(session: Session) -> None:
    rows = await find_means(session, MeansFilter(units=("UTAI", "CGC")), TODAY, limit=2)

    assert [(row.code, row.units) for row in rows] == [("2.1", ("UTAI", "CGC")), ("3.1", ("CGC",))]


@pytest.mark.parametrize("limit", [None, 8], ids=["whole", "page"])
async def test_a_code_taken_as_submitted_shows_as_submitted(
    session: Session, limit: int | None
) -> None:
    as_of = AsOf(TODAY.today, frozenset({"1.1", "2.1", "4.1"}))

    rows = await find_means(session, EVERYTHING, as_of, limit=limit)

    assert {row.code: row.status for row in rows} == {
        "1.1": Status.SUBMITTED,
        "2.1": Status.SUBMITTED,
        "2.2": Status.PENDING,
        "3.1": Status.SUBMITTED,
        "4.1": Status.VERIFIED,
    }


async def test_a_means_is_found_by_its_id(session: Session) -> None:
    [wanted] = await find_means(session, MeansFilter(refs=(Ref(Level.MEANS, "2.1"),)), TODAY)

    assert await find_by_id(session, wanted.id, TODAY) == wanted
    assert await find_by_id(session, 1_000, TODAY) is None


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        pytest.param(EVERYTHING, 5, id="all"),
        pytest.param(MeansFilter(units=("UTAI", "CGC")), 4, id="shared-means-count-once"),
        pytest.param(MeansFilter(status=StatusFilter.OVERDUE), 1, id="overdue"),
        pytest.param(MeansFilter(units=("XYZ",)), 0, id="none"),
    ],
)
async def test_means_are_counted(session: Session, wanted: MeansFilter, count: int) -> None:
    assert await count_means(session, wanted, TODAY) == count


UTAI_OR_CGC = MeansFilter(units=("UTAI", "CGC"))


@pytest.mark.parametrize(
    ("wanted", "level", "count"),
    [
        pytest.param(EVERYTHING, Level.MEANS, 5, id="means"),
        pytest.param(EVERYTHING, Level.COMMITMENT, 4, id="commitments"),
        pytest.param(EVERYTHING, Level.RECOMMENDATION, 3, id="recommendations"),
        pytest.param(UTAI_OR_CGC, Level.MEANS, 4, id="shared-means-count-once"),
        pytest.param(
            MeansFilter(refs=(Ref(Level.COMMITMENT, "2"),)),
            Level.COMMITMENT,
            1,
            id="commitment-of-two-means-counts-once",
        ),
        pytest.param(
            MeansFilter(refs=(Ref(Level.RECOMMENDATION, "1"),)),
            Level.COMMITMENT,
            2,
            id="commitments-of-a-recommendation",
        ),
        pytest.param(
            MeansFilter(status=StatusFilter.PENDING),
            Level.RECOMMENDATION,
            1,
            id="recommendations-of-a-status",
        ),
        pytest.param(MeansFilter(units=("XYZ",)), Level.COMMITMENT, 0, id="none"),
    ],
)
async def test_numbers_of_each_level_are_counted(
    session: Session, wanted: MeansFilter, level: Level, count: int
) -> None:
    assert await count_numbers(session, wanted, TODAY, level) == count


@pytest.mark.parametrize(
    ("wanted", "is_there"),
    [
        pytest.param(EVERYTHING, True, id="all"),
        pytest.param(UTAI_OR_CGC, True, id="several"),
        pytest.param(MeansFilter(status=StatusFilter.OVERDUE), True, id="one"),
        pytest.param(
            MeansFilter(units=("UT",), status=StatusFilter.OVERDUE), False, id="none-of-both"
        ),
        pytest.param(MeansFilter(units=("XYZ",)), False, id="none"),
    ],
)
async def test_whether_any_means_is_wanted(
    session: Session, wanted: MeansFilter, *, is_there: bool
) -> None:
    assert await has_means(session, wanted, TODAY) is is_there


async def test_due_days_are_counted_the_earliest_first(session: Session) -> None:
    counts = await due_counts(session, MeansFilter(units=("UTAI", "CGC")), TODAY)

    assert counts == [
        DueCount(date(2021, 5, 31), 2),
        DueCount(date(2021, 12, 31), 1),
        DueCount(date(2022, 1, 31), 1),
    ]


async def test_the_whole_is_one_tally(session: Session) -> None:
    assert await tallies(session, EVERYTHING, TODAY, "whole") == [
        Tally("", "", total=5, submitted=2, overdue=1, upcoming=2)
    ]


async def test_nothing_wanted_is_a_tally_of_nothing(session: Session) -> None:
    nothing = MeansFilter(units=("XYZ",))

    assert await tallies(session, nothing, TODAY, "whole") == [Tally("", "", 0, 0, 0, 0)]
    assert await tallies(session, nothing, TODAY, "units") == []
    assert await tallies(session, nothing, TODAY, "areas") == []


async def test_a_shared_means_counts_for_each_of_its_units(session: Session) -> None:
    assert await tallies(session, EVERYTHING, TODAY, "units") == [
        Tally("CGC", "Coordinación de Gestión Comunitaria", 2, 1, overdue=1, upcoming=0),
        Tally("UT", "UT", 2, 1, overdue=0, upcoming=1),
        Tally("UTAI", "UTAI", 3, 1, overdue=1, upcoming=1),
    ]


async def test_units_that_only_share_a_wanted_means_have_no_tally(session: Session) -> None:
    found = await tallies(session, MeansFilter(units=("UTAI",)), TODAY, "units")

    assert [tally.key for tally in found] == ["UTAI"]


async def test_areas_come_as_printed(session: Session) -> None:
    assert await tallies(session, EVERYTHING, TODAY, "areas") == [
        Tally("base", "Base", 3, 0, overdue=1, upcoming=2),
        Tally("equipo", "Equipo", 1, 1, overdue=0, upcoming=0),
        Tally("monitoreo", "Monitoreo", 1, 1, overdue=0, upcoming=0),
    ]


async def test_a_tally_takes_codes_as_submitted_besides(session: Session) -> None:
    as_of = AsOf(TODAY.today, frozenset({"1.1", "2.1", "4.1"}))

    assert await tallies(session, EVERYTHING, as_of, "whole") == [
        Tally("", "", total=5, submitted=4, overdue=0, upcoming=1)
    ]


async def test_two_acts_with_equal_codes_stand_side_by_side(database: Database) -> None:
    async with database.write() as session:
        await load_act(session, act(GivenMeans("1.1", text="Viejo"), number="002-2021"))
        await load_act(session, act(GivenMeans("1.1", text="Nuevo"), number="001-2022"))

    async with database.session() as session:
        both = await find_means(session, MeansFilter(refs=(Ref(Level.MEANS, "1.1"),)), TODAY)
        one = await find_codes(session, MeansFilter(acts=("001-2022",)), TODAY)
        areas = await tallies(session, EVERYTHING, TODAY, "areas")

    assert [(row.act, row.text.text) for row in both] == [
        ("002-2021", "Viejo"),
        ("001-2022", "Nuevo"),
    ]
    assert one == ["1.1"]
    assert [(tally.key, tally.total) for tally in areas] == [("base", 2)]


async def test_equal_numbers_of_two_acts_are_counted_apart(database: Database) -> None:
    async with database.write() as session:
        await load_act(session, act(GivenMeans("1.1"), number="002-2021"))
        await load_act(session, act(GivenMeans("1.1"), number="001-2022"))

    async with database.session() as session:
        commitments = await count_numbers(session, EVERYTHING, TODAY, Level.COMMITMENT)
        recommendations = await count_numbers(session, EVERYTHING, TODAY, Level.RECOMMENDATION)

    assert (commitments, recommendations) == (2, 2)


async def test_every_read_goes_by_the_valid_day_and_not_by_the_signed_one(
    database: Database,
) -> None:
    may_31, june = date(2021, 5, 31), DateRange(date(2021, 6, 1), date(2021, 6, 30))
    given = [
        GivenMeans("1.1", due_on=may_31),  # stays overdue
        GivenMeans("1.2", due_on=may_31),  # moved into the future
        GivenMeans("1.3", due_on=date(2021, 12, 31)),  # moved into the past
        GivenMeans("1.4", due_on=may_31),  # moved as observed
    ]
    async with database.write() as session:
        await load_act(session, act(*given))
        await do(session, "1.2", Action.REPROGRAMMED, due_on=MOVED_TO)
        await do(session, "1.3", Action.REPROGRAMMED, due_on=date(2021, 6, 1))
        await bring_to(session, "1.4", Status.OBSERVED)
        await do(session, "1.4", Action.REPROGRAMMED, due_on=TODAY.today)

    async def codes(**wanted: object) -> list[str]:
        return await find_codes(session, MeansFilter(**wanted), TODAY)  # type: ignore[arg-type]

    async with database.session() as session:
        assert await codes() == ["1.1", "1.3", "1.4", "1.2"]
        assert await codes(due=(DateRange(may_31, may_31),)) == ["1.1"]
        assert await codes(due=(june,)) == ["1.3", "1.4"]
        assert await codes(due=(DateRange(start=date(2021, 12, 1)),)) == []
        assert await codes(status=StatusFilter.OVERDUE) == ["1.1", "1.3"]
        assert await codes(status=StatusFilter.UPCOMING) == ["1.4", "1.2"]
        assert await due_counts(session, EVERYTHING, TODAY) == [
            DueCount(may_31, 1),
            DueCount(date(2021, 6, 1), 1),
            DueCount(TODAY.today, 1),
            DueCount(MOVED_TO, 1),
        ]
        assert await tallies(session, EVERYTHING, TODAY, "whole") == [
            Tally("", "", total=4, submitted=0, overdue=2, upcoming=2)
        ]
        assert await tallies(session, EVERYTHING, TODAY, "units") == [
            Tally("UTAI", "UTAI", total=4, submitted=0, overdue=2, upcoming=2)
        ]
        rows = await find_means(session, MeansFilter(due=(june,)), TODAY)
        assert [(row.due_on, row.signed_on) for row in rows] == [
            (date(2021, 6, 1), date(2021, 12, 31)),
            (TODAY.today, may_31),
        ]


async def test_the_words_know_the_months_of_the_valid_days(database: Database) -> None:
    async with database.write() as session:
        await load_act(session, act(GivenMeans("1.1", due_on=date(2021, 6, 30))))
        await do(session, "1.1", Action.REPROGRAMMED, due_on=date(2022, 2, 15))

    async with database.session() as session:
        assert (await matrix_words(session)).due_months == {(2022, 2)}
