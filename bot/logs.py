"""Log lines on standard error, without secrets."""

import logging
import re
import sys
from typing import TextIO

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
SECRETS = (
    (re.compile(r"bot\d+:[\w-]+", re.ASCII), "bot…"),  # in the path of every request
    (re.compile(r"\b\d{5,}:[\w-]{20,}", re.ASCII), "…"),  # a token by itself
    (re.compile(r"\bi_[\w-]{20,}", re.ASCII), "i_…"),  # an invitation
    (re.compile(r"(://[^\s:/@]*):[^\s@/]+@"), r"\1:…@"),  # the password of a database
)
TALKATIVE = (
    "httpx",  # whole addresses, token included, at INFO
    "httpcore",
    "alembic.runtime.plugins",
)


def redact(text: str) -> str:
    """Put «…» where a secret stood."""
    for secret, left in SECRETS:
        text = secret.sub(left, text)
    return text


class Redaction(logging.Filter):
    """Takes secrets out of a record before its handler writes it: message, traceback, stack."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; nothing is dropped."""
        record.msg = redact(_message(record))
        record.args = None
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_info = None  # so that no formatter writes it again in full
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True


def _message(record: logging.LogRecord) -> str:
    """Give the whole message; one whose arguments do not fit is still written."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args!r}"


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log line to `stream` (standard error), in place of what was configured before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for each in root.handlers:
        each.addFilter(Redaction())
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
