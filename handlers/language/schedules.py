"""When and what notices are wanted, read from a text: «los lunes a las 8, hora de Madrid»."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from handlers.language.hours import find_hours
from handlers.language.leads import find_leads, named_numbers
from handlers.language.month_days import read_month_days
from handlers.language.moods import Kinds, moods, read_kinds, waits_for_review
from handlers.language.pauses import read_pause, resumes, sends_now
from handlers.language.rhythms import Habit, odd_rhythms, put_weekdays_right, read_rhythms
from handlers.language.sentence import Sentence
from handlers.language.tokens import clean, tokenize
from handlers.language.zones import find_zones
from storage.notices import About, Rhythm


class WishTrouble(StrEnum):
    """What a text names and there is none of."""

    HOUR = "hour"  # «25:00»
    WEEKDAY = "weekday"  # «lunax»
    RHYTHM = "rhythm"  # «cada dos semanas»
    DAY_OF_MONTH = "day_of_month"  # «45»
    ZONE = "zone"  # «Narnia»
    LEAD = "lead"  # «500 días antes»


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a text says of when notices are to come; None or empty where it says nothing of it."""

    rhythm: Rhythm | None = None
    weekdays: tuple[int, ...] = ()  # Monday is 0
    month_day: int | None = None  # 31 is the last one
    at: time | None = None
    zone: str | None = None
    lead_days: tuple[int, ...] = ()  # largest first
    wants_digest: bool | None = None
    wants_reminders: bool | None = None
    wants_late: bool | None = None
    about: About | None = None
    pauses: bool = False  # with no end where `paused_until` is None and nothing is in trouble
    paused_until: date | None = None  # the first day on which notices come again
    resumes: bool = False
    sends_now: bool = False
    troubles: tuple[tuple[WishTrouble, str], ...] = ()  # with the words as typed


def read_wish(text: str, today: date) -> Wish:
    """Read what is said, and guess nothing.

    Args:
        text: as typed, any length and content.
        today: the local day from which «hasta el lunes» is counted.
    """
    sentence = Sentence.of(tokenize(clean(text)))
    put_weekdays_right(sentence)
    named = named_numbers(sentence)
    hours = find_hours(sentence, named)
    clock = {at for hour in hours for at in range(hour.first, hour.last + 1)}
    leads = find_leads(sentence, named | clock)
    led = {at for lead in leads for at in range(lead.first, lead.last + 1)}
    taken = named | clock | led
    zones = find_zones(sentence)
    pause = read_pause(sentence, today, taken)
    habit = Habit()
    odd = () if pause.pauses else tuple(odd_rhythms(sentence, named | led))
    if not pause.pauses:
        feeling = moods(sentence, clock)
        read_month_days(sentence, feeling, taken, habit)
        read_rhythms(sentence, feeling, taken, habit)
    again, now = resumes(sentence), sends_now(sentence)
    timed = bool(habit.rhythms or clock)
    kinds = Kinds() if pause.pauses or again else read_kinds(sentence, timed=timed and not now)
    troubles = [
        *((WishTrouble.HOUR, sentence.text(one.first, one.last)) for one in hours if one.at is None),
        *((WishTrouble.WEEKDAY, word) for word in habit.no_weekdays),
        *((WishTrouble.RHYTHM, sentence.text(first, last)) for first, last in odd),
        *((WishTrouble.DAY_OF_MONTH, word) for word in habit.no_month_days),
        *((WishTrouble.DAY_OF_MONTH, word) for word in [pause.no_day] if word),
        *((WishTrouble.ZONE, sentence.text(one.name, one.last)) for one in zones if not one.zone),
        *((WishTrouble.LEAD, sentence.text(one.first, one.last)) for one in leads if one.days is None),
    ]  # fmt: skip
    at = None if pause.pauses else next((one.at for one in hours if one.at is not None), None)
    days = {lead.days for lead in leads if lead.days is not None}
    return Wish(
        rhythm=_rhythm(habit),
        weekdays=tuple(sorted(habit.weekdays)),
        month_day=habit.month_days[0] if habit.month_days else None,
        at=at,
        zone=next((one.zone for one in zones if one.zone), None),
        lead_days=tuple(sorted(days, reverse=True)),
        wants_digest=kinds.digest,
        wants_reminders=kinds.reminders,
        wants_late=kinds.late,
        about=About.REVIEW if waits_for_review(sentence) else None,
        pauses=pause.pauses,
        paused_until=pause.until,
        resumes=again,
        sends_now=now,
        troubles=tuple(dict.fromkeys(troubles)),
    )


def _rhythm(habit: Habit) -> Rhythm | None:
    """The first that is named; «cada día, de lunes a viernes» is weekly."""
    if habit.weekdays and habit.rhythms[:1] == [Rhythm.DAILY]:
        return Rhythm.WEEKLY
    return habit.rhythms[0] if habit.rhythms else None
