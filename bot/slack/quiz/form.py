"""The quiz: a question at a time, then what the sheet says. It keeps nothing beside the form."""

import re
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.answers import Answer, Answerer, Quote
from bot.answers.episode.quiz import quiz
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import Message, notice
from bot.slack.blocks.modals import modal
from bot.slack.quiz.views import (
    TITLE,
    State,
    choice_in,
    edition_of,
    ended_view,
    field_of,
    first_view,
    judged_view,
    question_view,
    state_of,
)
from bot.slack.requests.services import Services
from bot.storage import Asker, new_id

TOO_SHORT = "The reference sheet holds too few terms for a quiz."
_NOTHING_CHOSEN = "Choose a term."
_CHANGED = "The reference sheet has changed since this quiz began. Play again with the new one."
_CALL = re.compile(r"quiz(?: me)?[.!?]?", re.IGNORECASE)


def asks_for_quiz(text: str) -> bool:
    """Return whether a person wants to play. Pure."""
    return bool(_CALL.fullmatch(text))


def sheet_of(answerer: Answerer) -> tuple[Quote, ...]:
    """Return the rows of the newest episode's reference sheet."""
    terms = answerer.ask("terms")
    return terms.items if isinstance(terms, Answer) else ()


def has_quiz(answerer: Answerer) -> bool:
    """Return whether the sheet is long enough for a quiz."""
    return bool(quiz(sheet_of(answerer), "", count=1))


def open_quiz(
    trigger_id: str, context: BoltContext, services: Services, asker: Asker | None
) -> Message | None:
    """Open the quiz for a command; return what to say if it cannot be."""
    if refusal := services.rate_limit.limited(asker):
        return refusal
    view = _first(services)
    if view is None:
        return notice(TOO_SHORT)
    context.client.views_open(trigger_id=trigger_id, view=view)
    return None


def handle_quiz(
    body: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Open the quiz from Home, or below a daily post."""
    context.client.views_open(trigger_id=body["trigger_id"], view=_begun(services, asker))


def handle_quiz_again(
    body: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Begin anew, with other questions, in the place of the score."""
    context.client.views_update(view_id=body["view"]["id"], view=_begun(services, asker))


def handle_choice(ack: Ack, view: dict[str, Any], services: Services, asker: Asker | None) -> None:
    """Show what the sheet says to a choice; after that, the next question."""
    rows, state = sheet_of(services.answerer), state_of(view)
    questions = quiz(rows, state.seed) if state else ()
    if state is None or state.edition != edition_of(rows) or len(state.chosen) >= len(questions):
        ack(response_action="update", view=ended_view(notice(_CHANGED)["blocks"]))
        return
    if state.judged:
        following = question_view(questions, replace(state, judged=False))
        ack(response_action="update", view=following)
        return
    choice = choice_in(view, state, questions[len(state.chosen)])
    if fault := _fault(choice, services, asker):
        ack(response_action="errors", errors={field_of(state): fault})
        return
    chosen = (*state.chosen, choice or 0)
    judged = State(state.edition, state.seed, chosen, judged=True)
    ack(response_action="update", view=judged_view(questions, judged, services.ways))


def _fault(choice: int | None, services: Services, asker: Asker | None) -> str | None:
    """Return what to say below the options; None if the choice counts."""
    if refusal := services.rate_limit.limited(asker):
        return refusal["text"]
    return _NOTHING_CHOSEN if choice is None else None


def _begun(services: Services, asker: Asker | None) -> Block:
    """Return a new quiz, or why there is none."""
    if refusal := services.rate_limit.limited(asker):
        return modal(TITLE, refusal["blocks"])
    return _first(services) or modal(TITLE, notice(TOO_SHORT)["blocks"])


def _first(services: Services) -> Block | None:
    return first_view(sheet_of(services.answerer), new_id())
