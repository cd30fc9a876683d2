"""The page of the demo in a real browser, as a person uses it."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.support.browser import DESKTOP, PHONE, looking, needs_browser, say, write
from tests.support.demo import ADMIN, CAMPO, FOCAL, FOLLOW_UP, STRANGER, Demo

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    needs_browser,
    pytest.mark.xdist_group("browser"),
]


async def test_a_first_visit_explains_itself(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, ADMIN) as page:  # who says nothing elsewhere
        welcome = page.get_by_role("region", name="Para empezar")
        await expect(welcome.get_by_role("button")).to_have_count(3)
        await welcome.get_by_role("button", name="¿Qué vence en junio?").click()
        answer = page.locator("li.other").last

        await expect(answer).to_contain_text("4 medios: en junio de 2021")
        await expect(welcome).to_be_hidden()


async def test_a_question_a_page_a_button_and_a_follow_up(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address) as page:
        await say(page, "todos los medios")
        last = page.locator("li.other").last
        await last.get_by_role("button", name="Siguiente ›").click()
        await expect(last).to_contain_text("Página 2 de 3")
        await last.get_by_role("button", name="18.1").click()
        await expect(last).to_contain_text("Medio 18.1")
        await expect(last).to_contain_text("editado")
        await last.get_by_role("button", name="‹ Volver").click()
        await expect(last).to_contain_text("Página 2 de 3")
        await say(page, "pendientes de utia en junio")
        await say(page, "¿y en julio?")

        await expect(page.locator("li.other").nth(-2)).to_contain_text("«utia» → UTAI")
        await expect(page.locator("li.other").last).to_contain_text("julio")
        await expect(page.locator("li.other").last.locator("strong").first).to_be_visible()


async def test_a_window_that_grows_shows_a_chat(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, CAMPO, PHONE) as page:
        await expect(page.get_by_role("textbox", name="Mensaje")).to_be_hidden()
        await page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})

        await expect(page.get_by_role("textbox", name="Mensaje")).to_be_visible()


async def test_another_person_has_another_chat(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, FOCAL) as page:
        await say(page, "¿qué es el SAF?")
        await page.get_by_label("Usted es").select_option("Seguimiento")
        await expect(page.locator("#about")).to_contain_text("revisa lo que llega")
        await expect(page.locator("#messages")).not_to_contain_text("SAF")
        await page.get_by_label("Usted es").select_option("Punto focal de UTAI")

        await expect(page.locator("li.other").last).to_contain_text("SAF")


async def test_in_a_group_commands_are_answered_and_talk_is_not(
    browser: Browser, demo: Demo
) -> None:
    async with looking(browser, demo.address, FOCAL) as page:
        await page.get_by_role("button", name=re.compile("Equipo UTAI")).click()
        await write(page, "buenos días")
        await expect(page.locator("li.own").last).to_contain_text("El bot no ve este mensaje")
        await say(page, "/vence junio")
        answer = page.locator("li.other").last

        await expect(answer).to_contain_text("4 medios")
        await expect(answer.locator(".quote")).to_contain_text("/vence junio")


async def test_messages_are_answered_corrected_and_forwarded(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, FOLLOW_UP) as page:
        await say(page, "¿qué vence en mayo?")
        await act(page, "li.other", "Responder")
        await say(page, "¿y cuáles son de UPPM?")
        await expect(page.locator("li.own").last.locator(".quote")).to_be_visible()
        await act(page, "li.own", "Corregir")
        await page.get_by_role("textbox", name="Mensaje").fill("¿y de la UPPM?")
        await page.keyboard.press("Enter")
        await expect(page.locator("li.own").last).to_contain_text("editado")
        await act(page, "li.own", "Reenviar")
        await page.get_by_role("dialog").get_by_role("button", name="Equipo UTAI").click()

        await expect(page.get_by_role("heading", name="Equipo UTAI")).to_be_visible()
        await expect(page.locator("li.own").last).to_contain_text("Reenviado de Seguimiento")


async def act(page: Page, kind: str, label: str) -> None:
    """Choose something from the menu of the last message of a kind."""
    last = page.locator(kind).last
    await last.get_by_role("button", name="Acciones del mensaje").click()
    await last.get_by_role("menuitem", name=label).click()


async def test_a_file_is_attached_and_can_be_downloaded(
    browser: Browser, demo: Demo, tmp_path: Path
) -> None:
    file = tmp_path / "Informe N° 12.pdf"
    file.write_bytes(b"%PDF-1.7 uno")

    async with looking(browser, demo.address, FOLLOW_UP) as page:
        await page.locator("#file").set_input_files(file)
        shown = page.get_by_role("link", name=re.compile("Informe N° 12.pdf"))
        async with page.expect_download() as download:
            await shown.last.click()
        saved = (await (await download.value).path()).read_bytes()

    assert saved == b"%PDF-1.7 uno"


async def test_a_file_over_20_mb_is_refused_before_it_is_sent(
    browser: Browser, demo: Demo, tmp_path: Path
) -> None:
    file = tmp_path / "acta.pdf"
    file.write_bytes(bytes(20 * 1024 * 1024 + 1))

    async with looking(browser, demo.address, FOLLOW_UP) as page:
        await page.locator("#file").set_input_files(file)

        await expect(page.locator("#toast")).to_contain_text("pasa de 20 MB")
        await expect(page.get_by_role("link", name=re.compile("acta.pdf"))).to_have_count(0)


async def test_the_calendar_moves_on_and_back(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, FOLLOW_UP) as page:
        await page.get_by_role("button", name="+ 1 semana").click()
        await expect(page.locator("#today")).to_have_text("viernes 21 de mayo de 2021")
        await page.get_by_role("button", name="+ 1 día").click()
        await expect(page.locator("#today")).to_have_text("sábado 22 de mayo de 2021")
        await page.get_by_role("button", name="Volver al inicio").click()

        await expect(page.locator("#today")).to_have_text("viernes 14 de mayo de 2021")


async def test_what_is_said_to_a_bot_turned_off_is_answered_later(
    browser: Browser, demo: Demo
) -> None:
    async with looking(browser, demo.address, FOLLOW_UP) as page:
        await page.get_by_role("switch", name="Bot encendido").uncheck()
        await expect(page.locator("#status")).to_contain_text("apagado")
        answers = await page.locator("li.other").count()
        await write(page, "¿qué vence en enero?")
        await expect(page.locator("li.own").last).to_contain_text("enero")
        await page.get_by_role("switch", name="Bot encendido").check()

        await expect(page.locator("li.other")).to_have_count(answers + 1)


async def test_a_blocked_bot_can_be_let_in_again(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, STRANGER, PHONE) as page:
        await page.get_by_role("button", name=re.compile("Compromisos")).first.click()
        await say(page, "hola")
        await page.get_by_role("button", name="Bloquear").click()
        await expect(page.get_by_role("textbox", name="Mensaje")).to_be_hidden()
        await page.reload()
        await expect(page.locator("#status")).to_have_text("bloqueado")
        await expect(page.locator("#messages")).not_to_contain_text("El bot no ve")
        await page.get_by_role("button", name="Desbloquear").click()

        await expect(page.get_by_role("textbox", name="Mensaje")).to_be_visible()


async def test_nothing_is_written_as_somebody_else_while_people_change(
    browser: Browser, demo: Demo
) -> None:
    async with looking(browser, demo.address, FOCAL) as page:
        release = asyncio.Event()

        async def hold(route: Route) -> None:
            await release.wait()
            await route.continue_()

        await page.route(f"**/events?as={FOLLOW_UP}", hold)
        await page.get_by_label("Usted es").select_option("Seguimiento")
        await page.get_by_label("Usted es").select_option("Punto focal de UTAI")
        release.set()

        await expect(page.locator("#about")).to_contain_text("Entrega los medios")
        await say(page, "¿qué vence en mayo?")
        shown = await demo.shown(FOCAL)
        assert shown["chats"][0]["messages"][-2]["text"] == "¿qué vence en mayo?"


async def test_two_quick_enters_send_once(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, FOCAL) as page:
        box = page.get_by_role("textbox", name="Mensaje")
        before = await page.locator("li.own").count()
        await box.fill("¿qué vence en agosto?")
        await box.evaluate(
            "box => { for (const _ of [1, 2]) box.dispatchEvent("
            "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true})) }"
        )
        await page.keyboard.type("¿y en mayo?")
        await expect(page.locator("li.own")).to_have_count(before + 1)

        await expect(box).to_have_value("¿y en mayo?")


async def test_a_draft_belongs_to_its_chat(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, FOCAL) as page:
        box = page.get_by_role("textbox", name="Mensaje")
        await say(page, "uno")
        await box.fill("un borrador")
        await act(page, "li.own", "Corregir")
        await expect(box).to_have_value("uno")
        await page.keyboard.press("Escape")
        await expect(box).to_have_value("un borrador")
        await page.get_by_role("button", name=re.compile("Equipo UTAI")).click()
        await expect(box).to_have_value("")
        await page.get_by_role("button", name=re.compile("^✓?Compromisos")).first.click()

        await expect(box).to_have_value("un borrador")


async def test_a_person_who_is_not_there_becomes_one_who_is(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address) as page:
        await page.evaluate("location.hash = '#9999'")

        await expect(page.get_by_label("Usted es")).to_have_value(str(CAMPO))
        await expect(page.get_by_role("textbox", name="Mensaje")).to_be_visible()


async def test_a_text_too_long_is_kept_and_said(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address) as page:
        box = page.get_by_role("textbox", name="Mensaje")
        await box.fill("a" * 4097)
        await page.keyboard.press("Enter")

        await expect(page.locator("#toast")).to_contain_text("hasta 4096 letras")
        await expect(box).to_have_value("a" * 4097)


async def test_the_keyboard_is_enough(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address) as page:
        await expect(page.get_by_role("textbox", name="Mensaje")).to_be_focused()
        await page.keyboard.type("¿qué vence en junio?")
        await page.keyboard.press("Enter")
        last = page.locator("li.other").last
        await expect(last).to_contain_text("4 medios")

        button = last.get_by_role("button", name="10.1")
        for _ in range(12):
            await page.keyboard.press("Shift+Tab")
            if await button.evaluate("button => button === document.activeElement"):
                break
        await page.keyboard.press("Enter")
        await expect(last).to_contain_text("Medio 10.1")
        within = "item => item.contains(document.activeElement)"
        assert await last.evaluate(within)

        menu = page.get_by_role("button", name="Comandos")
        await menu.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menuitem").first).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("menuitem").nth(1)).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(menu).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("End")
        await page.keyboard.press("Enter")

        await expect(page.locator("li.own").last).to_contain_text("/retirar")
        await expect(page.locator("li.other").last).to_contain_text("Eso lo hace un administrador")


async def test_a_phone_shows_one_screen_at_a_time(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, STRANGER, PHONE) as page:
        await expect(page.get_by_role("textbox", name="Mensaje")).to_be_hidden()
        await page.get_by_role("button", name=re.compile("Compromisos")).first.click()
        await say(page, "todos los medios")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        inner = await page.evaluate("document.querySelector('#scroll').scrollWidth")
        await page.get_by_role("button", name="Volver a los chats").click()

        await expect(page.get_by_label("Usted es")).to_be_visible()
        assert max(wide, inner) <= PHONE[0]


async def test_everything_has_a_name_for_a_screen_reader(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address) as page:
        await say(page, "¿qué vence en junio?")
        nameless = await page.evaluate(
            """() => [...document.querySelectorAll("button, a, input, select, textarea")]
                .filter((each) => !each.hidden)
                .filter((each) => !(each.textContent.trim() || each.getAttribute("aria-label")
                    || each.labels?.length))
                .map((each) => each.outerHTML)"""
        )

        await expect(page.get_by_role("log", name="Mensajes")).to_be_visible()
        assert nameless == []


async def test_text_is_never_markup(browser: Browser, demo: Demo) -> None:
    async with looking(browser, demo.address, STRANGER) as page:
        await say(page, "<img src=x onerror=document.title='roto'> <b>hola</b> & \u202e fin")

        await expect(page.locator("li.own").last).to_contain_text("<img src=x")
        assert await page.locator("li img").count() == 0
        assert await page.title() == "Compromisos · demostración"
