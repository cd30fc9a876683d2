"""A real browser, and the page of a demo in it."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.support.demo import CAMPO, ROOT

CHROMIUM = shutil.which("chromium")
IS_CI = bool(os.environ.get("CI"))
SCREENSHOTS = ROOT / ".ci" / "screenshots"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PHONE, DESKTOP = (360, 740), (1280, 800)
Scheme = Literal["light", "dark"]

needs_browser = pytest.mark.skipif(
    not (CHROMIUM or IS_CI), reason="no Chromium: install «chromium»"
)


@asynccontextmanager
async def looking(
    browser: Browser,
    address: str,
    person: int = CAMPO,
    size: tuple[int, int] = DESKTOP,
    scheme: Scheme = "light",
) -> AsyncIterator[Page]:
    """Open the page as somebody; an error of the page fails the test."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        locale="es-PE",
        has_touch=size == PHONE,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    await page.goto(f"{address}/#{person}")
    await expect(page.locator("#today")).not_to_be_empty()
    yield page
    await context.close()
    assert errors == []


async def write(page: Page, text: str) -> None:
    """Write a message; wait until it is sent, since the page takes no other before."""
    await page.get_by_role("textbox", name="Mensaje").fill(text)
    async with page.expect_response("**/say") as sent:
        await page.keyboard.press("Enter")
    await (await sent.value).finished()


async def say(page: Page, text: str) -> None:
    """Write a message; wait until the bot has answered it."""
    answers = await page.locator("li.other").count()
    await write(page, text)
    await expect(page.locator("li.other")).to_have_count(answers + 1)


async def open_chat(page: Page, name: str = "Compromisos") -> None:
    """Open a chat from the list, by a part of its name."""
    await page.get_by_role("button", name=re.compile(name)).first.click()
    await expect(page.get_by_role("textbox", name="Mensaje")).to_be_visible()


def last(page: Page) -> Locator:
    """The last message that somebody else wrote in the open chat."""
    return page.locator("li.other").last


async def press(page: Page, label: str) -> None:
    """Press a button under the last message."""
    await last(page).get_by_role("button", name=label, exact=True).click()
