"""Subscribing, and a digest that comes by itself, on the page of the demo."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browser import (
    DESKTOP,
    PHONE,
    SCREENSHOTS,
    last,
    looking,
    needs_browser,
    open_chat,
    press,
    say,
)
from tests.support.demo import FOCAL, demo_process

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    needs_browser,
    pytest.mark.xdist_group("notices"),
]


async def test_a_team_subscribes_and_reads_its_digest(browser: Browser, tmp_path: Path) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    async with demo_process(tmp_path) as demo:
        await demo.started()
        async with looking(browser, demo.address, FOCAL, PHONE) as page:
            await open_chat(page, "Equipo UTAI")
            await say(page, "/avisos lunes UTAI")
            await expect(last(page)).to_contain_text("aviso activado: UTAI, cada lunes a las 8:00")
            await page.screenshot(path=SCREENSHOTS / "360-subscribed.png")
        async with looking(browser, demo.address, FOCAL, DESKTOP) as page:
            await a_week_later(page)
            await open_chat(page, "Equipo UTAI")
            await expect(last(page)).to_contain_text("Resumen semanal · UTAI · viernes 21 de mayo")
            await expect(last(page)).to_contain_text("⚪ 12.1 RDE")
            await page.screenshot(path=SCREENSHOTS / "1280-digest.png")
            await open_chat(page, "Compromisos")
            await say(page, "ya presenté el 12.1 https://drive.google.com/a")
            await press(page, "✅ Registrar")
            await expect(last(page)).to_contain_text("Registro N°")
            await a_week_later(page)
            await open_chat(page, "Equipo UTAI")
            digest = page.locator("li.other", has_text="viernes 28 de mayo").last
            await expect(digest).to_contain_text("🔵 12.1 presentado")
            await expect(digest).not_to_contain_text("⚪ 12.1 RDE")
        async with looking(browser, demo.address, FOCAL, PHONE) as page:
            await open_chat(page, "Equipo UTAI")
            await expect(page.locator("li.other", has_text="28 de mayo").last).to_be_visible()
            await page.screenshot(path=SCREENSHOTS / "360-digest.png")


async def a_week_later(page: Page) -> None:
    await page.get_by_role("button", name="+ 1 semana").click()
