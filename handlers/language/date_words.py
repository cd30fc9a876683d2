"""The words dates are written in, folded («año» is «ano», «mañana» «manana»)."""

from enum import Enum, auto

from handlers.language.calendar import Grain
from handlers.language.phrases import Phrases

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("enero", "ene"),
            ("febrero", "feb"),
            ("marzo", "mar"),
            ("abril", "abr"),
            ("mayo", "may"),
            ("junio", "jun"),
            ("julio", "jul"),
            ("agosto", "ago"),
            ("setiembre", "septiembre", "set", "sep", "sept"),
            ("octubre", "oct"),
            ("noviembre", "nov"),
            ("diciembre", "dic"),
        ),
        start=1,
    )
    for name in names
}
MONTH_NUMBERS = range(1, 13)
SHORTEST_MONTH_NAME = 5  # «set.» may carry a dot, «mayo.» ends a sentence
DOTTED = {name for name in MONTHS if len(name) < SHORTEST_MONTH_NAME and name != "mayo"}
SEA = "mar"  # no month by itself

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("lunes", "lun"),
            ("martes",),
            ("miercoles", "mie"),
            ("jueves", "jue"),
            ("viernes", "vie"),
            ("sabado", "sabados", "sab"),
            ("domingo", "domingos", "dom"),
        )
    )
    for name in names
}
SHORT_WEEKDAYS = {"lun", "mie", "jue", "vie", "sab", "dom"}

UNITS = {
    "dia": Grain.DAY,
    "dias": Grain.DAY,
    "semana": Grain.WEEK,
    "semanas": Grain.WEEK,
    "finde": Grain.WEEKEND,
    "quincena": Grain.FORTNIGHT,
    "quincenas": Grain.FORTNIGHT,
    "mes": Grain.MONTH,
    "meses": Grain.MONTH,
    "bimestre": Grain.BIMESTER,
    "bimestres": Grain.BIMESTER,
    "trimestre": Grain.QUARTER,
    "trimestres": Grain.QUARTER,
    "trim": Grain.QUARTER,
    "cuatrimestre": Grain.TERM,
    "cuatrimestres": Grain.TERM,
    "semestre": Grain.SEMESTER,
    "semestres": Grain.SEMESTER,
    "ano": Grain.YEAR,
    "anos": Grain.YEAR,
}
MOST_OF = {Grain.YEAR: 99}  # a span of more is no plan
PLURAL_UNITS = {name for name in UNITS if name.endswith("s") and name != "mes"}
BUSINESS = {
    "habil",
    "habiles",
    "laborable",
    "laborables",
    "laboral",
    "laborales",
    "util",
    "utiles",
}
HOURS = {"hora", "horas", "hrs"}
HOURS_A_DAY = 24  # «las próximas 48 horas»
HALF = {"mitad"}
QUARTER_SIGNS = {"t", "q"}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}

TODAY_SHIFT = Phrases(
    {
        ("hoy",): 0,
        ("hoy", "dia"): 0,
        ("hoy", "mismo"): 0,
        ("ahora",): 0,
        ("manana",): 1,
        ("manana", "mismo"): 1,
        ("pasado", "manana"): 2,
        ("ayer",): -1,
        ("anteayer",): -2,
        ("antier",): -2,
        ("antes", "de", "ayer"): -2,
    }
)
TOMORROW = "manana"
MORNING = {"la", "esta", "una", "cada", "por", "buena", "buenas"}  # before «mañana»: no date

THE = {"el", "la", "los", "las", "lo"}
OF = {"de", "del"}
PRESENT = {"presente", "actual", "corriente"}
THIS = {"este", "esta", *PRESENT}
NEXT = {
    "proximo", "proxima", "proximos", "proximas", "siguiente", "siguientes", "entrante",
    "entrantes", "otro", "otra", "venidero", "venideros",
}  # fmt: skip
PAST = {
    "pasado", "pasada", "pasados", "pasadas", "anterior", "anteriores", "ultimo", "ultima",
    "ultimos", "ultimas",
}  # fmt: skip
GONE = {"pasado", "pasada"}
# what may follow a unit, and by how many units it moves it
TRAILING = Phrases(
    {
        ("actual",): 0,
        ("presente",): 0,
        ("corriente",): 0,
        ("en", "curso"): 0,
        ("calendario",): 0,
        ("que", "viene"): 1,
        ("que", "vienen"): 1,
        ("que", "entra"): 1,
        ("que", "sigue"): 1,
        ("que", "le", "sigue"): 1,
        ("que", "siguen"): 1,
        ("entrante",): 1,
        ("entrantes",): 1,
        ("proximo",): 1,
        ("proxima",): 1,
        ("proximos",): 1,
        ("proximas",): 1,
        ("siguiente",): 1,
        ("siguientes",): 1,
        ("venidero",): 1,
        ("venideros",): 1,
        ("subsiguiente",): 2,
        ("pasado",): -1,
        ("pasada",): -1,
        ("pasados",): -1,
        ("pasadas",): -1,
        ("antepasado",): -2,
        ("antepasada",): -2,
        ("anterior",): -1,
        ("anteriores",): -1,
        ("que", "paso"): -1,
        ("que", "acaba", "de", "pasar"): -1,
        ("que", "acaba", "de", "terminar"): -1,
        ("que", "pasaron"): -1,
    }
)
FOLLOWS = {"sigue", "siguen"}
BEYOND = {"despues", "tras", "siguiente", "posterior"}  # «el mes después del próximo»

STARTS_OF = {"inicio", "inicios", "principio", "principios", "comienzo", "comienzos"}
MIDDLES_OF = {"mediados", "mitad"}
ENDS_OF = {"fin", "fines", "final", "finales", "cierre", "termino"}
PLURAL_ENDS = {"fines", "finales"}
PARTS_OF = STARTS_OF | MIDDLES_OF | ENDS_OF
WEEKEND = ("fin", "de", "semana")
REST_OF = Phrases(
    {  # whether what is left, or what is gone
        ("resto",): True,
        ("lo", "que", "queda"): True,
        ("lo", "que", "resta"): True,
        ("lo", "que", "falta"): True,
        ("lo", "que", "va"): False,
    }
)
AT_MOST = Phrases.of(
    {
        ("no", "mas", "de"),
        ("menos", "de"),
        ("maximo",),
        ("como", "maximo"),
        ("un", "maximo", "de"),
        ("a", "lo", "mas"),
        ("a", "lo", "mucho"),
    }
)  # «en no más de 10 días»
PREFIXES = {"en", "dentro", "durante", "todo", "toda"}
SEPARATORS = {"-", "/", "–"}
LINKS = {",", *SEPARATORS}
APOSTROPHES = {"'", "’"}
OFFSETS = Phrases(
    {
        ("despues", "de"): 1,
        ("despues", "del"): 1,
        ("a", "partir", "de"): 1,
        ("a", "partir", "del"): 1,
        ("desde",): 1,
        ("antes", "de"): -1,
        ("antes", "del"): -1,
    }
)


class Edge(Enum):
    """Which side of a period is open."""

    UNTIL = auto()  # included
    BEFORE = auto()
    SINCE = auto()  # included
    AFTER = auto()


EDGES = Phrases(
    {
        ("hasta",): Edge.UNTIL,
        ("a", "mas", "tardar"): Edge.UNTIL,
        ("como", "maximo"): Edge.UNTIL,
        ("como", "mucho"): Edge.UNTIL,
        ("no", "despues", "de"): Edge.UNTIL,
        ("no", "despues", "del"): Edge.UNTIL,
        ("no", "mas", "tarde", "de"): Edge.UNTIL,
        ("no", "mas", "tarde", "del"): Edge.UNTIL,
        **{
            ("antes", *link, "que", *own, verb): Edge.UNTIL
            for link in ((), ("de",))
            for own in ((), ("se",))
            for verb in ("termine", "acabe", "finalice", "cierre", "concluya", "culmine")
        },
        **{
            (word, link): Edge.BEFORE
            for word in ("antes", "previo", "previos", "previa", "anterior", "anteriores")
            for link in ("de", "del", "a", "al")
        },
        **{
            ("desde", "que", verb): Edge.SINCE
            for verb in (
                "arranca",
                "arranque",
                "empieza",
                "empiece",
                "comienza",
                "comience",
                "inicia",
            )
        },
        **{
            ("hasta", "que", verb): Edge.UNTIL
            for verb in ("termina", "termine", "acaba", "acabe", "cierra", "cierre", "finaliza")
        },
        ("desde",): Edge.SINCE,
        ("a", "partir", "de"): Edge.SINCE,
        ("a", "partir", "del"): Edge.SINCE,
        ("a", "contar", "de"): Edge.SINCE,
        ("a", "contar", "del"): Edge.SINCE,
        **{
            (denial, verb, "de"): Edge.UNTIL
            for denial in ("no", "sin")
            for verb in ("pase", "pasen", "pasa", "pasar")
        },
        **{("hasta", verb): Edge.UNTIL for verb in ("cerrar", "terminar", "acabar", "finalizar")},
        ("tras",): Edge.AFTER,
        ("pasando",): Edge.AFTER,
        ("pasado",): Edge.AFTER,
        ("pasada",): Edge.AFTER,
        ("mas", "alla", "de"): Edge.AFTER,
        ("mas", "alla", "del"): Edge.AFTER,
        **{
            (word, link): Edge.AFTER
            for word in ("despues", "luego", "posterior", "posteriores")
            for link in ("de", "del", "a", "al")
        },
        **{
            ("con", word, link): edge
            for word, edge in (("posterioridad", Edge.AFTER), ("anterioridad", Edge.BEFORE))
            for link in ("a", "al")
        },
    }
)
TRAILING_EDGES = Phrases(
    {
        **{
            (way, ahead): Edge.SINCE
            for way in ("en", "para", "hacia", "pa")
            for ahead in ("adelante", "delante", "lante")
        },
        ("palante",): Edge.SINCE,
        **{(way, "atras"): Edge.UNTIL for way in ("para", "hacia")},
        **{
            (link, *word): Edge.SINCE
            for link in ("o", "y")
            for word in (
                ("posterior",),
                ("posteriores",),
                ("despues",),
                ("mas", "tarde"),
                ("en", "adelante"),
            )
        },
        ("a", "mas", "tardar"): Edge.UNTIL,
        ("como", "maximo"): Edge.UNTIL,
        ("como", "mucho"): Edge.UNTIL,
        **{
            (link, word): Edge.UNTIL
            for link in ("o", "y")
            for word in ("antes", "anterior", "anteriores")
        },
    }
)
SO_FAR = Phrases.of(
    {("la", "fecha"), ("el", "momento"), ("el", "dia", "de", "hoy")}
)  # after «hasta»
FROM_HERE = Phrases.of({("de", "aqui"), ("de", "aca"), ("desde", "aqui"), ("desde", "aca")})
FROM_NOW = Phrases.of(
    (*here, way, "adelante")
    for here in (
        ("de", "aqui"),
        ("de", "aca"),
        ("de", "ahora"),
        ("desde", "ahora"),
        ("desde", "hoy"),
    )
    for way in ("en", "para", "hacia")
)
DASHES = {"-", "–", "—"}
PLAIN_LINKS = {"a", "al", "hasta", *DASHES}
RANGE_LINKS = {
    "desde": {"hasta", "a", "al", "para", *DASHES},
    "de": {"hasta", "a", "al", "para", *DASHES},
    "del": {"hasta", "a", "al", "para", *DASHES},
    "entre": {"y", "e", "a", "al", "hasta", *DASHES},
}
AND = {"y", "e", "o", "u", "/"}
ALSO = {"tambien", "ademas"}
# what a month is called by, behind «mes»
CALLED_MONTHS = Phrases(
    {
        ("de", "la", "madre"): 5,
        ("de", "las", "madres"): 5,
        ("del", "padre"): 6,
        ("de", "la", "patria"): 7,
        ("patrio",): 7,
        ("morado",): 10,
    }
)
# holidays that fall on the same day each year: month and day
HOLIDAYS = Phrases(
    {
        ("ano", "nuevo"): (1, 1),
        ("dia", "del", "trabajo"): (5, 1),
        ("dia", "del", "trabajador"): (5, 1),
        ("san", "pedro", "y", "san", "pablo"): (6, 29),
        ("fiestas", "patrias"): (7, 28),
        ("santa", "rosa"): (8, 30),
        ("santa", "rosa", "de", "lima"): (8, 30),
        ("todos", "los", "santos"): (11, 1),
        ("nochebuena",): (12, 24),
        ("noche", "buena"): (12, 24),
        ("navidad",): (12, 25),
        ("navidades",): (12, 25),
    }
)
# without one of these, or a number, no question has a date
ANCHORS = {
    *MONTHS, *WEEKDAYS, *UNITS, *HOLIDAYS.starts, "hoy", "dia", "ahora", "mismo", "manana", "ayer", "anteayer",
    "antier", "fecha", "momento", "adelante",
}  # fmt: skip
