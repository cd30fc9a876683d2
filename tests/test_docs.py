"""The README names every command and setting, and its examples give what it prints."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import cli
from bot.settings import PREFIX, Settings
from handlers.language.reading import read
from handlers.language.spelling import Speller
from handlers.language.vocabulary import build_vocabulary
from handlers.question import Intent
from seed.load import load_bundled
from storage.acts import matrix_words
from storage.engine import Database
from tests.support.conversation import MAY_14

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
KINDS = README.partition("## What can be asked")[2].partition("## Commands")[0]


@pytest.mark.parametrize("command", sorted(get_command(cli).commands))  # type: ignore[attr-defined]
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`compromisos {command}" in README


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`{PREFIX}{setting.upper()}`" in README


async def test_every_example_of_the_readme_is_understood(sqlite_database: Database) -> None:
    await load_bundled(sqlite_database)
    async with sqlite_database.session() as session:
        speller = Speller(build_vocabulary(await matrix_words(session)))
    before = read("qué vence en junio", MAY_14, speller)
    examples = re.findall(r"«([^»]+)»", KINDS)

    unread = [
        text
        for text in examples
        if read(text, MAY_14, speller, before).intent in {Intent.UNKNOWN, Intent.HELP}
    ]

    assert len(examples) > 20
    assert unread == []
