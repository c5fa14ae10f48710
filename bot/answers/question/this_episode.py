"""Whether a question says `this episode`, which one that is, and what no other one can tell."""

import re
from dataclasses import replace

from bot.answers.question.parse import ParsedQuestion

# `The episode about bees` says which one it is; `this episode` is where somebody is.
_THIS = re.compile(
    r"\b(?:this|today's|this week's) (?:podcast )?(?:episode|ep)\b"
    r"|\bthe (?:episode|ep)\b(?! (?:about|before|called|from|in which|that|when|where|with)\b)"
    r"(?! on (?!apple|itunes|overcast|spotify|youtube))"
)
# Where something is said is no part of what is asked: it only leads a model astray.
_SOURCE = re.compile(
    r",?\s?\b(?:according to|as (?:said|told) in|in|from)\s+(?:this|the|today's)"
    r"\s+(?:episode|ep|podcast|show|transcript)\b(?=\s*(?:[?!.,;:]|$))",
    re.IGNORECASE,
)
# Of an episode as a thing that is made and listened to, seldom what is said in it.
_ITSELF = re.compile(
    r"\b(?:aired?|came out|come out|out yet|published?|record(?:ed|ing)|released?|uploaded"
    r"|downloads?|downloaded|listeners|plays|rated|ratings?|reviews|sponsor(?:s|ed|ing)?|views"
    r"|apple podcasts?|itunes|link|mp3|overcast|rss|spotify|subscribe|url|youtube)\b"
)


def says_this(core: str) -> bool:
    """Return whether a question in lower case means the one episode that somebody has in mind."""
    return _THIS.search(core) is not None


def of_this(question: ParsedQuestion, count: int, quoted: int | None) -> ParsedQuestion:
    """Return a question that says `this episode` as one of that alone; any other as it is.

    Of the episodes that may be meant, of `count` in the library, it is the one at the place that
    its thread has `quoted`, else the newest.
    """
    named = question.among is not None and len(question.among) <= 1
    if named or count <= 1 or not says_this(question.core):
        return question
    meant = question.among or question.first or tuple(range(count))
    place = quoted if quoted is not None and quoted in meant else meant[-1]
    return replace(question, among=(place,), first=())


def asks_of_itself(core: str) -> bool:
    """Return whether a question asks of an episode what is true of that one alone."""
    return says_this(core) and _ITSELF.search(core) is not None


def without_this(core: str) -> str:
    """Return a question without `this episode`, which points at nothing that was said before."""
    return _THIS.sub(" ", core)


def without_source(message: str) -> str:
    """Return a question without `according to the episode`, if anything is left of it."""
    rest = _SOURCE.sub("", message)
    return rest if rest.strip(" ?!.,") else message
