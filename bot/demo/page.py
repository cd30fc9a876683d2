"""What the page in the browser asks for: who is there, what was said, and what people do."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from aiohttp import BodyPartReader, web
from aiohttp_sse import sse_response
from pydantic import BaseModel, ValidationError

from bot.demo.clock import MovableClock
from bot.demo.files import DOWNLOAD_BYTES
from bot.demo.guard import add_headers
from bot.demo.phones import PICTURES, NotThereError, Phones
from bot.demo.refusals import Json
from bot.demo.requests import (
    Block,
    Choose,
    Forward,
    Move,
    Power,
    Press,
    Revise,
    Say,
    Search,
    Somebody,
)
from bot.demo.screen import Screen
from bot.demo.switch import Switch
from bot.demo.world import Chat, Event, World

PAGE = Path(__file__).parent / "page"
TOO_BIG = "El archivo pasa de 20 MB, lo más que un bot puede recibir."
EMPTY = "El archivo está vacío."
NO_ROOM = "El archivo no se pudo guardar en esta computadora."
ODD = "La página pidió algo que no se entiende."
PING_SECONDS = 15.0

Body = TypeVar("Body", bound=BaseModel)


class WrongRequestError(Exception):
    """What a page asked cannot be done; the words are for the person."""


class Page:
    """The page's side of the server."""

    def __init__(self, world: World, clock: MovableClock, switch: Switch) -> None:
        self.world = world
        self.clock = clock
        self.switch = switch
        self.phones = Phones(world)
        self.screen = Screen(world, clock, switch)

    def add_routes(self, app: web.Application) -> None:
        """Serve the page, its data and what it does."""
        app.on_response_prepare.append(add_headers)
        app.router.add_get("/", self._index)
        app.router.add_static("/page", PAGE)
        app.router.add_get("/events", self._events)
        app.router.add_get("/files/{file_id}", self._file)
        app.router.add_post("/attach", _answered(self._attach))
        self._post(app, "say", Say, self._say)
        self._post(app, "revise", Revise, self._revise)
        self._post(app, "press", Press, self._press)
        self._post(app, "forward", Forward, self._forward)
        self._post(app, "search", Search, self._search)
        self._post(app, "choose", Choose, self._choose)
        self._post(app, "block", Block, self._block)
        self._post(app, "clock", Move, self._move)
        self._post(app, "bot", Power, self._power)

    @staticmethod
    def _post(
        app: web.Application, name: str, body: type[Body], do: Callable[[Body], Json]
    ) -> None:
        """Serve one thing that people do."""

        async def handle(request: web.Request) -> Json:
            if request.content_type != "application/json":
                raise WrongRequestError("Se espera JSON.")
            try:
                return do(body.model_validate_json(await request.read()))
            except ValidationError as error:
                raise WrongRequestError(ODD) from error

        app.router.add_post(f"/{name}", _answered(handle))

    # What is shown.

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Show one person everything, then whatever happens."""
        person = self.world.people.get(_number(request.query.get("as", "")))
        if person is None:  # as in an address from before «--fresh»
            async with sse_response(request) as stream:
                await stream.send("{}", event="nobody")
            return stream
        news: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

        def draw(event: Event) -> None:
            """Take down at once what an event shows; later it may show something else."""
            if self.screen.concerns(event, person):
                news.put_nowait((event.kind, json.dumps(self.screen.event(event, person))))

        async with sse_response(request) as stream:
            with suppress(ConnectionResetError), self.world.listening(draw):
                news.put_nowait(("state", json.dumps(self.screen.state(person))))
                while stream.is_connected():
                    with suppress(TimeoutError):
                        async with asyncio.timeout(PING_SECONDS):
                            kind, shown = await news.get()
                        if kind == "end":
                            break
                        await stream.send(shown, event=kind)
        return stream

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """Give a file to the browser, which never runs it."""
        file = self.world.files.get(request.match_info["file_id"])
        content = self.world.files.content(file) if file else None
        if file is None or content is None:
            raise web.HTTPNotFound(text="Ese archivo ya no está.")
        is_picture = file.mime_type in PICTURES
        kind = "inline" if is_picture else "attachment"
        return web.Response(
            body=content,
            content_type=file.mime_type if is_picture else "application/octet-stream",
            headers={"Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.name)}"},
        )

    # What people do.

    def _place(self, somebody: Somebody) -> tuple[Chat, Json]:
        """The chat and the person, who must be in it."""
        person = self.world.people.get(somebody.sender)
        chat = self.world.chats.get(somebody.chat)
        if person is None or chat is None or not self.screen.is_in(chat, person):
            raise WrongRequestError("Esa persona no está en ese chat.")
        return chat, person

    def _say(self, said: Say) -> Json:
        chat, person = self._place(said)
        if not said.text.strip():
            raise WrongRequestError("No hay nada escrito.")
        return _id(self.phones.say(chat, person, said.text, reply_to=said.reply_to))

    def _revise(self, revised: Revise) -> Json:
        chat, person = self._place(revised)
        own = chat.messages.get(revised.message, {}).get("from", {}).get("id") == person["id"]
        if not own or not revised.text.strip():
            raise WrongRequestError("Solo se corrige lo que uno mismo escribió.")
        return _id(self.phones.revise(chat, revised.message, revised.text))

    def _press(self, pressed: Press) -> Json:
        chat, person = self._place(pressed)
        return {"query": self.phones.press(chat, person, pressed.data, pressed.message)}

    def _forward(self, forwarded: Forward) -> Json:
        chat, person = self._place(forwarded)
        target = Somebody(sender=forwarded.sender, chat=forwarded.to)
        if forwarded.message not in chat.messages:
            raise NotThereError
        return _id(
            self.phones.forward(chat.messages[forwarded.message], self._place(target)[0], person)
        )

    def _search(self, search: Search) -> Json:
        chat, person = self._place(search)
        return {"query": self.phones.search(person, search.text, chat)}

    def _choose(self, choice: Choose) -> Json:
        chat, person = self._place(choice)
        return _id(self.phones.choose(chat, person, choice.query, choice.result))

    def _block(self, block: Block) -> Json:
        person = self.world.people.get(block.sender)
        if person is None:
            raise WrongRequestError("No hay nadie así en la demo.")
        if block.blocked:
            self.phones.block(person)
        else:
            self.phones.unblock(person)
        return {}

    def _move(self, move: Move) -> Json:
        if move.days is None:
            self.clock.stand_on(self.clock.start)
        else:
            self.clock.move(move.days)
        self.world.tell("clock", self.screen.clock_words())
        return {}

    def _power(self, power: Power) -> Json:
        self.switch.turn(on=power.on)
        return {}

    async def _attach(self, request: web.Request) -> Json:
        """Take a file with a few words, from a form of several parts."""
        values: dict[str, str] = {}
        content, name, mime_type = bytearray(), "", "application/octet-stream"
        if not request.content_type.startswith("multipart/"):
            raise WrongRequestError(ODD)
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise WrongRequestError(ODD)
            if part.name != "file":
                values[str(part.name)] = await part.text()
                continue
            name = (part.filename or "archivo").encode("utf-8", "replace").decode("utf-8")
            mime_type = part.headers.get("Content-Type", mime_type).partition(";")[0]
            while chunk := await part.read_chunk():
                content += chunk
                if len(content) > DOWNLOAD_BYTES:
                    raise WrongRequestError(TOO_BIG)
        if not content:
            raise WrongRequestError(EMPTY)
        reply_to = values.get("reply_to")
        try:
            said = Say(
                sender=_number(values.get("sender", "")),
                chat=_number(values.get("chat", "")),
                text=values.get("caption") or " ",
                reply_to=_number(reply_to) if reply_to else None,
            )
        except ValidationError as error:
            raise WrongRequestError("El texto que acompaña es demasiado largo.") from error
        chat, person = self._place(said)
        file = self.world.files.add(name, mime_type, bytes(content))
        return _id(self.phones.attach(chat, person, file, said.text, reply_to=said.reply_to))


def _answered(
    handle: Callable[[web.Request], Awaitable[Json]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Answer with JSON, also where something is wrong."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await handle(request))
        except WrongRequestError as error:
            return web.json_response({"error": str(error)}, status=400)
        except NotThereError:
            return web.json_response({"error": "Eso ya no está en el chat."}, status=404)
        except ValueError:  # a form that is cut off, or none
            return web.json_response({"error": ODD}, status=400)
        except OSError:
            return web.json_response({"error": NO_ROOM}, status=507)

    return answer


def _id(message: Json) -> Json:
    return {"message_id": message["message_id"]}


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
