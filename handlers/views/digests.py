"""What comes by itself: digests and reminders, with what matters most first; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from handlers.views.marks import moment
from handlers.views.reply import CODES_IN_A_ROW, Button, Reply, in_rows
from handlers.views.words import MONTHS, bar, day, days_of, joined, means_of, short, sign
from storage.events import Action, EventRow
from storage.notices import Rhythm, Scope, SubscriptionRow
from storage.records import Level, MeansRow, Status

WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
LINE_CHARS = 60
MOST_CODES = 80  # buttons; Telegram takes a hundred
NAMES = {
    Rhythm.DAILY: "Resumen del día",
    Rhythm.WEEKLY: "Resumen semanal",
    Rhythm.MONTHLY: "Resumen mensual",
}
NEWS = {
    Action.SUBMITTED: ("🔵", "presentado"),
    Action.VERIFIED: ("🟢", "verificado"),
    Action.OBSERVED: ("🟠", "devuelto con observación"),
    Action.REPROGRAMMED: ("📅", "reprogramado"),
}
TOLD = frozenset({*NEWS, Action.WITHDRAWN})
LATE = Markup("🔴 <b>Vencidos: {}</b>")
THIS_WEEK = Markup("🟡 <b>Esta semana: {}</b>")
NEXT_DAYS = Markup("⚪ <b>Próximos 30 días: {}</b>")
REVIEW = "lo que espera revisión"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a digest tells, as it stood when it was composed."""

    subscription: SubscriptionRow
    today: date  # where it is read
    rows: tuple[MeansRow, ...]  # all in its scope, the earliest due first
    late: tuple[MeansRow, ...]
    this_week: tuple[MeansRow, ...]
    next_days: tuple[MeansRow, ...]
    news: tuple[EventRow, ...]  # of the scope, since the last digest
    missed: tuple[date, ...]  # the days on which it should have come and did not
    areas: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What falls due, or is late, of all that one chat wants to be reminded of."""

    scopes: tuple[Scope, ...]
    today: date
    rows: tuple[MeansRow, ...]  # the earliest due first
    missed: tuple[date, ...]
    areas: dict[str, str]


def scope_words(scope: Scope, areas: dict[str, str]) -> str:
    """Write what is told of: «UTAI», «compromiso 4», «área Capacitación», «todo»."""
    parts = []
    for level, (one, many) in {
        Level.MEANS: ("medio", "medios"),
        Level.COMMITMENT: ("compromiso", "compromisos"),
        Level.RECOMMENDATION: ("recomendación", "recomendaciones"),
    }.items():
        numbers = [ref.number for ref in scope.refs if ref.level is level]
        if numbers:
            parts.append(f"{one if len(numbers) == 1 else many} {joined(numbers)}")
    if scope.units:
        parts.append(joined(list(scope.units)))
    if scope.areas:
        parts.append("área " + joined([areas.get(area, area) for area in scope.areas]))
    return " · ".join(parts) or "todo"


def long_day(value: date) -> str:
    """Write a day with its weekday: «lunes 17 de mayo»."""
    return f"{WEEKDAYS[value.weekday()]} {value.day} de {MONTHS[value.month - 1]}"


def render_digest(digest: Digest) -> Reply:
    """The one thing that matters most, then late, this week, the next days, news, progress."""
    title = _title(digest)
    if not (digest.late or digest.this_week or digest.next_days or digest.news):
        nothing = "nada vencido, nada por vencer en 30 días y ninguna novedad"
        line = Markup("📭 {}: {}. {}").format(title, nothing, _progress(digest.rows))
        return Reply((str(line), *_missed(digest.missed)), (_manage(),))
    blocks = [Markup("📬 <b>{}</b> · {}").format(title, long_day(digest.today)), _first(digest)]
    titled = _titled([digest.subscription.scope])
    for head, rows in (
        (LATE, digest.late),
        (THIS_WEEK, digest.this_week),
        (NEXT_DAYS, digest.next_days),
    ):
        if rows:
            blocks.append(Markup("\n{}").format(head.format(len(rows))))
            blocks += _by_day(rows, digest.today, titled)
    if digest.news:
        blocks.append(Markup("\n🗒 <b>Novedades</b>"))
        blocks += [_news(event, digest.subscription.schedule.zone) for event in digest.news]
    blocks.append(Markup("\n📊 {}").format(_progress(digest.rows)))
    told = {(event.act, event.code) for event in digest.news}
    shown = [*digest.late, *digest.this_week, *digest.next_days]
    shown += [row for row in digest.rows if (row.act, row.code) in told and row not in shown]
    return Reply(
        (*(str(block) for block in blocks), *_missed(digest.missed)),
        (*_codes(shown), _manage()),
    )


def _title(digest: Digest) -> str:
    rhythm = digest.subscription.schedule.rhythm
    name = NAMES[rhythm] if rhythm else "Resumen"
    return f"{name} · {scope_words(digest.subscription.scope, digest.areas)}"


def _first(digest: Digest) -> Markup:
    """The one thing that matters most."""
    if digest.late:
        worst, more = digest.late[0], len(digest.late) - 1
        others = f" y hay {means_of(more)} más en esa situación" if more else ""
        since = _when(worst, digest.today)
        return Markup("❗ Lo primero: el <b>{}</b> {}{}.").format(worst.code, since, others)
    for rows in (digest.this_week, digest.next_days):
        if rows:
            nearest = rows[0]
            return Markup("👉 Lo primero: el <b>{}</b> {}.").format(
                nearest.code, _when(nearest, digest.today)
            )
    return Markup("✅ Nada vencido ni por vencer en 30 días.")


def _when(row: MeansRow, today: date) -> str:
    """«vence mañana», «venció hace 3 días»."""
    left = (row.due_on - today).days
    if left < 0:
        return f"venció hace {days_of(-left)}"
    return {0: "vence hoy", 1: "vence mañana"}.get(left, f"vence en {days_of(left)}")


def _titled(scopes: Sequence[Scope]) -> tuple[str, ...]:
    """The unit that the title says, so that the lines need not; none where it says more."""
    units = {scope.units for scope in scopes}
    is_one = len(units) == 1 and len(scopes[0].units) == 1
    return scopes[0].units if is_one and not any(scope.refs for scope in scopes) else ()


def _by_day(rows: Sequence[MeansRow], today: date, titled: tuple[str, ...]) -> list[Markup]:
    """The means under the day on which they fall due."""
    lines = []
    for due_on, group in groupby(rows, key=lambda row: row.due_on):
        of_day = list(group)
        when = _when(of_day[0], today)
        lines.append(Markup("<i>{}{}, el {}</i>").format(when[0].upper(), when[1:], day(due_on)))
        lines += [_line(row, today, titled) for row in of_day]
    return lines


def _line(row: MeansRow, today: date, titled: tuple[str, ...]) -> Markup:
    units = "" if row.units == titled else Markup(" · <b>{}</b>").format(", ".join(row.units))
    moved = "" if row.due_on == row.signed_on else " · reprogramado"
    return Markup("{} <b>{}</b> {}{}{}").format(
        sign(row, today), row.code, short(row.text, LINE_CHARS), units, moved
    )


def _news(event: EventRow, zone: str) -> Markup:
    """«🔵 12.1 presentado por Rosa · 14 may 2021, 10:32»."""
    mark, word = NEWS[event.action]
    line = Markup("{} <b>{}</b> {} · {} · {}").format(
        mark, event.code, word, event.actor_name, moment(event.at, ZoneInfo(zone))
    )
    if event.action is Action.REPROGRAMMED:
        after = date.fromisoformat(event.details["after"]["due_on"])
        line += Markup(" · ahora vence el <b>{}</b>").format(day(after))
    return line


def _progress(rows: Sequence[MeansRow]) -> Markup:
    """«▰▰▱▱ 5 de 12 presentados, 3 verificados»."""
    handed_in = sum(row.status in {Status.SUBMITTED, Status.VERIFIED} for row in rows)
    verified = sum(row.status is Status.VERIFIED for row in rows)
    done = bar(handed_in / len(rows) if rows else 0)
    checked = f", {verified} {'verificado' if verified == 1 else 'verificados'}" * bool(verified)
    return Markup("{} <b>{} de {}</b> presentados{}").format(done, handed_in, len(rows), checked)


def _missed(days: Sequence[date]) -> tuple[str, ...]:
    """Say for which days a message stands that did not come then."""
    if not days:
        return ()
    named = joined([day(each) for each in days[-3:]])
    more = f" y {len(days) - 3} más" if len(days) > 3 else ""  # noqa: PLR2004 - as many as are read
    return (f"\n<i>⏳ No pude enviarlo a tiempo: reúne lo del {named}{more}.</i>",)


def _codes(rows: Sequence[MeansRow]) -> tuple[tuple[Button, ...], ...]:
    """A button for each means, which opens it."""
    buttons = [Button(row.code, f"k:card:{row.id}:{row.last_event}") for row in rows[:MOST_CODES]]
    return in_rows(buttons, CODES_IN_A_ROW)


def _manage() -> tuple[Button, ...]:
    return (Button("⚙️ Avisos de este chat", "w:list"),)


def render_reminder(reminder: Reminder) -> Reply:
    """All that falls due, day by day, and what is late."""
    about = joined([scope_words(scope, reminder.areas) for scope in reminder.scopes])
    blocks = [Markup("⏰ <b>Recordatorio</b> · {}").format(escape(about))]
    blocks += _by_day(reminder.rows, reminder.today, _titled(reminder.scopes))
    return Reply(
        (*(str(block) for block in blocks), *_missed(reminder.missed)),
        (*_codes(reminder.rows), _manage()),
    )


def render_review(
    waiting: Sequence[tuple[MeansRow, EventRow]],
    subscription: SubscriptionRow,
    now: datetime,
    missed: Sequence[date],
) -> Reply:
    """What waits for follow-up and for how long, the oldest first."""
    zone = ZoneInfo(subscription.schedule.zone)
    today = now.astimezone(zone).date()
    if not waiting:
        return Reply(("📭 No hay nada por revisar.", *_missed(missed)), (_manage(),))
    blocks = [
        Markup("📥 <b>Por revisar: {}</b> · {}").format(len(waiting), long_day(today)),
    ]
    oldest = (today - waiting[0][1].at.astimezone(zone).date()).days
    if oldest:
        blocks.append(
            Markup("❗ Lo primero: el <b>{}</b> espera hace {}.").format(
                waiting[0][0].code, days_of(oldest)
            )
        )
    for row, event in waiting:
        days = (today - event.at.astimezone(zone).date()).days
        since = "desde hoy" if not days else f"hace {days_of(days)}"
        blocks.append(
            Markup("🔵 <b>{}</b> {} · <b>{}</b> · {} · {}").format(
                row.code,
                short(row.text, LINE_CHARS),
                ", ".join(row.units),
                event.actor_name,
                since,
            )
        )
    return Reply(
        (*(str(block) for block in blocks), *_missed(missed)),
        (*_codes([row for row, _ in waiting]), _manage()),
    )
