"""Questions for a meaning, and on the act itself."""

import pytest

from handlers.question import ActFacet, Intent
from storage.records import MeansFilter
from tests.handlers.language.asking import asked


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("¿qué es RDE?", ("RDE",), id="what-is"),
        pytest.param("que es el saf", ("SAF",), id="without-marks"),
        pytest.param("¿qué significa MCC?", ("MCC",), id="signifies"),
        pytest.param("¿qué quiere decir TDR?", ("TDR",), id="wants-to-say"),
        pytest.param("significado de EGT", ("EGT",), id="meaning-of"),
        pytest.param("define POI", ("POI",), id="define"),
        pytest.param("¿a qué le llaman CIAI?", ("CIAI",), id="is-called"),
        pytest.param("SINEACE?", ("SINEACE",), id="term-alone"),
        pytest.param("¿qué es UTAI?", ("UTAI",), id="unit"),
        pytest.param("¿qué es UOAI?", ("UOAI",), id="unit-nobody-spells-out"),
        pytest.param(
            "¿qué es un medio de verificación?", ("medio de verificación",), id="concept"
        ),
        pytest.param("¿qué es un compromiso?", ("compromiso de mejora",), id="short-concept"),
        pytest.param("¿qué es un comité de gestión?", ("CG",), id="spelt-out"),
        pytest.param("¿qué es SAF y SCD?", ("SAF", "SCD"), id="two"),
        pytest.param("¿qué cosa viene a ser la MCM?", ("MCM",), id="comes-to-be"),
        pytest.param("¿qué rayos es el SAF?", ("SAF",), id="on-earth"),
        pytest.param("UOAI = ?", ("UOAI",), id="equals"),
        pytest.param("¿cómo se desarrolla SAF?", ("SAF",), id="is-spelt-out"),
        pytest.param("recuérdame qué significa SAF", ("SAF",), id="remind-me"),
        pytest.param("OCT, ¿qué siglas son?", ("OCT",), id="term-that-looks-like-a-month"),
        pytest.param(
            "aclare el término «cogestión comunal»", ("cogestión comunal",), id="words-of-no-term"
        ),
        pytest.param("PNCM viene a ser qué cosa", ("PNCM",), id="term-first"),
        pytest.param("MCM que es", ("MCM",), id="term-before-what-it-is"),
        pytest.param(
            "la mcm que viene a ser pues", ("MCM",), id="term-before-what-it-comes-to-be"
        ),
        pytest.param("el SAF es como qué, pues", ("SAF",), id="term-first-and-a-courtesy"),
        pytest.param("UTI, ¿a qué corresponden esas letras?", ("UTI",), id="letters"),
        pytest.param("¿a qué corresponde UTI?", ("UTI",), id="stands-for"),
        pytest.param("¿en q se diferencian UT y UTAI?", ("UT", "UTAI"), id="differ"),
        pytest.param("¿UT y UTAI son lo mismo?", ("UT", "UTAI"), id="the-same"),
        pytest.param("el glosario", (), id="glossary"),
    ],
)
def test_a_term_is_explained(text: str, terms: tuple[str, ...]) -> None:
    question = asked(text)

    assert (question.intent, question.terms, question.facet) == (Intent.DEFINE, terms, None)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("¿qué es lo que vence en junio?", Intent.LIST, id="relative"),
        pytest.param("¿qué es lo próximo que vence?", Intent.LIST, id="superlative"),
        pytest.param("¿qué es lo próximo de UTAI?", Intent.LIST, id="superlative-of-a-unit"),
        pytest.param("¿qué es lo más urgente de UTAI?", Intent.LIST, id="most-urgent-of-a-unit"),
        pytest.param("¿qué debe UTAI?", Intent.LIST, id="what-a-unit-owes"),
        pytest.param("UTAI", Intent.LIST, id="unit-alone"),
        pytest.param("¿qué es el 12.1?", Intent.DETAIL, id="means"),
        pytest.param("¿qué es el amor?", Intent.UNKNOWN, id="no-term"),
        pytest.param("recuérdame qué vence en junio", Intent.LIST, id="remind-me-what"),
        pytest.param("¿qué medios son de UTAI?", Intent.LIST, id="relative-of-means"),
        pytest.param("¿en qué es responsable CGC?", Intent.LIST, id="in-what"),
        pytest.param(
            "¿de qué es responsable la Coordinación de Gestión Comunitaria?",
            Intent.LIST,
            id="of-what",
        ),
        pytest.param("¿a qué está obligada la UC?", Intent.LIST, id="bound-to-what"),
        pytest.param("¿qué le corresponde a UTI?", Intent.LIST, id="falls-to-a-unit"),
        pytest.param("los de UTAI que vencen en junio, qué son", Intent.LIST, id="what-they-are"),
    ],
)
def test_no_meaning_is_asked(text: str, intent: Intent) -> None:
    question = asked(text)

    assert (question.intent, question.terms) == (intent, ())


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        pytest.param("¿quién firmó el acta?", ActFacet.SIGNATORIES, id="who-signed"),
        pytest.param("¿quiénes firmaron?", ActFacet.SIGNATORIES, id="who-signed-alone"),
        pytest.param("¿cuándo se firmó el acta?", ActFacet.SIGNATORIES, id="when-signed"),
        pytest.param("¿quiénes suscribieron el acta?", ActFacet.SIGNATORIES, id="subscribed"),
        pytest.param("¿cuándo fue la reunión del acta?", ActFacet.MEETING, id="meeting"),
        pytest.param("¿de cuándo es el acta?", ActFacet.MEETING, id="of-when"),
        pytest.param("¿qué directiva menciona el acta?", ActFacet.DIRECTIVE, id="directive"),
        pytest.param("¿de qué evaluación sale el acta?", ActFacet.EVALUATION, id="evaluation"),
        pytest.param("¿qué evaluación fue?", ActFacet.EVALUATION, id="evaluation-alone"),
        pytest.param("¿qué directiva rige?", ActFacet.DIRECTIVE, id="directive-alone"),
        pytest.param("¿quiénes participaron en el acta?", ActFacet.PARTIES, id="parties"),
        pytest.param("¿quién es la persona de contacto?", ActFacet.CONTACT, id="contact"),
        pytest.param(
            "¿quién es responsable del cumplimiento?", ActFacet.COMPLIANCE, id="compliance"
        ),
        pytest.param("¿quién hace el seguimiento?", ActFacet.FOLLOW_UP, id="follow-up"),
        pytest.param("¿qué dice el acta?", ActFacet.WHOLE, id="whole"),
        pytest.param("acta 002-2021", ActFacet.WHOLE, id="number"),
        pytest.param("¿qué acuerdos tiene el acta?", ActFacet.AGREEMENTS, id="agreements"),
        pytest.param("¿qué se acordó?", ActFacet.AGREEMENTS, id="was-agreed"),
        pytest.param("¿dónde fue la reunión?", ActFacet.MEETING, id="where"),
        pytest.param(
            "¿en virtud de qué directiva se hizo la matriz?",
            ActFacet.DIRECTIVE,
            id="by-which-directive",
        ),
    ],
)
def test_the_act_itself_can_be_asked_for(text: str, facet: ActFacet) -> None:
    question = asked(text)

    assert (question.intent, question.facet, question.terms) == (Intent.DEFINE, facet, ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿quién es responsable del 12.1?", id="responsible-for-a-means"),
        pytest.param("¿cuándo vence el 12.1?", id="due-day"),
        pytest.param("pendientes del acta 002-2021", id="status-within-the-act"),
        pytest.param("¿cuántos medios tiene el acta?", id="count"),
        pytest.param("¿qué vence en junio según el acta?", id="month-in-the-act"),
        pytest.param("avance del acta", id="summary"),
        pytest.param("suscríbeme", id="subscription"),
    ],
)
def test_a_question_on_the_matrix_is_none_on_the_act(text: str) -> None:
    assert asked(text).facet is None


def test_the_act_named_is_kept() -> None:
    question = asked("¿quién firmó el acta 002-2021?")

    assert question.wanted == MeansFilter(acts=("002-2021",))
