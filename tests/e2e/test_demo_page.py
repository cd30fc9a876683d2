"""What the page of the demo asks of its server, all against one running demo."""

from io import BytesIO

import pytest
from aiohttp import FormData

from bot.demo.files import DOWNLOAD_BYTES
from tests.support.demo import ADMIN, CAMPO, FOCAL, FOLLOW_UP, STRANGER, Demo

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("page")]


async def test_what_is_said_while_the_bot_is_off_waits_for_it(demo: Demo) -> None:
    await demo.do("bot", on=False)
    await demo.see(FOCAL, lambda shown: not shown["bot"]["is_on"])
    asked = await demo.say("¿qué vence en junio?", sender=FOCAL, chat=FOCAL)
    silent = await demo.shown(FOCAL)
    await demo.do("bot", on=True)
    answer = await demo.answer_after(asked, person=FOCAL, chat=FOCAL)

    assert len(silent["chats"][0]["messages"]) == 1
    assert "4 medios" in answer


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "evil.example:80"}, id="another-host"),
        pytest.param({"Host": "127.0.0.1:1"}, id="another-port"),
        pytest.param({"Origin": "http://evil.example"}, id="another-origin"),
        pytest.param({"Origin": "null"}, id="no-origin"),
    ],
)
async def test_nobody_else_is_served(demo: Demo, headers: dict[str, str]) -> None:
    body = {"sender": ADMIN, "chat": ADMIN, "text": "hola"}
    answers = [
        await demo.session.get(f"{demo.address}/", headers=headers),
        await demo.session.get(f"{demo.address}/events?as={ADMIN}", headers=headers),
        await demo.session.post(f"{demo.address}/say", json=body, headers=headers),
        await demo.session.get(f"{demo.address}/bot1:x/getMe", headers=headers),
    ]
    shown = await demo.shown(ADMIN)

    assert [answer.status for answer in answers] == [403] * 4
    assert shown["chats"][0]["messages"] == []


async def test_files_go_both_ways_up_to_a_size(demo: Demo) -> None:
    small = await attach(demo, b"%PDF-1.7 a", "RDE <45>.pdf")
    big = await attach(demo, bytes(DOWNLOAD_BYTES + 1), "acta.pdf")
    empty = await attach(demo, b"", "nada.pdf")
    shown = await demo.shown(FOLLOW_UP)
    document = shown["chats"][0]["messages"][0]["document"]
    async with demo.session.get(f"{demo.address}/files/{document['file_id']}") as response:
        content, headers = await response.read(), response.headers

    assert (small, document["file_name"], document["file_size"]) == (200, "RDE <45>.pdf", 10)
    assert (big, empty) == (
        "El archivo pasa de 20 MB, lo más que un bot puede recibir.",
        "El archivo está vacío.",
    )
    assert content == b"%PDF-1.7 a"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"


async def attach(demo: Demo, content: bytes, name: str) -> int | str:
    """Attach a file as the page does; give the status, or the words of a refusal."""
    form = FormData(
        {"sender": str(FOLLOW_UP), "chat": str(FOLLOW_UP), "caption": "la RDE"},
        quote_fields=False,
    )
    form.add_field("file", BytesIO(content), filename=name, content_type="application/pdf")
    async with demo.session.post(f"{demo.address}/attach", data=form) as response:
        body = await response.json()
        return str(body["error"]) if "error" in body else response.status


@pytest.mark.parametrize(
    ("what", "body", "words"),
    [
        pytest.param(
            "say",
            {"sender": STRANGER, "chat": CAMPO, "text": "hola"},
            "Esa persona no está en ese chat.",
            id="anothers-chat",
        ),
        pytest.param(
            "say",
            {"sender": CAMPO, "chat": CAMPO, "text": " "},
            "No hay nada escrito.",
            id="blank",
        ),
        pytest.param(
            "say",
            {"sender": CAMPO, "chat": CAMPO, "text": "a" * 4097},
            "La página pidió algo que no se entiende.",
            id="too-long",
        ),
        pytest.param(
            "press",
            {"sender": CAMPO, "chat": CAMPO, "message": 99, "data": "x"},
            "Eso ya no está en el chat.",
            id="no-message",
        ),
        pytest.param("clock", {"days": -1}, "La página pidió algo que no se entiende.", id="back"),
    ],
)
async def test_what_cannot_be_done_is_said(
    demo: Demo, what: str, body: dict[str, object], words: str
) -> None:
    async with demo.session.post(f"{demo.address}/{what}", json=body) as response:
        answer = await response.json()

    assert answer == {"error": words}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(b"{}", "application/json", id="json"),
        pytest.param(b"", "multipart/form-data", id="no-boundary"),
        pytest.param(b"--a\r\n", "multipart/form-data; boundary=a", id="cut-off"),
    ],
)
async def test_a_form_that_is_none_is_refused(demo: Demo, body: bytes, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    async with demo.session.post(f"{demo.address}/attach", data=body, headers=headers) as response:
        answer = await response.json()

    assert response.status == 400
    assert answer["error"]


async def test_a_stranger_is_not_in_the_group(demo: Demo) -> None:
    focal, stranger = await demo.shown(FOCAL), await demo.shown(STRANGER)

    assert [chat["title"] for chat in focal["chats"]] == ["Compromisos", "Equipo UTAI"]
    assert [chat["title"] for chat in stranger["chats"]] == ["Compromisos"]
