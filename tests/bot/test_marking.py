"""Handing in, as a focal point lives it: the whole bot over the local Telegram."""

import asyncio
from datetime import date
from hashlib import sha256

import pytest

from handlers.dialogs import NOT_SEEN
from storage.engine import Database
from storage.events import Action
from storage.marks import Change, change
from storage.records import Status
from storage.roles import Actor
from tests.support.office import (
    FOLLOW_UP,
    JPEG,
    MP4,
    PDF,
    READER,
    UOAI,
    UT,
    UTAI,
    Office,
    Phone,
)

SUBMITS = "✍️ Registrar como presentado"
ADDS = "📎 Agregar evidencia a lo ya presentado"
M_1_1 = '1.1 Directiva del "Modelo de Cogestión Comunal para la… · UTAI · vence el 31 may 2021'
M_4_1 = "4.1 TDR para el desarrollo de un documento técnico para… · UTAI · vence el 31 may 2021"
M_4_2 = "4.2 RDE con el documento técnico que establece el ratio de… · UTAI · vence el 30 set 2021"
M_10_1 = (
    "10.1 Documento Técnico del proceso de identificación de… · UT, UTAI · vence el 30 jun 2021"
)
M_12_1 = "12.1 RDE que aprueba la malla curricular de formación de… · UTAI · vence el 31 may 2021"
M_12_2 = (
    "12.2 Informes consolidados de una capacitación que integre los… · UTAI · vence el 30 jun 2021"
)
NOTHING_YET = "Todavía no se ha registrado nada."
WHICH = f"{NOTHING_YET}\n¿Qué medio presenta? Elija uno o escriba su número."
EVIDENCE = (
    f"{NOTHING_YET}\n"
    "Falta la evidencia: envíe aquí el archivo (PDF, foto, Office) o pegue un enlace."
)
RIGHT = (
    f"{NOTHING_YET} ¿Está bien? Toque Registrar. Puede sumar más archivos, enlaces, el N° y la "
    "fecha del documento o una nota."
)
FIELDS = ("📄 N° de documento", "📅 Su fecha", "📝 Nota")
TAKE_BACK = ("↶ Quitar lo último",)
CANCELLED_12_1 = "✖ Cancelado: no se registró nada del 12.1."
NOTHING_OPEN = "No tiene ningún registro a medias."
LEFT_12_1 = "⏸ Queda a medias su registro del 12.1: /continuar o /cancelar."
SHA = sha256(PDF).hexdigest()


def sheet(*lines: str, asks: str = RIGHT, title: str = SUBMITS) -> str:
    """What a dialogue shows."""
    return "\n".join([title, *lines, "", asks])


# Ways in.


async def test_words_and_commands_that_name_a_means_ask_for_nothing_but_the_evidence(
    sqlite_office: Office,
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)
    ways = ("ya presenté el 12.1", "marca el 12.1", "12.1 listo", "/presentar 12.1")
    seen = {}

    async with sqlite_office.bot():
        for words in ways:
            seen[words] = await rosa.say(words)
            await rosa.say("/cancelar")

    assert {each.text for each in seen.values()} == {sheet(M_12_1, asks=EVIDENCE)}
    assert {each.buttons for each in seen.values()} == {(FIELDS, ("✖ Cancelar",))}


async def test_words_point_to_a_place_in_the_list_before(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("¿qué vence en junio?")
        seen = await rosa.say("ya enviamos el primero")

    assert seen.text == sheet(M_10_1, asks=EVIDENCE)


async def test_the_button_of_a_means_begins_with_it(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.say("medio 12.1")
        seen = await rosa.press("✍️ Presentar")

    assert seen.text == sheet(M_12_1, asks=EVIDENCE)
    assert not seen.is_edit


async def test_the_command_alone_offers_what_the_unit_has_open(sqlite_office: Office) -> None:
    luis = await sqlite_office.employ("Luis", UT)
    await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        seen = await luis.say("/presentar")

    assert seen.text == sheet(M_10_1, asks=WHICH)
    assert seen.buttons == (("10.1 Documento Técnico del proceso",), ("✖ Cancelar",))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("12.2", id="number"),
        pytest.param("es el 12.2", id="number-in-a-sentence"),
        pytest.param("el segundo", id="place"),
        pytest.param("el último", id="last-place"),
    ],
)
async def test_one_of_those_offered_is_picked_by_words(sqlite_office: Office, words: str) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        offered = await rosa.say("ya presentamos las habilidades blandas")
        seen = await rosa.say(words)

    assert offered.text == sheet(M_12_1, M_12_2, asks=WHICH)
    assert seen.text == sheet(M_12_2, asks=EVIDENCE)


async def test_one_of_those_offered_is_picked_by_its_button(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("marca el compromiso 4")
        seen = await rosa.press("4.2 RDE con el documento técnico q")

    assert seen.is_edit
    assert seen.text == sheet(M_4_2, asks=EVIDENCE)


async def test_words_that_pick_nothing_say_how_to_pick(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("marca el compromiso 4")
        lost = await rosa.say("ese pues")
        unknown = await rosa.say("ya presenté el 99.9")

    assert lost.text.startswith(
        "🤔 No vi ahí cuál es: toque uno o escriba su número, por ejemplo 12.1.\n\n" + SUBMITS
    )
    assert unknown.text.startswith(f"🤔 No encontré en la matriz el medio que dice.\n\n{SUBMITS}")
    assert unknown.text.endswith(WHICH)


# Files as a way in.


async def test_a_file_that_names_its_means_leaves_nothing_to_ask(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        seen = await rosa.send("Malla curricular 12.1 firmada.pdf")

    assert seen.text == sheet(M_12_1, "📎 Malla curricular 12.1 firmada.pdf (48 bytes)")
    assert seen.buttons == (("✅ Registrar",), FIELDS, TAKE_BACK, ("✖ Cancelar",))


async def test_a_file_that_names_no_means_is_offered_the_likeliest_first(
    sqlite_office: Office,
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        offered = await rosa.send("malla_curricular_INFORME_N_045-2021-UTAI.pdf")
        chosen = await rosa.press(offered.labels[0])

    document = "📄 Informe N° 045-2021-UTAI"
    file = "📎 malla_curricular_INFORME_N_045-2021-UTAI.pdf (48 bytes)"
    assert offered.text.startswith(f"{SUBMITS}\n{document}\n{file}\n{M_12_1}\n{M_1_1}\n")
    assert offered.text.endswith(WHICH)
    assert len(offered.labels) == 9
    assert chosen.text == sheet(M_12_1, document, file)


async def test_a_caption_says_which_means_which_document_and_of_what_day(
    sqlite_office: Office,
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        seen = await rosa.send(
            "scan001.pdf",
            caption="ya presenté el 12.1 con RDE N° 045-2021-MIDIS-PNCM-DE del 10 de mayo",
        )

    assert seen.text == sheet(
        M_12_1,
        "📄 RDE N° 045-2021-MIDIS-PNCM-DE · 10 may 2021",
        "📎 scan001.pdf (48 bytes)",
    )


async def test_a_forwarded_file_is_a_file(sqlite_office: Office) -> None:
    rosa, luis = await sqlite_office.employ("Rosa", UTAI), await sqlite_office.employ("Luis", UTAI)
    telegram = sqlite_office.telegram
    content = luis.document("INFORME_N_045-2021-UTAI.pdf") | {"caption": "del 12.1"}

    async with sqlite_office.bot():
        await luis.post(**content)
        message = telegram.world.chats[luis.chat_id].messages[1]
        chat = telegram.world.chats[rosa.chat_id]
        telegram.phones.forward(message, chat, telegram.world.person("Rosa"))
        seen = await rosa.sees()

    assert seen.text == sheet(
        M_12_1, "📄 Informe N° 045-2021-UTAI", "📎 INFORME_N_045-2021-UTAI.pdf (48 bytes)"
    )


async def test_photos_albums_and_videos_are_files_too(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)
    video = rosa.document("taller.mp4", MP4)["document"] | {
        "width": 1,
        "height": 1,
        "duration": 1,
    }

    async with sqlite_office.bot():
        await rosa.post(**rosa.photo(), caption="el 12.1", media_group_id="7")
        await rosa.post(**rosa.photo(JPEG + b"2"), media_group_id="7")
        seen = await rosa.post(video=video)

    assert seen.text == sheet(
        M_12_1,
        "📎 foto_1.jpg (22 bytes)",
        "📎 foto_3.jpg (23 bytes)",
        "📎 taller.mp4 (32 bytes)",
    )


# What is gathered.


async def test_files_links_document_day_and_note_are_gathered_one_by_one(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.say("ya presenté el 12.1")
        await rosa.send("uno.pdf")
        await rosa.send("dos.pdf", PDF + b"2")
        await rosa.say("https://drive.google.com/a y www.gob.pe/b")
        number = await rosa.press("📄 N° de documento")
        await rosa.say("HT 3322")
        day = await rosa.press("📅 Su fecha")
        await rosa.say("ayer")
        note = await rosa.press("📝 Nota")
        seen = await rosa.say("Va en dos tomos")

    files = ("📎 uno.pdf (48 bytes)", "📎 dos.pdf (49 bytes)")
    found = (M_12_1, *files, "🔗 https://drive.google.com/a", "🔗 https://www.gob.pe/b")
    asks = f"{NOTHING_YET}\nEscriba el número del documento, por ejemplo Informe N° 045-2021-UTAI."
    assert number.text == sheet(*found, asks=asks)
    assert number.buttons == (FIELDS, TAKE_BACK, ("‹ Sin eso", "✖ Cancelar"))
    assert day.text.endswith("Escriba la fecha del documento, por ejemplo 12 de mayo.")
    assert note.text.endswith("Escriba la nota.")
    assert seen.text == sheet(M_12_1, "📄 HT 3322 · 13 may 2021", *found[1:], "📝 Va en dos tomos")


async def test_the_same_file_or_link_is_taken_once(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.send("12.1.pdf")
        again = await rosa.send("otra vez.pdf")
        await rosa.say("https://drive.google.com/a")
        link = await rosa.say("https://drive.google.com/a")

    twice = "Ese archivo o enlace ya estaba; no lo repetí.\n\n"
    assert again.text == twice + sheet(M_12_1, "📎 12.1.pdf (48 bytes)")
    assert link.text == twice + sheet(
        M_12_1, "📎 12.1.pdf (48 bytes)", "🔗 https://drive.google.com/a"
    )


async def test_what_is_asked_for_can_be_left_out(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        whole = await rosa.send("12.1.pdf")
        await rosa.press("📝 Nota")
        seen = await rosa.press("‹ Sin eso")

    assert seen.text == whole.text


async def test_a_day_alone_is_that_of_the_document(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("INFORME_N_045-2021-UTAI 12.1.pdf")
        seen = await rosa.say("12 de mayo")

    assert "📄 Informe N° 045-2021-UTAI · 12 may 2021" in seen.text


async def test_another_document_has_another_day(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf", caption="Informe N° 045-2021-UTAI del 10 de mayo")
        seen = await rosa.say("perdón, es el Informe N° 046-2021-UTAI")

    assert seen.text == sheet(M_12_1, "📄 Informe N° 046-2021-UTAI", "📎 12.1.pdf (48 bytes)")


async def test_the_name_of_an_annex_does_not_replace_the_document(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("INFORME_N_045-2021-UTAI 12.1.pdf")
        seen = await rosa.send("Memorando 33-2021.pdf", PDF + b"2")

    assert seen.text.splitlines()[2] == "📄 Informe N° 045-2021-UTAI"


async def test_a_caption_that_names_another_means_begins_with_that(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        other = await rosa.send("otro.pdf", PDF + b"2", "este es del 4.1")
        back = await rosa.say("ya presenté el 12.1")

    apart = (
        "Eso nombra otro medio: va en un registro aparte. El del 12.1 sigue a medias: /continuar."
    )
    assert other.text == f"{apart}\n\n{sheet(M_4_1, '📎 otro.pdf (49 bytes)')}"
    assert back.text == sheet(M_12_1, "📎 12.1.pdf (48 bytes)")


async def test_a_means_that_is_begun_again_goes_on_where_it_was(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        first = await rosa.send("12.1.pdf")
        await rosa.say("medio 12.1")
        button = rosa.data("✍️ Presentar")
        seen = [await rosa.say("ya presenté el 12.1")]
        for _ in range(2):
            await rosa.tap_data(button)
            seen.append(await rosa.sees())
        await rosa.say("sí")
        nothing_left = await rosa.say("/continuar")

    assert [each.text for each in seen] == [first.text] * 3
    assert nothing_left.text == NOTHING_OPEN


# What is recorded.


async def test_the_receipt_says_what_who_when_with_what_and_under_which_number(
    office: Office,
) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.send("INFORME_N_045-2021-UTAI 12.1.pdf")
        await rosa.say("https://drive.google.com/a")
        await rosa.press("📝 Nota")
        shown = await rosa.say("Va en dos tomos")
        receipt = await rosa.press("✅ Registrar")

    assert (receipt.message_id, receipt.is_edit) == (shown.message_id, True)
    assert receipt.text == (
        "✅ Registrado como presentado\n"
        f"{M_12_1}\n"
        "👤 Rosa (punto focal de UTAI) · 14 may 2021, 10:00\n"
        "📄 Informe N° 045-2021-UTAI\n"
        "💬 Va en dos tomos\n"
        "📎 INFORME_N_045-2021-UTAI 12.1.pdf (48 bytes)\n"
        f"sha256 {SHA}\n"
        "🔗 https://drive.google.com/a\n"
        f"🧾 Registro N° 2 · huella {await office.fingerprint(2)}\n"
        "Puede anularlo durante un día, mientras nadie lo revise."
    )
    assert receipt.buttons == (("↩️ Anular", "🕓 Historia"),)


async def test_the_record_holds_what_the_receipt_says(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.send("12.1.pdf", caption="Informe N° 045-2021-UTAI del 10 de mayo")
        await rosa.press("✅ Registrar")
    [event] = await office.events("12.1")
    [kept] = list(office.folder.iterdir())

    assert (event.actor_id, event.actor_name, event.role) == (rosa.user_id, "Rosa", "focal:UTAI")
    assert (event.id, event.action, event.at) == (2, Action.SUBMITTED, office.clock.now())
    assert event.update_id is not None
    assert event.details == {
        "before": {"status": "pending", "due_on": "2021-05-31"},
        "after": {"status": "submitted", "due_on": "2021-05-31"},
        "document": "Informe N° 045-2021-UTAI",
        "document_on": "2021-05-10",
        "evidence": [
            {"label": "12.1.pdf", "mime": "application/pdf", "size": len(PDF), "sha256": SHA}
        ],
    }
    assert kept.read_bytes() == PDF
    assert (await office.means("12.1")).status is Status.SUBMITTED
    assert await office.is_sound()


@pytest.mark.parametrize("yes", ["sí", "Si, registrar", "ok"], ids=["si", "both", "ok"])
async def test_a_yes_records_as_the_button_does(sqlite_office: Office, yes: str) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        receipt = await rosa.say(yes)

    assert receipt.text.startswith("✅ Registrado como presentado\n")
    assert await sqlite_office.actions("12.1") == [Action.SUBMITTED]


async def test_a_yes_before_there_is_evidence_records_nothing(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("ya presenté el 12.1")
        seen = await rosa.say("sí")

    assert seen.text == f"{NOT_SEEN}\n\n{sheet(M_12_1, asks=EVIDENCE)}"
    assert await sqlite_office.actions("12.1") == []


async def test_of_a_commitment_only_what_is_left_is_asked_for(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "4.1")
        seen = await rosa.say("marca el compromiso 4")

    assert seen.text == sheet(M_4_2, asks=EVIDENCE)


async def test_what_is_recorded_shows_in_answers_and_counts(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1")
        listed = await rosa.say("presentados")
        standing = await rosa.say("avance")

    assert listed.text == (
        "🔎 1 medio: presentados\n"
        "🔵 12.1 RDE que aprueba la malla curricular de formación de… · UTAI · 31 may 2021"
    )
    assert "Total: 1 de 22 presentados" in standing.text


# Leaving, resuming, cancelling.


async def opened(rosa: Phone, step: str) -> None:
    """Bring a dialogue about 12.1 to a step."""
    match step:
        case "which":
            await rosa.say("/presentar")
        case "evidence":
            await rosa.say("ya presenté el 12.1")
        case _:
            await rosa.send("12.1.pdf")
    fields = {"document": "📄 N° de documento", "day": "📅 Su fecha", "note": "📝 Nota"}
    if step in fields:
        await rosa.press(fields[step])


@pytest.mark.parametrize("step", ["which", "evidence", "whole", "document", "day", "note"])
async def test_a_dialogue_is_cancelled_at_each_step_in_each_way(
    sqlite_office: Office, step: str
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        seen = []
        for way in ("button", "cancelar", "/cancelar"):
            await opened(rosa, step)
            cancelled = await (rosa.press("✖ Cancelar") if way == "button" else rosa.say(way))
            seen += [cancelled.text, (await rosa.say("/continuar")).text]

    said = "✖ Cancelado: no se registró nada." if step == "which" else CANCELLED_12_1
    assert seen == [said, NOTHING_OPEN] * 3
    assert await sqlite_office.actions("12.1") == []


async def test_a_dialogue_is_left_with_a_question_and_gone_on_with(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("ya presenté el 12.1")
        answer = await rosa.say("¿qué vence en mayo de UOAI?")
        resumed = await rosa.say("/continuar")
        await rosa.say("gracias")
        filled = await rosa.send("tomo.pdf")

    assert answer.text == (
        "🔎 1 medio: de UOAI · en mayo de 2021\n"
        "⚪ 6.1 Plan de Evaluación y Certificación de los actores comunales… "
        "· UOAI · 31 may 2021\n"
        f"\n{LEFT_12_1}"
    )
    assert resumed.text == sheet(M_12_1, asks=EVIDENCE)
    assert filled.text == sheet(M_12_1, "📎 tomo.pdf (48 bytes)")


async def test_a_question_is_no_answer_to_what_is_asked_for(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        await rosa.press("📄 N° de documento")
        answer = await rosa.say("¿qué vence en junio?")

    assert answer.text.startswith("🔎 4 medios: en junio de 2021")
    assert answer.text.endswith(LEFT_12_1)


async def test_of_several_left_open_one_is_chosen_to_go_on_with(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("ya presenté el 12.1")
        sqlite_office.clock.move(minutes=1)
        await rosa.say("ya presenté el 4.1")
        asked = await rosa.say("/continuar")
        sqlite_office.clock.move(minutes=1)
        resumed = await rosa.press("▶ presentar 12.1")
        filled = await rosa.send("tomo.pdf")

    assert asked.text == "¿Con cuál sigue?"
    assert asked.buttons == (("▶ presentar 4.1",), ("▶ presentar 12.1",))
    assert resumed.text == sheet(M_12_1, asks=EVIDENCE)
    assert filled.text == sheet(M_12_1, "📎 tomo.pdf (48 bytes)")


async def test_a_dialogue_outlives_the_program(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.send("12.1.pdf")
        await rosa.press("📝 Nota")
    async with office.bot():
        seen = await rosa.say("Va en dos tomos")
        receipt = await rosa.press("✅ Registrar")

    assert seen.text == sheet(M_12_1, "📎 12.1.pdf (48 bytes)", "📝 Va en dos tomos")
    assert receipt.text.startswith("✅ Registrado como presentado")


async def test_a_dialogue_falls_asleep_and_is_taken_up_again(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.send("12.1.pdf")
    office.clock.move(minutes=61)
    await office.tidy()
    async with office.bot():
        asleep = await rosa.sees()
        yes = await rosa.say("sí")
        resumed = await rosa.press("▶ Continuar")
        receipt = await rosa.say("sí")

    assert asleep.text == (
        "⏸ Dejé en pausa su registro del 12.1; no se ha registrado nada. Lo guardo siete días."
    )
    assert asleep.buttons == (("▶ Continuar", "✖ Descartar"),)
    assert not yes.text.startswith("✅")
    assert resumed.text == sheet(M_12_1, "📎 12.1.pdf (48 bytes)")
    assert receipt.text.startswith("✅ Registrado como presentado")


async def test_a_dialogue_that_nobody_comes_back_to_is_dropped(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.send("12.1.pdf")
    office.clock.move(minutes=59)
    await office.tidy()
    async with office.bot():
        awake = await rosa.say("/continuar")
    office.clock.move(days=7, minutes=1)
    await office.tidy()
    async with office.bot():
        seen = await rosa.say("/continuar")

    assert awake.text == sheet(M_12_1, "📎 12.1.pdf (48 bytes)")
    assert seen.text == NOTHING_OPEN


# Whose means.


async def test_a_means_of_another_unit_is_refused_in_every_way(sqlite_office: Office) -> None:
    rosa, marta = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Marta", UOAI),
    )
    foreign = "El 6.1 es de UOAI; usted es punto focal de UTAI, así que no puede registrarlo."

    async with sqlite_office.bot():
        words = await rosa.say("ya presenté el 6.1")
        command = await rosa.say("/presentar 6.1")
        file = await rosa.send("informe.pdf", caption="para el 6.1")
        card = await rosa.say("medio 6.1")
        await marta.say("medio 6.1")
        toast = await rosa.tap_data(marta.data("✍️ Presentar"))

    listed = "🔎 1 medio: medio 6.1"
    assert words.text.startswith(f"{foreign}\n\n{listed}\n")
    assert (command.text, file.text, toast) == (foreign, foreign, foreign)
    assert "✍️ Presentar" not in card.labels
    assert await sqlite_office.actions("6.1") == []


async def test_who_is_no_focal_point_is_told_the_way(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)
    way = (
        "Para registrar un medio hay que ser punto focal de su unidad. Si lo es, pida el acceso "
        "con /acceso y un administrador lo confirmará."
    )

    async with sqlite_office.bot():
        seen = [await ana.say("/presentar 12.1"), await ana.send("12.1.pdf")]
        words = await ana.say("ya presenté el 12.1")

    assert [each.text for each in seen] == [way, way]
    assert words.text.startswith(f"{way}\n\n🔎 1 medio: medio 12.1\n")
    assert not [call for call in sqlite_office.telegram.calls if call.method == "getFile"]


async def test_either_unit_hands_in_what_they_share_and_the_other_is_told(office: Office) -> None:
    luis, rosa = await office.employ("Luis", UT), await office.employ("Rosa", UTAI)
    marta = await office.employ("Marta", UOAI)

    async with office.bot():
        receipt = await office.hand_in(luis, "10.1")
        told = await rosa.sees()
        nothing = await marta.say("/continuar")

    assert "👤 Luis (punto focal de UT) · " in receipt.text
    assert told.text == (
        "🔵 Se presentó un medio\n"
        f"{M_10_1}\n"
        "👤 Luis (punto focal de UT) · 14 may 2021, 10:00\n"
        "📎 10.1.pdf (52 bytes)"
    )
    assert told.buttons == (("🕓 Historia",),)
    assert nothing.text == NOTHING_OPEN  # Marta's unit has no share: she was told nothing


async def test_whoever_loses_the_unit_cannot_finish_what_was_begun(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI, READER)

    async with office.bot():
        await rosa.send("12.1.pdf")
        await office.dismiss(rosa)
        await office.employ("Rosa", READER)
        pressed = await rosa.tap("✅ Registrar")
        said = await rosa.say("sí")

    refusal = "Para registrar un medio hay que ser punto focal de su unidad."
    assert (pressed or "").startswith(refusal)
    assert said.text.startswith(refusal)
    assert await office.actions("12.1") == []


async def test_a_dialogue_in_a_group_belongs_to_who_began_it(sqlite_office: Office) -> None:
    rosa, luis = await sqlite_office.employ("Rosa", UTAI), await sqlite_office.employ("Luis", UTAI)
    sqlite_office.is_open = True
    group = sqlite_office.telegram.group()
    inside, other = rosa.inside(group), luis.inside(group)

    async with sqlite_office.bot():
        shown = await inside.say("/presentar 12.1")
        toast = await other.tap("✖ Cancelar")
        cancelled = await inside.press("✖ Cancelar")

    answering = "En el grupo, responda a este mensaje para que lo lea."
    assert shown.text == f"{sheet(M_12_1, asks=EVIDENCE)}\n{answering}"
    assert toast == "Ese registro es de otra persona."
    assert cancelled.text == CANCELLED_12_1


# Twice, and at the same moment.


async def test_marking_twice_becomes_adding_evidence(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)
    julia = await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(rosa, "12.1", julia)
        again = await rosa.say("ya presenté el 12.1")
        whole = await rosa.send("anexo.pdf", PDF + b"2")
        receipt = await rosa.press("✅ Registrar")
        told = await julia.sees()

    assert again.text == (
        "Ya está presentado. Si quiere, agregue evidencia a ese registro.\n"
        "12.1 · 🔵 presentado · lo presentó Rosa el 14 may 2021, 10:00 (registro N° 3)\n\n"
        + sheet(M_12_1, asks=EVIDENCE, title=ADDS)
    )
    assert whole.text == sheet(M_12_1, "📎 anexo.pdf (49 bytes)", title=ADDS)
    assert receipt.text == (
        "📎 Evidencia agregada\n"
        f"{M_12_1}\n"
        "👤 Rosa (punto focal de UTAI) · 14 may 2021, 10:00\n"
        "📎 anexo.pdf (49 bytes)\n"
        f"sha256 {sha256(PDF + b'2').hexdigest()}\n"
        f"🧾 Registro N° 4 · huella {await office.fingerprint(4)}"
    )
    assert receipt.buttons == (("🕓 Historia",),)
    assert told.text.startswith(f"📎 Se agregó evidencia\n{M_12_1}\n👤 Rosa ")
    assert await office.actions("12.1") == [Action.SUBMITTED, Action.EVIDENCE_ADDED]


async def test_what_is_verified_cannot_be_handed_in(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await julia.press("✅ Verificar")
        await rosa.sees()
        seen = await rosa.say("/presentar 12.1")
        file = await rosa.send("12.1.pdf")
        left = await rosa.say("/continuar")

    verified = (
        "Ya está verificado, no hay nada que presentar.\n"
        "12.1 · 🟢 verificado · lo presentó Rosa el 14 may 2021, 10:00 (registro N° 3)"
    )
    assert (seen.text, file.text) == (verified, verified)
    assert left.text == NOTHING_OPEN


async def test_the_second_of_two_keeps_the_evidence_and_may_add_it(office: Office) -> None:
    luis, rosa = await office.employ("Luis", UT), await office.employ("Rosa", UTAI)

    async with office.bot():
        await luis.send("10.1.pdf")
        await rosa.send("10.1 final.pdf", PDF + b"2")
        await luis.press("✅ Registrar")
        await rosa.sees()
        late = await rosa.press("✅ Registrar")
        receipt = await rosa.press("✅ Registrar")

    assert late.text == (
        "Ya está presentado. Si quiere, agregue evidencia a ese registro.\n"
        "10.1 · 🔵 presentado · lo presentó Luis el 14 may 2021, 10:00 (registro N° 3)\n\n"
        + sheet(M_10_1, "📎 10.1 final.pdf (49 bytes)", title=ADDS)
    )
    assert receipt.text.startswith("📎 Evidencia agregada\n")
    assert await office.actions("10.1") == [Action.SUBMITTED, Action.EVIDENCE_ADDED]
    assert await office.is_sound()


async def test_both_pressing_at_once_make_one_submission(office: Office) -> None:
    luis, rosa = await office.employ("Luis", UT), await office.employ("Rosa", UTAI)

    async with office.bot():
        for phone, content in ((luis, PDF), (rosa, PDF + b"2")):
            await phone.send("10.1.pdf", content)
        await asyncio.gather(luis.tap("✅ Registrar"), rosa.tap("✅ Registrar"))
        seen = [await luis.sees(), await rosa.sees()]

    assert await office.actions("10.1") == [Action.SUBMITTED]
    texts = sorted(each.text.partition("\n")[0] for each in seen)
    assert "✅ Registrado como presentado" in texts
    assert await office.is_sound()


async def test_who_waited_for_another_sees_what_that_one_recorded(
    loaded_postgres_url: str, postgres_office: Office
) -> None:
    """Only a server lets two in at once: the second reads, waits for the first, and is late."""
    office = postgres_office
    luis, rosa = await office.employ("Luis", UT), await office.employ("Rosa", UTAI)
    row = await office.means("10.1")
    submission = Change(
        means_id=row.id,
        seen=row.last_event,
        action=Action.SUBMITTED,
        actor=Actor(luis.user_id, "Luis"),
        role="focal:UT",
    )

    async with office.bot():
        await rosa.send("10.1.pdf")
        async with office.database.write() as session:
            await change(session, submission, office.clock.now())
            query = office.telegram.press(rosa.chat_id, "✅ Registrar", sender="Rosa")
            await somebody_waits(loaded_postgres_url)
        toast, late = await office.telegram.toast(query), await rosa.sees()

    assert toast is None
    assert late.text.startswith(
        "Ya está presentado. Si quiere, agregue evidencia a ese registro.\n"
        "10.1 · 🔵 presentado · lo presentó Luis el 14 may 2021, 10:00 (registro N° 3)\n"
    )
    assert ADDS in late.text


async def somebody_waits(url: str) -> None:
    """Wait until a transaction waits for a lock."""
    database = Database(url)
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    async with asyncio.timeout(5), database.session() as session:
        connection = await session.connection()
        while not (await connection.exec_driver_sql(waiting)).scalar_one():
            pass
    await database.dispose()


# Taking back.


async def test_the_submitter_takes_it_back_within_a_day(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)
    julia = await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(rosa, "12.1", julia)
        office.clock.move(hours=24)
        seen = await rosa.press("↩️ Anular")
        told = await julia.sees()
        old = await julia.tap("✅ Verificar")

    assert seen.is_edit
    assert seen.text == (
        "↩️ Registro anulado\n"
        f"{M_12_1}\n"
        "👤 Rosa (punto focal de UTAI) · 15 may 2021, 10:00\n"
        f"🧾 Registro N° 4 · huella {await office.fingerprint(4)}"
    )
    assert told.text.startswith("↩️ Se anuló una presentación\n")
    assert told.buttons == (("🕓 Historia",),)
    assert old == "Ese botón es de antes; vea cómo está ahora."
    assert (await office.means("12.1")).status is Status.PENDING
    assert await office.is_sound()


async def test_after_a_day_it_is_not_taken_back(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1")
        sqlite_office.clock.move(hours=24, seconds=1)
        toast = await rosa.tap("↩️ Anular")

    assert toast == "Ya pasó el día en que podía anularlo; seguimiento puede devolvérselo."
    assert (await sqlite_office.means("12.1")).status is Status.SUBMITTED


async def test_what_was_reviewed_is_not_taken_back(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await julia.press("✅ Verificar")
        await rosa.sees()
        toast = await rosa.tap("↩️ Anular")
        now = await rosa.sees()

    assert toast == "Ese botón es de antes; vea cómo está ahora."
    assert now.text.startswith(
        "⚠️ Ese botón es de antes: el medio ha cambiado. Ahora está así:\n12.1 · 🟢 verificado"
    )
    assert await sqlite_office.actions("12.1") == [Action.SUBMITTED, Action.VERIFIED]


async def test_nobody_takes_back_what_another_handed_in(sqlite_office: Office) -> None:
    luis, rosa = await sqlite_office.employ("Luis", UT), await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(luis, "10.1", rosa)
        before = await rosa.tap_data(luis.data("↩️ Anular"))
        await rosa.say("ya presenté el 10.1")
        await rosa.send("anexo.pdf", PDF + b"2")
        await rosa.press("✅ Registrar")
        card = await rosa.say("/revisar 10.1")
        row = await sqlite_office.means("10.1")
        after = await rosa.tap_data(f"k:wd:{row.id}:{row.last_event}")

    assert (before, after) == ("Ese registro es de otra persona.",) * 2
    assert "↩️ Anular" not in card.labels
    assert row.status is Status.SUBMITTED
    assert await sqlite_office.actions("10.1") == [Action.SUBMITTED, Action.EVIDENCE_ADDED]


async def test_taking_back_twice_has_one_effect(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await office.hand_in(rosa, "12.1")
        data = rosa.data("↩️ Anular")
        await rosa.tap_data(data)
        await rosa.sees()
        toast = await rosa.tap_data(data)

    assert toast is not None
    assert await office.actions("12.1") == [Action.SUBMITTED, Action.WITHDRAWN]


async def test_what_was_taken_back_is_handed_in_again(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await office.hand_in(rosa, "12.1")
        await rosa.press("↩️ Anular")
        seen = await rosa.send("12.1.pdf", PDF + b"2")
        await rosa.press("✅ Registrar")

    assert seen.text == sheet(M_12_1, "📎 12.1.pdf (49 bytes)")
    assert (await office.means("12.1")).status is Status.SUBMITTED
    assert date.fromisoformat("2021-05-31") == (await office.means("12.1")).due_on
