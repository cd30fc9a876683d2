"""Subscriptions to notices."""

import pytest

from handlers.question import Intent
from storage.records import MeansFilter, StatusFilter
from tests.handlers.language.asking import asked


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("avísame de los vencimientos", Intent.SUBSCRIBE, id="notify-me"),
        pytest.param("avisame cuando algo este por vencer", Intent.SUBSCRIBE, id="no-accents"),
        pytest.param("quiero recibir recordatorios", Intent.SUBSCRIBE, id="receive-reminders"),
        pytest.param("activa las alertas", Intent.SUBSCRIBE, id="switch-on"),
        pytest.param("suscríbeme al resumen semanal", Intent.SUBSCRIBE, id="subscribe-me"),
        pytest.param("quiero suscribirme", Intent.SUBSCRIBE, id="subscribe-myself"),
        pytest.param("mándame el resumen cada lunes", Intent.SUBSCRIBE, id="each-monday"),
        pytest.param("que nos llegue el boletín", Intent.SUBSCRIBE, id="may-it-reach-us"),
        pytest.param("ya no me mandes avisos", Intent.UNSUBSCRIBE, id="send-no-more"),
        pytest.param("no quiero más recordatorios", Intent.UNSUBSCRIBE, id="want-no-more"),
        pytest.param("desactiva las alertas", Intent.UNSUBSCRIBE, id="switch-off"),
        pytest.param("cancela las notificaciones", Intent.UNSUBSCRIBE, id="cancel"),
        pytest.param("dame de baja", Intent.UNSUBSCRIBE, id="out"),
        pytest.param("desuscríbeme", Intent.UNSUBSCRIBE, id="unsubscribe-me"),
        pytest.param("ya no me escribas", Intent.UNSUBSCRIBE, id="write-no-more"),
        pytest.param(
            "pásame la voz cada vez que algo esté por vencer", Intent.SUBSCRIBE, id="each-time"
        ),
        pytest.param("avísame cada vez que venza algo", Intent.SUBSCRIBE, id="notify-each-time"),
        pytest.param("para con los avisos", Intent.UNSUBSCRIBE, id="stop-it"),
        pytest.param("silencio", Intent.UNSUBSCRIBE, id="silence"),
        pytest.param("kiero salirme de las alertas", Intent.UNSUBSCRIBE, id="get-out-of"),
        pytest.param("bórrame del resumen semanal", Intent.UNSUBSCRIBE, id="strike-me-off"),
        pytest.param("salirme del resumen semanal", Intent.UNSUBSCRIBE, id="out-of-the-digest"),
        pytest.param(
            "no quiero más el resumen de los lunes", Intent.UNSUBSCRIBE, id="no-more-mondays"
        ),
        pytest.param("quiero el resumen de los lunes", Intent.SUBSCRIBE, id="every-monday"),
        pytest.param("deja de escribirme todos los días", Intent.UNSUBSCRIBE, id="stop-writing"),
        pytest.param("stop", Intent.UNSUBSCRIBE, id="stop"),
        pytest.param("para de avisarme tanto", Intent.UNSUBSCRIBE, id="stop-notifying"),
        pytest.param("ya para de escribirme", Intent.UNSUBSCRIBE, id="stop-writing-now"),
        pytest.param("para de mandar mensajes", Intent.UNSUBSCRIBE, id="stop-sending"),
        pytest.param("paren de avisarnos", Intent.UNSUBSCRIBE, id="stop-all-of-you"),
        pytest.param("deja ya de escribirme", Intent.UNSUBSCRIBE, id="stop-at-last"),
        pytest.param("basta de recordatorios", Intent.UNSUBSCRIBE, id="enough"),
        pytest.param("para avisarme cada lunes", Intent.SUBSCRIBE, id="a-purpose-stops-nothing"),
        pytest.param("no dejes de avisarme", Intent.SUBSCRIBE, id="go-on"),
        pytest.param("no pares de escribirme", Intent.SUBSCRIBE, id="go-on-writing"),
        pytest.param("reanuda los avisos", Intent.SUBSCRIBE, id="resume"),
        pytest.param("vuelve a avisarme", Intent.SUBSCRIBE, id="notify-again"),
        pytest.param("quita la pausa", Intent.SUBSCRIBE, id="end-the-pause"),
        pytest.param("avísame a las 25:00", Intent.SUBSCRIBE, id="no-such-hour"),
        pytest.param(
            "no quiero recordatorios, solo el resumen", Intent.SUBSCRIBE, id="one-for-the-other"
        ),
        pytest.param("el resumen los lunes y jueves", Intent.SUBSCRIBE, id="digest-and-days"),
        pytest.param("silencio hasta el lunes", Intent.UNSUBSCRIBE, id="silence-until"),
        pytest.param("silencio por 3 días", Intent.UNSUBSCRIBE, id="silence-for"),
        pytest.param("silencio mañana", Intent.UNSUBSCRIBE, id="silence-tomorrow"),
        pytest.param("pausa los avisos una semana", Intent.UNSUBSCRIBE, id="pause"),
    ],
)
def test_notices_are_switched(text: str, intent: Intent) -> None:
    assert asked(text).intent is intent


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "mándame cada día lo pendiente de UTI y UTAI",
            MeansFilter(units=("UTI", "UTAI"), status=StatusFilter.PENDING),
            id="each-day",
        ),
        pytest.param(
            "cada lunes mándame lo de la UT y la UC", MeansFilter(units=("UT", "UC")), id="monday"
        ),
        pytest.param(
            "pásanos lo de UTAI los lunes", MeansFilter(units=("UTAI",)), id="days-behind"
        ),
        pytest.param("avísanos los martes a las 7:30 am hora de Madrid", MeansFilter(), id="zone"),
        pytest.param(
            "avísame lo de UTAI a las 8, hora de Narnia",
            MeansFilter(units=("UTAI",)),
            id="no-zone",
        ),
    ],
)
def test_a_wish_is_told_from_when_it_is_to_come(text: str, wanted: MeansFilter) -> None:
    question = asked(text)

    assert (question.intent, question.wanted) == (Intent.SUBSCRIBE, wanted)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("¿qué vence este lunes?", Intent.LIST, id="monday"),
        pytest.param("resumen de la semana", Intent.SUMMARY, id="summary-of-a-week"),
        pytest.param("¿cómo me suscribo a los avisos?", Intent.HELP, id="how-to"),
        pytest.param("¿quiénes suscribieron el acta?", Intent.DEFINE, id="signed"),
        pytest.param("ya no falta el 12.1", Intent.DETAIL, id="no-longer-lacks"),
        pytest.param("no ha enviado UTAI", Intent.LIST, id="has-not-sent"),
        pytest.param("recuérdame qué significa SAF", Intent.DEFINE, id="remind-me-of-a-meaning"),
        pytest.param("recuérdame qué vence en junio", Intent.LIST, id="remind-me-what-is-due"),
        pytest.param("recuérdame quién ve el 12.1", Intent.DETAIL, id="remind-me-who"),
        pytest.param("aviso que ya presentamos el 12.1", Intent.MARK, id="notice-given"),
        pytest.param("monitoreo de alarmas", Intent.LIST, id="alarms-of-an-area"),
        pytest.param("¿cómo me salgo de los avisos?", Intent.HELP, id="how-to-get-out"),
        pytest.param(
            "quiero salir de dudas: ¿qué vence en junio?", Intent.LIST, id="out-of-doubt"
        ),
        pytest.param("dime los que ya no llegaron", Intent.LIST, id="did-not-arrive"),
        pytest.param(
            "los de UTAI pero ya no me cuentes los de mayo", Intent.LIST, id="do-not-show"
        ),
        pytest.param("cuando esté el 12.1 te aviso", Intent.DETAIL, id="i-shall-tell-you"),
        pytest.param(
            "lo de mayo y lo de junio en un solo mensaje", Intent.LIST, id="told-in-one-message"
        ),
        pytest.param("¿qué hay para junio de UTAI?", Intent.LIST, id="preposition"),
        pytest.param("mándame lo pendiente de UTI", Intent.LIST, id="sent-once"),
        pytest.param("muéstrame lo que vence los lunes", Intent.LIST, id="due-on-mondays"),
        pytest.param("el resumen de junio", Intent.SUMMARY, id="summary-of-a-month"),
        pytest.param("mándame el resumen ahora", Intent.SUMMARY, id="summary-now"),
    ],
)
def test_other_wishes_switch_no_notices(text: str, intent: Intent) -> None:
    assert asked(text).intent is intent
