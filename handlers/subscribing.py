"""What a chat asks to be told by itself: by words, by command and by buttons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.deeds import RefusedError
from handlers.language.schedules import Wish, read_wish
from handlers.notices import Gathered, digest_of, may_be_told, plan_some
from handlers.question import Intent, Question
from handlers.slots import instant, next_slot, rested
from handlers.turn import StandingUnknownError, Turn
from handlers.views import marks as said
from handlers.views import subscriptions as views
from handlers.views.reply import Reply
from storage import occurrences, subscriptions
from storage.ledger import last_event
from storage.notices import (
    About,
    NoticeKind,
    Rhythm,
    Schedule,
    Scope,
    SubscriptionRow,
    SubscriptionState,
)
from storage.records import UnitRecord
from storage.roles import Role

MOST = 20  # subscriptions of one chat
MOST_STRANGE = 5  # words that are looked at whether they say when


async def _may_change(turn: Turn) -> None:
    """Let somebody change what a chat is told.

    Raises:
        RefusedError: in a group, neither its administrator nor ours.
        StandingUnknownError: Telegram must be asked whether the sender administers the group.
    """
    if turn.sender.user_id is None:
        raise RefusedError(said.ANONYMOUS)
    if turn.place.is_private or (await turn.access()).has(Role.ADMIN):
        return
    if turn.administers is None:
        raise StandingUnknownError
    if not turn.administers:
        raise RefusedError(views.ONLY_ADMINS)


def _chat(turn: Turn) -> tuple[int, int | None]:
    return turn.place.chat_id, turn.place.thread_id


async def _areas(turn: Turn) -> dict[str, str]:
    return (await turn.reader()).areas


async def _units(turn: Turn) -> Sequence[UnitRecord]:
    return (await turn.reader()).words.units


# Words.


async def hear(turn: Turn, question: Question, text: str) -> Reply:
    """Do what words ask: begin, change, pause or end notices.

    Raises:
        RefusedError: the sender may not.
        StandingUnknownError: as `_may_change` says.
    """
    await _may_change(turn)
    wish = read_wish(text, turn.services.clock.today())
    if wish.troubles:
        lines = [views.TROUBLES[kind].format(typed) for kind, typed in wish.troubles]
        return Reply((*lines, views.NOT_SUBSCRIBED))
    own = await subscriptions.of_chat(turn.session, _chat(turn))
    strange = _strange(question, wish, text, turn)
    meant = _meant(own, _scope(question), wish)
    is_named = _scope(question) != Scope() or wish.about is About.REVIEW
    ends = wish.pauses or question.intent is Intent.UNSUBSCRIBE
    if ends and not is_named and (strange or question.wanted.topic):
        meant = []  # what is named is none of them
    if ends or (meant and (wish.resumes or wish.sends_now)):
        return await _changed_standing(turn, wish, own, meant)
    return await _subscribe(turn, question, wish, own, strange)


async def _changed_standing(
    turn: Turn, wish: Wish, own: Sequence[SubscriptionRow], meant: Sequence[SubscriptionRow]
) -> Reply:
    """Pause, resume, show or end what is meant."""
    if not meant:
        return await _none_so(turn, own)
    if wish.pauses:
        return await _rest(turn, meant, wish)
    if wish.resumes:
        return await _resume(turn, meant)
    return await (_now(turn, meant[0]) if wish.sends_now else _end(turn, meant))


def _scope(question: Question) -> Scope:
    """What a question names of that which can be told of."""
    wanted = question.wanted
    return Scope(wanted.units, wanted.areas, wanted.refs)


def _meant(own: Sequence[SubscriptionRow], scope: Scope, wish: Wish) -> list[SubscriptionRow]:
    """The subscriptions that words mean: those of the scope that they name, or all."""
    if wish.about is About.REVIEW:
        return [row for row in own if row.about is About.REVIEW]
    if scope == Scope():
        return list(own)
    return [row for row in own if row.about is About.MEANS and row.scope == scope]


async def _none_so(turn: Turn, own: Sequence[SubscriptionRow]) -> Reply:
    if not own:
        return Reply((views.NONE_TO_END,))
    return views.listed(own, await _areas(turn), turn.services.clock.now(), views.NONE_SO)


async def _subscribe(
    turn: Turn,
    question: Question,
    wish: Wish,
    own: Sequence[SubscriptionRow],
    strange: Sequence[str],
) -> Reply:
    """Begin to tell something, or change when it is told."""
    scope, about = _scope(question), wish.about or About.MEANS
    if about is About.MEANS and scope == Scope():
        if question.wanted.topic and not strange:
            return views.which_units(views.BY_TOPIC, await _units(turn))
        if strange:
            asked = views.UNKNOWN_THING.format(strange[0])
            return views.which_units(asked, await _units(turn))
    if scope == Scope() and about is About.MEANS:
        only = [row for row in own if row.about is About.MEANS]
        if len(only) == 1 and wish != Wish():
            return await _reschedule(turn, only[0], wish)
        scope = await _own_scope(turn)
    same = [
        row for row in own if row.about is about and (row.scope == scope or about is About.REVIEW)
    ]
    if same:
        return await _reschedule(turn, same[0], wish)
    notes = [f"«{one.typed}» → {one.meant}" for one in question.corrections]
    notes += [f"(no tomé en cuenta: «{word}»)" for word in strange]
    return await _new(turn, about, scope, _changed(_base(turn, about), wish), notes)


def _strange(question: Question, wish: Wish, text: str, turn: Turn) -> list[str]:
    """The words that neither name anything of the matrix nor say when."""
    today = turn.services.clock.today()
    words = question.ignored[:MOST_STRANGE]  # each costs a reading
    without = {word: text.replace(word, " ") for word in words}
    return [word for word, rest in without.items() if read_wish(rest, today) == wish]


async def _own_scope(turn: Turn) -> Scope:
    """Of what somebody is told who names nothing: in private the own units, else everything."""
    if not turn.place.is_private:
        return Scope()
    return Scope(units=tuple(sorted((await turn.access()).units)))


def _base(turn: Turn, about: About) -> Schedule:
    """When notices come unless somebody says otherwise."""
    zone = str(turn.services.clock.timezone)
    if about is About.REVIEW:
        return Schedule(rhythm=Rhythm.DAILY, lead_days=(), tells_late=False, zone=zone)
    return Schedule(zone=zone)


def _changed(schedule: Schedule, wish: Wish) -> Schedule:
    """A schedule with what a wish says of it."""
    rhythm = wish.rhythm or schedule.rhythm
    if wish.wants_digest is False:
        rhythm = None
    elif wish.wants_digest and rhythm is None:
        rhythm = Rhythm.WEEKLY
    leads = wish.lead_days or schedule.lead_days
    if wish.wants_reminders is False:
        leads = ()
    elif wish.wants_reminders and not leads:
        leads = Schedule().lead_days
    return replace(
        schedule,
        rhythm=rhythm,
        weekdays=wish.weekdays or schedule.weekdays,
        month_day=wish.month_day or schedule.month_day,
        at=wish.at or schedule.at,
        zone=wish.zone or schedule.zone,
        lead_days=leads,
        tells_late=schedule.tells_late if wish.wants_late is None else wish.wants_late,
    )


async def _new(
    turn: Turn, about: About, scope: Scope, schedule: Schedule, notes: Sequence[str] = ()
) -> Reply:
    """Keep a new subscription of the chat."""
    if about is About.REVIEW:
        access = await turn.access()
        if not (access.has(Role.FOLLOW_UP) or access.has(Role.ADMIN)):
            raise RefusedError(views.ONLY_FOLLOW_UP)
    own = await subscriptions.of_chat(turn.session, _chat(turn))
    if same := [row for row in own if (row.about, row.scope) == (about, scope)]:
        return await _panel(turn, same[0].id)
    if len(own) >= MOST:
        raise RefusedError(views.FULL.format(MOST))
    now = turn.services.clock.now()
    next_at = next_slot(schedule, now)
    row = await subscriptions.subscribe(
        turn.session,
        _chat(turn),
        turn.place.title,
        about=about,
        scope=scope,
        schedule=schedule,
        next_at=next_at,
        told_event=await last_event(turn.session),
        created_by=turn.sender.user_id,
        now=now,
    )
    return views.subscribed(
        row, await _areas(turn), await _next_digest(turn, row), is_new=True, notes=notes
    )


async def _next_digest(turn: Turn, row: SubscriptionRow) -> datetime | None:
    """When the next digest comes; a day that had one has no other, even at a later hour."""
    alone = replace(row.schedule, lead_days=(), tells_late=False)
    next_at = next_slot(alone, rested(row, turn.services.clock.now()))
    if next_at is None:
        return None
    day = next_at.astimezone(ZoneInfo(row.schedule.zone)).date()
    if await occurrences.exists(turn.session, row.id, NoticeKind.DIGEST, day):
        return next_slot(alone, next_at)
    return next_at


async def _reschedule(turn: Turn, row: SubscriptionRow, wish: Wish) -> Reply:
    """Let the notices of a subscription come at other times."""
    await _keep_schedule(turn, row, _changed(row.schedule, wish))
    after = await _found(turn, row.id)
    next_at = await _next_digest(turn, after)
    return views.subscribed(after, await _areas(turn), next_at, is_new=False)


async def _keep_schedule(turn: Turn, row: SubscriptionRow, schedule: Schedule) -> None:
    now = turn.services.clock.now()
    await plan_some(turn.session, [row], now)  # what fell due as it was until now
    next_at = next_slot(schedule, rested(row, now))
    await subscriptions.reschedule(turn.session, row, schedule, next_at, now)
    if row.state is not SubscriptionState.ACTIVE:
        await subscriptions.revive(turn.session, row, now, next_at)


async def _found(turn: Turn, subscription_id: int, *, is_ended: bool = False) -> SubscriptionRow:
    """A subscription of this chat, which may have been ended where `is_ended`.

    Raises:
        RefusedError: there is none of that id here.
    """
    row = await subscriptions.find(turn.session, subscription_id)
    if row is None or (row.chat_id, row.thread_id) != _chat(turn):
        raise RefusedError(views.GONE)
    if row.state is SubscriptionState.ENDED and not is_ended:
        raise RefusedError(views.GONE)
    return row


# Looking.


async def show_all(turn: Turn) -> Reply:
    """The subscriptions of the chat."""
    own = await subscriptions.of_chat(turn.session, _chat(turn))
    return views.listed(own, await _areas(turn), turn.services.clock.now())


async def _panel(turn: Turn, subscription_id: int) -> Reply:
    row, now = await _found(turn, subscription_id), turn.services.clock.now()
    return views.panel(row, await _areas(turn), now, await _next_digest(turn, row))


async def _now(turn: Turn, row: SubscriptionRow) -> Reply:
    """What the digest of a subscription would say at this moment; the next comes all the same."""
    await _check_told(turn, row)
    asked = replace(row, tells_nothing=True)
    composed = await digest_of(turn.session, Gathered(), asked, turn.services.clock.now())
    if composed is None:
        raise RefusedError(views.GONE)
    return composed.reply


# Changing.


async def _end(turn: Turn, rows: Sequence[SubscriptionRow]) -> Reply:
    for row in rows:
        await subscriptions.end(turn.session, row)
    return views.ended(rows, await _areas(turn))


async def _rest(turn: Turn, rows: Sequence[SubscriptionRow], wish: Wish) -> Reply:
    """Send nothing before a day where the chat is; a pause without an end lasts a week."""
    home = turn.services.clock.today()
    days = (wish.paused_until or home + timedelta(days=7)) - home
    ends = []
    for row in rows:
        zone = ZoneInfo(row.schedule.zone)
        today = turn.services.clock.now().astimezone(zone).date()
        ends.append(instant(today + days, time(0), zone))
        await subscriptions.pause(turn.session, row, ends[-1])
    return views.rested(rows, await _areas(turn), ends[0])


async def _resume(turn: Turn, rows: Sequence[SubscriptionRow]) -> Reply:
    now = turn.services.clock.now()
    active = await subscriptions.of_chat(turn.session, _chat(turn), with_closed=False)
    for row in rows:
        await _check_told(turn, row)
        if any(
            (row.about, row.scope) == (one.about, one.scope) and row.id != one.id for one in active
        ):
            continue  # it was asked for again meanwhile
        await subscriptions.revive(turn.session, row, now, next_slot(row.schedule, now))
    return views.resumed(rows, await _areas(turn))


async def _check_told(turn: Turn, row: SubscriptionRow) -> None:
    """Make sure that the chat may be told of it.

    Raises:
        RefusedError: it may not (any more).
    """
    if not await may_be_told(turn.services, turn.session, row.chat_id, row.about):
        is_review = row.about is About.REVIEW
        raise RefusedError(views.ONLY_FOLLOW_UP if is_review else views.NO_ACCESS)


async def press(turn: Turn, verb: str, numbers: list[int]) -> Reply:
    """Do what a button of the subscriptions stands for.

    Raises:
        RefusedError: it may not be done, or the subscription is gone.
        StandingUnknownError: as `_may_change` says.
    """
    match verb, numbers:
        case "list", []:
            return await show_all(turn)
        case "show", [subscription_id]:
            return await _panel(turn, subscription_id)
        case "now", [subscription_id]:
            return await _now(turn, await _found(turn, subscription_id))
        case _:
            await _may_change(turn)
            return await _press(turn, verb, numbers)


async def _press(turn: Turn, verb: str, numbers: list[int]) -> Reply:
    """Do what a button stands for that changes something."""
    match verb, numbers:
        case "new", []:
            return await _new(turn, About.MEANS, Scope(), _base(turn, About.MEANS))
        case "for", [at] if 0 <= at < len(await _units(turn)):
            scope = Scope(units=((await _units(turn))[at].code,))
            return await _new(turn, About.MEANS, scope, _base(turn, About.MEANS))
        case _, [subscription_id, *rest]:
            row = await _found(turn, subscription_id, is_ended=verb == "back")
            return await _press_one(turn, verb, row, rest)
        case _:
            raise RefusedError(said.GONE)


async def _press_one(turn: Turn, verb: str, row: SubscriptionRow, rest: list[int]) -> Reply:
    """Change one subscription by one of its buttons."""
    now = turn.services.clock.now()
    match verb, rest:
        case "end", []:
            return await _end(turn, [row])
        case (("back" | "go"), []):
            return await _resume(turn, [row])
        case "rest", [days] if days in views.PAUSES:
            until = turn.services.clock.today() + timedelta(days=days)
            return await _rest(turn, [row], Wish(pauses=True, paused_until=until))
        case "what", []:
            return views.unit_choice(row, await _units(turn))
        case "all", []:
            await subscriptions.rescope(turn.session, row, Scope())
        case "unit", [at] if 0 <= at < len(await _units(turn)):
            code = (await _units(turn))[at].code
            units = set(row.scope.units) ^ {code}
            await subscriptions.rescope(turn.session, row, Scope(units=tuple(sorted(units))))
            return views.unit_choice(await _found(turn, row.id), await _units(turn))
        case "empty", [wanted] if wanted in {0, 1}:
            await subscriptions.tell_nothing(turn.session, row, wanted=bool(wanted))
        case _:
            await _keep_schedule(turn, row, _pressed(row.schedule, verb, rest))
    after = await _found(turn, row.id)
    return views.panel(after, await _areas(turn), now, await _next_digest(turn, after))


def _pressed(schedule: Schedule, verb: str, rest: list[int]) -> Schedule:
    """A schedule after one of its buttons.

    Raises:
        RefusedError: it is no button of ours.
    """
    match verb, rest:
        case "every", [at] if 0 <= at < len(views.RHYTHMS):
            return replace(schedule, rhythm=views.RHYTHMS[at])
        case "day", [weekday] if 0 <= weekday < len(views.LETTERS):
            weekdays = tuple(sorted(set(schedule.weekdays) ^ {weekday}))
            return replace(schedule, weekdays=weekdays or schedule.weekdays)
        case "hour", [hour] if hour in views.HOURS:
            return replace(schedule, at=time(hour))
        case "lead", [at] if 0 <= at < len(views.LEADS):
            return replace(schedule, lead_days=views.LEADS[at])
        case "late", [wanted] if wanted in {0, 1}:
            return replace(schedule, tells_late=bool(wanted))
        case _:
            raise RefusedError(said.GONE)
