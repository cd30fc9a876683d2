"""Failures that a caller can name; they carry data, the wording is the caller's."""

from enum import StrEnum


class StorageError(Exception):
    """Storage could not do what was asked, for a known reason."""


class Unavailable(StrEnum):
    """Why a database cannot be used."""

    UNREACHABLE = "unreachable"  # no server answers there
    REFUSED = "refused"  # the server refuses this user or password
    NO_DATABASE = "no_database"  # the server has no database of that name
    NO_FOLDER = "no_folder"  # the folder of the file is not there
    READ_ONLY = "read_only"  # the file or its folder cannot be written
    NOT_A_DATABASE = "not_a_database"  # the file is something else, or damaged
    CROSSED = "crossed"  # with another change; it may be tried again at once
    BUSY = "busy"  # somebody else kept it locked for too long
    FULL = "full"  # no room on the disk
    DISK = "disk"  # the disk fails


class DatabaseUnavailableError(StorageError):
    """The database at `where` (a path, or host, port and name) cannot be used now."""

    def __init__(self, where: str, reason: Unavailable) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason


class DatabaseUrlError(StorageError):
    """The address is none of a SQLite file or a PostgreSQL database; `scheme` None if unreadable.

    The address itself is left out: it may hold a password.
    """

    def __init__(self, scheme: str | None) -> None:
        super().__init__(scheme)
        self.scheme = scheme


class NewerDatabaseError(StorageError):
    """The database is at a revision that this program does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision


class BrokenReferencesError(StorageError):
    """A migration would have left rows of `tables` that refer to nothing; it was undone."""

    def __init__(self, tables: tuple[str, ...]) -> None:
        super().__init__(tables)
        self.tables = tables


class MarkedMeansError(StorageError):
    """A corrected act no longer has means of which the record tells; nothing is loaded."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(codes)
        self.codes = codes


class ConflictError(StorageError):
    """Somebody else was quicker: the thing has changed since it was shown."""


class BrokenRecordError(StorageError):
    """The chain of events breaks at `event_id`; nothing is added behind it."""

    def __init__(self, event_id: int) -> None:
        super().__init__(event_id)
        self.event_id = event_id
