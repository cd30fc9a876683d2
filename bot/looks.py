"""What `check` looks at in the database and beside it: each look tells whether all is well."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.start import REASONS, storage_problem
from bot.terminal import plain
from handlers.views.people import role_name
from handlers.views.words import STATUSES, day
from storage import inbox, outbox
from storage.engine import Database
from storage.errors import DatabaseUnavailableError, StorageError
from storage.events import EvidenceRow, State
from storage.evidence import means_of_evidence, recorded_evidence
from storage.evidence_files import EvidenceFolder, Soundness
from storage.integrity import (
    as_of_one_moment,
    engine_name,
    faults,
    first_unreadable,
    is_there,
    means_that_are_gone,
    misrecorded_events,
    missing_triggers,
    unexplained_groups,
    unexplained_roles,
)
from storage.ledger import Break, Chain, verify
from storage.marks import Contradiction, contradictions
from storage.migrate import HEAD, current_revision
from storage.traffic import OutboxState, Sort

BREAKS = {
    Break.MISSING: "falta el registro N° {at}",
    Break.ALTERED: "el registro N° {at} fue alterado",
    Break.UNLINKED: "el registro N° {at} no sigue al anterior",
    Break.CUT: "el final fue cortado o cambiado después del registro N° {last}",
}
UNSOUND = {
    Soundness.MISSING: "falta",
    Soundness.ALTERED: "fue alterado",
    Soundness.UNREADABLE: "no se puede leer",
}


class Sign(StrEnum):
    """How a subject stands."""

    FINE = "✓"
    WRONG = "✗"
    UNSEEN = "–"  # it could not be looked at, because of something that is wrong


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found."""

    subject: str
    sign: Sign = Sign.UNSEEN
    what: str = "sin revisar"

    def __str__(self) -> str:
        return plain(f"{self.sign} {self.subject}: {self.what}")


Found = tuple[bool, str]  # whether it is well, and what to say
Look = Callable[["House"], Awaitable[Found]]


@dataclass(frozen=True, slots=True)
class House:
    """What is looked at."""

    database: Database
    evidence: EvidenceFolder
    is_current: bool = False  # whether the database has the schema of this program


async def take_look(subject: str, look: Callable[[], Awaitable[Found]]) -> Finding:
    """Take a look, whatever it meets."""
    try:
        is_fine, what = await look()
    except StorageError as error:
        return Finding(subject, Sign.WRONG, why(error))
    except Exception as error:  # noqa: BLE001 - what is damaged fails in any way
        return Finding(subject, Sign.WRONG, f"no se pudo revisar ({type(error).__name__})")
    return Finding(subject, Sign.FINE if is_fine else Sign.WRONG, what)


def why(error: StorageError) -> str:
    """Say why the database cannot be used."""
    if isinstance(error, DatabaseUnavailableError):
        return f"{error.where}: {REASONS[error.reason]}"
    return storage_problem(error)


async def place(house: House) -> Found:
    """Where the database is, and of which kind."""
    database = house.database
    if not is_there(database):
        return False, f"{database.where} no existe todavía; la crea el primer comando"
    async with database.session() as session:
        return True, f"{await engine_name(session)}, {database.where}"


async def schema(house: House) -> Found:
    """Whether the database has the tables of this program."""
    found = await current_revision(house.database)
    if found == HEAD:
        return True, f"{HEAD}, al día"
    if found is None:
        return False, "la base está vacía; la prepara el primer comando"
    if found < HEAD:
        return False, f"{found}, anterior; el próximo inicio la actualiza a {HEAD}"
    return False, f"{found}, de una versión más nueva del programa, que llega a {HEAD}"


async def integrity(house: House) -> Found:
    """Whether the database itself is sound, and still refuses to change an event."""
    async with as_of_one_moment(house.database) as session:
        wrong = await faults(session)
        if house.is_current:
            missing = await missing_triggers(session)
            wrong += [f"falta o no actúa {name}, que protege el registro" for name in missing]
    return not wrong, "; ".join(wrong) or "sin daños"


async def chain(house: House) -> Found:
    """Whether each event is whole and follows the one before."""
    async with as_of_one_moment(house.database) as session:
        try:
            found = await verify(session)
        except (TypeError, ValueError):
            at = await first_unreadable(session)
            if at is None:
                raise
            found = Chain(0, at, Break.ALTERED)
    if found.how is not None:
        broken = BREAKS[found.how].format(at=found.broken_at, last=found.events)
        return False, f"la cadena se rompe: {broken}"
    if not found.events:
        return True, "todavía no hay registros"
    return True, f"{counted(found.events, 'registro', 'registros')}, cadena completa"


async def states(house: House) -> Found:
    """Whether each means stands as its events say."""
    async with as_of_one_moment(house.database) as session:
        wrong = [_contradicted(one) for one in await contradictions(session)]
        gone = await means_that_are_gone(session)
    wrong += [
        f"{_means(act, code)} tiene registros y ya no está en la matriz" for act, code in gone
    ]
    return not wrong, "; ".join(wrong) or "cada medio está como dicen sus registros"


def _contradicted(one: Contradiction) -> str:
    named = _means(one.act, one.code)
    if one.told is None:
        return f"{named}: sus registros se contradicen"
    if one.told == one.kept:
        return f"{named}: su último registro no es el que tiene anotado"
    return f"{named}: está {_state(one.kept)} y sus registros dicen {_state(one.told)}"


def _state(state: State) -> str:
    return f"{STATUSES.get(state.status, 'pendiente')} para el {day(state.due_on)}"


def _means(act: str, code: str) -> str:
    return f"{code} del acta {act}"


async def roles(house: House) -> Found:
    """Whether everybody holds what the events say."""
    async with as_of_one_moment(house.database) as session:
        wrong = [
            f"id {one.user_id} {'tiene' if one.is_held else 'no tiene'} acceso como "
            f"{role_name(one.role)}, contra lo que dicen los registros"
            for one in await unexplained_roles(session)
        ]
        wrong += [
            f"el grupo {chat_id} está o no está admitido contra lo que dicen los registros"
            for chat_id in await unexplained_groups(session)
        ]
    return not wrong, "; ".join(wrong) or "cada uno tiene lo que dicen los registros"


async def evidence(house: House) -> Found:
    """Whether the evidence is what was recorded, in the database and on the disk."""
    async with as_of_one_moment(house.database) as session:
        kept = await recorded_evidence(session)
        wrong = [
            f"la evidencia del registro N° {event_id} no es la que se registró"
            for event_id in await misrecorded_events(session)
        ]
    for event_id, one in kept:
        soundness = await _soundness(house.evidence, one)
        if soundness is not Soundness.SOUND:
            async with house.database.session() as session:
                means = await means_of_evidence(session, one.id)
            of_means = _means(*means) if means else "ningún medio"
            told = f"«{one.label}» de {of_means} (registro N° {event_id})"
            wrong.append(f"{told} {UNSOUND[soundness]}")
    if wrong or not kept:
        return not wrong, "; ".join(wrong) or "todavía no hay"
    files = sum(1 for _, one in kept if one.stored_name)
    links = counted(len(kept) - files, "enlace", "enlaces")
    return True, f"{counted(files, 'archivo', 'archivos')} y {links}, como se registraron"


async def _soundness(folder: EvidenceFolder, one: EvidenceRow) -> Soundness:
    if one.stored_name is None:
        return Soundness.SOUND
    try:
        return await folder.verify(one.stored_name, one.sha256 or "", one.size or 0)
    except ValueError:  # a name that we never gave
        return Soundness.MISSING


async def received(house: House) -> Found:
    """Whether some update was given up."""
    async with as_of_one_moment(house.database) as session:
        unfinished = await inbox.unfinished_count(session)
        tickets = await inbox.tickets_aside(session)
    if tickets:
        told = f"{counted(len(tickets), 'apartado', 'apartados')}, con código "
        return False, f"{told}{', '.join(tickets)}; {unfinished} por atender"
    return True, f"{unfinished} por atender, ninguno apartado"


async def sent(house: House) -> Found:
    """What waits to be sent; somebody who blocked the bot is no fault of it."""
    async with as_of_one_moment(house.database) as session:
        counts = await outbox.counts(session)
    waiting, failed, held = (
        sum(counts.get((sort, state), 0) for sort in Sort)
        for state in (OutboxState.WAITING, OutboxState.FAILED, OutboxState.HELD)
    )
    told = f"{waiting} por enviar, {failed} que no se pudieron entregar"
    return not held, f"{told}, {held} en duda (vea «deliveries»)" if held else told


LOOKS: dict[str, Look] = {
    "Registro": chain,
    "Estados": states,
    "Accesos": roles,
    "Evidencia": evidence,
    "Recepción": received,
    "Envíos": sent,
}


def counted(count: int, one: str, many: str) -> str:
    """«1 archivo», «3 archivos»."""
    return f"{count} {one if count == 1 else many}"
