"""Where quotes stand, in a grey line: long names are cut so that the time after them is seen. Pure.

A title may be as long as a file's name. Chosen by hand: together the parts stay under `CREDIT`.
"""

from dataclasses import replace

from bot.answers import Quote, attribution
from bot.episodes.names import cut

_NAME, _SHOW, _TITLE = 40, 40, 80


def short_credit(*quotes: Quote, timed: bool = True) -> str:
    """Return the credit of quotes, as far as they have it in common; perhaps empty.

    It says the time if it is to be `timed`.
    """
    short = map(named_shortly, quotes)
    return attribution(*(one if timed else replace(one, since=None) for one in short))


def named_shortly(quote: Quote) -> Quote:
    """Return a quote whose speaker, segment, show and episode have names of bounded length."""
    return replace(
        quote,
        speaker=quote.speaker and cut(quote.speaker, _NAME),
        heading=cut(quote.heading, _TITLE),
        title=cut(quote.title, _TITLE),
        show=cut(quote.show, _SHOW),
    )
