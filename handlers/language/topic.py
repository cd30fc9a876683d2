"""What is left of a question: words of the act's texts, and words that nothing explains."""

from dataclasses import dataclass

from handlers.language.everyday import everyday_doings, everyday_keys
from handlers.language.joining import PASSED_OVER, SHORTEST, Topical, is_phrase, join_words
from handlers.language.names import phrase_at
from handlers.language.sentence import Claim, Part, Sentence
from handlers.language.spelling import MISSPELT, RIGHT, Speller, differ, is_verb, spelt
from handlers.language.tags import Tag
from handlers.language.verbs import Form
from handlers.language.vocabulary import Named, Vocabulary
from handlers.language.word_tables import SUMMARISING
from handlers.language.words import is_only_verb
from handlers.question import Correction
from storage.records import TopicWord
from storage.text import word_key

REPORTING = frozenset("consolidado ejecutivo cuadro situacional".split())
RELATED = frozenset({"lo", "los", "las", "el", "la"})  # «lo que…» asks nothing
OWNERS = frozenset("mi mis tu tus su sus un una".split())
# «medio de transporte», «medio ambiente», «medio tiempo»: no means of verification
OTHER_MEDIA = frozenset(
    "ambiente ambiental transporte comunicacion prensa pago vida tiempo camino hermano dia kilo".split()
)
SERVING = ("atien", "atenc", "abre", "abri", "cierr", "labora")
LYING = ("queda", "esta", "ubic", "atien", "tramit", "pag", "saco", "saca")
TOWN_HALLS = frozenset("municipalidad municipalidades municipio muni alcaldia".split())
AMOUNTS = frozenset(
    "mucho mucha tanto tanta tantos tantas muchas muchos mas ningun ninguna".split()
)
CLAUSE_STARTS = frozenset("lo los las el la y pero nomas".split())
IN_ONE = frozenset("solo sola mismo misma unico unica".split())
CARRIERS = frozenset(  # what an answer may be told in
    "lista listado relacion tabla cuadro mensaje respuesta hoja pagina bloque tanda envio texto correo archivo "
    "documento reporte vez pantalla".split()
)
MINE = frozenset({"mi", "mis", "tu", "tus"})


@dataclass(frozen=True, slots=True)
class Leftover:
    """The topic, and the words that speak of something else or that nobody knows, as typed."""

    topic: tuple[TopicWord, ...]
    is_deep: bool  # a topic word stands only in the recommendations
    is_phrase: bool  # two topic words stand together
    is_vague: bool  # one topic word, which names many other things as well: «local», «madre»
    unknown: tuple[str, ...]
    foreign: tuple[str, ...]  # words of everyday life, and unknown things that are «mine»


def read_topic(sentence: Sentence, speller: Speller) -> Leftover:
    """Claim the topic words of a sentence in which everything else is claimed already."""
    vocabulary = speller.vocabulary
    _set_manner_aside(sentence, vocabulary)
    _set_form_aside(sentence)
    topical = _term_topics(sentence, vocabulary)
    claimed = {at for first, (last, _) in topical.items() for at in range(first, last + 1)}
    deep = False
    unknown: list[int] = []
    foreign = _forget_verbs_that_are_none(sentence)
    numbers = {
        at for numeral in sentence.numerals for at in range(numeral.first, numeral.last + 1)
    }
    passed = numbers | claimed | set(foreign)
    for at in sentence.free():
        if at in passed or not sentence.is_word(at) or _heads_summary(sentence, at):
            continue
        if sentence.tags(at):
            if _is_of_everyday_life(sentence, at, vocabulary):
                foreign.append(at)
            continue
        word = sentence.word(at)
        key = word_key(word)
        keys = vocabulary.topic_keys(word) if len(word) >= SHORTEST else ()
        owned = _is_mine(sentence, at) and (key in everyday_keys() or keys[:1] != (key,))
        if keys and not owned:
            topical[at] = (at, TopicWord(sentence.tokens[at].text, keys, has_own=keys[0] == key))
        elif key in vocabulary.deep_keys:
            topical[at] = (at, TopicWord(sentence.tokens[at].text, (key,)))
            deep = True
        elif key in everyday_keys() or _is_mine(sentence, at) or _asks_of_a_doing(sentence, at):
            foreign.append(at)
        elif not vocabulary.is_term(word):
            unknown.append(at)
    join_words(sentence, topical, vocabulary)
    for first, (last, topic_word) in sorted(topical.items()):
        sentence.claim(Claim(Part.TOPIC, first, last, topic_word))
    return Leftover(
        tuple(topic_word for _, (_, topic_word) in sorted(topical.items())),
        deep,
        is_phrase(sentence, topical),
        len(topical) == 1 and _is_vague(sentence, next(iter(topical))),
        tuple(sentence.tokens[at].text for at in unknown),
        tuple(sentence.tokens[at].text for at in foreign),
    )


def _set_manner_aside(sentence: Sentence, vocabulary: Vocabulary) -> None:
    """«sin mucho rollo, lo de junio»: how it is to be told; «sin UTAI», «sin sustento» are not."""
    for at in list(sentence.places(Tag.WITHOUT)):
        noun = at + 1
        while sentence.word(noun) in AMOUNTS:
            noun += 1
        if not sentence.is_word(noun) or not sentence.is_free(noun):
            continue
        if sentence.tags(noun) and noun == at + 1:
            continue
        word, behind = sentence.word(noun), sentence.word(noun + 1)
        if vocabulary.topic_keys(word) or vocabulary.is_term(word):
            continue
        ends = not sentence.is_word(noun + 1) or behind in CLAUSE_STARTS
        if ends or sentence.tags(noun + 1) & {Tag.ASK, Tag.WANT, Tag.SHOW}:
            sentence.aside.update(range(at, noun + 1))


def _set_form_aside(sentence: Sentence) -> None:
    """«mayo y junio en una sola lista», «… en un solo mensaje»: how it is to be told."""
    for at in range(len(sentence) - 3):
        if not sentence.is_free(at, at + 3) or sentence.word(at) != "en":
            continue
        one = sentence.word(at + 1) in {"un", "una"} and sentence.word(at + 2) in IN_ONE
        if one and sentence.word(at + 3) in CARRIERS:
            sentence.aside.update(range(at, at + 4))


def _is_of_everyday_life(sentence: Sentence, at: int, vocabulary: Vocabulary) -> bool:
    """A word of the lexicon that speaks of something else here."""
    if _is_a_promise(sentence, at) or _asks_the_hour(sentence, at):
        return True
    if _asks_of_a_service(sentence, at):
        return True
    if _is_another_medium(sentence, at) or _is_an_advice(sentence, at):
        return True
    if sentence.word(at) in {"ano", "anos"} and sentence.word(at - 1).startswith("cumpl"):
        return True  # «cumplo años»
    if sentence.word(at) in everyday_doings() and _is_asked_for(sentence, at):
        return True
    if sentence.word(at) == "juntos" and sentence.before(at) in {"programa", "de"}:
        return True  # «el programa Juntos»
    if sentence.word(at - 1) == "sin":
        return False  # «sin vueltas»
    key = word_key(sentence.word(at))
    return key in everyday_keys() and key not in vocabulary.near_keys


def _asks_of_a_doing(sentence: Sentence, at: int) -> bool:
    """«¿y qué cenamos en julio?»: a verb nobody knows is what is asked."""
    return _is_asked_for(sentence, at) and is_verb(sentence.word(at))


def _is_asked_for(sentence: Sentence, at: int) -> bool:
    """It stands behind a question word that opens the question: «y qué…», «¿dónde nos…»."""
    place = at - 1
    while sentence.word(place) in {"me", "nos", "se", "te", "le", "les"}:
        place -= 1
    opens = all(
        not sentence.is_word(before) or sentence.tags(before) & {Tag.GREETING, Tag.FILLER}
        for before in range(place)
    )
    return opens and Tag.ASK in sentence.tags(place) and sentence.word(place - 1) not in RELATED


def _term_topics(sentence: Sentence, vocabulary: Vocabulary) -> Topical:
    """Acronyms of the texts («TDR», «at»), also where they are spelt out («términos de referencia»)."""
    found: Topical = {}
    at = 0
    while at < len(sentence):
        phrase = phrase_at(sentence, at, vocabulary, Named.TERM)
        if phrase is None:
            at += 1
            continue
        term, last = phrase
        words = [word for place in range(at, last + 1) if len(word := sentence.word(place)) > 2]  # noqa: PLR2004 - «de», «a»
        spelt = last > at and all(word_key(word) in vocabulary.near_keys for word in words)
        key = word_key(term.casefold())
        untagged = last > at or not sentence.tags(at)
        if (
            key in vocabulary.near_keys
            and not spelt
            and untagged
            and key not in vocabulary.unit_words
        ):
            found[at] = (last, TopicWord(sentence.text(at, last), (key,)))
        at = last + 1
    return found


def _forget_verbs_that_are_none(sentence: Sentence) -> list[int]:
    found = [at for at in sentence.free() if _is_a_noun_here(sentence, at)]
    for at in found:
        sentence.forget(at)
    return found


def _is_a_noun_here(sentence: Sentence, at: int) -> bool:
    """«mi cumple es en mayo», «el cumple de la jefa»: a verb of the lexicon that is none here."""
    if not is_only_verb(sentence.word(at)) or Form.PRESENT not in sentence.forms(at):
        return False
    if sentence.word(at).endswith("o"):
        return False  # «mi registro», «el envío de…» are nouns of ours
    before = sentence.word(at - 1)
    is_owned = before in OWNERS or (before == "el" and sentence.word(at + 1) in {"de", "del"})
    return is_owned and not sentence.claim_at(at - 1)


def _is_a_promise(sentence: Sentence, at: int) -> bool:
    """«mi compromiso es en diciembre»: the person's own, where no number follows."""
    owns = sentence.word(at - 1) in {"mi", "tu", "su"}
    numbered = any(
        sentence.claim_at(at + step) is None and sentence.word(at + step).isdigit()
        for step in (1, 2)
    )
    return owns and sentence.word(at) == "compromiso" and not numbered


def _is_another_medium(sentence: Sentence, at: int) -> bool:
    """«el medio ambiente», «un medio de transporte»."""
    if sentence.word(at) not in {"medio", "medios"}:
        return False
    is_of = sentence.word(at + 1) in {"de", "d"}
    return sentence.word(at + 1 + is_of) in OTHER_MEDIA


def _is_an_advice(sentence: Sentence, at: int) -> bool:
    """«necesito una recomendación laboral»; those of the matrix have numbers."""
    return sentence.word(at) == "recomendacion" and sentence.word(at - 1) in {"una", "alguna"}


def _asks_of_a_service(sentence: Sentence, at: int) -> bool:
    """«¿qué horario atiende…?», «el horario de atención», «el teléfono de la…»: of an office."""
    word, before = sentence.word(at), sentence.before(at)
    if word in {"horario", "horarios"}:
        serves = any(one.fold.startswith(SERVING) for one in sentence.tokens)
        asked = {before, sentence.before(at, 3) if sentence.before(at, 2) == "es" else ""}
        return serves or not asked.isdisjoint({"que", "cual", "cuales"})
    if word in {"telefono", "telefonos"} and sentence.word(at + 1) in {"de", "del"}:
        return sentence.claim_at(at + 2) is None and sentence.word(at + 2) != "contacto"
    found = word in {"direccion", "ubicacion", "atiende", "atienden", "atencion"} or (
        word == "donde" and sentence.word(at + 1).startswith(LYING)
    )
    return found and any(sentence.word(at + step) in TOWN_HALLS for step in range(1, 5))


def _asks_the_hour(sentence: Sentence, at: int) -> bool:
    """«a qué hora»: no commitment has one."""
    if any(token.fold == "reunion" for token in sentence.tokens):
        return False
    return sentence.word(at) in {"hora", "horas"} and sentence.before(at) in {"que", "cuantas"}


def _is_mine(sentence: Sentence, at: int) -> bool:
    return sentence.word(at - 1) in MINE


def _is_vague(sentence: Sentence, at: int) -> bool:
    bound = sentence.word(at - 1) in PASSED_OVER and "lo" in {
        sentence.before(at, 2),
        sentence.before(at, 3),
    }
    return word_key(sentence.word(at)) in everyday_keys() and not bound


def _heads_summary(sentence: Sentence, at: int) -> bool:
    """«el consolidado de avance», «reporte ejecutivo del avance»."""
    if sentence.word(at) not in REPORTING:
        return False
    place = at + 1
    while sentence.word(place) in {"de", "del", "la", "los"}:
        place += 1
    sums_up = sentence.word(place) in SUMMARISING or Tag.STATE in sentence.tags(place)
    return place > at + 1 and sums_up


def correct_words(sentence: Sentence, speller: Speller) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Replace mistyped words; give the places where two readings are equally near."""
    open_places = []
    vocabulary = speller.vocabulary
    for at in list(sentence.free()):
        word = sentence.word(at)
        if not sentence.is_word(at) or sentence.tags(at):
            continue
        counts = sentence.tags(at - 1) & {Tag.COMMITMENT, Tag.RECOMMENDATION, Tag.MEANS}
        guess = speller.number(word) if counts and word not in RIGHT else None
        known = vocabulary.has(word) and not MISSPELT.search(word)
        if guess is None and (known or word_key(word) in everyday_keys()):
            continue
        guess = guess or speller.guess(word)
        if guess is None:
            continue
        if differ(guess.words):
            open_places.append((at, guess.words))
            continue
        meant = guess.words[0]
        typed = sentence.tokens[at].text
        sentence.replace(at, meant)
        shown = vocabulary.unit_words.get(meant) or spelt(meant)
        sentence.corrections.append(Correction(typed, shown))
    return tuple(open_places)
