"""What a person writes: free text, commands of questions and links."""

from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatType

from handlers import admitting, dialogs, drafting
from handlers.context import Context, message_of
from handlers.deeds import RefusedError
from handlers.heard import split_command, words_for
from handlers.turn import Turn
from handlers.views.reply import Reply
from storage.traffic import DraftKind


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
START = "ayuda"  # what a bare /start asks

UNKNOWN_COMMAND = Reply(
    (
        "No conozco ese comando. Vea /ayuda, o pregunte con sus palabras:",
        "<i>¿qué vence en junio?</i>",
    )
)


async def ask(update: Update, context: Context) -> None:
    """Answer what was written; in a group only when the bot is spoken to."""
    text = words_for(message_of(update), context.bot)
    if text is not None:
        await _answer(context.turn, text)


async def _answer(turn: Turn, text: str) -> None:
    """Take words into the open dialogue, or else as a question."""
    try:
        turn.say(await _heard(turn, text))
    except RefusedError as refusal:
        turn.say(Reply((refusal.reason,)))


async def _heard(turn: Turn, text: str) -> Reply:
    draft, may_read = await drafting.active(turn), await admitting.may_read(turn)
    if draft is not None and (may_read or draft.kind is DraftKind.REQUEST):
        hear = admitting.hear if draft.kind is DraftKind.REQUEST else dialogs.hear
        reply = await hear(turn, draft, text)
        if reply is not None:
            return reply
    if not may_read:
        return admitting.turned_away(turn)
    reply = await turn.services.conversation.reply_to_text(turn, text)
    return reply if draft is None else await dialogs.remind(turn, draft, reply)


async def run_command(update: Update, context: Context) -> None:
    """Answer a command of the menu as the question it stands for."""
    turn = context.turn
    name, rest = split_command(message_of(update))
    command = BY_NAME[name]
    question = command.question.replace("{}", rest) if rest else command.bare
    if question is None:
        turn.say(Reply((command.example,)))
    else:
        turn.say(await turn.services.conversation.reply_to_text(turn, question))


async def start(update: Update, context: Context) -> None:
    """Answer the first word of a chat, or the link that led into it."""
    turn = context.turn
    payload = split_command(message_of(update))[1]
    conversation = turn.services.conversation
    try:
        if payload.startswith(admitting.INVITATION):
            turn.say(await admitting.come_in(turn, payload.removeprefix(admitting.INVITATION)))
        elif not await admitting.may_read(turn):
            turn.say(admitting.turned_away(turn))
        elif payload:
            turn.say(await conversation.reply_to_deep_link(turn, payload))
        else:
            turn.say(await conversation.reply_to_text(turn, START))
    except RefusedError as refusal:
        turn.say(Reply((refusal.reason,)))


async def unknown_command(update: Update, context: Context) -> None:
    """Say that there is no such command; in a group it is probably another bot's."""
    if message_of(update).chat.type == ChatType.PRIVATE:
        context.turn.say(UNKNOWN_COMMAND)
