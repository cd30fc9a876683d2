"""Due days within a question, and the year of a month without one."""

from datetime import date

import pytest

from handlers.language.days import matrix_years
from handlers.question import Intent, Question, Trouble
from storage.records import DateRange, MeansFilter, StatusFilter
from tests.handlers.language.asking import JULY, JUNE, MAY, TODAY, asked, wanted

DUE_MONTHS = {(2021, 5), (2021, 6), (2022, 1), (2022, 5), (2023, 5)}


@pytest.mark.parametrize(
    ("month", "today", "years"),
    [
        pytest.param(6, TODAY, (2021,), id="one-year"),
        pytest.param(1, TODAY, (2022,), id="next-year"),
        pytest.param(5, TODAY, (2021, 2022, 2023), id="nearest-first"),
        pytest.param(5, date(2022, 12, 1), (2023, 2022, 2021), id="nearest-first-later"),
        pytest.param(6, date(2023, 1, 1), (2021,), id="gone-by"),
        pytest.param(9, TODAY, (2021, 2022), id="nothing-due-but-within-the-matrix"),
        pytest.param(9, date(2030, 1, 1), (2022, 2021), id="within-the-matrix-seen-from-later"),
    ],
)
def test_a_month_is_of_the_years_of_the_matrix(
    month: int, today: date, years: tuple[int, ...]
) -> None:
    assert tuple(matrix_years(DUE_MONTHS, today)(month, None)) == years


def test_without_a_matrix_a_month_is_the_next_one() -> None:
    assert tuple(matrix_years((), TODAY)(3, None)) == (2022,)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        pytest.param("¿qué vence en junio?", JUNE, id="month"),
        pytest.param("enero", DateRange(date(2022, 1, 1), date(2022, 1, 31)), id="due-next-year"),
        pytest.param("lo de mayo", MAY, id="under-way"),
        pytest.param(
            "¿qué vence en marzo?", DateRange(date(2022, 3, 1), date(2022, 3, 31)), id="march"
        ),
        pytest.param(
            "¿qué vence en julio?",
            DateRange(date(2021, 7, 1), date(2021, 7, 31)),
            id="nothing-due",
        ),
        pytest.param(
            "¿qué vence en junio de 2020?",
            DateRange(date(2020, 6, 1), date(2020, 6, 30)),
            id="year-that-is-named",
        ),
        pytest.param(
            "del 10-9 al 20-12",
            DateRange(date(2021, 9, 10), date(2021, 12, 20)),
            id="dashed-range",
        ),
        pytest.param(
            "¿qué vence en 15 días?", DateRange(TODAY, date(2021, 6, 4)), id="within-days"
        ),
        pytest.param(
            "¿qué vence en los próximos 10 días?",
            DateRange(TODAY, date(2021, 5, 30)),
            id="next-days",
        ),
        pytest.param("¿qué vence hasta junio?", DateRange(None, date(2021, 6, 30)), id="until"),
        pytest.param(
            "¿qué vence antes de junio?", DateRange(None, date(2021, 5, 31)), id="before"
        ),
        pytest.param("¿qué vence desde junio?", DateRange(date(2021, 6, 1), None), id="since"),
        pytest.param(
            "¿qué vence después de junio?", DateRange(date(2021, 7, 1), None), id="after"
        ),
        pytest.param(
            "¿qué vence entre junio y setiembre?",
            DateRange(date(2021, 6, 1), date(2021, 9, 30)),
            id="between",
        ),
        pytest.param(
            "¿qué vence después de mayo y antes de setiembre?",
            DateRange(date(2021, 6, 1), date(2021, 8, 31)),
            id="two-open-ranges-meet",
        ),
        pytest.param(
            "¿qué vence desde junio pero no más tarde de setiembre?",
            DateRange(date(2021, 6, 1), date(2021, 9, 30)),
            id="two-open-ranges-with-but",
        ),
        pytest.param("¿qué vence de aquí en adelante?", DateRange(TODAY, None), id="from-here-on"),
        pytest.param(
            "¿qué vence en las próximas 48 horas?",
            DateRange(TODAY, date(2021, 5, 22)),
            id="hours",
        ),
        pytest.param(
            "¿qué vence en el mes de navidad?",
            DateRange(date(2021, 12, 1), date(2021, 12, 31)),
            id="month-of-a-holiday",
        ),
        pytest.param(
            "¿qué vence antes de navidad?", DateRange(None, date(2021, 12, 24)), id="holiday"
        ),
        pytest.param("¿qué vence, no en mayo, en junio?", JUNE, id="put-right"),
        pytest.param("no mayo, junio", JUNE, id="put-right-alone"),
        pytest.param(
            "mi cumple es en mayo, ¿qué vence en junio?", JUNE, id="a-birthday-is-no-due-day"
        ),
        pytest.param(
            "qué vence en junio, que tengo comité el jueves",
            JUNE,
            id="an-appointment-is-no-due-day",
        ),
        pytest.param("qué vence en junio, para mi reunión de hoy", JUNE, id="of-a-meeting"),
        pytest.param("lo de mayo, perdón, junio", JUNE, id="put-right"),
        pytest.param(
            "¿qué vence la quincena de junio?",
            DateRange(date(2021, 6, 1), date(2021, 6, 15)),
            id="fortnight-of-a-month",
        ),
        pytest.param(
            "desde junio hasta julio, incluyendo ambos meses",
            DateRange(JUNE.start, JULY.end),
            id="both-months-included",
        ),
        pytest.param(
            "entre junio y julio (ambos inclusive)",
            DateRange(JUNE.start, JULY.end),
            id="both-inclusive",
        ),
        pytest.param(
            "del 1 de junio al 31 de julio, incluyendo los extremos",
            DateRange(JUNE.start, JULY.end),
            id="ends-included",
        ),
        pytest.param(
            "en no más de 10 días qué vence",
            DateRange(TODAY, date(2021, 5, 30)),
            id="in-no-more-than",
        ),
        pytest.param(
            "de aquí a no más de 10 días",
            DateRange(TODAY, date(2021, 5, 30)),
            id="from-here-to-no-more-than",
        ),
        pytest.param(
            "dentro de un máximo de dos semanas",
            DateRange(TODAY, date(2021, 6, 3)),
            id="within-at-most",
        ),
    ],
)
def test_the_due_days_of_a_question(text: str, due: DateRange) -> None:
    assert wanted(text) == MeansFilter(due=(due,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "los de UTAI con más de 3 meses de retraso",
            MeansFilter(
                units=("UTAI",),
                due=(DateRange(None, date(2021, 2, 19)),),
                status=StatusFilter.OVERDUE,
            ),
            id="months-late",
        ),
        pytest.param(
            "medios con más de 10 días de atraso",
            MeansFilter(due=(DateRange(None, date(2021, 5, 9)),), status=StatusFilter.OVERDUE),
            id="days-late",
        ),
        pytest.param(
            "vencidos hace más de 2 semanas",
            MeansFilter(due=(DateRange(None, date(2021, 5, 5)),), status=StatusFilter.OVERDUE),
            id="weeks-late",
        ),
        pytest.param(
            "los pendientes de UTAI que vencen hoy",
            MeansFilter(
                units=("UTAI",), due=(DateRange(TODAY, TODAY),), status=StatusFilter.PENDING
            ),
            id="today-is-a-due-day",
        ),
    ],
)
def test_days_stand_beside_a_status(text: str, expected: MeansFilter) -> None:
    assert wanted(text) == expected


def test_open_ranges_that_do_not_meet_stay_two() -> None:
    assert wanted("¿qué vence antes de junio y después de setiembre?").due == (
        DateRange(None, date(2021, 5, 31)),
        DateRange(date(2021, 10, 1), None),
    )


def test_two_months_are_two_ranges() -> None:
    assert wanted("¿qué vence en mayo y junio?").due == (MAY, JUNE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("medio 12.1", id="code"),
        pytest.param("acta 002-2021", id="act-number"),
        pytest.param("compromiso 5", id="number"),
        pytest.param("los 3 compromisos de UTI", id="how-many"),
        pytest.param("buenos días, ¿qué debe UTI?", id="good-morning"),
        pytest.param("en el día a día, ¿qué debe UTI?", id="day-to-day"),
        pytest.param("segundo compromiso", id="ordinal"),
        pytest.param("¿de qué fecha es?", id="no-day"),
        pytest.param("vencidos al día de hoy", id="as-of-today"),
        pytest.param("pendientes a la fecha", id="to-date"),
        pytest.param("los pendientes hasta la fecha", id="until-now"),
        pytest.param("avance al día de hoy", id="summary-as-of-today"),
        pytest.param("para la reunión de hoy, ¿qué debe UTI?", id="day-of-a-meeting"),
        pytest.param("¿cuánto falta para navidad?", id="time-until-a-day"),
        pytest.param("necesito para mi reunión de hoy lo de UTAI", id="the-day-of-a-meeting"),
        pytest.param("no más de 10 medios de UTAI", id="number-of-means"),
        pytest.param("en menos de lo que piensas, UTAI", id="no-span"),
    ],
)
def test_no_due_day_is_seen_where_none_is_named(text: str) -> None:
    assert wanted(text).due == ()


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        pytest.param("¿qué vence el 31 de junio?", "31 de junio", id="day"),
        pytest.param("pendientes de UTAI al 30/02", "30/02", id="digits"),
    ],
)
def test_an_impossible_day_is_said_and_nothing_listed(text: str, typed: str) -> None:
    question = asked(text)

    assert question == Question(
        intent=Intent.UNKNOWN, trouble=Trouble.IMPOSSIBLE_DATE, trouble_text=question.trouble_text
    )
    assert typed in question.trouble_text
