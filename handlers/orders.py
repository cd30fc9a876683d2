"""Commands that do something: marking, reviewing, access."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from telegram import Update

from handlers import admitting, deeds, deliveries, dialogs, drafting, subscribing
from handlers.context import Context, message_of
from handlers.deeds import RefusedError
from handlers.heard import split_command
from handlers.language.links import links
from handlers.permission import Deed
from handlers.question import Intent, Question
from handlers.turn import Turn
from handlers.views.reply import Reply
from storage.records import MeansRow
from storage.traffic import DraftKind

Run = Callable[[Turn, str], Awaitable[Reply]]
NOT_THERE = "No encuentro ese medio en la matriz. Escriba su número: <code>/{} 12.1</code>"
WHICH = "Escriba el número del medio: <code>/{} 12.1</code>"
SEVERAL = "Ahí hay varios medios; escriba el número de uno: <code>/{} 12.1</code>"


@dataclass(frozen=True, slots=True)
class Order:
    """A command with what it does; `is_open` for one that a stranger may give."""

    name: str
    menu: str
    run: Run
    is_open: bool = False


async def present(turn: Turn, rest: str) -> Reply:
    """Begin to mark a means as submitted."""
    reader = await turn.reader()
    words = " ".join(word for word in rest.split() if not links(word))
    question = reader.read(words, turn.services.clock.today())
    refs, topic = question.wanted.refs, question.wanted.topic
    rows = await drafting.pointed(turn, question) if refs or topic else []
    return await dialogs.begin(turn, rows, rest, points=bool(refs))


async def review(turn: Turn, rest: str) -> Reply:
    """Show what waits for review, or one means with what can be done about it."""
    if not rest:
        return await deeds.show_waiting(turn)
    return await deeds.show_card(turn, await one_named(turn, "revisar", rest))


async def show_history(turn: Turn, rest: str) -> Reply:
    """Tell who did what about a means, and when."""
    return await deeds.show_history(turn, await one_named(turn, "historia", rest))


async def show_evidence(turn: Turn, rest: str) -> Reply:
    """Give the evidence of a means."""
    return await deeds.show_evidence(turn, await one_named(turn, "evidencia", rest))


async def reprogram(turn: Turn, rest: str) -> Reply:
    """Begin to move the due day of a means."""
    row = await one_named(turn, "reprogramar", rest)
    reply = await dialogs.begin_at(turn, row, Deed.REPROGRAM)
    code = drafting.CODE.search(rest)
    words = rest[code.end() :].strip() if code else ""
    draft = await drafting.active(turn)
    heard = await dialogs.hear(turn, draft, words) if words and draft else None
    return heard or reply


async def go_on(turn: Turn, _rest: str) -> Reply:
    """Take up what was left half done."""
    draft = await drafting.active(turn)
    if draft is not None and draft.kind is DraftKind.REQUEST:
        return await admitting.sheet(turn, draft)
    return await dialogs.resume_some(turn)


async def cancel(turn: Turn, _rest: str) -> Reply:
    """Leave what was begun last."""
    return await dialogs.cancel_newest(turn)


async def subscribe(turn: Turn, rest: str) -> Reply:
    """Begin or change what the chat is told by itself; without words, show it."""
    if not rest:
        return await subscribing.show_all(turn)
    reader, today = await turn.reader(), turn.services.clock.today()
    said = reader.read(rest, today)
    if said.intent in {Intent.SUBSCRIBE, Intent.UNSUBSCRIBE}:  # «/avisos stop»
        return await subscribing.hear(turn, said, rest)
    words = f"avísame {rest}"
    question = reader.read(words, today)
    return await subscribing.hear(turn, replace(question, intent=Intent.SUBSCRIBE), words)


async def show_subscriptions(turn: Turn, _rest: str) -> Reply:
    """Show what the chat is told by itself."""
    return await subscribing.show_all(turn)


async def show_deliveries(turn: Turn, _rest: str) -> Reply:
    """Show an administrator what is sent, waits and failed."""
    return await deliveries.show(turn)


async def ask_access(turn: Turn, _rest: str) -> Reply:
    """Begin to ask for access."""
    return await admitting.ask(turn)


async def invite(turn: Turn, rest: str) -> Reply:
    """Make an invitation."""
    return await admitting.invite(turn, rest)


async def show_people(turn: Turn, _rest: str) -> Reply:
    """List who holds what."""
    return await admitting.show_people(turn)


async def admit(turn: Turn, _rest: str) -> Reply:
    """Admit this group."""
    return await admitting.admit(turn)


async def dismiss(turn: Turn, _rest: str) -> Reply:
    """Admit this group no more."""
    return await admitting.dismiss(turn, turn.place.chat_id)


ORDERS = (
    Order("presentar", "Registra lo que presentó: /presentar 12.1", present),
    Order("revisar", "Lo que espera revisión (seguimiento)", review),
    Order("historia", "Quién hizo qué: /historia 12.1", show_history),
    Order("evidencia", "Los archivos de un medio: /evidencia 12.1", show_evidence),
    Order("reprogramar", "Mueve una fecha (seguimiento): /reprogramar 12.1", reprogram),
    Order("continuar", "Sigue con el registro que dejó a medias", go_on, is_open=True),
    Order("cancelar", "Deja el registro que empezó", cancel, is_open=True),
    Order("avisos", "Resúmenes y recordatorios: /avisos lunes UTAI", subscribe),
    Order("suscripciones", "Los avisos de este chat", show_subscriptions),
    Order("acceso", "Pide acceso", ask_access, is_open=True),
    Order("personas", "Quién tiene acceso (administrador)", show_people, is_open=True),
    Order("invitar", "Enlace de entrada (administrador): /invitar focal UTAI", invite),
    Order("entregas", "Qué se envió y qué no (administrador)", show_deliveries),
    Order("admitir", "Admite este grupo (administrador)", admit, is_open=True),
    Order("retirar", "Retira este grupo (administrador)", dismiss, is_open=True),
)
BY_NAME = {order.name: order for order in ORDERS}


async def give(update: Update, context: Context) -> None:
    """Do what a command orders, if whoever gives it may."""
    turn = context.turn
    name, rest = split_command(message_of(update))
    try:
        turn.say(await BY_NAME[name].run(turn, rest))
    except RefusedError as refusal:
        turn.say(Reply((refusal.reason,)))


async def named(turn: Turn, words: str) -> list[MeansRow]:
    """The means that words name by number; nothing where they name none."""
    reader = await turn.reader()
    question: Question = reader.read(words, turn.services.clock.today())
    return await drafting.pointed(turn, question) if question.wanted.refs else []


async def one_named(turn: Turn, order: str, words: str) -> MeansRow:
    """The one means that words name.

    Raises:
        RefusedError: they name none, or several.
    """
    rows = await named(turn, words) if words else []
    if len(rows) == 1:
        return rows[0]
    problem = SEVERAL if rows else NOT_THERE if words else WHICH
    raise RefusedError(problem.format(order))
