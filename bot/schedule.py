"""When the bot does something by itself: one tick, and nothing about what it does."""

import asyncio
import logging
from functools import partial
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.courier import Courier
from bot.looks import LOOKS, House, Sign, take_look
from handlers.housekeeping import sweep, tell_administrators, tidy, trouble
from handlers.notices import plan
from handlers.services import Services
from storage.errors import StorageError
from storage.evidence_kinds import EvidenceError

logger = logging.getLogger(__name__)

TICK_SECONDS = 30.0
TIDY_SECONDS = 30.0
BEAT_SECONDS = 5.0  # in which one that leads is found to be gone
LOOK_HOUR = 3  # at night, where the people are
NIGHTLY = ("Registro", "Estados", "Accesos", "Evidencia")
WALL = Clock(ZoneInfo("UTC"))  # files carry the real time, whatever day is pinned


async def keep_house(
    services: Services, courier: Courier, *, tick_seconds: float = TICK_SECONDS
) -> None:
    """Tick until cancelled; of several programs on one database, the one that leads.

    No job ever runs beside itself, and a busy second skips none.
    """
    scheduler = AsyncIOScheduler(timezone=services.clock.timezone)
    every = partial(scheduler.add_job, coalesce=True, max_instances=1, misfire_grace_time=None)
    every(partial(tick, services, courier), "interval", seconds=tick_seconds)
    every(partial(_tidy, services, courier), "interval", seconds=TIDY_SECONDS)
    every(partial(_beat, services), "interval", seconds=BEAT_SECONDS)
    every(partial(look, services, courier), "cron", hour=LOOK_HOUR)
    scheduler.start()
    try:
        await asyncio.Event().wait()
    finally:
        scheduler.shutdown(wait=False)


async def look(services: Services, courier: Courier) -> None:
    """Look at the record and the files each night, and tell the administrators what is wrong."""
    if not services.presence.leads:
        return
    house = House(services.database, services.evidence, is_current=True)
    found = [await take_look(name, partial(LOOKS[name], house)) for name in NIGHTLY]
    wrong = [f"{each.subject}: {each.what}" for each in found if each.sign is Sign.WRONG]
    if wrong:
        async with services.database.write() as session:
            rows = await tell_administrators(services, session, trouble(wrong))
        courier.hand_over(rows)


async def tick(services: Services, courier: Courier) -> None:
    """Let what is due exist; what fails now is done at the next tick."""
    if not services.presence.leads:
        return
    try:
        await plan(services)
        courier.look()
    except StorageError as error:
        logger.error("tick not finished: %s", error)  # noqa: TRY400
    except Exception:  # a mistake of ours must not keep people from being answered
        logger.exception("tick failed")


async def _tidy(services: Services, courier: Courier) -> None:
    if not services.presence.leads:
        return
    try:
        courier.hand_over(await tidy(services))
        await sweep(services, WALL.now())
    except (StorageError, EvidenceError) as error:
        logger.error("not tidied: %s", error)  # noqa: TRY400


async def _beat(services: Services) -> None:
    """Show that this program lives, and lead where nobody does."""
    led = services.presence.leads
    if await services.presence.look() and not led:
        logger.info("this program leads now")
