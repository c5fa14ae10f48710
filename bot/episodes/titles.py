"""Segment headings for display: without number and minutes, and in sentence case."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from bot.episodes.emphasis import plain
from bot.episodes.model import Episode

_NUMBER = re.compile(r"SEGMENT\s+\d+\s*[:.–—-]\s*(?=\S)", re.IGNORECASE)
_MINUTES = re.compile(r"(?<=\S)\s*\(~?\d+\s*min(?:ute)?s?\.?\)\s*$", re.IGNORECASE)
# A word, `Q&A` and `U.S.` in one piece; the parts of `don't` and `GPT-4` are words of their own.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:&[^\W_]+)*")
# What stands before the first word of a sentence, of a quotation, or of what a colon announces.
_BEFORE_SENTENCE = re.compile(r"(?:\A|[.!?…:]|\n|[\"“‘(\[]|(?<!\w)')[\s\"'“”‘’)\]]*\Z")
# Enough for any run of marks between two sentences; bounds the search for a word's surroundings.
_LOOK_BACK = 8
_BEGINS_TITLE = re.compile(r"(?:\A|[.!?…]\s)\W*\Z")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)


def display_title(heading: str, body_text: str) -> str:
    """Return a segment's heading for display: `How LLMs actually work`.

    The number and the minutes are dropped. Words of a heading in capitals are written as the body
    writes them inside its sentences. A heading in mixed case keeps its letters.

    Args:
        heading: a segment's title as the transcript has it.
        body_text: what is said in the episode, without headings; see `body_text`.
    """
    return _titled(heading, spellings(body_text))


def display_titles(episode: Episode) -> dict[str, str]:
    """Return the display title of each segment of an episode, by the segment's title."""
    titles = [segment.title for segment in episode.segments]
    # Only titles in capitals ask how words are written, and reading them all takes a tenth second.
    known = spellings(body_text(episode)) if any(map(_in_capitals, titles)) else {}
    return {title: _titled(title, known) for title in titles}


def body_text(episode: Episode) -> str:
    """Return what the speakers of an episode say, one paragraph a line."""
    return "\n".join(
        episode.words(paragraph) for turn in episode.turns for paragraph in turn.paragraphs
    )


def _titled(heading: str, known: Mapping[str, str]) -> str:
    title = unicodedata.normalize("NFC", plain(heading))
    title = _MINUTES.sub("", _NUMBER.sub("", title))
    if not _in_capitals(title):
        return title
    title = _WORD.sub(lambda found: _spelt(found[0], known), title)
    return _WORD.sub(lambda found: _begun(title, found), title)


def _in_capitals(title: str) -> bool:
    """Whether most words are in capitals and none is in small letters; `LLMs` is neither."""
    said = [word for word in _WORD.findall(title) if word.upper() != word.lower()]
    capitals = sum(word.isupper() for word in said)
    return 2 * capitals > len(said) and not any(word.islower() and len(word) > 1 for word in said)


def _spelt(word: str, known: Mapping[str, str]) -> str:
    """Spell a word of a heading in capitals as the body does.

    A word that the body lacks is lower-cased, unless its looks tell an acronym or a name.
    """
    if spelling := known.get(word.casefold()):
        return spelling
    singular = known.get(word.casefold().removesuffix("s"), "")
    if len(singular) > 1 and singular.isupper():
        return f"{singular}s"
    named = not word.isupper() or not word.isalpha() or not _VOWEL.search(word)
    return word if named else word.lower()


def _begun(title: str, found: re.Match[str]) -> str:
    """Capitalise the first word of a sentence; `iPhone` keeps its own capitals."""
    word = found[0]
    begins = _BEGINS_TITLE.search(title[: found.start()])
    return word[0].upper() + word[1:] if begins and word.islower() else word


def spellings(body: str) -> dict[str, str]:
    """Return how a text mostly spells each word inside a sentence, by the case-folded word.

    A capital at the beginning of a sentence tells nothing, `RAG` there does.
    """
    text = unicodedata.normalize("NFC", body)
    seen: dict[str, Counter[str]] = {}
    for found in _WORD.finditer(text):
        word = found[0]
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        begins = found.start() == 0 or _BEFORE_SENTENCE.search(before)
        if not (begins and word[0].isupper() and word[1:] == word[1:].lower()):
            seen.setdefault(word.casefold(), Counter())[word] += 1
    return {folded: forms.most_common(1)[0][0] for folded, forms in seen.items()}
