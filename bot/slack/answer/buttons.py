"""The buttons below an answer, and what each of them carries. Pure.

A value is read again with `decode_value`: coordinates of quotes with the transcript's digest, and
the question where it is asked again or handed to a person.
"""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from bot.answers import Answer, NoAnswer, Quote
from bot.answers.model import MOST_QUOTES
from bot.answers.question.suggestions import EPISODES
from bot.slack.answer.pages import Page
from bot.slack.answer.share_value import share_value
from bot.slack.blocks.button_value import encode_value
from bot.slack.blocks.elements import BUTTON_LABEL, Block, button, row, shorten
from bot.slack.blocks.message import SUGGESTIONS
from bot.slack.blocks.quote_refs import QuoteRefs, to_refs
from bot.slack.help import COMMAND

MORE, NEAREST, CONTEXT, SHARE = "more_quotes", "nearest_passages", "in_context", "share_answer"
ASK_HUMAN = "ask_human"
# The ids of a row's buttons differ: https://docs.slack.dev/reference/block-kit/blocks/actions-block
SUGGESTED = tuple(f"ask_suggested_{number}" for number in range(SUGGESTIONS + 1))
FOR_HUMAN = 1_000  # characters of a question that is handed to a person
_DEFINE, _ALL_TERMS = "define ", "terms"
_AnswerId = Annotated[str, msgspec.Meta(max_length=BUTTON_LABEL)]
_Refs = Annotated[QuoteRefs, msgspec.Meta(min_length=1)]


class More(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """A page of the quotes for a question: 0 is the answer itself.

    `episode` is the slug of the one episode that was asked about, or empty; `show` that of the show
    that was looked in first, or empty. `chosen` tells whether a language model chose them: else
    none is asked for the rest of them.
    """

    answer_id: _AnswerId
    page: Annotated[int, msgspec.Meta(ge=0, le=10)]
    question: str
    history: tuple[str, ...] = ()
    episode: str = ""
    show: str = ""
    chosen: bool = False


class Nearest(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """The passages near a question that the episode does not answer."""

    answer_id: _AnswerId
    question: str
    quotes: _Refs


class InContext(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """The turns around one of some quotes, `page` pages later, or earlier if it is negative."""

    quotes: _Refs
    shown: Annotated[int, msgspec.Meta(ge=0, lt=MOST_QUOTES)] = 0
    page: Annotated[int, msgspec.Meta(ge=-10_000, le=10_000)] = 0


def answer_row(answer: Answer, page: Page, answer_id: str, episode: str = "") -> list[Block]:
    """Return the buttons below an answer; without an id, as in a modal, it is not shared."""
    more, label = _more(answer, page, answer_id, episode)
    share = share_value(answer, page.quotes) if answer_id else None
    return row(
        button(MORE, label, more, f"{label} for the same question"),
        button(
            CONTEXT, "In context", _context(answer, page.quotes), "In context: the turns around it"
        ),
        button(SHARE, "Share…", share, "Share this answer to a channel"),
    )


def no_answer_rows(
    answer: NoAnswer, answer_id: str, *, human: bool, episode: str = ""
) -> list[Block]:
    """Return the buttons below no answer: what to ask instead, what stands near, and a person."""
    near = None
    if answer.near:
        near = encode_value(Nearest(answer_id, _for_human(answer.question), to_refs(answer.near)))
    count = len(answer.near)
    label = "Show the nearest passage" if count == 1 else f"Show the {count} nearest passages"
    return [
        *row(*_suggested(answer, episode)),
        *row(
            button(NEAREST, label, near, f"{label}, which do not answer the question"),
            human_button(answer.left_open) if human and answer.is_question else None,
        ),
    ]


def human_button(question: str) -> Block | None:
    """Return the button that hands a question to a person; an empty one is written in the form."""
    asked = _for_human(question) if question else ""
    return button(ASK_HUMAN, "Ask a human", asked, "Ask a human: hand this question over")


def commands_in(suggestions: Sequence[str]) -> list[str]:
    """Return the suggestions that are typed as commands, as opposed to asked by a button."""
    return [words for words in suggestions if words.startswith(f"{COMMAND} ")]


def _suggested(answer: NoAnswer, episode: str) -> list[Block | None]:
    """Return a button for each question to ask instead; below an unknown term, for the terms."""
    commands = commands_in(answer.suggestions)
    asked = [words for words in answer.suggestions if words not in commands][:SUGGESTIONS]
    said = dict(zip(answer.suggestions, answer.labels, strict=False))
    labels = {words: said.get(words) or _label(words, answer.kind) for words in asked}
    if answer.kind == "term" and labels:
        labels[_ALL_TERMS] = "All terms"
    return [
        button(action, label, _asks(words, episode), f"Ask: {said.get(words, words)}")
        for action, (words, label) in zip(SUGGESTED, labels.items(), strict=False)
    ]


def _asks(words: str, episode: str) -> str:
    """Return what a suggestion's button asks: of one episode, if one alone was asked about."""
    within = f" in {episode}" if episode and words != EPISODES else ""
    return f"{shorten(words, FOR_HUMAN)}{within}"


def _label(words: str, kind: str) -> str:
    """Return what stands on a suggestion's button: a term alone where terms are asked for."""
    shown = words.removeprefix(_DEFINE) if kind == "term" else words
    return shown[:1].upper() + shown[1:]


def _more(answer: Answer, page: Page, answer_id: str, episode: str) -> tuple[str | None, str]:
    """Return what *More* carries, and its label; after the last page, the first comes again."""
    if not page.left and not page.number:
        return None, ""
    number = page.number + 1 if page.left else 0
    more = More(
        answer_id,
        number,
        answer.question,
        answer.history,
        episode,
        answer.show,
        bool(answer.chosen_by),
    )
    value = encode_value(more)
    if not page.left:
        return value, "Back to first quotes"
    return value, f"{page.left} more {'quote' if page.left == 1 else 'quotes'}"


def _context(answer: Answer, shown: Sequence[Quote]) -> str | None:
    """Return the coordinates of the quotes that something stands around; a list has none."""
    quotes = [] if answer.items else [one for one in shown if one.position]
    return encode_value(InContext(to_refs(quotes))) if quotes else None


def _for_human(question: str) -> str:
    return shorten(question, FOR_HUMAN)
