"""Asking to be told, as a team lives it: the whole bot over the local Telegram."""

import pytest

from handlers.views import subscriptions as said
from storage import subscriptions
from storage.notices import Rhythm, SubscriptionRow
from tests.support.office import ADMIN, FOLLOW_UP, READER, UTAI, Office, Phone

MONDAYS = (
    "🔔 Listo, aviso activado: UTAI, cada lunes a las 8:00 y 30, 7 y 1 días antes de cada "
    "vencimiento.\nEl próximo: lunes 17 de mayo, 8:00."
)


async def kept(office: Office, phone: Phone, thread: int | None = None) -> list[SubscriptionRow]:
    async with office.database.session() as session:
        return await subscriptions.of_chat(session, (phone.chat_id, thread))


# Beginning.


async def test_words_subscribe_and_say_what_was_understood(office: Office) -> None:
    rosa = await office.employ("Rosa", UTAI)

    async with office.bot():
        seen = await rosa.say("avísame los lunes lo de UTAI")

    [row] = await kept(office, rosa)
    assert seen.text == MONDAYS
    assert seen.buttons == (
        ("⚙️ Cambiar", "📤 Ver uno ahora", "✖ Quitar"),
        ("🔔 Todos los de este chat",),
    )
    assert (row.scope.units, row.schedule.rhythm, row.created_by) == (
        ("UTAI",),
        Rhythm.WEEKLY,
        rosa.user_id,
    )


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        pytest.param(
            "avísame cada día a las 7:30 lo de la UC",
            "UC, cada día a las 7:30 y 30, 7 y 1 días antes de cada vencimiento.",
            id="daily",
        ),
        pytest.param(
            "mándame el resumen el primero de cada mes",
            "todo, el día 1 de cada mes a las 8:00, 30, 7 y 1 días antes de cada vencimiento y "
            "una vez por semana lo vencido.",
            id="monthly",
        ),
        pytest.param(
            "recuérdame 15 días antes lo de UOAI",
            "UOAI, cada lunes a las 8:00 y 15 días antes de cada vencimiento.",
            id="lead",
        ),
        pytest.param(
            "avísame los lunes y jueves del área capacitación",
            "área Capacitación, cada lunes y jueves a las 8:00 y 30, 7 y 1 días antes de cada "
            "vencimiento.",
            id="area",
        ),
        pytest.param(
            "avísame el 12.1",
            "medio 12.1, cada lunes a las 8:00 y 30, 7 y 1 días antes de cada vencimiento.",
            id="means",
        ),
        pytest.param(
            "avisame los martes lo de utia",
            "UTAI, cada martes a las 8:00 y 30, 7 y 1 días antes de cada vencimiento.\n"
            "«utia» → UTAI",
            id="typo",
        ),
        pytest.param(
            "avísame los viernes lo de UTI a las 9, hora de Madrid",
            "UTI, cada viernes a las 9:00 (hora de Madrid) y 30, 7 y 1 días antes de cada "
            "vencimiento.",
            id="zone",
        ),
    ],
)
async def test_what_when_and_how_long_before_are_read(
    sqlite_office: Office, words: str, understood: str
) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        seen = await ana.say(words)

    assert seen.text.startswith(f"🔔 Listo, aviso activado: {understood}\n")


async def test_who_names_nothing_is_told_of_the_own_units(sqlite_office: Office) -> None:
    rosa, ana = await sqlite_office.employ("Rosa", UTAI), await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        own, everything = await rosa.say("quiero avisos"), await ana.say("quiero avisos")

    assert own.text == MONDAYS
    assert everything.text == MONDAYS.replace(": UTAI,", ": todo,")


async def test_a_command_subscribes_too_and_alone_shows_what_there_is(
    sqlite_office: Office,
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        empty = await rosa.say("/suscripciones")
        done = await rosa.say("/avisos lunes UTAI")
        shown = [await rosa.say(words) for words in ("/avisos", "/suscripciones")]

    assert empty.text.startswith("Este chat no tiene avisos. Pídalos con sus palabras")
    assert done.text == MONDAYS
    assert {each.text.splitlines()[1] for each in shown} == {
        "1. UTAI: cada lunes a las 8:00 y 30, 7 y 1 días antes de cada vencimiento"
    }


async def test_follow_up_is_told_of_what_waits_and_nobody_else(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )
    words = "avísame lo que espera revisión cada mañana"

    async with sqlite_office.bot():
        refused, done = await rosa.say(words), await julia.say(words)

    assert refused.text == said.ONLY_FOLLOW_UP
    assert done.text.startswith(
        "🔔 Listo, aviso activado: lo que espera revisión, cada día a las "
    )
    assert await kept(sqlite_office, rosa) == []


# Bad input.


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        pytest.param("avísame a las 25:00", said.TROUBLES["hour"].format("25:00"), id="hour"),
        pytest.param("avísame los lunax", said.TROUBLES["weekday"].format("lunax"), id="weekday"),
        pytest.param(
            "avísame cada dos semanas lo de UTAI",
            said.TROUBLES["rhythm"].format("cada dos semanas"),
            id="rhythm",
        ),
        pytest.param(
            "avísame los lunes hora de Narnia", said.TROUBLES["zone"].format("Narnia"), id="zone"
        ),
    ],
)
async def test_what_is_none_is_said_and_nothing_kept(
    sqlite_office: Office, words: str, trouble: str
) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        seen = await ana.say(words)

    plain = trouble.replace("<i>", "").replace("</i>", "")
    assert seen.text == f"{plain}\n{said.NOT_SUBSCRIBED}"
    assert await kept(sqlite_office, ana) == []


async def test_a_unit_that_is_none_is_asked_for(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        asked = await ana.say("avísame los jueves lo de UTX")
        none = await kept(sqlite_office, ana)
        done = await ana.press("UTI")

    assert asked.text == "No conozco «UTX», así que no activé nada. ¿De qué quiere avisos?"
    assert none == []
    assert done.text.startswith("🔔 Listo, aviso activado: UTI, ")


async def test_a_chat_has_its_limit(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        for number in range(1, 20):
            await ana.say(f"avísame del compromiso {number}")
        for code in ("12.1", "12.2"):
            seen = await ana.say(f"avísame el {code}")

    assert seen.text == said.FULL.format(20)


# Changing.


async def test_words_change_the_one_there_is(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("avísame los lunes lo de UTAI")
        seen = [
            await rosa.say(words)
            for words in ("avísame los viernes a las 17:00", "recuérdame 3 días antes")
        ]

    [row] = await kept(sqlite_office, rosa)
    assert seen[-1].text.splitlines()[0] == (
        "🔔 Aviso cambiado: UTAI, cada viernes a las 17:00 y 3 días antes de cada vencimiento."
    )
    assert (row.schedule.weekdays, row.schedule.at.hour, row.schedule.lead_days) == (
        (4,),
        17,
        (3,),
    )


async def test_every_button_changes_what_it_says(office: Office) -> None:
    ana = await office.employ("Ana", READER)

    async with office.bot():
        await ana.say("avísame los lunes lo de UTAI")
        await ana.press("⚙️ Cambiar")
        for label in ("J", "12:00", "7 · 1 días", "✓ Lo vencido", "✓ Decir si no hay nada"):
            await ana.press(label)
        await ana.press("De qué unidades")
        await ana.press("UTI")
        await ana.press("✓ UTAI")
        panel = await ana.press("‹ Volver")
        monthly = await ana.press("Mensual")

    [row] = await kept(office, ana)
    assert panel.text.splitlines()[:2] == [
        "🔔 UTI",
        "Cuándo: cada lunes y jueves a las 12:00 y 7 y 1 días antes de cada vencimiento",
    ]
    assert "Cuándo: el día 1 de cada mes a las 12:00" in monthly.text
    assert row.schedule.lead_days == (7, 1)
    assert not row.schedule.tells_late
    assert not row.tells_nothing


async def test_the_last_weekday_cannot_be_taken_away(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await ana.say("avísame los lunes")
        await ana.press("⚙️ Cambiar")
        await ana.tap("✓ L")

    [row] = await kept(sqlite_office, ana)
    assert row.schedule.weekdays == (0,)


# Silence and the end.


async def test_silence_lasts_until_the_day_named(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("avísame cada día lo de UTAI")
        seen = await rosa.say("silencio hasta el miércoles")
        shown = await rosa.say("/suscripciones")
        again = await rosa.press("⚙️ 1. UTAI")
        awake = await rosa.press("▶ Seguir ya con UTAI")

    assert seen.text == "⏸ En silencio hasta el miércoles 19 de mayo, 0:00: UTAI."
    assert "⏸ en silencio hasta el 19 may 2021" in shown.text
    assert "▶ Seguir ya" in again.labels
    assert awake.text == "▶ Sigo enviando aquí avisos de UTAI."


@pytest.mark.parametrize("words", ["stop", "ya no me avises", "dame de baja"])
async def test_one_word_stops_it_and_one_tap_brings_it_back(
    sqlite_office: Office, words: str
) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)

    async with sqlite_office.bot():
        await rosa.say("avísame los lunes lo de UTAI")
        ended = await rosa.say(words)
        none = await kept(sqlite_office, rosa)
        back = await rosa.press("↩️ Volver a activar UTAI")

    assert ended.text == "🔕 Quitado: ya no envío aquí avisos de UTAI."
    assert none == []
    assert back.text == "▶ Sigo enviando aquí avisos de UTAI."
    assert len(await kept(sqlite_office, rosa)) == 1


async def test_only_what_is_named_ends(office: Office) -> None:
    ana = await office.employ("Ana", READER)

    async with office.bot():
        nothing = await ana.say("stop")
        await ana.say("avísame los lunes lo de UTAI")
        await ana.say("avísame los lunes lo de la UC")
        ended = await ana.say("dame de baja de lo de la UC")
        other = await ana.say("dame de baja de lo de UOAI")

    assert nothing.text == said.NONE_TO_END
    assert ended.text == "🔕 Quitado: ya no envío aquí avisos de UC."
    assert other.text.startswith(f"{said.NONE_SO}\n1. UTAI: ")


async def test_second_thoughts_are_about_what_was_said_last(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await ana.say("avísame los lunes lo de UTAI")
        await ana.say("avísame los lunes lo de la UC")
        ended = await ana.say("mejor no")
        command = await ana.say("/avisos stop")

    assert ended.text == "🔕 Quitado: ya no envío aquí avisos de UC."
    assert command.text == "🔕 Quitado: ya no envío aquí avisos de UTAI."


@pytest.mark.parametrize(
    "words",
    ["quita los avisos de Narnia", "no me avises de la UXZQ", "ya no me avises de los informes"],
)
async def test_what_is_none_of_them_ends_nothing(sqlite_office: Office, words: str) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await ana.say("avísame los lunes lo de UTAI")
        seen = await ana.say(words)

    assert seen.text.startswith(f"{said.NONE_SO}\n1. UTAI: ")
    assert len(await kept(sqlite_office, ana)) == 1


async def test_another_hour_makes_up_for_nothing(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await ana.say("avísame los viernes a las 17:00 lo de UTAI, sin recordatorios")
        await ana.say("avísame a las 8")
        await sqlite_office.tick()
        sqlite_office.clock.move(hours=10)
        await sqlite_office.tick()
        is_quiet = await ana.hears_nothing_more()

    assert is_quiet


async def test_a_later_hour_on_a_day_that_had_its_digest_counts_from_the_next(
    sqlite_office: Office,
) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await ana.say("avísame cada día a las 8 lo de UTAI, sin recordatorios")
        sqlite_office.clock.move(hours=24)
        await sqlite_office.tick()
        await ana.sees()
        seen = await ana.say("avísame a las 23")
        await sqlite_office.tick()
        sqlite_office.clock.move(hours=12)
        await sqlite_office.tick()
        is_quiet = await ana.hears_nothing_more()

    assert seen.text.endswith("El próximo: domingo 16 de mayo, 23:00.")
    assert is_quiet


async def test_the_same_is_not_told_twice(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await ana.say("/suscripciones")
        new = ana.data("➕ Resumen semanal")
        for _ in range(2):
            await ana.tap_data(new)
            await ana.sees()
        await ana.say("stop")
        back = ana.data("↩️ Volver a activar todo")
        await ana.say("quiero avisos")
        await ana.tap_data(back)
        await ana.sees()
        old = await ana.tap_data(new.replace("new", "show") + ":1")

    assert len(await kept(sqlite_office, ana)) == 1
    assert old == said.GONE


# Groups and topics.


async def test_in_a_group_its_administrators_and_ours_change_it(sqlite_office: Office) -> None:
    pedro, ana = await sqlite_office.employ("Pedro", ADMIN), sqlite_office.phone("Ana")
    chief = sqlite_office.phone("Jefa")
    group = sqlite_office.telegram.group("Equipo UTAI")
    sqlite_office.telegram.world.chats[group].members[chief.user_id] = "administrator"

    async with sqlite_office.bot():
        await pedro.inside(group).say("/admitir")
        refused = await ana.inside(group).say("/avisos lunes UTAI")
        done = await chief.inside(group).say("/avisos lunes UTAI")
        shown = await ana.inside(group).say("/suscripciones")
        toast = await ana.inside(group).tap("✖ Quitar")
        ended = await pedro.inside(group).press("✖ Quitar")

    assert refused.text == said.ONLY_ADMINS
    assert done.text == MONDAYS
    assert "1. UTAI: cada lunes" in shown.text
    assert toast == said.ONLY_ADMINS
    assert ended.text == "🔕 Quitado: ya no envío aquí avisos de UTAI."


async def test_a_topic_has_its_own(sqlite_office: Office) -> None:
    pedro = await sqlite_office.employ("Pedro", ADMIN)
    group = sqlite_office.telegram.group("Foro", is_forum=True)
    inside = pedro.inside(group)
    topic = {"is_topic_message": True, "message_thread_id": 5}

    async with sqlite_office.bot():
        await inside.say("/admitir")
        await inside.say("/avisos lunes UTAI", **topic)
        outside = await inside.say("/suscripciones")
    async with sqlite_office.database.session() as session:
        rows = await subscriptions.of_chat(session, (group, 5))

    assert outside.text.startswith("Este chat no tiene avisos.")
    assert [row.scope.units for row in rows] == [("UTAI",)]


async def test_a_button_of_another_chat_changes_nothing(sqlite_office: Office) -> None:
    rosa, ana = await sqlite_office.employ("Rosa", UTAI), await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await rosa.say("avísame los lunes lo de UTAI")
        await ana.say("hola")
        toasts = {
            verb: await ana.tap_data(f"w:{verb}:1")
            for verb in ("end", "show", "now", "back", "go", "what", "all")
        }

    assert set(toasts.values()) == {said.GONE}
    assert len(await kept(sqlite_office, rosa)) == 1
