"""What must be done from time to time: dialogues that rest, and what is no longer needed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from textwrap import shorten

from markupsafe import Markup

from handlers.services import Services
from handlers.turn import buttons_of
from handlers.views.drafts import asleep
from storage import drafts, inbox, outbox
from storage.engine import Session
from storage.evidence import stored_names
from storage.matrix import find_by_id
from storage.records import AsOf
from storage.traffic import DraftKind, DraftRow, OutboxRow, Outgoing

AWAKE = timedelta(hours=1)  # words belong to a dialogue for so long after the last
KEPT = timedelta(days=7)  # a dialogue that nobody comes back to
TRAFFIC = timedelta(days=7)  # what came in and went out, to know what comes twice
LINE_CHARS = 500
ORPHAN = timedelta(hours=1)  # a file that belongs to nothing


async def tidy(services: Services) -> list[OutboxRow]:
    """Let idle dialogues rest and say so; forget what is over. Gives what is to be sent."""
    now = services.clock.now()
    async with services.database.write() as session:
        await drafts.discard_older(session, now - KEPT)
        notices = []
        for draft in await drafts.idle(session, now - AWAKE):
            await drafts.put_to_sleep(session, draft)
            if draft.kind is not DraftKind.REQUEST:
                reply = asleep(draft, await _code(services, session, draft))
                text = "\n".join(reply.blocks)
                notices.append(
                    Outgoing(chat_id=draft.chat_id, text=text, buttons=buttons_of(reply))
                )
        await inbox.purge(session, now - TRAFFIC)
        await outbox.purge(session, now - TRAFFIC)
        return await outbox.add(session, notices, now, services.presence.id)


async def _code(services: Services, session: Session, draft: DraftRow) -> str | None:
    """The code of the means that a dialogue is about."""
    means_id, clock = draft.values.get("means"), services.clock
    as_of = AsOf(clock.today(), zone=clock.timezone)
    row = None if means_id is None else await find_by_id(session, means_id, as_of)
    return None if row is None else row.code


async def sweep(services: Services, now: datetime) -> None:
    """Remove files that belong to no evidence; `now` is the real time, as the files have it."""
    async with services.database.session() as session:
        known = await stored_names(session)
    await services.evidence.sweep(known, now, ORPHAN)


async def tell_administrators(services: Services, session: Session, text: str) -> list[OutboxRow]:
    """Put a text before all administrators. Gives what is to be sent after the commit."""
    admins = await services.administrators(session)
    notices = [Outgoing(chat_id=admin, text=text) for admin in admins]
    return await outbox.add(session, notices, services.clock.now(), services.presence.id)


def trouble(lines: Sequence[str]) -> str:
    """What an administrator is told of faults that were found at night."""
    head = "⚠️ <b>Algo no está bien</b> (<code>compromisos check</code> da el detalle):"
    listed = [
        str(Markup("• {}").format(shorten(line, LINE_CHARS, placeholder="…"))) for line in lines
    ]
    return "\n".join([head, *listed])
