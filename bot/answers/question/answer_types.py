"""What a question demands beyond its own words: a number of something, a name, a day, a deed."""

import re
from dataclasses import dataclass

from bot.search.tokens import stem, words

_DIGIT = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?"
    r"|billions?|trillions?|tens|half|twice|couple)\b"
)
# A capital inside a sentence that begins a word with small letters, or a model's name (GPT-4).
_PROPER = re.compile(r"(?<=[a-z,(/\"] )[A-Z][a-z]{2,}[\w-]*|\b[A-Z][a-z]+[A-Z]\w*|\b[A-Z]{2,}-\d")

# What each kind of demand looks like in a sentence that meets it.
_SHOWN = {
    "count": _DIGIT,
    "size": _DIGIT,
    "price": re.compile(r"[$€£]|\b(?:dollars?|euros?|cents?|bucks)\b"),
    "ratio": re.compile(r"%|\bpercent\b|\d+x\b|\btimes\b"),
    "often": re.compile(r"\b(?:often|frequent\w*|rare\w*|always|never|sometimes|usually)\b"),
    "duration": re.compile(r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)\b"),
    "date": re.compile(
        r"\b(?:19|20)\d\d\b|\b(?:january|february|march|april|june|july|august|september|october"
        r"|november|december|monday|tuesday|wednesday|thursday|friday|yesterday|tomorrow)\b"
        r"|\b\w+ (?:years?|months?|weeks?|days?)\b|\bthis week\b"
    ),
    "place": re.compile(r"https?:|www\."),
}
_COUNTED = re.compile(
    r"\b(?:how many|(?:what )?number of|count of)\b(?P<thing>.*)"
    r"|\bhow much (?!do\b|does\b|did\b|is\b|are\b|more\b|to\b|it\b|would\b|will\b"
    r"|should\b)(?P<of>.*)"
)
# Where the thing counted ends.
_STOPS = re.compile(
    r"\b(?:do|does|did|is|are|was|were|can|could|should|would|will|have|has|had|to|in|on|for|we|i"
    r"|you|they|it|the|if|that|per|with|when|before|after|a|an|of|our|my|your)\b|[?!.,;:]"
)
# The first that fits decides.
_ASKED = (
    ("ratio", r"%|\bpercent(?:age)?\b|\bhow much (?:more|less|cheaper|faster|better|bigger)\b"),
    ("often", r"\bhow (?:often|frequent|common)"),
    ("duration", r"\bhow (?:long|soon|old)\b"
                 r"|\bhow many (?:years|months|weeks|days|hours|minutes)\b"
                 r"|\bin (?:seconds|hours|days)\b|\bresponse time\b"),
    ("price", r"[$€]|\b(?:prices?|fees?|dollars?|bucks|salary|fine|euros?|usd|cents?)\b"
              r"|\bhow (?:much (?:do|does|did|is|are|would|will|should|to|it)|expensive)\b"
              r"|\bwhat (?:do|does|did|would) .* cost\b|\bcosts? (?:of|per)\b"),
    ("size", r"\b(?:how (?:big|large|far|fast|high|deep)|what (?:size|score|rate)|average)\b"),
    ("date", r"\bwhen (?:was|were|is|are|did|will|does|do)\b"
             r"|\b(?:what|which) (?:year|date|day|month)\b|\brelease date\b"),
    ("place", r"\bwhere can i (?:find|get|buy|download|listen)|\blinks?\b|\burl\b"),
    ("name", r"\bwho(?:se|m|'s|s)?\b(?! (?:should|has to|needs|must|can|could|would|else))"),
    ("name", r"\b(?:names?|named)\b"
             r"|\b(?:which|what) (?:\w+ ){0,2}(?:compan|vendor|provider|librar|framework|product"
             r"|database|paper|book|model|person|people|author|case|law|country|language|brand"
             r"|startup|team|customer|bank|universit|benchmark|version|gpu|cloud|article|guest"
             r"|researcher|engineer|plugin|software|app|platform|service|chip)(?:s|y|ies|er)?\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKED)
_NAMES_THING = re.compile(
    r"\b(?:what|which|whats|how many|how much|names? of|who)(?:'s)?\b"
    r"(?: (?:is|are|was|were|do|does|did|exactly|would|should))?"
    r"(?: (?:the|an?|our|your|their|they|you|we|i|it|that|some|any))*(?P<thing> .*)"
)
_MOST_FOCUS = 4
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_SPELL = r"(?:night|week|weekend|month|quarter|year)"
_TIMELY = re.compile(
    rf"\b(?:today|tonight|tomorrow|yesterday|currently|latest|news|right now|at the moment"
    rf"|this (?:morning|afternoon|evening)|(?:this|last|next) (?:{_SPELL}|{_DAY})"
    rf"|(?:before|by|every|on|since|until) {_DAY})\b"
)
# Verbs that begin no question about the episode: `open` and `set` do ("open source or api").
_ERRAND = re.compile(
    r"(?:(?:can|could|will|would) you )?(?:please |pls )?"
    r"(?:add|book|buy|calculate|call|cancel|check|convert|draft|email|find|forward|invite|move|pay"
    r"|play|print|proofread|remove|reset|schedule|send|translate|update|wake|work out|write)\b"
)
_COMPARES = re.compile(r"\b(?:better|worse|faster|cheaper|compare[sd]?|vs\.?|versus|differ\w*)\b")


@dataclass(frozen=True, slots=True)
class Demand:
    """The kind of a thing that must stand in an answer; `things` are the stems counted."""

    kind: str
    things: frozenset[str] = frozenset()

    def met_by(self, sentence: str) -> bool:
        """Whether a sentence holds a thing of the kind."""
        if self.kind == "name":
            return _PROPER.search(sentence) is not None
        if not _SHOWN[self.kind].search(sentence.lower()):
            return False
        return self.things <= set(map(stem, words(sentence)))


def demand(core: str) -> Demand | None:
    """Return what a question in lower case demands; None if it demands nothing special."""
    for kind, pattern in _COMPILED[:3]:
        if pattern.search(core):
            return Demand(kind)
    if found := _COUNTED.search(core):
        thing = _STOPS.split((found["thing"] or found["of"] or "").strip(), maxsplit=1)[0]
        if counted := words(thing)[-1:]:
            return Demand("count", frozenset(map(stem, counted)))
    for kind, pattern in _COMPILED[3:]:
        if pattern.search(core):
            return Demand(kind)
    return None


def focus(core: str) -> frozenset[str]:
    """Return the stems of what a question with `what` or `which` names: `which vector database`."""
    found = _NAMES_THING.search(core)
    if found is None:
        return frozenset()
    thing = _STOPS.split(found["thing"].strip(), maxsplit=1)[0]
    return frozenset(map(stem, words(thing)[:_MOST_FOCUS]))


def compares(core: str) -> bool:
    """Whether a question sets things against each other."""
    return _COMPARES.search(core) is not None


def timely(core: str) -> bool:
    """Whether a question is about a day or about now, of which a recording knows little."""
    return _TIMELY.search(core) is not None


def errand(core: str) -> bool:
    """Whether a message wants something done rather than said: `book a room`."""
    return _ERRAND.match(core) is not None
