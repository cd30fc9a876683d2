"""Any text at all, and long junk, for the readers of documents, days, links and replies."""

from hypothesis import strategies as st

LONG = 10_000
PIECES = (
    "informe RDE r.d.e. Informes acta oficio N° n no Nº . - _ / : , y el de del 045 2 12 2021 21 "
    "05 4.1 12.1 UTAI midis DE MIDIS/PNCM firmado mayo may set-21 hoy ayer viernes los "
    "compromiso medio compromisos 5-5-21 20210505 05052021 uno cinco mil 1/1/ hasta al https:// "
    "http://a.pe www. www.a.pe a@b.pe ) ( ] [::1] \u202e ? ¿ sí no ya cancelar ok quiero salir "
    "gracias 👍 D000045 99999999999999 ፩ ² º 1ro"
).split()
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join),
)


def long_junk(*pieces: str) -> list[str]:
    """Each sign or word over and over, up to LONG characters."""
    return [(piece * LONG)[:LONG] for piece in ["a", "1", "-", "_", ".", "1 ", "A/", *pieces]]
