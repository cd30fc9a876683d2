"""What people send by mistake, or to see what happens: said to be so, and nothing recorded."""

import logging
from typing import Any

import pytest

from handlers.gathering import NOTE_CHARS
from storage.events import Action
from storage.evidence_kinds import EVIDENCE_BYTES
from tests.support.office import ADMIN, FOLLOW_UP, JPEG, PDF, UTAI, Office, Phone

M_12_1 = "12.1 RDE que aprueba la malla curricular de formación de… · UTAI · vence el 31 may 2021"
NOT_SEEN = "🤔 No vi ahí un archivo, un enlace ni un N° de documento, así que no anoté nada."
NO_WORDS = "🤔 No vi ahí palabras, así que no anoté nada."
TAKEN = "Recibo PDF, fotos, Word, Excel, PowerPoint, OpenDocument, texto, ZIP y video."
FUTURE = (
    "⚠️ El 20 may 2021 todavía no llega (hoy es 14 may 2021): no puede ser la fecha del documento."
)
BEFORE_THE_ACT = (
    "⚠️ El 27 abr 2021 es anterior al acta (28 abr 2021): no puede ser la fecha del documento."
)
HUGE = 10**9 - 1  # the largest that is read as a number of ours
MARKUP = "<b>a</b> & <script>x</script>"


async def kept(office: Office) -> list[bytes]:
    """The files that are on the disk."""
    return (
        [each.read_bytes() for each in office.folder.iterdir()] if office.folder.exists() else []
    )


# Files.


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        pytest.param(
            "12.1.pdf", b"", "⚠️ «12.1.pdf» está vacío (0 bytes). Envíelo de nuevo.", id="empty"
        ),
        pytest.param(
            "12.1.pdf",
            PDF + bytes(EVIDENCE_BYTES),
            "⚠️ «12.1.pdf» pasa de 20 MB, lo más que puedo recibir. Súbalo a una carpeta "
            "compartida y envíeme el enlace.",
            id="over-20-mb",
        ),
        pytest.param(
            "12.1.pdf",
            JPEG,
            "⚠️ «12.1.pdf» dice ser .pdf, pero su contenido es jpg. Ábralo, guárdelo de nuevo con "
            "su formato y envíelo.",
            id="false-ending",
        ),
        pytest.param(
            "12.1.pdf",
            b"MZ\x90\x00" + bytes(60),
            f"⚠️ «12.1.pdf» no es de un tipo que pueda guardar. {TAKEN}",
            id="program",
        ),
        pytest.param(
            "12.1.html",
            b"<html><script>alert(1)</script></html>",
            f"⚠️ «12.1.html» no es de un tipo que pueda guardar. {TAKEN}",
            id="page",
        ),
    ],
)
async def test_a_file_that_cannot_be_kept_is_refused_with_the_reason(
    sqlite_office: Office, name: str, content: bytes, answer: str
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        seen = await rosa.send(name, content)
        left = await rosa.say("/continuar")

    assert seen.text == answer
    assert left.text == "No tiene ningún registro a medias."
    assert await kept(sqlite_office) == []


async def test_a_refused_file_leaves_the_open_dialogue_as_it_was(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        await rosa.send("anexo.pdf", b"")
        receipt = await rosa.say("sí")

    assert "📎 12.1.pdf (48 bytes)" in receipt.text
    assert "anexo" not in receipt.text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("../../12.1.pdf", "12.1.pdf", id="path"),
        pytest.param("..\\..\\12.1.pdf", "12.1.pdf", id="windows-path"),
        pytest.param("/etc/12.1.pdf", "etc 12.1.pdf", id="root"),
        pytest.param("12.1\x07\nx.pdf", "12.1 x.pdf", id="control-characters"),
        pytest.param("12.1 \u202efdp.exe\u202c.pdf", "12.1 fdp.exe.pdf", id="turned-round"),
        pytest.param("12.1 " + "a" * 300 + ".pdf", "12.1 " + "a" * 111 + ".pdf", id="very-long"),
        pytest.param("12.1", "12.1.pdf", id="no-ending"),
        pytest.param(f"12.1 {MARKUP}.pdf", "12.1 <b>a< b> & <script>x< script>.pdf", id="markup"),
        pytest.param("12.1 {0} %s.pdf", "12.1 {0} %s.pdf", id="placeholders"),
    ],
)
async def test_the_name_of_a_file_is_only_a_label(
    sqlite_office: Office, name: str, shown: str
) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )

    async with sqlite_office.bot():
        sheet = await rosa.send(name)
        receipt = await rosa.press("✅ Registrar")
        notice = await julia.sees()
        menu = await julia.press("📎 Evidencia")
        file = await julia.press(menu.labels[0])
        history = await julia.say("/historia 12.1")
    [path] = list(sqlite_office.folder.iterdir())
    sent = sqlite_office.telegram.world.chats[julia.chat_id].messages[file.message_id]

    line = f"📎 {shown} (48 bytes)"
    for seen in (sheet, receipt, notice, menu):
        assert line in seen.text.splitlines()
    assert menu.labels[0] == f"⬇ {shown}"[:40]
    assert sent["document"]["file_name"] == shown
    assert f"📎 {shown} · " in history.text
    assert path.name.isascii()
    assert "12.1" not in path.name


async def test_a_file_that_telegram_does_not_give_is_said_to_be_missing(
    sqlite_office: Office,
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)
    sqlite_office.telegram.fail("getFile", 400, times=3)

    async with sqlite_office.bot():
        seen = await rosa.send("<12.1>.pdf")

    assert seen.text == "⚠️ No pude descargar «<12.1>.pdf» de Telegram. Envíelo de nuevo."


# Links.


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("https://", id="scheme-alone"),
        pytest.param("http://x", id="no-domain"),
        pytest.param("htp://drive.google.com/a", id="mistyped-scheme"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("ftp://midis.gob.pe/a.pdf", id="other-scheme"),
        pytest.param("https://user:clave@127.0.0.1/a", id="this-machine"),
        pytest.param("http://localhost:8080/a", id="localhost"),
    ],
)
async def test_a_link_that_is_none_is_no_evidence(sqlite_office: Office, text: str) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("ya presenté el 12.1")
        seen = await rosa.say(text)
        yes = await rosa.say("sí")

    assert "🔗" not in seen.text + yes.text
    assert not yes.text.startswith("✅")
    assert await sqlite_office.actions("12.1") == []


# Days.


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        pytest.param("20 de mayo de 2021", FUTURE, id="future"),
        pytest.param("27 de abril", BEFORE_THE_ACT, id="before-the-act"),
    ],
)
@pytest.mark.parametrize("way", ["button", "caption", "file-name", "before-the-means"])
async def test_a_document_is_of_no_day_to_come_and_of_none_before_the_act(
    sqlite_office: Office, way: str, day: str, problem: str
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)
    document = "Informe N° 045-2021-UTAI"

    async with sqlite_office.bot():
        match way:
            case "button":
                await rosa.send("12.1.pdf")
                await rosa.press("📅 Su fecha")
                seen = await rosa.say(day)
            case "caption":
                seen = await rosa.send("12.1.pdf", caption=f"{document} del {day}")
            case "file-name":
                seen = await rosa.send(f"12.1 {document} del {day}.pdf")
            case _:
                await rosa.say("/presentar")
                await rosa.say(f"{document} del {day}")
                seen = await rosa.say("12.1")
    date = {"20 de mayo de 2021": "20 may 2021", "27 de abril": "27 abr 2021"}[day]

    is_told = way != "before-the-means" or problem is BEFORE_THE_ACT
    assert seen.text.startswith(problem) == is_told
    assert f"· {date}" not in seen.text


# Words.


async def test_what_people_write_is_never_markup(office: Office) -> None:
    rosa = await office.employ(f"Rosa {MARKUP}", UTAI)
    julia, pedro = await office.employ("Julia", FOLLOW_UP), await office.employ("Pedro", ADMIN)

    async with office.bot():
        await rosa.send("12.1.pdf", caption=MARKUP)
        await rosa.press("📝 Nota")
        note = await rosa.say(MARKUP)
        await rosa.press("📄 N° de documento")
        await rosa.say(f"Carta {MARKUP}")
        receipt = await rosa.press("✅ Registrar")
        notice = await julia.sees()
        await julia.press("↩️ Observar")
        reason = await julia.say(MARKUP)
        await julia.press("↩️ Devolver")
        told = await rosa.sees()
        history = await rosa.say("/historia 12.1")
        people = await pedro.say("/personas")

    assert f"📝 {MARKUP}" in note.text
    for seen in (receipt, notice, history):
        assert f"Rosa {MARKUP} (punto focal de UTAI)" in seen.text
        assert f"📄 Carta {MARKUP}" in seen.text
        assert f"💬 {MARKUP}" in seen.text
    assert f"💬 {MARKUP}" in reason.text
    assert f"💬 {MARKUP}" in told.text
    assert f"• Rosa {MARKUP} (id {rosa.user_id}): punto focal de UTAI" in people.text


@pytest.mark.parametrize("length", [4_096, 5_000])
async def test_a_very_long_note_is_cut_and_said_to_be(sqlite_office: Office, length: int) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        await rosa.press("📝 Nota")
        seen = await rosa.say("ñ" * length)
        receipt = await rosa.press("✅ Registrar")
    [event] = await sqlite_office.events("12.1")

    assert seen.text.startswith(
        "⚠️ Es muy largo: guardé las primeras 1000 letras; el resto, en un archivo.\n\n"
    )
    assert f"📝 {'ñ' * NOTE_CHARS}\n" in seen.text
    assert receipt.text.startswith("✅ Registrado como presentado")
    assert event.note == "ñ" * NOTE_CHARS


async def test_a_note_of_just_the_length_is_whole(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        await rosa.press("📝 Nota")
        seen = await rosa.say("ñ" * NOTE_CHARS)

    assert "⚠️" not in seen.text


@pytest.mark.parametrize("button", ["📝 Nota", "📄 N° de documento", "📅 Su fecha"])
@pytest.mark.parametrize("text", ["😀😀", "…", "\u200b.\u202e"], ids=["emoji", "dots", "unseen"])
async def test_signs_alone_answer_nothing(sqlite_office: Office, button: str, text: str) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        asked = await rosa.press(button)
        seen = await rosa.say(text)

    assert seen.text == f"{NO_WORDS}\n\n{asked.text}"


async def test_signs_alone_are_no_reason_and_no_name(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )
    ana = sqlite_office.phone("Ana")

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        asked = await julia.press("↩️ Observar")
        reason = await julia.say("😡")
        name = await ana.say("/acceso")
        still = await ana.say("😀")
        cleaned = await ana.say("A\u202en\x07a\u2066")

    assert reason.text == f"{NO_WORDS}\n\n{asked.text}"
    assert still.text == name.text
    assert cleaned.text == "🔑 Pedir acceso\n👤 Ana\n¿Para qué?"


async def test_words_that_say_nothing_record_nothing(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        whole = await rosa.send("12.1.pdf")
        seen = [await rosa.say(words) for words in ("asdf qwerty", "no", "x" * 4_096)]

    assert {each.text for each in seen} == {f"{NOT_SEEN}\n\n{whole.text}"}
    assert await sqlite_office.actions("12.1") == []


# Buttons.


async def test_a_forged_revision_shows_how_the_dialogue_stands(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        kind, verb, draft, revision = rosa.data("✅ Registrar").split(":")
        whole = await rosa.say("https://drive.google.com/a")
        for forged in (int(revision), int(revision) + 2, -1, HUGE):
            await rosa.tap_data(f"{kind}:{verb}:{draft}:{forged}")
        seen = await rosa.sees()  # the others change nothing in it
        after = await rosa.say("/continuar")

    changed = "⚠️ Esto cambió desde que vio ese botón; revise cómo está ahora."
    assert seen.text == f"{changed}\n\n{whole.text}"
    assert after.text == whole.text
    assert await sqlite_office.actions("12.1") == []


async def test_a_focal_point_cannot_move_a_date_by_a_forged_button(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        _, _, draft, revision = rosa.data("✅ Registrar").split(":")
        toast = await rosa.tap_data(f"d:due:{draft}:{revision}")
        await rosa.say("30 de diciembre")
        await rosa.say("/continuar")
        await rosa.press("✅ Registrar")

    row = await sqlite_office.means("12.1")
    assert toast == "Ese botón ya no vale; pregunte de nuevo."
    assert row.due_on == row.signed_on
    assert await sqlite_office.actions("12.1") == [Action.SUBMITTED]
    assert await sqlite_office.is_sound()


@pytest.mark.parametrize(
    "data",
    [
        f"d:ok:{HUGE}:0",
        f"d:pick:{HUGE}:0:{HUGE}",
        f"k:ver:{HUGE}:0",
        f"k:his:{-HUGE}:0",
        f"e:{HUGE}",
        f"e:{-HUGE}",
        f"p:{HUGE}:0",
        f"m:1:{HUGE}:{HUGE}",
        "d:ok",
        "k:ver:1",
        "x",
        "",
    ],
)
async def test_a_button_that_never_was_is_refused_quietly(
    sqlite_office: Office, data: str
) -> None:
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        await julia.say("hola")
        toast = await julia.tap_data(data)
        after = await julia.say("hola")

    assert toast == "Ese botón ya no vale; pregunte de nuevo."
    assert after.text.startswith("¡Buenas!")


KINDS = (
    *("k:ver", "k:card", "d:ok", "d:go", "d:pick", "q:ok", "a:ok", "a:rev", "a:out", "a:ppl"),
    *("a:inv", "e", "p", "m", "n:p", "o", "y"),
)
NUMBERS = ("2147483648", "-2147483649", "999999999999999999", "9" * 40)


async def test_no_number_is_too_large_to_be_refused(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    ana = await office.employ("Ana", ADMIN, FOLLOW_UP, UTAI)
    actions = await office.all_actions()

    async with office.bot():
        await ana.say("¿qué vence en junio?")
        toasts = {}
        for kind in KINDS:
            for number in NUMBERS:
                for data in (f"{kind}:{number}", f"{kind}:1:{number}", f"{kind}:{number}:0"):
                    toasts[data] = await ana.tap_data(data[:64])

    assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == []
    assert await office.all_actions() == actions


async def test_numbers_out_of_range_do_nothing_for_an_administrator(sqlite_office: Office) -> None:
    pedro = await sqlite_office.employ("Pedro", ADMIN)
    seen: list[Any] = []

    async with sqlite_office.bot():
        await pedro.say("hola")
        for data in (f"a:rev:{HUGE}", f"a:ok:{HUGE}", f"a:rev:{HUGE}:1", f"a:out:{-HUGE}"):
            await pedro.tap_data(data)
            seen.append((await pedro.sees()).text)
        toast = await pedro.tap_data(f"a:inv:{HUGE}:{HUGE}")

    assert seen == [
        "Ese acceso ya no existía.",
        "Esa solicitud ya se decidió.",
        "Ese acceso ya no existía.",
        "Este chat no es un grupo admitido. Escriba /retirar dentro del grupo.",
    ]
    assert toast == "Ese botón ya no vale; pregunte de nuevo."


async def test_a_name_is_shown_without_what_turns_it_round(sqlite_office: Office) -> None:
    pedro: Phone = await sqlite_office.employ("Pedro", ADMIN)
    ana = sqlite_office.phone("Ana\u202e 5001 di")

    async with sqlite_office.bot():
        await ana.say("/acceso")
        await ana.press("Soy Ana 5001 di")
        await ana.press("👀 Consultar (lector)")
        await ana.press("📨 Enviar la solicitud")
        put = await pedro.sees()

    assert put.text.splitlines()[1] == (
        f"👤 Ana 5001 di (en Telegram: Ana 5001 di, id {ana.user_id})"
    )
