"""Orders to record a means as submitted, and statements that it was."""

import pytest

from handlers.question import Intent
from storage.records import MeansFilter, Ref
from tests.handlers.language.asking import asked, commitments, means

JUNE_LIST = "¿qué vence en junio?"


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        pytest.param("marca el 12.1 como presentado", means("12.1"), id="mark"),
        pytest.param("márcame el 12.1 como entregado", means("12.1"), id="mark-for-me"),
        pytest.param("registra el 12.1", means("12.1"), id="record"),
        pytest.param("ponle check al 12.1", means("12.1"), id="check"),
        pytest.param("12.1 listo", means("12.1"), id="ready"),
        pytest.param("12.1 presentado", means("12.1"), id="participle"),
        pytest.param("ya entregamos el 12.1", means("12.1"), id="we-handed-in"),
        pytest.param("ya presenté el 12.1", means("12.1"), id="i-submitted"),
        pytest.param("el 12.1 ya fue enviado", means("12.1"), id="was-sent"),
        pytest.param("acabo de subir el 12.1", means("12.1"), id="just-uploaded"),
        pytest.param("dalo por presentado el 12.1", means("12.1"), id="take-it-as"),
        pytest.param("informo que ya se presentó el 12.1", means("12.1"), id="report"),
        pytest.param("marca el 4.1 y el 4.2 como presentados", means("4.1", "4.2"), id="two"),
        pytest.param("marca el compromiso 7 como presentado", commitments("7"), id="commitment"),
        pytest.param("ya entregamos el 12.1 el 30 de mayo", means("12.1"), id="day-of-delivery"),
        pytest.param("el 4.1 ya lo presentamos", means("4.1"), id="we-submitted-it"),
        pytest.param("12.1 presentado hoy", means("12.1"), id="today-is-no-due-day"),
        pytest.param("ayer presentamos el 12.1", means("12.1"), id="yesterday"),
        pytest.param("toma nota: 12.1 entregado", means("12.1"), id="take-note"),
        pytest.param(
            "el 12.1 ya está en mesa de partes, lo presentamos ayer", means("12.1"), id="filed"
        ),
        pytest.param(
            "el 4.1 ya lo presentamos, el 4.2 todavía no",
            means("4.1"),
            id="one-done-the-other-not-yet",
        ),
        pytest.param("el 12.1 ya se entregó ayer", means("12.1"), id="told-with-its-day"),
    ],
)
def test_a_mark_is_ordered(text: str, refs: tuple[Ref, ...]) -> None:
    question = asked(text)

    assert (question.intent, question.wanted) == (Intent.MARK, MeansFilter(refs=refs))


def test_a_topic_can_be_marked() -> None:
    question = asked("ya entregamos la malla curricular")

    assert question.intent is Intent.MARK
    assert [word.typed for word in question.wanted.topic] == ["malla", "curricular"]


@pytest.mark.parametrize(
    ("text", "nth"),
    [
        pytest.param("marca el segundo", (2,), id="ordinal"),
        pytest.param("ya entregamos el primero", (1,), id="statement"),
        pytest.param("marca el último como presentado", (-1,), id="last"),
    ],
)
def test_a_place_in_the_last_answer_can_be_marked(text: str, nth: tuple[int, ...]) -> None:
    question = asked(JUNE_LIST, text)

    assert (question.intent, question.nth) == (Intent.MARK, nth)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("¿ya se presentó el 12.1?", Intent.DETAIL, id="question"),
        pytest.param("¿ya entregamos el 12.1?", Intent.DETAIL, id="our-question"),
        pytest.param("12.1 ya se envió, ¿no?", Intent.DETAIL, id="tag-question"),
        pytest.param("no hemos entregado el 12.1", Intent.DETAIL, id="denied"),
        pytest.param("falta presentar el 12.1", Intent.DETAIL, id="lacking"),
        pytest.param("marca el 12.1 como no presentado", Intent.DETAIL, id="mark-of-the-opposite"),
        pytest.param("anota que falta entregar el 12.1", Intent.DETAIL, id="note-that-it-lacks"),
        pytest.param("registra que el 12.1 no se presentó", Intent.DETAIL, id="note-that-not"),
        pytest.param("los ya entregados", Intent.LIST, id="list-of-them"),
        pytest.param("ya presentados de la recomendación 4", Intent.LIST, id="plural-of-some"),
        pytest.param("presentados del compromiso 12", Intent.LIST, id="plural-of-a-commitment"),
        pytest.param("ya entregados de UTAI", Intent.LIST, id="plural-of-a-unit"),
        pytest.param("¿qué se presentó en mayo?", Intent.LIST, id="what-was-submitted"),
        pytest.param("¿cuántos ya se entregaron?", Intent.COUNT, id="how-many"),
        pytest.param("¿cuáles se marcaron como presentados?", Intent.LIST, id="which-are-marked"),
        pytest.param(
            "¿cuántos debo marcar como presentados?", Intent.COUNT, id="how-many-to-mark"
        ),
        pytest.param("¿cómo marco el 12.1 como presentado?", Intent.DETAIL, id="how-to-one"),
        pytest.param("¿cómo registro una entrega?", Intent.HELP, id="how-to"),
        pytest.param("¿quién presentó el 12.1?", Intent.DETAIL, id="who"),
        pytest.param("debemos presentar el 12.1", Intent.DETAIL, id="must"),
        pytest.param("mañana entregamos el 12.1", Intent.DETAIL, id="tomorrow"),
        pytest.param("ya casi entregamos el 12.1", Intent.DETAIL, id="almost"),
        pytest.param("12.1 no listo", Intent.DETAIL, id="not-ready"),
        pytest.param("el 12.1 aún no está listo", Intent.DETAIL, id="not-ready-yet"),
        pytest.param("cambia la fecha del 12.1", Intent.UNKNOWN, id="change-of-the-date"),
        pytest.param("actualiza el responsable del 12.1", Intent.UNKNOWN, id="change-of-the-unit"),
        pytest.param("marca el 12.1 como observado", Intent.UNKNOWN, id="mark-as-observed"),
        pytest.param("marca el 12.1 como verificado", Intent.UNKNOWN, id="mark-as-verified"),
        pytest.param("los que ya se entregaron", Intent.LIST, id="those-that-were"),
        pytest.param("los que ya fueron presentados", Intent.LIST, id="those-that-have-been"),
        pytest.param("lo ya presentado", Intent.LIST, id="what-was"),
        pytest.param("las que UTAI ya entregó", Intent.LIST, id="those-of-a-unit"),
        pytest.param(
            "los que ya se entregaron en la recomendación 3", Intent.LIST, id="relative-clause"
        ),
        pytest.param(
            "los de la rec 4 que ya se cumplieron", Intent.LIST, id="relative-of-a-number"
        ),
        pytest.param("de la rec 4 que cosas ya se cumplieron", Intent.LIST, id="ask-word-within"),
        pytest.param("del compromiso 12 qué ya se mandó", Intent.LIST, id="of-a-commitment"),
        pytest.param(
            "los informes que ya mandaron de UTAI", Intent.LIST, id="papers-report-nothing"
        ),
        pytest.param("no marques el 12.1", Intent.UNKNOWN, id="forbidden"),
        pytest.param("quita la marca del 12.1", Intent.UNKNOWN, id="taken-back"),
        pytest.param("desmarca el 12.1", Intent.UNKNOWN, id="unmark"),
        pytest.param("cámbiale a UPPM", Intent.LIST, id="change-of-the-question"),
        pytest.param("ponme lo de UTAI", Intent.LIST, id="put-me"),
    ],
)
def test_no_mark_is_ordered(text: str, intent: Intent) -> None:
    assert asked(text).intent is intent
