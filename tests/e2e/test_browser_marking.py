"""Marking and reviewing on the page of the demo, as the people of the cast do it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.support.browser import (
    PHONE,
    SCREENSHOTS,
    last,
    looking,
    needs_browser,
    open_chat,
    press,
    say,
)
from tests.support.demo import ADMIN, FOCAL, FOLLOW_UP, STRANGER, demo_process

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    needs_browser,
    pytest.mark.xdist_group("marking"),
]
REPORT = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


async def test_a_means_is_handed_in_sent_back_and_seen_again(
    browser: Browser, tmp_path: Path
) -> None:
    report = tmp_path / "INFORME_N_045-2021-UTAI.pdf"
    report.write_bytes(REPORT)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    async with demo_process(tmp_path) as demo:
        await demo.started()
        async with looking(browser, demo.address, FOCAL, PHONE) as page:
            await open_chat(page)
            await say(page, "ya presenté el 12.1")
            await page.locator("#file").set_input_files(report)
            await expect(last(page)).to_contain_text("Informe N° 045-2021-UTAI")
            await page.screenshot(path=SCREENSHOTS / "360-mark.png")
            await press(page, "✅ Registrar")
            await expect(last(page)).to_contain_text("Registro N°")
            await page.screenshot(path=SCREENSHOTS / "360-receipt.png")
        async with looking(browser, demo.address, FOLLOW_UP, PHONE) as page:
            await open_chat(page)
            await expect(last(page)).to_contain_text("Se presentó un medio")
            await press(page, "📎 Evidencia")
            await press(page, "⬇ INFORME_N_045-2021-UTAI.pdf")
            await expect(last(page).get_by_role("link")).to_contain_text("INFORME")
            await page.locator("li.other").first.get_by_role("button", name="↩️ Observar").click()
            await expect(last(page)).to_contain_text("¿Por qué lo devuelve?")
            await say(page, "Falta la <b>firma</b>")
            await page.screenshot(path=SCREENSHOTS / "360-observe.png")
            await press(page, "↩️ Devolver")
            await expect(last(page)).to_contain_text("Registro N°")
        async with looking(browser, demo.address, FOCAL, PHONE) as page:
            await open_chat(page)
            await expect(last(page)).to_contain_text("Falta la <b>firma</b>")
            await press(page, "✍️ Volver a presentar")
            await expect(last(page)).to_contain_text("Falta la evidencia")
            await say(page, "/historia 12.1")
            await expect(last(page)).to_contain_text("devolvió con observación")
            await page.screenshot(path=SCREENSHOTS / "360-history.png")


async def test_a_stranger_asks_for_access_and_gets_it(browser: Browser, tmp_path: Path) -> None:
    async with demo_process(tmp_path) as demo:
        await demo.started()
        async with looking(browser, demo.address, STRANGER, PHONE) as page:
            await open_chat(page)
            await say(page, "/acceso")
            await say(page, "Punto focal nuevo")
            await press(page, "✍️ Punto focal de una unidad")
            await press(page, "UTAI")
            await press(page, "📨 Enviar la solicitud")
            await expect(last(page)).to_contain_text("en manos de los administradores")
        async with looking(browser, demo.address, ADMIN, PHONE) as page:
            await open_chat(page)
            await expect(last(page)).to_contain_text("Punto focal nuevo")
            await press(page, "✅ Dar acceso")
            await expect(last(page)).to_contain_text("entra como punto focal de UTAI")
        async with looking(browser, demo.address, STRANGER, PHONE) as page:
            await open_chat(page)
            await expect(last(page)).to_contain_text("Ya tiene acceso como punto focal de UTAI")
            await say(page, "marca el 12.1")
            await expect(last(page)).to_contain_text("Falta la evidencia")
