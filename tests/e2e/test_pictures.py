"""Pictures of the main screens, to be looked at; one of them is the README's."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.support.browser import (
    DESKTOP,
    PHONE,
    SCREENSHOTS,
    Scheme,
    looking,
    needs_browser,
    say,
    write,
)
from tests.support.demo import ADMIN, CAMPO, FOCAL, FOLLOW_UP, Demo, demo_process

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    needs_browser,
    pytest.mark.xdist_group("pictures"),
]
SCREENS: tuple[tuple[int, tuple[int, int], Scheme], ...] = (
    (CAMPO, DESKTOP, "light"),
    (FOCAL, DESKTOP, "dark"),
    (FOLLOW_UP, PHONE, "light"),
    (ADMIN, PHONE, "dark"),
)


async def test_the_main_screens_are_kept(browser: Browser, tmp_path: Path) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    pictures: list[bytes] = []

    async with demo_process(tmp_path) as demo:
        await demo.started()
        for person, size, scheme in SCREENS:
            pictures += await pictures_of(browser, demo, person, size, scheme)

    assert len(set(pictures)) == len(pictures) == 4 * len(SCREENS)


async def pictures_of(
    browser: Browser, demo: Demo, person: int, size: tuple[int, int], scheme: Scheme
) -> list[bytes]:
    """A first visit, a question, one means, and the chats or the group."""
    name = f"{size[0]}-{scheme}"
    async with looking(browser, demo.address, person, size, scheme) as page:
        pictures = []
        if size == PHONE:
            pictures.append(await page.screenshot(path=SCREENSHOTS / f"{name}-chats.png"))
            await page.get_by_role("button", name=re.compile("Compromisos")).first.click()
        await expect(page.get_by_role("region", name="Para empezar")).to_be_visible()
        pictures.append(await page.screenshot(path=SCREENSHOTS / f"{name}-welcome.png"))
        await say(page, "y los q vencen en junio de utia?")
        pictures.append(await page.screenshot(path=SCREENSHOTS / f"{name}-answer.png"))
        await page.locator("li.other").last.get_by_role("button", name="12.2").click()
        await expect(page.locator("li.other").last).to_contain_text("Medio 12.2")
        pictures.append(await page.screenshot(path=SCREENSHOTS / f"{name}-means.png"))
        if size == DESKTOP:
            await page.get_by_role("button", name=re.compile("Equipo UTAI")).click()
            await write(page, "buenos días")
            await say(page, "/vence junio")
            pictures.append(await page.screenshot(path=SCREENSHOTS / f"{name}-group.png"))
    return pictures
