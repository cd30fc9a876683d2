"""What the commands share: how they fail, and text of people fit for a terminal."""

import sys
from collections.abc import Iterable, Sequence

PLAIN_WIDTH = 100  # where standard output is no terminal


class WrongUseError(Exception):
    """What was typed cannot be meant; `str` says why, in Spanish."""


class NothingFoundError(Exception):
    """There is nothing of what was asked for; `str` says so, in Spanish."""


def plain(text: str) -> str:
    """Put a blank where a character would steer the terminal instead of being seen."""
    return "".join(each if each.isprintable() else " " for each in text)


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table to standard output: in colour and to its width only on a terminal."""
    from rich.box import SIMPLE  # noqa: PLC0415 - slow to import, seldom needed
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    is_terminal = sys.stdout.isatty()
    console = Console(
        width=None if is_terminal else PLAIN_WIDTH,
        color_system="auto" if is_terminal else None,
        highlight=False,
    )
    table = Table(title=title, title_justify="left", box=SIMPLE)
    for number, column in enumerate(columns):
        table.add_column(column, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))  # text of people is no markup
    console.print(table)
