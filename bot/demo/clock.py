"""The clock of the demo: it stands on a day until somebody moves it on."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock


class MovableClock(Clock):
    """A pinned clock whose day can be changed while the bot runs."""

    def __init__(self, timezone: ZoneInfo, start: date) -> None:
        super().__init__(timezone, start)
        self.start = start

    def move(self, days: int) -> None:
        """Go so many days on."""
        self.pinned = self.today() + timedelta(days=days)

    def stand_on(self, day: date) -> None:
        """Go to a day."""
        self.pinned = day
