"""Sentences that make no sense alone."""

import re

from bot.search.passages import Passage

# Openings that point back: such a sentence says little without the one before it.
_POINTS_BACK = re.compile(
    r"(?:it|its|it's|that|that's|this|these|those|they|they're|them|he|she|there|both|yes|no|not"
    r"|exactly|right|sure|because|depends|through|essentially|absolutely|precisely|very|eventually"
    r"|also|now|so|and|but|or|then|same|again|more|here's)\b",
    re.IGNORECASE,
)
# Chosen by hand: an opening of so few words says little without the question before it.
_SHORT = 5


def points_back(sentence: str) -> bool:
    """Return whether a sentence leans on the one before it."""
    return _POINTS_BACK.match(sentence.lstrip("\"'“‘(")) is not None


def needs_question(passage: Passage) -> bool:
    """Return whether the opening of a turn makes no sense without the question that it answers."""
    if passage.paragraph or not passage.asked:
        return False
    opening = passage.episode.words(passage.sentences[0])
    return points_back(opening) or len(opening.split()) <= _SHORT
