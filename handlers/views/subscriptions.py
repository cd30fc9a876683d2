"""Subscriptions in words: what a chat is told and when, and the buttons that change it; pure."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from handlers.views.digests import REVIEW, WEEKDAYS, long_day, scope_words
from handlers.views.reply import UNITS_IN_A_ROW, Button, Reply, in_rows
from handlers.views.words import day, days_of, joined
from storage.notices import About, Rhythm, Schedule, SubscriptionRow, SubscriptionState
from storage.records import UnitRecord

LETTERS = ("L", "M", "X", "J", "V", "S", "D")
HOURS = (7, 8, 12, 17)
LEADS = ((30, 7, 1), (7, 1), (1,), ())
RHYTHMS = (Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.MONTHLY, None)
RHYTHM_NAMES = ("Diario", "Semanal", "Mensual", "Sin resumen")
PAUSES = (1, 7, 30)
LAST_OF_MONTH = 31
LABEL_CHARS = 40  # of a button, which a phone shows whole
HOME = "America/Lima"

REASONS = {  # by what Telegram says, or what we note
    "forbidden": "el chat bloqueó o sacó al bot",
    "chat not found": "el chat ya no existe",
    "rights": "el bot no puede escribir ahí",
    "topic": "el tema está cerrado",
    "thread": "el tema ya no existe",
    "interrupted": "el programa se cortó al enviarlo",
    "no answer": "Telegram no contestó",
    "mistake": "falla del programa",
}
NOTHING_YET = "Este chat no tiene avisos. Pídalos con sus palabras, por ejemplo:"
EXAMPLES = (
    "• <i>avísame los lunes lo de UTAI</i>",
    "• <i>recuérdame 15 días antes lo de la UC</i>",
    "• <i>resumen el primero de cada mes</i>",
)
FULL = "Este chat ya tiene {} avisos; quite alguno antes de pedir otro."
ONLY_ADMINS = "En un grupo, sus avisos los cambian los administradores del grupo o los del bot."
ONLY_FOLLOW_UP = "Lo que espera revisión se avisa a la oficina de seguimiento."
NO_ACCESS = "Este chat ya no tiene acceso, así que no recibe avisos."
NONE_TO_END = "Este chat no tiene avisos, así que no hay nada que cortar."
NONE_SO = "Este chat no tiene avisos de eso; estos son los que tiene:"
GONE = "Ese aviso ya no existe; vea los de este chat con /suscripciones."
TROUBLES = {
    "hour": "«{}» no es una hora. Escriba, por ejemplo, <i>a las 8</i> o <i>a las 17:30</i>.",
    "weekday": "«{}» no es un día de la semana. Escriba, por ejemplo, <i>los lunes</i>.",
    "rhythm": "No sé avisar «{}»: aviso cada día, los días de la semana que diga o una vez al "
    "mes. Escriba, por ejemplo, <i>los lunes</i>.",
    "day_of_month": "«{}» no es un día del mes. Escriba, por ejemplo, <i>el día 5 de cada "
    "mes</i>.",
    "zone": "No conozco la zona horaria «{}». Escriba una ciudad, por ejemplo "
    "<i>hora de Madrid</i>.",
    "lead": "«{}» no es un plazo que pueda avisar: de 0 a 365 días antes. Escriba, por ejemplo, "
    "<i>7 días antes</i>.",
}
NOT_SUBSCRIBED = "No cambié ningún aviso."
UNKNOWN_THING = "No conozco «{}», así que no activé nada. ¿De qué quiere avisos?"
BY_TOPIC = "No doy avisos por tema, así que no activé nada. ¿De qué unidad los quiere?"


def schedule_words(schedule: Schedule) -> str:
    """Write when notices come: «cada lunes a las 8:00, y 30, 7 y 1 días antes de vencer»."""
    parts = []
    at = f"a las {schedule.at.hour}:{schedule.at.minute:02}{_zone_words(schedule.zone)}"
    match schedule.rhythm:
        case Rhythm.DAILY:
            parts.append(f"cada día {at}")
        case Rhythm.WEEKLY:
            named = joined([WEEKDAYS[weekday] for weekday in schedule.weekdays])
            parts.append(f"cada {named} {at}")
        case Rhythm.MONTHLY:
            is_last = schedule.month_day == LAST_OF_MONTH
            which = "el último día" if is_last else f"el día {schedule.month_day}"
            parts.append(f"{which} de cada mes {at}")
        case _:
            pass
    if schedule.lead_days:
        parts.append(leads_words(schedule.lead_days) + ("" if parts else f", {at}"))
    if schedule.tells_late and schedule.rhythm in {None, Rhythm.MONTHLY}:
        parts.append("una vez por semana lo vencido")
    return joined(parts) if parts else "nunca"


def leads_words(days: Sequence[int]) -> str:
    """«30, 7 y 1 días antes de cada vencimiento», «el mismo día del vencimiento»."""
    before = [str(each) for each in days if each]
    words = []
    if before:
        noun = "día" if before == ["1"] else "días"
        words.append(f"{joined(before)} {noun} antes de cada vencimiento")
    if 0 in days:
        words.append("el mismo día del vencimiento")
    return joined(words)


def _zone_words(zone: str) -> str:
    return "" if zone == HOME else f" (hora de {zone.rpartition('/')[2].replace('_', ' ')})"


def about_words(row: SubscriptionRow, areas: dict[str, str]) -> str:
    """What a subscription tells of: «UTAI», «lo que espera revisión»."""
    return REVIEW if row.about is About.REVIEW else scope_words(row.scope, areas)


def subscribed(
    row: SubscriptionRow,
    areas: dict[str, str],
    next_at: datetime | None,
    *,
    is_new: bool,
    notes: Sequence[str] = (),
) -> Reply:
    """What was understood and is kept from now on."""
    done = "Listo, aviso activado" if is_new else "Aviso cambiado"
    blocks = [
        Markup("🔔 <b>{}</b>: {}, {}.").format(
            done, about_words(row, areas), schedule_words(row.schedule)
        ),
        *(escape(note) for note in notes),
    ]
    if next_at is not None and row.schedule.rhythm is not None:
        blocks.append(Markup("El próximo: {}.").format(_moment(next_at, row.schedule.zone)))
    return Reply(tuple(str(block) for block in blocks), (_short_row(row), _all_row()))


def _moment(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{long_day(local.date())}, {local.hour}:{local.minute:02}"


def _short_row(row: SubscriptionRow) -> tuple[Button, ...]:
    return (
        Button("⚙️ Cambiar", f"w:show:{row.id}"),
        Button("📤 Ver uno ahora", f"w:now:{row.id}"),
        Button("✖ Quitar", f"w:end:{row.id}"),
    )


def _all_row() -> tuple[Button, ...]:
    return (Button("🔔 Todos los de este chat", "w:list"),)


def listed(
    rows: Sequence[SubscriptionRow], areas: dict[str, str], now: datetime, head: str = ""
) -> Reply:
    """The subscriptions of a chat, a button for each."""
    if not rows:
        return Reply((NOTHING_YET, *EXAMPLES), ((Button("➕ Resumen semanal", "w:new"),),))
    blocks = [head or "🔔 <b>Avisos de este chat</b>"]
    blocks += [str(_line(number, row, areas, now)) for number, row in enumerate(rows, 1)]
    blocks.append("<i>Para otro, pídalo con sus palabras: avísame los lunes lo de la UC.</i>")
    buttons = [
        Button(f"⚙️ {number}. {about_words(row, areas)}"[:LABEL_CHARS], f"w:show:{row.id}")
        for number, row in enumerate(rows, 1)
    ]
    return Reply(tuple(blocks), (*((button,) for button in buttons),))


def _line(number: int, row: SubscriptionRow, areas: dict[str, str], now: datetime) -> Markup:
    line = Markup("{}. <b>{}</b>: {}").format(
        number, about_words(row, areas), schedule_words(row.schedule)
    )
    return line + escape(_standing(row, now))


def _standing(row: SubscriptionRow, now: datetime) -> str:
    if row.state is SubscriptionState.CLOSED:
        return " · ⛔ apagado: no se le podía escribir, o ya no tenía acceso"
    if row.paused_until is not None and row.paused_until > now:
        until = row.paused_until.astimezone(ZoneInfo(row.schedule.zone)).date()
        return f" · ⏸ en silencio hasta el {day(until)}"
    return ""


def panel(
    row: SubscriptionRow, areas: dict[str, str], now: datetime, next_at: datetime | None
) -> Reply:
    """One subscription whole, with a button for all that can be changed."""
    schedule = row.schedule
    blocks = [
        Markup("🔔 <b>{}</b>").format(about_words(row, areas)),
        Markup("Cuándo: {}{}").format(schedule_words(schedule), _standing(row, now)),
    ]
    if schedule.rhythm is not None:
        if next_at is not None:
            blocks.append(Markup("El próximo: {}.").format(_moment(next_at, schedule.zone)))
        empty = "lo digo en una línea" if row.tells_nothing else "no envío nada"
        blocks.append(Markup("Si no hay nada que decir, {}.").format(empty))
    blocks.append(
        Markup("<i>También con palabras: avísame los martes a las 9:30, hora de Madrid.</i>")
    )
    return Reply(tuple(str(block) for block in blocks), tuple(_panel_rows(row, now)))


def _panel_rows(row: SubscriptionRow, now: datetime) -> list[tuple[Button, ...]]:
    schedule = row.schedule
    if row.state is SubscriptionState.CLOSED:
        return [
            (Button("▶ Volver a activar", f"w:back:{row.id}"), _end(row)),
            (Button("‹ Todos", "w:list"),),
        ]

    def button(label: str, verb: str, argument: int, *, is_on: bool) -> Button:
        return Button(f"✓ {label}" if is_on else label, f"w:{verb}:{row.id}:{argument}")

    rows = [
        tuple(
            button(name, "every", at, is_on=schedule.rhythm is rhythm)
            for at, (rhythm, name) in enumerate(zip(RHYTHMS, RHYTHM_NAMES, strict=True))
        )
    ]
    if schedule.rhythm is Rhythm.WEEKLY:
        rows.append(
            tuple(
                button(letter, "day", at, is_on=at in schedule.weekdays)
                for at, letter in enumerate(LETTERS)
            )
        )
    rows.append(
        tuple(
            button(
                f"{hour}:00",
                "hour",
                hour,
                is_on=(schedule.at.hour, schedule.at.minute) == (hour, 0),
            )
            for hour in HOURS
        )
    )
    if row.about is About.MEANS:
        rows.append(
            tuple(
                button(
                    _lead_label(days),
                    "lead",
                    at,
                    is_on=schedule.lead_days == days,
                )
                for at, days in enumerate(LEADS)
            )
        )
        rows.append(
            (
                button(
                    "Lo vencido", "late", int(not schedule.tells_late), is_on=schedule.tells_late
                ),
                button(
                    "Decir si no hay nada",
                    "empty",
                    int(not row.tells_nothing),
                    is_on=row.tells_nothing,
                ),
            )
        )
        rows.append((Button("De qué unidades", f"w:what:{row.id}"),))
    is_paused = row.paused_until is not None and row.paused_until > now
    if is_paused:
        rows.append((Button("▶ Seguir ya", f"w:go:{row.id}"),))
    else:
        rows.append(
            tuple(Button(f"⏸ {days_of(days)}", f"w:rest:{row.id}:{days}") for days in PAUSES)
        )
    rows.append((Button("📤 Ver uno ahora", f"w:now:{row.id}"), _end(row)))
    rows.append((Button("‹ Todos", "w:list"),))
    return rows


def _lead_label(days: Sequence[int]) -> str:
    """«30 · 7 · 1 días»."""
    if not days:
        return "Sin recordar"
    return " · ".join(map(str, days)) + (" día" if tuple(days) == (1,) else " días")


def _end(row: SubscriptionRow) -> Button:
    return Button("✖ Quitar", f"w:end:{row.id}")


def unit_choice(row: SubscriptionRow, units: Sequence[UnitRecord]) -> Reply:
    """The units to tell of, each on or off."""
    buttons = [
        Button(
            f"✓ {unit.code}" if unit.code in row.scope.units else unit.code,
            f"w:unit:{row.id}:{at}",
        )
        for at, unit in enumerate(units)
    ]
    rows = in_rows(buttons, UNITS_IN_A_ROW)
    is_all = not (row.scope.units or row.scope.areas or row.scope.refs)
    everything = Button("✓ Todo" if is_all else "Todo", f"w:all:{row.id}")
    return Reply(
        ("¿De qué unidades? Toque para poner o quitar.",),
        (*rows, (everything,), (Button("‹ Volver", f"w:show:{row.id}"),)),
    )


def which_units(said: str, units: Sequence[UnitRecord]) -> Reply:
    """Ask of what somebody wants to be told, since what was named is not known."""
    buttons = [Button(unit.code, f"w:for:{at}") for at, unit in enumerate(units)]
    rows = in_rows(buttons, UNITS_IN_A_ROW)
    return Reply((said,), (*rows, (Button("Todo", "w:new"),)))


def ended(rows: Sequence[SubscriptionRow], areas: dict[str, str]) -> Reply:
    """What is not sent any more, with the way back."""
    named = joined([about_words(row, areas) for row in rows])
    line = Markup("🔕 Quitado: ya no envío aquí avisos de {}.").format(named)
    return Reply((str(line),), _each("↩️ Volver a activar", "back", rows, areas))


def _each(
    label: str, verb: str, rows: Sequence[SubscriptionRow], areas: dict[str, str]
) -> tuple[tuple[Button, ...], ...]:
    """A button for each subscription, named after what it tells of."""
    return tuple(
        (Button(f"{label} {about_words(row, areas)}"[:LABEL_CHARS], f"w:{verb}:{row.id}"),)
        for row in rows
    )


def rested(rows: Sequence[SubscriptionRow], areas: dict[str, str], until: datetime) -> Reply:
    """Until when nothing is sent."""
    zone = rows[0].schedule.zone
    named = joined([about_words(row, areas) for row in rows])
    line = Markup("⏸ En silencio hasta el {}: {}.").format(_moment(until, zone), named)
    return Reply((str(line),), _each("▶ Seguir ya con", "go", rows, areas))


def resumed(rows: Sequence[SubscriptionRow], areas: dict[str, str]) -> Reply:
    """What is sent again."""
    named = joined([about_words(row, areas) for row in rows])
    return Reply((str(Markup("▶ Sigo enviando aquí avisos de {}.").format(named)),), (_all_row(),))


def closed_notice(rows: Sequence[SubscriptionRow], why: str) -> str:
    """Tell an administrator that a chat takes nothing any more."""
    title = rows[0].title or str(rows[0].chat_id)
    return str(
        Markup(
            "⛔ «{}» ya no recibe mensajes del bot ({}): apagué sus avisos ({}). Ahí mismo se "
            "vuelven a activar con /suscripciones."
        ).format(title, reason_words(why), len(rows))
    )


def reason_words(error: str) -> str:
    """Write why something was not delivered."""
    known = (words for part, words in REASONS.items() if part in error)
    return next(known, error or "sin motivo")
