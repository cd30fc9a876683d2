"""What Telegram refuses and grants, asked through the library's client."""

import re
from collections.abc import Awaitable, Callable

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.demo.phones import NotThereError
from tests.support.telegram import USERNAME, Telegram

Try = Callable[[Bot, int, int], Awaitable[object]]  # the bot, a chat, its own message there
KEY = InlineKeyboardButton("a", callback_data="a")


def keys(button: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button]])


def articles(*ids: str) -> list[InlineQueryResultArticle]:
    content = InputTextMessageContent("a")
    return [InlineQueryResultArticle(each, "a", content) for each in ids]


def raw(bot: Bot, chat: int, **parameters: object) -> Awaitable[object]:
    """Send with parameters that the library would not make."""
    return bot.send_message(chat, "a", api_kwargs=parameters)


REFUSALS: list[tuple[str, str, Try]] = [
    ("no-text", "Message text is empty", lambda bot, chat, _: bot.send_message(chat, "")),
    ("blank-text", "Text must be non-empty", lambda bot, chat, _: bot.send_message(chat, " \n")),
    (
        "too-long",
        "Message is too long",
        lambda bot, chat, _: bot.send_message(chat, "🙂" * 2049),
    ),
    (
        "too-many-bytes",
        "Text is too long",
        lambda bot, chat, _: bot.send_message(chat, "ñ" * 20_000),
    ),
    (
        "unclosed-tag",
        "Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        lambda bot, chat, _: bot.send_message(chat, "<b>a", parse_mode="HTML"),
    ),
    (
        "unknown-tag",
        'Can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        lambda bot, chat, _: bot.send_message(chat, "<p>a</p>", parse_mode="HTML"),
    ),
    (
        "unknown-mode",
        "Unsupported parse_mode",
        lambda bot, chat, _: bot.send_message(chat, "a", parse_mode="XML"),
    ),
    ("no-chat", "Chat_id is empty", lambda bot, _chat, _: bot.send_message("", "a")),
    ("unknown-chat", "Chat not found", lambda bot, _chat, _: bot.send_message(1, "a")),
    ("chat-by-name", "Chat not found", lambda bot, _chat, _: bot.send_message("abc", "a")),
    (
        "answer-to-nothing",
        "Message to be replied not found",
        lambda bot, chat, _: bot.send_message(chat, "a", reply_parameters=ReplyParameters(99)),
    ),
    (
        "answer-without-a-number",
        'can\'t find field "message_id"',
        lambda bot, chat, _: raw(bot, chat, reply_parameters={"quote": "a"}),
    ),
    (
        "answer-that-is-no-json",
        "Can't parse reply parameters json object",
        lambda bot, chat, _: raw(bot, chat, reply_parameters="no"),
    ),
    (
        "buttons-that-are-no-json",
        "Can't parse reply keyboard markup json object",
        lambda bot, chat, _: raw(bot, chat, reply_markup="no"),
    ),
    (
        "buttons-in-no-row",
        'Field "inline_keyboard" of the inlinekeyboardmarkup must be an array of arrays',
        lambda bot, chat, _: raw(bot, chat, reply_markup={"inline_keyboard": [5]}),
    ),
    (
        "button-that-is-none",
        "Inlinekeyboardbutton must be an object",
        lambda bot, chat, _: raw(bot, chat, reply_markup={"inline_keyboard": [[5]]}),
    ),
    (
        "entity-that-is-none",
        "Can't parse messageentity",
        lambda bot, chat, _: raw(bot, chat, entities=[5]),
    ),
    (
        "letter-that-is-none",
        "Text contains invalid unicode characters",
        lambda bot, chat, _: bot.send_message(chat, "&#55357;", parse_mode="HTML"),
    ),
    (
        "commands-that-are-none",
        "Can't parse botcommand: expected an object",
        lambda bot, _chat, _: bot.set_my_commands([], api_kwargs={"commands": [5]}),
    ),
    (
        "results-that-are-none",
        "Inline query result must be an object",
        lambda bot, _chat, _: bot.answer_inline_query("1", [], api_kwargs={"results": [5]}),
    ),
    (
        "result-without-a-number",
        "Result_id_empty",
        lambda bot, _chat, _: bot.answer_inline_query("1", articles("")),
    ),
    (
        "member-below-zero",
        "Invalid user_id specified",
        lambda bot, chat, _: bot.get_chat_member(chat, -5),
    ),
    (
        "no-forum",
        "Message thread not found",
        lambda bot, chat, _: bot.send_message(chat, "a", message_thread_id=7),
    ),
    (
        "button-too-long",
        "Button_data_invalid",
        lambda bot, chat, _: bot.send_message(
            chat, "a", reply_markup=keys(InlineKeyboardButton("a", callback_data="ñ" * 33))
        ),
    ),
    (
        "button-without-effect",
        "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        lambda bot, chat, _: bot.send_message(
            chat, "a", reply_markup=keys(InlineKeyboardButton("a"))
        ),
    ),
    (
        "button-with-a-bad-link",
        "Inline keyboard button url 'no' is invalid: wrong url host",
        lambda bot, chat, _: bot.send_message(
            chat, "a", reply_markup=keys(InlineKeyboardButton("a", url="no"))
        ),
    ),
    (
        "not-modified",
        "Message is not modified",
        lambda bot, chat, own: bot.edit_message_text("a", chat, own),
    ),
    (
        "buttons-not-modified",
        "Message is not modified",
        lambda bot, chat, own: bot.edit_message_reply_markup(chat, own),
    ),
    (
        "edit-too-long",
        "Message_too_long",
        lambda bot, chat, own: bot.edit_message_text("a" * 4097, chat, own),
    ),
    (
        "edit-nothing",
        "Message to edit not found",
        lambda bot, chat, _: bot.edit_message_text("b", chat, 99),
    ),
    (
        "edit-nowhere",
        "Message identifier is not specified",
        lambda bot, _chat, _: bot.edit_message_text("b"),
    ),
    (
        "edit-anothers",
        "Message can't be edited",
        lambda bot, chat, own: bot.edit_message_text("b", chat, own - 1),
    ),
    (
        "delete-nothing",
        "Message to delete not found",
        lambda bot, chat, _: bot.delete_message(chat, 99),
    ),
    (
        "delete-without-a-chat",
        "Chat identifier is not specified",
        lambda bot, _chat, own: bot.delete_message("", own),
    ),
    (
        "unknown-press",
        "Query is too old and response timeout expired or query id is invalid",
        lambda bot, _chat, _: bot.answer_callback_query("1"),
    ),
    (
        "unknown-search",
        "Query is too old and response timeout expired or query id is invalid",
        lambda bot, _chat, _: bot.answer_inline_query("1", articles("a")),
    ),
    (
        "results-twice",
        "Result_id_duplicate",
        lambda bot, _chat, _: bot.answer_inline_query("1", articles("a", "a")),
    ),
    (
        "no-picture",
        "There is no photo in the request",
        lambda bot, chat, _: bot.send_photo(chat, ""),
    ),
    (
        "no-document",
        "There is no document in the request",
        lambda bot, chat, _: bot.send_document(chat, ""),
    ),
    (
        "empty-document",
        "File must be non-empty",
        lambda bot, chat, _: bot.send_document(chat, b"", filename="a.pdf"),
    ),
    (
        "picture-too-big",
        "File of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        lambda bot, chat, _: bot.send_photo(chat, bytes(10_485_761)),
    ),
    (
        "caption-too-long",
        "Message caption is too long",
        lambda bot, chat, _: bot.send_document(chat, b"a", caption="a" * 1025),
    ),
    (
        "unknown-document",
        "Wrong remote file identifier specified",
        lambda bot, chat, _: bot.send_document(chat, "BQAC"),
    ),
    ("no-file", "File_id not specified", lambda bot, _chat, _: bot.get_file("")),
    ("unknown-file", "Invalid file_id", lambda bot, _chat, _: bot.get_file("BQAC")),
    (
        "no-action",
        "Wrong parameter action in request",
        lambda bot, chat, _: bot.send_chat_action(chat, "dancing"),
    ),
    (
        "command-in-capitals",
        "Bot_command_invalid",
        lambda bot, _chat, _: bot.set_my_commands([BotCommand("Acta", "a")]),
    ),
    (
        "command-without-words",
        "Command description must be non-empty",
        lambda bot, _chat, _: bot.set_my_commands([BotCommand("acta", " ")]),
    ),
    (
        "command-too-long",
        "Command length must not exceed 32",
        lambda bot, _chat, _: bot.set_my_commands([BotCommand("a" * 33, "a")]),
    ),
    (
        "too-many-commands",
        "Bot_commands_too_much",
        lambda bot, _chat, _: bot.set_my_commands([("a", "a")] * 101),
    ),
    (
        "member-of-nobody",
        "Invalid user_id specified",
        lambda bot, chat, _: bot.get_chat_member(chat, "x"),  # type: ignore[arg-type]
    ),
    (
        "unknown-member",
        "Participant_id_invalid",
        lambda bot, chat, _: bot.get_chat_member(chat, 99),
    ),
    (
        "leave-a-private-chat",
        "Chat member status can't be changed in private chats",
        lambda bot, chat, _: bot.leave_chat(chat),
    ),
    (
        "webhook-nowhere",
        "Invalid webhook url specified",
        lambda bot, _chat, _: bot.set_webhook("no es una dirección"),
    ),
    (
        "webhook-secret",
        "Secret token contains unallowed characters",
        lambda bot, _chat, _: bot.set_webhook("http://127.0.0.1/", secret_token="ñ"),
    ),
]


@pytest.mark.parametrize(
    ("refusal", "try_it"),
    [pytest.param(refusal, try_it, id=name) for name, refusal, try_it in REFUSALS],
)
async def test_it_refuses_what_telegram_refuses(
    telegram: Telegram, bot: Bot, refusal: str, try_it: Try
) -> None:
    chat = telegram.private()
    telegram.say(chat, "hola")
    own = await bot.send_message(chat, "a")

    with pytest.raises(BadRequest, match="(?i)" + re.escape(refusal)):
        await try_it(bot, chat, own.message_id)


async def test_what_is_sent_and_changed_is_seen(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()

    sent = await bot.send_message(
        chat, " <b>Junio</b>: /vence ", parse_mode="HTML", reply_markup=keys(KEY)
    )
    seen = await telegram.see(chat)
    changed = await bot.edit_message_text("Julio", chat, sent.message_id)
    again = await telegram.see(chat)

    assert sent.text == "Junio: /vence"
    assert [entity.type for entity in sent.entities] == ["bold", "bot_command"]
    assert (seen.text, seen.buttons, seen.is_edit) == ("Junio: /vence", (("a",),), False)
    assert (again.text, again.buttons, again.is_edit) == ("Julio", (), True)
    assert not isinstance(changed, bool)
    assert changed.edit_date is not None


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({"reply_markup": {}}, id="no-buttons"),
        pytest.param({"reply_markup": {"remove_keyboard": True}}, id="another-keyboard"),
        pytest.param({"reply_parameters": {"message_id": "abc"}}, id="answer-to-no-number"),
        pytest.param({"reply_parameters": {"message_id": -1}}, id="answer-below-zero"),
    ],
)
async def test_what_telegram_overlooks_is_sent(
    telegram: Telegram, bot: Bot, parameters: dict[str, object]
) -> None:
    chat = telegram.private()

    await raw(bot, chat, **parameters)

    assert (await telegram.see(chat)).text == "a"


async def test_the_number_of_a_deleted_message_is_not_used_again(
    telegram: Telegram, bot: Bot
) -> None:
    chat = telegram.private()

    first = await bot.send_message(chat, "a")
    await bot.delete_message(chat, first.message_id)
    second = await bot.send_message(chat, "b")

    assert second.message_id > first.message_id


async def test_a_file_with_any_name_can_be_downloaded(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()

    for name in ("../../x", "a.b#1", "a.x?y", "ñandú.dóc", "sin ending"):
        sent = await bot.send_document(chat, b"a", filename=name)
        assert sent.document is not None
        file = await bot.get_file(sent.document.file_id)
        assert await file.download_as_bytearray() == b"a"


async def test_a_message_is_deleted(telegram: Telegram, bot: Bot) -> None:
    chat, group = telegram.private(), telegram.group()
    said, heard = telegram.say(chat, "hola"), telegram.say(group, "hola")
    sent = await bot.send_message(group, "a")

    assert await bot.delete_message(chat, said)
    assert await bot.delete_message(group, sent.message_id)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(group, heard)


async def test_files_go_both_ways(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()

    sent = await bot.send_document(chat, b"%PDF-1.7", filename="RDE 45.pdf", caption="<b>RDE</b>",
                                   parse_mode="HTML")  # fmt: skip
    again = await bot.send_document(chat, sent.document.file_id)  # type: ignore[union-attr]
    picture = await bot.send_photo(chat, b"\x89PNG", caption="pie")
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)

    assert await file.download_as_bytearray() == b"%PDF-1.7"
    assert (sent.document.file_name, sent.document.file_size) == ("RDE 45.pdf", 8)
    assert (sent.caption, [each.type for each in sent.caption_entities]) == ("RDE", ["bold"])
    assert again.document is not None
    assert again.document.file_name == "RDE 45.pdf"
    assert (len(picture.photo), picture.caption) == (1, "pie")


async def test_a_file_over_20_mb_is_not_handed_to_the_bot(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()
    file = telegram.world.files.add("acta.pdf", "application/pdf", bytes(20 * 1024 * 1024 + 1))
    telegram.attach(chat, file)

    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None

    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(update.message.document.file_id)


async def test_a_file_that_is_not_there_is_not_downloaded(telegram: Telegram, bot: Bot) -> None:
    with pytest.raises(InvalidToken, match="Not Found"):
        await bot.request.retrieve(f"{telegram.url}/file/bot{telegram.token}/documents/none.pdf")
    with pytest.raises(InvalidToken, match="Unauthorized"):
        await bot.request.retrieve(f"{telegram.url}/file/bot1:no/documents/none.pdf")


async def test_the_menu_is_kept_by_scope(telegram: Telegram, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("acta", "El acta")])
    await bot.set_my_commands([BotCommand("personas", "Quién")], scope=BotCommandScopeChat(1001))

    everybody = await bot.get_my_commands()
    one = await bot.get_my_commands(scope=BotCommandScopeChat(1001))
    nobody = await bot.get_my_commands(language_code="qu")

    assert [each.command for each in everybody] == ["acta"]
    assert [each.command for each in one] == ["personas"]
    assert nobody == ()


async def test_a_press_is_answered_once(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()
    await bot.send_message(chat, "a", reply_markup=keys(KEY))
    query_id = telegram.press(chat, "a")

    await bot.answer_callback_query(query_id, "Listo")

    assert await telegram.toast(query_id) == "Listo"
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query_id)


async def test_a_toast_has_a_limit(telegram: Telegram, bot: Bot) -> None:
    chat = telegram.private()
    await bot.send_message(chat, "a", reply_markup=keys(KEY))

    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(telegram.press(chat, "a"), "a" * 201)


async def test_results_of_the_inline_mode_are_offered_and_sent(
    telegram: Telegram, bot: Bot
) -> None:
    chat = telegram.private()
    person = telegram.world.person("Ana")

    query_id = telegram.phones.search(person, "junio")
    [asked] = await bot.get_updates()
    await bot.answer_inline_query(query_id, articles("uno", "dos"))
    sent = telegram.phones.choose(telegram.world.chats[chat], person, query_id, "dos")
    _, chosen = await bot.get_updates()

    assert asked.inline_query is not None
    assert asked.inline_query.query == "junio"
    assert (sent["text"], sent["via_bot"]["username"]) == ("a", USERNAME)
    assert chosen.message is not None
    assert chosen.message.via_bot is not None
    with pytest.raises(NotThereError):
        telegram.phones.choose(telegram.world.chats[chat], person, query_id, "tres")


async def test_who_is_in_a_group_is_told(telegram: Telegram, bot: Bot) -> None:
    group = telegram.group()
    ana, luz = telegram.world.person("Ana"), telegram.world.person("Luz")
    telegram.world.chats[group].members[ana["id"]] = "administrator"

    full = await bot.get_chat(group)
    admins = await bot.get_chat_administrators(group)
    outsider = await bot.get_chat_member(group, luz["id"])

    assert (full.title, full.type) == ("Equipo UTAI", "supergroup")
    assert [each.user.first_name for each in admins] == ["Ana"]
    assert outsider.status == "left"


async def test_a_bot_that_left_or_was_put_out_writes_no_more(telegram: Telegram, bot: Bot) -> None:
    left, shut, blocked = (
        telegram.group(),
        telegram.group("Otro", kind="group"),
        telegram.private(),
    )
    ana = telegram.world.person("Ana")
    luz = telegram.world.person("Luz")

    await bot.leave_chat(left)
    telegram.phones.change_bot(telegram.world.chats[shut], ana, "kicked")
    telegram.block(blocked)

    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(left, "a")
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(shut, "a")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(blocked, "a")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(luz["id"], "a")
    telegram.phones.unblock(ana)
    await bot.send_message(blocked, "a")


async def test_a_group_that_became_a_supergroup_names_its_new_id(
    telegram: Telegram, bot: Bot
) -> None:
    group = telegram.group(kind="group")
    new = telegram.phones.upgrade(telegram.world.chats[group], telegram.world.person("Ana"))

    with pytest.raises(ChatMigrated) as refused:
        await bot.send_message(group, "a")
    updates = await bot.get_updates()
    await bot.send_message(refused.value.new_chat_id, "a")

    told = [update.message for update in updates if update.message]
    assert refused.value.new_chat_id == new.id
    assert [each.migrate_to_chat_id for each in told] == [new.id, None]
    assert [each.migrate_from_chat_id for each in told] == [None, group]


async def test_an_unknown_method_is_no_method(telegram: Telegram, bot: Bot) -> None:
    with pytest.raises(TelegramError, match="not found in Bot API"):
        await bot.do_api_request("brewCoffee")

    assert (await bot.do_api_request("GETME"))["username"] == USERNAME


@pytest.mark.parametrize(
    "token", [pytest.param("123456:wrong", id="unknown"), pytest.param("wrong", id="no-token")]
)
async def test_only_the_token_opens(telegram: Telegram, token: str) -> None:
    with pytest.raises(InvalidToken, match="rejected by the server"):
        async with Bot(token, f"{telegram.url}/bot"):
            pass
