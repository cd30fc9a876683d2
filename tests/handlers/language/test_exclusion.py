"""What a question leaves out."""

import pytest

from handlers.question import Intent
from storage.records import DateRange, MeansFilter, StatusFilter
from tests.handlers.language.asking import JUNE, MAY, asked, means, wanted

UTAI, UC = MeansFilter(units=("UTAI",)), MeansFilter(units=("UC",))
TRAINING = MeansFilter(areas=("capacitacion",))
SUBMITTED = MeansFilter(status=StatusFilter.SUBMITTED)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        pytest.param("todo menos UTAI", (UTAI,), id="less"),
        pytest.param("todos excepto los de UTAI", (UTAI,), id="except"),
        pytest.param("todos los medios salvo UTAI", (UTAI,), id="save"),
        pytest.param("los que no sean de UTAI", (UTAI,), id="not-of"),
        pytest.param("los medios sin UTAI", (UTAI,), id="without"),
        pytest.param("los medios que no son de UTAI", (UTAI,), id="are-not-of"),
        pytest.param("los medios fuera de los de UTAI", (UTAI,), id="apart-from"),
        pytest.param("los que no sean de UTAI ni de UC", (UTAI, UC), id="neither-nor"),
        pytest.param("todos menos UTAI y UC", (UTAI, UC), id="and"),
        pytest.param("todo menos capacitación", (TRAINING,), id="area"),
        pytest.param("todo menos lo de mayo", (MeansFilter(due=(MAY,)),), id="month"),
        pytest.param("todos menos el 12.1", (MeansFilter(refs=means("12.1")),), id="means"),
        pytest.param(
            "todos los medios menos los vencidos",
            (MeansFilter(status=StatusFilter.OVERDUE),),
            id="status",
        ),
        pytest.param(
            "todos menos los de UTAI de mayo",
            (MeansFilter(units=("UTAI",), due=(MAY,)),),
            id="only-both-together",
        ),
        pytest.param("los medios distintos de UTAI", (UTAI,), id="other-than"),
        pytest.param("los medios de unidades diferentes a UTAI", (UTAI,), id="different-from"),
        pytest.param(
            "los medios que vencen en meses distintos de mayo",
            (MeansFilter(due=(MAY,)),),
            id="months-other-than",
        ),
        pytest.param(
            "los medios que no vencen en mayo", (MeansFilter(due=(MAY,)),), id="not-due-in"
        ),
        pytest.param("todos los medios, deja de lado a UTAI", (UTAI,), id="leave-aside"),
        pytest.param("dame todo, deja fuera a UTAI", (UTAI,), id="leave-out"),
        pytest.param("lista todos los medios, saca de la lista a UTAI", (UTAI,), id="take-off"),
        pytest.param("los medios que no pasan por UTAI", (UTAI,), id="do-not-pass"),
        pytest.param("dame todos, no me interesan los de UTAI", (UTAI,), id="of-no-interest"),
        pytest.param("medios que no correspondan a la UTAI", (UTAI,), id="subjunctive-plural"),
        pytest.param("medios que no dependan de UTAI", (UTAI,), id="verb-of-the-dictionary"),
        pytest.param("medios que no dirija la UTAI", (UTAI,), id="any-verb-of-a-relative-clause"),
        pytest.param("los medios en los que no interviene UTAI", (UTAI,), id="has-no-part-in"),
        pytest.param("los medios donde la UTAI no mete mano", (UTAI,), id="unit-before-the-verb"),
        pytest.param("los medios que no están a cargo de UTAI", (UTAI,), id="not-in-charge"),
        pytest.param("los medios no asignados a UTAI", (UTAI,), id="participle"),
        pytest.param("los medios ajenos a UTAI", (UTAI,), id="foreign-to"),
        pytest.param("los medios no relacionados con UTAI", (UTAI,), id="reduced-clause"),
        pytest.param("los medios sin participación de UTAI", (UTAI,), id="without-its-part"),
        pytest.param(
            "los medios que nada tengan que ver con UTAI", (UTAI,), id="nothing-to-do-with"
        ),
        pytest.param("los medios que jamás tocan a UTAI", (UTAI,), id="never"),
        pytest.param(
            "los medios en los cuales UTAI no tenga participación", (UTAI,), id="has-no-part"
        ),
        pytest.param("medios en los que UTAI no tiene nada que ver", (UTAI,), id="nothing-to-do"),
    ],
)
def test_what_is_left_out_is_left_out_of_all(text: str, out: tuple[MeansFilter, ...]) -> None:
    assert wanted(text) == MeansFilter(without=out)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "los de junio menos los de UTAI",
            MeansFilter(due=(JUNE,), without=(UTAI,)),
            id="unit-of-a-month",
        ),
        pytest.param(
            "los de UTAI menos los de mayo",
            MeansFilter(units=("UTAI",), without=(MeansFilter(due=(MAY,)),)),
            id="month-of-a-unit",
        ),
        pytest.param(
            "pendientes de junio que no sean de UTAI",
            MeansFilter(due=(JUNE,), status=StatusFilter.PENDING, without=(UTAI,)),
            id="unit-of-a-status",
        ),
        pytest.param(
            "los de junio, UTAI no", MeansFilter(due=(JUNE,), without=(UTAI,)), id="unit-and-no"
        ),
        pytest.param(
            "sin contar UTAI, ¿qué vence en junio?",
            MeansFilter(due=(JUNE,), without=(UTAI,)),
            id="left-out-first",
        ),
        pytest.param(
            "nada de lo entregado, solo lo que falta de junio",
            MeansFilter(due=(JUNE,), status=StatusFilter.PENDING, without=(SUBMITTED,)),
            id="status-left-out-first",
        ),
        pytest.param(
            "nada de entregados, los pendientes de junio",
            MeansFilter(due=(JUNE,), status=StatusFilter.PENDING, without=(SUBMITTED,)),
            id="what-follows-a-comma-is-asked-for",
        ),
        pytest.param(
            "solo pendientes de junio, nada de lo que ya se presentó",
            MeansFilter(due=(JUNE,), status=StatusFilter.PENDING, without=(SUBMITTED,)),
            id="status-left-out-last",
        ),
        pytest.param(
            "nada de entregados ni observados, solo pendientes",
            MeansFilter(
                status=StatusFilter.PENDING,
                without=(SUBMITTED, MeansFilter(status=StatusFilter.OBSERVED)),
            ),
            id="two-of-a-status",
        ),
        pytest.param(
            "lo de junio, pero nada de entregados",
            MeansFilter(due=(JUNE,), without=(SUBMITTED,)),
            id="nothing-of-a-status",
        ),
        pytest.param(
            "de UTAI no quiero nada de lo entregado",
            MeansFilter(units=("UTAI",), without=(SUBMITTED,)),
            id="want-nothing-of",
        ),
        pytest.param(
            "nada de pendientes en UTAI",
            MeansFilter(units=("UTAI",), status=StatusFilter.PENDING),
            id="nothing-of-alone",
        ),
    ],
)
def test_what_is_left_out_narrows_the_rest(text: str, expected: MeansFilter) -> None:
    assert wanted(text) == expected


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        pytest.param("junio pero no me pongas los de UTAI", JUNE, id="do-not-put"),
        pytest.param("junio, pero no me des los de UTAI", JUNE, id="do-not-give"),
        pytest.param("junio aunque no incluya a la UTAI", JUNE, id="do-not-include"),
        pytest.param("junio, no me vayas a poner lo de UTAI", JUNE, id="do-not-go-and-put"),
        pytest.param("junio, pero no traigas nada de UTAI", JUNE, id="bring-nothing"),
        pytest.param("junio, lo de UTAI no me lo muestres", JUNE, id="named-before-the-order"),
        pytest.param("junio, pero los de UTAI ya no me los cuentes", JUNE, id="no-longer-tell"),
        pytest.param("junio, los de UTAI no los quiero", JUNE, id="not-wanted"),
        pytest.param("junio, la UTAI no va", JUNE, id="does-not-go"),
        pytest.param("junio; UTAI no hace falta", JUNE, id="not-needed"),
        pytest.param("junio, los de UTAI ya no", JUNE, id="no-longer"),
        pytest.param("junio nomás, no lo de UTAI", JUNE, id="a-month-is-no-urgency"),
        pytest.param("junio, UTAI ya lo vimos", JUNE, id="seen-already"),
        pytest.param("junio, lo de UTAI omítelo", JUNE, id="omit-it"),
        pytest.param("lo de junio, saca a la UTAI", JUNE, id="take-the-unit-out"),
        pytest.param("de junio todo, de UTAI nada", JUNE, id="nothing-of"),
        pytest.param("además de UTAI, ¿quién más vence en junio?", JUNE, id="who-else"),
        pytest.param("junio, deja de mostrar los de UTAI", JUNE, id="stop-showing"),
    ],
)
def test_what_is_not_to_be_shown_is_left_out(text: str, stays: DateRange) -> None:
    assert wanted(text) == MeansFilter(due=(stays,), without=(UTAI,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "los de UC que no vencen en mayo",
            MeansFilter(units=("UC",), without=(MeansFilter(due=(MAY,)),)),
            id="unit-before",
        ),
        pytest.param(
            "los que no vencen en mayo ni en junio de UC",
            MeansFilter(
                units=("UC",), without=(MeansFilter(due=(MAY,)), MeansFilter(due=(JUNE,)))
            ),
            id="unit-behind-the-days",
        ),
        pytest.param(
            "los que no caen en mayo de UC",
            MeansFilter(units=("UC",), without=(MeansFilter(due=(MAY,)),)),
            id="any-verb-of-falling-due",
        ),
        pytest.param(
            "dame junio, mayo no",
            MeansFilter(due=(JUNE,), without=(MeansFilter(due=(MAY,)),)),
            id="last-of-a-list",
        ),
        pytest.param(
            "junio nomás, no lo vencido de mayo",
            MeansFilter(
                due=(JUNE,), without=(MeansFilter(due=(MAY,), status=StatusFilter.OVERDUE),)
            ),
            id="month-alone-and-another-denied",
        ),
        pytest.param(
            "los vencidos no",
            MeansFilter(without=(MeansFilter(status=StatusFilter.OVERDUE),)),
            id="nothing-else-said",
        ),
        pytest.param(
            "nada de mayo, solo junio",
            MeansFilter(due=(JUNE,), without=(MeansFilter(due=(MAY,)),)),
            id="nothing-of-one",
        ),
    ],
)
def test_only_what_is_denied_is_left_out(text: str, expected: MeansFilter) -> None:
    assert wanted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("los de UTAI sin presentar", id="status-not-exclusion"),
        pytest.param("los no entregados de UTAI", id="denied-status"),
        pytest.param("¿cuántos le faltan a UTAI más o menos?", id="more-or-less"),
        pytest.param("no, los de UTAI", id="no-as-an-answer"),
        pytest.param("no recuerdo qué le toca a UTAI", id="not-remembering"),
        pytest.param("¿no hay nada de UTAI?", id="asked-in-the-negative"),
        pytest.param("los de UTAI", id="none"),
        pytest.param("por lo menos los de UTAI", id="at-least"),
        pytest.param("dime al menos los de UTAI", id="at-the-least"),
        pytest.param("no sé qué le toca a UTAI", id="not-knowing-what"),
        pytest.param("no sé cuáles son los de UTAI", id="not-knowing-which"),
        pytest.param("los de UTAI, ¿no?", id="tag-question"),
        pytest.param("¿no tiene UTAI algo?", id="whether-any"),
        pytest.param("¿verdad que no tiene UTAI nada?", id="is-it-true-that-not"),
        pytest.param("creo que no le toca nada a UTAI", id="i-think-not"),
        pytest.param("no encuentro los de UTAI", id="what-i-do-not-find"),
        pytest.param("lo que no entiendo es qué le toca a UTAI", id="what-i-do-not-understand"),
        pytest.param("¿no me muestras los de UTAI?", id="asked-politely"),
        pytest.param("¿algo de UTAI o ya no?", id="or-no-longer"),
        pytest.param("lo que aún no llega de UTAI", id="not-come-in"),
        pytest.param("lo que no está listo de UTAI", id="not-ready"),
    ],
)
def test_nothing_is_left_out_where_nothing_is_denied(text: str) -> None:
    found = wanted(text)

    assert (found.units, found.without) == (("UTAI",), ())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("medios de junio, ninguno de UTAI", Intent.UNKNOWN, id="none-of"),
        pytest.param("cuántos de junio, ninguno de UTAI", Intent.UNKNOWN, id="count"),
        pytest.param("¿por qué no figura UTAI en junio?", Intent.UNKNOWN, id="why-not"),
        pytest.param("los que no están firmados de UTAI", Intent.UNKNOWN, id="unread-state"),
        pytest.param("dime no más lo de UTAI", Intent.LIST, id="no-more-than"),
        pytest.param("más o menos los de UTAI", Intent.LIST, id="more-or-less"),
        pytest.param("no puedo ver los de UTAI", Intent.LIST, id="what-i-cannot"),
    ],
)
def test_no_list_is_given_past_a_denial_that_was_not_read(text: str, intent: Intent) -> None:
    assert asked(text).intent is intent


def test_the_unit_somebody_is_not_of_is_not_asked_for() -> None:
    assert wanted("no soy de UTAI, soy de UTI, ¿qué me toca?") == MeansFilter(units=("UTI",))
