"""What is sent and what is not, before an administrator."""

from handlers.deeds import RefusedError, manager
from handlers.turn import Turn
from handlers.views import deliveries as views
from handlers.views import marks as said
from handlers.views.people import IN_PRIVATE
from handlers.views.reply import Reply
from storage import outbox, subscriptions

MOST = 10  # in trouble, shown at once


async def _check(turn: Turn) -> None:
    """Let an administrator look, in private.

    Raises:
        RefusedError: the sender is none, or others would read it.
    """
    await manager(turn)
    if not turn.place.is_private:
        raise RefusedError(IN_PRIVATE)


async def show(turn: Turn) -> Reply:
    """What is due, sent, waiting, held and failed, with reasons."""
    await _check(turn)
    session, clock = turn.session, turn.services.clock
    return views.deliveries(
        await outbox.counts(session),
        await outbox.in_trouble(session, MOST),
        await subscriptions.active(session),
        (await turn.reader()).areas,
        clock.timezone,
    )


async def decide(turn: Turn, message_id: int, *, is_repeated: bool) -> Reply:
    """Send a message once more that is held or failed, or let a held one be.

    Raises:
        RefusedError: the sender may not, or it is neither (any more).
    """
    await _check(turn)
    now = turn.services.clock.now()
    is_done = (
        await outbox.repeat(turn.session, message_id)
        if is_repeated
        else await outbox.drop(turn.session, message_id, now)
    )
    if not is_done:
        raise RefusedError(said.GONE)
    return await show(turn)
