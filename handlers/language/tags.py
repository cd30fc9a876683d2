"""What a word of the lexicon can say in a question."""

from enum import Enum, auto


class Tag(Enum):
    """The part a word plays; one word may carry several."""

    FILLER = auto()  # carries nothing: articles, courtesies, slang, empty verbs
    THING = auto()  # names what the matrix holds: «entregable»
    VAGUE_THING = auto()  # names it only where nothing else does: «actividad»
    KIND = auto()  # a kind of thing: «informes» are some of the means, «documentos» are all
    MEANS = auto()
    COMMITMENT = auto()
    RECOMMENDATION = auto()
    AREA = auto()
    UNIT = auto()
    ACT = auto()
    DUE = auto()  # falls due: «vence», «toca»
    DELIVER = auto()  # hands in: «presentar»
    MARK = auto()  # orders to record it: «marca»
    SHOW = auto()
    WANT = auto()  # opens a request: «necesito», «quisiera»
    TELL = auto()  # wants one thing whole: «explica»
    WHO = auto()
    WHEN = auto()
    COUNT = auto()
    ASK = auto()  # a question word: «que», «cual»
    PENDING = auto()
    OVERDUE = auto()
    OBSERVED = auto()
    VERIFIED = auto()
    LATE = auto()  # with «más»: «atrasada»
    EARLY = auto()  # with «más»: «avanzada»
    SUMMARY = auto()
    STATE = auto()  # a summary when nothing else is named: «estado»
    COMPARE = auto()  # «más», «peor»
    NOTICE = auto()
    NOTIFY = auto()
    SUBSCRIBE = auto()
    UNSUBSCRIBE = auto()
    STOP = auto()
    DEFINE = auto()
    HELP = auto()
    GREETING = auto()
    THANKS = auto()
    FAREWELL = auto()
    EXCEPT = auto()  # what follows is left out: «menos»
    NOT = auto()
    WITHOUT = auto()
    YET = auto()  # «ya», «todavía»
    ONLY = auto()
    ALSO = auto()
    DEICTIC = auto()  # points to the last answer: «ese», «eso»
    WRONG = auto()  # takes back: «me equivoqué»
    NEXT = auto()
    LAST = auto()
    FIRST = auto()
    TOGETHER = auto()  # «juntas», «ambas»
    SHARED = auto()  # by more than one unit: «comparten», «compartidos»
    ME = auto()
    BE = auto()
    HOW = auto()
    GO = auto()
    CAN = auto()
    ALL = auto()
    SITUATION = auto()  # begins a clause about the person: «soy», «estoy»
    SIGN = auto()  # puts a name under the act: «firmó»

    # members are singletons; Enum hashes their names anew each time, which sets of tags feel
    __hash__ = object.__hash__
