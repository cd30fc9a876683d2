"""Files that were sent: kept in a folder under random names, or in memory."""

from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_urlsafe

from bot.demo.refusals import Json

DOWNLOAD_BYTES = 20 * 1024 * 1024  # what the Bot API lets a bot download


@dataclass(frozen=True)
class StoredFile:
    """One file; `name` is what the sender called it, and only a label."""

    file_id: str
    file_unique_id: str
    name: str
    mime_type: str
    size: int
    path: str  # as the Bot API names it


class Files:
    """The files of one local Telegram; without a folder they live as long as it does."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, StoredFile] = {}
        self._contents: dict[str, bytes] = {}

    def add(
        self, name: str, mime_type: str, content: bytes, *, kind: str = "documents"
    ) -> StoredFile:
        """Keep a file."""
        file_id, unique = token_urlsafe(24), token_urlsafe(9)
        number = len(self._known)
        suffix = Path(name).suffix if Path(name).suffix.isascii() else ""
        new = StoredFile(
            file_id, unique, name, mime_type, len(content), f"{kind}/file_{number}{suffix}"
        )
        self._known[file_id] = new
        if self._folder is None:
            self._contents[file_id] = content
        else:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._folder / file_id).write_bytes(content)
        return new

    def announce(self, name: str, mime_type: str, size: int) -> StoredFile:
        """Know of a file too big to be kept; it can be shown but not downloaded."""
        new = StoredFile(token_urlsafe(24), token_urlsafe(9), name, mime_type, size, "")
        self._known[new.file_id] = new
        return new

    def get(self, file_id: str) -> StoredFile | None:
        """Find a file by its id."""
        return self._known.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Find a file by the path that the Bot API gave for it."""
        return next((each for each in self._known.values() if each.path == path), None)

    def content(self, file: StoredFile) -> bytes:
        """Read a file."""
        if self._folder is None:
            return self._contents[file.file_id]
        return (self._folder / file.file_id).read_bytes()

    def saved(self) -> list[Json]:
        """What outlives the program, beside the folder."""
        return [asdict(each) for each in self._known.values()]

    def restore(self, saved: list[Json]) -> None:
        """Take up what `saved` gave."""
        self._known = {each["file_id"]: StoredFile(**each) for each in saved}
