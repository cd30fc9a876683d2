"""Whole replies, as a person sees them."""

from dataclasses import replace
from datetime import date

import pytest

from storage.engine import Database
from tests.support.conversation import Talk

JUNE = """\
🔎 <b>4 medios</b>: en junio de 2021
⚪ <b>10.1</b> Documento Técnico del proceso de identificación de… · <b>UT, UTAI</b> · 30 jun 2021
⚪ <b>12.2</b> Informes consolidados de una capacitación que integre los… · <b>UTAI</b> · 30 jun 2021
⚪ <b>17.1</b> RDE que aprueba la &#34;Cadena de valor e indicadores del… · <b>UPPM</b> · 30 jun 2021
⚪ <b>18.1</b> Base de Datos de Convenios y RDE de Juntas Directivas… · <b>UTAI</b> · 30 jun 2021"""

DETAIL = """\
🔎 <b>1 medio</b>: medio 9.1

📌 <b>Compromiso 9</b>: Elaborar un informe de evaluación de las acciones de reconocimiento a las \
buenas prácticas de cogestión comunal, a nivel regional y nacional.
🗂 Área Actores comunitarios · recomendación 3

⚪ <b>Medio 9.1</b> · pendiente, faltan 262 días
Informe de evaluación de las acciones de reconocimiento a las buenas prácticas de cogestión \
comunal, a nivel regional y nacional, remitido a la DE del PNCM
📅 Vence el <b>31 ene 2022</b> (en el acta: Ene-22)
👥 Responsable: <b>UTAI</b>
ℹ️ Precisiones: El informe de debertá contemplar un registro de los reconocimientos en cada una \
de las regiones a los comités de gestión."""


async def test_a_month_gives_its_means(talk: Talk) -> None:
    await talk.say("q vence en junio?")

    assert talk.text == JUNE
    assert talk.labels == [["10.1", "12.2", "17.1", "18.1"], ["Solo pendientes", "Por unidad"]]


async def test_a_follow_up_changes_the_part_it_names(talk: Talk) -> None:
    await talk.say("¿qué vence en junio?")
    await talk.say("y de utia?")

    assert talk.first_line == ("🔎 <b>3 medios</b>: de UTAI · en junio de 2021 («utia» → UTAI)")


async def test_shared_means_are_said_to_be_shared(talk: Talk) -> None:
    await talk.say("¿cuáles comparte UTAI con alguna otra unidad?")

    assert talk.first_line == "🔎 <b>4 medios</b>: de UTAI · compartidos por varias unidades"


async def test_a_number_gives_the_thing_whole(talk: Talk) -> None:
    await talk.say("detalle del 9,1")

    assert talk.text == DETAIL


async def test_a_cut_off_text_ends_in_dots(talk: Talk) -> None:
    await talk.say("medio 14.1")

    assert "dirigida a los actores…\n📅" in talk.text


async def test_an_empty_month_names_what_is_near(talk: Talk) -> None:
    await talk.say("¿y en julio?")

    assert talk.text == (
        "🔎 <b>Nada</b>: en julio de 2021\n"
        "Lo más cercano: 6 medios el 31 may 2021 y 4 medios el 30 jun 2021."
    )


async def test_a_means_is_not_late_on_its_own_day(talk: Talk) -> None:
    on_the_day = replace(talk, today=date(2021, 5, 31))
    day_after = replace(talk, today=date(2021, 6, 1))

    await on_the_day.say("medio 1.1")
    await day_after.say("medio 1.1")

    assert "pendiente, vence hoy" in on_the_day.text
    assert "🔴 <b>Medio 1.1</b> · pendiente, vencido hace 1 día" in day_after.text


async def test_pages_turn_in_place_and_back(talk: Talk) -> None:
    await talk.say("compromisos de UTAI")
    first = talk.text
    await talk.press("Siguiente")
    second = talk.text
    await talk.press("‹ Anterior")

    assert first.endswith("<i>Página 1 de 3</i>")
    assert second.endswith("<i>Página 2 de 3</i>")
    assert talk.text == first


async def test_a_button_opens_a_means_and_leads_back(talk: Talk) -> None:
    await talk.say("¿qué vence en junio?")
    await talk.press("17.1")
    opened = talk.first_line
    await talk.press("‹ Volver")

    assert opened == "🔎 <b>1 medio</b>: medio 17.1"
    assert talk.text == JUNE


async def test_the_recommendation_is_a_button_away(talk: Talk) -> None:
    await talk.say("¿qué vence en junio?")
    await talk.press("17.1")
    await talk.press("Recomendación 6")

    assert talk.first_line == "<b>Recomendación 6</b> · área Monitoreo"
    assert "Módulo de Gestión Comunitaria" in talk.text


async def test_what_was_opened_is_what_is_talked_about(talk: Talk) -> None:
    await talk.say("¿qué vence en junio?")
    await talk.press("17.1")
    await talk.say("¿quién lo ve?")

    assert talk.first_line == "🔎 <b>1 medio</b>: medio 17.1"


async def test_buttons_outlive_a_restart(talk: Talk) -> None:
    await talk.say("compromisos de UTAI")
    restarted = Talk(talk.database, last=talk.last)

    await restarted.press("Siguiente")

    assert restarted.text.endswith("<i>Página 2 de 3</i>")


async def test_a_button_of_another_chat_is_refused(talk: Talk) -> None:
    await talk.say("compromisos de UTAI")
    other = Talk(talk.database, chat_id=talk.chat_id + 1, last=talk.last)

    assert await other.press("Siguiente") is None


@pytest.mark.parametrize(
    "data",
    [
        "",
        "p",
        "p:",
        "p:x:1",
        "p:999:0",
        "p:1",
        "zz:1",
        "y:1:1999",
        "o:1:0",
        "m:1:0:999999",
        "p:²:0",
    ],
)
async def test_a_forged_button_is_refused(talk: Talk, data: str) -> None:
    await talk.say("compromisos de UTAI")

    assert await talk.press_data(data) is None


async def test_a_page_beyond_the_last_is_the_last(talk: Talk) -> None:
    await talk.say("compromisos de UTAI")
    await talk.press_data("p:1:99")

    assert talk.text.endswith("<i>Página 3 de 3</i>")


async def test_two_near_readings_are_offered(talk: Talk) -> None:
    await talk.say("qué vence en julnio")
    question = talk.first_line
    await talk.press("en junio")

    assert question == "«julnio» puede leerse de dos maneras. ¿Cuál quiso decir?"
    assert talk.first_line.endswith("en junio de 2021 («julnio» → junio)")


async def test_a_link_opens_a_means(talk: Talk) -> None:
    reply = await talk.open_link("m9_1")

    assert "\n".join(reply.blocks) == DETAIL


@pytest.mark.parametrize("payload", ["", "m99_1", "x", "m9_1-009_1999", "m9_1'"])
async def test_a_link_to_nothing_says_so(talk: Talk, payload: str) -> None:
    reply = await talk.open_link(payload)

    assert reply.blocks[0].startswith("Ese enlace no corresponde a ningún medio")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("\x00\x1b[31m\u202e", id="control"),
        pytest.param("😅😅", id="emoji"),
        pytest.param("<b>&</b><script>", id="markup"),
        pytest.param("ب" * 300, id="right-to-left"),
        pytest.param("what is the weather like today my friend", id="english"),
        pytest.param("qwzx " * 819, id="noise"),
        pytest.param("٣٫١ ②③ ½ ९.१", id="digits"),
        pytest.param("compromiso 99", id="unknown-number"),
        pytest.param("vence el 31 de junio", id="impossible-date"),
        pytest.param("marca el 4.1", id="mark"),
        pytest.param("avísame los lunes", id="subscribe"),
        pytest.param("ya no quiero avisos", id="unsubscribe"),
    ],
)
async def test_any_input_gets_a_short_useful_answer(talk: Talk, text: str) -> None:
    await talk.say(text)

    assert talk.text
    assert len(talk.text) < 1_000
    assert "<script" not in talk.text


async def test_an_impossible_date_is_named(talk: Talk) -> None:
    await talk.say("¿qué vence el 31 de junio?")

    assert talk.text == (
        "«el 31 de junio» no existe en el calendario. Escriba otra fecha, por ejemplo «30 de junio»."
    )


async def test_out_of_scope_gets_no_list(talk: Talk) -> None:
    await talk.say("mi DNI vence en junio, ¿dónde lo renuevo?")

    assert talk.first_line.startswith("No entendí eso como una pregunta")
    assert len(talk.last.blocks) == 4


async def test_an_acronym_nobody_spells_out_is_not_invented(talk: Talk) -> None:
    await talk.say("¿qué es UOAI?")

    assert talk.text == (
        "📖 <b>UOAI</b>: el acta no lo desarrolla y no encontré una fuente pública; no invento un "
        "nombre · unidad responsable en la matriz"
    )


async def test_the_act_says_who_signed(talk: Talk) -> None:
    await talk.say("¿quién firmó el acta?")

    assert talk.text.count("✒️") == 3
    assert (
        "Carmen Lourdes Sevilla Carnero, Directora Ejecutiva del PNCM · firmó el 4 may"
        in talk.text
    )


async def test_the_act_says_what_was_agreed(talk: Talk) -> None:
    await talk.say("¿qué acuerdos tiene el acta?")

    heading, *agreements = talk.last.blocks
    assert heading.startswith("📜 <b>Acta N° 002-2021</b>")
    assert [block[:34] for block in agreements] == [
        "Acuerdo 1: Suscribir los Compromis",
        "Acuerdo 2: Designar a la Directora",
    ]


async def test_the_glossary_tells_all_that_can_be_explained(talk: Talk) -> None:
    await talk.say("el glosario")

    assert talk.text.startswith("Puedo explicar: ")
    for word in ("MCM", "UOAI", "medio de verificación", "punto focal", "vencido"):
        assert word in talk.text


async def test_a_word_that_nothing_explains_is_named(talk: Talk) -> None:
    await talk.say("aclare el término «cogestión comunal»")

    first, second = talk.last.blocks
    assert first == "No tengo «cogestión comunal» en el glosario del acta."
    assert second.startswith("Puedo explicar: ")


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        pytest.param(
            "¿qué significa vencido?",
            "📖 <b>vencido</b>: un medio de verificación que no se presentó y cuya fecha ya pasó; el mismo día en que vence todavía no lo está <i>(fuente: este bot)</i>",
            id="overdue",
        ),
        pytest.param(
            "¿qué es un punto focal?",
            "📖 <b>punto focal</b>: la persona que, en cada unidad responsable, presenta sus medios de verificación <i>(fuente: este bot)</i>",
            id="focal-point",
        ),
        pytest.param(
            "¿qué quiere decir pendiente?",
            "📖 <b>pendiente</b>: un medio de verificación que todavía no se presentó, haya vencido o no <i>(fuente: este bot)</i>",
            id="pending",
        ),
    ],
)
async def test_the_bots_own_words_are_explained(talk: Talk, text: str, reply: str) -> None:
    await talk.say(text)

    assert talk.text == reply


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("los vencidos", "🔎 <b>6 medios</b>: vencidos", id="overdue"),
        pytest.param(
            "los pendientes de UTI", "🔎 <b>2 medios</b>: pendientes · de UTI", id="pending"
        ),
    ],
)
async def test_a_status_that_is_listed_is_not_explained(talk: Talk, text: str, line: str) -> None:
    later = replace(talk, today=date(2021, 6, 15))

    await later.say(text)

    assert later.first_line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "¿cuántos compromisos tiene UTAI?",
            "🔎 <b>14 compromisos (17 medios)</b>: de UTAI",
            id="commitments",
        ),
        pytest.param(
            "¿cuántas recomendaciones tiene UTI?",
            "🔎 <b>1 recomendación (2 medios)</b>: de UTI",
            id="one-recommendation",
        ),
        pytest.param("¿cuántos medios tiene UTI?", "🔎 <b>2 medios</b>: de UTI", id="means"),
    ],
)
async def test_a_count_answers_in_the_noun_it_was_asked_in(
    talk: Talk, text: str, line: str
) -> None:
    await talk.say(text)

    assert talk.first_line == line


async def test_the_last_but_one_is_opened(talk: Talk) -> None:
    await talk.say("¿qué vence en junio?")
    await talk.say("el penúltimo")

    assert "el penúltimo" in talk.first_line
    assert "<b>Medio 17.1</b>" in talk.text


async def test_a_question_that_no_rule_reads_gets_no_list(talk: Talk) -> None:
    await talk.say("¿qué compromisos tienen dos medios?")

    assert talk.first_line.startswith("No entendí eso como una pregunta")


async def test_a_mark_of_another_status_marks_nothing(talk: Talk) -> None:
    await talk.say("marca el 12.1 como observado")

    assert "✍️" not in talk.text


async def test_a_restart_keeps_the_last_question(database: Database, talk: Talk) -> None:
    await talk.say("compromisos de UOAI")
    restarted = Talk(database)

    await restarted.say("¿y en enero?")

    assert restarted.first_line == "🔎 <b>1 medio</b>: de UOAI · en enero de 2022"
