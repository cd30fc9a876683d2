"""What a person writes: free text, commands and links; the reply goes back to the same place."""

from dataclasses import dataclass

from telegram import Bot, Message, MessageEntity, Update
from telegram.constants import ChatType

from handlers.context import Context, message_of
from handlers.send import send
from handlers.views.reply import Reply


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the menu and the question it stands for.

    `question` holds «{}» where what follows the command goes; `bare` is the question when
    nothing follows, or None where something must; then `example` shows what.
    """

    name: str
    menu: str
    question: str
    bare: str | None = None
    example: str = ""


COMMANDS = (
    Command("ayuda", "Qué puede preguntar", "ayuda", bare="ayuda"),
    Command("vence", "Qué vence: /vence junio", "vence {}", bare="qué vence este mes"),
    Command(
        "unidad",
        "Lo de una unidad: /unidad UTAI",
        "unidad {}",
        example="Escriba la unidad: <code>/unidad UTAI</code>",
    ),
    Command(
        "compromiso",
        "Un compromiso completo: /compromiso 4",
        "compromiso {}",
        example="Escriba el número: <code>/compromiso 4</code>",
    ),
    Command(
        "buscar",
        "Busca un tema: /buscar salud mental",
        "busca {}",
        example="Escriba el tema: <code>/buscar salud mental</code>",
    ),
    Command("pendientes", "Lo que falta: /pendientes UTAI", "pendientes {}", bare="pendientes"),
    Command("avance", "Cómo vamos: /avance por unidad", "avance {}", bare="avance"),
    Command(
        "glosario",
        "Qué significa una sigla: /glosario MCM",
        "qué es {}",
        example="Escriba la sigla: <code>/glosario MCM</code>",
    ),
    Command("acta", "Datos del acta: /acta firmantes", "acta {}", bare="acta"),
)

BY_NAME = {command.name: command for command in COMMANDS} | {"help": COMMANDS[0]}
MENTIONS: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
START = "ayuda"  # what a bare /start asks

UNKNOWN_COMMAND = Reply(
    (
        "No conozco ese comando. Vea /ayuda, o pregunte con sus palabras:",
        "<i>¿qué vence en junio?</i>",
    )
)


async def ask(update: Update, context: Context) -> None:
    """Answer one written question; in a group only when the bot is spoken to."""
    message = message_of(update)
    text = words_for(message, context.bot)
    if text is None:
        return
    services = context.services
    reply = await services.conversation.reply_to_text(services, message.chat_id, text)
    await answer(context.bot, message, reply)


async def run_command(update: Update, context: Context) -> None:
    """Answer a command of the menu as the question it stands for."""
    message = message_of(update)
    name, rest = split_command(message)
    command = BY_NAME[name]
    question = command.question.replace("{}", rest) if rest else command.bare
    if question is None:
        reply = Reply((command.example,))
    else:
        services = context.services
        reply = await services.conversation.reply_to_text(services, message.chat_id, question)
    await answer(context.bot, message, reply)


async def start(update: Update, context: Context) -> None:
    """Answer the first word of a chat, or the link that led into it."""
    message, services = message_of(update), context.services
    payload = split_command(message)[1]
    if payload:
        reply = await services.conversation.reply_to_deep_link(services, message.chat_id, payload)
    else:
        reply = await services.conversation.reply_to_text(services, message.chat_id, START)
    await answer(context.bot, message, reply)


async def unknown_command(update: Update, context: Context) -> None:
    """Say that there is no such command; in a group it is probably another bot's."""
    message = message_of(update)
    if message.chat.type == ChatType.PRIVATE:
        await answer(context.bot, message, UNKNOWN_COMMAND)


async def answer(bot: Bot, message: Message, reply: Reply) -> None:
    """Send a reply to where the message was written; in a group it names the message."""
    await send(
        bot,
        message.chat_id,
        reply,
        reply_to=None if message.chat.type == ChatType.PRIVATE else message.message_id,
        thread_id=message.message_thread_id if message.is_topic_message else None,
    )


def split_command(message: Message) -> tuple[str, str]:
    """Give the name of the command in small letters, and what follows it."""
    text, end = message.text or "", message.entities[0].length
    return text[1:end].partition("@")[0].lower(), text[end:].strip()


def words_for(message: Message, bot: Bot) -> str | None:
    """Give what was said to the bot, without its name; None when it was not spoken to."""
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return None  # our own words, put there by an inline query
    text, is_named = without_name(message, bot)
    answered = message.reply_to_message
    is_answered = (
        answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
    )
    is_private = message.chat.type == ChatType.PRIVATE
    return text if is_private or is_named or is_answered else None


def without_name(message: Message, bot: Bot) -> tuple[str, bool]:
    """Take the mentions of the bot out of a text; tell whether there were any."""
    raw = (message.text or "").encode("utf-16-le")  # entities count in UTF-16 units
    is_named = False
    for entity, named in reversed(message.parse_entities(MENTIONS).items()):
        is_bot = named.lower() == f"@{bot.username}".lower() or (
            entity.user is not None and entity.user.id == bot.id
        )
        if is_bot:
            raw = raw[: 2 * entity.offset] + raw[2 * (entity.offset + entity.length) :]
            is_named = True
    text = raw.decode("utf-16-le")
    return (text.strip(" \n,:;") if is_named else text), is_named
