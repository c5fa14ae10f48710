"""What a label before a colon says by itself: a name, nobody in particular, or mere words."""

import re
import unicodedata
from dataclasses import dataclass

# Characters. The longest of 136 real transcripts has 21; a role in brackets may stand behind it.
LONGEST = 60
# Words: `Maria del Carmen de la Cruz` has six, and no name of those transcripts has more than four.
_MOST_PARTS = 6

_ROLE = re.compile(r"(?P<name>[^(\[,]+?)\s*(?:[(\[](?P<inner>[^()\[\]]*)[)\]]|,.*)\s*", re.DOTALL)
# No digits: `Part 2` is no name. Apostrophes, hyphens, full stops and marks of any script are.
_PART = re.compile(r"[^\W\d_][^\d_\s:(){}\[\]<>*|/\\\"“”?!,;#@&=+…]*")
_JOINED = re.compile(r"\s*[&/+]\s*|,\s*(?:and )?|\s+and\s+")
_NOBODY = re.compile(
    r"(?:(?:unknown|unidentified|male|female|multiple|guest|other|new)[\s_-]*)*"
    r"(?:speakers?|spk|unknown|unidentified|voices?|male|female|man|woman|person|participant"
    r"|(?:co-?)?hosts?|guests?|callers?|interview(?:er|ee)|moderator|narrator|announcer|presenter"
    r"|audience(?: member)?|questioner|crowd|all|both|everyone|everybody|together)"
    r"[\s_#-]*(?:\d{1,5}|[a-z])?"
    r"|\d{1,5}|[^\W\d_]"
)
_INTERLUDE = re.compile(
    r"(?:(?:ads?|commercial|sponsor|sponsored|music|musical|theme|intro|outro|mid-?roll)\s)?"
    r"(?:break|intro|introduction|outro|music|jingles?|interlude|sponsors?|sponsor (?:read|message)"
    r"|ads?|adverts?|advertisements?|commercials?|mid-?roll|pre-?roll|post-?roll)"
)
_PARTICLES = frozenset(
    "al bin da de del della den der di do dos du e el la le van von y zu".split()
)
# Nothing of these is part of a name, wherever it stands.
_NEVER = frozenset(
    "about and are as at because but by for from how if is it not of or our that the their then "
    "these this those was were what when where which who why with your".split()
)
# With these a name does not begin; some of them (`He`, `So`, `Best`) do end one.
_OPENERS = frozenset(
    "a again also an another answer answers any anyway audio best bonus bottom captions caption "
    "chapter con conclusion contents correction credits date description disclaimer do download "
    "duration each edited editor email end episode every example fact faq finally first five four "
    "fun fyi funny goal great he heading hello here hey hi i idea imagine important in interesting "
    "issue just key last laughs laughter less let link links listen look main many meaning media "
    "meanwhile more most my nb new next no note notes now number ok okay on one option other part "
    "please plus point problem produced pro pros ps question questions quick quote read really "
    "reason recorded references remember resources result right said same second section see she "
    "side silence so solution some sound source sources spoiler start step subscribe subtitle "
    "subtitles summary takeaway takeaways thanks there they think third three time tip tips title "
    "tldr to today todo tomorrow topic topics transcribed transcript transcription translated "
    "translation two update url video wait warning we website welcome well yeah yes yesterday you "
    "applause inaudible unintelligible crosstalk pause twitter facebook instagram youtube linkedin "
    "github podcast speakers people tags".split()
)
# With these no name ends.
_THINGS = frozenset(
    "alert answer answers article episode example fact facts link links note notes paper podcast "
    "point points proposal question questions show site summary support takeaway takeaways thing "
    "things time tip tips version website".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart: the name before any role, and the initials that stand beside it."""

    name: str
    initials: str | None = None


def parsed(written: str) -> Label:
    """Take a label apart: `Ada Park (AP)` has initials, the role of `Ada Park, host` is left out.

    The name is in Unicode's composed form, with single blanks and without Markdown around it.
    """
    words = " ".join(unicodedata.normalize("NFC", written).strip(" \t*_:：[]>").split())
    found = _ROLE.fullmatch(words) if len(words) <= 2 * LONGEST else None
    if found is None:
        return Label(words)
    inner = found["inner"] or ""
    short = inner.isupper() and inner.isalpha() and inner[0] == found["name"][0].upper()
    return Label(found["name"], inner if short else None)


def key(name: str) -> str:
    """Return what is the same for every spelling of a name: no case, no full stops."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace(".", " ").split())


def nobody(name: str) -> bool:
    """Whether a label says who speaks without naming anybody: `SPEAKER_1`, `Host`, `A`."""
    if len(name) > LONGEST:
        return False
    return _NOBODY.fullmatch(name.casefold()) is not None or _several(name)


def interlude(name: str) -> bool:
    """Whether a label marks what is not said in the episode: `Break`, `Sponsor`, `Music`."""
    return len(name) <= LONGEST and _INTERLUDE.fullmatch(name.casefold()) is not None


def like_a_name(name: str) -> bool:
    """Whether a label could be somebody's name, by its letters alone."""
    parts = name.split()
    if not 1 <= len(parts) <= _MOST_PARTS or len(name) > LONGEST:
        return False
    if not all(map(_PART.fullmatch, parts)) or parts[-1][0].islower():
        return False
    if any(part[0].islower() and part not in _PARTICLES for part in parts):
        return False
    words = [part.casefold() for part in parts]
    if words[0] in _OPENERS or words[-1] in _THINGS or interlude(name):
        return False
    return _NEVER.isdisjoint(words)


def spelled(name: str) -> str:
    """Return a name as it is shown: all capitals become `Ada Park`, short ones as `NVK` stay."""
    parts = name.split()
    # Four letters are as many as a name made of initials has.
    if not name.isupper() or (len(parts) == 1 and len(name) <= 4):  # noqa: PLR2004 - said above
        return name
    return " ".join(part if _initials(part) else part.title() for part in parts)


def _initials(part: str) -> bool:
    """Whether capitals are spoken as letters, as in `PJ MEYER`: short, and without a vowel."""
    return len(part) <= 3 and set(part).isdisjoint("AEIOUY")  # noqa: PLR2004 - what is short


def _several(name: str) -> bool:
    """Whether several speak at once: `Ada & Ben`."""
    names = _JOINED.split(name)
    return len(names) > 1 and all(map(like_a_name, names))
