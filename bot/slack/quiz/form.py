"""The quiz as a form, a question at a time. Nothing of it is kept: its state stands in the form."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from slack_bolt import Ack, BoltContext

from bot.answers import Answer, Answerer, Quote
from bot.answers.episode.quiz import OPTIONS, QUESTIONS, QuizQuestion, quiz
from bot.slack.blocks.button_value import decode_value, encode_value
from bot.slack.blocks.elements import Block, literal, plain, rich, section
from bot.slack.blocks.elements import context as small
from bot.slack.blocks.message import LABEL, Message, notice, text_line
from bot.slack.blocks.modals import buttons, chosen, field, modal, radio, submit
from bot.slack.blocks.quotes import quoted
from bot.slack.requests.services import Services
from bot.storage import new_id

QUIZ, QUIZ_AGAIN, QUIZ_FORM = "quiz", "quiz_again", "quiz_form"
TOO_SHORT = "The reference sheet holds too few terms for a quiz."
_TITLE = "Quiz"
_ASKED = "Which term does the reference sheet define with these words?"
_NOTHING_CHOSEN = "Choose a term."
_CHANGED = "The reference sheet has changed since this quiz began. Play again with the new one."
_CALL = re.compile(r"quiz(?: me)?[.!?]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class State:
    """A quiz under way: the edition of the sheet, the seed, and the options chosen so far."""

    edition: Annotated[str, msgspec.Meta(max_length=300)]
    seed: Annotated[str, msgspec.Meta(max_length=64)]
    chosen: Annotated[
        tuple[Annotated[int, msgspec.Meta(ge=0, lt=OPTIONS)], ...],
        msgspec.Meta(max_length=QUESTIONS),
    ] = ()


def asks_for_quiz(text: str) -> bool:
    """Whether a person wants to play. Pure."""
    return bool(_CALL.fullmatch(text))


def sheet_of(answerer: Answerer) -> tuple[Quote, ...]:
    """The rows of the newest episode's reference sheet."""
    terms = answerer.ask("terms")
    return terms.items if isinstance(terms, Answer) else ()


def first_view(rows: tuple[Quote, ...], seed: str) -> Block | None:
    """The first question; None where the sheet is too short. Pure."""
    questions = quiz(rows, seed)
    return question_view(questions, State(edition_of(rows), seed)) if questions else None


def open_quiz(trigger_id: str, context: BoltContext, answerer: Answerer) -> Message | None:
    """Open the quiz for a command; what to say where the sheet is too short for one."""
    view = first_view(sheet_of(answerer), new_id())
    if view is None:
        return notice(TOO_SHORT)
    context.client.views_open(trigger_id=trigger_id, view=view)
    return None


def handle_quiz(body: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Open the quiz from Home."""
    context.client.views_open(trigger_id=body["trigger_id"], view=_begun(services.answerer))


def handle_quiz_again(body: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Begin anew, with other questions, in the place of the score."""
    context.client.views_update(view_id=body["view"]["id"], view=_begun(services.answerer))


def handle_choice(ack: Ack, view: dict[str, Any], services: Services) -> None:
    """Go on to the next question, or to the score."""
    rows = sheet_of(services.answerer)
    state = state_of(view)
    questions = quiz(rows, state.seed) if state else ()
    if state is None or state.edition != edition_of(rows) or len(state.chosen) >= len(questions):
        ack(response_action="update", view=_ended(notice(_CHANGED)["blocks"]))
        return
    name = _field_of(state)
    choice = choice_in(view, name, questions[len(state.chosen)])
    if choice is None:
        ack(response_action="errors", errors={name: _NOTHING_CHOSEN})
        return
    state = State(state.edition, state.seed, (*state.chosen, choice))
    over = len(state.chosen) == len(questions)
    following = score_view(questions, state.chosen) if over else question_view(questions, state)
    ack(response_action="update", view=following)


def edition_of(rows: tuple[Quote, ...]) -> str:
    """What changes when the sheet does. Pure."""
    return f"{rows[0].episode}/{rows[0].digest}" if rows else ""


def state_of(view: Block) -> State | None:
    """The state that a form carries; None where it carries none. Pure."""
    return decode_value(view.get("private_metadata") or "", State)


def choice_in(view: Block, name: str, question: QuizQuestion) -> int | None:
    """The option that was chosen; None where it is none of the question's. Pure."""
    choices = {str(number): number for number in range(len(question.options))}
    return choices.get(chosen(view, name))


def question_view(questions: tuple[QuizQuestion, ...], state: State) -> Block:
    """The next question: a definition, and the terms to choose from. Pure."""
    number = len(state.chosen)
    question = questions[number]
    quote = {"type": "rich_text_quote", "elements": [literal(question.settles.text, 2_000)]}
    options = {str(place): term for place, term in enumerate(question.options)}
    last = number + 1 == len(questions)
    return modal(
        _TITLE,
        [
            small(plain(f"Question {number + 1} of {len(questions)}", LABEL)),
            rich(text_line(_ASKED), quote),
            # Slack keeps what was chosen in a field of the same name, so each has its own.
            field(_field_of(state), "The term", radio(options)),
        ],
        close="Stop",
        submit=submit("Finish" if last else "Next"),
        callback_id=QUIZ_FORM,
        private_metadata=encode_value(state) or "",
    )


def score_view(questions: tuple[QuizQuestion, ...], choices: tuple[int, ...]) -> Block:
    """How many were right, and for each miss the row of the sheet that settles it. Pure."""
    missed = [
        (question, question.options[choice])
        for question, choice in zip(questions, choices, strict=True)
        if choice != question.right
    ]
    score = f"{len(questions) - len(missed)} of {len(questions)} right."
    blocks = [rich(section(literal(score, LABEL, bold=True)))]
    for question, wrong in missed:
        right = question.options[question.right]
        blocks.append(
            rich(text_line(f"You chose “{wrong}”; the term is “{right}”. The sheet says:"))
        )
        blocks += quoted([question.settles])
    return _ended(blocks)


def _begun(answerer: Answerer) -> Block:
    """A new quiz, or why there is none."""
    view = first_view(sheet_of(answerer), new_id())
    return view or modal(_TITLE, notice(TOO_SHORT)["blocks"])


def _ended(blocks: list[Block]) -> Block:
    return modal(_TITLE, [*blocks, buttons({QUIZ_AGAIN: "Play again"})])


def _field_of(state: State) -> str:
    return f"term-{len(state.chosen) + 1}"
