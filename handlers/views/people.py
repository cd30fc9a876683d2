"""Access in words: what a stranger is told, requests, invitations, and who holds what."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from markupsafe import Markup

from handlers.views.marks import moment
from handlers.views.reply import UNITS_IN_A_ROW, Button, Reply, in_rows
from storage.roles import PersonRow, RequestRow, Role, RoleOf
from storage.traffic import DraftRow

ROLES = {
    Role.READER: "lector",
    Role.FOCAL: "punto focal",
    Role.FOLLOW_UP: "seguimiento",
    Role.ADMIN: "administrador",
}
CHOICES = {
    Role.READER: "👀 Consultar (lector)",
    Role.FOCAL: "✍️ Punto focal de una unidad",
    Role.FOLLOW_UP: "🔎 Oficina de seguimiento",
    Role.ADMIN: "🔑 Administrador",
}
ASKABLE = (Role.READER, Role.FOCAL, Role.FOLLOW_UP)
PEOPLE_ON_A_PAGE = 15
GROUP_NOT_ADMITTED = (
    "Este grupo todavía no está admitido. Un administrador del bot puede admitirlo escribiendo "
    "aquí /admitir."
)
IN_PRIVATE = "Eso se hace en privado: escríbame directamente."
IN_A_GROUP = "Escriba /admitir dentro del grupo que quiere admitir."
ASKED = "📨 Su solicitud está en manos de los administradores; le avisaré apenas la vean."
ASKED_ALREADY = "📨 Ya tengo su solicitud; un administrador la verá. Le avisaré."
ASKED_NOBODY = (
    "📨 Guardé su solicitud, pero todavía no hay ningún administrador que la vea. Avise a quien "
    "puso en marcha el bot."
)
REFUSED = "Su solicitud de acceso no fue aceptada. Si cree que es un error, hable con su oficina."
DECIDED = "Esa solicitud ya se decidió."
LAPSED_INVITATION = (
    "Esa invitación ya se usó o caducó. Pida otra al administrador, o escriba /acceso."
)
NOTHING_TO_REVOKE = "Ese acceso ya no existía."
HOW_TO_INVITE = "¿Como qué entra la persona invitada?"
WHICH_UNIT = "¿De qué unidad?"


def role_name(role: RoleOf) -> str:
    """Write a role: «punto focal de UTAI»."""
    return f"{ROLES[role.role]} de {role.unit}" if role.unit else ROLES[role.role]


def stranger() -> Reply:
    """Tell somebody unknown what this is, and the way in."""
    return Reply(
        (
            "Soy el bot de los compromisos de mejora: digo qué vence, de quién es y cómo va.",
            "Por ahora no le conozco, así que no puedo responderle. Pida acceso y un "
            "administrador lo verá:",
        ),
        ((Button("🔑 Pedir acceso", "q:ask"),),),
    )


def request_sheet(draft: DraftRow, units: Sequence[str], telegram_name: str) -> Reply:
    """What is asked for so far, and the next question."""
    values = draft.values

    def button(label: str, verb: str, *arguments: int) -> Button:
        more = "".join(f":{argument}" for argument in arguments)
        return Button(label, f"q:{verb}:{draft.id}:{draft.revision}{more}")

    cancel = (button("✖ Cancelar", "no"),)
    if not values.get("name"):
        own = button(f"Soy {telegram_name}"[:40], "name")
        return Reply(
            ("🔑 <b>Pedir acceso</b>", "¿Cómo se llama? Escriba su nombre completo."),
            ((own,), cancel),
        )
    name = Markup("👤 {}").format(values["name"])
    if not values.get("role"):
        roles = tuple((button(CHOICES[role], "role", at),) for at, role in enumerate(ASKABLE))
        return Reply(("🔑 <b>Pedir acceso</b>", str(name), "¿Para qué?"), (*roles, cancel))
    if values["role"] == Role.FOCAL and not values.get("unit"):
        rows = in_rows([button(unit, "unit", at) for at, unit in enumerate(units)], UNITS_IN_A_ROW)
        return Reply(("🔑 <b>Pedir acceso</b>", str(name), WHICH_UNIT), (*rows, cancel))
    wanted = role_name(RoleOf(Role(values["role"]), values.get("unit", "")))
    return Reply(
        ("🔑 <b>Pedir acceso</b>", str(name), str(Markup("Como: {}").format(wanted))),
        ((button("📨 Enviar la solicitud", "ok"),), cancel),
    )


def asked_already() -> Reply:
    """A request waits for its decision; it may be replaced by another."""
    return Reply((ASKED_ALREADY,), ((Button("✍️ Cambiar la solicitud", "q:again"),),))


def request_notice(request: RequestRow, telegram_name: str) -> Reply:
    """Tell an administrator that somebody asks for access."""
    return Reply(
        (
            "🔑 <b>Solicitud de acceso</b>",
            str(
                Markup("👤 {} (en Telegram: {}, id {})").format(
                    request.name, telegram_name, request.user_id
                )
            ),
            str(Markup("Pide entrar como <b>{}</b>.").format(role_name(request.wanted))),
        ),
        (
            (
                Button("✅ Dar acceso", f"a:ok:{request.id}"),
                Button("✖ Rechazar", f"a:no:{request.id}"),
            ),
        ),
    )


def _decisions(request: RequestRow) -> tuple[Button, ...]:
    """The two decisions on one request of several."""
    return (
        Button(f"✅ {request.name}"[:28], f"a:ok:{request.id}"),
        Button(f"✖ {request.name}"[:28], f"a:no:{request.id}"),
    )


def decided(request: RequestRow, *, is_approved: bool) -> Reply:
    """The administrator's own message, after the decision."""
    if not is_approved:
        return Reply((str(Markup("✖ Rechazada la solicitud de {}.").format(request.name)),))
    words = Markup("✅ {} entra como <b>{}</b>.").format(request.name, role_name(request.wanted))
    return Reply((str(words),))


def welcome(role: RoleOf) -> Reply:
    """Tell somebody who has just got a role what can be done with it."""
    words = {
        Role.READER: "Pregunte con sus palabras: <i>¿qué vence en junio?</i>",
        Role.FOCAL: "Para registrar un medio escriba, por ejemplo, <i>ya presenté el 12.1</i>, o "
        "envíe el archivo.",
        Role.FOLLOW_UP: "Le llegará cada presentación con sus botones; /revisar muestra las que "
        "esperan.",
        Role.ADMIN: "/personas muestra los accesos, /invitar da nuevos.",
    }[role.role]
    first = Markup("🔓 Ya tiene acceso como <b>{}</b>.").format(role_name(role))
    return Reply((str(first), words))


def lost(role: RoleOf) -> Reply:
    """Tell somebody that a role was taken away."""
    return Reply((str(Markup("🔒 Ya no tiene acceso como {}.").format(role_name(role))),))


def invitation(role: RoleOf, link: str, expires_at: datetime, zone: tzinfo) -> Reply:
    """The link, once; whoever opens it first gets the role."""
    return Reply(
        (
            str(Markup("🎟 <b>Invitación</b> como {}:").format(role_name(role))),
            str(Markup("{}").format(link)),
            str(
                Markup(
                    "Sirve una sola vez, para quien la abra primero, hasta el {}. No la vuelvo a "
                    "mostrar: envíela solo a esa persona."
                ).format(moment(expires_at, zone))
            ),
        ),
        is_secret=True,
    )


def invite_roles() -> Reply:
    """Ask as what the invited person comes in."""
    rows = tuple((Button(label, f"a:inv:{at}"),) for at, label in enumerate(CHOICES.values()))
    return Reply((HOW_TO_INVITE,), rows)


def invite_units(units: Sequence[str]) -> Reply:
    """Ask for which unit."""
    at_focal = list(Role).index(Role.FOCAL)
    buttons = [Button(unit, f"a:inv:{at_focal}:{at}") for at, unit in enumerate(units)]
    return Reply((WHICH_UNIT,), in_rows(buttons, UNITS_IN_A_ROW))


def roster(
    people: Sequence[PersonRow],
    chats: Sequence[tuple[int, str]],
    configured: Sequence[int],
    undecided: Sequence[RequestRow],
    page: int,
) -> Reply:
    """Who holds what, with a button for each role that can be taken away, and who asks."""
    pages = max(1, -(-len(people) // PEOPLE_ON_A_PAGE))
    page = max(0, min(page, pages - 1))
    shown = people[page * PEOPLE_ON_A_PAGE : (page + 1) * PEOPLE_ON_A_PAGE]
    blocks = ["👥 <b>Personas con acceso</b>"]
    buttons: list[tuple[Button, ...]] = []
    for person in shown:
        roles = ", ".join(role_name(role) for _, role in person.grants)
        line = Markup("• {} (id {}): {}").format(person.name, person.user_id, roles)
        blocks.append(str(line))
        buttons += [
            (Button(f"✖ {person.name}: {role_name(role)}"[:60], f"a:rev:{grant_id}"),)
            for grant_id, role in person.grants
        ]
    if not people:
        blocks.append("Nadie todavía. /invitar hace un enlace de entrada.")
    if configured:
        ids = ", ".join(str(each) for each in configured)
        blocks.append(f"<i>Administradores por configuración: {ids}.</i>")
    if pages > 1:
        blocks.append(f"<i>Página {page + 1} de {pages}</i>")
        turn = [Button("‹ Anterior", f"a:ppl:{page - 1}")] if page else []
        turn += [Button("Siguiente ›", f"a:ppl:{page + 1}")] if page + 1 < pages else []
        buttons.append(tuple(turn))
    if undecided:
        blocks.append("\n🔑 <b>Solicitudes por decidir</b>")
    for request in undecided:
        wanted = role_name(request.wanted)
        line = Markup("• {} (id {}): {}").format(request.name, request.user_id, wanted)
        blocks.append(str(line))
        buttons.append(_decisions(request))
    if chats:
        blocks.append("\n💬 <b>Grupos admitidos</b>")
        blocks += [str(Markup("• {}").format(title)) for _, title in chats]
        buttons += [
            (Button(f"✖ grupo {title}"[:60], f"a:out:{chat_id}"),) for chat_id, title in chats
        ]
    return Reply(tuple(blocks), tuple(buttons))


def confirm_revoke(person: PersonRow, role: RoleOf, grant_id: int) -> Reply:
    """Ask once more before a role is taken away."""
    words = Markup("¿Quitarle a {} el acceso como <b>{}</b>?").format(person.name, role_name(role))
    return Reply(
        (str(words),),
        ((Button("Sí, quitar", f"a:rev:{grant_id}:1"), Button("No", "a:ppl:0")),),
    )


def revoked(person: PersonRow, role: RoleOf) -> Reply:
    """A role was taken away."""
    words = Markup("🔒 {} ya no es {}.").format(person.name, role_name(role))
    return Reply((str(words),), ((Button("👥 Personas", "a:ppl:0"),),))


def admitted(title: str, *, is_new: bool) -> Reply:
    """A group is admitted."""
    words = "Grupo admitido" if is_new else "Este grupo ya estaba admitido"
    return Reply((str(Markup("💬 {}: {}. Aquí respondo a todos.").format(words, title)),))


def dismissed(title: str | None) -> Reply:
    """A group is admitted no more."""
    if title is None:
        return Reply(("Este chat no es un grupo admitido. Escriba /retirar dentro del grupo.",))
    return Reply((str(Markup("💬 Grupo retirado: {}. Ya no respondo ahí.").format(title)),))
