"""What people say beside the straight way through a dialogue, and what must not come of it."""

from typing import Any

from storage.events import Action
from tests.support.office import ADMIN, FOLLOW_UP, PDF, READER, UOAI, UTAI, Office, Phone

OTHER = "Eso nombra otro medio: va en un registro aparte. El del 12.1 sigue a medias: /continuar."


def album(phone: Phone, *contents: bytes, caption: str = "", **more: Any) -> None:
    """Send several files at once; the caption is the first one's."""
    for number, content in enumerate(contents):
        first = {"caption": caption, **more} if not number else {}
        phone.telegram.post(
            phone.chat_id,
            sender=phone.name,
            media_group_id="album",
            **phone.document(f"{number}.pdf", content),
            **first,
        )


# Another means than the one that is open.


async def test_evidence_of_another_means_goes_into_that_one(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("ya presenté el 12.1")
        link = await rosa.say("ya presenté el 4.1 https://drive.google.com/x")
        await rosa.say("/cancelar")
        named = await rosa.send("4.1 TDR.pdf")

    assert link.text.splitlines()[1].startswith("4.1 ")
    assert "🔗 https://drive.google.com/x" in link.text
    assert named.text.splitlines()[0] == OTHER
    assert "📎 4.1 TDR.pdf" in named.text


async def test_a_note_may_speak_of_another_means(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        await rosa.press("📝 Nota")
        seen = await rosa.say("Va con el 4.1, en https://drive.google.com/x")

    assert "📝 Va con el 4.1, en https://drive.google.com/x" in seen.text


async def test_what_is_gathered_outlives_a_means_that_is_verified(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(rosa, "4.1", julia)
        await julia.press("✅ Verificar")
        await rosa.sees()
        await rosa.send("informe.pdf", PDF + b"9")
        said = await rosa.say("4.1")
        chosen = await rosa.say("12.1")

    assert said.text.startswith("Ya está verificado, no hay nada que presentar.")
    assert "📎 informe.pdf" in said.text
    assert chosen.text.splitlines()[1].startswith("12.1 ")
    assert "📎 informe.pdf" in chosen.text


async def test_the_question_which_means_hears_captions_and_names_of_files(
    sqlite_office: Office,
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("/presentar")
        captioned = await rosa.send("informe.pdf", caption="12.1")
        await rosa.say("/cancelar")
        await rosa.say("/presentar")
        named = await rosa.send("12.1 malla.pdf")
        await rosa.say("/cancelar")
        await rosa.say("/presentar")
        answer = await rosa.say("¿cuándo vence el 12.1?")

    assert captioned.text.splitlines()[1].startswith("12.1 ")
    assert named.text.splitlines()[1].startswith("12.1 ")
    assert answer.text.startswith("🔎 1 medio: ")
    assert answer.text.splitlines()[-1].startswith("⏸ Queda a medias")


# Albums.


async def test_an_album_that_is_refused_is_refused_whole(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UOAI)

    async with sqlite_office.bot():
        album(rosa, PDF, PDF + b"2", PDF + b"3", caption="ya presenté el 12.1")
        refused = await rosa.sees()
        left = await rosa.say("/continuar")

    assert refused.text.startswith("El 12.1 es de UTAI; usted es punto focal de UOAI")
    assert left.text == "No tiene ningún registro a medias."


async def test_a_bad_part_of_an_album_does_not_hide_the_others(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        album(rosa, PDF, PDF + b"2", b"", caption="12.1")
        seen = await rosa.sees()

    assert seen.text.startswith("⚠️ «2.pdf» está vacío (0 bytes). Envíelo de nuevo.\n\n✍️")
    assert "📎 0.pdf" in seen.text
    assert "📎 1.pdf" in seen.text
    assert "✅ Registrar" in seen.labels


async def test_what_is_wrong_with_a_caption_is_not_lost_in_an_album(
    sqlite_office: Office,
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        caption = "12.1 Informe N° 045-2021-UTAI del 20 de mayo de 2021"
        album(rosa, PDF, PDF + b"2", caption=caption)
        warned, whole = await rosa.sees(), await rosa.sees()

    assert warned.text.startswith("⚠️ El 20 may 2021 todavía no llega")
    assert "📎 1.pdf" in whole.text


async def test_in_a_group_the_caption_of_an_album_speaks_for_all_of_it(
    sqlite_office: Office,
) -> None:
    rosa, pedro = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Pedro", ADMIN),
    )
    group = sqlite_office.telegram.group(has_privacy=False)
    inside = rosa.inside(group)
    mention = {"type": "mention", "offset": 0, "length": len("@compromisos_bot")}

    async with sqlite_office.bot():
        await pedro.inside(group).say("/admitir")
        album(inside, PDF, PDF + b"2", caption="@compromisos_bot 12.1", caption_entities=[mention])
        seen = await inside.sees()

    assert "📎 0.pdf" in seen.text
    assert "📎 1.pdf" in seen.text


# Groups.


async def test_in_a_group_it_says_how_to_answer(sqlite_office: Office) -> None:
    rosa, pedro = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Pedro", ADMIN),
    )
    group = sqlite_office.telegram.group()
    inside = rosa.inside(group)

    async with sqlite_office.bot():
        await pedro.inside(group).say("/admitir")
        asked = await inside.say("/presentar 12.1")

    assert asked.text.splitlines()[-1] == "En el grupo, responda a este mensaje para que lo lea."


# Who sees what.


async def test_links_are_for_those_who_may_see_the_evidence(sqlite_office: Office) -> None:
    rosa, luis = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Luis", READER),
    )
    pedro, group = await sqlite_office.employ("Pedro", ADMIN), sqlite_office.telegram.group()

    async with sqlite_office.bot():
        await rosa.say("ya presenté el 12.1")
        await rosa.say("https://drive.google.com/secreto")
        await rosa.press("✅ Registrar")
        own, others = await rosa.say("/historia 12.1"), await luis.say("/historia 12.1")
        await pedro.inside(group).say("/admitir")
        in_group = await rosa.inside(group).say("/historia 12.1")

    assert "📎 https://drive.google.com/secreto" in own.text
    for seen in (others, in_group):
        assert "📎 enlace" in seen.text
        assert "secreto" not in seen.text


# Words that belong to a dialogue.


async def test_a_reason_goes_on_whatever_it_speaks_of(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await julia.press("↩️ Observar")
        await julia.say("falta la firma")
        whole = await julia.say("falta el visto de UTAI")
        answer = await julia.say("¿qué le falta a UTAI?")

    assert "💬 falta la firma\nfalta el visto de UTAI" in whole.text
    assert answer.text.startswith("🔎 16 medios: pendientes · de UTAI")


async def test_the_order_to_record_what_is_shown_records_it(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.send("12.1.pdf")
        receipt = await rosa.say("regístralo como presentado")

    assert receipt.text.startswith("✅ Registrado como presentado")
    assert await sqlite_office.actions("12.1") == [Action.SUBMITTED]


async def test_what_was_noted_can_be_taken_back(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.send("12.1.pdf", caption="Informe N° 045-2021-UTAI")
        await rosa.say("https://drive.google.com/a")
        one = await rosa.press("↶ Quitar lo último")
        await rosa.press("📄 N° de documento")
        link = await rosa.say("https://drive.google.com/b")
        await rosa.press("📄 N° de documento")
        unnumbered = await rosa.press("‹ Quitar")

    assert "🔗" not in one.text
    assert "📎 12.1.pdf" in one.text
    assert "📄 Informe N° 045-2021-UTAI" in link.text
    assert "🔗 https://drive.google.com/b" in link.text
    assert "📄" not in unnumbered.text


# The document that allows a new date.


async def test_the_name_of_a_file_may_be_the_document_that_allows_a_date(
    sqlite_office: Office,
) -> None:
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        await julia.say("/reprogramar medio 12.1 30 de setiembre")
        none = await julia.say("no tengo")
        whole = await julia.send("Memorando N° 120-2021.pdf")

    assert none.text.startswith("🤔 No vi ahí un documento, así que no anoté nada.")
    assert whole.text.startswith("Anoté el documento por su nombre; aquí no guardo el archivo.")
    assert "📄 Memorando N° 120-2021" in whole.text
    assert not sqlite_office.folder.exists()


async def test_an_observation_takes_no_file(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await julia.press("↩️ Observar")
        seen = await julia.send("captura.pdf")

    assert seen.text.startswith("Aquí no guardo archivos: escríbalo, por favor.")
    assert len(list(sqlite_office.folder.iterdir())) == 1


# Asking for access.


async def test_a_request_is_understood_in_words_too(sqlite_office: Office) -> None:
    ana = sqlite_office.phone("Ana")

    async with sqlite_office.bot():
        named = await ana.say("/acceso")
        question = await ana.say("¿qué vence en junio?")
        await ana.say("Ana Nueva")
        unit = await ana.say("soy punto focal")
        lost = await ana.say("no sé")
        left = await ana.say("/continuar")
        whole = await ana.say("UTAI")
        nobody = await ana.press("📨 Enviar la solicitud")
        again = await ana.say("/acceso")
        anew = await ana.press("✍️ Cambiar la solicitud")

    assert question.text == named.text == anew.text
    assert unit.text == lost.text == left.text == "🔑 Pedir acceso\n👤 Ana Nueva\n¿De qué unidad?"
    assert whole.text == "🔑 Pedir acceso\n👤 Ana Nueva\nComo: punto focal de UTAI"
    assert nobody.text.startswith("📨 Guardé su solicitud, pero todavía no hay ningún administrad")
    assert again.buttons == (("✍️ Cambiar la solicitud",),)


async def test_a_request_that_no_administrator_was_told_of_is_found_and_decided(
    sqlite_office: Office,
) -> None:
    ana = sqlite_office.phone("Ana")

    async with sqlite_office.bot():
        await ana.say("/acceso")
        await ana.press("Soy Ana")
        await ana.press("👀 Consultar (lector)")
        await ana.press("📨 Enviar la solicitud")
        pedro = await sqlite_office.employ("Pedro", ADMIN)
        listed = await pedro.say("/personas")
        decided = await pedro.press("✅ Ana")
        told = await ana.sees()

    assert f"🔑 Solicitudes por decidir\n• Ana (id {ana.user_id}): lector" in listed.text
    assert decided.text == "✅ Ana entra como lector."
    assert told.text.startswith("🔓 Ya tiene acceso como lector.")
