"""What a question asks of the status."""

from datetime import date

import pytest

from handlers.question import Intent
from storage.records import DateRange, MeansFilter, StatusFilter
from tests.handlers.language.asking import JUNE, MAY, TODAY, asked, wanted

PENDING, OVERDUE, UPCOMING = StatusFilter.PENDING, StatusFilter.OVERDUE, StatusFilter.UPCOMING
SUBMITTED, OBSERVED, VERIFIED = (
    StatusFilter.SUBMITTED,
    StatusFilter.OBSERVED,
    StatusFilter.VERIFIED,
)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # not submitted
        pytest.param("pendientes de UTAI", PENDING, id="pending"),
        pytest.param("¿qué falta de UTAI?", PENDING, id="lacks"),
        pytest.param("¿qué le falta presentar a UTAI?", PENDING, id="lacks-to-submit"),
        pytest.param("los que faltan de UTAI", PENDING, id="lacking"),
        pytest.param("lo que UTAI no ha presentado", PENDING, id="has-not-submitted"),
        pytest.param("los de UTAI sin presentar", PENDING, id="without-submitting"),
        pytest.param("los de UTAI por entregar", PENDING, id="to-be-handed-in"),
        pytest.param("los no entregados de UTAI", PENDING, id="not-handed-in"),
        pytest.param("los que UTAI todavía no envía", PENDING, id="not-sent-yet"),
        pytest.param("¿qué nos queda en UTAI?", PENDING, id="remains"),
        pytest.param("¿qué adeuda UTAI?", PENDING, id="owes"),
        # not submitted and late
        pytest.param("vencidos de UTAI", OVERDUE, id="overdue"),
        pytest.param("atrasados de UTAI", OVERDUE, id="late"),
        pytest.param("retrasados de UTAI", OVERDUE, id="delayed"),
        pytest.param("los de UTAI con retraso", OVERDUE, id="with-delay"),
        pytest.param("los de UTAI fuera de plazo", OVERDUE, id="out-of-time"),
        pytest.param("los de UTAI pasados de fecha", OVERDUE, id="past-their-day"),
        pytest.param("los que tienen fecha pasada de UTAI", OVERDUE, id="day-past"),
        pytest.param("¿qué está pasado de su plazo en UTAI?", OVERDUE, id="past-its-term"),
        pytest.param(
            "soy de UTAI, que tengo en rojo, o sea pasado de fecha", OVERDUE, id="said-twice"
        ),
        pytest.param(
            "dime los atrasados de UTAI, o sea los que ya no llegaron",
            OVERDUE,
            id="which-is-to-say",
        ),
        pytest.param("incumplimientos de UTAI", OVERDUE, id="failures"),
        pytest.param("los incumplidos de UTAI", OVERDUE, id="not-complied-with"),
        pytest.param("los de UTAI que ya vencieron", OVERDUE, id="fell-due"),
        pytest.param("pendientes de UTAI que ya están vencidos", OVERDUE, id="sharper-counts"),
        # not submitted and not late
        pytest.param("los de UTAI por vencer", UPCOMING, id="to-fall-due"),
        pytest.param("los no vencidos de UTAI", UPCOMING, id="not-overdue"),
        pytest.param("los de UTAI que aún no vencen", UPCOMING, id="not-due-yet"),
        # submitted
        pytest.param("presentados de UTAI", SUBMITTED, id="submitted"),
        pytest.param("los ya entregados de UTAI", SUBMITTED, id="handed-in"),
        pytest.param("los enviados por UTAI", SUBMITTED, id="sent-by"),
        pytest.param("¿qué ha remitido UTAI?", SUBMITTED, id="has-sent"),
        pytest.param("¿qué presentó UTAI?", SUBMITTED, id="past"),
        pytest.param("¿qué se entregó de UTAI?", SUBMITTED, id="past-passive"),
        pytest.param("los cumplidos de UTAI", SUBMITTED, id="complied-with"),
        # what the office said
        pytest.param("observados de UTAI", OBSERVED, id="observed"),
        pytest.param("los de UTAI que fueron devueltos", OBSERVED, id="sent-back"),
        pytest.param("verificados de UTAI", VERIFIED, id="verified"),
        pytest.param("los aprobados de UTAI", VERIFIED, id="approved"),
        # said in other words
        pytest.param("los de UTAI sin culminar", PENDING, id="not-finished"),
        pytest.param("lo que nadie entregó de UTAI", PENDING, id="nobody-handed-in"),
        pytest.param("¿qué debe UTAI todavía?", PENDING, id="still-owes"),
        pytest.param("¿qué me debe UTAI?", PENDING, id="owes-me"),
        pytest.param("lo que UTAI dejó en el tintero", PENDING, id="left-in-the-inkwell"),
        pytest.param("los de UTAI sin llegar", PENDING, id="has-not-arrived"),
        pytest.param("los de UTAI que no llegaron", PENDING, id="did-not-arrive"),
        pytest.param("los de UTAI a los que se les cumplió el plazo", OVERDUE, id="term-is-over"),
        pytest.param("lo que UTAI ya debió entregar", OVERDUE, id="should-have"),
        pytest.param("¿no hay vencidos de UTAI?", OVERDUE, id="asked-in-the-negative"),
        pytest.param("¿UTAI no tiene ninguno atrasado?", OVERDUE, id="none-late"),
        pytest.param("los de UTAI que están a tiempo", UPCOMING, id="in-time"),
        pytest.param("próximos vencimientos de UTAI", UPCOMING, id="next-due-days"),
        pytest.param("los próximos entregables de UTAI", UPCOMING, id="next-things"),
        pytest.param("¿cuáles de UTAI sí llegaron?", SUBMITTED, id="did-arrive"),
        pytest.param(
            "a cuáles de UTAI se les pasó la fecha y nadie los mandó",
            StatusFilter.OVERDUE,
            id="nobody-sent-them",
        ),
        pytest.param("los de UTAI que están en rojo", StatusFilter.OVERDUE, id="in-the-red"),
        pytest.param(
            "los de UTAI que ya debieron estar entregados",
            StatusFilter.OVERDUE,
            id="should-have-been",
        ),
        pytest.param(
            "los de UTAI que nadie los ha mandado", PENDING, id="pronoun-before-the-perfect"
        ),
        pytest.param("los de UTAI que no los han subido", PENDING, id="not-uploaded-them"),
        pytest.param("lo de UTAI que nadie nos lo ha remitido", PENDING, id="two-pronouns"),
        pytest.param(
            "los de UTAI que ya pasaron su fecha y nadie los ha mandado",
            OVERDUE,
            id="late-and-nobody-sent-them",
        ),
        pytest.param("los que UTAI sí los ha entregado", SUBMITTED, id="pronoun-and-no-denial"),
    ],
)
def test_a_status_narrows(text: str, status: StatusFilter) -> None:
    assert wanted(text) == MeansFilter(units=("UTAI",), status=status)


def test_what_a_unit_owes_of_a_month_is_pending() -> None:
    expected = MeansFilter(units=("UTAI",), due=(MAY,), status=PENDING)

    assert wanted("¿qué debe UTAI de mayo?") == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("vencidos de mayo", MAY, id="month-under-way"),
        pytest.param(
            "vencidos del 10 de mayo", DateRange(*[date(2021, 5, 10)] * 2), id="day-gone"
        ),
        pytest.param("¿qué venció hoy?", DateRange(TODAY, TODAY), id="fell-due-today"),
    ],
)
def test_days_that_may_be_late_narrow_what_is_late(text: str, days: DateRange) -> None:
    assert wanted(text) == MeansFilter(due=(days,), status=OVERDUE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿qué vence en junio?", id="falls-due"),
        pytest.param("vencimientos de junio", id="due-days"),
        pytest.param("¿qué se debe presentar en junio?", id="must-be-submitted"),
        pytest.param("¿qué se entrega en junio?", id="is-handed-in"),
        pytest.param("¿qué presentamos en junio?", id="we-hand-in"),
        pytest.param("lista los medios de junio", id="list"),
        pytest.param("¿qué debemos presentar en junio?", id="we-must-submit"),
        pytest.param("en la tarde dime qué vence en junio", id="afternoon"),
        pytest.param("¿qué se culmina en junio?", id="is-finished"),
        pytest.param("¿qué caduca en junio?", id="expires"),
        pytest.param("asu, ¿no hay nadita en junio?", id="little-nothing"),
    ],
)
def test_what_only_falls_due_says_nothing_of_the_status(text: str) -> None:
    assert wanted(text) == MeansFilter(due=(JUNE,))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("PENDIENTES", PENDING, id="capitals"),
        pytest.param("pend", PENDING, id="cut-short"),
        pytest.param("pdtes", PENDING, id="phone"),
        pytest.param("pendientitos", PENDING, id="diminutive"),
        pytest.param("pendientessss", PENDING, id="drawn-out"),
        pytest.param("vencidas", OVERDUE, id="feminine"),
        pytest.param("vencido", OVERDUE, id="singular"),
        pytest.param("lo que debemos", PENDING, id="what-we-owe"),
        pytest.param("sin culminar", PENDING, id="not-finished"),
        pytest.param("¿qué no entregó nadie?", PENDING, id="nobody"),
        pytest.param("próximos vencimientos", UPCOMING, id="next-due-days"),
        pytest.param("los que están a tiempo", UPCOMING, id="in-time"),
        pytest.param("vencidos al día de hoy", OVERDUE, id="as-of-today"),
        pytest.param("¿qué tengo pasado de fecha?", OVERDUE, id="past-its-day"),
        pytest.param("hoy 20 de mayo, ¿qué está vencido?", OVERDUE, id="overdue-today"),
        pytest.param(
            "amaneciendo 20 de mayo, qué quedó fuera de fecha", OVERDUE, id="at-daybreak"
        ),
        pytest.param("vencidos al 30 de junio", OVERDUE, id="as-of-a-day-to-come"),
        pytest.param("los pendientes a la fecha", PENDING, id="to-date"),
        pytest.param("lo que aún no llega", PENDING, id="not-come-in-yet"),
        pytest.param("los que todavía no están listos", PENDING, id="not-ready"),
        pytest.param("¿qué sigue sin salir?", PENDING, id="still-inside"),
        pytest.param("las tareas que ya se hicieron", SUBMITTED, id="done"),
        pytest.param("los que ya están cerrados", SUBMITTED, id="closed"),
    ],
)
def test_a_status_alone_asks_for_all_of_it(text: str, status: StatusFilter) -> None:
    question = asked(text)

    assert (question.intent, question.wanted) == (Intent.LIST, MeansFilter(status=status))
