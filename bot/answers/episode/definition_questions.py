"""Questions for a definition: `what is X`, `define X`, `X meaning`, and how else people ask."""

import re
from collections.abc import Iterator

# A name may hold a point or comma, as `Node.js` and `Web 2.0` do, and ends before one and a space.
_NOUN = r"(?P<term>(?:[^?!.,;:=]|[.,:](?=\w)){1,60}?)"
_END = (
    r"(?: (?:exactly|actually|really|even|again|please|pls|basically|anyway|then|here|briefly"
    r"|stuff|thing|things|all about|about|to me|for (?:me|us)|in (?:a nutshell|one line|short)"
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


def points_back(core: str) -> bool:
    """Return whether a question asks for a definition and names its term elsewhere."""
    return _POINTS_BACK.match(core) is not None
