"""What is said when there is nothing to list: help, courtesies, and what was not understood."""

from markupsafe import Markup

from handlers.question import Courtesy, Intent, Plain, Question, Trouble
from handlers.views.reply import Button, Reply
from handlers.views.understood import described

EXAMPLES = ("¿qué vence en junio?", "pendientes de UTAI", "compromiso 4")
HELP = (
    "Puedo responder sobre la matriz de compromisos de mejora. Pregunte con sus palabras:",
    "• <b>Plazos</b>: <i>¿qué vence en junio?</i> · <i>próximos 15 días</i>",
    "• <b>Unidades y áreas</b>: <i>compromisos de UOAI</i> · <i>área capacitación</i>",
    "• <b>Un medio o compromiso</b>: <i>compromiso 4</i> · <i>¿quién ve el 12.1?</i>",
    "• <b>Temas</b>: <i>habilidades blandas</i> · <i>salud mental</i>",
    "• <b>Estado</b>: <i>vencidos de UTAI</i> · <i>avance por unidad</i>",
    "• <b>Siglas y acta</b>: <i>¿qué es el SAF?</i> · <i>¿quién firmó el acta?</i>",
    "• <b>Presentar</b> (puntos focales): <i>ya presenté el 12.1</i>, o envíe el archivo",
    "• <b>Avisos</b>: <i>avísame los lunes lo de UTAI</i> · <i>silencio hasta el lunes</i> · "
    "/suscripciones",
    "• <b>Quién hizo qué</b>: /historia 12.1 · <b>Su acceso</b>: /acceso",
    "• <b>Seguimiento</b>: /revisar · /reprogramar 12.1",
    "• <b>Administrador</b>: /personas · /invitar · /entregas",
    "• <b>En un grupo</b>: nómbreme o responda a un mensaje mío",
    "Puede seguir la conversación: <i>¿y en julio?</i>, <i>solo los pendientes</i>, "
    "<i>el segundo</i>.",
)
GREETINGS = {
    Courtesy.GREETING: "¡Buenas! Pregúnteme por los compromisos de mejora, por ejemplo:",
    Courtesy.THANKS: "¡De nada! Aquí estoy para lo que siga; por ejemplo:",
    Courtesy.FAREWELL: "¡Hasta luego! Cuando quiera, pregunte; por ejemplo:",
}
IN_THE_CHAT = {
    Intent.SUBSCRIBE: (
        "Entendí que quiere recibir avisos; eso se pide en el chat del bot. Aquí puede preguntar, "
        "por ejemplo:"
    ),
    Intent.UNSUBSCRIBE: (
        "Entendí que no quiere avisos; eso se corta en el chat del bot. Aquí puede preguntar, por "
        "ejemplo:"
    ),
}
TROUBLES = {
    Trouble.EMPTY: "No llegó ningún texto. Puede preguntar, por ejemplo:",
    Trouble.OUT_OF_SCOPE: (
        "No entendí eso como una pregunta sobre los compromisos de mejora, así que prefiero no "
        "adivinar. Puede preguntar, por ejemplo:"
    ),
}
OPTION_CHARS = 40


def render_plain(plain: Plain, question_id: int | None) -> Reply:
    """Help, a courtesy, a reading to choose, or why there is no answer."""
    question = plain.question
    if question.options:
        return _options(question, question_id)
    if question.intent is Intent.HELP:
        if question.courtesy is Courtesy.HELP:
            return Reply(HELP)
        return Reply((GREETINGS[question.courtesy], *_examples()))
    if question.intent in IN_THE_CHAT:
        return Reply((IN_THE_CHAT[question.intent], *_examples()))
    if question.trouble is Trouble.IMPOSSIBLE_DATE:
        said = Markup(
            "«{}» no existe en el calendario. Escriba otra fecha, por ejemplo «30 de junio»."
        )
        return Reply((str(said.format(question.trouble_text)),))
    return Reply((TROUBLES[question.trouble or Trouble.OUT_OF_SCOPE], *_examples()))


def _examples() -> tuple[str, ...]:
    return tuple(f"• <i>{example}</i>" for example in EXAMPLES)


def _options(question: Question, question_id: int | None) -> Reply:
    """«¿Quiso decir…?» with a button a reading."""
    labels = []
    for option in question.options:
        meant = option.corrections[-1].meant if option.corrections else ""
        words = described(option.wanted, {})
        labels.append(f"{meant}: {words}" if meant and meant not in words else words)
    typed = question.options[0].corrections[-1].typed if question.options[0].corrections else ""
    first = Markup("«{}» puede leerse de dos maneras. ¿Cuál quiso decir?").format(typed)
    listed = tuple(str(Markup("• {}").format(label)) for label in labels)
    buttons: tuple[tuple[Button, ...], ...] = ()
    if question_id is not None:
        buttons = tuple(
            (Button(label[:OPTION_CHARS], f"o:{question_id}:{at}"),)
            for at, label in enumerate(labels)
        )
    return Reply((str(first), *listed), buttons)


def lapsed_link() -> Reply:
    """A deep link that names nothing."""
    return Reply(
        ("Ese enlace no corresponde a ningún medio de la matriz. Puede preguntar:", *_examples())
    )
