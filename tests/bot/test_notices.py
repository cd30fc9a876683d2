"""What comes by itself, as a team reads it: on time, once, and as things stand by then."""

from datetime import UTC, datetime

import pytest

from storage import subscriptions
from storage.engine import Session
from storage.ledger import last_event
from storage.notices import (
    About,
    NoticeKind,
    Rhythm,
    Schedule,
    Scope,
    SubscriptionRow,
    SubscriptionState,
)
from storage.occurrences import of_subscription
from storage.outbox import counts, in_trouble
from storage.records import Level, Ref
from storage.traffic import OutboxState, Sort
from tests.bench.synthetic import load_synthetic
from tests.support.office import ADMIN, FOLLOW_UP, READER, UTAI, Office, Phone
from tests.support.subscribed import subscribed
from tests.support.telegram import Seen

MONDAY = datetime(2021, 5, 17, 13, tzinfo=UTC)  # at eight in Lima
UTAI_DIGEST = "📬 Resumen semanal · UTAI · lunes 17 de mayo"
OF_UTAI = Scope(units=("UTAI",))
QUIET = Schedule(lead_days=(), tells_late=False)


async def subscribe(
    office: Office,
    phone: Phone,
    scope: Scope = OF_UTAI,
    schedule: Schedule = QUIET,
    about: About = About.MEANS,
) -> SubscriptionRow:
    """Keep what a chat is to be told, from the instant of the clock on."""
    now = office.clock.now()
    async with office.database.write() as session:
        return await subscribed(
            session,
            phone.chat_id,
            schedule,
            now,
            scope=scope,
            about=about,
            title=phone.name,
            told_event=await last_event(session),
        )


def go_to(office: Office, instant: datetime) -> None:
    office.clock.instant = instant


async def at(office: Office, instant: datetime, phone: Phone) -> Seen:
    """Let it be so late; give what somebody is told then."""
    go_to(office, instant)
    await office.tick()
    return await phone.sees()


async def states(office: Office) -> dict[tuple[Sort, OutboxState], int]:
    async with office.database.session() as session:
        found = await counts(session)
    return {key: number for key, number in found.items() if key[0] is not Sort.REPLY}


async def state_of(session: Session, row: SubscriptionRow) -> SubscriptionState:
    found = await subscriptions.find(session, row.id)
    assert found is not None
    return found.state


# Digests.


async def test_a_digest_comes_on_time_and_once(office: Office) -> None:
    ana = await office.employ("Ana", READER)
    row = await subscribe(office, ana)

    async with office.bot():
        go_to(office, MONDAY.replace(hour=12, minute=59, second=59))
        await office.tick()
        early = await states(office)
        seen = await at(office, MONDAY, ana)
        for _ in range(3):
            await office.tick()
        is_quiet = await ana.hears_nothing_more()
    async with office.database.session() as session:
        slots = await of_subscription(session, row.id)

    assert early == {}
    assert seen.text.startswith(f"{UTAI_DIGEST}\n👉 Lo primero: el 1.1 vence en 14 días.\n")
    assert [(slot.kind, slot.due_at) for slot in slots] == [(NoticeKind.DIGEST, MONDAY)]
    assert await states(office) == {(Sort.DIGEST, OutboxState.SENT): 1}
    assert is_quiet


async def test_a_digest_tells_what_is_late_due_and_new_and_each_means_opens(
    office: Office,
) -> None:
    rosa, julia = await office.employ("Rosa", UTAI), await office.employ("Julia", FOLLOW_UP)
    ana = await office.employ("Ana", READER)
    await subscribe(office, ana)

    async with office.bot():
        first = await at(office, MONDAY, ana)
        await office.hand_in(rosa, "12.1", julia)
        await office.hand_in(rosa, "4.1", julia)
        await julia.press("✅ Verificar")
        await rosa.sees()
        go_to(office, MONDAY.replace(month=6, day=7))
        second = await at(office, MONDAY.replace(month=6, day=7), ana)
        card = await ana.press("12.1")
        third = await at(office, MONDAY.replace(month=6, day=14), ana)

    assert "⚪ 12.1 RDE" in first.text
    lines = second.text.splitlines()
    assert {line.rpartition(" · ")[2] for line in lines if line[:1] == "⚪" and " · " in line} == {
        "UT, UTAI"  # the title says whose the others are
    }
    assert lines[-1] == "⏳ No pude enviarlo a tiempo: reúne lo del 24 may 2021 y 31 may 2021."
    assert lines[:2] == [
        "📬 Resumen semanal · UTAI · lunes 7 de junio",
        "❗ Lo primero: el 1.1 venció hace 7 días y hay 2 medios más en esa situación.",
    ]
    assert "🔴 Vencidos: 3" in lines
    assert "⚪ Próximos 30 días: 3" in lines
    assert "🗒 Novedades" in lines
    assert "🔵 12.1 presentado · Rosa · 17 may 2021, 8:00" in second.text.replace("08:00", "8:00")
    assert "🟢 4.1 verificado · Julia · 17 may 2021" in second.text
    assert "📊 ▰▱▱▱▱▱▱▱▱▱ 2 de 17 presentados, 1 verificado" in second.text
    assert "⚪ 12.1" not in second.text
    assert card.text.startswith("12.1 · 🔵 presentado")
    assert "Novedades" not in third.text


async def test_what_is_taken_back_is_no_news(sqlite_office: Office) -> None:
    rosa, ana = await sqlite_office.employ("Rosa", UTAI), await sqlite_office.employ("Ana", READER)
    await subscribe(sqlite_office, ana)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1")
        await rosa.press("↩️ Anular")
        seen = await at(sqlite_office, MONDAY, ana)

    assert "Novedades" not in seen.text
    assert "⚪ 12.1 RDE" in seen.text


@pytest.mark.parametrize("tells_nothing", [True, False], ids=["said", "silent"])
async def test_nothing_to_say_is_one_line_or_none(
    sqlite_office: Office, *, tells_nothing: bool
) -> None:
    ana = await sqlite_office.employ("Ana", READER)
    row = await subscribe(sqlite_office, ana, Scope(refs=(Ref(Level.MEANS, "3.1"),)))
    async with sqlite_office.database.write() as session:
        await subscriptions.tell_nothing(session, row, wanted=tells_nothing)

    async with sqlite_office.bot():
        go_to(sqlite_office, MONDAY)
        await sqlite_office.tick()
        seen = [await ana.sees()] if tells_nothing else []
        await ana.say("hola")

    ended = OutboxState.SENT if tells_nothing else OutboxState.EMPTY
    assert [each.text for each in seen] == [
        "📭 Resumen semanal · medio 3.1: nada vencido, nada por vencer en 30 días y ninguna "
        "novedad. ▱▱▱▱▱▱▱▱▱▱ 0 de 1 presentados"
    ] * tells_nothing
    assert await states(sqlite_office) == {(Sort.DIGEST, ended): 1}


async def test_follow_up_reads_what_waits_and_for_how_long(sqlite_office: Office) -> None:
    rosa, julia = (
        await sqlite_office.employ("Rosa", UTAI),
        await sqlite_office.employ("Julia", FOLLOW_UP),
    )
    daily = Schedule(rhythm=Rhythm.DAILY, lead_days=(), tells_late=False)
    await subscribe(sqlite_office, julia, Scope(), daily, About.REVIEW)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1", julia)
        seen = await at(sqlite_office, MONDAY, julia)

    assert "📥 Por revisar: 1 · lunes 17 de mayo" in seen.text
    assert "❗ Lo primero: el 12.1 espera hace 3 días." in seen.text
    assert seen.labels[0] == "12.1"


async def test_what_was_missed_is_one_message_that_says_so(office: Office) -> None:
    ana = await office.employ("Ana", READER)
    row = await subscribe(office, ana, schedule=Schedule(rhythm=Rhythm.DAILY, lead_days=()))
    go_to(office, MONDAY.replace(hour=20))  # asleep for three days

    async with office.bot():
        seen = await ana.sees()
        await ana.say("hola")
    async with office.database.session() as session:
        slots = await of_subscription(session, row.id)

    assert seen.text.startswith("📬 Resumen del día · UTAI · lunes 17 de mayo\n👉 Lo primero: ")
    assert seen.text.endswith(
        "\n⏳ No pude enviarlo a tiempo: reúne lo del 15 may 2021, 16 may 2021 y 17 may 2021."
    )
    assert len(slots) == 3
    assert await states(office) == {(Sort.DIGEST, OutboxState.SENT): 1}


async def test_a_clock_that_is_set_back_tells_nothing_twice(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)
    row = await subscribe(sqlite_office, ana)

    async with sqlite_office.bot():
        await at(sqlite_office, MONDAY, ana)
        for back in (MONDAY.replace(hour=12), MONDAY.replace(day=14), MONDAY):
            go_to(sqlite_office, back)
            await sqlite_office.tick()
        is_quiet = await ana.hears_nothing_more()
    async with sqlite_office.database.session() as session:
        slots = await of_subscription(session, row.id)

    assert len(slots) == 1
    assert is_quiet


async def test_silence_is_kept_and_not_made_up_for(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)

    async with sqlite_office.bot():
        await ana.say("avísame cada día lo de UTAI, sin recordatorios")
        await ana.say("silencio hasta el miércoles")
        go_to(sqlite_office, MONDAY.replace(day=18))
        await sqlite_office.tick()
        quiet = await ana.hears_nothing_more()
        seen = await at(sqlite_office, MONDAY.replace(day=19), ana)

    assert quiet
    assert seen.text.startswith("📬 Resumen del día · UTAI · miércoles 19 de mayo\n")


async def test_a_long_digest_is_split_in_order(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)
    await load_synthetic(sqlite_office.database, 60, 3)
    go_to(sqlite_office, MONDAY.replace(year=2029, month=1, day=5))
    await subscribe(sqlite_office, ana, Scope())

    async with sqlite_office.bot():
        go_to(sqlite_office, MONDAY.replace(year=2029, month=1, day=8))
        await sqlite_office.tick()
        seen = [await ana.sees()]
        while "📊" not in seen[-1].text:
            seen.append(await ana.sees())

    lines = [line for each in seen for line in each.text.splitlines() if line.startswith("🔴 ")]
    assert len(seen) > 1
    assert {each.buttons for each in seen[:-1]} == {()}
    assert "⚙️ Avisos de este chat" in seen[-1].labels
    assert lines[0] == "🔴 Vencidos: 82"
    assert len(lines) == 1 + 82


# Reminders.


REMINDED = Schedule(rhythm=None, tells_late=False)


async def test_one_reminder_a_chat_of_all_that_falls_due_then(office: Office) -> None:
    ana = await office.employ("Ana", READER)
    await subscribe(office, ana, schedule=REMINDED)
    await subscribe(office, ana, Scope(refs=(Ref(Level.MEANS, "12.1"),)), REMINDED)

    async with office.bot():
        go_to(office, MONDAY.replace(day=23))
        await office.tick()
        seen = await at(office, MONDAY.replace(day=24), ana)
        is_quiet = await ana.hears_nothing_more()

    assert seen.text.startswith(
        "⏰ Recordatorio · UTAI y medio 12.1\nVence en 7 días, el 31 may 2021\n⚪ 1.1 "
    )
    assert seen.text.count("12.1 RDE") == 1
    assert is_quiet
    assert await states(office) == {(Sort.REMINDER, OutboxState.SENT): 1}


async def test_what_was_handed_in_a_minute_ago_is_not_asked_for(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa", UTAI)
    await subscribe(sqlite_office, rosa, Scope(refs=(Ref(Level.MEANS, "12.1"),)), REMINDED)
    await subscribe(sqlite_office, rosa, Scope(refs=(Ref(Level.MEANS, "4.1"),)), REMINDED)

    async with sqlite_office.bot():
        go_to(sqlite_office, MONDAY.replace(day=24, hour=12, minute=59))
        await sqlite_office.hand_in(rosa, "12.1")
        seen = await at(sqlite_office, MONDAY.replace(day=24), rosa)
        await sqlite_office.hand_in(rosa, "4.1")
        go_to(sqlite_office, MONDAY.replace(day=30))
        await sqlite_office.tick()
        is_quiet = await rosa.hears_nothing_more()

    assert "4.1" in seen.text
    assert "12.1" not in seen.text.partition("\n")[2]
    assert is_quiet


async def test_late_means_are_told_of_once_a_week(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)
    row = await subscribe(sqlite_office, ana, schedule=Schedule(rhythm=None, lead_days=()))

    async with sqlite_office.bot():
        seen = []
        for day in range(1, 15):
            go_to(sqlite_office, MONDAY.replace(month=6, day=day))
            await sqlite_office.tick()
            seen += [await ana.sees()] if day in {7, 14} else []
        is_quiet = await ana.hears_nothing_more()
    async with sqlite_office.database.session() as session:
        slots = await of_subscription(session, row.id)

    assert [slot.day.day for slot in slots] == [7, 14]
    assert "Venció hace 7 días, el 31 may 2021" in seen[0].text
    assert "Venció hace 14 días, el 31 may 2021" in seen[1].text
    assert is_quiet


async def test_a_moved_date_moves_the_reminder(sqlite_office: Office) -> None:
    julia = await sqlite_office.employ("Julia", FOLLOW_UP)
    await subscribe(sqlite_office, julia, Scope(refs=(Ref(Level.MEANS, "12.1"),)), REMINDED)

    async with sqlite_office.bot():
        await julia.say("/reprogramar 12.1 30 de junio Memorando N° 120-2021")
        await julia.press("✅ Reprogramar")
        go_to(sqlite_office, MONDAY.replace(day=24))
        await sqlite_office.tick()
        seen = await at(sqlite_office, MONDAY.replace(month=6, day=23), julia)

    assert "Vence en 7 días, el 30 jun 2021" in seen.text


# How they are sent.


async def test_a_chat_that_blocked_the_bot_is_switched_off_and_administrators_told(
    office: Office,
) -> None:
    ana, pedro = await office.employ("Ana", READER), await office.employ("Pedro", ADMIN)
    row = await subscribe(office, ana)
    office.telegram.block(ana.chat_id)

    async with office.bot():
        told = await at(office, MONDAY, pedro)
        async with office.database.session() as session:
            closed = await state_of(session, row)
        office.telegram.phones.unblock(office.telegram.world.people[ana.chat_id])
        shown = await ana.say("/suscripciones")
        await ana.press("⚙️ 1. UTAI")
        back = await ana.press("▶ Volver a activar")

    assert told.text == (
        "⛔ «Ana» ya no recibe mensajes del bot (el chat bloqueó o sacó al bot): apagué sus "
        "avisos (1). Ahí mismo se vuelven a activar con /suscripciones."
    )
    assert closed is SubscriptionState.CLOSED
    assert "⛔ apagado: no se le podía escribir" in shown.text
    assert back.text == "▶ Sigo enviando aquí avisos de UTAI."


async def test_a_digest_that_may_have_arrived_is_held_and_a_reminder_repeated(
    office: Office,
) -> None:
    ana, pedro = await office.employ("Ana", READER), await office.employ("Pedro", ADMIN)
    both = Schedule(weekdays=(0,), lead_days=(14,))
    await subscribe(office, ana, schedule=both)

    async with office.bot():
        office.telegram.fail("sendMessage", 502, times=2)  # of the digest and of the reminder
        seen = await at(office, MONDAY, ana)
        listed = await pedro.say("/entregas")
        async with office.database.session() as session:
            [held] = await in_trouble(session, 5)
        await pedro.press(f"🔁 Enviar N° {held.id}")
        again = await ana.sees()

    assert seen.text.startswith("⏰ Recordatorio · UTAI")
    assert (held.state, held.error) == (OutboxState.HELD, "no answer")
    assert f"• N° {held.id} · resumen · chat {ana.chat_id}" in listed.text
    assert again.text.startswith(UTAI_DIGEST)


async def test_a_held_back_notice_goes_not_before_it_may(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)
    await subscribe(sqlite_office, ana)

    async with sqlite_office.bot():
        sqlite_office.telegram.fail("sendMessage", 429, retry_after=1)
        seen = await at(sqlite_office, MONDAY, ana)

    assert seen.text.startswith(UTAI_DIGEST)
    assert await states(sqlite_office) == {(Sort.DIGEST, OutboxState.SENT): 1}


async def test_a_group_that_moved_is_followed_by_its_notices(office: Office) -> None:
    pedro = await office.employ("Pedro", ADMIN)
    telegram = office.telegram
    group = telegram.group("Equipo UTAI", kind="group")

    async with office.bot():
        await pedro.inside(group).say("/admitir")
        await pedro.inside(group).say("/avisos lunes UTAI")
        new = telegram.world.upgrade(telegram.world.chats[group])  # nobody tells the bot
        seen = await at(office, MONDAY, pedro.inside(new.id))
    async with office.database.session() as session:
        rows = await subscriptions.of_chat(session, (new.id, None))

    assert seen.text.startswith(UTAI_DIGEST)
    assert len(rows) == 1


async def test_who_may_read_no_more_is_told_nothing(sqlite_office: Office) -> None:
    ana = await sqlite_office.employ("Ana", READER)
    row = await subscribe(sqlite_office, ana)

    async with sqlite_office.bot():
        await sqlite_office.dismiss(ana)
        go_to(sqlite_office, MONDAY)
        await sqlite_office.tick()
        await ana.say("hola")
    async with sqlite_office.database.session() as session:
        after = await state_of(session, row)

    assert after is SubscriptionState.CLOSED
    assert await states(sqlite_office) == {(Sort.DIGEST, OutboxState.EMPTY): 1}


async def test_a_notice_names_who_handed_in_without_markup(sqlite_office: Office) -> None:
    rosa = await sqlite_office.employ("Rosa <b>&", UTAI)
    ana = await sqlite_office.employ("Ana", READER)
    await subscribe(sqlite_office, ana)

    async with sqlite_office.bot():
        await sqlite_office.hand_in(rosa, "12.1")
        seen = await at(sqlite_office, MONDAY, ana)

    assert "🔵 12.1 presentado · Rosa <b>& · " in seen.text
