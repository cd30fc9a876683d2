"""What the Bot API answers instead of a result, in its own words."""

from typing import Any

Json = dict[str, Any]

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
QUERY_GONE = "query is too old and response timeout expired or query ID is invalid"


class RefusedError(Exception):
    """A call that is refused; `parameters` tell the client what it can do about it."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters or {}


def bad_request(reason: str) -> RefusedError:
    """Refuse a call that is wrong in itself."""
    return RefusedError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> RefusedError:
    """Refuse a call that the other side does not want."""
    return RefusedError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> RefusedError:
    """Refuse one of two ways of taking updates at the same time."""
    return RefusedError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> RefusedError:
    """Refuse a call that comes too soon."""
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def upgraded(new_id: int) -> RefusedError:
    """Refuse a call to a group that lives on under another id."""
    return RefusedError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_id},
    )
