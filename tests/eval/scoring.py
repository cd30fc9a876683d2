"""Right, wrong, and wrong with confidence: how answers to the example questions are judged."""

from dataclasses import dataclass
from typing import Any

INTENT_ONLY = {"unknown", "help", "subscribe", "unsubscribe", "define", "summary"}
LISTING = {"list", "detail", "count"}


@dataclass(frozen=True, slots=True)
class Verdict:
    is_right: bool
    is_confidently_wrong: bool  # shows means which are not the ones asked for
    is_wrong_mark: bool


def judge(case: dict[str, Any], answer: dict[str, Any]) -> Verdict:
    """Intent and means must both be right; where the intent names none, the intent alone."""
    has_intent = answer["intent"] in {case["intent"], *case.get("intent_alt", [])}
    shown = None if answer["means"] is None else set(answer["means"])
    if case["intent"] in INTENT_ONLY:
        wanted, is_right = None, has_intent
    else:
        wanted = set(case["means"])
        is_right = has_intent and shown == wanted
    is_wrong = bool(shown) and shown != wanted
    return Verdict(
        is_right,
        answer["intent"] in LISTING and is_wrong,
        answer["intent"] == "mark" and bool(shown) and (case["intent"] != "mark" or is_wrong),
    )
