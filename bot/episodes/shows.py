"""Shows by what people type for them. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz, process

# Chosen by hand: of 100, so that `chanelog` is near `The Changelog`, and no other show.
_LEAST_ALIKE = 65
_WORDS = re.compile(r"[\W_]+")
# What people leave out of a show's name, or add to it.
_FILLERS = frozenset({"the", "a", "podcast", "show"})


def find_show(words: str, shows: Sequence[str]) -> str | None:
    """Return the one show that words stand for; None for none or several.

    Case, accents, punctuation, `the` and `podcast` make no difference. Some words of a name stand
    for the one show that has them.
    """
    if words in shows:
        return words
    key = _key(words)
    if not key:
        return None
    same = [show for show in shows if _key(show) == key]
    return _only(same) or _only([show for show in shows if f" {key} " in f" {_key(show)} "])


def near_shows(words: str, shows: Sequence[str], most: int = 3) -> list[str]:
    """Return the shows whose names look most like the words, or hold them; perhaps none."""
    keys = {show: _key(show) for show in shows}
    key = _key(words)
    found = process.extract(key, keys, scorer=fuzz.WRatio, limit=most, score_cutoff=_LEAST_ALIKE)
    return [show for _key, _score, show in found]


def _only(shows: Sequence[str]) -> str | None:
    return shows[0] if len(shows) == 1 else None


def _key(name: str) -> str:
    """Return a name's words, without case, accents and fillers; all words, if they are fillers."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    words = _WORDS.sub(" ", letters).split()
    return " ".join([word for word in words if word not in _FILLERS] or words)
