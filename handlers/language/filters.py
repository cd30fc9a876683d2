"""From the claims of a sentence to the filter they make together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.language.vocabulary import Vocabulary
from storage.records import DateRange, MeansFilter, Ref, StatusFilter, TopicWord

DENIAL_REACH = 5  # words between «sin» and «compartidos»
ALONE = frozenset("sola solo solita solito exclusivamente unicamente".split())
PAIR = 2
ALTERNATIVES = (Part.UNIT, Part.DATE, Part.AREA, Part.STATUS)
SEVERAL = frozenset({"dos", "2", "varias", "varios", "multiples"})
OFFICES = frozenset({"oficina", "oficinas", "dependencias"})
ONE = frozenset({"un", "una", "1"})


def wanted_of(
    sentence: Sentence, groups: list[list[Claim]], vocabulary: Vocabulary, *, with_status: bool
) -> MeansFilter:
    """What a sentence asks for, without the `groups` of claims that it leaves out."""
    kept = [claim for claim in sentence.claims if not any(claim in group for group in groups)]
    wanted = (
        _paired(sentence, kept)
        or _either_of(sentence, kept)
        or filter_of(kept, with_status=with_status)
    )
    without = tuple(
        one
        for group in groups
        if not _is_put_right(sentence, group) and (one := filter_of(group)) != MeansFilter()
    )
    wanted = replace(wanted, without=without)
    return _shared(sentence, wanted, vocabulary)


def _is_put_right(sentence: Sentence, group: list[Claim]) -> bool:
    """«UTI, no UTAI», «no UTAI, UTI»: one is said instead of the other."""
    claim = group[0]
    if claim.part is not Part.UNIT or sentence.word(claim.first - 1) != "no":
        return False
    comma = sentence.word(claim.first - 2) == ","
    before = sentence.claim_at(claim.first - 3 if comma else claim.first - 2)
    behind = sentence.claim_at(claim.last + 2) if sentence.word(claim.last + 1) == "," else None
    return any(one is not None and one.part is Part.UNIT for one in (before, behind))


def _paired(sentence: Sentence, claims: Sequence[Claim]) -> MeansFilter | None:
    """«UTAI en mayo y UPPM en junio»: each unit with its own days."""
    told = [claim for claim in claims if claim.part in {Part.UNIT, Part.DATE}]
    if len(told) != len(claims) or len(told) < 2 * PAIR or len(told) % PAIR:
        return None
    pairs = [told[at : at + PAIR] for at in range(0, len(told), PAIR)]
    kinds = {tuple(claim.part for claim in pair) for pair in pairs}
    if kinds not in ({(Part.UNIT, Part.DATE)}, {(Part.DATE, Part.UNIT)}):
        return None
    joined = all(
        {sentence.word(at) for at in range(left[-1].last + 1, right[0].first)} & {"y", "e", ","}
        for left, right in pairwise(pairs)
    )
    return MeansFilter(either=tuple(filter_of(pair) for pair in pairs)) if joined else None


def _either_of(sentence: Sentence, claims: Sequence[Claim]) -> MeansFilter | None:
    """«los de junio o los de la UC»: two things of different kinds, one of which is enough."""
    if len(claims) != PAIR or claims[0].part is claims[1].part:
        return None
    if any(claim.part not in ALTERNATIVES for claim in claims):
        return None
    between = range(claims[0].last + 1, claims[1].first)
    if not {sentence.word(at) for at in between} & {"o", "u"}:
        return None
    return MeansFilter(either=tuple(filter_of([claim]) for claim in claims))


def leaves_choice_unread(sentence: Sentence, wanted: MeansFilter) -> bool:
    """«los pendientes de junio o los de la UC»: what belongs to which side is not certain."""
    if wanted.either:
        return False
    named = [claim for claim in sentence.claims if claim.part in ALTERNATIVES]
    return any(
        sentence.word(at) in {"o", "u"} and sentence.word(at + 1) in {"los", "las", "lo"}
        for left, right in pairwise(named)
        if left.part is not right.part and right.part is not Part.STATUS
        for at in range(left.last + 1, right.first)
    )


def speaks_of_shares(sentence: Sentence) -> bool:
    """How many units a means has is asked for, whichever they are."""
    return bool(_sharing(sentence)) or _counts_units(sentence)


def _sharing(sentence: Sentence) -> list[int]:
    """Where sharing is spoken of; «compárteme los medios» asks the bot to show them."""
    return [
        at
        for at in sentence.places(Tag.SHARED)
        if Form.CLITIC not in sentence.entries[at].forms
        and sentence.before(at) not in {"me", "nos"}
        and not (Form.COMMAND in sentence.entries[at].forms and _opens_request(sentence, at))
    ]


def filter_of(claims: Iterable[Claim], *, with_status: bool = True) -> MeansFilter:
    """The filter that several claims make together."""
    units: list[str] = []
    areas: list[str] = []
    acts: list[str] = []
    due: list[DateRange] = []
    topic: list[TopicWord] = []
    refs: list[Ref] = []
    status: StatusFilter | None = None
    for claim in claims:
        match claim.part, claim.value:
            case Part.UNIT, str(code):
                units.append(code)
            case Part.ACT, str(act):
                acts.append(act)
            case Part.AREA, tuple(keys):
                areas += keys
            case Part.DATE, tuple(ranges):
                due += ranges
            case Part.REF, tuple(found):
                refs += found
            case Part.TOPIC, TopicWord() as word:
                topic.append(word)
            case Part.STATUS, StatusFilter() as found_status:
                status = _sharper(status, found_status)
            case _:
                pass  # terms and places narrow nothing
    return MeansFilter(
        acts=tuple(dict.fromkeys(acts)),
        refs=tuple(dict.fromkeys(refs)),
        areas=tuple(dict.fromkeys(areas)),
        units=tuple(dict.fromkeys(units)),
        due=tuple(dict.fromkeys(due)),
        status=status if with_status else None,
        topic=tuple(dict.fromkeys(topic)),
    )


def _sharper(first: StatusFilter | None, second: StatusFilter) -> StatusFilter:
    """«los que faltan y ya se vencieron» are the overdue ones; so with those still in time."""
    if first is None or first is StatusFilter.PENDING:
        return second
    return first if second is StatusFilter.PENDING else second


def _shared(sentence: Sentence, wanted: MeansFilter, vocabulary: Vocabulary) -> MeansFilter:
    """«comparten UTAI y UTI», «UTAI con otra unidad», «exclusivos de UTAI», «dos responsables»."""
    with_others = MeansFilter(units=_others(vocabulary, *wanted.units))
    if _denies_sharing(sentence):
        return _without_shared(sentence, wanted, vocabulary)
    if len(wanted.units) > 1:
        together = bool(_sharing(sentence)) or (
            sentence.has(Tag.TOGETHER) and not _lists(sentence)
        )
        return replace(wanted, together=together)
    if wanted.units:
        if _is_exclusive(sentence):
            return replace(wanted, without=(*wanted.without, with_others))
        if _sharing(sentence) or _with_other(sentence):
            return replace(wanted, either=(with_others,))
        return wanted
    if speaks_of_shares(sentence):
        return replace(wanted, either=_of_several_units(vocabulary))
    return wanted


def _denies_sharing(sentence: Sentence) -> bool:
    """«sin los compartidos», «los que no comparte con nadie»."""
    return any(
        Tag.EXCEPT in sentence.tags(at - step)
        or Tag.WITHOUT in sentence.tags(at - step)
        or sentence.word(at - step) == "no"
        for at in _sharing(sentence)
        for step in range(1, DENIAL_REACH + 1)
        if at >= step
    )


def _without_shared(
    sentence: Sentence, wanted: MeansFilter, vocabulary: Vocabulary
) -> MeansFilter:
    """Without what is shared: by anybody, or by the unit named behind, «… con la UTI»."""
    shared_at = _sharing(sentence)[0]
    named = [
        str(one.value)
        for one in sentence.of_part(Part.UNIT)
        if any(sentence.word(at) == "con" for at in range(shared_at, one.first))
    ]
    stays = tuple(code for code in wanted.units if code not in named)
    kept = tuple(one for one in wanted.without if not (set(one.units) <= set(named) and one.units))
    if named:
        out: tuple[MeansFilter, ...] = tuple(
            MeansFilter(units=(code,), either=(MeansFilter(units=_others(vocabulary, code)),))
            for code in named
        )
    elif stays:
        out = (MeansFilter(units=_others(vocabulary, *stays)),)
    else:
        out = _of_several_units(vocabulary)
    return replace(wanted, units=stays, either=(), without=(*kept, *out))


def _others(vocabulary: Vocabulary, *codes: str) -> tuple[str, ...]:
    return tuple(sorted(vocabulary.units - set(codes)))


def _of_several_units(vocabulary: Vocabulary) -> tuple[MeansFilter, ...]:
    """A means with a unit and another one."""
    return tuple(
        MeansFilter(
            units=(unit,),
            either=(MeansFilter(units=_others(vocabulary, unit)),),
        )
        for unit in sorted(vocabulary.units)
    )


def _lists(sentence: Sentence) -> bool:
    """«rec 7 y rec 6 juntas», «UC y UTI juntos»: in one list, not of one means."""
    return not any(
        _does_together(sentence, at)
        or sentence.word(at) in {"comun", "simultaneamente", "vez", "conjuntamente"}
        or sentence.word(at).startswith("conjunt")
        for at in sentence.places(Tag.TOGETHER)
    )


def _does_together(sentence: Sentence, at: int) -> bool:
    """«trabajan juntas», «¿qué tienen juntas?»; «UC y UTI juntas» are one list."""
    return bool(sentence.entries[at - 1].forms & {Form.PRESENT, Form.PAST}) if at else False


def _is_exclusive(sentence: Sentence) -> bool:
    """«exclusivos de UTAI», «solo de UTAI», «únicamente UTAI»: no other unit beside it."""
    for claim in sentence.of_part(Part.UNIT):
        place = claim.first - 1
        while sentence.word(place) in {"de", "del", "la", "d", "a", "responsabilidad"}:
            place -= 1
        word = sentence.word(place)
        behind = [sentence.word(claim.last + step) for step in (1, 2, 3)]
        apart = behind[0] in {"sin", "y", ",", "ni"}
        if apart and {"nadie", "ninguna", "ninguno"} & set(behind):
            return True  # «solo de UTAI y de nadie más»
        if behind[0] == "sin" and {"otra", "otras", "otro", "otros"} & set(behind):
            return True
        if word.startswith("exclusiv") or sentence.word(claim.last + 1) in ALONE:
            return True
    return False


def _with_other(sentence: Sentence) -> bool:
    """«con otra unidad», «junto a otras», «con alguien más»."""
    return any(
        (token.fold in {"con", "junto", "juntamente"} or token.fold.startswith("acompan"))
        and {sentence.word(at + step) for step in (1, 2, 3)} & {"otra", "otras", "otro", "alguien"}
        for at, token in enumerate(sentence.tokens)
        if sentence.is_free(at)
    )


def _opens_request(sentence: Sentence, at: int) -> bool:
    """«comparta…», «por favor comparta…»."""
    return all(sentence.tags(place) <= {Tag.FILLER, Tag.GREETING, Tag.WANT} for place in range(at))


def bounds_units(sentence: Sentence) -> bool:
    """«más de dos unidades»: a number of units that no filter knows."""
    return any(
        _bounds([sentence.word(at - step) for step in (1, 2, 3)])
        for tag in (Tag.UNIT, Tag.WHO)
        for at in sentence.places(tag)
    )


def _bounds(before: list[str]) -> bool:
    return before[0] not in ONE and before[1:] in (["de", "mas"], ["de", "menos"])


def _counts_units(sentence: Sentence) -> bool:
    """«dos unidades», «más de una unidad», «varios responsables»."""
    for at in range(len(sentence)):
        if not sentence.tags(at) & {Tag.UNIT, Tag.WHO} and sentence.word(at) not in OFFICES:
            continue
        before = [sentence.word(at - step) for step in (1, 2, 3)]
        if _bounds(before):
            continue
        if before[0] in SEVERAL or (before[0] in ONE and before[1:] == ["de", "mas"]):
            return True
        if before[:2] == ["mas", "o"] and before[2] in SEVERAL:
            return True  # «dos o más unidades»
    return False
