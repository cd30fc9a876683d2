"""The date layer over JSON lines: {"text","today"} in, {"start","end"} out."""

import json
import sys
from collections.abc import Sequence
from datetime import date, timedelta

from handlers.language.dates import find_dates, next_years
from handlers.language.tokens import clean, tokenize
from storage.records import DateRange


def hull(ranges: Sequence[DateRange]) -> DateRange:
    """One range: of two or more that touch the whole, else the first."""
    if not ranges:
        return DateRange()
    whole = ranges[0]
    for following in ranges[1:]:
        if not whole.end or following.start != whole.end + timedelta(days=1):
            return ranges[0]
        whole = DateRange(whole.start, following.end)
    return whole


def answer(text: str, today: date) -> DateRange:
    """The first date of the text; open at both ends where there is none."""
    spans = find_dates(tokenize(clean(text)), today, next_years(today))
    certain = [span for span in spans if not span.weak] or spans
    return hull(certain[0].ranges) if certain else DateRange()


def main() -> None:
    """Answer line for line."""
    for line in sys.stdin:
        asked = json.loads(line)
        found = answer(asked["text"], date.fromisoformat(asked["today"]))
        reply = {
            "start": found.start and found.start.isoformat(),
            "end": found.end and found.end.isoformat(),
        }
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
