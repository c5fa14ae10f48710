"""From text to tokens: the same for what is indexed and for what is asked."""

import hashlib
import re
import unicodedata
from functools import lru_cache

import Stemmer

# Function words, by what they do. BM25Okapi lifts a term that stands in more than half of the
# documents above rarer ones (its epsilon floor), so every word that common must be here, and the
# words that ask (what, how, did) must too: they are rare in what is told and would outweigh the
# topic. `it`, `no`, `not` and negated auxiliaries go as well: a bag of words does not know what
# they refer to or deny, so who needs them must look at the text. Numbers and single letters
# stay ("type 2", "vitamin D"), except those that are articles, pronouns or what is left of "e.g.".
_FUNCTION_WORDS = """
    a an the this that these those such same another other others
    i me my mine myself we us our ours ourselves you your yours yourself yourselves
    he him his himself she her hers herself it its itself
    they them their theirs themselves one ones someone something anyone anything
    everyone everything nobody nothing
    am is are was were be been being do does did doing done have has had having
    can cannot could may might must shall should will would ought
    what which who whom whose when where why how whether
    whatever whichever whoever whenever wherever however
    and or nor but if then else than because since while although though unless until as so
    of at by for with without within about against between among into onto through throughout
    during before after above below to from up upon down in out on off over under
    toward towards via per across along around
    no not any some all both each every either neither few more most much many less least several
    only own just very too quite also again further once ever never always often
    here there now thus hence therefore yet still even already almost perhaps rather
    e g etc
"""
STOPWORDS = frozenset(_FUNCTION_WORDS.split())

# Letters and digits; a number goes on through its decimals and thousands, a word through an
# apostrophe.
_WORD = re.compile(r"\w+(?:(?<=\d)(?:\.\d\w*|,\d{3}\b)|'\w+)*")
_ENDING = re.compile("'(?:s|re|ve|ll|d|m)$")
_ACCENT = re.compile("[\u0300-\u036f]")

# Names all that decides which tokens a text becomes, so that an index saved with others is known.
EDITION = hashlib.sha256(
    repr((_WORD.pattern, _ENDING.pattern, sorted(STOPWORDS), Stemmer.version())).encode()
).hexdigest()[:12]


def tokens(text: str) -> list[str]:
    """Return the stems of the words of a text that carry meaning, in order.

    Case, accents and possessives are folded; compounds come apart ("pre-training" is `pre`,
    `train`; "GPT-4" is `gpt`, `4`); a number keeps its decimals and what is written to it
    ("128K" is `128k`, "3.5" is `3.5`, "10,000" is `10000`).
    """
    found = map(_token, _WORD.findall(_folded(text)))
    return [word for word in found if word]


def words(text: str) -> list[str]:
    """All words of a text, stopwords included, folded like `tokens` but not stemmed.

    Possessives and what else hangs on an apostrophe are left out; "don't" is `dont`.
    """
    return list(map(_unended, _WORD.findall(_folded(text))))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the Snowball stem of a word, by a new stemmer: one cannot serve two threads."""
    stemmed: str = Stemmer.Stemmer("english").stemWord(word)
    return stemmed


def _folded(text: str) -> str:
    """Lower case, without accents, with straight apostrophes, `_` as a space."""
    if not text.isascii():
        text = _ACCENT.sub("", unicodedata.normalize("NFD", text)).replace("’", "'")
        text = unicodedata.normalize("NFC", text)
    return text.casefold().replace("_", " ")


@lru_cache(maxsize=1 << 16)
def _unended(word: str) -> str:
    """Return a word without what hangs on its apostrophe."""
    return _bare(_ENDING.sub("", word))


def _bare(word: str) -> str:
    return word.replace(",", "").replace("'", "")


@lru_cache(maxsize=1 << 16)
def _token(word: str) -> str:
    """Return the stem of a word, or nothing for one that carries no meaning."""
    word = _ENDING.sub("", word)
    return "" if word in STOPWORDS or word.endswith("n't") else stem(_bare(word))
