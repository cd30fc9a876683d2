"""When the bot does something by itself: one tick, and nothing about what it does."""

import asyncio
from functools import partial
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.courier import Courier
from bot.looks import LOOKS, House, Sign, take_look
from handlers.housekeeping import sweep, tell_administrators, tidy, trouble
from handlers.services import Services

TICK_SECONDS = 30
LOOK_HOUR = 3  # at night, where the people are
NIGHTLY = ("Registro", "Estados", "Accesos", "Evidencia")
WALL = Clock(ZoneInfo("UTC"))  # files carry the real time, whatever day is pinned


async def keep_house(services: Services, courier: Courier) -> None:
    """Tick until cancelled; a tick that takes long is never run beside itself."""
    scheduler = AsyncIOScheduler(timezone=services.clock.timezone)
    scheduler.add_job(
        partial(_tick, services, courier),
        "interval",
        seconds=TICK_SECONDS,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.add_job(
        partial(look, services, courier),
        "cron",
        hour=LOOK_HOUR,
        coalesce=True,
        misfire_grace_time=None,  # a busy second must not skip the night
    )
    scheduler.start()
    try:
        await asyncio.Event().wait()
    finally:
        scheduler.shutdown(wait=False)


async def look(services: Services, courier: Courier) -> None:
    """Look at the record and the files each night, and tell the administrators what is wrong."""
    house = House(services.database, services.evidence, is_current=True)
    found = [await take_look(name, partial(LOOKS[name], house)) for name in NIGHTLY]
    wrong = [f"{each.subject}: {each.what}" for each in found if each.sign is Sign.WRONG]
    if wrong:
        async with services.database.write() as session:
            rows = await tell_administrators(services, session, trouble(wrong))
        courier.hand_over(rows)


async def _tick(services: Services, courier: Courier) -> None:
    courier.hand_over(await tidy(services))
    await sweep(services, WALL.now())
