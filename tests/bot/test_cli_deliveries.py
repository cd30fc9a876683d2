"""What is sent and what is not, as the operator sees and settles it on the command line."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.engine import Database, Session
from storage.notices import Schedule, Scope
from storage.outbox import begin, claim, end, notices_for
from storage.traffic import Notice, OutboxState, Outgoing, Sort
from tests.bot.test_cli_access import Compromisos, command_on
from tests.support.subscribed import subscribed

NOW = datetime(2021, 5, 14, 15, tzinfo=UTC)
GROUP = -1_001_234_567_890


@pytest.fixture
def compromisos(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compromisos:
    return command_on(database_url, tmp_path, monkeypatch)


@pytest.fixture
def stored(database_url: str) -> Callable[[Callable[[Session], Awaitable[Any]]], Any]:
    """Write to the database and close it, so that the command finds it by itself."""

    async def write(work: Callable[[Session], Awaitable[Any]]) -> Any:
        database = Database(database_url)
        async with database.write() as session:
            done = await work(session)
        await database.dispose()
        return done

    return lambda work: asyncio.run(write(work))


async def trouble(session: Session) -> list[int]:
    """Leave a digest held, a reminder failed, and a subscription for Monday."""
    wanted = [Notice(Sort.DIGEST, GROUP, None, 1), Notice(Sort.REMINDER, 7, None)]
    ids = list((await notices_for(session, wanted, NOW)).values())
    await claim(session, 1, None)
    for row_id in ids:
        await begin(session, row_id, Outgoing(chat_id=GROUP, text="x"), None)
    await end(session, ids[0], OutboxState.HELD, NOW, "no answer")
    await end(session, ids[1], OutboxState.FAILED, NOW, "forbidden")
    of_utai = Scope(units=("UTAI",))
    schedule = Schedule(lead_days=())
    await subscribed(session, GROUP, schedule, NOW, scope=of_utai, title="Equipo [red]UTAI")
    return ids


def test_it_shows_what_is_held_why_and_what_comes_next(
    compromisos: Compromisos, stored: Callable[..., Any]
) -> None:
    held, failed = stored(trouble)

    shown = compromisos("deliveries").stdout
    values = json.loads(compromisos("deliveries", "--json").stdout)

    told = " ".join(shown.split())
    assert "en duda: Telegram no contestó" in told
    assert "no entregados: el chat bloqueó" in told
    assert "Equipo [red]UTAI" in shown
    assert "17 may 2021, 08:00" in shown
    assert [(one["id"], one["state"]) for one in values["troubled"]] == [
        (failed, "failed"),
        (held, "held"),
    ]
    assert values["counts"]["digest"]["held"] == 1
    assert values["subscriptions"][0]["next_at"] == "2021-05-17T13:00:00+00:00"


def test_a_held_one_is_sent_again_or_let_be_once(
    compromisos: Compromisos, stored: Callable[..., Any]
) -> None:
    held, failed = stored(trouble)

    again = compromisos("deliveries", "--again", str(failed))
    dropped = compromisos("deliveries", "--drop", str(held))
    twice = compromisos("deliveries", "--drop", str(held))
    values = json.loads(compromisos("deliveries", "--json").stdout)

    assert again.stdout == f"El envío N° {failed} saldrá de nuevo.\n"
    assert dropped.stdout == f"El envío N° {held} queda como entregado.\n"
    assert (twice.exit_code, twice.stderr) == (
        1,
        f"No hay ningún envío en duda con el N° {held}.\n",
    )
    assert values["troubled"] == []
    assert values["counts"]["reminder"]["waiting"] == 1


def test_both_at_once_is_wrong_use(compromisos: Compromisos) -> None:
    result = compromisos("deliveries", "--again", "1", "--drop", "1")

    assert (result.exit_code, result.stderr) == (2, "Elija --again o --drop, no los dos.\n")
