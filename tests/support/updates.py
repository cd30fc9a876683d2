"""Updates of every kind as Telegram may send them, made by hypothesis: usual, odd and absurd.

A made update may hold a `Pick` where what is sent depends on what the bot has shown: `settled`
puts the data of a real button in its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from bot.demo.refusals import Json

DATE = 1_621_011_600
FAR_FUTURE = 2_147_483_647
LARGEST_ID = 2**52 - 1  # «at most 52 significant bits»
TEXT_CHARS, CAPTION_CHARS, DATA_BYTES = 4096, 1024, 64
IN_OTHER_HANDS = 30  # from this number on a picked button is pressed by somebody else
BOT_ID, BOT_USERNAME = 123456, "compromisos_bot"
BOT = {"id": BOT_ID, "is_bot": True, "first_name": "Compromisos", "username": BOT_USERNAME}
OTHER_BOT = {"id": 77, "is_bot": True, "first_name": "Otro", "username": "otro_bot"}
ANONYMOUS = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT = {"id": 136_817_688, "is_bot": True, "first_name": "Channel"}
SERVICE = {"id": 777_000, "is_bot": False, "first_name": "Telegram"}


@dataclass(frozen=True)
class Pick:
    """One of the newest buttons whose data begins so, best of one's own; `change` spoils it.

    Mostly it is pressed by the one to whom it was shown.
    """

    number: int
    beginning: str = ""
    change: str = ""


@dataclass(frozen=True)
class Cast:
    """Who takes part, by id: all of them, and some by their roles; and the files there are."""

    people: Sequence[int]
    focal: Sequence[int]
    reviewers: Sequence[int]
    administrators: Sequence[int]
    groups: Sequence[int]
    files: Sequence[Json]


# Words.

CODES = st.sampled_from(
    ("12.1", "1.1", "4.1", "4.2", "6.1", "10.1", "3.1", "16.1", "99.9", "0.0", "el primero", "")
)
ODD = (
    "\x00",
    "a\x00b",
    "\ud800",
    "ya presenté el 12.1 \udfff",
    "\u202eocultar\u202c",
    "\u200b\u200d\ufeff",
    "מתי זה נגמר?",
    "ما هو الموعد؟",
    "e\u0301" * 60,
    "👨\u200d👩\u200d👧\u200d👦" * 20,
    "<b>sin cerrar",
    "</b>&lt;&amp;&#x110000;",
    "<a href='x'>y</a>",
    "' OR 1=1; DROP TABLE events; --",
    "{0}{x}{} %s %(a)s",
    "12.1" * 500,
    "٣ ፩ ² Ⅳ ① 12.١",
    "\n\n\t \r\n",
    "\u2028\u2029\x85",
    "https://" + "a" * 4000,
    "https://[::1 http:// https://\x00.pe",
    "Informe N° " + "9" * 400 + "-2021",
    "al 31 de febrero de 99999",
    "x" * TEXT_CHARS,
    "😀" * (TEXT_CHARS // 2),
    "&" * TEXT_CHARS,
)
USUAL = (
    *("sí", "si", "no", "ok", "cancelar", "ya no", "gracias", "hola", "12.1", "el segundo", "1"),
    *("¿qué vence en junio?", "¿y en julio?", "solo los pendientes", "compromiso 4", "medio 4.1"),
    *("pendientes de UTAI", "uoia", "salud mental", "avance por unidad", "¿quién firmó el acta?"),
    *("ya presenté el 12.1", "marca el 4.1", "márcalo", "ya enviamos el primero", "presentado"),
    *("ya presenté el 1.1 https://drive.pe/x Informe N° 045-2021-UTAI del 12 de mayo",),
    *("https://drive.pe/carpeta", "Informe N° 046-2021-UTAI", "12 de mayo", "30 de setiembre"),
    *("Falta la firma del jefe", "Memorando N° 120-2021 del 10 de mayo", "Punto focal nuevo"),
    *("avísame los lunes lo de UTAI", "recuérdame 15 días antes", "silencio hasta el lunes"),
    *("avísame a las 25:00", "stop", "reanuda los avisos", "mándame el resumen ahora"),
    *("el 31/12/2021", "31/02/2021", "1 de enero de 2020", "mañana", "nota: va el anexo"),
)
COMMANDS = (
    *("start", "ayuda", "help", "vence", "unidad", "compromiso", "buscar", "pendientes"),
    *("avance", "glosario", "acta", "presentar", "revisar", "historia", "evidencia"),
    *("reprogramar", "continuar", "cancelar", "acceso", "personas", "invitar", "admitir"),
    *("retirar", "avisos", "suscripciones", "entregas", "nada", "START", "Historia"),
)
ARGUMENTS = st.one_of(
    CODES,
    st.sampled_from(
        (
            *("", "UTAI", "junio", "i_", "i_" + "x" * 62, "m12_1", "m12_1-002_2021", "focal UTAI"),
            *("lector", "administrador", "12.1 al 30 de setiembre con Memorando N° 120-2021"),
            *("12.1 ayer", "12.1 4.1", *ODD),
        )
    ),
)
WORDS = st.one_of(
    st.sampled_from(USUAL),
    st.sampled_from(USUAL),
    st.sampled_from(ODD),
    st.lists(st.sampled_from((*USUAL, *ODD)), min_size=2, max_size=3).map(" ".join),
    st.text(max_size=40),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Co", "Mn", "So"]), max_size=12),
)


def _written(text: str) -> Json:
    return {"text": text[:TEXT_CHARS] or "."}


def _command(name: str, arguments: str, address: str) -> Json:
    """A command as a client marks it; an address may name another bot."""
    order = f"/{name}{address}"
    entity = {"type": "bot_command", "offset": 0, "length": len(order)}
    return _written(f"{order} {arguments}".rstrip()) | {"entities": [entity]}


ADDRESSES = st.sampled_from(("", "", "", f"@{BOT_USERNAME}", "@otro_bot", "@"))
ENTITY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ("mention", "bot_command", "url", "text_link", "text_mention", "bold", "pre", "nuevo")
        ),
        "offset": st.sampled_from((0, 1, 3, 4095, 10**6)),
        "length": st.sampled_from((0, 1, 16, 4096, 10**6)),
    },
    optional={"url": st.just("https://x.pe"), "user": st.sampled_from((BOT, OTHER_BOT))},
)
MENTIONED = st.sampled_from((f"@{BOT_USERNAME} ", f"@{BOT_USERNAME.upper()}, ", "😀@otro_bot "))


def _mentioned(name: str, text: str) -> Json:
    length = len(name.strip(" ,").removeprefix("😀"))
    offset = 2 if name.startswith("😀") else 0
    entities = [{"type": "mention", "offset": offset, "length": length}]
    return _written(name + text) | {"entities": entities}


TEXTS = st.one_of(
    WORDS.map(_written),
    WORDS.map(_written),
    st.builds(_command, st.sampled_from(COMMANDS), ARGUMENTS, ADDRESSES),
    st.builds(_command, st.sampled_from(COMMANDS), ARGUMENTS, ADDRESSES),
    st.builds(_mentioned, MENTIONED, WORDS),
    st.builds(lambda written, entities: written | {"entities": entities}, WORDS.map(_written),
              st.lists(ENTITY, max_size=3)),
)  # fmt: skip

# Other content.

FILE: Json = {"file_id": "desconocido", "file_unique_id": "u", "file_size": 10}
SIZED = FILE | {"width": 1, "height": 1}
TIMED = FILE | {"duration": 1}
PERSON = {"id": 5, "is_bot": False, "first_name": "Eva"}
POLL: Json = {
    "id": "1",
    "question": "¿?",
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
CONTENTS: tuple[Json, ...] = (
    {"photo": [SIZED]},
    {"photo": []},
    {"document": FILE | {"file_name": "../../x\x00.pdf", "mime_type": "application/pdf"}},
    {"document": FILE | {"file_size": 10**9, "file_name": "grande.pdf"}},
    {"document": {"file_id": "x", "file_unique_id": "u"}},
    {"video": SIZED | TIMED},
    {"animation": SIZED | TIMED, "document": FILE},
    {"audio": TIMED},
    {"voice": TIMED},
    {"video_note": TIMED | {"length": 240}},
    {"sticker": SIZED | {"type": "regular", "is_animated": False, "is_video": False}},
    {"dice": {"emoji": "🎲", "value": 6}},
    {"contact": {"phone_number": "+51 999", "first_name": "Eva"}},
    {"location": {"latitude": -12.0, "longitude": -77.0}},
    {
        "venue": {
            "location": {"latitude": 0.0, "longitude": 0.0},
            "title": "Oficina",
            "address": "Lima",
        },
        "location": {"latitude": 0.0, "longitude": 0.0},
    },
    {"game": {"title": "x", "description": "y", "photo": [SIZED]}},
    {"story": {"chat": {"id": -5, "type": "channel", "title": "x"}, "id": 1}},
    {"paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]}},
    {"poll": POLL},
    {
        "invoice": {
            "title": "x",
            "description": "y",
            "start_parameter": "z",
            "currency": "PEN",
            "total_amount": 1,
        }
    },
    {"new_chat_members": [BOT, PERSON]},
    {"left_chat_member": PERSON},
    {"new_chat_title": "Otro \x00título"},
    {"new_chat_photo": [SIZED]},
    {"delete_chat_photo": True},
    {"group_chat_created": True},
    {"supergroup_chat_created": True},
    {"pinned_message": {"chat": {"id": 1, "type": "private"}, "message_id": 9, "date": 0}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
    {"migrate_from_chat_id": -4_000_001},
    {"forum_topic_created": {"name": "Tema", "icon_color": 1}},
    {"forum_topic_closed": {}},
    {"general_forum_topic_hidden": {}},
    {"video_chat_started": {}},
    {"video_chat_ended": {"duration": 5}},
    {"web_app_data": {"data": "{}", "button_text": "x"}},
    {"users_shared": {"request_id": 1, "users": [{"user_id": 5}]}},
    {"chat_shared": {"request_id": 1, "chat_id": -5}},
    {"connected_website": "x.pe"},
    {"write_access_allowed": {}},
    {"boost_added": {"boost_count": 1}},
    {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
    {"proximity_alert_triggered": {"traveler": PERSON, "watcher": PERSON, "distance": 1}},
    {"tipo_que_no_existe_todavia": {"a": 1}},
    {},
)
CAPTIONS = st.one_of(
    st.just({}),
    st.builds(lambda words: {"caption": words[:CAPTION_CHARS]}, WORDS),
    st.just({"caption": "va el 4.1"}),
    st.just(
        {
            "caption": f"@{BOT_USERNAME} 12.1",
            "caption_entities": [{"type": "mention", "offset": 0, "length": 16}],
        }
    ),
)

# What surrounds it.

ORIGINS: tuple[Json, ...] = (
    {"type": "user", "sender_user": PERSON, "date": DATE},
    {"type": "hidden_user", "sender_user_name": "Nadie", "date": DATE},
    {
        "type": "chat",
        "sender_chat": {"id": -5, "type": "group", "title": "x"},
        "date": DATE,
    },
    {
        "type": "channel",
        "chat": {"id": -100_5, "type": "channel", "title": "x"},
        "message_id": 3,
        "date": DATE,
    },
)


def _answered(sender: Json, text: str) -> Json:
    chat = {"id": 1, "type": "private", "first_name": "x"}
    message = {"message_id": 1, "date": DATE, "chat": chat, "from": sender, "text": text}
    return {"reply_to_message": message}


AROUND: st.SearchStrategy[Json] = st.one_of(
    st.just({}),
    st.just({}),
    st.sampled_from(
        (
            *({"forward_origin": origin} for origin in ORIGINS),
            _answered(BOT, "🔵"),
            _answered(PERSON, "hola"),
            {"quote": {"text": "x", "position": 0}},
            {"external_reply": {"origin": ORIGINS[1]}},
            {"via_bot": BOT},
            {"via_bot": OTHER_BOT},
            {"media_group_id": "13579"},
            {"media_group_id": "%_'"},
            {"message_thread_id": 7, "is_topic_message": True},
            {"message_thread_id": 2**31 - 1, "is_topic_message": True},
            {"author_signature": "Jefe", "has_protected_content": True},
            {"edit_date": DATE + 1},
            {"is_automatic_forward": True},
            {"business_connection_id": "abc"},
        )
    ),
)
MESSAGE_IDS = st.sampled_from((1, 2, 3, 5, 8, 40, 2**31 - 1))
DATES = st.sampled_from((DATE, DATE, 0, 1, FAR_FUTURE))
STRANGE_PEOPLE = tuple(
    {"id": number, "is_bot": False, "first_name": name}
    for number in (1001, 1, 2**31, 2**32 + 5, LARGEST_ID)
    for name in ("\x00", "\ud800x", "\u202eanA", "<b>", "   ", "ñ" * 64)
)
STRANGE_PLACES: tuple[Json, ...] = (
    {"id": -LARGEST_ID, "type": "supergroup", "title": "\x00\ud800"},
    {"id": -4_000_009, "type": "group", "title": "<i>"},
    {"id": -1_000_000_777, "type": "channel", "title": "Canal"},
)
CHANNEL = {"id": -1_000_000_888, "type": "channel", "title": "C"}
SENDERS: tuple[Json, ...] = (  # besides the person, in a group
    *({}, {}, {}, {"from": ANONYMOUS, "sender_chat": "here"}, {"from": OTHER_BOT}),
    {"from": CHANNEL_BOT, "sender_chat": CHANNEL},
    {"from": SERVICE, "sender_chat": CHANNEL, "is_automatic_forward": True},
)


def _person(user_id: int) -> Json:
    return {"id": user_id, "is_bot": False, "first_name": f"P{user_id}"}


def _private(person: Json) -> Json:
    return {"id": person["id"], "type": "private", "first_name": person["first_name"]}


def people(cast: Cast) -> st.SearchStrategy[Json]:
    """Somebody: mostly of the cast, now and then with a strange name or id."""
    known = [_person(user_id) for user_id in cast.people]
    return st.sampled_from([*known * 9, *STRANGE_PEOPLE])


def places(cast: Cast) -> st.SearchStrategy[Json]:
    """Where: in private (nothing is given then), in groups, known or not, or elsewhere."""
    groups = [{"id": each, "type": "supergroup", "title": f"G{each}"} for each in cast.groups]
    forum = groups[0] | {"is_forum": True}
    nothing: Json = {}
    return st.sampled_from([*[nothing] * 9, *groups, *groups, forum, *STRANGE_PLACES])


def messages(cast: Cast) -> st.SearchStrategy[Json]:
    """A message with any content, from anybody, anywhere."""
    files = st.builds(_joined, st.sampled_from(list(cast.files)), CAPTIONS)
    odd = st.builds(_joined, st.sampled_from(CONTENTS), CAPTIONS)
    return st.builds(
        _message,
        people(cast),
        place=places(cast),
        sender=st.sampled_from(SENDERS),
        content=st.one_of(TEXTS, TEXTS, TEXTS, files, odd),
        around=AROUND,
        number=MESSAGE_IDS,
        date=DATES,
    )


def _joined(first: Json, second: Json) -> Json:
    return first | second


def _message(  # noqa: PLR0913 - the parts of a message
    person: Json,
    *,
    content: Json,
    place: Json | None = None,
    sender: Json | None = None,
    around: Json | None = None,
    number: int = 1,
    date: int = DATE,
) -> Json:
    chat = place or _private(person)
    message = {"message_id": number, "date": date, "chat": chat, "from": person}
    if place and sender:
        message |= sender
        if sender.get("sender_chat") == "here":
            message["sender_chat"] = chat
    return message | content | (around or {})


BYTES = st.text(max_size=DATA_BYTES).map(
    lambda text: text.encode("utf-8", "ignore")[:DATA_BYTES].decode("utf-8", "ignore")
)
NUMBERS = st.sampled_from(
    ("0", "1", "2", "3", "22", "-1", "999999999999999999", "2147483648", "9" * 19, "1.0", "", "²")
)
VERBS = {
    "d": "ok no go skip pick doc day note due x",
    "q": "ask ok no name role unit x",
    "k": "his evi card sub wd ver obs rep x",
    "a": "ok no inv ppl rev out x",
    "n": "p m r",
    "e": "1 2 3",
    "p": "1",
    "m": "1",
    "r": "1",
    "s": "1",
    "v": "1",
    "u": "1",
    "y": "1",
    "o": "1",
}
FORGED = st.sampled_from(list(VERBS)).flatmap(
    lambda kind: st.builds(
        lambda verb, numbers: ":".join((kind, verb, *numbers)),
        st.sampled_from(VERBS[kind].split()),
        st.lists(NUMBERS, max_size=4),
    )
)
SPOILED = st.sampled_from(("", "", "", "", ":0", ":-1", "x", ":9" * 9, "\x00"))
KINDS = st.sampled_from(
    ("", "", *"d:ok d:pick d: k:ver k:obs k:wd k:sub k:rep k:evi e: q: a:ok a:no a:inv a:".split())
)
PICKED = st.builds(Pick, st.integers(0, 40), KINDS, SPOILED)
DATA: st.SearchStrategy[str | Pick | None] = st.one_of(
    PICKED, PICKED, PICKED, PICKED, FORGED, FORGED, BYTES, st.none()
)


def presses(cast: Cast) -> st.SearchStrategy[Json]:
    """A pressed button, of ours or not, on a message that may be gone."""
    return st.builds(
        _press, people(cast), places(cast), DATA, MESSAGE_IDS, st.sampled_from(PRESSED_ON)
    )


PRESSED_ON = (*["shown"] * 6, "out of reach", "inline")


def _press(
    person: Json, place: Json, data: str | Pick | None, number: int, pressed_on: str
) -> Json:
    chat = place or _private(person)
    query: Json = {"id": "1", "from": person, "chat_instance": "1"}
    query |= {"game_short_name": "x"} if data is None else {"data": data}
    if pressed_on == "inline":
        return query | {"inline_message_id": "abc"}
    message: Json = {"message_id": number, "date": 0, "chat": chat}
    if pressed_on == "shown":
        message |= {"date": DATE, "from": BOT, "text": "🔵"}
    return query | {"message": message}


STANDINGS: tuple[Json, ...] = (
    {"user": BOT, "status": "member"},
    {"user": BOT, "status": "left"},
    {"user": BOT, "status": "kicked", "until_date": 0},
)


def others(cast: Cast) -> st.SearchStrategy[Json]:
    """An update that is no message and no press."""
    return st.builds(
        _other, st.integers(0, 11), people(cast), places(cast), st.sampled_from(STANDINGS), WORDS
    )


def _other(kind: int, person: Json, place: Json, standing: Json, words: str) -> Json:
    chat = place or _private(person)
    here: Json = {"chat": chat, "date": DATE}
    changed = here | {
        "from": person,
        "old_chat_member": STANDINGS[0],
        "new_chat_member": standing,
    }
    answer = {"user": person, "option_ids": [0], "option_persistent_ids": ["1"]}
    deleted = {"business_connection_id": "a", "chat": chat, "message_ids": [1]}
    made: tuple[Json, ...] = (
        {"my_chat_member": changed},
        {"chat_member": changed},
        {"chat_join_request": changed | {"user_chat_id": person["id"]}},
        {"message_reaction": here | {"message_id": 1, "old_reaction": [], "new_reaction": []}},
        {"message_reaction_count": here | {"message_id": 1, "reactions": []}},
        {"poll": POLL},
        {"poll_answer": {"poll_id": "1"} | answer},
        {"inline_query": {"id": "1", "from": person, "query": words[:256], "offset": ""}},
        {"chosen_inline_result": {"result_id": "1", "from": person, "query": ""}},
        {"deleted_business_messages": deleted},
        {"lo_que_vendra": {"a": [1, None, "\x00"]}},
        {},
    )
    return made[kind]


MESSAGES_AGAIN = (
    *("edited_message", "channel_post", "edited_channel_post"),
    *("business_message", "edited_business_message"),
)


def updates(cast: Cast) -> st.SearchStrategy[Json]:
    """An update of any kind, still without its number."""
    said = messages(cast).map(lambda message: {"message": message})
    pressed = presses(cast).map(lambda query: {"callback_query": query})
    again = st.builds(
        lambda kind, message: {kind: message}, st.sampled_from(MESSAGES_AGAIN), messages(cast)
    )
    moved = st.builds(
        lambda message, new: {"message": message | {"migrate_to_chat_id": new}},
        messages(cast),
        st.sampled_from((-1_000_000_000_901, -1_000_000_000_902)),
    )
    return st.one_of(said, said, said, said, pressed, pressed, pressed, again, others(cast), moved)


# What people do on purpose, which leads somewhere; the odd comes in between.


def _in_private(user_id: int, content: Json) -> Json:
    return {"message": _message(_person(user_id), content=content)}


def _says(user_id: int, text: str) -> Json:
    name, _, rest = text.partition(" ")
    content = _command(name[1:], rest, "") if text.startswith("/") else _written(text)
    return _in_private(user_id, content)


def _presses(user_id: int, beginning: str, number: int = 0) -> Json:
    return {"callback_query": _press(_person(user_id), {}, Pick(number, beginning), 1, "shown")}


LINKS = st.integers(0, 99).map("https://drive.pe/{}".format)
YES = st.sampled_from(("sí", "sí", "registrar", "ok", "cancelar", "¿qué vence en junio?"))
FEW_CODES = st.sampled_from(("12.1", "12.1", "4.1", "6.1", "10.1"))  # so that much befalls each


def scenes(cast: Cast) -> st.SearchStrategy[list[Json]]:
    """What one person does in order, four steps at most."""
    return st.builds(
        _scene,
        st.integers(0, SCENES - 1),
        focal=st.sampled_from(list(cast.focal)),
        reviewer=st.sampled_from(list(cast.reviewers)),
        administrator=st.sampled_from(list(cast.administrators)),
        anybody=st.sampled_from(list(cast.people)),
        code=FEW_CODES,
        link=LINKS,
        yes=YES,
        file=st.sampled_from(list(cast.files)),
        day=st.sampled_from(("30 de setiembre", "31 de diciembre", "2 de marzo de 2022")),
        number=st.integers(0, 3),
    )


SCENES = 21


def _scene(  # noqa: PLR0913 - all that a scene may be made of
    which: int,
    *,
    focal: int,
    reviewer: int,
    administrator: int,
    anybody: int,
    code: str,
    link: str,
    yes: str,
    file: Json,
    day: str,
    number: int,
) -> list[Json]:
    move = f"/reprogramar {code} al {day} con Memorando N° 120-2021"
    look = f"/revisar {code}"
    made = (
        [_says(focal, f"ya presenté el {code} {link}"), _presses(focal, "d:ok")],
        [_says(focal, f"ya presenté el {code} {link}"), _says(focal, yes)],
        [_says(focal, f"/presentar {code}"), _says(focal, link), _says(focal, yes)],
        [_in_private(focal, file | {"caption": code}), _says(focal, yes)],
        [_in_private(focal, file), _presses(focal, "d:pick"), _presses(focal, "d:ok")],
        [_presses(focal, "k:wd", number), _says(focal, f"medio {code}")],
        [_presses(focal, "k:sub", number), _says(focal, link), _says(focal, yes)],
        [_says(reviewer, look), _presses(reviewer, "k:ver")],
        [
            _says(reviewer, look),
            _presses(reviewer, "k:obs"),
            _says(reviewer, "Falta la firma"),
            _presses(reviewer, "d:ok"),
        ],
        [
            _says(reviewer, look),
            _presses(reviewer, "k:obs"),
            _says(reviewer, "Falta el anexo"),
            _says(reviewer, "sí"),
        ],
        [
            _says(focal, f"ya presenté el {code} {link}"),
            _says(focal, "sí"),
            _presses(focal, "k:wd"),
        ],
        [_presses(reviewer, "k:ver", number), _says(reviewer, "/revisar")],
        [_presses(reviewer, "k:evi", number), _presses(reviewer, "e:")],
        [_says(reviewer, move), _says(reviewer, yes)],
        [
            _says(administrator, "/personas"),
            _presses(administrator, "a:rev"),
            _presses(administrator, "a:rev"),
        ],
        [_says(administrator, f"/invitar {code}"), _presses(administrator, "a:", number)],
        [
            _says(anybody, "/acceso"),
            _says(anybody, "Punto focal nuevo"),
            _presses(anybody, "q:role"),
            _presses(anybody, "q:ok"),
        ],
        [_presses(administrator, "a:ok", number), _presses(administrator, "a:no")],
        [_presses(anybody, "q:", number), _presses(anybody, "d:", number)],
        [_says(anybody, "/continuar"), _says(anybody, "/cancelar")],
        [
            _says(anybody, "avísame los lunes lo de UTAI"),
            _presses(anybody, "w:show"),
            _presses(anybody, "w:", number),
            _says(anybody, "stop"),
        ],
    )
    return made[which]


def batches(cast: Cast, size: int) -> st.SearchStrategy[list[list[Json]]]:
    """So many updates, in waves of what comes at once: two scenes, and whatever else comes."""
    noise = st.lists(updates(cast), min_size=size, max_size=size)
    return st.builds(_waves, scenes(cast), scenes(cast), noise)


def _waves(first: list[Json], second: list[Json], noise: list[Json]) -> list[list[Json]]:
    count = max(len(first), len(second))
    others = noise[: len(noise) - len(first) - len(second)]
    return [[*others[at::count], *first[at : at + 1], *second[at : at + 1]] for at in range(count)]


def settled(update: Json, buttons: Sequence[tuple[int, str]]) -> Json:
    """Put the data of a real button, and who was shown it, where one is meant."""
    query = update.get("callback_query")
    if query is None or not isinstance(query.get("data"), Pick):
        return update
    pick: Pick = query["data"]
    if not buttons:
        return {"callback_query": query | {"data": "x"}}
    fitting = [each for each in buttons if each[1].startswith(pick.beginning)] or buttons
    fitting = [each for each in fitting if each[0] == query["from"]["id"]] or fitting
    chat_id, data = fitting[-1 - pick.number % len(fitting)]
    changed = (data + pick.change).encode()[:DATA_BYTES].decode("utf-8", "ignore")
    real = query | {"data": changed}
    if pick.number < IN_OTHER_HANDS and chat_id > 0 and "message" in query:
        person = _person(chat_id)
        real |= {"from": person, "message": query["message"] | {"chat": _private(person)}}
    return {"callback_query": real}
