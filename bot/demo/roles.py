"""What the people of the demo may do with the bot, and the group in which it answers."""

from bot.demo.clock import MovableClock
from bot.demo.world import World
from storage.engine import Database
from storage.entries import admit
from storage.ledger import history
from storage.people import grant
from storage.roles import OPERATOR, Actor, Role, RoleOf

STARTED = Actor(None, "demo")
HELD = {
    "Campo": RoleOf(Role.READER),
    "Punto focal de UTAI": RoleOf(Role.FOCAL, "UTAI"),
    "Seguimiento": RoleOf(Role.FOLLOW_UP),
    "Administrador": RoleOf(Role.ADMIN),
}


async def give_roles(database: Database, world: World, clock: MovableClock) -> None:
    """Give everybody the role that the name says, and admit the groups, in a new demo only."""
    now = clock.now()
    async with database.write() as session:
        if await history(session, limit=1):
            return
        for user_id, person in world.people.items():
            name = person["first_name"]
            if role := HELD.get(name):
                await grant(session, user_id, name, role, actor=STARTED, by=OPERATOR, now=now)
        for chat in world.chats.values():
            if not chat.is_private:
                title = chat.info["title"]
                await admit(session, chat.id, title, actor=STARTED, by=OPERATOR, now=now)
