"""Files that people send: fetched before the transaction, taken into a dialogue within it."""

import logging

from telegram import Message, Update

from handlers import dialogs, drafting
from handlers.context import Context, message_of, place_of, sender_of
from handlers.deeds import RefusedError
from handlers.fetching import Attached, DownloadError
from handlers.heard import words_for
from handlers.services import Services
from handlers.turn import Turn
from handlers.views import evidence as said
from handlers.views.marks import ANONYMOUS, NOT_FOCAL
from handlers.views.reply import Reply
from storage.evidence_files import StoredEvidence
from storage.evidence_kinds import EVIDENCE_BYTES, EvidenceError, EvidenceTooLargeError
from storage.inbox import has_more_of_album
from storage.traffic import DraftKind

logger = logging.getLogger(__name__)

REFUSED = "refused"  # in `chat_data`: the album that was refused for its caption
TOLD = "told"  # what was said last of a part of an album
ADDRESSED = "addressed"  # the album whose caption spoke to the bot
EXAMPLE = "Escríbame, por ejemplo: <i>¿qué vence en junio?</i>"
CONTENT = (
    (("voice", "audio", "video_note"), "No puedo escuchar audios."),
    (("sticker", "animation", "dice", "game"), "Me gustan, pero no sé leerlos."),
    (("paid_media", "story"), "No puedo ver eso."),
    (("location", "venue"), "No uso ubicaciones."),
    (("contact",), "No guardo contactos."),
)
NAMED_ALONE = frozenset({DraftKind.REPROGRAM, DraftKind.OBSERVE})  # which keep no files
OTHER = "Solo leo texto y archivos de evidencia."


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


async def fetch(update: Update, context: Context) -> StoredEvidence | Attached | Reply | None:
    """Bring a file onto the disk, before any transaction; a reply where it cannot be taken.

    Nothing is downloaded for somebody who could not hand it in, or into a dialogue that keeps
    no files.
    """
    message, place = message_of(update), place_of(update)
    file = attached(message)
    if file is None or place is None or _words_with(message, context) is None:
        return None
    services = context.services
    async with services.database.session() as session:
        turn = Turn(services, session, sender_of(update), place)
        draft = await drafting.active(turn)
        if draft is not None and draft.kind in NAMED_ALONE:
            return file
        refusal = await _refusal(turn)
    return refusal or await _download(services, file)


def _words_with(message: Message, context: Context) -> str | None:
    """The words to the bot with a file; None where it was not spoken to.

    In a group the caption of an album's first picture speaks for all of them.
    """
    words = words_for(message, context.bot)
    album, chat_data = message.media_group_id, context.chat_data
    if album is None or chat_data is None:
        return words
    if words is not None:
        chat_data[ADDRESSED] = album
        return words
    return "" if chat_data.get(ADDRESSED) == album else None


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
    caption, album = _words_with(message, context) or "", message.media_group_id
    draft = await drafting.active(turn)
    if isinstance(fetched, Reply):
        if draft is not None and draft.kind is DraftKind.SUBMIT:  # the others are in it
            shown = await drafting.sheet(turn, draft)
            turn.say(Reply((*fetched.blocks, "", *shown.blocks), shown.buttons))
        elif not _is_told(message, context, fetched):
            turn.say(fetched)
        return
    if isinstance(fetched, Attached):
        if draft is not None and draft.kind in NAMED_ALONE:
            turn.say(await dialogs.name_file(turn, draft, caption, fetched.label))
        return
    chat_data = context.chat_data if album is not None and context.chat_data is not None else {}
    if album is not None and chat_data.get(REFUSED) == album:
        return  # what was said of the first of them is true of all
    try:
        reply, is_telling = await dialogs.bring(turn, fetched, caption)
        if is_telling or album is None or not await has_more_of_album(turn.session, album):
            turn.say(reply)  # once for all the pictures of an album
    except RefusedError as refusal:
        chat_data[REFUSED] = album
        turn.say(Reply((refusal.reason,)))


def _is_told(message: Message, context: Context, reply: Reply) -> bool:
    """Tell whether the same was said of another picture of the album; note it."""
    album, chat_data = message.media_group_id, context.chat_data
    if album is None or chat_data is None:
        return False
    is_known = chat_data.get(TOLD) == (album, reply)
    chat_data[TOLD] = album, reply
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
