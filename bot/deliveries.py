"""What is due, sent, waiting, held and failed: for the operator, on the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.settings import Settings
from bot.start import opened
from bot.terminal import NothingFoundError, show_table
from handlers.slots import next_slot, rested
from handlers.views.deliveries import SORTS, STATES
from handlers.views.marks import moment
from handlers.views.subscriptions import about_words, reason_words, schedule_words
from storage import outbox, subscriptions
from storage.acts import area_names
from storage.notices import SubscriptionRow
from storage.traffic import Held, OutboxState, Sort


@dataclass(frozen=True, slots=True)
class Deliveries:
    """How sending stands."""

    counts: dict[tuple[Sort, OutboxState], int]
    troubled: list[Held]
    active: list[tuple[SubscriptionRow, datetime | None]]  # with its next slot
    areas: dict[str, str]


async def find_deliveries(settings: Settings, limit: int, now: datetime) -> Deliveries:
    """Look at what is sent, and at what comes next.

    Raises:
        StorageError: the database cannot be used.
    """
    async with opened(settings) as database, database.session() as session:
        active = [
            (row, next_slot(row.schedule, rested(row, now)))
            for row in await subscriptions.active(session)
        ]
        return Deliveries(
            await outbox.counts(session),
            await outbox.in_trouble(session, limit),
            active,
            await area_names(session),
        )


async def decide(settings: Settings, message_id: int, now: datetime, *, is_repeated: bool) -> str:
    """Send a held or failed message once more, or let a held one be; say what was done.

    Raises:
        NothingFoundError: no message of that number is held, or failed.
        StorageError: the database cannot be used.
    """
    async with opened(settings) as database, database.write() as session:
        if is_repeated:
            if await outbox.repeat(session, message_id):
                return f"El envío N° {message_id} saldrá de nuevo."
        elif await outbox.drop(session, message_id, now):
            return f"El envío N° {message_id} queda como entregado."
    states = "en duda ni fallido" if is_repeated else "en duda"
    raise NothingFoundError(f"No hay ningún envío {states} con el N° {message_id}.")


def show_deliveries(found: Deliveries, zone: tzinfo) -> None:
    """Print it as tables."""
    rows = [
        (SORTS[sort][1], *(str(found.counts.get((sort, state), 0)) for state in STATES))
        for sort in Sort
    ]
    show_table("Entregas", ("Qué", *STATES.values()), rows)
    if found.troubled:
        show_table(
            "Sin entregar", ("N°", "Qué", "Chat", "Desde", "Por qué"), _troubled(found, zone)
        )
    if found.active:
        show_table("Avisos activos", ("Chat", "De qué", "Cuándo", "El próximo"), _active(found))


def _troubled(found: Deliveries, zone: tzinfo) -> Sequence[tuple[str, ...]]:
    return [
        (
            str(one.id),
            SORTS[one.sort][0],
            str(one.chat_id),
            moment(one.at, zone),
            f"{STATES[one.state]}: {reason_words(one.error)}",
        )
        for one in found.troubled
    ]


def _active(found: Deliveries) -> Sequence[tuple[str, ...]]:
    return [
        (
            row.title or str(row.chat_id),
            about_words(row, found.areas),
            schedule_words(row.schedule),
            "—" if next_at is None else moment(next_at, ZoneInfo(row.schedule.zone)),
        )
        for row, next_at in found.active
    ]


def deliveries_values(found: Deliveries) -> dict[str, Any]:
    """Give the same as plain values: counts, what is in trouble, what comes next."""
    return {
        "counts": {
            sort.value: {state.value: found.counts.get((sort, state), 0) for state in OutboxState}
            for sort in Sort
        },
        "troubled": [
            {
                "id": one.id,
                "chat_id": one.chat_id,
                "sort": one.sort.value,
                "state": one.state.value,
                "error": one.error,
                "attempts": one.attempts,
                "at": one.at.isoformat(),
            }
            for one in found.troubled
        ],
        "subscriptions": [
            {
                "id": row.id,
                "chat_id": row.chat_id,
                "about": row.about.value,
                "units": list(row.scope.units),
                "next_at": None if next_at is None else next_at.isoformat(),
            }
            for row, next_at in found.active
        ],
    }
