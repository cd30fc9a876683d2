import re
from collections.abc import Sequence
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.language.documents import (
    document_days,
    document_refs,
    is_agreement,
    is_link,
    is_withdrawal,
    links,
)

TODAY = date(2021, 6, 1)  # a Tuesday
MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre"
).split()
SHOWN = re.compile(r"[A-ZÁÉÍÓÚ][A-Za-zÁÉÍÓÚáéíóú ]* N° [^\W\d_]?\d[\d/-]*(?:[/-][^\W\d_]+)*")
LONG = 10_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # kinds
        pytest.param("RDE 123-2021", "RDE N° 123-2021", id="acronym"),
        pytest.param("la rde 123-2021", "RDE N° 123-2021", id="acronym-in-small-letters"),
        pytest.param("R.D.E. N° 123-2021", "RDE N° 123-2021", id="acronym-with-dots"),
        pytest.param(
            "Resolución de Dirección Ejecutiva N° 000123-2021-MIDIS/PNCM-DE",
            "RDE N° 000123-2021-MIDIS/PNCM-DE",
            id="acronym-spelt-out",
        ),
        pytest.param("resolucion ministerial 10-2021", "RM N° 10-2021", id="ministerial"),
        pytest.param("Resolución Jefatural N° 7", "RJ N° 7", id="jefatural"),
        pytest.param("R.D. 045-2021", "RD N° 045-2021", id="directoral"),
        pytest.param("Resolución N° 45", "Resolución N° 45", id="bare-resolution"),
        pytest.param("INFORME TÉCNICO 045", "Informe Técnico N° 045", id="technical"),
        pytest.param("Inf. Téc. N° 45-2021", "Informe Técnico N° 45-2021", id="cut-short"),
        pytest.param("memorándum 045-2021", "Memorando N° 045-2021", id="memorandum"),
        pytest.param("memo n° 3", "Memorando N° 3", id="memo"),
        pytest.param("Memo Múltiple N° 3", "Memorando Múltiple N° 3", id="multiple-memo"),
        pytest.param("oficio múltiple 12-2021", "Oficio Múltiple N° 12-2021", id="multiple"),
        pytest.param("Oficio Circular N° 12", "Oficio Circular N° 12", id="circular"),
        pytest.param("Carta Nro 5", "Carta N° 5", id="letter"),
        pytest.param("acta 002-2021", "Acta N° 002-2021", id="act"),
        pytest.param("Nota Informativa N° 8", "Nota Informativa N° 8", id="note"),
        pytest.param("proveido 000123", "Proveído N° 000123", id="proveido"),
        pytest.param("hoja de envío 123-2021", "Hoja de Envío N° 123-2021", id="sheet"),
        pytest.param("Hoja de Ruta 1234", "HR N° 1234", id="route-sheet"),
        pytest.param("H.R. 1234-2021", "HR N° 1234-2021", id="route-sheet-cut-short"),
        pytest.param("Exp. 150", "Expediente N° 150", id="dot-of-a-cut-word"),
        pytest.param("documento 0451", "Documento N° 0451", id="document"),
        pytest.param("constancia #12", "Constancia N° 12", id="certificate"),
        pytest.param("solicitud número 12", "Solicitud N° 12", id="request"),
        pytest.param("correo electrónico N° 3", "Correo N° 3", id="mail"),
        # marks
        pytest.param("Informe N° 2", "Informe N° 2", id="degree"),
        pytest.param("Informe Nº 2", "Informe N° 2", id="ordinal-sign"),
        pytest.param("informe nº2", "Informe N° 2", id="small-and-glued"),
        pytest.param("Informe N.° 2", "Informe N° 2", id="dot-and-degree"),
        pytest.param("Informe N.º 2", "Informe N° 2", id="dot-and-ordinal-sign"),
        pytest.param("Informe № 2", "Informe N° 2", id="one-sign"),
        pytest.param("Informe N ° 2", "Informe N° 2", id="apart"),
        pytest.param("Informe Nro. 2", "Informe N° 2", id="nro"),
        pytest.param("Informe No. 2", "Informe N° 2", id="no"),
        pytest.param("Informe N 2", "Informe N° 2", id="letter-alone"),
        pytest.param("Informe num 2", "Informe N° 2", id="num"),
        pytest.param("Informe núm. 2", "Informe N° 2", id="num-with-accent"),
        pytest.param("Informe # 2", "Informe N° 2", id="hash"),
        pytest.param("Acta de sesión N° 3", "Acta N° 3", id="behind-one-noun-more"),
        pytest.param("Informe final N° 3", "Informe N° 3", id="behind-an-adjective"),
        # numbers
        pytest.param("informe 045", "Informe N° 045", id="three-digits"),
        pytest.param("informe 5-2021", "Informe N° 5-2021", id="year"),
        pytest.param("oficio 123/2021", "Oficio N° 123/2021", id="year-after-slash"),
        pytest.param("memo 45 del 2021", "Memorando N° 45-2021", id="year-in-words"),
        pytest.param("Informe N° 045 – 2021 – UTAI", "Informe N° 045-2021-UTAI", id="spaced"),
        pytest.param("Informe 045-21", "Informe N° 045-21", id="short-year"),
        pytest.param("EXP-2021-0045", "Expediente N° 2021-0045", id="year-first"),
        pytest.param("Oficio D000045-2021-MIDIS", "Oficio N° D000045-2021-MIDIS", id="letter"),
        pytest.param("rde 1-2021-midis/pncm", "RDE N° 1-2021-MIDIS/PNCM", id="in-capitals"),
        pytest.param("RDE 1-2021-MIDIS/PNCM-DE.", "RDE N° 1-2021-MIDIS/PNCM-DE", id="full-stop"),
        pytest.param("RDE123-2021", "RDE N° 123-2021", id="glued"),
        # file names
        pytest.param("INFORME_N_045-2021-UTAI.pdf", "Informe N° 045-2021-UTAI", id="underscores"),
        pytest.param("INFORME-N-045-2021-UTAI.pdf", "Informe N° 045-2021-UTAI", id="dashes"),
        pytest.param("INFORME.N.045-2021-UTAI.pdf", "Informe N° 045-2021-UTAI", id="dots"),
        pytest.param("RDE 123-2021-MIDIS-PNCM.pdf", "RDE N° 123-2021-MIDIS-PNCM", id="blanks"),
        pytest.param("INFORME_045_2021.pdf", "Informe N° 045-2021", id="year-apart"),
        pytest.param("hoja_de_ruta_1234.pdf", "HR N° 1234", id="kind-of-three-words"),
        pytest.param("INFORME-045-2021-UTAI-firmado.pdf", "Informe N° 045-2021-UTAI", id="signed"),
        pytest.param(
            "informe-045-2021-utai-del-5-de-mayo.pdf", "Informe N° 045-2021-UTAI", id="dated"
        ),
        pytest.param(
            "INFORME-045-2021-UTAI-DE-MAYO.pdf", "Informe N° 045-2021-UTAI", id="month-behind"
        ),
        pytest.param("INFORME 045-2021 - TALLER", "Informe N° 045-2021", id="title-behind"),
        pytest.param("PROVEI\u0301DO_045.pdf", "Proveído N° 045", id="accents-apart"),
    ],
)
def test_a_document_is_named_in_one_way(text: str, expected: str) -> None:
    assert document_refs(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Informes N° 045 y 046-2021-UTAI",
            ("Informe N° 045", "Informe N° 046-2021-UTAI"),
            id="plural",
        ),
        pytest.param(
            "oficios N° 12, 13 y 14",
            ("Oficio N° 12", "Oficio N° 13", "Oficio N° 14"),
            id="one-mark-for-all",
        ),
        pytest.param(
            "Informe 2-2021 y el N° 3", ("Informe N° 2-2021", "Informe N° 3"), id="own-mark"
        ),
        pytest.param(
            "RM N° 10-2021-MIDIS y RD 5-2021", ("RM N° 10-2021-MIDIS", "RD N° 5-2021"), id="kinds"
        ),
        pytest.param("informe 045 y 150 familias", ("Informe N° 045",), id="a-count-behind"),
        pytest.param("RDE 123-2021, rde N° 123-2021", ("RDE N° 123-2021",), id="each-once"),
        pytest.param("memo 123, oficio 045", ("Memorando N° 123", "Oficio N° 045"), id="in-order"),
    ],
)
def test_several_documents_are_each_named(text: str, expected: tuple[str, ...]) -> None:
    assert document_refs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("informe 2", id="a-bare-digit"),
        pytest.param("informe técnico 12", id="two-bare-digits"),
        pytest.param("el informe de taller", id="no-number"),
        pytest.param("el 12.1", id="code"),
        pytest.param("medio 4.1 y compromiso 4", id="means-and-commitment"),
        pytest.param("informe 4.1", id="code-behind-a-kind"),
        pytest.param("informe N° 4.1", id="code-behind-a-mark"),
        pytest.param("informe del compromiso N° 4", id="the-mark-of-a-commitment"),
        pytest.param("informe del medio N° 123", id="the-mark-of-a-means"),
        pytest.param("Informe 2021", id="bare-year"),
        pytest.param("Informe 2020-2021", id="two-years"),
        pytest.param("Informe 2021-05", id="month"),
        pytest.param("Informe 05-05-2021.pdf", id="day"),
        pytest.param("Informe_05_05_2021.pdf", id="day-of-a-file-name"),
        pytest.param("informe 2021-05-05", id="iso-day"),
        pytest.param("informe 20210505.pdf", id="compact-day"),
        pytest.param("acta 12 de mayo de 2021", id="day-in-words"),
        pytest.param("acta 5 mayo 2021", id="day-without-of"),
        pytest.param("informe 150KB", id="size"),
        pytest.param("acta 100%", id="share"),
        pytest.param("informe 1,500", id="thousands"),
        pytest.param("correo 123@midis.gob.pe", id="address"),
        pytest.param("mandé el informe. 150 familias", id="next-sentence"),
        pytest.param("Informe S/N", id="without-number"),
        pytest.param("N° 123-2021", id="without-kind"),
        pytest.param("informe que no 3", id="mere-no"),
        pytest.param("informativo 123-2021", id="another-word"),
        pytest.param("informe " + "9" * 40, id="too-many-digits"),
        pytest.param("informe ١٢٣", id="other-digits"),
        pytest.param("reinforme123informes", id="no-word-of-its-own"),
    ],
)
def test_no_document_is_seen_where_there_is_none(text: str) -> None:
    assert document_refs(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # in words
        pytest.param("del 5 de mayo", "2021-05-05", id="day"),
        pytest.param("cinco de mayo", "2021-05-05", id="in-words"),
        pytest.param("el uno de mayo", "2021-05-01", id="one"),
        pytest.param("1º de mayo", "2021-05-01", id="first"),
        pytest.param("5 may 2021", "2021-05-05", id="short-month"),
        pytest.param("5 de mayo del 2020", "2020-05-05", id="year"),
        pytest.param("1 de junio", "2021-06-01", id="today-has-come"),
        pytest.param("2 de junio", "2020-06-02", id="not-come-yet"),
        pytest.param("2 de junio de 2021", "2021-06-02", id="to-come-with-its-year"),
        pytest.param("12 de diciembre", "2020-12-12", id="of-last-year"),
        pytest.param("29 de febrero", "2020-02-29", id="leap-day"),
        pytest.param("lunes 3 de mayo", "2021-05-03", id="weekday-and-day"),
        pytest.param("hoy", "2021-06-01", id="today"),
        pytest.param("ayer", "2021-05-31", id="yesterday"),
        pytest.param("anteayer", "2021-05-30", id="before-yesterday"),
        pytest.param("mañana lo envío", "2021-06-02", id="tomorrow"),
        pytest.param("hace 3 días", "2021-05-29", id="days-ago"),
        pytest.param("el viernes", "2021-05-28", id="weekday-is-the-last"),
        pytest.param("el martes", "2021-06-01", id="weekday-of-today"),
        pytest.param("el próximo viernes", "2021-06-04", id="next-weekday"),
        pytest.param("el día 5", "2021-05-05", id="day-of-the-month"),
        # in digits
        pytest.param("05/05/2021", "2021-05-05", id="slashes"),
        pytest.param("5/5", "2021-05-05", id="without-year"),
        pytest.param("31/12", "2020-12-31", id="without-year-of-last-year"),
        pytest.param("5-5-21", "2021-05-05", id="dashes"),
        pytest.param("5.5.21", "2021-05-05", id="dots"),
        pytest.param("2021-05-05", "2021-05-05", id="iso"),
        pytest.param("2021-05-05 10:30", "2021-05-05", id="hour-behind"),
        # file names
        pytest.param("20210505.pdf", "2021-05-05", id="compact"),
        pytest.param("05052021.pdf", "2021-05-05", id="compact-year-last"),
        pytest.param("IMG_20210505_143022.jpg", "2021-05-05", id="camera"),
        pytest.param("IMG-20210505-WA0001.jpg", "2021-05-05", id="messenger"),
        pytest.param("WhatsApp Image 2021-05-05 at 10.05.22.jpeg", "2021-05-05", id="clock"),
        pytest.param("Captura 2021-05-05 a las 10.05.22.png", "2021-05-05", id="clock-in-spanish"),
        pytest.param("Screenshot_2021-05-05-10-05-22.png", "2021-05-05", id="clock-in-dashes"),
        pytest.param("acta_05_05_2021.pdf", "2021-05-05", id="underscores"),
        pytest.param("2021_05_05_acta.pdf", "2021-05-05", id="underscores-year-first"),
        pytest.param("2021-05-05-acta.pdf", "2021-05-05", id="word-glued-behind"),
        pytest.param("acta-del-5-de-mayo.pdf", "2021-05-05", id="words-in-dashes"),
        pytest.param("acta_5_mayo_2021.pdf", "2021-05-05", id="words-in-underscores"),
        pytest.param("5.mayo.2021.pdf", "2021-05-05", id="words-in-dots"),
        pytest.param("05MAY2021.pdf", "2021-05-05", id="words-glued"),
        pytest.param("05-MAY-21", "2021-05-05", id="short-year"),
        pytest.param("medio_4.1_05-05-2021.pdf", "2021-05-05", id="behind-a-code"),
        pytest.param("4.1-05-05-2021.pdf", "2021-05-05", id="glued-to-a-code"),
        # beside documents and codes
        pytest.param("informe 045-2021 del 5 de mayo", "2021-05-05", id="of-a-document"),
        pytest.param("RDE 123-2021-MIDIS, 05/05/2021", "2021-05-05", id="behind-a-document"),
        pytest.param("Oficio N° 12 de 2021-05-05", "2021-05-05", id="year-of-the-day"),
        pytest.param("informe 2021-05-05", "2021-05-05", id="day-in-place-of-a-number"),
        pytest.param("el 12.1 5 de mayo", "2021-05-05", id="after-a-code"),
        pytest.param("compromiso 4, 5 de mayo", "2021-05-05", id="after-a-commitment"),
        pytest.param("compromiso del 5 de mayo", "2021-05-05", id="of-a-commitment"),
    ],
)
def test_a_day_is_the_last_such_day(text: str, expected: str) -> None:
    assert [day.isoformat() for day in document_days(text, TODAY)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ayer y hoy", ["05-31", "06-01"], id="told-from-today"),
        pytest.param("5 de mayo y 7 de mayo", ["05-05", "05-07"], id="two"),
        pytest.param("días 5 y 6 de mayo", ["05-05", "05-06"], id="one-month"),
        pytest.param("7/5/2021, 5/5/2021, 7/5/2021", ["05-07", "05-05"], id="in-order-once"),
        pytest.param("x " * 1_000 + "5 de mayo", ["05-05"], id="at-the-end-of-a-long-text"),
    ],
)
def test_several_days_are_each_told(text: str, expected: Sequence[str]) -> None:
    found = [f"{day:%m-%d}" for day in document_days(text, TODAY)]

    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("123-2021", id="number-of-a-document"),
        pytest.param("0045-2021-05-05", id="day-glued-to-a-number"),
        pytest.param("oficio N° 05-2021", id="number-like-a-month"),
        pytest.param("el 12.1", id="code"),
        pytest.param("5.5 listo", id="code-like-a-day"),
        pytest.param("medio 4.1 de mayo", id="code-before-a-month"),
        pytest.param("compromiso 4 de mayo", id="commitment-before-a-month"),
        pytest.param("compromiso N° 4 de mayo", id="marked-commitment"),
        pytest.param("compromiso cuatro de mayo", id="commitment-in-words"),
        pytest.param("compromisos 4 y 5 de mayo", id="commitments"),
        pytest.param("c4 de mayo", id="letter-and-number"),
        pytest.param("medio_12_1_mayo.pdf", id="code-of-a-file-name"),
        pytest.param("12-1", id="dashed-code"),
        pytest.param("el 5", id="bare-number"),
        pytest.param("Informe N° 4 de mayo", id="document-before-a-month"),
        pytest.param("mayo de 2021", id="month"),
        pytest.param("Set-21", id="printed-month"),
        pytest.param("del 5 al 7 de mayo", id="range"),
        pytest.param("05/05/2021-07/05/2021", id="range-in-digits"),
        pytest.param("hasta el 5 de mayo", id="open-end"),
        pytest.param("31 de junio", id="no-such-day"),
        pytest.param("20211399", id="no-such-compact-day"),
        pytest.param("DNI 45678912", id="eight-digits"),
        pytest.param("parte 1/2", id="part"),
        pytest.param("los viernes", id="habit"),
        pytest.param("turno de la mañana", id="morning"),
        pytest.param("ahora", id="now"),
        pytest.param("192.168.1.1", id="address"),
        pytest.param("https://a.pe/2021/05/05/20210505", id="link"),
        pytest.param("፩ de mayo", id="other-digits"),
    ],
)
def test_no_day_is_seen_where_there_is_none(text: str) -> None:
    assert document_days(text, TODAY) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("https://a.pe/x", ["https://a.pe/x"], id="link"),
        pytest.param("vea https://a.pe/x?y=1&z=2.", ["https://a.pe/x?y=1&z=2"], id="full-stop"),
        pytest.param("(https://a.pe/x)", ["https://a.pe/x"], id="bracket"),
        pytest.param("https://a.pe/x_(y)", ["https://a.pe/x_(y)"], id="own-bracket"),
        pytest.param("(https://a.pe/x_(y)).", ["https://a.pe/x_(y)"], id="both-brackets"),
        pytest.param("«https://a.pe/x»", ["https://a.pe/x"], id="quotes"),
        pytest.param("[acta](https://a.pe/x)", ["https://a.pe/x"], id="markdown"),
        pytest.param('<a href="http://a.pe">', ["http://a.pe"], id="html"),
        pytest.param("https://a.pe/x-_", ["https://a.pe/x-_"], id="signs-of-an-id"),
        pytest.param("HTTPS://A.PE/X", ["HTTPS://A.PE/X"], id="capitals"),
        pytest.param(
            "www.drive.google.com/x", ["https://www.drive.google.com/x"], id="scheme-left-out"
        ),
        pytest.param("http://b.pe, http://a.pe", ["http://b.pe", "http://a.pe"], id="in-order"),
        pytest.param("http://a.pe,http://b.pe", ["http://a.pe", "http://b.pe"], id="comma-glued"),
        pytest.param("http://a.pe\nhttp://a.pe", ["http://a.pe"], id="each-once"),
        pytest.param("http://a.pe?u=http://b.pe", ["http://a.pe?u=http://b.pe"], id="inner-link"),
        pytest.param("http://a.pe\u200b", ["http://a.pe"], id="invisible-sign"),
        pytest.param("ver:https://a.pe", ["https://a.pe"], id="colon-before"),
        pytest.param("https://ñandú.pe", ["https://ñandú.pe"], id="accents"),
        pytest.param("http://10.0.0.1:8080/x", ["http://10.0.0.1:8080/x"], id="address"),
        pytest.param("javascript:alert(1)", [], id="script"),
        pytest.param("mailto:yo@www.a.pe", [], id="mail"),
        pytest.param("https://u:p@a.pe", [], id="password"),
        pytest.param("http://", [], id="scheme-alone"),
        pytest.param("informe.pdf", [], id="file-name"),
        pytest.param("www.informe", [], id="no-domain"),
        pytest.param("https://a.pe/" + "x" * 2_000, [], id="too-long"),
    ],
)
def test_links_are_told_without_what_stands_around(text: str, expected: Sequence[str]) -> None:
    assert list(links(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("https://drive.google.com/x", True, id="link"),
        pytest.param("http://a.pe", True, id="http"),
        pytest.param("www.a.pe", True, id="scheme-left-out"),
        pytest.param("http://[::1]/x", True, id="ipv6"),
        pytest.param("http://192.168.1.1", True, id="ipv4"),
        pytest.param("https://a.pe:8443/x", True, id="port"),
        pytest.param("https://a.pe/" + "x" * 1_987, True, id="as-long-as-can-be"),
        pytest.param("https://a.pe/" + "x" * 1_988, False, id="one-too-long"),
        pytest.param("", False, id="nothing"),
        pytest.param("javascript:", False, id="script"),
        pytest.param("javascript://a.pe/%0aalert(1)", False, id="script-with-a-host"),
        pytest.param("ftp://a.pe", False, id="other-scheme"),
        pytest.param("//a.pe", False, id="no-scheme"),
        pytest.param("http://", False, id="no-host"),
        pytest.param("https://localhost", False, id="no-dot"),
        pytest.param("http://a b", False, id="blank"),
        pytest.param(" https://a.pe", False, id="blank-before"),
        pytest.param("https://a.pe/x\ny", False, id="line-break"),
        pytest.param("https://a.pe/\x00", False, id="control-character"),
        pytest.param("https://a.pe/\u202egpj", False, id="turned-text"),
        pytest.param("https://user:pass@a.pe", False, id="password"),
        pytest.param("https://user@a.pe", False, id="user"),
        pytest.param("https://a.pe\\@b.pe", False, id="backslash"),
        pytest.param("https://a..pe", False, id="empty-label"),
        pytest.param("https://.pe", False, id="empty-first-label"),
        pytest.param("https://-a.pe", False, id="dash-first"),
        pytest.param("https://a%2e.pe", False, id="escaped-host"),
        pytest.param("http://999.1.1.1", False, id="no-such-address"),
        pytest.param("http://[::1", False, id="open-bracket"),
        pytest.param("http://[a.pe]/", False, id="brackets-around-a-name"),
        pytest.param("https://a.pe:99999", False, id="no-such-port"),
        pytest.param("https://a℀.pe", False, id="host-that-normalizes"),
    ],
)
def test_a_link_can_be_followed(text: str, *, expected: bool) -> None:
    assert is_link(text) is expected


STOPS = (
    "cancelar|Cancela|CANCÉLALO|cancele por favor|ya no|Ya no, gracias|déjalo|olvídalo|Olvídelo|"
    "mejor no|mejor ya no|anular|anula todo|salir|quiero salir|no, cancela|no cancela|"
    "no, cancelar|ok, cancela|sí, cancelar|/cancelar|cancelar el registro|no quiero|"
    "no, gracias|no registrar|cancelar!!!"
).split("|")
YESES = (
    "sí|si|Sí.|SIII|ok|OK!|dale|ya|confirmo|Sí, confirmo|registrar|sí, registrar|regístralo|"
    "correcto|es correcto|conforme|todo conforme|de acuerdo|claro que sí|sí por favor|"
    "está bien|listo|👍|👍🏽|✅|sí 👍"
).split("|")
NEITHER = (
    "|   |?|...|no|12.1|sí, el 12.1|ok 12.1|¿sí?|¿cancelar?|cancelar el 12.1|no cancelar|"
    "no quiero salir|ya no quiero cancelar|el taller se canceló|ya no está vencido|"
    "los que ya no van|cancela la reunión de mañana|sí pero no|no conforme|claro que no|"
    "no de acuerdo|si vence en mayo|registrar el informe|gracias|el acta|👎|👍👎|no me salgo|"
    "ok ok ok ok ok|salir salir salir salir salir"
).split("|")


@pytest.mark.parametrize("text", STOPS, ids=[f"stop-{at}" for at in range(len(STOPS))])
def test_a_stop_is_told_by_the_whole_text(text: str) -> None:
    assert (is_withdrawal(text), is_agreement(text)) == (True, False)


@pytest.mark.parametrize("text", YESES, ids=[f"yes-{at}" for at in range(len(YESES))])
def test_a_yes_is_told_by_the_whole_text(text: str) -> None:
    assert (is_withdrawal(text), is_agreement(text)) == (False, True)


@pytest.mark.parametrize("text", NEITHER, ids=[f"neither-{at}" for at in range(len(NEITHER))])
def test_anything_else_is_neither_yes_nor_stop(text: str) -> None:
    assert (is_withdrawal(text), is_agreement(text)) == (False, False)


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


@given(texts)
def test_any_text_gives_documents_that_read_as_themselves(text: str) -> None:
    found = document_refs(text)

    assert all(SHOWN.fullmatch(shown) for shown in found)
    assert [document_refs(shown) for shown in found] == [(shown,) for shown in found]


@given(texts, st.dates(date(1999, 1, 1), date(2060, 12, 31)))
@example("1/1/" + "1" * 5_000, TODAY)
def test_any_text_gives_days_each_once(text: str, today: date) -> None:
    found = document_days(text, today)

    assert len(set(found)) == len(found)


@given(texts)
@example("http://[")
@example("https://a.pe:x")
def test_any_text_gives_links_that_stand_in_it(text: str) -> None:
    found = links(text)

    assert all(is_link(link) for link in found)
    assert all(link in text or link.removeprefix("https://") in text for link in found)
    assert is_link(text) in {True, False}


@given(texts)
def test_no_text_is_both_yes_and_stop(text: str) -> None:
    assert not (is_withdrawal(text) and is_agreement(text))


acronyms = st.sampled_from(["MIDIS", "PNCM", "UTAI", "DE", "OGPPM"])


@given(
    st.sampled_from(["RDE", "Informe", "Memorando Múltiple", "Oficio", "Acta", "HR"]),
    st.from_regex(r"[0-9]{1,6}", fullmatch=True),
    st.integers(2000, 2040),
    st.lists(acronyms, max_size=3).filter(lambda units: units[:1] != ["DE"]),
)
def test_a_document_is_read_from_text_and_file_name(
    kind: str, digits: str, year: int, units: Sequence[str]
) -> None:
    number = "-".join([digits, str(year), *units])

    found = [
        document_refs(f"se envió con {kind} N° {number}, conforme"),
        document_refs(f"{kind.upper().replace(' ', '_')}_N_{number}_firmado.pdf"),
    ]

    assert found == [(f"{kind} N° {number}",)] * 2


@given(st.dates(date(2012, 1, 1), TODAY))
def test_a_day_is_read_from_each_way_of_writing_it(day: date) -> None:
    written = [
        f"{day.day} de {MONTHS[day.month - 1]} de {day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%y}",
        f"acta_{day:%Y%m%d}.pdf",
        f"acta_{day:%d%m%Y}.pdf",
        f"acta_{day:%d_%m_%Y}.pdf",
        f"{day}-acta.pdf",
    ]

    assert [document_days(text, TODAY) for text in written] == [(day,)] * len(written)


@given(st.integers(0, 365))
def test_a_day_without_a_year_is_within_the_last_one(back: int) -> None:
    day = TODAY - timedelta(days=min(back, 364))

    assert document_days(f"{day.day} de {MONTHS[day.month - 1]}", TODAY) == (day,)


@pytest.mark.parametrize(
    "junk",
    [
        *"a1-_.()", "1 ", "1-", "1/1/", "12.1 ", "a-", "A/", "informe ", "informe N° ",
        "informe 045-2021-", "informes 045, ", "5 de mayo y ", "viernes ", "compromisos 4 y ",
        "20210505", "05.05.21 ", "https://", "http://a.pe)", "www.", "www.a.", "si ", "no ",
        "cancelar ", "👍", "\u200b", "٣",
    ],
    ids=ascii,
)  # fmt: skip
def test_long_junk_is_read_in_no_time(junk: str) -> None:
    text = (junk * LONG)[:LONG]
    begun = perf_counter()

    document_refs(text)
    document_days(text, TODAY)
    links(text)
    is_link(text)
    is_withdrawal(text)
    is_agreement(text)

    assert perf_counter() - begun < 2
