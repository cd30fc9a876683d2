"""Getting in and being shown out: strangers, administrators, invitations and groups."""

from typing import Any

import pytest

from bot.demo.refusals import Json
from storage.events import Action
from storage.people import access_of
from storage.roles import Role, RoleOf
from tests.support.office import ADMIN, FOLLOW_UP, READER, UTAI, Office, Phone
from tests.support.telegram import Seen

STRANGER = (
    "Soy el bot de los compromisos de mejora: digo qué vence, de quién es y cómo va.\n"
    "Por ahora no le conozco, así que no puedo responderle. Pida acceso y un administrador lo "
    "verá:"
)
NOT_FOR_YOU = "Por ahora no le conozco: escríbame /acceso en privado."
NOT_ADMIN = "Eso lo hace un administrador."
LAPSED = "Esa invitación ya se usó o caducó. Pida otra al administrador, o escriba /acceso."
GROUP_NOT_ADMITTED = (
    "Este grupo todavía no está admitido. Un administrador del bot puede admitirlo escribiendo "
    "aquí /admitir."
)
ANONYMOUS = (
    "No puedo saber quién es: escribió como grupo, canal o administrador anónimo. Hágalo con su "
    "propio nombre."
)
JUNE = "🔎 4 medios: en junio de 2021"


# Asking.


async def test_a_stranger_is_told_what_this_is_and_the_way_in(sqlite_office: Office) -> None:
    ana = sqlite_office.phone("Ana")

    async with sqlite_office.bot():
        seen = [await ana.say(words) for words in ("/start", "¿qué vence en junio?", "/vence")]
        file = await ana.send("12.1.pdf")

    assert {each.text for each in (*seen, file)} == {STRANGER}
    assert seen[0].buttons == (("🔑 Pedir acceso",),)
    assert not [call for call in sqlite_office.telegram.calls if call.method == "getFile"]


async def test_a_request_goes_to_every_administrator_and_is_granted(office: Office) -> None:
    ana, pedro = office.phone("Ana"), await office.employ("Pedro", ADMIN)
    chief = office.phone("Jefa")
    office.admin_ids = frozenset({chief.user_id})

    async with office.bot():
        name = await ana.say("/acceso")
        role = await ana.say("  Ana   <b>Nueva</b> ")
        unit = await ana.press("✍️ Punto focal de una unidad")
        whole = await ana.press("UTI")
        asked = await ana.press("📨 Enviar la solicitud")
        put, also_put = await pedro.sees(), await chief.sees()
        granted = await pedro.press("✅ Dar acceso")
        told = await ana.sees()
        begun = await ana.say("/presentar 19.1")
        late = await chief.press("✖ Rechazar")

    assert name.text == "🔑 Pedir acceso\n¿Cómo se llama? Escriba su nombre completo."
    assert name.buttons == (("Soy Ana",), ("✖ Cancelar",))
    assert role.text == "🔑 Pedir acceso\n👤 Ana <b>Nueva</b>\n¿Para qué?"
    assert role.labels == (
        "👀 Consultar (lector)",
        "✍️ Punto focal de una unidad",
        "🔎 Oficina de seguimiento",
        "✖ Cancelar",
    )
    assert unit.buttons == (
        ("CGC", "UC", "UOAI"),
        ("UPPM", "UT", "UTAI"),
        ("UTI",),
        ("✖ Cancelar",),
    )
    assert whole.text == "🔑 Pedir acceso\n👤 Ana <b>Nueva</b>\nComo: punto focal de UTI"
    assert asked.text == (
        "📨 Su solicitud está en manos de los administradores; le avisaré apenas la vean."
    )
    assert (
        put.text
        == also_put.text
        == (
            "🔑 Solicitud de acceso\n"
            f"👤 Ana <b>Nueva</b> (en Telegram: Ana, id {ana.user_id})\n"
            "Pide entrar como punto focal de UTI."
        )
    )
    assert granted.text == "✅ Ana <b>Nueva</b> entra como punto focal de UTI."
    assert told.text == (
        "🔓 Ya tiene acceso como punto focal de UTI.\n"
        "Para registrar un medio escriba, por ejemplo, ya presenté el 12.1, o envíe el archivo."
    )
    assert begun.text.startswith("✍️ Registrar como presentado\n19.1 ")
    assert late.text == "Esa solicitud ya se decidió."


async def test_a_request_is_refused_and_told_so(sqlite_office: Office) -> None:
    ana, pedro = sqlite_office.phone("Ana"), await sqlite_office.employ("Pedro", ADMIN)

    async with sqlite_office.bot():
        await ana.say("hola")
        await ana.press("🔑 Pedir acceso")
        await ana.press("Soy Ana")
        await ana.press("👀 Consultar (lector)")
        await ana.press("📨 Enviar la solicitud")
        again = await ana.say("/acceso")
        await pedro.sees()
        refused = await pedro.press("✖ Rechazar")
        told = await ana.sees()
        still = await ana.say("¿qué vence en junio?")

    assert again.text == "📨 Ya tengo su solicitud; un administrador la verá. Le avisaré."
    assert refused.text == "✖ Rechazada la solicitud de Ana."
    assert told.text == (
        "Su solicitud de acceso no fue aceptada. Si cree que es un error, hable con su oficina."
    )
    assert still.text == STRANGER
    assert await sqlite_office.all_actions() == [Action.GRANTED, Action.REFUSED]


async def test_a_request_is_left_at_each_step(sqlite_office: Office) -> None:
    ana = sqlite_office.phone("Ana")

    async with sqlite_office.bot():
        seen = []
        for steps in ((), ("Soy Ana",), ("Soy Ana", "✍️ Punto focal de una unidad")):
            for way in ("button", "cancelar", "/cancelar"):
                await ana.say("/acceso")
                for step in steps:
                    await ana.press(step)
                left = await (ana.press("✖ Cancelar") if way == "button" else ana.say(way))
                seen.append(left.text)

    assert set(seen) == {"✖ Cancelado: no se registró nada."}


async def test_a_request_is_gone_on_with(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", READER)

    async with sqlite_office.bot():
        await rosa.say("/acceso")
        named = await rosa.press("Soy Rosa")
        answer = await rosa.say("¿qué vence en junio?")
        resumed = await rosa.say("/continuar")

    assert answer.text.startswith(JUNE)
    assert resumed.text == named.text


async def test_only_an_administrator_decides(sqlite_office: Office) -> None:
    ana, pedro = sqlite_office.phone("Ana"), await sqlite_office.employ("Pedro", ADMIN)
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await ana.say("/acceso")
        await ana.press("Soy Ana")
        await ana.press("👀 Consultar (lector)")
        await ana.press("📨 Enviar la solicitud")
        await pedro.sees()
        approve = pedro.data("✅ Dar acceso")
        await rosa.say("hola")
        toasts = [await rosa.tap_data(approve), await ana.tap_data(approve)]
        orders = [await rosa.say(words) for words in ("/personas", "/invitar focal UTAI")]

    assert toasts == [NOT_ADMIN, NOT_FOR_YOU]
    assert [each.text for each in orders] == [NOT_ADMIN] * 2


# Invitations.


def payload(invitation: Seen) -> str:
    """What the link of an invitation carries."""
    return invitation.text.splitlines()[1].partition("?start=")[2]


async def test_an_invitation_lets_the_first_in_and_nobody_after(office: Office) -> None:
    pedro = await office.employ("Pedro", ADMIN)
    ana, eva = office.phone("Ana"), office.phone("Eva")

    async with office.bot():
        await pedro.say("/invitar")
        await pedro.press("✍️ Punto focal de una unidad")
        invitation = await pedro.press("UTI")
        first = await ana.say(f"/start {payload(invitation)}")
        second = await eva.say(f"/start {payload(invitation)}")
        begun = await ana.say("/presentar 19.1")

    link, says = invitation.text.splitlines()[1:]
    assert link.startswith("https://t.me/compromisos_bot?start=i_")
    assert says == (
        "Sirve una sola vez, para quien la abra primero, hasta el 21 may 2021, 10:00. No la "
        "vuelvo a mostrar: envíela solo a esa persona."
    )
    assert first.text.startswith("🔓 Ya tiene acceso como punto focal de UTI.\n")
    assert second.text == LAPSED
    assert begun.text.startswith("✍️ Registrar como presentado\n19.1 ")
    assert await office.all_actions() == [Action.GRANTED, Action.INVITED, Action.GRANTED]
    assert await office.is_sound()


@pytest.mark.parametrize(
    ("order", "role"),
    [
        pytest.param("/invitar focal utai", "punto focal de UTAI", id="focal"),
        pytest.param("/invitar punto focal de la UTAI", "punto focal de UTAI", id="sentence"),
        pytest.param("/invitar seguimiento", "seguimiento", id="follow-up"),
        pytest.param("/invitar lector", "lector", id="reader"),
        pytest.param("/invitar administrador", "administrador", id="admin"),
    ],
)
async def test_an_invitation_is_made_by_words(
    sqlite_office: Office, order: str, role: str
) -> None:
    pedro, ana = await sqlite_office.employ("Pedro", ADMIN), sqlite_office.phone("Ana")

    async with sqlite_office.bot():
        invitation = await pedro.say(order)
        welcome = await ana.say(f"/start {payload(invitation)}")

    assert invitation.text.startswith(f"🎟 Invitación como {role}:\n")
    assert welcome.text.startswith(f"🔓 Ya tiene acceso como {role}.\n")


async def test_an_invitation_lapses_after_a_week(sqlite_office: Office) -> None:
    pedro = await sqlite_office.employ("Pedro", ADMIN)
    ana, eva = sqlite_office.phone("Ana"), sqlite_office.phone("Eva")

    async with sqlite_office.bot():
        one, two = await pedro.say("/invitar lector"), await pedro.say("/invitar lector")
        sqlite_office.clock.move(days=7, seconds=-1)
        in_time = await ana.say(f"/start {payload(one)}")
        sqlite_office.clock.move(seconds=1)
        late = await eva.say(f"/start {payload(two)}")

    assert in_time.text.startswith("🔓 Ya tiene acceso como lector.\n")
    assert late.text == LAPSED


async def test_an_invitation_is_worth_no_more_than_who_made_it(sqlite_office: Office) -> None:
    pedro, ana = await sqlite_office.employ("Pedro", ADMIN), sqlite_office.phone("Ana")

    async with sqlite_office.bot():
        invitation = await pedro.say("/invitar administrador")
        await sqlite_office.dismiss(pedro)
        seen = await ana.say(f"/start {payload(invitation)}")
        still = await ana.say("hola")

    assert seen.text == LAPSED
    assert still.text == STRANGER


async def test_an_invented_invitation_lets_nobody_in(sqlite_office: Office) -> None:
    ana = sqlite_office.phone("Ana")

    async with sqlite_office.bot():
        seen = [await ana.say(words) for words in ("/start i_", "/start i_invented", "/start x")]

    assert [each.text for each in seen] == [LAPSED, LAPSED, STRANGER]


async def test_who_is_known_keeps_the_name_and_does_not_use_up_what_is_held(
    sqlite_office: Office,
) -> None:
    pedro, ana = (
        await sqlite_office.employ("Pedro", ADMIN),
        await sqlite_office.employ("Ana", READER),
    )
    eva = sqlite_office.phone("Eva")

    async with sqlite_office.bot():
        held, more = await pedro.say("/invitar lector"), await pedro.say("/invitar focal UTI")
        await ana.say(f"/start {payload(held)}")
        welcome = await ana.say(f"/start {payload(more)}")
        let_in = await eva.say(f"/start {payload(held)}")
        listed = await pedro.say("/personas")

    assert welcome.text.startswith("🔓 Ya tiene acceso como punto focal de UTI.\n")
    assert let_in.text.startswith("🔓 Ya tiene acceso como lector.\n")
    assert f"• Ana (id {ana.user_id}): punto focal de UTI, lector" in listed.text


async def test_no_token_is_kept(office: Office) -> None:
    pedro = await office.employ("Pedro", ADMIN)

    async with office.bot():
        invitation = await pedro.say("/invitar lector")
    async with office.database.session() as session:
        connection = await session.connection()
        kept = [
            str(row)
            for table in ("invitations", "outbox", "inbox", "events")
            for row in await connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608
        ]

    token = payload(invitation).removeprefix("i_")
    assert len(token) >= 32
    assert token not in " ".join(kept)


# Who holds what.


async def test_people_are_listed_and_a_role_is_taken_away_after_asking_again(
    sqlite_office: Office,
) -> None:
    pedro, rosa = (
        await sqlite_office.employ("Pedro", ADMIN),
        await sqlite_office.employ("Rosa", UTAI, FOLLOW_UP),
    )

    async with sqlite_office.bot():
        listed = await pedro.say("/personas")
        asked = await pedro.press("✖ Rosa: punto focal de UTAI")
        kept = await pedro.press("No")
        await pedro.press("✖ Rosa: punto focal de UTAI")
        taken = await pedro.press("Sí, quitar")
        told = await rosa.sees()
        after = await pedro.press("👥 Personas")

    assert listed.text == (
        "👥 Personas con acceso\n"
        f"• Pedro (id {pedro.user_id}): administrador\n"
        f"• Rosa (id {rosa.user_id}): punto focal de UTAI, seguimiento"
    )
    assert listed.buttons == (
        ("✖ Pedro: administrador",),
        ("✖ Rosa: punto focal de UTAI",),
        ("✖ Rosa: seguimiento",),
    )
    assert asked.text == "¿Quitarle a Rosa el acceso como punto focal de UTAI?"
    assert kept.text == listed.text
    assert taken.text == "🔒 Rosa ya no es punto focal de UTAI."
    assert told.text == "🔒 Ya no tiene acceso como punto focal de UTAI."
    assert after.labels == ("✖ Pedro: administrador", "✖ Rosa: seguimiento")


async def test_many_people_are_listed_page_by_page(sqlite_office: Office) -> None:
    pedro = await sqlite_office.employ("Pedro", ADMIN)
    for number in range(15):
        await sqlite_office.employ(f"Ana {number:02}", READER)

    async with sqlite_office.bot():
        first = await pedro.say("/personas")
        second = await pedro.press("Siguiente ›")
        back = await pedro.press("‹ Anterior")

    assert first.text.count("•") == 15
    assert first.text.endswith("\nPágina 1 de 2")
    assert second.text == (
        f"👥 Personas con acceso\n• Pedro (id {pedro.user_id}): administrador\nPágina 2 de 2"
    )
    assert back.text == first.text


async def test_revoking_takes_effect_on_the_next_tap(office: Office) -> None:
    pedro, rosa = await office.employ("Pedro", ADMIN), await office.employ("Rosa", UTAI)

    async with office.bot():
        await rosa.send("12.1.pdf")
        await pedro.say("/personas")
        await pedro.press("✖ Rosa: punto focal de UTAI")
        await pedro.press("Sí, quitar")
        await rosa.sees()
        toast = await rosa.tap("✅ Registrar")
        words = await rosa.say("sí")
        question = await rosa.say("¿qué vence en junio?")

    assert toast == NOT_FOR_YOU
    assert (words.text, question.text) == (STRANGER, STRANGER)
    assert await office.actions("12.1") == []


async def test_a_role_is_taken_away_once(sqlite_office: Office) -> None:
    pedro, rosa = (
        await sqlite_office.employ("Pedro", ADMIN),
        await sqlite_office.employ("Rosa", UTAI),
    )

    async with sqlite_office.bot():
        await pedro.say("/personas")
        await pedro.press("✖ Rosa: punto focal de UTAI")
        sure = pedro.data("Sí, quitar")
        await pedro.press("Sí, quitar")
        await rosa.sees()
        await pedro.tap_data(sure)
        again = await pedro.sees()

    assert again.text == "Ese acceso ya no existía."
    assert (await sqlite_office.all_actions()).count(Action.REVOKED) == 1


async def test_an_administrator_loses_that_on_the_next_tap_too(sqlite_office: Office) -> None:
    pedro, eva = (
        await sqlite_office.employ("Pedro", ADMIN),
        await sqlite_office.employ("Eva", ADMIN, READER),
    )

    async with sqlite_office.bot():
        await eva.say("/personas")
        await eva.press("✖ Pedro: administrador")
        await pedro.say("/personas")
        await pedro.press("✖ Eva: administrador")
        await pedro.press("Sí, quitar")
        await eva.sees()
        toast = await eva.tap("Sí, quitar")

    assert toast == NOT_ADMIN
    assert (await sqlite_office.all_actions()).count(Action.REVOKED) == 1


async def test_who_administers_by_configuration_is_named_and_cannot_be_revoked(
    sqlite_office: Office,
) -> None:
    chief = sqlite_office.phone("Jefa")
    sqlite_office.admin_ids = frozenset({chief.user_id})

    async with sqlite_office.bot():
        seen = await chief.say("/personas")

    assert seen.text == (
        "👥 Personas con acceso\n"
        "Nadie todavía. /invitar hace un enlace de entrada.\n"
        f"Administradores por configuración: {chief.user_id}."
    )
    assert seen.buttons == ()


async def test_access_is_no_matter_for_a_group(sqlite_office: Office) -> None:
    pedro = await sqlite_office.employ("Pedro", ADMIN)
    inside = pedro.inside(sqlite_office.telegram.group())

    async with sqlite_office.bot():
        await inside.say("/admitir")
        orders = ("/personas", "/invitar focal UTAI", "/acceso")
        seen = [(await inside.say(words)).text for words in orders]

    assert seen == ["Eso se hace en privado: escríbame directamente."] * 3


# Groups.


async def test_a_group_is_admitted_by_an_administrator_and_shown_out(
    sqlite_office: Office,
) -> None:
    pedro, ana = await sqlite_office.employ("Pedro", ADMIN), sqlite_office.phone("Ana")
    group = sqlite_office.telegram.group("Equipo <UTAI>")
    chief, anybody = pedro.inside(group), ana.inside(group)

    async with sqlite_office.bot():
        before = await anybody.say("/vence junio")
        refused = await anybody.say("/admitir")
        admitted = await chief.say("/admitir")
        again = await chief.say("/admitir")
        answer = await anybody.say("/vence junio")
        listed = await pedro.say("/personas")
        out = await chief.say("/retirar")
        twice = await chief.say("/retirar")
        after = await anybody.say("/vence junio")

    assert (before.text, refused.text) == (GROUP_NOT_ADMITTED, NOT_ADMIN)
    assert admitted.text == "💬 Grupo admitido: Equipo <UTAI>. Aquí respondo a todos."
    assert again.text == "💬 Este grupo ya estaba admitido: Equipo <UTAI>. Aquí respondo a todos."
    assert answer.text.startswith(JUNE)
    assert listed.text.endswith("\n\n💬 Grupos admitidos\n• Equipo <UTAI>")
    assert out.text == "💬 Grupo retirado: Equipo <UTAI>. Ya no respondo ahí."
    assert twice.text == "Este chat no es un grupo admitido. Escriba /retirar dentro del grupo."
    assert after.text == GROUP_NOT_ADMITTED


async def test_a_group_is_shown_out_from_the_list_too(sqlite_office: Office) -> None:
    pedro, ana = await sqlite_office.employ("Pedro", ADMIN), sqlite_office.phone("Ana")
    group = sqlite_office.telegram.group("Equipo UTAI")

    async with sqlite_office.bot():
        await pedro.inside(group).say("/admitir")
        await pedro.say("/personas")
        out = await pedro.press("✖ grupo Equipo UTAI")
        after = await ana.inside(group).say("/vence junio")

    assert out.text == "💬 Grupo retirado: Equipo UTAI. Ya no respondo ahí."
    assert after.text == GROUP_NOT_ADMITTED


async def test_a_group_is_admitted_from_within(sqlite_office: Office) -> None:
    pedro = await sqlite_office.employ("Pedro", ADMIN)

    async with sqlite_office.bot():
        seen = await pedro.say("/admitir")

    assert seen.text == "Escriba /admitir dentro del grupo que quiere admitir."


async def test_admission_follows_a_group_that_becomes_a_supergroup(office: Office) -> None:
    pedro, ana = await office.employ("Pedro", ADMIN), office.phone("Ana")
    telegram = office.telegram
    group = telegram.group("Equipo UTAI", kind="group")

    async with office.bot():
        await pedro.inside(group).say("/admitir")
        chat, person = telegram.world.chats[group], telegram.world.person("Pedro")
        new = telegram.phones.upgrade(chat, person)
        await office.until_admitted(new.id)  # what is said there may be handled at once
        answer = await ana.inside(new.id).say("/vence junio")
        out = await pedro.inside(new.id).say("/retirar")

    assert answer.text.startswith(JUNE)
    assert out.text == "💬 Grupo retirado: Equipo UTAI. Ya no respondo ahí."


# Who hides.


def hidden(office: Office, group: int, kind: str) -> Json:
    """The fields of a message of an anonymous administrator, or of a channel."""
    if kind == "channel":
        return {"sender_chat": {"id": -1_000_000_099, "type": "channel", "title": "MIDIS"}}
    return {"sender_chat": office.telegram.world.chats[group].info}


@pytest.mark.parametrize("kind", ["anonymous", "channel"])
async def test_who_hides_may_ask_and_do_nothing_else(sqlite_office: Office, kind: str) -> None:
    pedro = await sqlite_office.employ("Pedro", ADMIN, UTAI, FOLLOW_UP)
    group = sqlite_office.telegram.group()
    inside = pedro.inside(group)

    async with sqlite_office.bot():
        await inside.say("/admitir")
        who: dict[str, Any] = hidden(sqlite_office, group, kind)
        answer = await inside.say("/vence junio", **who)
        orders = ("/retirar", "/presentar 12.1", "/revisar", "/reprogramar 12.1", "/acceso")
        refused = [(await inside.say(words, **who)).text for words in orders]
        still = await inside.say("/vence junio")

    assert answer.text.startswith(JUNE)
    assert refused == [ANONYMOUS] * 5
    assert still.text.startswith(JUNE)
    assert Action.DISMISSED not in await sqlite_office.all_actions()


async def test_who_hides_cannot_admit_a_group(sqlite_office: Office) -> None:
    pedro: Phone = await sqlite_office.employ("Pedro", ADMIN)
    group = sqlite_office.telegram.group()
    inside = pedro.inside(group)

    async with sqlite_office.bot():
        seen = await inside.say("/admitir", **hidden(sqlite_office, group, "anonymous"))

    assert seen.text == ANONYMOUS


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_is_welcomed_with_what_it_can_do(
    sqlite_office: Office, role: Role
) -> None:
    pedro, ana = await sqlite_office.employ("Pedro", ADMIN), sqlite_office.phone("Ana")
    words = {
        Role.READER: "lector",
        Role.FOCAL: "focal UTAI",
        Role.FOLLOW_UP: "seguimiento",
        Role.ADMIN: "administrador",
    }[role]
    can = {
        Role.READER: "Pregunte con sus palabras: ¿qué vence en junio?",
        Role.FOCAL: "Para registrar un medio escriba, por ejemplo, ya presenté el 12.1, o envíe "
        "el archivo.",
        Role.FOLLOW_UP: "Le llegará cada presentación con sus botones; /revisar muestra las que "
        "esperan.",
        Role.ADMIN: "/personas muestra los accesos, /invitar da nuevos.",
    }[role]

    async with sqlite_office.bot():
        invitation = await pedro.say(f"/invitar {words}")
        welcome = await ana.say(f"/start {payload(invitation)}")

    assert welcome.text.splitlines()[1:] == [can]
    async with sqlite_office.database.session() as session:
        held = (await access_of(session, ana.user_id)).roles
    assert held == {RoleOf(role, "UTAI" if role is Role.FOCAL else "")}
