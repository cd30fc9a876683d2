"""Reviewing and moving dates, as follow-up lives it: the whole bot over the local Telegram."""

from datetime import date
from hashlib import sha256

import pytest

from bot.courier import LOST_FILE
from handlers.views.marks import SENT_PRIVATELY
from storage.events import Action
from storage.records import Status
from tests.support.office import ADMIN, FOLLOW_UP, PDF, READER, UT, UTAI, Office, Phone

M_4_1 = "4.1 TDR para el desarrollo de un documento técnico para… · UTAI"
M_12_1 = "12.1 RDE que aprueba la malla curricular de formación de… · UTAI"
DUE_12_1 = f"{M_12_1} · vence el 31 may 2021"
NOTHING_YET = "Todavía no se ha registrado nada."
REASON = f"{NOTHING_YET}\n¿Por qué lo devuelve? Escriba el motivo; le llegará a quien lo presentó."
RETURN = f"{NOTHING_YET} ¿Está bien? Toque Devolver."
WHEN = f"{NOTHING_YET}\n¿Para qué fecha? Por ejemplo: 30 de setiembre."
SUPPORT = f"{NOTHING_YET}\n¿Con qué documento se autoriza? Por ejemplo: Memorando N° 120-2021."
MOVE = f"{NOTHING_YET} ¿Está bien? Toque Reprogramar."
OLD = "Ese botón es de antes; vea cómo está ahora."
CHANGED = "⚠️ Ese botón es de antes: el medio ha cambiado. Ahora está así:"
NOT_FOLLOW_UP = "Eso lo hace la oficina de seguimiento."
OWN = "Nadie revisa lo que presentó: lo verá otra persona de seguimiento."
FILE_SHA = sha256(PDF + b"12.1").hexdigest()


def observing(*lines: str, asks: str = RETURN) -> str:
    """What the dialogue of an observation shows."""
    return "\n".join(["↩️ Devolver con observación", DUE_12_1, *lines, "", asks])


def moving(*lines: str, asks: str = MOVE) -> str:
    """What the dialogue of a new date shows."""
    return "\n".join(["📅 Reprogramar", DUE_12_1, *lines, "", asks])


async def observed(julia: Phone, reason: str) -> None:
    """Send back what was handed in last."""
    await julia.press("↩️ Observar")
    await julia.say(reason)
    await julia.press("↩️ Devolver")


# What comes in.


async def test_follow_up_is_told_at_once_with_all_it_needs(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await rosa.send("12.1.pdf", caption="Informe N° 045-2021-UTAI del 10 de mayo")
        await rosa.say("https://drive.google.com/a")
        await rosa.press("📝 Nota")
        await rosa.say("Va en dos tomos")
        await rosa.press("✅ Registrar")
        told = await julia.sees()

    assert told.text == (
        "🔵 Se presentó un medio\n"
        f"{DUE_12_1}\n"
        "👤 Rosa (punto focal de UTAI) · 14 may 2021, 10:00\n"
        "📄 Informe N° 045-2021-UTAI · 10 may 2021\n"
        "💬 Va en dos tomos\n"
        "📎 12.1.pdf (48 bytes)\n"
        "🔗 https://drive.google.com/a"
    )
    assert told.buttons == (
        ("✅ Verificar", "↩️ Observar"),
        ("📎 Evidencia", "🕓 Historia"),
    )


async def test_what_waits_for_review_is_listed_the_oldest_first(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        nothing = await julia.say("/revisar")
        await office.hand_in(rosa, "12.1", julia)
        office.clock.move(days=1)
        await office.hand_in(rosa, "4.1", julia)
        office.clock.move(days=1)
        listed = await julia.say("/revisar")
        card = await julia.press("12.1")

    assert nothing.text == "🟢 No hay nada por revisar."
    assert listed.text == (
        "📥 Por revisar: 2\n"
        f"{DUE_12_1} · Rosa · hace 2 días\n"
        f"{M_4_1} · vence el 31 may 2021 · Rosa · hace 1 día"
    )
    assert listed.buttons == (("12.1", "4.1"),)
    assert card.text.startswith(
        "12.1 · 🔵 presentado · lo presentó Rosa el 14 may 2021, 10:00 (registro N° 3)\nRDE que"
    )
    assert card.buttons == (
        ("✅ Verificar", "↩️ Observar"),
        ("📅 Reprogramar",),
        ("🕓 Historia", "📎 Evidencia"),
    )


# Accepting and sending back.


async def test_verifying_tells_who_handed_it_in(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(rosa, "12.1", julia)
        receipt = await julia.press("✅ Verificar")
        told = await rosa.sees()

    assert receipt.is_edit
    assert receipt.text == (
        f"🟢 Verificado\n{DUE_12_1}\n👤 Julia (seguimiento) · 14 may 2021, 10:00\n"
        f"🧾 Registro N° 4 · huella {await office.fingerprint(4)}"
    )
    assert told.text.startswith(
        f"🟢 Se verificó un medio\n{DUE_12_1}\n👤 Julia (seguimiento) · 14 may 2021, 10:00\n"
    )
    assert (await office.means("12.1")).status is Status.VERIFIED
    assert await office.is_sound()


async def test_an_observation_goes_to_the_submitter_and_reopens_the_means(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(rosa, "12.1", julia)
        asked = await julia.press("↩️ Observar")
        whole = await julia.say("Falta la firma del jefe")
        receipt = await julia.press("↩️ Devolver")
        told = await rosa.sees()
        again = await rosa.press("✍️ Volver a presentar")
        await rosa.send("firmado.pdf", PDF + b"2")
        await rosa.press("✅ Registrar")
        back = await julia.sees()

    assert asked.text == observing(asks=REASON)
    assert whole.text == observing("💬 Falta la firma del jefe")
    assert whole.buttons == (("↩️ Devolver",), ("Cambiar el motivo",), ("✖ Cancelar",))
    said = f"{DUE_12_1}\n👤 Julia (seguimiento) · 14 may 2021, 10:00\n💬 Falta la firma del jefe"
    number = f"🧾 Registro N° 4 · huella {await office.fingerprint(4)}"
    assert receipt.text == f"🟠 Devuelto con observación\n{said}\n{number}"
    assert told.text == f"🟠 Se devolvió un medio\n{said}"
    assert told.buttons == (("✍️ Volver a presentar",), ("🕓 Historia",))
    assert again.text.startswith(f"✍️ Registrar como presentado\n{DUE_12_1}\n")
    assert back.text.startswith("🔵 Se presentó un medio\n")
    assert await office.actions("12.1") == [
        Action.SUBMITTED,
        Action.OBSERVED,
        Action.SUBMITTED,
    ]
    assert await office.is_sound()


async def test_an_observed_means_is_open_again(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(rosa, "12.1", julia)
        await observed(julia, "Falta la firma")
        await rosa.sees()
        listed = await rosa.say("observados")
        waiting = await julia.say("/revisar")

    assert listed.text.splitlines() == ["🔎 1 medio: observados", f"🟠 {M_12_1} · 31 may 2021"]
    assert waiting.text == "🟢 No hay nada por revisar."
    assert (await office.means("12.1")).status is Status.OBSERVED


async def test_a_reason_may_come_in_several_messages_and_be_changed(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await julia.press("↩️ Observar")
        await julia.say("Falta la firma")
        more = await julia.say("y el visto del Informe N° 45-2021")
        question = await julia.say("¿qué vence en enero?")
        asked = await julia.press("Cambiar el motivo")
        changed = await julia.say("Falta el anexo")

    assert more.text == observing("💬 Falta la firma\ny el visto del Informe N° 45-2021")
    left = "⏸ Queda a medias su observación del 12.1: /continuar o /cancelar."
    assert question.text.endswith(left)
    assert asked.text.endswith(REASON)
    assert changed.text == observing("💬 Falta el anexo")


async def test_a_verification_can_be_taken_for_a_mistake(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await julia.press("✅ Verificar")
        await rosa.sees()
        await julia.say("/revisar 12.1")
        await observed(julia, "Verificado por error")
        told = await rosa.sees()

    assert "💬 Verificado por error" in told.text
    assert await sqlite_office.actions("12.1") == [
        Action.SUBMITTED,
        Action.VERIFIED,
        Action.OBSERVED,
    ]
    assert await sqlite_office.is_sound()


async def test_the_unit_that_shares_a_means_is_told_of_the_review(sqlite_office: Office) -> None:
    luis, rosa = await sqlite_office.employ("Luis", UT), await sqlite_office.employ("Rosa", UTAI)
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(luis, "10.1", julia, rosa)
        await observed(julia, "Falta la firma")
        told = [(await luis.sees()).text, (await rosa.sees()).text]

    assert [each.splitlines()[-1] for each in told] == ["💬 Falta la firma"] * 2


# Who may.


async def test_nobody_reviews_what_they_handed_in(office: Office) -> None:
    iris = await office.employ("Iris", UTAI, FOLLOW_UP)
    julia = await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(iris, "12.1", julia)
        card = await iris.say("/revisar 12.1")
        row = await office.means("12.1")
        toasts = [
            await iris.tap_data(f"k:{verb}:{row.id}:{row.last_event}") for verb in ("ver", "obs")
        ]
        done = await julia.press("✅ Verificar")

    assert not {"✅ Verificar", "↩️ Observar"} & set(card.labels)
    assert toasts == [OWN, OWN]
    assert done.text.startswith("🟢 Verificado\n")
    assert await office.actions("12.1") == [Action.SUBMITTED, Action.VERIFIED]


async def test_who_added_evidence_does_not_review_it_either(sqlite_office: Office) -> None:
    luis, iris = (
        await sqlite_office.employ("Luis", UT),
        await sqlite_office.employ("Iris", UTAI, FOLLOW_UP),
    )

    async with sqlite_office.bot():
        await sqlite_office.hand_in(luis, "10.1")
        notice = await iris.sees()
        await iris.send("10.1 anexo.pdf", PDF + b"2")
        await iris.press("✅ Registrar")
        row = await sqlite_office.means("10.1")
        toast = await iris.tap_data(f"k:ver:{row.id}:{row.last_event}")

    assert "✅ Verificar" in notice.labels
    assert toast == OWN
    assert (await sqlite_office.means("10.1")).status is Status.SUBMITTED


async def test_a_focal_point_reviews_and_moves_nothing(sqlite_office: Office) -> None:
    rosa, luis = await sqlite_office.employ("Rosa", UTAI), await sqlite_office.employ("Luis", UT)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1")
        row = await sqlite_office.means("12.1")
        await luis.say("hola")
        toasts = [
            await luis.tap_data(f"k:{verb}:{row.id}:{row.last_event}")
            for verb in ("ver", "obs", "rep")
        ]
        said = [await luis.say(words) for words in ("/revisar", "/reprogramar 12.1")]

    assert toasts == [NOT_FOLLOW_UP] * 3
    assert [each.text for each in said] == [NOT_FOLLOW_UP] * 2
    assert await sqlite_office.actions("12.1") == [Action.SUBMITTED]


# Old buttons.


async def test_an_old_button_says_so_and_shows_how_it_stands(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)
    julia, hugo = await office.employ("Julia", FOLLOW_UP), await office.employ("Hugo", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(rosa, "12.1", julia, hugo)
        await julia.press("✅ Verificar")
        toasts, shown = [], []
        for data in [hugo.data(label) for label in ("✅ Verificar", "↩️ Observar")]:
            toasts.append(await hugo.tap_data(data))
            shown.append(await hugo.sees())

    stands = "12.1 · 🟢 verificado · lo presentó Rosa el 14 may 2021, 10:00 (registro N° 4)"
    assert toasts == [OLD, OLD]
    assert {each.text.partition("\nRDE")[0] for each in shown} == {f"{CHANGED}\n{stands}"}
    assert shown[0].labels == ("↩️ Observar", "🕓 Historia", "📎 Evidencia")
    assert await office.actions("12.1") == [Action.SUBMITTED, Action.VERIFIED]


async def test_a_reason_outlives_evidence_that_comes_meanwhile(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(rosa, "12.1", julia)
        await julia.press("↩️ Observar")
        await julia.say("Falta la firma")
        await rosa.send("12.1 firmado.pdf", PDF + b"2")
        await rosa.press("✅ Registrar")
        await julia.sees()
        late = await julia.press("↩️ Devolver")
        receipt = await julia.press("↩️ Devolver")

    stands = "12.1 · 🔵 presentado · lo presentó Rosa el 14 may 2021, 10:00 (registro N° 3)"
    assert late.text == f"{CHANGED}\n{stands}\n\n" + observing("💬 Falta la firma")
    assert receipt.text.startswith("🟠 Devuelto con observación\n")
    assert await office.is_sound()


async def test_an_observation_is_too_late_for_what_was_taken_back(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await office.hand_in(rosa, "12.1", julia)
        await julia.press("↩️ Observar")
        await julia.say("Falta la firma")
        await rosa.press("↩️ Anular")
        await julia.sees()
        toast = await julia.tap("↩️ Devolver")

    assert toast == f"{CHANGED}\n12.1 · ⚪ pendiente, faltan 17 días"
    assert await office.actions("12.1") == [Action.SUBMITTED, Action.WITHDRAWN]


# Moving a date.


async def test_a_date_is_moved_by_one_command(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        whole = await julia.say(
            "/reprogramar 12.1 al 30 de setiembre con Memorando N° 120-2021 del 10 de mayo"
        )
        receipt = await julia.press("✅ Reprogramar")
        told = await rosa.sees()

    assert whole.text == moving(
        "📅 Nueva fecha: 30 set 2021", "📄 Memorando N° 120-2021 · 10 may 2021"
    )
    assert whole.buttons == (
        ("✅ Reprogramar",),
        ("Cambiar la fecha", "Cambiar el documento"),
        ("✖ Cancelar",),
    )
    said = (
        f"{M_12_1} · vence el 30 set 2021\n"
        "👤 Julia (seguimiento) · 14 may 2021, 10:00\n"
        "📄 Memorando N° 120-2021 · 10 may 2021\n"
        "📅 Del 31 may 2021 al 30 set 2021"
    )
    assert (
        receipt.text
        == f"📅 Reprogramado\n{said}\n🧾 Registro N° 3 · huella {await office.fingerprint(3)}"
    )
    assert told.text == f"📅 Se reprogramó un medio\n{said}"
    assert await office.is_sound()


async def test_a_date_is_moved_by_a_button_step_by_step(sqlite_office: Office) -> None:
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        await julia.say("medio 12.1")
        when = await julia.press("📅 Reprogramar")
        support = await julia.say("30 de setiembre")
        whole = await julia.say("Memorando N° 120-2021")
        better = await julia.say("mejor el 15 de octubre")
        receipt = await julia.say("sí")

    assert when.text == moving(asks=WHEN)
    assert support.text == moving("📅 Nueva fecha: 30 set 2021", asks=SUPPORT)
    assert whole.text == moving("📅 Nueva fecha: 30 set 2021", "📄 Memorando N° 120-2021")
    assert better.text == moving("📅 Nueva fecha: 15 oct 2021", "📄 Memorando N° 120-2021")
    assert "📅 Del 31 may 2021 al 15 oct 2021" in receipt.text


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        pytest.param("ayer", "⚠️ La nueva fecha tiene que ser de hoy en adelante.", id="past"),
        pytest.param(
            "13/05/2021", "⚠️ La nueva fecha tiene que ser de hoy en adelante.", id="past-in-digits"
        ),
        pytest.param("31 de mayo", "⚠️ Esa ya es su fecha.", id="same"),
        pytest.param("setiembre", "🤔 No vi ahí un día exacto.", id="month"),
        pytest.param("cuando se pueda", "🤔 No vi ahí un día exacto.", id="none"),
        pytest.param("31 de setiembre", "🤔 No vi ahí un día exacto.", id="no-such-day"),
        pytest.param("😀", "🤔 No vi ahí palabras, así que no anoté nada.", id="sign"),
        pytest.param(
            "30 de setiembre o 31 de octubre",
            "🤔 Vi varias fechas; escriba solo la nueva.",
            id="two",
        ),
    ],
)
async def test_what_is_no_new_date_is_said_and_asked_again(
    sqlite_office: Office, words: str, problem: str
) -> None:
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        await julia.say("/reprogramar 12.1")
        seen = await julia.say(words)

    assert seen.text == f"{problem}\n\n" + moving(asks=WHEN)


async def test_no_date_is_moved_without_a_document(sqlite_office: Office) -> None:
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        asked = await julia.say("/reprogramar 12.1 al 30 de setiembre")
        yes = await julia.say("sí")
        day = await julia.say("fin de setiembre")

    assert asked.text == moving("📅 Nueva fecha: 30 set 2021", asks=SUPPORT)
    assert "✅ Reprogramar" not in asked.labels
    assert yes.text == f"🤔 No vi ahí un documento, así que no anoté nada.\n\n{asked.text}"
    assert day.text == f"🤔 No vi ahí un día exacto.\n\n{asked.text}"
    assert await sqlite_office.actions("12.1") == []


async def test_a_document_alone_is_noted_and_the_date_asked_for(sqlite_office: Office) -> None:
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        seen = await julia.say("/reprogramar 12.1 con Memorando N° 120-2021 del 10 de mayo")

    assert seen.text == "🤔 No vi ahí un día exacto.\n\n" + moving(
        "📄 Memorando N° 120-2021 · 10 may 2021", asks=WHEN
    )


async def test_the_valid_date_counts_and_the_signed_one_stays_beside_it(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        await julia.say("/reprogramar 12.1 al 30 de setiembre con Memorando N° 120-2021")
        await julia.press("✅ Reprogramar")
        await rosa.sees()
        office.clock.move(days=20)
        may = await rosa.say("¿cuántos de UTAI vencen en mayo?")
        september = await rosa.say("¿qué vence en setiembre?")
        late = await rosa.say("vencidos de UTAI")
        whole = await rosa.say("medio 12.1")
        standing = await rosa.say("avance de UTAI")

    assert may.text.startswith("🔎 4 medios:")
    moved = f"⚪ {M_12_1} · 30 set 2021 (reprogramado; acta: 31 may 2021)"
    assert moved in september.text.splitlines()
    assert "12.1" not in late.text
    assert "📅 Vence el 30 set 2021, reprogramado (en el acta: May-21, 31 may 2021)" in whole.text
    assert "🔴 4 vencidos" in standing.text
    row = await office.means("12.1")
    assert (row.due_on, row.signed_on) == (date(2021, 9, 30), date(2021, 5, 31))


async def test_a_means_that_was_handed_in_is_moved_and_stays_so(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await julia.say("/reprogramar 12.1 al 30 de setiembre con Memorando N° 120-2021")
        await julia.press("✅ Reprogramar")

    row = await sqlite_office.means("12.1")
    assert (row.status, row.due_on) == (Status.SUBMITTED, date(2021, 9, 30))
    assert await sqlite_office.is_sound()


async def test_what_is_verified_is_not_moved(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await julia.say("/reprogramar 12.1 al 30 de setiembre con Memorando N° 120-2021")
        begun = julia.data("✅ Reprogramar")
        await julia.say("/revisar 12.1")
        await julia.press("✅ Verificar")
        late = await julia.tap_data(begun)
        seen = await julia.say("/reprogramar 12.1 al 30 de setiembre")

    assert (late or "").startswith(f"{CHANGED}\n12.1 · 🟢 verificado")
    assert seen.text == "Ya está verificado, así que su fecha no se mueve."
    assert (await sqlite_office.means("12.1")).due_on == date(2021, 5, 31)


# Evidence and history.


async def test_the_evidence_is_listed_and_sent_back_byte_for_byte(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)
    telegram = office.telegram

    async with office.bot():
        await rosa.say("ya presenté el 12.1")
        await rosa.say("https://drive.google.com/a")
        await office.hand_in(rosa, "12.1", julia)
        menu = await julia.press("📎 Evidencia")
        file = await julia.press("⬇ 12.1.pdf")
        message = telegram.world.chats[julia.chat_id].messages[file.message_id]
        sent = telegram.world.files.get(message["document"]["file_id"])

    assert menu.text == (
        "📎 Evidencia del 12.1\n🔗 https://drive.google.com/a\n📎 12.1.pdf (52 bytes)"
    )
    assert menu.buttons == (("⬇ 12.1.pdf",),)
    assert file.text == f"12.1 · sha256 {FILE_SHA}"
    assert sent is not None
    assert sent.name == "12.1.pdf"
    assert telegram.world.files.content(sent) == PDF + b"12.1"


@pytest.mark.parametrize("fault", ["gone", "altered"])
async def test_a_file_that_is_not_what_was_recorded_is_not_sent(
    sqlite_office: Office, fault: str
) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        [kept] = list(sqlite_office.folder.iterdir())
        if fault == "gone":
            kept.unlink()
        else:
            kept.write_bytes(PDF + b"12.2")
        await julia.press("📎 Evidencia")
        seen = await julia.press("⬇ 12.1.pdf")

    assert seen.text == LOST_FILE
    assert (
        "document"
        not in sqlite_office.telegram.world.chats[julia.chat_id].messages[seen.message_id]
    )


async def test_evidence_is_for_the_unit_and_follow_up(sqlite_office: Office) -> None:
    rosa, ana = await sqlite_office.employ("Rosa", UTAI), await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1")
        own = await rosa.say("/evidencia 12.1")
        card = await ana.say("medio 12.1")
        foreign = await ana.say("/evidencia 12.1")
        toast = await ana.tap_data(rosa.data("⬇ 12.1.pdf"))

    refusal = "La evidencia la ven el punto focal de la unidad y seguimiento."
    assert own.text == "📎 Evidencia del 12.1\n📎 12.1.pdf (52 bytes)"
    assert "📎 Evidencia" not in card.labels
    assert (foreign.text, toast) == (refusal, refusal)


async def test_evidence_asked_for_in_a_group_goes_to_who_asks_alone(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )
    pedro = await sqlite_office.employ("Pedro", ADMIN)
    group = sqlite_office.telegram.group("Equipo UTAI")
    inside = julia.inside(group)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await pedro.inside(group).say("/admitir")
        said = await inside.say("/evidencia 12.1")
        menu = await julia.sees()
        toast = await inside.tap_data(julia.data("⬇ 12.1.pdf"))
        file = await julia.sees()

    assert said.text == SENT_PRIVATELY
    assert "📎 12.1.pdf" in menu.text
    assert toast == SENT_PRIVATELY
    assert file.text.startswith("12.1 · sha256 ")
    assert inside.is_quiet


async def test_who_lost_every_role_is_told_nothing_any_more(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        await sqlite_office.dismiss(rosa)
        await observed(julia, "Falta la firma")
        await rosa.say("hola")
        told = sqlite_office.telegram.world.chats[rosa.chat_id].messages

    assert all("Falta la firma" not in message.get("text", "") for message in told.values())


async def test_the_history_tells_who_did_what_and_when(office: Office) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)

    async with office.bot():
        nothing = await julia.say("/historia 12.1")
        await office.hand_in(rosa, "12.1", julia)
        office.clock.move(hours=3)
        await observed(julia, "Falta la firma")
        await julia.say("/reprogramar 12.1 al 30 de setiembre con Memorando N° 120-2021")
        await julia.press("✅ Reprogramar")
        seen = await julia.say("/historia 12.1")
    first, second, third = [event.hash[:12] for event in await office.events("12.1")]

    assert nothing.text == (
        "🕓 Historia del 12.1\n"
        f"⚪ {DUE_12_1} · pendiente, faltan 17 días\n"
        "Nadie ha registrado nada todavía."
    )
    assert seen.text == (
        "🕓 Historia del 12.1\n"
        f"🟠 {M_12_1} · vence el 30 set 2021 · observado, faltan 139 días\n"
        "📅 En el acta: 31 may 2021 (May-21)\n\n"
        "N° 3 · 14 may 2021, 10:00 · Rosa (punto focal de UTAI) presentó\n"
        f"📎 12.1.pdf · {FILE_SHA[:12]}…\n"
        f"{first}…\n\n"
        "N° 4 · 14 may 2021, 13:00 · Julia (seguimiento) devolvió con observación\n"
        "💬 Falta la firma\n"
        f"{second}…\n\n"
        "N° 5 · 14 may 2021, 13:00 · Julia (seguimiento) reprogramó\n"
        "📄 Memorando N° 120-2021\n"
        "📅 Del 31 may 2021 al 30 set 2021\n"
        f"{third}…"
    )


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        pytest.param("/historia", "Escriba el número del medio: /historia 12.1", id="none"),
        pytest.param(
            "/historia compromiso 4",
            "Ahí hay varios medios; escriba el número de uno: /historia 12.1",
            id="several",
        ),
        pytest.param(
            "/historia 99.9",
            "No encuentro ese medio en la matriz. Escriba su número: /historia 12.1",
            id="unknown",
        ),
    ],
)
async def test_a_command_about_one_means_says_which_it_needs(
    sqlite_office: Office, words: str, answer: str
) -> None:
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)

    async with sqlite_office.bot():
        seen = await julia.say(words)

    assert seen.text == answer
