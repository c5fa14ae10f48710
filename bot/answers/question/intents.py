"""Questions about the episode itself: its takeaways, outline, terms, hosts, length, neighbours.

Such a question names its subject and says nothing else; "takeaway 4" is one, "which takeaway
speaks of privacy" is a question like any other.
"""

import re
import unicodedata
from dataclasses import dataclass

from bot.answers.question.subjects import SUBJECTS, WORDS_AROUND

_UNITS = """
        one two three four five six seven eight nine ten eleven twelve thirteen
    """.split()
_ORDINALS = """
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh
    """.split()
_VALUES = {word: number for words in (_UNITS, _ORDINALS) for number, word in enumerate(words, 1)}
_NUMBER = re.compile(
    rf"\b(?:(?:number|no|nr)\.? ?|#)?(?P<word>{'|'.join(_VALUES)}|last|final)\b"
    r"|(?:\b(?:number|no|nr)\.? ?|#|\b)(?P<digits>\d{1,3})(?:st|nd|rd|th)?\b"
)
EPISODE = re.compile(r"\b(?:episode|ep)\.? ?#?(?P<number>\d{1,4})\b")
# "The eight takeaways" are all of them, "takeaways 4" is one.
_ALL = re.compile(
    rf"\b(?:{'|'.join(_UNITS)}|\d+|all|every|last|first|top) (?:\w+ )?\w+(?:ways|ts|ns|ps|rs)\b"
)
# Takeaways are what an episode counts, so they are what these speak of without a subject.
_BARE = re.compile(rf"^(?:the )?(?P<last>last|final) one$|^all (?:{'|'.join(_UNITS)}|\d{{1,2}})$")
_ONE = re.compile(r"\b(?:number|no|take-? ?away|lesson|point|segment|section|chapter|part) one\b")
# "How many minutes" asks for the duration.
_COUNTS = re.compile(r"\b(?:how many|(?:the )?(?:total )?number of)\b(?! (?:minutes|hours))")
_WORD = re.compile(r"[\w'-]+")
_COUNTED = frozenset({"takeaway", "outline", "terms", "hosts"})


@dataclass(frozen=True, slots=True)
class Intent:
    """What of the episode is asked for; `number` where one of several is, -1 for the last.

    `counted` is set where the question is how many there are.
    """

    kind: str
    number: int | None = None
    counted: bool = False


def ordinal(word: str) -> int | None:
    """Return the number in a word: `4`, `4th`, `four`, `fourth`; -1 for `last`; None if none."""
    found = _NUMBER.fullmatch(word)
    return _value(found) if found else None


def find_intent(core: str, names: frozenset[str]) -> Intent | None:
    """Return what a question asks of the episode itself; None if it is about its content.

    Args:
        core: the question in lower case.
        names: the words of the hosts' names, in lower case.
    """
    said = _WORD.findall(unicodedata.normalize("NFC", core))
    text = " ".join("@" if word in names else word for word in said)
    text = EPISODE.sub("episode", text)
    text, counts = _COUNTS.subn(" ", text)
    text = " ".join(text.split())
    if bare := _BARE.match(text):
        return Intent("takeaway", -1 if bare["last"] else None)
    for subject in SUBJECTS:
        if not subject.names.search(text):
            continue
        rest = subject.names.sub(" ", text)
        number = _number(text, rest) if subject.numbered and not _ALL.search(text) else None
        if subject.numbered:
            rest = _NUMBER.sub(" ", rest)
        if set(rest.split()) <= WORDS_AROUND | subject.others:
            counted = bool(counts) and subject.kind in _COUNTED
            return Intent(subject.kind, number, counted=counted)
    return None


def _number(text: str, rest: str) -> int | None:
    """Return the number in the rest of a text: `4`, `4th`, `four`, `fourth`; -1 for the last."""
    found = [match for match in _NUMBER.finditer(rest) if match["word"] != "one"]
    if not found:
        return 1 if _ONE.search(text) else None
    # "Takeaways 2 and 3" get the whole list.
    return _value(found[0]) if len(found) == 1 else None


def _value(found: re.Match[str]) -> int:
    word, digits = found["word"], found["digits"]
    if word in ("last", "final"):
        return -1
    return int(digits) if digits else _VALUES[word]
