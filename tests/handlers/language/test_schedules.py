"""When and what notices are wanted."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language.schedules import Wish, WishTrouble, read_wish
from storage.notices import About, Rhythm
from tests.handlers.language.texts import long_junk, texts

FRIDAY = date(2021, 5, 14)
PIECES = (
    "avísame mándame silencio pausa hasta por el los la las cada todos día días semana mes lunes "
    "lunez viernes a 8 17:30 25:00 pm a.m. y , . menos media 30 7 antes horas hora de Madrid zona "
    "America/Bogota GMT -5 compromiso 12.1 fin último primer 1ro 45 no sin solo resumen "
    "recordatorios vencidos ya ahora reanuda vuelve mañana 15 junio revisión unos mil un / - h"
).split()
words = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)


def weekly(*days: int, at: time | None = None) -> Wish:
    return Wish(rhythm=Rhythm.WEEKLY, weekdays=days, at=at)


def monthly(day: int | None = None) -> Wish:
    return Wish(rhythm=Rhythm.MONTHLY, month_day=day)


def rests(until: date | None = None) -> Wish:
    return Wish(pauses=True, paused_until=until)


DAILY = Wish(rhythm=Rhythm.DAILY)
NOTHING = Wish()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("cada día", DAILY, id="each-day"),
        pytest.param("cada mañana", DAILY, id="each-morning"),
        pytest.param("todos los días", DAILY, id="all-days"),
        pytest.param("avísame a diario", DAILY, id="daily"),
        pytest.param("una vez al día", DAILY, id="once-a-day"),
        pytest.param("cada semana", weekly(), id="each-week"),
        pytest.param("avisos semanales", weekly(), id="weekly-notices"),
        pytest.param("una vez por semana", weekly(), id="once-a-week"),
        pytest.param("cada mes", monthly(), id="each-month"),
        pytest.param("mensualmente", monthly(), id="monthly"),
        pytest.param("avísame los lunes lo de UTAI", weekly(0), id="mondays"),
        pytest.param("CADA LUNES", weekly(0), id="each-monday-in-capitals"),
        pytest.param("todos los días lunes", weekly(0), id="every-monday"),
        pytest.param("los lunes y jueves", weekly(0, 3), id="two-days"),
        pytest.param("los jueves y los lunes", weekly(0, 3), id="sorted"),
        pytest.param("lunes, miércoles y viernes", weekly(0, 2, 4), id="three-days"),
        pytest.param("de lunes a viernes", weekly(0, 1, 2, 3, 4), id="monday-to-friday"),
        pytest.param("del viernes al lunes", weekly(0, 4, 5, 6), id="over-the-weekend"),
        pytest.param("cada día de lunes a viernes", weekly(0, 1, 2, 3, 4), id="each-of-some"),
        pytest.param("todos los días hábiles", weekly(0, 1, 2, 3, 4), id="working-days"),
        pytest.param("los fines de semana", weekly(5, 6), id="weekends"),
        pytest.param("todos los días menos los domingos", weekly(0, 1, 2, 3, 4, 5), id="all-but"),
        pytest.param("ya no los lunes, ahora los martes", weekly(1), id="no-longer-mondays"),
        pytest.param("los miercoles", weekly(2), id="no-accent"),
        pytest.param("los lunez", weekly(0), id="one-letter-wrong"),
        pytest.param("cada biernes", weekly(4), id="one-sound-wrong"),
        pytest.param("el primero de cada mes", monthly(1), id="first-of-the-month"),
        pytest.param("el 1ro de cada mes", monthly(1), id="first-in-digits"),
        pytest.param("el día 31 de cada mes", monthly(31), id="thirty-first"),
        pytest.param("el quince de todos los meses", monthly(15), id="fifteenth-in-words"),
        pytest.param("el último día de cada mes", monthly(31), id="last-day"),
        pytest.param("a fin de mes", monthly(31), id="end-of-the-month"),
        pytest.param("cada inicio de mes", monthly(1), id="start-of-the-month"),
        pytest.param("cada 15", monthly(15), id="each-fifteenth"),
        pytest.param("avísame cada mes, el día 5", monthly(5), id="day-behind"),
    ],
)
def test_how_often_and_on_which_days(text: str, expected: Wish) -> None:
    assert read_wish(text, FRIDAY) == expected


@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param("a las 8", time(8), id="hour"),
        pytest.param("a las 5", time(5), id="as-written"),
        pytest.param("a las 5 pm", time(17), id="pm"),
        pytest.param("a las 5 p. m.", time(17), id="pm-with-dots"),
        pytest.param("a las 8a.m.", time(8), id="am-glued"),
        pytest.param("7am", time(7), id="am-alone"),
        pytest.param("17:30", time(17, 30), id="clock"),
        pytest.param("a las 8.30", time(8, 30), id="point"),
        pytest.param("a las 1730", time(17, 30), id="four-digits"),
        pytest.param("a las 18:00 h", time(18), id="with-h"),
        pytest.param("a la una de la tarde", time(13), id="one"),
        pytest.param("a las ocho de la noche", time(20), id="in-words-at-night"),
        pytest.param("a las ocho y media", time(8, 30), id="half-past"),
        pytest.param("a las nueve menos cuarto", time(8, 45), id="quarter-to"),
        pytest.param("a las siete treinta", time(7, 30), id="minutes-in-words"),
        pytest.param("a las 12 de la noche", time(0), id="midnight-in-words"),
        pytest.param("a las 12 am", time(0), id="midnight"),
        pytest.param("al mediodía", time(12), id="noon"),
        pytest.param("en la noche, a las 8", time(20), id="part-of-the-day-before"),
        pytest.param("a las 8, compromiso 4", time(8), id="beside-a-number"),
    ],
)
def test_the_hour(text: str, at: time) -> None:
    assert read_wish(text, FRIDAY) == Wish(at=at)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        pytest.param("hora de Madrid", "Europe/Madrid", id="city"),
        pytest.param("hora de madrid", "Europe/Madrid", id="small-letters"),
        pytest.param("hora de Santiago", "America/Santiago", id="santiago"),
        pytest.param("hora de Nueva York", "America/New_York", id="spanish-name"),
        pytest.param("hora de la Ciudad de México", "America/Mexico_City", id="article"),
        pytest.param("zona horaria de Bogota", "America/Bogota", id="no-accent"),
        pytest.param("zona America/Bogota", "America/Bogota", id="id"),
        pytest.param("en Europe/Lisbon", "Europe/Lisbon", id="id-alone"),
        pytest.param("hora peruana", "America/Lima", id="adjective"),
        pytest.param("hora del Perú", "America/Lima", id="country"),
        pytest.param("hora de España", "Europe/Madrid", id="country-with-islands"),
    ],
)  # fmt: skip
def test_the_zone(text: str, zone: str) -> None:
    assert read_wish(text, FRIDAY) == Wish(zone=zone)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("15 días antes", (15,), id="one"),
        pytest.param("quince dias antes", (15,), id="in-words"),
        pytest.param("30, 7 y 1 días antes", (30, 7, 1), id="several"),
        pytest.param("1, 7 y 30 días antes", (30, 7, 1), id="largest-first"),
        pytest.param("30 días antes, 7 días antes y el mismo día", (30, 7, 0), id="each-apart"),
        pytest.param("una semana antes", (7,), id="week"),
        pytest.param("un mes, una semana y un día antes", (30, 7, 1), id="several-units"),
        pytest.param("el día anterior", (1,), id="day-before"),
        pytest.param("el mismo día", (0,), id="same-day"),
        pytest.param("con 10 días de anticipación", (10,), id="ahead"),
        pytest.param("cuando falten 10 días", (10,), id="when-they-lack"),
        pytest.param("48 horas antes", (2,), id="hours"),
        pytest.param("compromiso 4, 7 días antes", (7,), id="beside-a-number"),
        pytest.param("lo que vence en 15 días, 3 días antes", (3,), id="beside-a-period"),
    ],
)
def test_days_before_the_due_day(text: str, days: tuple[int, ...]) -> None:
    assert read_wish(text, FRIDAY) == Wish(lead_days=days)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "solo el resumen", Wish(wants_digest=True, wants_reminders=False), id="only-digest"
        ),
        pytest.param(
            "el resumen nomás", Wish(wants_digest=True, wants_reminders=False), id="only-behind"
        ),
        pytest.param(
            "solo recordatorios",
            Wish(wants_digest=False, wants_reminders=True),
            id="only-reminders",
        ),
        pytest.param(
            "no quiero recordatorios, solo el resumen",
            Wish(wants_digest=True, wants_reminders=False),
            id="one-for-the-other",
        ),
        pytest.param("sin resumen", Wish(wants_digest=False), id="no-digest"),
        pytest.param("todo menos recordatorios", Wish(wants_reminders=False), id="all-but"),
        pytest.param(
            "sin resumen ni recordatorios",
            Wish(wants_digest=False, wants_reminders=False),
            id="neither",
        ),
        pytest.param("activa los recordatorios", Wish(wants_reminders=True), id="switch-on"),
        pytest.param("sin avisos de vencidos", Wish(wants_late=False), id="no-late"),
        pytest.param("no me avises de lo atrasado", Wish(wants_late=False), id="no-late-verb"),
        pytest.param("avísame lo que espera revisión", Wish(about=About.REVIEW), id="review"),
        pytest.param("lo por revisar", Wish(about=About.REVIEW), id="to-be-reviewed"),
        pytest.param("mándame el resumen ahora", Wish(sends_now=True), id="now"),
        pytest.param("envíalo ya", Wish(sends_now=True), id="send-it"),
        pytest.param("reanuda los avisos", Wish(resumes=True), id="resume"),
        pytest.param("vuelve a avisarme", Wish(resumes=True), id="again"),
        pytest.param("activa de nuevo los avisos", Wish(resumes=True), id="on-again"),
        pytest.param("quita la pausa", Wish(resumes=True), id="end-of-the-pause"),
    ],
)
def test_what_is_wanted(text: str, expected: Wish) -> None:
    assert read_wish(text, FRIDAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("silencio", rests(), id="silence"),
        pytest.param("pausa los avisos", rests(), id="pause"),
        pytest.param("silencio hasta el lunes", rests(date(2021, 5, 17)), id="until-monday"),
        pytest.param(
            "silencio hasta el viernes", rests(date(2021, 5, 21)), id="until-the-day-it-is"
        ),
        pytest.param("silencio hasta el lunez", rests(date(2021, 5, 17)), id="wrong-letter"),
        pytest.param(
            "no me avises hasta el 15 de junio", rests(date(2021, 6, 15)), id="until-a-day"
        ),
        pytest.param("silencio hasta julio", rests(date(2021, 7, 1)), id="until-a-month"),
        pytest.param("silencio hasta fin de mes", rests(date(2021, 6, 1)), id="until-the-end"),
        pytest.param("pausa los avisos una semana", rests(date(2021, 5, 21)), id="a-week"),
        pytest.param("silencio por 3 días", rests(date(2021, 5, 17)), id="three-days"),
        pytest.param("silencio por un mes", rests(date(2021, 6, 14)), id="a-month"),
        pytest.param("silencio por 2 horas", rests(date(2021, 5, 15)), id="hours"),
        pytest.param("silencio mañana", rests(date(2021, 5, 16)), id="tomorrow"),
        pytest.param("silencio esta semana", rests(date(2021, 5, 17)), id="this-week"),
        pytest.param("no me molestes por dos semanas", rests(date(2021, 5, 28)), id="any-verb"),
        pytest.param("silencio hasta nuevo aviso", rests(), id="no-end"),
        pytest.param("no pauses los avisos", NOTHING, id="denied"),
        pytest.param("¿están pausados los avisos?", NOTHING, id="asked"),
        pytest.param("ya no quiero avisos", NOTHING, id="for-good"),
        pytest.param("no me mandes lo que vence hasta junio", NOTHING, id="end-of-what-is-due"),
        pytest.param("¿qué es el silencio administrativo?", NOTHING, id="term-of-law"),
    ],
)
def test_pauses(text: str, expected: Wish) -> None:
    assert read_wish(text, FRIDAY) == expected


@pytest.mark.parametrize(
    ("text", "trouble", "typed"),
    [
        pytest.param("avísame a las 25:00", WishTrouble.HOUR, "25:00", id="hour"),
        pytest.param("a las 8:75", WishTrouble.HOUR, "8:75", id="minutes"),
        pytest.param("a las 15 am", WishTrouble.HOUR, "15 am", id="part-of-the-day"),
        pytest.param("los lunax", WishTrouble.WEEKDAY, "lunax", id="two-letters-wrong"),
        pytest.param("los Feriados", WishTrouble.WEEKDAY, "Feriados", id="holidays"),
        pytest.param("cada domingues", WishTrouble.WEEKDAY, "domingues", id="no-weekday"),
        pytest.param("cada dos semanas", WishTrouble.RHYTHM, "cada dos semanas", id="fortnight"),
        pytest.param("cada 15 días", WishTrouble.RHYTHM, "cada 15 días", id="days"),
        pytest.param("quincenalmente", WishTrouble.RHYTHM, "quincenalmente", id="adverb"),
        pytest.param("resumen quincenal", WishTrouble.RHYTHM, "quincenal", id="adjective"),
        pytest.param("cada 2 horas", WishTrouble.RHYTHM, "cada 2 horas", id="hours"),
        pytest.param("cada trimestre", WishTrouble.RHYTHM, "cada trimestre", id="quarter"),
        pytest.param("dos veces al mes", WishTrouble.RHYTHM, "dos veces al mes", id="times"),
        pytest.param("día por medio", WishTrouble.RHYTHM, "día por medio", id="every-other"),
        pytest.param("hora de Narnia", WishTrouble.ZONE, "Narnia", id="zone"),
        pytest.param("zona Europe/Narnia", WishTrouble.ZONE, "Europe/Narnia", id="zone-id"),
        pytest.param("hora GMT-5", WishTrouble.ZONE, "GMT-5", id="offset"),
        pytest.param("500 días antes", WishTrouble.LEAD, "500 días antes", id="too-early"),
        pytest.param("2 horas antes", WishTrouble.LEAD, "2 horas antes", id="too-late"),
        pytest.param("5 días hábiles antes", WishTrouble.LEAD, "5 días hábiles antes", id="work"),
    ],
)
def test_what_is_none_is_told_and_not_guessed(text: str, trouble: WishTrouble, typed: str) -> None:
    assert read_wish(text, FRIDAY) == Wish(troubles=((trouble, typed),))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        pytest.param("el día 45 de cada mes", "45", id="no-such-day"),
        pytest.param("el 0 de cada mes", "0", id="nought"),
        pytest.param("los días 1 y 15 de cada mes", "1 y 15", id="two-days"),
        pytest.param("el primer lunes de cada mes", "primer lunes", id="nth-weekday"),
        pytest.param("el primer día hábil de cada mes", "primer día hábil", id="working-day"),
    ],
)
def test_a_day_that_no_month_has(text: str, typed: str) -> None:
    found = read_wish(text, FRIDAY)

    assert found == Wish(rhythm=Rhythm.MONTHLY, troubles=((WishTrouble.DAY_OF_MONTH, typed),))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        pytest.param("silencio hasta el 31 de junio", "el 31 de junio", id="no-such-day"),
        pytest.param("silencio hasta ayer", "ayer", id="gone"),
        pytest.param("silencio por 1000 días", "1000 días", id="too-long"),
    ],
)
def test_a_pause_up_to_no_day(text: str, typed: str) -> None:
    found = read_wish(text, FRIDAY)

    assert found == Wish(pauses=True, troubles=((WishTrouble.DAY_OF_MONTH, typed),))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("avísame el 12.1", id="code"),
        pytest.param("avísame lo del compromiso 7", id="commitment"),
        pytest.param("avísame de los medios 4.1 y 4.2", id="codes"),
        pytest.param("mándame lo pendiente de UTI", id="list"),
        pytest.param("lo de junio", id="month"),
        pytest.param("el resumen de junio", id="summary"),
        pytest.param("¿qué vence el lunes 17 de mayo?", id="day"),
        pytest.param("lo del lunes", id="last-monday"),
        pytest.param("avísame el lunes", id="one-monday"),
        pytest.param("este fin de semana", id="one-weekend"),
        pytest.param("lo que vence en 15 días", id="days-ahead"),
        pytest.param("lo que vence a fin de mes", id="due-at-the-end"),
        pytest.param("15 días después", id="afterwards"),
        pytest.param("los 15 compromisos", id="counted"),
        pytest.param("a las 3 unidades", id="counted-units"),
        pytest.param("los partes de UTAI", id="ordinary-word"),
        pytest.param("informes mensuales", id="monthly-reports"),
        pytest.param("temprano, en la mañana", id="no-hour"),
        pytest.param("antes de las 9", id="before-an-hour"),
        pytest.param("a la hora de la reunión", id="hour-of-a-meeting"),
        pytest.param("ya no me avises", id="no-longer"),
        pytest.param("dame de baja de lo de UTAI", id="out"),
        pytest.param("revisa el 12.1", id="review-it"),
        pytest.param("ya envié el resumen", id="sent-already"),
    ],
)
def test_other_words_say_nothing_of_it(text: str) -> None:
    assert read_wish(text, FRIDAY) == NOTHING


def test_all_at_once() -> None:
    found = read_wish(
        "avísame los martes y jueves a las 18:00, hora de Bogotá, 10 y 2 días antes, "
        "sin avisos de atrasados",
        FRIDAY,
    )

    assert found == Wish(
        rhythm=Rhythm.WEEKLY,
        weekdays=(1, 3),
        at=time(18),
        zone="America/Bogota",
        lead_days=(10, 2),
        wants_late=False,
    )


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.one_of(texts, words))
def test_any_text_is_read(text: str) -> None:
    found = read_wish(text, FRIDAY)

    assert found.paused_until is None or found.paused_until > FRIDAY
    assert all(0 <= days <= 365 for days in found.lead_days)


@pytest.mark.parametrize("text", long_junk("8 ", "lunes ", "y 7 ", "hora de ", "hasta "))
def test_long_junk_is_read(text: str) -> None:
    assert read_wish(text, FRIDAY).troubles is not None
