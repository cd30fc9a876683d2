"""What an answer adds to the rows: counts by number, and the act's instants in a zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from handlers.answers.answer import answer
from handlers.question import ActFacet, ActFacts, Intent, Listing, Question
from storage.engine import Database
from storage.load import load_act
from storage.records import AsOf, Level, MeansFilter
from tests.support.acts import GivenMeans, act

TODAY = date(2021, 6, 15)
LIMA = ZoneInfo("America/Lima")
AFTER_MIDNIGHT = datetime(2021, 5, 5, 2, 30, tzinfo=UTC)  # still 4 May in Lima


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        pytest.param(LIMA, date(2021, 5, 4), id="lima"),
        pytest.param(UTC, date(2021, 5, 5), id="utc"),
    ],
)
async def test_signatures_are_told_in_the_zone_of_the_people(
    database: Database, zone: tzinfo, day: date
) -> None:
    given = act(GivenMeans("1.1"))
    [first, second] = given.record.signatories
    signatories = (
        replace(first, signed_at=AFTER_MIDNIGHT),
        replace(second, signed_at=AFTER_MIDNIGHT, approved_at=AFTER_MIDNIGHT),
    )
    given = replace(given, record=replace(given.record, signatories=signatories))
    async with database.write() as session:
        await load_act(session, given)
    question = Question(intent=Intent.DEFINE, facet=ActFacet.SIGNATORIES)

    async with database.session() as session:
        found = await answer(session, question, AsOf(TODAY, zone=zone))

    assert isinstance(found, ActFacts)
    [told] = found.acts
    assert [one.signed_at.date() for one in told.signatories] == [day, day]
    assert [one.signed_at for one in told.signatories] == [AFTER_MIDNIGHT, AFTER_MIDNIGHT]
    assert [one.approved_at and one.approved_at.date() for one in told.signatories] == [None, day]


@pytest.mark.parametrize(
    ("level", "counted"),
    [
        pytest.param(Level.MEANS, None, id="means-are-the-total"),
        pytest.param(Level.COMMITMENT, 2, id="commitments"),
        pytest.param(Level.RECOMMENDATION, 1, id="recommendations"),
    ],
)
async def test_a_count_is_of_the_level_asked_for(
    database: Database, level: Level, counted: int | None
) -> None:
    async with database.write() as session:
        await load_act(session, act(*(GivenMeans(code) for code in ("1.1", "1.2", "2.1"))))
    question = Question(intent=Intent.COUNT, wanted=MeansFilter(), counted=level)

    async with database.session() as session:
        found = await answer(session, question, AsOf(TODAY))

    assert isinstance(found, Listing)
    assert (found.total, found.counted) == (3, counted)
