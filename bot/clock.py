"""The one clock: now and today, or the day that the operator pins."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


class Clock:
    """Tells the time in one zone; with `pinned`, every day is that day."""

    def __init__(self, timezone: ZoneInfo, pinned: date | None = None) -> None:
        self.timezone = timezone
        self.pinned = pinned

    def now(self) -> datetime:
        """Give the instant in UTC; a pinned clock keeps the time of day and changes the day."""
        now = datetime.now(UTC)  # noqa: TID251 - the one place where time comes from
        if self.pinned is None:
            return now
        local = now.astimezone(self.timezone)
        return datetime.combine(self.pinned, local.timetz()).astimezone(UTC)

    def today(self) -> date:
        """Give the day in the zone of the people."""
        return self.now().astimezone(self.timezone).date()
