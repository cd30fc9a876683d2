from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock

MAY_14 = date(2021, 5, 14)


def test_now_is_aware_and_in_utc() -> None:
    now = Clock(ZoneInfo("America/Lima")).now()

    assert now.tzinfo is UTC


def test_today_is_the_day_of_the_zone() -> None:
    east, west = Clock(ZoneInfo("Pacific/Kiritimati")), Clock(ZoneInfo("Pacific/Niue"))

    assert east.today() - west.today() in {timedelta(days=1), timedelta(days=2)}  # 25 h apart


def test_a_pinned_day_stays() -> None:
    clock = Clock(ZoneInfo("America/Lima"), MAY_14)

    assert clock.today() == MAY_14
    assert clock.now().astimezone(clock.timezone).date() == MAY_14
    assert clock.now().tzinfo is UTC
