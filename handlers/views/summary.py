"""How the matrix stands, as a whole and by unit or area."""

from collections.abc import Callable

from markupsafe import Markup, escape

from handlers.question import Grouping, Ranking, Standing
from handlers.views.reply import Button, Reply
from handlers.views.understood import described
from handlers.views.words import bar
from storage.records import MeansFilter, Tally


def render_standing(standing: Standing, question_id: int | None, areas: dict[str, str]) -> Reply:
    """A bar for the whole and one for each group; the one asked for comes first."""
    question = standing.question
    about = "" if question.wanted == MeansFilter() else f" · {described(question.wanted, areas)}"
    blocks = [Markup("📊 <b>Avance</b>{}").format(escape(about)), _line("Total", standing.whole)]
    groups = sorted(standing.groups, key=_rank(question.ranking))
    if question.ranking is not None and groups:
        blocks.insert(1, _answer(question.ranking, groups))
    blocks += [_line(_name(group), group) for group in groups]
    buttons = []
    if question_id is not None:
        if question.grouping is not Grouping.UNITS:
            buttons.append(Button("Por unidad", f"u:{question_id}"))
        if question.grouping is not Grouping.AREAS:
            buttons.append(Button("Por área", f"a:{question_id}"))
        if standing.whole.overdue:
            buttons.append(Button("Ver vencidos", f"v:{question_id}"))
    return Reply(tuple(str(block) for block in blocks), (tuple(buttons),) if buttons else ())


def _answer(ranking: Ranking, groups: list[Tally]) -> Markup:
    """Name those on top; several where they tie, and none where nothing tells them apart."""
    if ranking is Ranking.BEHIND:
        most = groups[0].overdue
        named = [one.key for one in groups if one.overdue == most]
        if not most:
            return Markup("Ninguna tiene medios vencidos.")
        return Markup("Más atrasada: <b>{}</b> ({} vencidos).").format(", ".join(named), most)
    best = _share(groups[0])
    if not groups[0].submitted:
        return Markup("Ninguna ha presentado medios todavía.")
    named = [one.key for one in groups if _share(one) == best]
    return Markup("Más adelantada: <b>{}</b> ({} % presentado).").format(
        ", ".join(named), round(100 * best)
    )


def _rank(ranking: Ranking | None) -> Callable[[Tally], tuple[float, float, str]]:
    """The order of the groups; without a ranking, as they come."""

    def key(one: Tally) -> tuple[float, float, str]:
        if ranking is Ranking.BEHIND:
            return -one.overdue, _share(one), one.key
        if ranking is Ranking.AHEAD:
            return -_share(one), -one.submitted, one.key
        return 0, 0, ""

    return key


def _share(tally: Tally) -> float:
    return tally.submitted / tally.total if tally.total else 0.0


def _name(tally: Tally) -> str:
    return tally.key if tally.key.isupper() else tally.name


def _line(name: str, tally: Tally) -> Markup:
    late = f" · 🔴 {tally.overdue} vencidos" if tally.overdue else ""
    open_ones = f" · ⚪ {tally.upcoming} por vencer" if tally.upcoming else ""
    return Markup("{} <b>{}</b>: {} de {} presentados{}{}").format(
        bar(_share(tally)), name, tally.submitted, tally.total, late, open_ones
    )
