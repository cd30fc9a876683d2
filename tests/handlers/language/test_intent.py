"""What the person wants."""

from datetime import date

import pytest

from handlers.question import Courtesy, Intent, Pick
from storage.records import Level, MeansFilter, StatusFilter
from tests.handlers.language.asking import JUNE, asked


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        # list
        pytest.param("¿qué vence en junio?", Intent.LIST, id="what-falls-due"),
        pytest.param("q vence en junio", Intent.LIST, id="phone"),
        pytest.param("compromisos de UTAI", Intent.LIST, id="noun-and-unit"),
        pytest.param("UTAI", Intent.LIST, id="unit-alone"),
        pytest.param("junio", Intent.LIST, id="month-alone"),
        pytest.param("lista todos los medios", Intent.LIST, id="all"),
        pytest.param("muéstrame los pendientes", Intent.LIST, id="show"),
        pytest.param("habilidades blandas", Intent.LIST, id="topic-alone"),
        pytest.param("recomendación 4", Intent.LIST, id="recommendation"),
        pytest.param("medios del compromiso 4", Intent.LIST, id="means-of-a-commitment"),
        pytest.param("área de monitoreo", Intent.LIST, id="area"),
        pytest.param("necesito saber qué le toca a UTI", Intent.LIST, id="need"),
        # count
        pytest.param("¿cuántos vencen en junio?", Intent.COUNT, id="how-many"),
        pytest.param("cuántos pendientes tiene UTAI", Intent.COUNT, id="how-many-pending"),
        pytest.param("cantidad de medios de UTAI", Intent.COUNT, id="quantity"),
        pytest.param("¿cuántos medios hay en total?", Intent.COUNT, id="in-all"),
        pytest.param("ctos faltan", Intent.COUNT, id="how-many-on-the-phone"),
        pytest.param("número de compromisos vencidos", Intent.COUNT, id="number-of"),
        # detail
        pytest.param("medio 12.1", Intent.DETAIL, id="means"),
        pytest.param("12.1", Intent.DETAIL, id="code"),
        pytest.param("compromiso 12", Intent.DETAIL, id="commitment"),
        pytest.param("¿quién es responsable del 12.1?", Intent.DETAIL, id="who"),
        pytest.param("¿cuándo vence el 12.1?", Intent.DETAIL, id="when"),
        pytest.param("¿de qué trata el compromiso 7?", Intent.DETAIL, id="what-about"),
        pytest.param("¿quién ve lo de salud mental?", Intent.DETAIL, id="who-on-a-topic"),
        pytest.param("¿cuándo vence la malla curricular?", Intent.DETAIL, id="when-on-a-topic"),
        pytest.param("¿ya se presentó el 12.1?", Intent.DETAIL, id="was-it-submitted"),
        pytest.param("explícame la recomendación 4", Intent.DETAIL, id="tell-a-recommendation"),
        pytest.param("¿cuánto tiempo queda para el 12.1?", Intent.DETAIL, id="how-long"),
        # summary
        pytest.param("¿cómo vamos?", Intent.SUMMARY, id="how-is-it"),
        pytest.param("resumen", Intent.SUMMARY, id="summary"),
        pytest.param("avance de UTAI", Intent.SUMMARY, id="progress"),
        pytest.param("¿qué unidad está más atrasada?", Intent.SUMMARY, id="worst-unit"),
        # define
        pytest.param("¿qué es RDE?", Intent.DEFINE, id="what-is"),
        pytest.param("¿qué significa SAF?", Intent.DEFINE, id="means-what"),
        pytest.param("¿quién firmó el acta?", Intent.DEFINE, id="who-signed"),
        # mark
        pytest.param("marca el 12.1 como presentado", Intent.MARK, id="mark"),
        pytest.param("ya entregamos el 12.1", Intent.MARK, id="handed-in"),
        # notices
        pytest.param("avísame de los vencimientos", Intent.SUBSCRIBE, id="notify-me"),
        pytest.param("ya no me mandes avisos", Intent.UNSUBSCRIBE, id="no-more"),
        # help
        pytest.param("ayuda", Intent.HELP, id="help"),
        pytest.param("/start", Intent.HELP, id="start"),
        pytest.param("¿qué puedes hacer?", Intent.HELP, id="what-can-you-do"),
        pytest.param("¿cómo marco un medio como presentado?", Intent.HELP, id="how-to-mark"),
        pytest.param("hola", Intent.HELP, id="greeting"),
        # unknown
        pytest.param("¿quién ganó el mundial?", Intent.UNKNOWN, id="football"),
        pytest.param("", Intent.UNKNOWN, id="empty"),
        # of other offices
        pytest.param("¿qué horario atiende la municipalidad?", Intent.UNKNOWN, id="opening-hours"),
        pytest.param("el horario de atención de la municipalidad", Intent.UNKNOWN, id="hours-of"),
        pytest.param("¿cuál es el teléfono de la municipalidad?", Intent.UNKNOWN, id="telephone"),
        pytest.param("¿dónde queda la municipalidad?", Intent.UNKNOWN, id="where-it-lies"),
        pytest.param("¿cuál es el horario de UTAI?", Intent.UNKNOWN, id="hours-of-a-unit"),
        pytest.param("¿dónde queda el PNCM?", Intent.UNKNOWN, id="where-the-programme-lies"),
        pytest.param("¿qué queda de junio?", Intent.LIST, id="what-is-left"),
        pytest.param("¿qué vence con las municipalidades?", Intent.LIST, id="word-of-the-act"),
        # how many units
        pytest.param("¿cuántos medios tienen más de una unidad?", Intent.COUNT, id="shared"),
        pytest.param("¿cuántos comparten dos o más unidades?", Intent.COUNT, id="two-or-more"),
        pytest.param("¿cuántos tienen más de un responsable?", Intent.COUNT, id="responsible"),
        pytest.param("¿cuántos medios tienen más de dos unidades?", Intent.UNKNOWN, id="over-two"),
        pytest.param("¿cuántos medios tienen tres unidades?", Intent.UNKNOWN, id="exactly-three"),
        # said again in other words
        pytest.param(
            "¿quién la tiene difícil, o sea qué unidad tiene más pendientes?",
            Intent.SUMMARY,
            id="or-rather",
        ),
        pytest.param("¿cómo andamos, es decir cuántos faltan?", Intent.COUNT, id="that-is"),
        pytest.param("lo de los talleres, o sea cuándo vence", Intent.UNKNOWN, id="unknown-noun"),
    ],
)
def test_the_intent_is_read(text: str, intent: Intent) -> None:
    assert asked(text).intent is intent


@pytest.mark.parametrize(
    ("text", "level"),
    [
        pytest.param("¿cuántos compromisos tiene UTAI?", Level.COMMITMENT, id="commitments"),
        pytest.param("cantidad de compromisos de UTI", Level.COMMITMENT, id="quantity"),
        pytest.param("número de compromisos vencidos", Level.COMMITMENT, id="number-of"),
        pytest.param("¿cuántas recomendaciones hay?", Level.RECOMMENDATION, id="recommendations"),
        pytest.param(
            "¿cuántas recomendaciones tienen algo vencido?",
            Level.RECOMMENDATION,
            id="recommendations-of-a-status",
        ),
        pytest.param("¿cuántos medios tiene el compromiso 4?", Level.MEANS, id="means"),
        pytest.param("¿cuántos vencen en junio?", Level.MEANS, id="no-noun"),
    ],
)
def test_what_is_counted_is_what_is_asked_for(text: str, level: Level) -> None:
    question = asked(text)

    assert (question.intent, question.counted) == (Intent.COUNT, level)


def test_only_a_count_counts() -> None:
    assert asked("compromisos de UTAI").counted is Level.MEANS


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        pytest.param("hola", Courtesy.GREETING, id="hello"),
        pytest.param("buenos días", Courtesy.GREETING, id="good-morning"),
        pytest.param("holaaaa", Courtesy.GREETING, id="drawn-out"),
        pytest.param("hola, ¿cómo estás?", Courtesy.GREETING, id="how-are-you"),
        pytest.param("👋", Courtesy.GREETING, id="emoji"),
        pytest.param("gracias", Courtesy.THANKS, id="thanks"),
        pytest.param("muchas gracias!!", Courtesy.THANKS, id="many-thanks"),
        pytest.param("chau", Courtesy.FAREWELL, id="goodbye"),
        pytest.param("ayuda", Courtesy.HELP, id="help"),
        pytest.param("/help", Courtesy.HELP, id="command"),
        pytest.param("gracias por su apoyo", Courtesy.THANKS, id="thanks-for-support"),
        pytest.param(
            "muchas gracias por la información", Courtesy.THANKS, id="thanks-for-information"
        ),
        pytest.param("¿en qué me puede ayudar?", Courtesy.HELP, id="what-can-you-help-with"),
        pytest.param("¿qué tipo de consultas absuelves?", Courtesy.HELP, id="what-do-you-answer"),
    ],
)
def test_courtesies_are_answered_in_kind(text: str, courtesy: Courtesy) -> None:
    question = asked(text)

    assert (question.intent, question.courtesy) == (Intent.HELP, courtesy)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("hola, ¿qué vence en junio?", id="greeting"),
        pytest.param("buenas tardes, qué vence en junio porfa", id="good-afternoon"),
        pytest.param("¿qué vence en junio? gracias", id="thanks"),
        pytest.param("disculpa la molestia, ¿me dices qué vence en junio?", id="sorry"),
    ],
)
def test_a_courtesy_before_a_question_changes_nothing(text: str) -> None:
    question = asked(text)

    assert (question.intent, question.wanted) == (Intent.LIST, MeansFilter(due=(JUNE,)))


@pytest.mark.parametrize(
    ("text", "pick", "expected"),
    [
        pytest.param("¿cuál es el próximo en vencer?", Pick.NEXT, MeansFilter(), id="next"),
        pytest.param("¿qué es lo próximo que vence?", Pick.NEXT, MeansFilter(), id="next-thing"),
        pytest.param("el compromiso más urgente", Pick.NEXT, MeansFilter(), id="most-urgent"),
        pytest.param(
            "el próximo vencimiento de UTI", Pick.NEXT, MeansFilter(units=("UTI",)), id="of-a-unit"
        ),
        pytest.param("¿qué es lo último que vence?", Pick.LATEST, MeansFilter(), id="latest"),
        pytest.param("el último medio en vencer", Pick.LATEST, MeansFilter(), id="latest-noun"),
        pytest.param("¿qué es lo primero que vence?", Pick.EARLIEST, MeansFilter(), id="first"),
        pytest.param(
            "el más atrasado",
            Pick.EARLIEST,
            MeansFilter(status=StatusFilter.OVERDUE),
            id="most-overdue",
        ),
        pytest.param("el medio más antiguo", Pick.EARLIEST, MeansFilter(), id="oldest"),
        pytest.param(
            "el pendiente más antiguo",
            Pick.EARLIEST,
            MeansFilter(status=StatusFilter.PENDING),
            id="oldest-pending",
        ),
        pytest.param(
            "el que lleva más tiempo vencido",
            Pick.EARLIEST,
            MeansFilter(status=StatusFilter.OVERDUE),
            id="longest-overdue",
        ),
        pytest.param("el vencimiento más lejano", Pick.LATEST, MeansFilter(), id="farthest"),
        pytest.param("lo más lejano que vence", Pick.LATEST, MeansFilter(), id="farthest-thing"),
        pytest.param("el más urgente", Pick.NEXT, MeansFilter(), id="urgent-alone"),
        pytest.param(
            "el que vence más tarde de UTI", Pick.LATEST, MeansFilter(units=("UTI",)), id="later"
        ),
        pytest.param("¿cuál caduca más tarde?", Pick.LATEST, MeansFilter(), id="expires-later"),
        pytest.param("¿cuál vence más temprano?", Pick.NEXT, MeansFilter(), id="sooner"),
        pytest.param(
            "¿cuál tiene la fecha más tardía?", Pick.LATEST, MeansFilter(), id="latest-day"
        ),
        pytest.param(
            "¿qué fue lo primero que venció?",
            Pick.EARLIEST,
            MeansFilter(status=StatusFilter.OVERDUE),
            id="first-that-fell-due",
        ),
        pytest.param(
            "¿cuál fue el último que venció?",
            Pick.LATEST,
            MeansFilter(status=StatusFilter.OVERDUE),
            id="last-that-fell-due",
        ),
        pytest.param("lo más próximo a vencer", Pick.NEXT, MeansFilter(), id="nearest"),
        pytest.param("¿qué sigue?", Pick.NEXT, MeansFilter(), id="what-comes-next"),
    ],
)
def test_a_superlative_picks_by_the_due_day(text: str, pick: Pick, expected: MeansFilter) -> None:
    question = asked(text)

    assert (question.pick, question.wanted) == (pick, expected)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿qué vence en los próximos 10 días?", id="next-days"),
        pytest.param("¿qué vence el próximo mes?", id="next-month"),
        pytest.param("¿qué vence en el último trimestre?", id="last-quarter"),
        pytest.param("¿qué vence la primera semana de junio?", id="first-week"),
        pytest.param("la primera recomendación", id="first-recommendation"),
        pytest.param("los más atrasados", id="several"),
        pytest.param("los próximos vencimientos de UTAI", id="several-to-come"),
        pytest.param("¿qué unidad está más atrasada?", id="ranking"),
        pytest.param("¿qué vence en junio?", id="none"),
    ],
)
def test_an_ordinal_of_something_else_is_no_superlative(text: str) -> None:
    assert asked(text).pick is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("¿qué día cae el 28 de julio?", id="weekday"),
        pytest.param("¿cuántos días trae febrero?", id="length-of-a-month"),
        pytest.param("¿cuánto falta para navidad?", id="time-until-a-holiday"),
        pytest.param("¿cuántos días faltan para fiestas patrias?", id="days-until-a-holiday"),
        pytest.param("falta poco para fiestas patrias", id="little-time-until-a-holiday"),
    ],
)
def test_the_calendar_is_not_the_matrix(text: str) -> None:
    assert asked(text).intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("¿cuántas quejosas tiene UTAI?", Intent.UNKNOWN, id="unknown-noun"),
        pytest.param("¿cuántos trabajadores tiene UTAI?", Intent.UNKNOWN, id="people"),
        pytest.param("número de empleados de la UTAI", Intent.UNKNOWN, id="number-of-people"),
        pytest.param("¿cuántas cosas tiene UTAI?", Intent.COUNT, id="things"),
        pytest.param("¿cuántos asuntos ve UTAI?", Intent.COUNT, id="matters"),
        pytest.param("¿cuántos más tiene UTAI?", Intent.COUNT, id="more"),
        pytest.param("¿cuántos están en mayo?", Intent.COUNT, id="no-noun"),
        pytest.param("¿cuántas RDE hay?", Intent.COUNT, id="noun-of-the-texts"),
        pytest.param("número de incumplimientos de UTAI", Intent.COUNT, id="failures"),
        pytest.param("¿cuántos niños atienden?", Intent.UNKNOWN, id="children-of-the-texts"),
        pytest.param("¿cuántas madres cuidadoras hay?", Intent.UNKNOWN, id="mothers-of-the-texts"),
        pytest.param("¿cuántos actores comunales hay?", Intent.UNKNOWN, id="people-of-an-area"),
        pytest.param("¿cuántas llamadas llegaron?", Intent.UNKNOWN, id="calls"),
        pytest.param("¿cuántos informes hay?", Intent.COUNT, id="kind-of-means"),
        pytest.param("¿cuántos planes son?", Intent.COUNT, id="kind-that-is-an-everyday-word"),
        pytest.param("¿cuántas asignadas a UTAI?", Intent.COUNT, id="participle-of-means"),
        pytest.param("¿cuántos son de salud mental?", Intent.COUNT, id="of-a-topic"),
    ],
)
def test_no_count_is_given_of_another_noun(text: str, intent: Intent) -> None:
    assert asked(text).intent is intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("mi cumple es en mayo", Intent.UNKNOWN, id="owned"),
        pytest.param("el cumple de la jefa de UTAI es en mayo", Intent.UNKNOWN, id="of-somebody"),
        pytest.param("¿quién cumple en mayo?", Intent.LIST, id="verb"),
        pytest.param("mi entrega de mayo", Intent.LIST, id="noun-of-the-matrix"),
        pytest.param("¿qué almorzamos en mayo?", Intent.UNKNOWN, id="lunch"),
        pytest.param("¿qué nos toca en mayo?", Intent.LIST, id="what-falls-to-us"),
    ],
)
def test_a_verb_of_the_matrix_must_be_one(text: str, intent: Intent) -> None:
    assert asked(text).intent is intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param(
            "el sábado tengo un compromiso, se casa mi prima", Intent.UNKNOWN, id="wedding"
        ),
        pytest.param("me salió un compromiso de última hora", Intent.UNKNOWN, id="last-minute"),
        pytest.param("este viernes tengo un compromiso familiar", Intent.UNKNOWN, id="family"),
        pytest.param("en junio tuve un compromiso", Intent.UNKNOWN, id="past"),
        pytest.param("ya terminé mi tarea", Intent.UNKNOWN, id="homework"),
        pytest.param(
            "tengo una tarea que me dejó el profe para junio", Intent.UNKNOWN, id="relative-clause"
        ),
        pytest.param("ya entregué todo", Intent.UNKNOWN, id="handed-in-everything"),
        pytest.param("me comprometo a ir el lunes", Intent.UNKNOWN, id="promise"),
        pytest.param("el medio ambiente en junio", Intent.UNKNOWN, id="environment"),
        pytest.param("necesito un medio de transporte el lunes", Intent.UNKNOWN, id="transport"),
        pytest.param("necesito una recomendación laboral", Intent.UNKNOWN, id="advice"),
        pytest.param("cumplo años en diciembre", Intent.UNKNOWN, id="birthday"),
        pytest.param("¿hay un compromiso este mes?", Intent.LIST, id="asked"),
        pytest.param("mis compromisos de diciembre", Intent.LIST, id="several"),
        pytest.param("un compromiso de diciembre", Intent.LIST, id="no-verb"),
        pytest.param("UTAI tiene un compromiso en junio", Intent.LIST, id="of-a-unit"),
        pytest.param("el compromiso de diciembre", Intent.LIST, id="definite"),
        pytest.param("dame un compromiso que venza en junio", Intent.LIST, id="order"),
    ],
)
def test_a_remark_lists_nothing(text: str, intent: Intent) -> None:
    assert asked(text).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sin mucho rollo lo de junio", id="without-fuss"),
        pytest.param("sin floro, lo de junio", id="without-talk"),
        pytest.param("ponme lo de junio", id="put-me"),
        pytest.param("sé que hay cosas de mayo, pero ¿qué hay en junio?", id="i-know"),
        pytest.param("ya vi mayo, ahora junio", id="seen-already"),
        pytest.param("lo de junio aunque ya esté entregado", id="although"),
        pytest.param("dame mayo, no, mejor junio", id="rather"),
        pytest.param("junio en una sola lista pf", id="in-one-list"),
        pytest.param("junio todo junto", id="all-together"),
        pytest.param("en un solo cuadro lo de junio", id="in-one-table"),
        pytest.param(
            "quién dijo que mayo estaba vacío, fíjate bien qué hay en junio", id="who-said"
        ),
        pytest.param("cómo que no hay nada en mayo, revisa junio", id="what-do-you-mean"),
        pytest.param("¿cómo viene junio?", id="how-a-month-comes"),
        pytest.param("y junio cómo pinta", id="how-a-month-looks"),
        pytest.param("¿qué se nos viene, o sea lo de junio?", id="that-is-the-month"),
    ],
)
def test_what_stands_around_a_question_is_not_asked(text: str) -> None:
    question = asked(text)

    assert (question.intent, question.wanted) == (Intent.LIST, MeansFilter(due=(JUNE,)))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("¿qué entregables están anulados?", Intent.UNKNOWN, id="called-off"),
        pytest.param("los medios firmados", Intent.UNKNOWN, id="signed"),
        pytest.param("los compromisos asumidos", Intent.LIST, id="taken-on"),
        pytest.param("los medios programados", Intent.LIST, id="planned"),
    ],
)
def test_a_state_that_is_not_kept_lists_nothing(text: str, intent: Intent) -> None:
    assert asked(text).intent is intent


def test_today_is_the_day_given() -> None:
    question = asked("¿qué vence hoy?", today=date(2021, 6, 30))

    [day] = question.wanted.due
    assert (day.start, day.end) == (date(2021, 6, 30), date(2021, 6, 30))
