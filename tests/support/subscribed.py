"""Subscriptions that are there before a test begins."""

from datetime import datetime

from storage import subscriptions
from storage.engine import Session
from storage.notices import About, Schedule, Scope, SubscriptionRow

ALL = Scope()


async def subscribed(  # noqa: PLR0913 - what a test may want otherwise
    session: Session,
    chat_id: int,
    schedule: Schedule,
    now: datetime,
    *,
    scope: Scope = ALL,
    about: About = About.MEANS,
    title: str = "Equipo",
    next_at: datetime | None = None,
    told_event: int = 0,
) -> SubscriptionRow:
    """Keep what a chat is to be told from `now` on, and look at it then unless told otherwise."""
    return await subscriptions.subscribe(
        session,
        (chat_id, None),
        title,
        about=about,
        scope=scope,
        schedule=schedule,
        next_at=next_at or now,
        told_event=told_event,
        created_by=None,
        now=now,
    )
