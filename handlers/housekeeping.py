"""What must be done from time to time: dialogues that rest, and what is no longer needed."""

from datetime import datetime, timedelta

from handlers.services import Services
from handlers.views.drafts import asleep
from storage import drafts, inbox, outbox
from storage.evidence import stored_names
from storage.traffic import DraftKind, OutboxRow, Outgoing

AWAKE = timedelta(hours=1)  # words belong to a dialogue for so long after the last
KEPT = timedelta(days=7)  # a dialogue that nobody comes back to
TRAFFIC = timedelta(days=7)  # what came in and went out, to know what comes twice
ORPHAN = timedelta(hours=1)  # a file that belongs to nothing


async def tidy(services: Services) -> list[OutboxRow]:
    """Let idle dialogues rest and say so; forget what is over. Gives what is to be sent."""
    now = services.clock.now()
    async with services.database.write() as session:
        notices = []
        for draft in await drafts.idle(session, now - AWAKE):
            await drafts.put_to_sleep(session, draft)
            if draft.kind is not DraftKind.REQUEST:
                reply = asleep(draft)
                buttons = tuple(
                    tuple((button.label, button.data) for button in row) for row in reply.buttons
                )
                text = "\n".join(reply.blocks)
                notices.append(Outgoing(chat_id=draft.chat_id, text=text, buttons=buttons))
        await drafts.discard_older(session, now - KEPT)
        await inbox.purge(session, now - TRAFFIC)
        await outbox.purge(session, now - TRAFFIC)
        return await outbox.add(session, notices, now)


async def sweep(services: Services, now: datetime) -> None:
    """Remove files that belong to no evidence; `now` is the real time, as the files have it."""
    async with services.database.session() as session:
        known = await stored_names(session)
    await services.evidence.sweep(known, now, ORPHAN)
