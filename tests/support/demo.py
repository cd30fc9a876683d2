"""The demo as a person starts it: a process of its own, talked to over HTTP."""

import asyncio
import json
import os
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.demo.refusals import Json

ROOT = Path(__file__).parents[2]
SECONDS = 60.0  # a start imports everything and makes the database
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
CAMPO, FOCAL, FOLLOW_UP, ADMIN, STRANGER = range(1001, 1006)


@dataclass
class Demo:
    """A running demo; `lines` is what it printed."""

    process: Process
    session: ClientSession
    lines: list[str] = field(default_factory=list)
    address: str = ""

    async def started(self) -> "Demo":
        """Wait for the address that it prints."""
        async with asyncio.timeout(SECONDS):
            while not self.address:
                line = await self._line()
                if "La demo está en" in line:
                    self.address = ADDRESS.findall(line)[0]
        return self

    async def ended(self) -> int:
        """Wait for its end; give the exit code."""
        async with asyncio.timeout(SECONDS):
            while not self.process.stdout.at_eof():  # type: ignore[union-attr]
                await self._line()
            return await self.process.wait()

    async def ended_at_once(self) -> int:
        """Wait for the end of one that never serves; give the exit code."""
        async with asyncio.timeout(SECONDS):
            output, _ = await self.process.communicate()
        self.lines = output.decode().splitlines()
        return self.process.returncode or 0

    async def _line(self) -> str:
        line = (await self.process.stdout.readline()).decode()  # type: ignore[union-attr]
        if not line and not self.address:
            raise AssertionError(f"the demo ended: {self.lines}")
        if line:
            self.lines.append(line.rstrip("\n"))
        return line

    async def do(self, what: str, **body: Any) -> Json:
        """Do what the page does; give the answer, which must be none of refusal."""
        async with self.session.post(f"{self.address}/{what}", json=body) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
            return answer

    async def say(self, text: str, *, sender: int = CAMPO, chat: int = CAMPO, **more: Any) -> int:
        """Write into a chat; give the message's id."""
        said = await self.do("say", sender=sender, chat=chat, text=text, **more)
        return int(said["message_id"])

    async def see(self, person: int, is_met: Callable[[Json], bool]) -> Json:
        """Wait until what a person's phone shows is so; give it."""
        async with asyncio.timeout(SECONDS):
            async for _ in self.events(person):
                shown = await self.shown(person)
                if is_met(shown):
                    return shown
        raise AssertionError("the stream ended")

    async def shown(self, person: int) -> Json:
        """Everything that a person's phone shows now."""
        async for kind, data in self.events(person):
            assert kind == "state"
            return data
        raise AssertionError("no state")

    async def answer_after(
        self, message_id: int, *, person: int = CAMPO, chat: int = CAMPO
    ) -> str:
        """Wait for the bot's message behind another; give its text."""
        async with asyncio.timeout(SECONDS):
            async for kind, data in self.events(person):
                found = data["chats"] if kind == "state" else [data]
                for each in found:
                    here = each.get("id", each.get("chat")) == chat
                    messages = each.get("messages", [each.get("message")])
                    for message in messages if here else ():
                        is_answer = message and message["from"]["is_bot"]
                        if is_answer and message["message_id"] > message_id:
                            return str(message["text"])
        raise AssertionError("the stream ended")

    async def events(self, person: int) -> AsyncIterator[tuple[str, Json]]:
        """Follow what a person's phone shows."""
        async with self.session.get(f"{self.address}/events?as={person}") as response:
            kind = ""
            async for raw in response.content:
                name, _, value = raw.decode().rstrip("\r\n").partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    yield kind, json.loads(value)


@asynccontextmanager
async def demo_process(folder: Path, *options: str, **variables: str) -> AsyncIterator[Demo]:
    """Start a demo in a folder; what still runs at the end is killed."""
    inherited = {key: value for key, value in os.environ.items() if key[:4] != "BOT_"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo", "--no-browser", *options),
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(ROOT)} | variables,
        stdout=PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with ClientSession() as session:
        try:
            yield Demo(process, session)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
