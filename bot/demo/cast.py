"""Who the demo has: five people who can be played, and one group."""

from dataclasses import dataclass
from datetime import date

from bot.demo.world import World

USERNAME = "compromisos_bot"
BOT = {
    "id": 700_100_200,
    "is_bot": True,
    "first_name": "Compromisos",
    "username": USERNAME,
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
TODAY = date(2021, 5, 14)  # some weeks after the act, before the first means fall due
GROUP = "Equipo UTAI"


@dataclass(frozen=True)
class Role:
    """Somebody who can be played; `status` is what they are in the group, if they are in it."""

    name: str
    about: str
    status: str | None


ROLES = (
    Role("Campo", "Coordinador de campo: pregunta desde el celular", "member"),
    Role("Punto focal de UTAI", "Entrega los medios de su unidad", "administrator"),
    Role("Seguimiento", "Oficina de seguimiento: revisa lo que llega", "member"),
    Role("Administrador", "Pone en marcha el bot y da accesos", "creator"),
    Role("Desconocido", "Alguien que nadie ha invitado", None),
)
EXAMPLES = ("¿Qué vence en junio?", "¿Qué le falta a UTAI?", "¿Cómo vamos por unidad?")


def settle(world: World) -> None:
    """Bring the people, their chats and the group into a new world."""
    members: dict[int, str] = {}
    for role in ROLES:
        person = world.person(role.name)
        world.private(person)
        if role.status is not None:
            members[int(person["id"])] = role.status
    world.group(GROUP, members)


def about(name: str) -> str:
    """Say what a person of the demo does."""
    return next((role.about for role in ROLES if role.name == name), "")
