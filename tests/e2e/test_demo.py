"""`demo`, started and ended as a person does it."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError

from tests.support.demo import CAMPO, Demo, demo_process
from tests.support.ports import reserved_port


@pytest.fixture
def port() -> Iterator[str]:
    """A port that no other demo takes: they begin at 8400."""
    with reserved_port() as port:
        yield str(port)


@pytest.mark.long
async def test_the_bot_answers_and_what_was_said_outlives_it(tmp_path: Path, port: str) -> None:
    async with demo_process(tmp_path, "--port", port) as demo:
        await demo.started()
        first = await demo.answer_after(await demo.say("¿qué vence en junio?"))
        demo.process.send_signal(signal.SIGINT)
        exit_code = await demo.ended()
    left = {path.name for path in (tmp_path / "compromisos-demo").iterdir()}

    async with demo_process(tmp_path, "--port", port) as again:
        await again.started()
        kept = await again.shown(CAMPO)
        asked = await again.say("¿y en julio?")
        second = await again.answer_after(asked)
        again.process.send_signal(signal.SIGTERM)
        await again.ended()

    async with demo_process(tmp_path, "--port", port, "--fresh") as fresh:
        empty = await (await fresh.started()).shown(CAMPO)

    assert "4 medios" in first
    assert (exit_code, left) == (0, {"bot.db", "telegram.json"})
    assert demo.lines[-1].startswith("Demo terminada.")
    assert [len(chat["messages"]) for chat in kept["chats"]] == [2, 0]
    assert "julio" in second.lower()
    assert [len(chat["messages"]) for chat in empty["chats"]] == [0, 0]


async def test_it_never_touches_the_real_bot(tmp_path: Path) -> None:
    real = tmp_path / "real.db"

    async with demo_process(
        tmp_path,
        BOT_DATABASE_URL=f"sqlite:///{real}",
        BOT_TOKEN="no token at all",
        BOT_API_URL="nowhere",
        BOT_TODAY="one day",
    ) as demo:
        await demo.started()
        answer = await demo.answer_after(await demo.say("¿qué vence este mes?"))

    assert "mayo de 2021" in answer
    assert not real.exists()


async def test_a_port_in_use_is_named_and_the_next_one_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with demo_process(tmp_path, "--port", str(port)) as demo:
            await demo.started()

    assert demo.lines[0].startswith(f"El puerto {port} está ocupado; se usa el ")
    assert not demo.address.endswith(f":{port}")


async def test_a_second_demo_points_to_the_first(tmp_path: Path) -> None:
    async with demo_process(tmp_path) as first:
        await first.started()
        async with demo_process(tmp_path) as second:
            code = await second.ended_at_once()
        async with demo_process(tmp_path, "--fresh") as third:
            refused = await third.ended_at_once()
        state = await first.shown(CAMPO)

    assert (code, second.lines) == (0, [f"Ya hay una demo en marcha en {first.address}"])
    assert refused == 1
    assert third.lines == ["Ya hay una demo en marcha en esta carpeta: termínela antes (Ctrl-C)."]
    assert state["me"] == CAMPO


async def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "compromisos-demo").write_text("un archivo")

    async with demo_process(tmp_path) as demo:
        code = await demo.ended_at_once()

    assert code == 1
    assert demo.lines == [
        "compromisos-demo: hay un archivo con ese nombre; la demo necesita una carpeta."
    ]


async def test_a_broken_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "compromisos-demo").mkdir()
    (tmp_path / "compromisos-demo" / "bot.db").write_bytes(b"no es una base de datos" * 100)

    async with demo_process(tmp_path) as demo:
        code = await demo.ended_at_once()

    assert code == 1
    assert [line for line in demo.lines if "no es una base de datos o está dañado" in line]
    assert len(demo.lines) == 1


async def test_talk_that_cannot_be_read_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "compromisos-demo").mkdir()
    (tmp_path / "compromisos-demo" / "telegram.json").write_text("{")

    async with demo_process(tmp_path) as demo:
        await demo.started()
        shown = await demo.shown(CAMPO)

    assert "no se puede leer" in demo.lines[0]
    assert (tmp_path / "compromisos-demo" / "telegram.bad").read_text() == "{"
    assert [chat["messages"] for chat in shown["chats"]] == [[], []]


async def test_the_clock_moves_and_so_do_the_answers(tmp_path: Path) -> None:
    async with demo_process(tmp_path) as demo:
        await demo.started()
        may = await demo.answer_after(await demo.say("¿qué está vencido?"))
        for _ in range(3):
            await demo.do("clock", days=7)
        june = await demo.answer_after(await demo.say("¿qué está vencido?"))
        shown = await demo.shown(CAMPO)
        await demo.do("clock")
        back = await demo.shown(CAMPO)

    assert "6 medios" not in may
    assert "6 medios" in june
    assert shown["clock"]["words"] == "viernes 4 de junio de 2021"
    assert (back["clock"]["day"], back["clock"]["is_start"]) == ("2021-05-14", True)


async def test_after_its_end_nothing_listens(tmp_path: Path, port: str) -> None:
    async with demo_process(tmp_path, "--port", port) as demo:
        await demo.started()
        async with asyncio.TaskGroup() as tasks:
            watcher = tasks.create_task(watch(demo))
            await demo.shown(CAMPO)
            demo.process.send_signal(signal.SIGINT)
            code = await demo.ended()
            await watcher
        with pytest.raises(ClientConnectionError):
            await demo.session.get(demo.address)

    assert code == 0


async def watch(demo: Demo) -> None:
    """Look on until the stream ends."""
    async for _ in demo.events(CAMPO):
        pass
