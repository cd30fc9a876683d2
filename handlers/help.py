"""What the bot cannot read: it says so and shows what it can."""

from telegram import Message, Update

from handlers.context import Context, message_of
from handlers.send import send
from handlers.views.reply import Reply

EXAMPLE = "Escríbame, por ejemplo: <i>¿qué vence en junio?</i>"
CONTENT = (
    (("voice", "audio", "video_note"), "No puedo escuchar audios."),
    (("sticker", "animation", "dice", "game"), "Me gustan, pero no sé leerlos."),
    (("photo", "video", "paid_media", "story"), "No puedo ver fotos ni videos."),
    (("document",), "No puedo leer archivos."),
    (("location", "venue"), "No uso ubicaciones."),
    (("contact",), "No guardo contactos."),
)
OTHER = "Solo leo texto."
ALBUM = "album"  # in `chat_data`: the album that was answered last


async def explain_content(update: Update, context: Context) -> None:
    """Answer what is not text; an album of several pictures gets one answer."""
    message, chat_data = message_of(update), context.chat_data
    album = message.media_group_id
    if album is not None and chat_data is not None:
        if chat_data.get(ALBUM) == album:
            return
        chat_data[ALBUM] = album
    await send(context.bot, message.chat_id, Reply((content_problem(message), EXAMPLE)))


def content_problem(message: Message) -> str:
    """Say why this kind of content gets no other answer."""
    for kinds, sentence in CONTENT:
        if any(getattr(message, kind) for kind in kinds):
            return sentence
    return OTHER
