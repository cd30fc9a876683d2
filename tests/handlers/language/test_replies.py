import pytest
from hypothesis import given

from handlers.language.replies import is_agreement, is_withdrawal
from tests.handlers.language.texts import long_junk, texts

STOPS = (
    "cancelar|Cancela|CANCÉLALO|cancele por favor|ya no|Ya no, gracias|déjalo|olvídalo|Olvídelo|"
    "mejor no|mejor ya no|anular|anula todo|salir|quiero salir|no, cancela|"
    "no, cancelar|ok, cancela|sí, cancelar|/cancelar|cancelar el registro|no quiero|"
    "no, gracias|no registrar|cancelar!!!"
).split("|")
YESES = (
    "sí|si|Sí.|SIII|ok|OK!|dale|ya, confirmo|confirmo|confirmo el registro|"
    "lo confirmo|sí registra|Sí, confirmo|registrar|sí, registrar|regístralo|"
    "correcto|es correcto|conforme|todo conforme|de acuerdo|claro que sí|sí por favor|"
    "así es|ok listo|sí 👍|sí 👍🏽|Sí, regístrelo por favor"
).split("|")
NEITHER = (
    "|   |?|...|no|12.1|sí, el 12.1|ok 12.1|¿sí?|¿cancelar?|cancelar el 12.1|no cancelar|"
    "no quiero salir|ya no quiero cancelar|el taller se canceló|ya no está vencido|"
    "los que ya no van|cancela la reunión de mañana|sí pero no|no conforme|claro que no|"
    "no de acuerdo|si vence en mayo|registrar el informe|gracias|el acta|👎|👍👎|"
    "no me salgo|no cancela|sí 👎|el registro|registro|ya|listo|Ya.|ya está|"
    "está bien|bueno|claro|perfecto|👍|👍🏽|✅|👌|"
    "ok ok ok ok ok ok|salir salir salir salir salir salir"
).split("|")


@pytest.mark.parametrize("text", STOPS, ids=[f"stop-{at}" for at in range(len(STOPS))])
def test_a_stop_is_told_by_the_whole_text(text: str) -> None:
    assert (is_withdrawal(text), is_agreement(text)) == (True, False)


@pytest.mark.parametrize("text", YESES, ids=[f"yes-{at}" for at in range(len(YESES))])
def test_a_yes_is_told_by_the_whole_text(text: str) -> None:
    assert (is_withdrawal(text), is_agreement(text)) == (False, True)


@pytest.mark.parametrize("text", NEITHER, ids=[f"neither-{at}" for at in range(len(NEITHER))])
def test_anything_else_is_neither_yes_nor_stop(text: str) -> None:
    assert (is_withdrawal(text), is_agreement(text)) == (False, False)


@given(texts)
def test_no_text_is_both_yes_and_stop(text: str) -> None:
    assert not (is_withdrawal(text) and is_agreement(text))


@pytest.mark.parametrize(
    "junk", long_junk("si ", "no ", "cancelar ", "👍", "\u200b"), ids=lambda junk: ascii(junk[:9])
)
def test_long_junk_is_read(junk: str) -> None:
    assert (is_withdrawal(junk), is_agreement(junk)) == (False, False)
