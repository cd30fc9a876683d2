"""The courier: takes what was committed to the outbox to Telegram, each chat in order."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import assert_never

from telegram import Bot

from handlers.send import File, Outcome, Pause, deliver
from handlers.services import Services
from storage.engine import Session
from storage.errors import StorageError
from storage.evidence import find_evidence
from storage.evidence_kinds import EvidenceError
from storage.outbox import count_attempt, end, waiting
from storage.traffic import OutboxRow, OutboxState, Outgoing

logger = logging.getLogger(__name__)

CHATS = 24  # served at once; the connections beside them are for what is asked meanwhile
AGAIN_SECONDS = 30.0  # before what could not be sent is tried again
MOST_ATTEMPTS = 20  # then it is given up, ten minutes or more after the first
LOST_FILE = (
    "⚠️ El archivo no se puede entregar: falta en el disco o fue alterado. Avise al administrador."
)


class Courier:
    """Sends what it is handed, and what an earlier run of the program left."""

    def __init__(self, bot: Bot, services: Services, *, pause: Pause = asyncio.sleep) -> None:
        self._bot = bot
        self._services = services
        self._pause = pause
        self._free = asyncio.Semaphore(CHATS)
        self._queues: dict[int, deque[OutboxRow]] = {}
        self._tasks: asyncio.TaskGroup | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._closing = asyncio.Event()
        self._is_ready = asyncio.Event()

    async def run(self) -> None:
        """Send until cancelled; what is left stays in the outbox for the next start."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            await self._take_up()
            self._is_ready.set()
            await asyncio.Event().wait()

    async def ready(self) -> None:
        """Wait until the messages of an earlier run are known: none that follows is among them."""
        await self._is_ready.wait()

    def hand_over(self, rows: Iterable[OutboxRow]) -> None:
        """Take messages that were just committed; each chat gets its own in order."""
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

    async def _take_up(self) -> None:
        """Go on with what an earlier run committed and did not send."""
        async with self._services.database.session() as session:
            left = await waiting(session)
        if left:
            logger.info("%s messages of an earlier run are sent now", len(left))
        self.hand_over(left)

    async def _serve(self, chat_id: int) -> None:
        """Send what one chat is to get, one after the other."""
        queue = self._queues[chat_id]
        try:
            while queue and not self._closing.is_set():
                async with self._free:
                    is_over = await self._send(queue[0])
                if is_over:
                    queue.popleft()
                    continue
                queue[0] = replace(queue[0], attempts=queue[0].attempts + 1)
                await self._wait()
        finally:
            del self._queues[chat_id]
            if not self._queues:
                self._idle.set()

    async def _wait(self) -> None:
        """Wait before another attempt, but not beyond the end."""
        pause = asyncio.ensure_future(self._pause(AGAIN_SECONDS))
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait({pause, closing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            pause.cancel()
            closing.cancel()

    async def _send(self, row: OutboxRow) -> bool:
        """Send one message and note what became of it; False when it must be tried again."""
        try:
            message, file = await self._loaded(row.message)
        except StorageError as error:
            logger.error("message %s not loaded: %s", row.id, error)  # noqa: TRY400
            return False
        outcome = await deliver(self._bot, message, file, pause=self._pause)
        if outcome is Outcome.LATER and row.attempts >= MOST_ATTEMPTS:
            outcome = Outcome.REFUSED
        try:
            async with self._services.database.write() as session:
                await self._note(session, row.id, outcome)
        except StorageError as error:
            # it may be sent once more at the next start, which is better than not at all
            logger.error("outcome of message %s not noted: %s", row.id, error)  # noqa: TRY400
        return outcome is not Outcome.LATER

    async def _loaded(self, message: Outgoing) -> tuple[Outgoing, File | None]:
        """Give a message with its file; one whose file is lost says so instead."""
        if message.evidence_id is None:
            return message, None
        file = await self._file(message.evidence_id)
        return (message, file) if file else (replace(message, text=LOST_FILE), None)

    async def _note(self, session: Session, row_id: int, outcome: Outcome) -> None:
        """Write down what became of a message."""
        now = self._services.clock.now()
        match outcome:
            case Outcome.SENT:
                await end(session, row_id, OutboxState.SENT, now)
            case Outcome.LATER:
                await count_attempt(session, row_id)
            case Outcome.CLOSED | Outcome.REFUSED:
                await end(session, row_id, OutboxState.FAILED, now, outcome.name.lower())
            case _:
                assert_never(outcome)

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
