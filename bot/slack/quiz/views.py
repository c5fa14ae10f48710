"""What the quiz shows: a question, what the sheet says to the choice, the score. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

from bot.answers import Quote
from bot.answers.episode.quiz import OPTIONS, QUESTIONS, QuizQuestion, quiz
from bot.slack.blocks.button_value import decode_value, encode_value
from bot.slack.blocks.elements import DIVIDER, Block, literal, plain, rich, section
from bot.slack.blocks.elements import context as small
from bot.slack.blocks.message import LABEL, QUOTE, text_line
from bot.slack.blocks.modals import buttons, chosen, field, modal, radio, submit
from bot.slack.blocks.quotes import quoted
from bot.slack.blocks.ways import NO_WAYS, Ways

QUIZ, QUIZ_AGAIN, QUIZ_FORM = "quiz", "quiz_again", "quiz_form"
TITLE = "Quiz"
_ASKED = "Which term does the reference sheet define with these words?"
_RIGHT = "Right. The sheet says:"


@dataclass(frozen=True, slots=True)
class State:
    """A quiz under way: the edition of the sheet, the seed, and the options chosen so far.

    If it is `judged`, the form shows what the sheet says to the last choice, else a question.
    """

    edition: Annotated[str, msgspec.Meta(max_length=300)]
    seed: Annotated[str, msgspec.Meta(max_length=64)]
    chosen: Annotated[
        tuple[Annotated[int, msgspec.Meta(ge=0, lt=OPTIONS)], ...],
        msgspec.Meta(max_length=QUESTIONS),
    ] = ()
    judged: bool = False


def edition_of(rows: Sequence[Quote]) -> str:
    """Return what changes when the sheet does."""
    return f"{rows[0].episode}/{rows[0].digest}" if rows else ""


def state_of(view: Block) -> State | None:
    """Return the state that a form carries; None if it carries none."""
    return decode_value(view.get("private_metadata") or "", State)


def choice_in(view: Block, state: State, question: QuizQuestion) -> int | None:
    """Return the option that was chosen; None if it is none of the question's."""
    choices = {str(number): number for number in range(len(question.options))}
    return choices.get(chosen(view, field_of(state)))


def field_of(state: State) -> str:
    """Return the name of a question's field; Slack keeps what was chosen in one of its name."""
    return f"term-{len(state.chosen) + 1}"


def first_view(rows: tuple[Quote, ...], seed: str) -> Block | None:
    """Return the first question; None if the sheet is too short."""
    questions = quiz(rows, seed)
    return question_view(questions, State(edition_of(rows), seed)) if questions else None


def question_view(questions: Sequence[QuizQuestion], state: State) -> Block:
    """Return the next question: a definition, and the terms to choose from."""
    number = len(state.chosen)
    question = questions[number]
    quote = {"type": "rich_text_quote", "elements": [literal(question.settles.text, QUOTE)]}
    options = {str(place): term for place, term in enumerate(question.options)}
    return _form(
        "Answer",
        state,
        _number(number, questions),
        rich(text_line(_ASKED), quote),
        field(field_of(state), "The term", radio(options)),
    )


def judged_view(questions: Sequence[QuizQuestion], state: State, ways: Ways = NO_WAYS) -> Block:
    """Return whether the last choice was right, with the sheet's row; at the end the score too."""
    number = len(state.chosen) - 1
    question, choice = questions[number], state.chosen[number]
    wrong = f"Not quite: you chose “{question.options[choice]}”. The sheet says:"
    verdict = _RIGHT if choice == question.right else wrong
    judged = [
        _number(number, questions),
        rich(section(literal(verdict, LABEL, bold=True))),
        *quoted([question.settles], ways.to([question.settles])),
    ]
    if number + 1 < len(questions):
        return _form("Next question", state, *judged)
    right = sum(one.right == choice for one, choice in zip(questions, state.chosen, strict=True))
    score = rich(section(literal(f"{right} of {len(questions)} right.", LABEL, bold=True)))
    return ended_view([*judged, DIVIDER, score])


def ended_view(blocks: Sequence[Block]) -> Block:
    """Return how a quiz ends, with a button that begins another."""
    return modal(TITLE, [*blocks, buttons({QUIZ_AGAIN: "Play again"})])


def _form(label: str, state: State, *blocks: Block) -> Block:
    return modal(
        TITLE,
        blocks,
        close="Stop",
        submit=submit(label),
        callback_id=QUIZ_FORM,
        private_metadata=encode_value(state) or "",
    )


def _number(number: int, questions: Sequence[QuizQuestion]) -> Block:
    return small(plain(f"Question {number + 1} of {len(questions)}", LABEL))
