"""What other bots do, on the same page: the test is the bot, over the Bot API."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)

from bot.demo.cast import BOT, USERNAME, settle
from bot.demo.clock import MovableClock
from bot.demo.guard import guard
from bot.demo.methods.side import BotSide
from bot.demo.page import Page as PageRoutes
from bot.demo.phones import Phones
from bot.demo.server import Server, application, serving
from bot.demo.switch import Switch
from bot.demo.world import World
from tests.support.browser import looking, needs_browser
from tests.support.demo import CAMPO, FOCAL

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    needs_browser,
    pytest.mark.xdist_group("phone"),
]
TOKEN = f"{BOT['id']}:token-of-the-tests"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "f8cf50000000040001f1a1f8a10000000049454e44ae426082"
)


@dataclass
class Phone:
    """A page, and the bot whose messages it shows."""

    page: Page
    bot: Bot
    world: World
    offset: int = 0

    async def update(self) -> Update:
        """Wait for the next update, and acknowledge it."""
        [update] = await self.bot.get_updates(self.offset, limit=1, timeout=10, allowed_updates=[])
        self.offset = update.update_id + 1
        return update


@pytest_asyncio.fixture(loop_scope="module")
async def phone(browser: Browser) -> AsyncIterator[Phone]:
    world = World(BOT, clock := MovableClock(ZoneInfo("America/Lima"), date(2021, 5, 14)))
    settle(world)
    world.updates.allow(["message", "callback_query", "inline_query"])
    app = application(guard)
    Server(world, BotSide(world), TOKEN).add_routes(app)
    PageRoutes(world, clock, Switch()).add_routes(app)
    async with (
        serving(app, world) as address,
        Bot(TOKEN, f"{address}/bot", f"{address}/file/bot") as bot,
        looking(browser, address) as page,
    ):
        yield Phone(page, bot, world)


def keys(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([list(buttons)])


async def test_formatting_is_shown(phone: Phone) -> None:
    await phone.bot.send_message(
        CAMPO,
        '🙂 <b>uno <i>dos</i></b> <a href="https://a.pe/">tres</a> <code>cuatro</code> '
        "<blockquote>cinco</blockquote> <tg-spoiler>seis</tg-spoiler>",
        parse_mode="HTML",
    )
    last = phone.page.locator("li.other").last

    await expect(last.locator("strong em")).to_have_text("dos")
    await expect(last.get_by_role("link", name="tres")).to_have_attribute("href", "https://a.pe/")
    await expect(last.locator("code")).to_have_text("cuatro")
    await expect(last.locator("blockquote")).to_have_text("cinco")
    await expect(last.locator(".spoiler")).to_have_text("seis")


async def test_the_bot_is_seen_typing(phone: Phone) -> None:
    await phone.bot.send_chat_action(CAMPO, "typing")
    await expect(phone.page.locator("#status")).to_have_text("escribiendo…")
    await phone.bot.send_message(CAMPO, "listo")

    await expect(phone.page.locator("#status")).to_have_text("bot")


async def test_pictures_and_documents_are_shown(phone: Phone) -> None:
    await phone.bot.send_photo(CAMPO, PIXEL, caption="el <b>taller</b>", parse_mode="HTML")
    await phone.bot.send_document(CAMPO, b"a,b", filename="matriz.csv")
    picture = phone.page.locator("li.other").nth(0)

    await expect(picture.get_by_role("img", name="Foto adjunta")).to_be_visible()
    await expect(picture.locator("strong")).to_have_text("taller")
    await expect(phone.page.get_by_role("link", name="matriz.csv")).to_contain_text("3 B")


async def test_a_pressed_button_waits_for_its_answer(phone: Phone) -> None:
    await phone.bot.send_message(
        CAMPO, "¿?", reply_markup=keys(InlineKeyboardButton("Sí", callback_data="s"))
    )
    button = phone.page.get_by_role("button", name="Sí")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = (await phone.update()).callback_query
    assert query is not None
    await phone.bot.answer_callback_query(query.id, "Anotado")

    await expect(phone.page.locator("#toast")).to_have_text("Anotado")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    assert (query.data, query.from_user.id) == ("s", CAMPO)


async def test_an_alert_is_to_be_closed(phone: Phone) -> None:
    await phone.bot.send_message(
        CAMPO, "¿?", reply_markup=keys(InlineKeyboardButton("Sí", callback_data="s"))
    )
    await phone.page.get_by_role("button", name="Sí").click()
    query = (await phone.update()).callback_query
    assert query is not None
    await phone.bot.answer_callback_query(query.id, "Solo su unidad puede.", show_alert=True)
    alert = phone.page.get_by_role("dialog", name="Solo su unidad puede.")
    await expect(alert).to_be_visible()
    await alert.get_by_role("button", name="Entendido").click()

    await expect(alert).to_be_hidden()


async def test_messages_change_and_go_in_place(phone: Phone) -> None:
    first = await phone.bot.send_message(CAMPO, "uno")
    second = await phone.bot.send_message(CAMPO, "dos")
    await phone.bot.edit_message_text("uno y medio", CAMPO, first.message_id)
    await phone.bot.delete_message(CAMPO, second.message_id)

    await expect(phone.page.locator("li.other")).to_have_count(1)
    await expect(phone.page.locator("li.other")).to_contain_text("uno y medio")


async def test_a_deep_link_starts_the_bot(phone: Phone) -> None:
    await phone.bot.send_message(
        CAMPO,
        f'<a href="https://t.me/{USERNAME}?start=m12_1">12.1</a> /acta',
        parse_mode="HTML",
    )
    await phone.page.get_by_role("button", name="12.1", exact=True).click()
    started = (await phone.update()).message
    await phone.page.get_by_role("button", name="/acta", exact=True).click()
    asked = (await phone.update()).message

    assert started is not None
    assert started.text == "/start m12_1"
    assert asked is not None
    assert asked.text == "/acta"


async def test_in_a_group_a_deep_link_leads_to_the_private_chat(phone: Phone) -> None:
    group = next(chat for chat in phone.world.chats.values() if not chat.is_private)
    link = f'<a href="https://t.me/{USERNAME}?start=m12_1">12.1</a>'
    await phone.bot.send_message(group.id, link, parse_mode="HTML")
    await phone.page.locator("#chats").get_by_text("Equipo UTAI").click()
    await phone.page.get_by_role("button", name="12.1", exact=True).click()
    started = (await phone.update()).message

    assert started is not None
    assert (started.chat.id, started.text) == (CAMPO, "/start m12_1")
    await expect(
        phone.page.get_by_role("heading", name="Compromisos", level=1).last
    ).to_be_visible()


async def test_the_focus_stays_on_the_button_of_a_message_that_changes(phone: Phone) -> None:
    board = keys(*(InlineKeyboardButton(each, callback_data=each) for each in ("Uno", "Dos")))
    sent = await phone.bot.send_message(CAMPO, "a", reply_markup=board)
    await phone.page.get_by_role("button", name="Dos", exact=True).focus()
    await phone.page.keyboard.press("Enter")
    await phone.update()
    await phone.bot.edit_message_text("b", CAMPO, sent.message_id, reply_markup=board)

    await expect(phone.page.locator("li.other")).to_contain_text("b")
    await expect(phone.page.get_by_role("button", name="Dos", exact=True)).to_be_focused()


async def test_the_menu_of_a_message_lies_within_the_page(phone: Phone) -> None:
    await phone.bot.send_message(CAMPO, "a")
    await phone.page.set_viewport_size({"width": 360, "height": 740})
    more = phone.page.get_by_role("button", name="Acciones del mensaje")
    await more.click()
    await expect(phone.page.get_by_role("menuitem", name="Reenviar")).to_be_in_viewport(ratio=1)
    await more.click()

    await expect(phone.page.get_by_role("menuitem")).to_have_count(0)


async def test_results_of_the_inline_mode_are_chosen(phone: Phone) -> None:
    box = phone.page.get_by_role("textbox", name="Mensaje")
    await box.press_sequentially(f"@{USERNAME} junio")
    asked = (await phone.update()).inline_query
    while asked is not None and asked.query != "junio":  # one comes for each letter, or for some
        asked = (await phone.update()).inline_query
    assert asked is not None
    content = InputTextMessageContent("<b>4 medios</b> en junio", parse_mode="HTML")
    await phone.bot.answer_inline_query(
        asked.id, [InlineQueryResultArticle("1", "Junio", content, description="4 medios")]
    )
    await phone.page.get_by_role("option", name="Junio").click()

    sent = phone.page.locator("li.own").last
    await expect(sent).to_contain_text(f"por @{USERNAME}")
    await expect(sent.locator("strong")).to_have_text("4 medios")
    await expect(box).to_have_value("")


async def test_the_menu_is_the_bots(phone: Phone) -> None:
    await phone.bot.set_my_commands([BotCommand("historia", "Qué pasó con un medio")])
    await phone.page.get_by_role("button", name="Comandos").click()
    await phone.page.get_by_role("menuitem", name="/historia").click()
    said = (await phone.update()).message

    assert said is not None
    assert said.text == "/historia"


async def test_a_button_that_opens_a_page_says_so(phone: Phone) -> None:
    link = InlineKeyboardButton("El acta", url="https://a.pe/acta")
    await phone.bot.send_message(CAMPO, "Vea:", reply_markup=keys(link))

    await expect(phone.page.get_by_role("button", name="El acta")).to_have_class("opens")


async def test_another_chat_counts_what_is_unread(phone: Phone) -> None:
    group = next(chat for chat in phone.world.chats.values() if not chat.is_private)
    await phone.bot.send_message(group.id, "Vence mañana")
    await phone.bot.send_message(group.id, "El 12.1")

    await expect(phone.page.get_by_label("2 sin leer")).to_be_visible()


async def test_a_group_that_becomes_a_supergroup_stays_in_the_list(phone: Phone) -> None:
    group = next(chat for chat in phone.world.chats.values() if not chat.is_private)
    new = Phones(phone.world).upgrade(group, phone.world.people[FOCAL])
    await phone.page.locator("#chats").get_by_text("Equipo UTAI").click()
    await phone.bot.send_message(new.id, "aquí sigo")

    await expect(phone.page.locator("li.other").last).to_contain_text("aquí sigo")
    await expect(phone.page.locator("li.service")).to_have_count(1)
    await expect(phone.page.locator("#chats").get_by_text("Equipo UTAI")).to_have_count(1)


async def test_a_lost_connection_is_said_and_found_again(phone: Phone) -> None:
    await phone.page.context.set_offline(True)
    phone.world.tell("end", {})  # as when the server goes
    await expect(phone.page.get_by_role("alert")).to_contain_text("Sin conexión")
    await phone.page.context.set_offline(False)
    await phone.bot.send_message(CAMPO, "de vuelta")

    await expect(phone.page.get_by_role("alert")).to_be_hidden()
    await expect(phone.page.locator("li.other").last).to_contain_text("de vuelta")


async def test_who_reads_earlier_messages_is_left_there(phone: Phone) -> None:
    for number in range(30):
        await phone.bot.send_message(CAMPO, f"mensaje {number}")
    await phone.page.get_by_text("mensaje 0", exact=True).scroll_into_view_if_needed()
    await phone.bot.send_message(CAMPO, "uno más")
    await expect(phone.page.locator("li.other").last).to_contain_text("uno más")
    await expect(phone.page.get_by_text("mensaje 0", exact=True)).to_be_in_viewport()
    await phone.page.get_by_role("button", name="↓ Mensajes nuevos").click()

    await expect(phone.page.locator("li.other").last).to_be_in_viewport()


async def test_many_events_in_a_row_arrive_in_order(phone: Phone) -> None:
    async with asyncio.timeout(20):
        for number in range(60):
            await phone.bot.send_message(CAMPO, f"mensaje {number}")
    texts = phone.page.locator("li.other .text")

    await expect(texts).to_have_count(60)
    await expect(texts.last).to_be_in_viewport()
    assert await texts.all_inner_texts() == [f"mensaje {number}" for number in range(60)]
