from datetime import date

import pytest

from storage.engine import Session
from storage.matrix import find_codes
from storage.records import AsOf, DateRange, Level, MeansFilter, Ref, StatusFilter, TopicWord
from tests.storage.matrices import TODAY

EVERY = ["2.1", "3.1", "2.2", "1.1", "4.1"]
MAY = DateRange(date(2021, 5, 1), date(2021, 5, 31))
JUN_30 = date(2021, 6, 30)


def word(*keys: str) -> TopicWord:
    return TopicWord("typed", keys)


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        pytest.param(MeansFilter(), EVERY, id="nothing-asked-means-all"),
        pytest.param(MeansFilter(acts=("002-2021",)), EVERY, id="act"),
        pytest.param(MeansFilter(acts=("009-2030",)), [], id="unknown-act"),
        pytest.param(MeansFilter(refs=(Ref(Level.MEANS, "2.2"),)), ["2.2"], id="means"),
        pytest.param(
            MeansFilter(refs=(Ref(Level.COMMITMENT, "2"),)), ["2.1", "2.2"], id="commitment"
        ),
        pytest.param(
            MeansFilter(refs=(Ref(Level.RECOMMENDATION, "1"),)),
            ["2.1", "2.2", "1.1"],
            id="recommendation",
        ),
        pytest.param(
            MeansFilter(refs=(Ref(Level.MEANS, "4.1"), Ref(Level.RECOMMENDATION, "2"))),
            ["3.1", "4.1"],
            id="refs-of-any-level-widen",
        ),
        pytest.param(
            MeansFilter(refs=(Ref(Level.MEANS, "1.1"), Ref(Level.COMMITMENT, "2"))),
            ["2.1", "2.2", "1.1"],
            id="means-beside-commitment",
        ),
        pytest.param(MeansFilter(refs=(Ref(Level.MEANS, "9.9"),)), [], id="unknown-number"),
        pytest.param(MeansFilter(areas=("equipo",)), ["3.1"], id="area"),
        pytest.param(MeansFilter(areas=("equipo", "monitoreo")), ["3.1", "4.1"], id="areas-widen"),
        pytest.param(MeansFilter(units=("CGC",)), ["2.1", "3.1"], id="unit-with-shared-means"),
        pytest.param(MeansFilter(units=("UT",)), ["2.2", "4.1"], id="unit-is-no-prefix"),
        pytest.param(
            MeansFilter(units=("UT", "CGC")), ["2.1", "3.1", "2.2", "4.1"], id="units-widen"
        ),
        pytest.param(
            MeansFilter(units=("UTAI", "CGC"), together=True), ["2.1"], id="units-together"
        ),
        pytest.param(
            MeansFilter(units=("UT",), together=True), ["2.2", "4.1"], id="one-unit-together"
        ),
        pytest.param(MeansFilter(units=("XYZ",)), [], id="unknown-unit"),
        pytest.param(MeansFilter(due=(MAY,)), ["2.1", "3.1"], id="month-with-its-last-day"),
        pytest.param(
            MeansFilter(due=(DateRange(JUN_30, JUN_30),)), ["2.2"], id="one-day-has-both-ends"
        ),
        pytest.param(
            MeansFilter(due=(DateRange(start=JUN_30),)), ["2.2", "1.1", "4.1"], id="open-end"
        ),
        pytest.param(
            MeansFilter(due=(DateRange(end=JUN_30),)), ["2.1", "3.1", "2.2"], id="open-start"
        ),
        pytest.param(MeansFilter(due=(DateRange(),)), EVERY, id="open-at-both-ends"),
        pytest.param(
            MeansFilter(due=(MAY, DateRange(start=date(2022, 1, 1)))),
            ["2.1", "3.1", "4.1"],
            id="ranges-widen",
        ),
        pytest.param(MeansFilter(units=("UTAI",), due=(MAY,)), ["2.1"], id="fields-narrow"),
    ],
)
async def test_a_field_says_which_means_are_wanted(
    session: Session, wanted: MeansFilter, codes: list[str]
) -> None:
    assert await find_codes(session, wanted, TODAY) == codes


@pytest.mark.parametrize(
    ("topic", "codes"),
    [
        pytest.param((word("taller"),), ["2.1", "2.2"], id="own-text-or-commitment"),
        pytest.param((word("asistencia"),), ["2.1"], id="specification"),
        pytest.param((word("directiva"), word("aprobada")), ["3.1"], id="each-word-must-occur"),
        pytest.param((word("taller"), word("directiva")), [], id="words-of-two-means"),
        pytest.param((word("acta", "directiva"),), ["3.1", "2.2"], id="keys-widen"),
        pytest.param((word(),), [], id="a-word-that-stands-for-nothing"),
        pytest.param((word("comunitaria"),), [], id="not-in-the-recommendation"),
    ],
)
async def test_a_topic_is_searched_near_the_means(
    session: Session, topic: tuple[TopicWord, ...], codes: list[str]
) -> None:
    assert await find_codes(session, MeansFilter(topic=topic), TODAY) == codes


@pytest.mark.parametrize(
    ("topic", "codes"),
    [
        pytest.param((word("comunitaria"),), ["2.1", "2.2", "1.1"], id="the-recommendation"),
        pytest.param((word("plan"),), ["1.1", "4.1"], id="near-and-deep"),
        pytest.param((word("comunitaria"), word("taller")), ["2.1", "2.2"], id="a-word-of-each"),
    ],
)
async def test_a_deep_topic_counts_the_recommendation_too(
    session: Session, topic: tuple[TopicWord, ...], codes: list[str]
) -> None:
    assert await find_codes(session, MeansFilter(topic=topic, deep=True), TODAY) == codes


@pytest.mark.parametrize(
    ("status", "codes"),
    [
        pytest.param(StatusFilter.PENDING, ["2.1", "2.2", "1.1"], id="observed-is-pending"),
        pytest.param(StatusFilter.OVERDUE, ["2.1"], id="not-late-on-its-own-day"),
        pytest.param(StatusFilter.UPCOMING, ["2.2", "1.1"], id="upcoming-from-today"),
        pytest.param(StatusFilter.SUBMITTED, ["3.1", "4.1"], id="verified-is-submitted"),
        pytest.param(StatusFilter.OBSERVED, ["2.1"], id="observed"),
        pytest.param(StatusFilter.VERIFIED, ["4.1"], id="verified"),
    ],
)
async def test_a_status_is_taken_from_the_row_and_the_day(
    session: Session, status: StatusFilter, codes: list[str]
) -> None:
    assert await find_codes(session, MeansFilter(status=status), TODAY) == codes


@pytest.mark.parametrize(
    ("status", "codes"),
    [
        pytest.param(StatusFilter.PENDING, ["2.2"], id="pending"),
        pytest.param(StatusFilter.OVERDUE, [], id="overdue"),
        pytest.param(StatusFilter.UPCOMING, ["2.2"], id="upcoming"),
        pytest.param(StatusFilter.SUBMITTED, ["2.1", "3.1", "1.1", "4.1"], id="submitted"),
        pytest.param(StatusFilter.OBSERVED, [], id="observed"),
        pytest.param(StatusFilter.VERIFIED, ["4.1"], id="verified-stays-verified"),
    ],
)
async def test_codes_may_be_taken_as_submitted_besides(
    session: Session, status: StatusFilter, codes: list[str]
) -> None:
    as_of = AsOf(TODAY.today, frozenset({"1.1", "2.1", "4.1", "9.9"}))

    assert await find_codes(session, MeansFilter(status=status), as_of) == codes


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        pytest.param(
            MeansFilter(without=(MeansFilter(units=("UTAI",)),)), ["3.1", "2.2"], id="without"
        ),
        pytest.param(
            MeansFilter(without=(MeansFilter(units=("UTAI",)), MeansFilter(areas=("equipo",)))),
            ["2.2"],
            id="without-either-of-two",
        ),
        pytest.param(
            MeansFilter(without=(MeansFilter(units=("UTAI",), due=(MAY,)),)),
            ["3.1", "2.2", "1.1", "4.1"],
            id="without-needs-all-its-fields",
        ),
        pytest.param(MeansFilter(without=(MeansFilter(),)), [], id="without-everything"),
        pytest.param(
            MeansFilter(either=(MeansFilter(units=("CGC",)), MeansFilter(areas=("monitoreo",)))),
            ["2.1", "3.1", "4.1"],
            id="either",
        ),
        pytest.param(
            MeansFilter(due=(MAY,), either=(MeansFilter(units=("UTAI",)),)),
            ["2.1"],
            id="either-narrows-the-rest",
        ),
        pytest.param(
            MeansFilter(
                either=(
                    MeansFilter(units=("UTAI",), without=(MeansFilter(due=(MAY,)),)),
                    MeansFilter(status=StatusFilter.SUBMITTED, areas=("equipo",)),
                )
            ),
            ["3.1", "1.1", "4.1"],
            id="nested",
        ),
        pytest.param(
            MeansFilter(without=(MeansFilter(without=(MeansFilter(units=("UT",)),)),)),
            ["2.2", "4.1"],
            id="not-not",
        ),
    ],
)
async def test_filters_nest(session: Session, wanted: MeansFilter, codes: list[str]) -> None:
    assert await find_codes(session, wanted, TODAY) == codes
