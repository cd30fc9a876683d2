"""Files that people send: fetched before the transaction, taken into a dialogue within it."""

import logging
from dataclasses import dataclass

from telegram import Message, Update

from handlers import dialogs
from handlers.context import Context, message_of, place_of, sender_of
from handlers.deeds import RefusedError
from handlers.fetching import DownloadError
from handlers.heard import words_for
from handlers.services import Services
from handlers.turn import Turn
from handlers.views import evidence as said
from handlers.views.marks import ANONYMOUS, NOT_FOCAL
from handlers.views.reply import Reply
from storage.evidence_files import StoredEvidence
from storage.evidence_kinds import EVIDENCE_BYTES, EvidenceError, EvidenceTooLargeError
from storage.inbox import has_more_of_album

logger = logging.getLogger(__name__)

ALBUM = "album"  # in `chat_data`: the album of which a part was refused last
EXAMPLE = "Escríbame, por ejemplo: <i>¿qué vence en junio?</i>"
CONTENT = (
    (("voice", "audio", "video_note"), "No puedo escuchar audios."),
    (("sticker", "animation", "dice", "game"), "Me gustan, pero no sé leerlos."),
    (("paid_media", "story"), "No puedo ver eso."),
    (("location", "venue"), "No uso ubicaciones."),
    (("contact",), "No guardo contactos."),
)
OTHER = "Solo leo texto y archivos de evidencia."


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as a message names it."""

    file_id: str
    size: int | None
    label: str


def attached(message: Message) -> Attached | None:
    """Give the file of a message: a document, the largest size of a photo, or a video."""
    document, video = message.document, message.video
    if document is not None:
        return Attached(document.file_id, document.file_size, document.file_name or "archivo")
    if message.photo:
        largest = message.photo[-1]
        return Attached(largest.file_id, largest.file_size, f"foto_{message.message_id}.jpg")
    if video is not None:
        return Attached(video.file_id, video.file_size, video.file_name or "video.mp4")
    return None


async def fetch(update: Update, context: Context) -> StoredEvidence | Reply | None:
    """Bring a file onto the disk, before any transaction; a reply where it cannot be taken.

    Nothing is downloaded for somebody who could not hand it in.
    """
    message, place = message_of(update), place_of(update)
    file = attached(message)
    if file is None or place is None or words_for(message, context.bot) is None:
        return None
    services = context.services
    async with services.database.session() as session:
        refusal = await _refusal(Turn(services, session, sender_of(update), place))
    return refusal or await _download(services, file)


async def _refusal(turn: Turn) -> Reply | None:
    """Say why somebody need not send a file; None when it may be taken."""
    if turn.sender.user_id is None:
        return Reply((ANONYMOUS,))
    return None if (await turn.access()).units else Reply((NOT_FOCAL,))


async def _download(services: Services, file: Attached) -> StoredEvidence | Reply:
    """Bring a file from Telegram onto the disk."""
    try:
        if file.size is not None and file.size > EVIDENCE_BYTES:
            raise EvidenceTooLargeError(EVIDENCE_BYTES)
        async with services.fetch.open(file.file_id) as chunks:
            return await services.evidence.keep(chunks, file.label)
    except EvidenceError as error:
        return said.refused(error, file.label)
    except DownloadError as error:
        logger.warning("a file was not downloaded: %s", error.reason)
        return said.not_downloaded(file.label)


async def receive(update: Update, context: Context) -> None:
    """Take a file as evidence; in a group only when the bot is spoken to."""
    message, fetched, turn = message_of(update), context.fetched, context.turn
    if fetched is None:
        return
    if isinstance(fetched, Reply):
        if not _is_of_refused_album(message, context):
            turn.say(fetched)
        return
    caption = words_for(message, context.bot) or ""
    try:
        reply = await dialogs.bring(turn, fetched, caption)
        album = message.media_group_id
        if album is None or not await has_more_of_album(turn.session, album):
            turn.say(reply)  # once for all the pictures of an album
    except RefusedError as refusal:
        if not _is_of_refused_album(message, context):
            turn.say(Reply((refusal.reason,)))


def _is_of_refused_album(message: Message, context: Context) -> bool:
    """Tell whether another picture of the same album was refused before; note this one."""
    album, chat_data = message.media_group_id, context.chat_data
    if album is None or chat_data is None:
        return False
    is_known = chat_data.get(ALBUM) == album
    chat_data[ALBUM] = album
    return is_known


async def explain_content(update: Update, context: Context) -> None:
    """Answer what is neither text nor a file."""
    context.turn.say(Reply((content_problem(message_of(update)), EXAMPLE)))


def content_problem(message: Message) -> str:
    """Say why this kind of content gets no other answer."""
    for kinds, sentence in CONTENT:
        if any(getattr(message, kind) for kind in kinds):
            return sentence
    return OTHER
