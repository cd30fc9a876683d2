"""Why a file is not taken as evidence."""

from markupsafe import Markup

from handlers.views.reply import Reply
from storage.evidence_kinds import (
    EmptyEvidenceError,
    EvidenceDiskFullError,
    EvidenceError,
    EvidenceKindError,
    EvidenceTooLargeError,
    FalseEndingError,
    safe_label,
)

TAKEN = "Recibo PDF, fotos, Word, Excel, PowerPoint, OpenDocument, texto, ZIP y video."


def refused(error: EvidenceError, label: str) -> Reply:
    """Say what is wrong with a file, and what to do instead; nothing of it was kept."""
    match error:
        case EmptyEvidenceError():
            why = "está vacío (0 bytes). Envíelo de nuevo."
        case EvidenceTooLargeError():
            why = (
                "pasa de 20 MB, lo más que puedo recibir. Súbalo a una carpeta compartida y "
                "envíeme el enlace."
            )
        case FalseEndingError():
            why = (
                f"dice ser .{error.ending}, pero su contenido es {error.found}. Ábralo, guárdelo "
                "de nuevo con su formato y envíelo."
            )
        case EvidenceKindError():
            why = f"no es de un tipo que pueda guardar. {TAKEN}"
        case EvidenceDiskFullError():
            why = "no se pudo guardar: no queda espacio en el disco. No se registró nada."
        case _:
            why = "no se pudo guardar. No se registró nada; intente de nuevo en unos minutos."
    return Reply((str(Markup("⚠️ «{}» {}").format(safe_label(label), why)),))


def not_downloaded(label: str) -> Reply:
    """Telegram did not give the file."""
    said = Markup("⚠️ No pude descargar «{}» de Telegram. Envíelo de nuevo.")
    return Reply((str(said.format(safe_label(label))),))
