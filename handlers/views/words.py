"""How things are called in the chat: statuses, days and quantities in Peruvian Spanish."""

from datetime import date, timedelta

from markupsafe import Markup, escape

from storage.records import CutText, DateRange, Level, MeansRow, Status, StatusFilter

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
STATUS_FILTERS = {
    StatusFilter.PENDING: "pendientes",
    StatusFilter.OVERDUE: "vencidos",
    StatusFilter.UPCOMING: "por vencer",
    StatusFilter.SUBMITTED: "presentados",
    StatusFilter.OBSERVED: "observados",
    StatusFilter.VERIFIED: "verificados",
}
LEVELS = {
    Level.MEANS: ("medio", "medios"),
    Level.COMMITMENT: ("compromiso", "compromisos"),
    Level.RECOMMENDATION: ("recomendación", "recomendaciones"),
}
SIGNS = {Status.SUBMITTED: "🔵", Status.OBSERVED: "🟠", Status.VERIFIED: "🟢"}
PENDING_SIGN, OVERDUE_SIGN = "⚪", "🔴"
STATUSES = {
    Status.SUBMITTED: "presentado",
    Status.OBSERVED: "observado",
    Status.VERIFIED: "verificado",
}
SHORT_MONTH = 3
LAST_MONTH = 12
BAR_CELLS = 10


def day(value: date) -> str:
    """Write a day: «30 jun 2021»; setiembre is «set»."""
    return f"{value.day} {MONTHS[value.month - 1][:SHORT_MONTH]} {value.year}"


def month_end(value: date) -> bool:
    """Whether it is the last day of its month."""
    return (value + timedelta(days=1)).day == 1


def period(days: DateRange) -> str:
    """Write a range as it is said: «en junio de 2021», «hasta el 30 jun 2021»."""
    start, end = days.start, days.end
    if start is None:
        return "en cualquier fecha" if end is None else f"hasta el {day(end)}"
    if end is None:
        return f"desde el {day(start)}"
    if start == end:
        return f"el {day(start)}"
    if start.day == 1 and month_end(end):
        return _months(start, end)
    return f"del {day(start)} al {day(end)}"


def _months(start: date, end: date) -> str:
    """Whole months: «en junio de 2021», «en 2021», «de mayo a julio de 2021»."""
    first, last = MONTHS[start.month - 1], MONTHS[end.month - 1]
    if start.year != end.year:
        return f"de {first} de {start.year} a {last} de {end.year}"
    if start.month == end.month:
        return f"en {first} de {start.year}"
    if (start.month, end.month) == (1, LAST_MONTH):
        return f"en {start.year}"
    return f"de {first} a {last} de {end.year}"


def is_overdue(row: MeansRow, today: date) -> bool:
    """Not submitted and due before today."""
    return row.status in {Status.PENDING, Status.OBSERVED} and row.due_on < today


def sign(row: MeansRow, today: date) -> str:
    """The sign of a means' status."""
    if is_overdue(row, today):
        return OVERDUE_SIGN
    return SIGNS.get(row.status, PENDING_SIGN)


def status(row: MeansRow, today: date) -> str:
    """The status in words: «pendiente, faltan 12 días», «vencido hace 3 días»."""
    if row.status in {Status.SUBMITTED, Status.VERIFIED}:
        return STATUSES[row.status]
    named = STATUSES.get(row.status, "pendiente")
    left = (row.due_on - today).days
    if left < 0:
        return f"{named}, vencido hace {days_of(-left)}"
    return (
        f"{named}, vence hoy"
        if left == 0
        else f"{named}, {'falta' if left == 1 else 'faltan'} {days_of(left)}"
    )


def days_of(count: int) -> str:
    """«1 día», «12 días»."""
    return f"{count} {'día' if count == 1 else 'días'}"


def means_of(count: int) -> str:
    """«1 medio», «4 medios»."""
    return f"{count} {'medio' if count == 1 else 'medios'}"


def bar(share: float) -> str:
    """Draw a share from 0 to 1: «▰▰▱▱▱▱▱▱▱▱»."""
    filled = round(BAR_CELLS * share)
    return "▰" * filled + "▱" * (BAR_CELLS - filled)


def joined(items: list[str], last: str = "y") -> str:
    """«a», «a y b», «a, b y c»."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def whole(text: CutText) -> Markup:
    """A text of the act, escaped; «…» where the scan cuts it off."""
    return escape(text.text + ("…" if text.is_cut else ""))


def short(text: CutText, chars: int) -> Markup:
    """The text cut between words to fit a line."""
    if len(text.text) <= chars:
        return whole(text)
    return escape(text.text[:chars].rsplit(" ", 1)[0].rstrip(",;:.") + "…")
