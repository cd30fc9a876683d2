"""When the bot does something by itself: one tick, and nothing about what it does."""

import asyncio
from functools import partial
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.courier import Courier
from handlers.housekeeping import sweep, tidy
from handlers.services import Services

TICK_SECONDS = 30
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
    scheduler.start()
    try:
        await asyncio.Event().wait()
    finally:
        scheduler.shutdown(wait=False)


async def _tick(services: Services, courier: Courier) -> None:
    courier.hand_over(await tidy(services))
    await sweep(services, WALL.now())
