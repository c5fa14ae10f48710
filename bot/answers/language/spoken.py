"""Which language a text is in, and whether answers are made for it."""

import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from bot.answers.language.english import english

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_CHARACTERS = 8_000  # of a text; more say nothing new about its language
_WORD = re.compile(r"[^\W\d_]+")
# The least share of general English words in 154 real English transcripts is .88; a Spanish one has
# .51, for the words are Wikipedia's and some of other languages are among them. Where most are
# known there is nothing to detect; less than half is no English at all.
_SURELY, _ENGLISH, _ANY = 0.85, 0.7, 0.5
_SURE = 0.8  # chosen by hand
_LOADING = Lock()
_NAMES = {
    "ar": "Arabic",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def detected(text: str) -> str | None:
    """Return the tag of the language that a text is surely in, such as `en`; None in doubt.

    The detector is py3langid (Lui and Baldwin, langid.py, 2012); English words need none.
    """
    if _known(text) >= _SURELY:
        return "en"
    tag, sure = detector().classify(text[:_CHARACTERS])
    return str(tag) if sure >= _SURE else None


def spoken(text: str, said: str | None = None) -> tuple[str | None, str | None]:
    """Return the name of a text's language, and what to warn of, if anything.

    `said` is the tag that its file gives; without one the language is detected.
    """
    tag = said or detected(text)
    base = tag.partition("-")[0].casefold() if tag else None
    name = _NAMES.get(base, tag) if base else None
    known = _known(text)
    if base not in (None, "en") and known < _ENGLISH:
        return name, f"reads {name}; answers are tuned for English"
    if known < _ANY:
        return name, "looks damaged: less than half of its words are English"
    return name, None


def _known(text: str) -> float:
    """Return the share of words that are general English."""
    said, vocabulary = [word.casefold() for word in _WORD.findall(text[:_CHARACTERS])], english()
    if not vocabulary:
        return 0.8  # between the bars: the detector decides, and nobody is warned
    return sum(word in vocabulary for word in said) / max(1, len(said))


def detector(*languages: str) -> "LanguageIdentifier":
    """Load what tells some languages apart, or all: some tenths of a second, and 50 MB.

    While it loads it takes a hundred. What it knows of other languages is not kept. Raises
    ValueError for a language that it does not know.
    """
    with _LOADING:  # a server's start and its first question ask for it at the same time
        return _loaded(languages)


@cache
def _loaded(languages: tuple[str, ...]) -> "LanguageIdentifier":
    from py3langid.langid import (  # noqa: PLC0415 - seldom needed
        MODEL_DIR,
        MODEL_FILE,
        LanguageIdentifier,
    )
    from py3langid.modelio import load_model  # noqa: PLC0415 - seldom needed

    table, prior, names, moves, rows, output = load_model(MODEL_DIR / MODEL_FILE)
    if unknown := set(languages).difference(names):
        raise ValueError(f"no detector of {', '.join(sorted(unknown))}")
    kept = [at for at, name in enumerate(names) if not languages or name in languages]
    return LanguageIdentifier(
        table[:, kept],
        prior[kept],
        [names[at] for at in kept],
        moves,
        output,
        norm_probs=True,
        tk_row=rows,
    )
