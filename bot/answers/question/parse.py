"""What a person wants to know: the question within the message, and what kind it is."""

import re
from dataclasses import dataclass
from enum import Enum

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})
# Terminal colours, control characters, and marks of writing direction and width.
_UNSEEN = re.compile(
    "\x1b\\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
# Characters. Longer messages are cut to bound the time of a question. Chosen by hand: nearly ten
# times the longest question of tests/evaluation.
READ = 1_500
# Line breaks stay: they part a story from its question.
_SPACE = re.compile(r"[^\S\n]+")
_FILLER = re.compile(
    r"(?:(?:hey+|hi|hello|hiya|yo|ok(?:ay)?|so|well|um+|uh|sorry|btw|and|but|also|wait|hmm+|oh"
    r"|good (?:morning|afternoon|evening)|(?:just )?(?:a )?quick (?:one|question|q)|curious"
    r"|question"
    r"|please|pls|plz|folks|team|(?<=\w )all|everyone|there|bot|@llm|llm(?=[,:])"
    r"|dumb question|stupid question|(?:thanks|thank you|thx)"
    r"(?=[,.!]| (?:can|could|do|does|how|is|what|where|who|why)\b)"
    r"|real quick|honest question|asking for a friend)\b[\s,.:;!–—-]*)+",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:(?:can|could|would|will) (?:you|someone|somebody|anyone|u) (?:please |pls )?"
    r"(?:explain|tell|remind|help|show|give|say|describe|walk"
    r"|summari[sz]e(?! (?:the|this) (?:episode|podcast|show)))"
    r"(?: (?:me|us))?(?: to (?:me|us))?"
    r"|(?:please |pls )?(?:tell|remind|explain|show|describe|give|walk)"
    r"(?: (?:to )?(?:me|us))(?: (?:about|of|through))?"
    r"|(?:i(?:'m| am) )?(?:just )?wonder(?:ing|s)?(?: (?:if|whether))?"
    r"|(?:do|does) (?:you|anyone|anybody|someone) (?:happen to )?know"
    r"|i(?:'d| would) (?:like|love) to know|i(?:'m| am) (?:trying|asking)"
    r"|(?:any|no) idea)\b[\s,:]*",
    re.IGNORECASE,
)
# Where a message may be cut into clauses; one of them asks, the others tell the story around it.
# "No. 4" and "ep. 2" stay whole.
_CLAUSE = re.compile(
    r"(?<=[.!?;:…])(?<!\bno\.)(?<!\bep\.)\s+|\.\.+\s*|(?<!\s)\s+[-–—]+\s+|\n{2,}|(?:\n|,\s+)(?=(?:so|and|but"
    r"|what|how|why|when|where|who|which|is|are|do|does|did|can|could|should|will|would)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:so |and |but |then |or )*(?:what|whats|wat|how|hows|why|when|where|who|whos|whom|whose"
    r"|which|is|are|isn't|aren't|was|were|do|does|don't|doesn't|did|didn't|can|can't|cant|could"
    r"|couldn't|should|shouldn't|shouldnt|will|won't|would|has|have|had|any|must|may"
    r"|define|explain|list|name|compare|describe|summari[sz]e|give|tell|remind|walk|show)\b",
    re.IGNORECASE,
)

# What asks without a question mark; "what a day" and "do it" do not.
_REQUESTS = re.compile(
    r"(?:what(?:'s|s| is| are| was| were| do| does| did| about| if)"
    r"|how (?!nice|cool|great|funny|odd)|why"
    r"|when (?:is|are|was|were|do|does|did|should|will)|where (?:is|are|do|does|did|can)"
    r"|who(?:'s| is| are| said| says)|which"
    r"|(?:(?:can|could|would|will) (?:you|someone|anyone) (?:please |pls )?)?"
    r"(?:define|explain|describe|compare|summari[sz]e|list|give|tell|show|help)"
    r"|(?:and |any |an? )?(?:example|more)s?\b)\b",
    re.IGNORECASE,
)


class Form(Enum):
    """What would count as an answer."""

    DEFINITION = "definition"
    NUMBER = "number"
    TIME = "time"
    PERSON = "person"
    REASON = "reason"
    METHOD = "method"
    COMPARISON = "comparison"
    LIST = "list"
    EXAMPLE = "example"
    CHOICE = "choice"
    CLOSED = "closed"
    KEYWORDS = "keywords"
    OPEN = "open"


# Tried in this order on the clause that asks.
_FORMS = (
    (Form.COMPARISON, r"\bvs\.?\b|\bversus\b|\bcompar|\bdifferen(?:ce|t)\b|\bbetter than\b"
                      r"|\bpros and cons\b|\bsame (?:thing|as)\b|^(?>.*?\bor\b).*\bwhich\b"),
    (Form.NUMBER, r"\bhow (?:many|much|big|large|long|often|old|far|fast|expensive)\b"
                  r"|\bwhat (?:%|percent|percentage|size|number|price|cost)\b|\bnumber of\b"
                  r"|^(?>.*?\bwhat does ).*\bcost\b"),
    (Form.TIME, r"\bwhen\b|\bwhat (?:year|date|day|month)\b|\bwhich year\b"),
    (Form.PERSON, r"\bwho(?:'s|s|m)?\b"),
    (Form.REASON, r"\bwhy\b|\bhow come\b|\breason\b|\bwhat causes\b"),
    (Form.EXAMPLE, r"\bexamples?\b|\bfor instance\b|\bsample\b"),
    (Form.LIST, r"^(?:list|name)\b|\bwhat (?:are|were) (?:the|some|all|your)?\b|\bwhich [a-z-]+s\b"
                r"|\btypes of\b|\bkinds of\b|\bcriteria\b|\btips\b"),
    (Form.DEFINITION, r"^(?:define|explain|describe)\b|\bmeans?\b|\bmeaning\b|\bdefinition\b"
                      r"|\bstands? for\b|^(?:what(?:'s|s| is| are| exactly is| exactly are)"
                      r"|who is)\s+(?:an? |the )?[\w-]+(?: [\w-]+){0,2}$|= ?\??$"),
    (Form.METHOD, r"\bhow\b|^(?>.*?\bwalk\b).*\bthrough\b|\bsteps\b"),
    (Form.CHOICE, r"\bwhich\b|\bor\b"),
    (Form.CLOSED, r"^(?:is|are|was|were|do|does|did|can|could|should|will|would|has|have|must|isn't"
                  r"|aren't|don't|doesn't|didn't|can't|shouldn't)\b"),
)  # fmt: skip
_COMPILED_FORMS = tuple((form, re.compile(pattern)) for form, pattern in _FORMS)
_MOST_KEYWORDS = 4  # chosen by hand: more words without a question word are a sentence


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A message taken apart.

    `core` is the clause that asks, lower-cased, without greeting and courtesy; `around` is the
    rest, which says what it is about but not what is asked. `message` is what it was parsed from.
    `among` are the places in the library of the episodes that it is asked of, None for all; `first`
    are those that are preferred among all.
    """

    core: str
    around: str
    form: Form
    message: str = ""
    among: tuple[int, ...] | None = None
    first: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is asked for: no words, or a bare `help`, `define` or `ask`."""
        return f"{self.core} {self.around}".strip("?!: ") in ("", "help", "define", "ask")

    @property
    def defines(self) -> bool:
        """Return whether a definition is ordered: `define RAG`."""
        return self.core.startswith("define ")


def parse(message: str) -> ParsedQuestion:
    """Find the question in a message. Never fails; an empty message has an empty core."""
    text = _SPACE.sub(" ", _UNSEEN.sub("", message).translate(_QUOTES)).strip()
    said = _CLAUSE.split(text)
    told = [clause for clause in said if not _FILLER.fullmatch(clause.strip())]
    clauses = [bare for clause in told or said if (bare := _bare(clause))]
    asking = [clause for clause in clauses if _ASKS.match(clause)] or clauses
    around = [clause for clause in clauses if clause not in asking]
    core = " ".join(asking).lower()
    return ParsedQuestion(core, " ".join(around).lower(), _form(core), message)


def asks(message: str) -> bool:
    """Return whether a message asks for something: by a question mark, or by how it opens.

    It is for where nobody said whom they are asking.
    """
    message = message[:READ]
    core = parse(message).core
    return core.endswith("?") or any(_REQUESTS.match(said) for said in (core, message.strip()))


def _bare(clause: str) -> str:
    """Return a clause without the greeting and the courtesy at its front."""
    clause = " ".join(clause.split()).strip(" ,.:;!-–—")
    for pattern in (_FILLER, _COURTESY):
        if (found := pattern.match(clause)) and clause[found.end() :].strip("?! "):
            clause = clause[found.end() :]
    return clause.strip(" ,.:;!-–—")


def _form(core: str) -> Form:
    bare = core.rstrip("?! .")
    for form, pattern in _COMPILED_FORMS:
        if pattern.search(bare):
            return form
    return Form.KEYWORDS if len(bare.split()) <= _MOST_KEYWORDS else Form.OPEN
