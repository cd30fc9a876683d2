"""Updates pushed to the address that the bot set, again and again until it takes them."""

from functools import partial

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout

from bot.demo.updates import Updates, Webhook
from bot.demo.world import Clock

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header
PUSH_SECONDS = 60.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2.0, 60.0
TAKEN = range(200, 300)


async def push(updates: Updates, session: ClientSession, clock: Clock) -> None:
    """Push each update in order; one that is not taken is pushed again before the next."""
    failures = 0
    while True:
        await updates.until(lambda: updates.webhook is not None and bool(updates.waiting))
        webhook, update = updates.webhook, updates.waiting[0]
        if webhook is None:
            continue
        trouble = await _deliver(webhook, update, session)
        if trouble is None:
            failures = 0
            if updates.waiting and updates.waiting[0] is update:
                updates.waiting.pop(0)
                updates.wake()
            continue
        webhook.last_error_date = int(clock.now().timestamp())
        webhook.last_error_message = trouble
        failures += 1
        if failures > 1:  # the first time it is tried again at once
            seconds = min(FIRST_PAUSE_SECONDS ** (failures - 1), LONGEST_PAUSE_SECONDS)
            await updates.until(partial(_is_other, updates, webhook), seconds)


async def _deliver(webhook: Webhook, update: object, session: ClientSession) -> str | None:
    """Push one update; give what was wrong, in Telegram's words."""
    headers = {SECRET: webhook.secret_token} if webhook.secret_token else {}
    try:
        async with session.post(
            webhook.url,
            json=update,
            headers=headers,
            allow_redirects=False,
            timeout=ClientTimeout(PUSH_SECONDS),
        ) as response:
            if response.status in TAKEN:
                return None
            return f"Wrong response from the webhook: {response.status} {response.reason}"
    except TimeoutError:
        return "Read timeout expired"
    except ClientConnectorError:
        return "Connection refused"
    except (ClientError, OSError, ValueError):
        return "Connection closed"


def _is_other(updates: Updates, webhook: Webhook) -> bool:
    """Tell whether another webhook was set meanwhile, or none."""
    return updates.webhook is not webhook
