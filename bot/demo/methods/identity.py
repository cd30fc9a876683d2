"""Methods about the bot itself: who it is, its menu and its descriptions."""

import re

from bot.demo.methods.side import BotSide
from bot.demo.params import Params
from bot.demo.refusals import Json, bad_request

MOST_COMMANDS = 100
COMMAND_CHARS, DESCRIPTION_CHARS = 32, 256


async def get_me(side: BotSide, _params: Params) -> Json:
    """Who the bot is."""
    return side.world.bot


async def set_my_commands(side: BotSide, params: Params) -> bool:
    """Set the menu of a scope."""
    given = params.sequence("commands", "BotCommand", "commands JSON object")
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_checked(each) for each in given]
    side.world.commands[_scope(params)] = commands
    side.world.tell("commands", {"commands": commands})
    return True


def _checked(command: object) -> Json:
    """Take one command; refuse a wrong one."""
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).strip().removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > COMMAND_CHARS:
        raise bad_request(f"command length must not exceed {COMMAND_CHARS}")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > DESCRIPTION_CHARS:
        raise bad_request(f"command description length must not exceed {DESCRIPTION_CHARS}")
    return {"command": name, "description": description}


async def get_my_commands(side: BotSide, params: Params) -> list[Json]:
    """The menu of a scope."""
    return side.world.commands.get(_scope(params), [])


async def delete_my_commands(side: BotSide, params: Params) -> bool:
    """Take the menu of a scope away."""
    side.world.commands.pop(_scope(params), None)
    side.world.tell("commands", {"commands": []})
    return True


def _scope(params: Params) -> str:
    """Name a scope: its kind, chat and person, and the language."""
    scope = params.mapping("scope", "BotCommandScope", "BotCommandScope")
    parts = (scope.get("type", "default"), scope.get("chat_id"), scope.get("user_id"))
    named = ":".join(str(part) for part in parts if part is not None)
    return f"{named} {params.text('language_code')}".strip()


async def set_my_description(side: BotSide, params: Params) -> bool:
    """Set what an empty chat shows."""
    side.world.about["description"] = params.text("description")
    return True


async def set_my_short_description(side: BotSide, params: Params) -> bool:
    """Set what the bot's profile shows."""
    side.world.about["short_description"] = params.text("short_description")
    return True
