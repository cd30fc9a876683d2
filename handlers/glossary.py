"""The bot's own words, which no act explains."""

from storage.records import TermRecord

SOURCE = "este bot"
BOT_TERMS = tuple(
    TermRecord(term, expansion, SOURCE, None, aliases)
    for term, expansion, *aliases_of in (
        (
            "pendiente",
            "un medio de verificación que todavía no se presentó, haya vencido o no",
            ("pendientes",),
        ),
        (
            "vencido",
            "un medio de verificación que no se presentó y cuya fecha ya pasó; el mismo día en "
            "que vence todavía no lo está",
            ("vencidos", "vencida", "vencidas", "atrasado", "atrasados"),
        ),
        (
            "presentado",
            "un medio de verificación que su unidad ya entregó, con su evidencia",
            ("presentados", "entregado", "entregados"),
        ),
        (
            "observado",
            "un medio de verificación que se presentó y que seguimiento devolvió para corregirlo",
            ("observados", "observada", "observadas"),
        ),
        (
            "verificado",
            "un medio de verificación que seguimiento revisó y aceptó",
            ("verificados", "verificada", "verificadas"),
        ),
        (
            "punto focal",
            "la persona que, en cada unidad responsable, presenta sus medios de verificación",
            ("puntos focales",),
        ),
    )
    for aliases in [aliases_of[0]]
)
