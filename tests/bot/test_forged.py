"""A thousand presses that nobody may make: crossed, forged, outdated and replayed."""

import logging
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from handlers.reader import Readers
from storage.events import Action
from storage.evidence import evidence_of_means
from storage.ledger import history
from storage.people import people, revoke
from storage.records import AsOf, Status
from storage.roles import OPERATOR
from tests.support.audit import audit
from tests.support.forgery import (
    CAST,
    OUTSIDERS,
    Facts,
    Played,
    Press,
    Stage,
    Verdict,
    play,
    stage_on,
)
from tests.support.office import ACT, HOUSE, LIMA, READER, Phone

pytestmark = pytest.mark.xdist_group("forged")  # they share what runs

SEED = 121
CROSSED, ALTERED, NOISE, OUTDATED, REVOKED, REPLAYED = 500, 200, 110, 80, 60, 50  # 1,000 in all
COPIES = 6  # of each button that is pressed at once
QUESTIONS = "saved_questions"
REFUSED, SHOWN, READ, FREE = Verdict.REFUSED, Verdict.SHOWN, Verdict.READ, Verdict.FREE
GONE = "Ese botón ya no vale; pregunte de nuevo."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def played(
    loaded_file: Path, tmp_path_factory: pytest.TempPathFactory, readers: Readers
) -> Played:
    """People in the middle of their dialogues."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PTB_TIMEDELTA", "1")  # as the program sets it
        return await play(loaded_file, tmp_path_factory.mktemp("forged"), readers)


@pytest.fixture
async def stage(
    played: Played, tmp_path: Path, readers: Readers, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Stage]:
    """The same people, with the bot running; whatever is pressed, nothing fails."""
    async with stage_on(played, tmp_path, readers) as stage:
        yield stage
        assert await stage.unfinished() == []
    assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == []


@pytest.fixture
def dice() -> random.Random:
    """The same choices at each run."""
    return random.Random(SEED)  # noqa: S311 - to be the same, not secret


def sort_of(data: str) -> str:
    """What sort of button it is: `k:ver`, `p`."""
    kind, *rest = data.split(":")
    return f"{kind}:{rest[0]}" if rest and rest[0].isalpha() else kind


def spread(
    presses: Sequence[Press],
    count: int,
    dice: random.Random,
    key: Callable[[Press], Any] = lambda press: sort_of(press.data),
) -> list[Press]:
    """Take so many, of every sort as many as of the others."""
    sorts = defaultdict(list)
    for press in dict.fromkeys(presses):
        sorts[key(press)].append(press)
    for sort in sorts.values():
        dice.shuffle(sort)
    rounds = zip_longest(*(sorts[name] for name in sorted(sorts)))
    found = [press for each in rounds for press in each if press is not None][:count]
    assert len(found) == count
    return found


async def nothing_comes_of(stage: Stage, presses: Sequence[Press]) -> None:
    """See that presses give nothing but words over the chat."""
    before, written = await stage.kept(), await stage.written()

    toasts = await stage.press(presses)

    assert [press for press, toast in zip(presses, toasts, strict=True) if not toast] == []
    assert await stage.kept() == before
    assert await stage.written() == written


async def nothing_changes_by(stage: Stage, presses: Sequence[Press]) -> None:
    """See that presses show something, over the chat or in it, and change nothing."""
    before, written = await stage.kept(but={QUESTIONS}), await stage.written()

    toasts = await stage.press(presses)

    answers = zip(presses, toasts, strict=True)
    assert await stage.kept(but={QUESTIONS}) == before
    assert Counter(press.chat_id for press, toast in answers if not toast) <= (
        await stage.written() - written
    )


# What is not forged.


async def test_every_sort_of_button_works_for_whom_it_was_shown_to(
    stage: Stage, dice: random.Random
) -> None:
    facts = await stage.facts()
    offered = [press for press in stage.shown if facts.verdict(press) is not REFUSED]
    looks = [press for press in offered if facts.verdict(press) in {READ, SHOWN}]
    sorts = {sort_of(press.data) for press in looks}
    written = await stage.written()

    toasts = await stage.press(spread(looks, len(sorts), dice))

    assert {
        sort.partition(":")[0] for sort in map(sort_of, (press.data for press in offered))
    } == set("adekmopqrsuv")
    assert GONE not in toasts
    assert (await stage.written() - written).total() >= len(sorts)


# Somebody else's.


async def test_a_button_does_nothing_for_others_or_elsewhere(
    stage: Stage, dice: random.Random
) -> None:
    facts = await stage.facts()
    everybody = [*(stage[name].user_id for name in CAST), *OUTSIDERS]
    presses = [
        Press(user_id, chat_id, _some_message(stage, chat_id, dice), shown.data)
        for shown in stage.shown
        for user_id in everybody
        for chat_id in (user_id, stage.group, stage.other_group)
        if chat_id in stage.chats
    ]
    refused = [press for press in presses if facts.verdict(press) is REFUSED]

    def by_whom(press: Press) -> tuple[str, int]:
        """Whoever may read in a chat tries every sort of button; of the others somebody does."""
        return sort_of(press.data), press.user_id if facts.may_read(press) else 0

    await nothing_comes_of(stage, spread(refused, CROSSED, dice, by_whom))


def _some_message(stage: Stage, chat_id: int, dice: random.Random) -> int:
    """Any message of a chat, be it the bot's or not."""
    return dice.choice(list(stage.chats[chat_id].messages))


# Something else in it.

NUMBERS: list[Callable[[int], str]] = [  # what may be put in the place of a number
    lambda number: str(number + 1),
    lambda number: str(number - 1),
    lambda number: str(-number),
    lambda number: f"+{number}",
    lambda number: f" {number}",
    lambda number: f"{number}.0",
    lambda number: f"{number}e0",
    lambda number: f"{number}_0",
    lambda number: f"{number}\n",
    lambda number: f"{number}\0",
    lambda number: f"{number} OR 1=1",
    lambda number: f"{number}'--",
    hex,
    lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    lambda number: str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    lambda _: "-1",
    lambda _: str(2**31),
    lambda _: str(2**53 + 1),
    lambda _: str(10**15 - 1),
    lambda _: str(10**18 - 1),
    lambda _: str(1 - 10**18),
    lambda _: str(2**63 - 1),
    lambda _: str(2**64),
    lambda _: "9" * 50,
    lambda _: "",
    lambda _: "None",
    lambda _: "NaN",
]
VERBS = ("ok", "no", "go", "ver", "obs", "wd", "rep", "sub", "his", "rev", "inv", "out", "pick")
KINDS = "adekmnopqrsuvy"
LISTS = "mnoprsuvy"


def altered(data: str) -> Iterator[tuple[str, str]]:
    """A button with a part changed, lost or doubled, or with something around it; and how."""
    parts = data.split(":")
    for at, part in enumerate(parts):
        others = [("other case", part.upper()), ("space", f"{part} ")]
        others += [(f"verb {verb}", verb) for verb in VERBS]
        others += [("kind", kind) for kind in KINDS]
        if part.removeprefix("-").isdigit():
            changed = [change(int(part)) for change in NUMBERS]
            others = [(f"number {which}", number) for which, number in enumerate(changed)]
        others += [("lost", ""), ("doubled", f"{part}:{part}")]
        for how, other in others:
            yield how, ":".join([*parts[:at], other, *parts[at + 1 :]])
        yield "shorter", ":".join([*parts[:at], *parts[at + 1 :]])
    yield "around", f"{data}:"
    yield "around", f":{data}"
    yield "around", f"n:{data}"
    yield "reversed", ":".join(reversed(parts))


async def test_a_button_with_something_else_in_it_does_nothing(
    stage: Stage, dice: random.Random
) -> None:
    facts = await stage.facts()
    real = {press.data for press in stage.shown}
    hows: dict[Press, str] = {}
    for shown in stage.shown:
        for how, data in altered(shown.data):
            if data not in real:
                hows[replace(shown, data=data)] = how
    refused = [press for press in hows if facts.verdict(press) is REFUSED]
    looks = [press for press in hows if facts.verdict(press) in {SHOWN, READ}]

    def by_how(press: Press) -> tuple[str, bool]:
        """Every change is tried in a list and in what does something."""
        return hows[press], press.data[:1] in LISTS

    half = ALTERED // 2
    await nothing_comes_of(stage, spread(refused, half, dice, by_how))
    await nothing_changes_by(stage, spread(looks, half, dice, by_how))


def swapped(press: Press) -> Press:
    """The button of a dialogue as one of a request for access, and the other way round."""
    other = {"d": "q", "q": "d"}[press.data[0]]
    return replace(press, data=f"{other}{press.data[1:]}")


async def test_a_button_of_a_dialogue_is_none_of_a_request(stage: Stage) -> None:
    facts = await stage.facts()
    own = [press for press in stage.shown if press.data[0] in "dq" and press.data != "q:ask"]
    live = [press for press in own if facts.verdict(press) is FREE]

    await nothing_comes_of(stage, [swapped(press) for press in live])


# No button at all.

SENTENCES = (
    "",
    ":",
    "::::",
    "\0",
    "\n",
    "\ud800",
    "d:ok",
    "k:ver:1 OR 1=1:0",
    "k:ver:13;DROP TABLE events;--:0",
    "a:ok:1'; UPDATE grants SET role='admin';--",
    "p:1);DELETE FROM drafts;--:0",
    "e:1 UNION SELECT token_hash FROM invitations",
    "a:rev:1:1:1",
    "a:inv:-1",
    "a:inv:3:3",
    "q:ok:1:0",
    "Q:ASK",
    "{0.__class__}",
    "%s%n%x",
    "../../etc/passwd",
    '{"verb": "ok", "draft": 1}',
    "<b>x</b>",
    "i_token",
    "/personas",
    "sí",
    "😀" * 16,
    "k:" + "🗑" * 15,
    "\u202e1:rev:k",
    "ａ:ｏｋ:1",
    "x" * 64,
    "9" * 64,
    "-" * 64,
    ":" * 64,
    "a:" * 32,
    "k:ver:" + "1" * 58,
    "x" * 5000,
)


def noise(dice: random.Random) -> str:
    """64 bytes of anything."""
    match dice.randrange(3):
        case 0:
            return dice.randbytes(64).decode("latin-1")
        case 1:
            return dice.randbytes(64).decode("utf-8", "replace")
        case _:
            return "".join(dice.choices(f"{KINDS}:::0123456789-", k=dice.randint(1, 64)))


async def test_what_is_no_button_does_nothing(stage: Stage, dice: random.Random) -> None:
    facts = await stage.facts()
    presses = []
    for data in [*SENTENCES, *(noise(dice) for _ in range(NOISE))]:
        user_id = stage[dice.choice(list(CAST))].user_id
        chat_id = dice.choice([user_id, user_id, stage.group, stage.other_group])
        presses.append(Press(user_id, chat_id, _some_message(stage, chat_id, dice), data))
    refused = [press for press in presses if facts.verdict(press) is REFUSED][:NOISE]

    assert len(refused) == NOISE
    await nothing_comes_of(stage, refused)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"data": "k:ver:13:18", "inline_message_id": "AAAA"}, id="inline"),
        pytest.param({"data": "k:ver:13:18"}, id="nothing"),
        pytest.param({"game_short_name": "x"}, id="a-game"),
    ],
)
async def test_a_press_under_no_message_does_nothing(stage: Stage, fields: dict[str, Any]) -> None:
    before, written = await stage.kept(), await stage.written()

    query = stage.send(stage["Sara"].user_id, 0, **fields)
    toast = await stage.office.telegram.toast(query)

    assert toast == GONE
    assert (await stage.kept(), await stage.written()) == (before, written)


async def test_a_press_under_a_message_that_telegram_has_forgotten_is_judged_alike(
    stage: Stage,
) -> None:
    sara, rosa = stage["Sara"], stage["Rosa"]
    button = stage.newest(await stage.facts(), sara.chat_id, "k:ver").data

    async def press(phone: Phone) -> str | None:
        chat = stage.chats[phone.chat_id].info
        forgotten = {"chat": chat, "message_id": 1, "date": 0}
        query = stage.send(phone.user_id, phone.chat_id, data=button, message=forgotten)
        return await stage.office.telegram.toast(query)

    refused, before = await press(rosa), await stage.office.means("12.1")
    done, after = await press(sara), await stage.office.means("12.1")

    assert (refused, done) == ("Eso lo hace la oficina de seguimiento.", None)
    assert (before.status, after.status) == (Status.SUBMITTED, Status.VERIFIED)


async def test_a_link_is_no_file_that_could_be_sent(stage: Stage) -> None:
    rosa = stage["Rosa"]
    await stage.press([stage.newest(await stage.facts(), rosa.chat_id, "d:ok")])
    async with stage.office.database.session() as session:
        [link] = await evidence_of_means(session, (ACT, "4.2"))

    await nothing_comes_of(stage, [Press(rosa.user_id, rosa.chat_id, 1, f"e:{link.id}")])


# What is over.


def deeds(stage: Stage, facts: Facts) -> list[Press]:
    """Buttons that are theirs to press, each of which does something."""
    wanted = {
        stage["Sara"].chat_id: ("k:ver", "d:ok"),
        stage["Iris"].chat_id: ("k:wd",),
        stage["Rosa"].chat_id: ("d:ok",),
        stage["Marta"].chat_id: ("d:ok",),
        stage["Nadia"].chat_id: ("d:ok",),
        stage["Zoe"].chat_id: ("q:ok",),
        stage["Pedro"].chat_id: ("a:ok", "a:rev"),
        stage.group: ("d:ok",),
    }
    return [
        stage.newest(facts, chat_id, beginning)
        for chat_id, beginnings in wanted.items()
        for beginning in beginnings
    ]


async def test_a_button_does_nothing_after_what_it_was_for_has_changed(
    stage: Stage, dice: random.Random
) -> None:
    before = await stage.facts()
    for press in (*deeds(stage, before), stage.newest(before, stage["Pedro"].chat_id, "a:out")):
        await stage.press([press])
    now = await stage.facts()
    good = [press for press in stage.shown if before.verdict(press) in {READ, FREE}]
    refused = [press for press in good if now.verdict(press) is REFUSED]
    shown = [press for press in good if now.verdict(press) is SHOWN]

    half = OUTDATED // 2
    await nothing_comes_of(stage, spread(refused, half, dice))
    await nothing_changes_by(stage, spread(shown, half, dice))


async def test_a_button_does_nothing_for_whom_access_was_taken_from(
    stage: Stage, dice: random.Random
) -> None:
    office, marta, nadia = stage.office, stage["Marta"], stage["Nadia"]
    before = await stage.facts()
    await office.dismiss(marta)
    async with office.database.write() as session:
        held = {person.user_id: person.grants for person in await people(session)}
        for grant_id, role in held[nadia.user_id]:
            if role != READER:
                now = office.clock.now()
                await revoke(session, grant_id, actor=HOUSE, by=OPERATOR, now=now)
    facts = await stage.facts()
    theirs = [press for press in stage.shown if press.user_id in {marta.user_id, nadia.user_id}]
    lost = [press for press in theirs if before.verdict(press) is not REFUSED]
    lost += [swapped(press) for press in lost if press.data.startswith("d:")]
    refused = [press for press in lost if facts.verdict(press) is REFUSED]

    await nothing_comes_of(stage, spread(refused, REVOKED, dice))


# Again and again.


async def test_a_button_that_is_pressed_many_times_at_once_works_once(
    stage: Stage, dice: random.Random
) -> None:
    facts, before = await stage.facts(), await _done(stage)
    once = deeds(stage, facts)
    presses = once * COPIES
    dice.shuffle(presses)

    await stage.press(presses)

    assert len(presses) - len(once) == REPLAYED
    assert await _done(stage) - before == {
        Action.SUBMITTED: 4,
        Action.VERIFIED: 1,
        Action.WITHDRAWN: 1,
        Action.REPROGRAMMED: 1,
        Action.GRANTED: 1,
        Action.REVOKED: 1,
    }
    after = await stage.facts()
    confirmed = [press for press in once if press.data.startswith(("d:ok:", "q:ok:"))]
    assert len(facts.dialogues) - len(after.dialogues) == len(confirmed)
    assert len(after.undecided) == 1  # the one that was sent
    assert await _contradictions(stage) == []


async def test_of_two_who_press_at_once_one_is_too_late(stage: Stage) -> None:
    facts, before = await stage.facts(), await _done(stage)
    sara, vera, pedro, marta = (stage[name] for name in ("Sara", "Vera", "Pedro", "Marta"))
    verify = stage.newest(facts, sara.chat_id, "k:ver")
    others = [each for each in stage.shown if each.chat_id == vera.chat_id]
    verify_too = next(each for each in others if each.data == verify.data)
    approve = stage.newest(facts, pedro.chat_id, "a:ok")
    refuse = stage.newest(facts, marta.chat_id, "a:no")

    await stage.press([verify, verify_too, approve, refuse])

    done = await _done(stage) - before
    assert done[Action.VERIFIED] == 1
    assert done[Action.GRANTED] + done[Action.REFUSED] == 1
    assert await _contradictions(stage) == []


async def _done(stage: Stage) -> Counter[Action]:
    """What the record tells, and how often."""
    async with stage.office.database.session() as session:
        return Counter(event.action for event in await history(session))


async def _contradictions(stage: Stage) -> list[str]:
    """What the record does not allow, or does not explain."""
    async with stage.office.database.session() as session:
        return await audit(session, AsOf(stage.office.clock.today(), zone=LIMA))
