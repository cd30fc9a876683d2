"""Methods by which updates reach the bot: polling, or a webhook."""

import re

from bot.demo.methods.side import BotSide
from bot.demo.params import Params
from bot.demo.refusals import Json, bad_request
from bot.demo.updates import Webhook

SECRET_CHARS = 256


async def get_updates(side: BotSide, params: Params) -> list[Json]:
    """Wait for updates; what lies before `offset` is acknowledged."""
    updates = side.world.updates
    updates.allow(_kinds(params))
    return await updates.poll(
        params.whole("offset"), params.whole("limit", default=100), params.whole("timeout")
    )


async def set_webhook(side: BotSide, params: Params) -> bool:
    """Push updates to an address; an empty one ends that."""
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return await delete_webhook(side, params)
    if "://" not in url:
        url = f"https://{url}"
    if not re.fullmatch(r"https?://[\w.:@\[\]-]+(/\S*)?", url):
        raise bad_request("invalid webhook URL specified")
    if len(secret) > SECRET_CHARS:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[\w-]*", secret, re.ASCII):
        raise bad_request("secret token contains unallowed characters")
    if params.flag("drop_pending_updates"):
        side.world.updates.waiting.clear()
    side.world.updates.allow(_kinds(params))
    side.world.updates.webhook = Webhook(
        url, secret, params.whole("max_connections", default=40) or 40
    )
    side.world.updates.wake()
    return True


async def delete_webhook(side: BotSide, params: Params) -> bool:
    """Go back to polling."""
    side.world.updates.webhook = None
    if params.flag("drop_pending_updates"):
        side.world.updates.waiting.clear()
    side.world.updates.wake()
    return True


async def get_webhook_info(side: BotSide, _params: Params) -> Json:
    """Where updates go, and how the last push ended."""
    updates = side.world.updates
    webhook = updates.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.waiting),
    }
    if webhook is not None:
        info["max_connections"] = webhook.max_connections
        if webhook.last_error_message is not None:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    if updates.allowed:
        info["allowed_updates"] = sorted(updates.allowed)
    return info


def _kinds(params: Params) -> list[str] | None:
    """The kinds of updates that are wanted; a list that cannot be read changes nothing."""
    kinds = params.values.get("allowed_updates")
    is_read = isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)
    return kinds if is_read else None
