"""What is kept of people, and how they have it deleted."""

import logging
import re
from collections.abc import Callable, Hashable
from threading import Lock, Timer

from bot.slack.blocks.elements import shorten
from bot.slack.blocks.message import LABEL, Message, notice, paragraphs, with_note
from bot.slack.help import COMMAND
from bot.slack.requests.services import Services
from bot.storage import WRITTEN_EVERY, Asker, StoreError
from bot.storage.asked.thread_turns import MOST_TURNS

_PRIVACY = re.compile(r"privacy[.!?]?", re.IGNORECASE)
_FORGET = re.compile(
    r"forget\s+(?:(?:everything\s+)?(?:about\s+)?me|everything|my\s+(?:data|questions))[.!]?",
    re.IGNORECASE,
)
_NOTHING = "No question, thumb or answer of yours is kept in this workspace."
_NOT_DELETED = (
    "What is kept of you cannot be deleted right now, and nothing has been. Please try again in a "
    "few minutes."
)

_TURNED_OFF = " An admin of your workspace can turn it off on my Home."

log = logging.getLogger(__name__)
_LOCK, _PENDING = Lock(), set[Hashable]()  # whose deletion comes again in a moment


def asks_for_privacy(text: str) -> bool:
    """Return whether a person wants to know what is kept."""
    return bool(_PRIVACY.fullmatch(text))


def asks_to_be_forgotten(text: str) -> bool:
    """Return whether a person wants it deleted, in these words alone: there is no way back."""
    return bool(_FORGET.fullmatch(text))


def privacy_message(days: int, model: str = "", *, hosted: bool = False) -> Message:
    """Return what is kept, for how many days, who sees it, and how to delete it. Pure.

    It begins with the language model that sees questions, if one does; one that is `hosted`
    elsewhere can be turned off.
    """
    kept = paragraphs(
        "Of each question I keep its text, when and where it was asked (a command, a mention, a "
        "thread, a direct message, a form, a button, a shortcut, a workflow, or a search in Slack "
        "that I found something for), whether it was answered or why not, which passages were "
        "quoted, and which episode or show was chosen for it. Of a thumb I keep which answer it "
        "was for, and the reason if you give one.",
        f"Of a thread that I take part in I keep its latest {MOST_TURNS} turns: when somebody "
        "wrote and what I was asked, and of other messages no word.",
        "If you ask about somebody else's message, its words are kept as your question. Your name "
        "is not kept with any of this: only a code that is made from your id with a key of your "
        f"workspace's own. After {_days(days)} all of it is deleted.",
        "Beside such threads I read what people write to each other in a channel only where an "
        f"admin has turned on `{COMMAND} listen`. A question there is kept, with the same code, "
        "until somebody replies, I answer it, or I turn out not to be sure, as a rule for ten "
        "minutes. Of an answer I keep when it was given, and to which message.",
        "The settings of a channel, for a daily takeaway, new episodes, listening or a show, are "
        "kept with the id of the person who made them, whom the posts name, until the app is "
        "removed from the workspace; then everything is deleted.",
        "A question that you hand to a person with “Ask a human” goes to a channel of the "
        "workspace with your name, and is kept with your id for as long. So is an answer, with the "
        "id of the person who gave it. If that person ticks “Others may be shown this”, the answer "
        "is shown with their name, and without yours, to whoever asks the same in this workspace, "
        "until they or an admin withdraw it.",
        "The operator of this bot sees questions and thumbs in a report, without names. So do the "
        "admins of your workspace on my Home and on a page that it leads to. A quiz is not kept at "
        "all.",
        f"`{COMMAND} forget me` deletes your questions, turns, thumbs and answers to people now. "
        "Messages in Slack stay.",
    )
    return with_note(kept, _seen_by(model, hosted=hosted)) if model else kept


def _seen_by(model: str, *, hosted: bool) -> str:
    """Return what a language model sees, and what it gives back."""
    return (
        f"A language model, {shorten(model, LABEL)}, may see your question, the thread's earlier "
        "questions to me and up to twelve passages of the episodes, and never who asked. It gives "
        "back the numbers of the sentences that answer; nothing that it writes is shown."
        + (_TURNED_OFF if hosted else "")
    )


def forget(services: Services, asker: Asker | None) -> Message:
    """Delete what is kept of a person; return how much it was."""
    if asker is None:
        return notice(_NOTHING)
    services.flush()
    try:
        gone = services.store.workspaces.forget_person(asker)
    except StoreError as error:
        log.warning("A person of %s could not be forgotten: %s", asker.team_id, error)
        return notice(_NOT_DELETED)
    once_written(asker, lambda: services.store.workspaces.forget_person(asker))
    if not gone:
        return notice(_NOTHING)
    deleted = "1 record" if gone == 1 else f"{gone} records"
    return notice(
        f"Deleted {deleted} (questions, thumbs, answers), and what was kept of threads. What you "
        "set up for channels goes on, but no longer with your id."
    )


def once_written(key: Hashable, delete: Callable[[], object]) -> None:
    """Delete again once every process has written the questions that it was given before.

    Processes write every `WRITTEN_EVERY` seconds; no worker waits for that. Of one `key` a single
    deletion is under way, however often it is asked for.
    """

    def again() -> None:
        with _LOCK:
            _PENDING.discard(key)
        try:
            delete()
        except StoreError as error:
            log.warning("What was written late could not be deleted: %s", error)

    with _LOCK:
        if key in _PENDING:
            return
        _PENDING.add(key)
    timer = Timer(2 * WRITTEN_EVERY, again)
    timer.daemon = True
    timer.start()


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
