"""Opening the database: created, migrated and loaded before anything is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from seed.load import load_bundled
from storage.engine import Database
from storage.errors import (
    BrokenReferencesError,
    DatabaseUnavailableError,
    DatabaseUrlError,
    MarkedMeansError,
    NewerDatabaseError,
    StorageError,
    Unavailable,
)
from storage.migrate import upgrade

REASONS = {
    Unavailable.UNREACHABLE: "no responde ningún servidor ahí",
    Unavailable.REFUSED: "el servidor no acepta ese usuario o esa clave",
    Unavailable.NO_DATABASE: "el servidor no tiene una base de ese nombre",
    Unavailable.NO_FOLDER: "la carpeta no existe",
    Unavailable.READ_ONLY: "el archivo o su carpeta es de solo lectura",
    Unavailable.NOT_A_DATABASE: "el archivo no es una base de datos o está dañado",
    Unavailable.CROSSED: "dos cambios se cruzaron",
    Unavailable.BUSY: "otro programa la tiene ocupada",
    Unavailable.FULL: "no queda espacio en el disco",
    Unavailable.DISK: "el disco falla",
}


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, up to date and with the bundled acts; closed at the end.

    Raises:
        StorageError: it cannot be used; `storage_problem` words it.
        ActFileError: an act file was corrected wrongly.
    """
    database = Database(settings.database_url.get_secret_value())
    try:
        await upgrade(database)
        await load_bundled(database)
        yield database
    finally:
        await database.dispose()


def storage_problem(error: StorageError) -> str:
    """Say in one Spanish line why the database cannot be used; no password is shown."""
    match error:
        case DatabaseUnavailableError():
            line = f"Base de datos {error.where}: {REASONS[error.reason]}."
        case DatabaseUrlError():
            kind = f"«{error.scheme}» no sirve" if error.scheme else "no se entiende"
            line = f"BOT_DATABASE_URL: {kind}; use sqlite:///archivo.db o postgresql://…"
        case NewerDatabaseError():
            line = (
                f"La base de datos es de una versión más nueva del programa ({error.revision}). "
                "Actualice el programa antes de abrirla."
            )
        case BrokenReferencesError():
            tables = ", ".join(error.tables)
            line = f"La actualización se deshizo: quedaban datos sueltos en {tables}."
        case MarkedMeansError():
            codes = ", ".join(error.codes)
            line = f"El acta corregida ya no tiene {codes}, con registros: no se cargó nada."
        case _:
            line = "La base de datos no se puede usar."
    return line
