"""Questions for a definition: `what is X`, `define X`, `X meaning`, and how else people ask."""

import re
from collections.abc import Iterator

# A name may hold a point or comma, as `Node.js` and `Web 2.0` do, and ends before one and a space.
_NAME = r"(?:[^?!.,;:=]|[.,:](?=\w)){1,60}?"
_NOUN = rf"(?P<term>{_NAME})"
_END = (
    r"(?: (?:exactly|actually|really|even|again|please|pls|basically|anyway|then|here|briefly"
    r"|stuff|thing|things|all about|about|to me|for (?:me|us)"
    r"|in (?:a nutshell|short)|in (?:a|one) (?:line|sentence)"
    r"|to (?:my|our|an?) [\w-]{1,20}(?: [\w-]{1,20})?"
    r"|in (?:plain|simple) (?:english|terms|words)"
    r"|in (?:this|the) (?:episode|podcast|context)"
    r"|in (?:ai|llms?)"
    r"|(?:for|like i'm|like im|as if i were) (?:an? )?[\w-]{1,20}(?: [\w-]{1,20}){0,2})){0,4}"
    r"\s*(?:[?!.,;:](?!\w).*)?$"
)
_AN = r"(?: the term| the word| an?| the| this| that| these| those)?"
_WHAT = r"(?:what(?:'s|'re| is| are|s)?|wat(?:'s| is)?|wats|waht(?: is| are)?)"
_THEY = r"\w+"
_ASKS_TERM = tuple(
    re.compile(pattern.format(noun=_NOUN, an=_AN, what=_WHAT, they=_THEY) + _END)
    for pattern in (
        r"^(?:{what}|who is)(?: (?:exactly|actually|on earth|the (?:heck|hell)))?(?: is| are)?"
        r"{an} {noun}",
        r"^(?:(?:can|could|would|will) \w+ |please |pls )*(?:define|explain|describe|eli5)"
        r"(?: what)?{an} {noun}(?: is| are| means?)?",
        r"^how (?:do|does|did|would|should|can) {they} (?:define|explain|describe){an} {noun}",
        r"^what(?: do| does| did|'s){an} {noun} (?:mean|stand for)",
        r"^what (?:do|does|did) (?:{they}|\w+) mean (?:by|with){an} {noun}",
        r"^what{an} {noun} (?:is|are|means?|stands for)",
        r"^{what} meant by{an} {noun}",
        r"^(?:{what} )?(?:the |an? )?(?:meaning|definition) (?:of|for){an} {noun}",
        r"^{noun}\s*(?:,? ?(?:meaning|definition|explained|defined)|= ?)",
        r"^{noun}",
    )
)
_AND = r"(?:and|versus|vs\.?)"
_NO_MORE = r"(?:,? please| pls| exactly| (?:for|to) (?:me|us))?\s*[?!.]*$"
_BOTH = tuple(
    re.compile(
        pattern.format(
            one=rf"(?P<one>{_NAME})", other=rf"(?P<other>{_NAME})", an=_AN, what=_WHAT, also=_AND
        )
        + _NO_MORE
    )
    for pattern in (
        r"^(?:{what} )?(?:the )?(?:differences?|distinction) between{an} {one} {also}{an} {other}",
        r"^(?:compare|define|explain|{what}){an} {one} {also}{an} {other}",
        r"^compare{an} {one} (?:to|with){an} {other}",
        r"^how (?:is|are){an} {one} different (?:from|to|than){an} {other}",
        r"^how (?:do|does){an} {one} (?:compare|differ)(?: from| to| with){an} {other}",
        r"^{one} {also}{an} {other}",
    )
)
# "RAG: what is it?" names its term before it asks.
_POINTS_BACK = re.compile(
    rf"^(?:{_WHAT} (?:is )?(?:it|that|this|they|those)|define|definition|meaning)(?: it| that)?"
    rf"{_END}"
)


def asked_nouns(core: str) -> Iterator[str]:
    """Yield what a question in lower case may ask to define, one reading after another."""
    for pattern in _ASKS_TERM:
        if found := pattern.match(core):
            yield found["term"]


def asked_pairs(core: str) -> Iterator[tuple[str, str]]:
    """Yield the two nouns that a question in lower case may set side by side, and no more."""
    for pattern in _BOTH:
        if found := pattern.match(core):
            yield found["one"], found["other"]


def points_back(core: str) -> bool:
    """Return whether a question asks for a definition and names its term elsewhere."""
    return _POINTS_BACK.match(core) is not None
