"""Files that were sent: kept in a folder under random names, or in memory."""

import re
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

DOWNLOAD_BYTES = 20 * 1024 * 1024  # what the Bot API lets a bot download
ENDING = re.compile(r"\.\w{1,10}", re.ASCII)


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
        self.known: dict[str, StoredFile] = {}
        self._contents: dict[str, bytes] = {}

    def add(
        self, name: str, mime_type: str, content: bytes, *, kind: str = "documents"
    ) -> StoredFile:
        """Keep a file."""
        file_id, unique = token_urlsafe(24), token_urlsafe(9)
        number = len(self.known)
        ending = Path(name).suffix
        suffix = ending if ENDING.fullmatch(ending) else ""  # it becomes part of an address
        new = StoredFile(
            file_id, unique, name, mime_type, len(content), f"{kind}/file_{number}{suffix}"
        )
        self.known[file_id] = new
        if self._folder is None:
            self._contents[file_id] = content
        else:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._folder / file_id).write_bytes(content)
        return new

    def get(self, file_id: str) -> StoredFile | None:
        """Find a file by its id."""
        return self.known.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Find a file by the path that the Bot API gave for it."""
        return next((each for each in self.known.values() if each.path == path), None)

    def content(self, file: StoredFile) -> bytes | None:
        """Read a file; None for one that is gone."""
        if self._folder is None:
            return self._contents.get(file.file_id)
        try:
            return (self._folder / file.file_id).read_bytes()
        except FileNotFoundError:
            return None
