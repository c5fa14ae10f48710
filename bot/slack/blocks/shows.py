"""What people are told of shows. Pure."""

import re
from collections.abc import Sequence

from bot.slack.blocks.elements import shorten

_NAME = 100  # characters; chosen by hand
_MOST_NAMED = 3  # shows that one sentence names


def said(show: str) -> str:
    """Return a show's name in quotes, in which nothing is markup of `paragraphs`."""
    return f"“{shorten(re.sub('[`{}]', '', show), _NAME)}”"


def unknown(words: str, near: Sequence[str], shows: Sequence[str]) -> str:
    """Say that a show is not known: the near ones are named, else some of those that there are."""
    if near:
        return f"I know no show {said(words)}. Do you mean {_listed(near, 'or')}?"
    if not shows:
        return f"I know no show {said(words)}, and no other one either."
    more = len(shows) - _MOST_NAMED
    named = [said(one) for one in shows[:_MOST_NAMED]]
    if more > 0:
        return f"I know no show {said(words)}. I know {', '.join(named)} and {more:,} more."
    return f"I know no show {said(words)}. I know {_listed(shows, 'and')}."


def _listed(shows: Sequence[str], link: str) -> str:
    *others, last = map(said, shows)
    return f"{', '.join(others)} {link} {last}" if others else last
