"""What a transcript without a header still tells of its episode: who speaks, and how long."""

from collections.abc import Sequence

from bot.answers.model import MOST_QUOTES, Answer
from bot.answers.quoting.quotes import Quotes
from bot.episodes import Episode
from bot.search.passages import Passage

_MOST_NAMES = 10  # that one message names; chosen by hand
_FEWEST_WORDS = 8  # of a quote that shows who somebody is: "Hi!" does not. Chosen by hand


def hosts(
    question: str, episode: Episode, passages: Sequence[Passage], quotes: Quotes
) -> Answer | None:
    """Return who speaks, each with what they say first; None where the transcript names nobody."""
    names = [host.name for host in episode.hosts]
    first: dict[str, Passage] = {}
    for passage in passages:
        if passage.speaker and len(passage.own.split()) >= _FEWEST_WORDS:
            first.setdefault(passage.speaker, passage)
    if not first:
        return None
    shown = ", ".join(names[:_MOST_NAMES])
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    lead = f"In “{episode.label}” speak {shown}{more}. They begin:"
    return Answer(question, "hosts", lead, tuple(map(quotes.opening, first.values()))[:MOST_QUOTES])


def duration(
    question: str, episode: Episode, passages: Sequence[Passage], quotes: Quotes
) -> Answer | None:
    """Return when the last words are said, with them; None where the transcript has no times."""
    told = [passage for passage in passages if passage.turn >= 0]
    if not told:
        return None
    last = quotes.window(told[-1], len(told[-1].sentences) - 1, len(told[-1].sentences) - 1)
    if not last.time:
        return None
    lead = (
        f"By the times of its transcript, the last words of “{episode.label}” are at {last.time}:"
    )
    return Answer(question, "duration", lead, (last,))
