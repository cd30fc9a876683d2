"""The words of an act as the language layer needs them, without a database."""

from collections import Counter
from functools import cache

from handlers.language.spelling import Speller
from handlers.language.vocabulary import build_vocabulary
from seed.act import bundled_acts, read_act
from storage.load import every_commitment, every_means, near_keys
from storage.records import ActContents, Level, MatrixWords
from storage.text import word_keys


def words_of(act: ActContents) -> MatrixWords:
    """What `storage.acts.matrix_words` says where only this act is loaded."""
    commitments = [commitment for _, commitment in every_commitment(act)]
    near = (key for one in commitments for means in one.means for key in near_keys(one, means))
    deep = (key for one in act.recommendations for key in set(word_keys(one.text.text)))
    return MatrixWords(
        acts=(act.record.number,),
        units=tuple(sorted(act.units, key=lambda unit: unit.code)),
        areas=act.record.areas,
        terms=act.terms,
        due_months=frozenset((one.due_on.year, one.due_on.month) for one in every_means(act)),
        near_keys=Counter(near),
        deep_keys=Counter(deep),
        levels={
            Level.MEANS: frozenset(one.code for one in every_means(act)),
            Level.COMMITMENT: frozenset(one.number for one in commitments),
            Level.RECOMMENDATION: frozenset(one.number for one in act.recommendations),
        },
    )


@cache
def signed_words() -> MatrixWords:
    """The words of the signed act."""
    [path] = bundled_acts()
    return words_of(read_act(path))


@cache
def signed_speller() -> Speller:
    """The speller over the signed act."""
    return Speller(build_vocabulary(signed_words()))
