"""Answer → Reply: the one entry of the views."""

from typing import assert_never

from handlers.question import ActFacts, Answer, Listing, Meaning, Plain, Standing
from handlers.views.meaning import render_act, render_meaning
from handlers.views.means import render_listing
from handlers.views.notices import render_plain
from handlers.views.reply import Reply
from handlers.views.summary import render_standing


def render(answer: Answer, areas: dict[str, str], question_id: int | None = None) -> Reply:
    """Word an answer.

    Args:
        answer: what was found.
        areas: the names of the areas by key.
        question_id: the kept question that the buttons refer to; None gives no buttons.
    """
    match answer:
        case Listing():
            return render_listing(answer, question_id, areas)
        case Standing():
            return render_standing(answer, question_id, areas)
        case Meaning():
            return render_meaning(answer)
        case ActFacts():
            return render_act(answer)
        case Plain():
            return render_plain(answer, question_id)
        case _:
            assert_never(answer)
