"""Whether a question says `this episode`, which one that is, and what no other one can tell."""

import re
from dataclasses import replace

from bot.answers.question.parse import ParsedQuestion

# `The episode about bees` and `the episode I missed` say which one it is.
_WHICH = (
    r"(?! (?:\w+ing|about|after|before|called|from|i|in which|last|named|of|that|they|titled|we"
    r"|when|where|which|whose|with|you)\b)(?! on (?!apple|itunes|overcast|spotify|youtube))"
)
_ONE = (
    rf"(?:(?:this|today's|this week's) (?:podcast )?(?:episode|ep)\b|the (?:episode|ep)\b{_WHICH})"
)
_THIS = re.compile(rf"\b{_ONE}")
# Where something is said is no part of what is asked: it only leads a model astray.
_END = r"\b(?=\s*(?:[?!.,;:]|$))"
_ACCORDING = re.compile(
    r",?\s?\b(?:according to|as (?:said|told) in)\s+(?:this|the|today's)"
    rf"\s+(?:episode|ep|podcast|show|transcript){_END}",
    re.IGNORECASE,
)
_IN = re.compile(rf",?\s?\bin\s+(?:this|the|today's)\s+(?:episode|ep){_END}", re.IGNORECASE)
_FEWEST_LEFT = 3  # words: of `what's in this episode?` nothing would be asked. Chosen by hand
# Of an episode as a thing that is made and listened to, not of what is said in it.
_ITSELF = re.compile(
    rf"\b{_ONE}(?: (?:actually|already|even|ever|first|originally))?"
    r" (?:air|aired|come out|came out|go live|posted|published|recorded|released|sponsored|uploaded"
    r"|on (?:apple|itunes|overcast|spotify|youtube))\b"
    rf"|\b{_ONE} out(?: yet)?\W*$"
    r"|\b(?:download|listen to|post|posted|publish|published|record|recorded|release|released"
    r"|sponsored|sponsors?|stream|upload|uploaded|watch"
    rf"|(?:link|ratings?|recording|reviews?|url|video) (?:for|of|to)) {_ONE}"
    rf"|\bhow many (?:downloads|listeners|listens|plays|views)\b(?! on\b).*\b{_ONE}"
)


def says_this(question: ParsedQuestion) -> bool:
    """Return whether a question means the one episode that somebody has in mind."""
    return _THIS.search(_whole(question)) is not None


def of_this(question: ParsedQuestion, count: int, quoted: int | None) -> ParsedQuestion:
    """Return a question that says `this episode` as one of that alone; any other as it is.

    It is the one at the place that its thread has `quoted`, else the newest of those that are
    preferred, else of all `count` in the library. One that names episodes means these.
    """
    if question.among is not None or count <= 1 or not says_this(question):
        return question
    newest = question.first[-1] if question.first else count - 1
    return replace(question, among=(newest if quoted is None else quoted,), first=())


def asks_of_itself(question: ParsedQuestion) -> bool:
    """Return whether a question asks of an episode what is true of that one alone."""
    return _ITSELF.search(_whole(question)) is not None


def without_this(core: str) -> str:
    """Return a question without `this episode`, which points at nothing that was said before."""
    return _THIS.sub(" ", core)


def without_source(message: str) -> str:
    """Return a question without `according to the episode`, if enough of it is left."""
    for source, fewest in ((_ACCORDING, 1), (_IN, _FEWEST_LEFT)):
        rest = source.sub("", message).lstrip(" ,:;")
        message = rest if len(rest.strip("?!. ").split()) >= fewest else message
    return message


def _whole(question: ParsedQuestion) -> str:
    """Return a question in lower case: where it asks about may be a clause of its own."""
    return f"{question.around} {question.core}"
