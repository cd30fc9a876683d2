"""Methods about files that people sent, and about who is in a chat."""

from typing import Any

from bot.demo.files import DOWNLOAD_BYTES
from bot.demo.methods.side import BotSide
from bot.demo.params import Params
from bot.demo.refusals import Json, bad_request
from bot.demo.world import ADMINISTERS

RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
    "can_delete_stories"
).split()


async def get_file(side: BotSide, params: Params) -> Json:
    """Prepare a file for download."""
    if not params.text("file_id"):
        raise bad_request("file_id not specified")
    file = side.world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


async def get_chat(side: BotSide, params: Params) -> Json:
    """All about a chat."""
    gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
    return side.chat(params).info | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts.split(), False),
    }


async def get_chat_member(side: BotSide, params: Params) -> Json:
    """What somebody is in a chat."""
    user_id = params.whole("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    chat = side.chat(params)
    everyone = side.world.people | {side.world.bot_id: side.world.bot}
    if user_id not in everyone:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member(everyone[user_id], chat.members.get(user_id, "left"))


async def get_chat_administrators(side: BotSide, params: Params) -> list[Json]:
    """Who may change a group."""
    chat = side.chat(params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    everyone = side.world.people | {side.world.bot_id: side.world.bot}
    return [
        member(everyone[user_id], status)
        for user_id, status in chat.members.items()
        if status in ADMINISTERS
    ]


def member(user: Json, status: str) -> Json:
    """Somebody's place in a chat, as the Bot API writes it."""
    more: dict[str, Any] = {}
    if status == "administrator":
        more = dict.fromkeys(RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
    elif status == "creator":
        more = {"is_anonymous": False}
    elif status == "kicked":
        more = {"until_date": 0}
    return {"user": user, "status": status} | more


async def leave_chat(side: BotSide, params: Params) -> bool:
    """Leave a group."""
    chat = side.chat(params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.members[side.world.bot_id] = "left"
    side.world.store(chat, side.world.bot, {"left_chat_member": side.world.bot})
    return True
