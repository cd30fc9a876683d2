"""The courier: takes what was committed to the outbox to Telegram, each chat in order.

What is to be done with a message that may have arrived, because its answer was lost or the
program was killed, is decided by its sort: an answer or a reminder is sent again, a digest is
held for the operator.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import Any, assert_never

from telegram import Bot

from bot.pace import Pace
from handlers.notices import Gathered, compose
from handlers.send import Delivery, File, Outcome, Pause, deliver
from handlers.services import Services
from handlers.turn import buttons_of
from handlers.views.messages import messages
from handlers.views.subscriptions import closed_notice
from storage import entries, outbox, subscriptions
from storage.engine import Session
from storage.errors import StorageError
from storage.evidence import find_evidence
from storage.evidence_kinds import EvidenceError
from storage.traffic import OutboxRow, OutboxState, Outgoing, Sort

logger = logging.getLogger(__name__)

CHATS = 24  # answered at once; the connections beside them are for what is asked meanwhile
NOTICES = 8  # under way at once: no answer waits for them
AGAIN_SECONDS = 30.0  # before what could not be sent is tried again
LONGEST_AGAIN_SECONDS = 600.0
MOST_ATTEMPTS = 20  # that may have arrived, or that Telegram failed at; then it is given up
NOTE_SECONDS = 5.0  # before an outcome that could not be kept is kept
LOOK_SECONDS = 5.0  # between two looks for what nobody sends
CLAIMED = 200  # messages taken at once
LOST_FILE = (
    "⚠️ El archivo no se puede entregar: falta en el disco o fue alterado. Avise al administrador."
)


class Courier:
    """Sends what it is handed, what an earlier run of the program left, and what is due."""

    def __init__(self, bot: Bot, services: Services, *, pause: Pause = asyncio.sleep) -> None:
        self._bot = bot
        self._services = services
        self._pause = pause
        self._pace = Pace()
        self._gathered = Gathered()
        self._free = asyncio.Semaphore(CHATS)
        self._notices = asyncio.Semaphore(NOTICES)
        self._queues: dict[int, deque[OutboxRow]] = {}
        self._tasks: asyncio.TaskGroup | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._closing = asyncio.Event()
        self._is_ready = asyncio.Event()
        self._news = asyncio.Event()

    async def run(self) -> None:
        """Send until cancelled; what is left stays in the outbox for the next start."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            await self._claim(is_start=True)
            self._is_ready.set()
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._news.wait()
                self._news.clear()
                try:
                    await self._claim()
                except StorageError as error:
                    logger.error("nothing claimed: %s", error)  # noqa: TRY400

    async def ready(self) -> None:
        """Wait until the messages of an earlier run are known: none that follows is among them."""
        await self._is_ready.wait()

    def look(self) -> None:
        """Look at once for what nobody sends yet."""
        self._news.set()

    def hand_over(self, rows: Iterable[OutboxRow]) -> None:
        """Take messages that were just committed as ours; each chat gets its own in order."""
        for row in rows:
            chat_id = row.message.chat_id
            if chat_id in self._queues:
                self._queues[chat_id].append(row)
            elif self._tasks is not None:
                self._queues[chat_id] = deque([row])
                self._idle.clear()
                self._tasks.create_task(self._serve(chat_id))

    async def finished(self) -> None:
        """Wait until nothing is left to be sent."""
        await self._idle.wait()

    async def close(self) -> None:
        """Begin no other message; note what became of those that are on their way."""
        self._closing.set()
        await self._idle.wait()

    async def _claim(self, *, is_start: bool = False) -> None:
        """Take what nobody sends: notices that are due, and what a dead program left."""
        if self._closing.is_set():
            return
        services = self._services
        async with services.database.session() as session:
            alive = await services.presence.alive(session)
            is_any = await outbox.has_unclaimed(session, alive)
        self._pace.share(len(alive))
        if not is_any:
            return
        async with services.database.write() as session:
            alive = await services.presence.alive(session)  # as of now: who owns lives
            await outbox.release(session, alive)
            rows = await outbox.claim(session, services.presence.id, CLAIMED, is_start=is_start)
        if rows and is_start:
            logger.info("%s answers of an earlier run are sent now", len(rows))
        if is_start:
            self.look()  # for the notices
        self.hand_over(rows)

    async def _serve(self, chat_id: int) -> None:
        """Send what one chat is to get, one after the other."""
        queue, failures, was_notice = self._queues[chat_id], 0, False
        try:
            while queue and not self._closing.is_set():
                row = queue[0]
                was_notice = row.sort is not Sort.REPLY
                async with self._notices if was_notice else self._free:
                    delivery = await self._send(row)
                if delivery is None:
                    queue.popleft()
                    failures = 0
                    continue
                failures += 1
                queue[0] = _after(row, delivery)
                again = min(AGAIN_SECONDS * failures, LONGEST_AGAIN_SECONDS)
                await self._wait(max(again, delivery.seconds))
        finally:
            del self._queues[chat_id]
            if not self._queues:
                self._idle.set()
            if was_notice and len(self._queues) < CHATS:
                self.look()  # for what these chats, or others, are to get next

    async def _turn(self, row: OutboxRow) -> bool:
        """Keep within the limits of Telegram; an answer does not wait for them.

        False when the end came first.
        """
        if row.sort is Sort.REPLY:
            self._pace.take(row.message.chat_id)
            return True
        turn = asyncio.ensure_future(self._pace.turn(row.message.chat_id))
        await _first_of(turn, asyncio.ensure_future(self._closing.wait()))
        return not self._closing.is_set()

    async def _wait(self, seconds: float) -> None:
        """Wait before another attempt, but not beyond the end."""
        closing = asyncio.ensure_future(self._closing.wait())
        await _first_of(asyncio.ensure_future(self._pause(seconds)), closing)

    async def _send(self, row: OutboxRow) -> Delivery | None:
        """Send one message and note what became of it; the failure when it is to go again."""
        try:
            return await self._sent(row)
        except StorageError as error:
            logger.error("message %s not loaded: %s", row.id, error)  # noqa: TRY400
            return Delivery(Outcome.LATER, "storage")
        except Exception:
            # a mistake of ours in one message must not keep the others from being sent
            logger.exception("message %s given up", row.id)
            await self._note(row, Delivery(Outcome.REFUSED, "mistake"), [])
            return None

    async def _sent(self, row: OutboxRow) -> Delivery | None:
        """Compose or load a message, send it, and note what became of it."""
        more: list[Outgoing] = []
        if row.sort is Sort.REPLY:
            message, file = await self._loaded(row.message)
        else:
            composed = await self._composed(row)
            if not composed:
                return None
            (message, *more), file = composed, None
        if not await self._turn(row):
            await self._note(row, Delivery(Outcome.LATER, "closing"), [])
            return None
        repeats = row.sort is not Sort.DIGEST
        delivery = await deliver(self._bot, message, file, pause=self._pause, repeats=repeats)
        if delivery.outcome is Outcome.UNSURE and row.attempts >= MOST_ATTEMPTS:
            delivery = replace(delivery, outcome=Outcome.REFUSED)
        await self._note(row, delivery, more)
        is_again = delivery.outcome is Outcome.LATER or (
            delivery.outcome is Outcome.UNSURE and repeats
        )
        return delivery if is_again else None

    async def _composed(self, row: OutboxRow) -> list[Outgoing]:
        """Compose a notice as things stand now, and commit the attempt before it is made."""
        services = self._services
        async with services.database.write() as session:
            if not await outbox.is_ours(session, row.id, services.presence.id):
                return []  # this program was taken for dead, and another sends it
            composed = await compose(services, self._gathered, session, row)
            if composed is None:
                now = services.clock.now()
                await outbox.end(session, row.id, OutboxState.EMPTY, now)
                return []
            *others, last = messages(composed.reply.blocks)
            texts = [(text, ()) for text in others] + [(last, buttons_of(composed.reply))]
            parts = [
                Outgoing(
                    chat_id=row.message.chat_id,
                    thread_id=row.message.thread_id,
                    text=text,
                    buttons=buttons,
                )
                for text, buttons in texts
            ]
            await outbox.begin(session, row.id, parts[0], composed.told_event)
        return parts

    async def _loaded(self, message: Outgoing) -> tuple[Outgoing, File | None]:
        """Give a message with its file; one whose file is lost says so instead."""
        if message.evidence_id is None:
            return message, None
        file = await self._file(message.evidence_id)
        return (message, file) if file else (replace(message, text=LOST_FILE), None)

    async def _note(self, row: OutboxRow, delivery: Delivery, more: list[Outgoing]) -> None:
        """Write down what became of a message; what follows it is committed with that."""
        services = self._services
        while True:
            try:
                async with services.database.write() as session:
                    if delivery.moved_to is not None:
                        old, new = row.message.chat_id, delivery.moved_to
                        await entries.move_chat(session, old, new, services.clock.now())
                    rows = await self._noted(session, row, delivery, more)
            except StorageError as error:
                # nothing more goes to the chat before it is known what became of this one
                logger.error("outcome of message %s not noted: %s", row.id, error)  # noqa: TRY400
                if self._closing.is_set():
                    return
                await self._wait(NOTE_SECONDS)
            else:
                self.hand_over(rows)
                return

    async def _noted(
        self, session: Session, row: OutboxRow, delivery: Delivery, more: list[Outgoing]
    ) -> list[OutboxRow]:
        """Write down an outcome; give what is to be sent because of it."""
        services, now, why = self._services, self._services.clock.now(), delivery.why
        match delivery.outcome:
            case Outcome.SENT:
                told_event = await outbox.end(session, row.id, OutboxState.SENT, now)
                if row.subscription_id is not None and told_event is not None:
                    await subscriptions.told(session, row.subscription_id, told_event)
                return await outbox.add(session, more, now, services.presence.id)
            case Outcome.UNSURE if row.sort is Sort.DIGEST:
                await outbox.end(session, row.id, OutboxState.HELD, now, why)
            case Outcome.LATER | Outcome.UNSURE if row.sort is Sort.REPLY:
                await outbox.count_attempt(session, row.id)
            case Outcome.LATER | Outcome.UNSURE:
                await outbox.postpone(session, row.id)
            case Outcome.CLOSED:
                await outbox.end(session, row.id, OutboxState.FAILED, now, why)
                return await self._switch_off(session, row.message.chat_id, why)
            case Outcome.REFUSED:
                await outbox.end(session, row.id, OutboxState.FAILED, now, why)
            case _:
                assert_never(delivery.outcome)
        return []

    async def _switch_off(self, session: Session, chat_id: int, why: str) -> list[OutboxRow]:
        """Send no more notices to a chat that takes nothing, and tell the administrators."""
        services = self._services
        closed = await subscriptions.close_chat(session, chat_id)
        if not closed:
            return []
        text = closed_notice(closed, why)
        admins = [each for each in await services.administrators(session) if each != chat_id]
        notices = [Outgoing(chat_id=admin, text=text) for admin in admins]
        return await outbox.add(session, notices, services.clock.now(), services.presence.id)

    async def _file(self, evidence_id: int) -> File | None:
        """Read a file of the evidence; None when it is not what was recorded."""
        async with self._services.database.session() as session:
            evidence = await find_evidence(session, evidence_id)
        if evidence is None or evidence.stored_name is None:
            return None
        try:
            content = await self._services.evidence.read(evidence.stored_name)
        except (EvidenceError, ValueError) as error:  # the second: a name that we never gave
            logger.error("evidence %s cannot be read: %s", evidence_id, error)  # noqa: TRY400
            return None
        if sha256(content).hexdigest() != evidence.sha256:
            logger.error("evidence %s was altered on the disk", evidence_id)
            return None
        return File(evidence.label, content)


def _after(row: OutboxRow, delivery: Delivery) -> OutboxRow:
    """A message before its next attempt; one that surely never arrived counts as none."""
    moved_to = delivery.moved_to
    message = row.message if moved_to is None else replace(row.message, chat_id=moved_to)
    counted = delivery.outcome is Outcome.UNSURE
    return replace(row, message=message, attempts=row.attempts + counted)


async def _first_of(*works: asyncio.Future[Any]) -> None:
    """Wait for the first of some works, and drop the others."""
    try:
        await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for work in works:
            work.cancel()
