"""Follow-ups: what a short question takes over from the earlier ones of its thread."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from bot.answers.question.intents import Intent, ordinal
from bot.answers.question.parse import Form, ParsedQuestion
from bot.answers.question.terms import Term
from bot.answers.question.this_episode import without_source, without_this

# Chosen by hand: a question with more terms of its own says what it is about.
_FEW_TERMS = 2
# Questions of a thread that are looked at, and how far back to look for the one that they follow.
# Chosen by hand: four hold any topic of tests/evaluation/threads.yaml; twelve bound the time.
_LAST = 4
_FURTHEST = 12
_MORE = re.compile(
    r"^(?:(?:tell|show|give) (?:me|us) )?(?:some |any |a bit |a little )?more"
    r"(?: (?:about|on|of) (?:it|this|that|them|those))?"
    r"(?: please| details?| info(?:rmation)?| quotes?)?$"
    r"|^(?:(?:show|give) (?:me|us) )?(?:another|one more)(?: one| quote)?(?: please)?$"
    r"|^(?:go on|continue|keep going|elaborate|anything else|what else(?: .*)?|details?|say more"
    r"|expand(?: on (?:it|this|that))?|and\b.{0,8}else)$"
)
_SPEAKER = re.compile(
    r"^(?:and )?who(?:'s| is| was)? (?:said|says|say|told|claims?|claimed|talking)\b.{0,20}$"
    r"|^(?:and )?(?:who|whose) (?:words|quote|opinion|idea|line)\b.{0,20}$|^says who$"
    r"|^which (?:one )?of (?:them|the hosts) said\b.{0,12}$|^was (?:that|it|this) \w+(?: \w+)?$"
)
_SAYS = r"(?:said|says?|saying|told|tells?|talk(?:s|ed)? about|mention(?:s|ed)?|claim(?:s|ed)?)"
_IT = r"(?:that|this|it|those|these)"
_DID = r"(?:does|do|did|is|was|are|were)"
_PLACE = re.compile(
    rf"^(?:and )?(?:(?:where|when)(?: exactly)?(?: in the \w+)? {_DID} (?:\w+ {_SAYS} )?{_IT}"
    rf"|(?:in )?(?:which|what) (?:segment|part|section)(?: of the \w+)?(?: {_DID} (?:\w+ {_SAYS} )?"
    rf"{_IT})?)(?: in| from| said| mentioned| exactly)?(?: in the \w+)?$"
    r"|^(?:and )?where(?: exactly)?$"
    r"|^(?:(?:what(?:'s| is) )?(?:the|your) |(?:got|do you have|can i have|give me) (?:an?|the) )?"
    r"(?:sources?|link|timestamp|citation|reference)(?: (?:for|of|to) (?:that|it))?(?: please)?$"
)
_EXAMPLE = re.compile(
    r"^(?:(?:and|do you have|is there|are there|any|can you|could you|give|got|show|have|me|us|you"
    r"|an?|one|some|concrete|good|real|another|for|like|what|such as|did they|they) ?)*"
    r"(?:examples?|instance|sample)\b.{0,24}$|^(?:such as|like what|like)$"
)
_REASON = re.compile(
    r"^(?:but |and |so )*(?:why|how come|why not|why so|why is (?:that|this|it)(?: \w+)?)$"
)
_OPENS = re.compile(
    r"^(?:and|but|so|or|also|then|what about|how about|ok(?:ay)? (?:and|but)|same for|what of)\b"
)
_POINTS = re.compile(
    r"\b(?:it|its|it's|that|this|these|those|they|them|their|theirs|he|she|his|her|him|ones?|such"
    r"|the (?:former|latter|other|first|second|same|two|three)|there|then|instead|either|both|each"
    r"|else|do so)\b"
)
_PRONOUN = re.compile(r"\b(?:it|this|that|these|those|they|them|he|she|him|her)\b", re.IGNORECASE)
_STEP = re.compile(
    r"^(?:and |so |ok |what about |how about )*(?:the )?(?:(?P<next>next|following|one after)"
    r"|(?P<before>previous|one before|prior)|(?:number |no\.? |#)?(?P<which>\w+))"
    r"(?: one| takeaway| segment)?$"
)
_COUNTED = ("takeaway", "outline")


class Reference(Enum):
    """What a question wants of what was said before: its topic, more of it, whose it is, where."""

    NONE = auto()
    TOPIC = auto()
    MORE = auto()
    SPEAKER = auto()
    PLACE = auto()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a question takes over from its thread, and its form by its own words."""

    reference: Reference
    form: Form


def follow_up(question: ParsedQuestion, terms: Sequence[Term]) -> FollowUp:
    """Return what a question takes over from its thread, judged by its own words alone."""
    core = without_source(question.core).strip("?!. ,")
    if _MORE.match(core):
        return FollowUp(Reference.MORE, Form.OPEN)
    if reference := asks_about_quote(core):
        return FollowUp(reference, question.form)
    if _EXAMPLE.match(core):
        return FollowUp(Reference.TOPIC, Form.EXAMPLE)
    if _REASON.match(core):
        return FollowUp(Reference.TOPIC, Form.REASON)
    if question.defines:  # it has a term of its own, known or not
        return FollowUp(Reference.NONE, question.form)
    few = sum(term.heard for term in terms) <= _FEW_TERMS
    leans = (
        (few and _OPENS.match(question.message.strip().lower()))
        or (few and _POINTS.search(without_this(core)))
        or not terms
    )
    return FollowUp(Reference.TOPIC if leans else Reference.NONE, question.form)


def asks_about_quote(core: str) -> Reference | None:
    """Return whether a question asks who said what was quoted, or where; None for any other."""
    bare = core.strip("?!. ,")
    if _SPEAKER.match(bare):
        return Reference.SPEAKER
    return Reference.PLACE if _PLACE.match(bare) else None


def resolved(message: str, subject: str) -> str:
    """Return a follow-up with what it points at in the place of the first word that points.

    A question that points with no word, such as `why?`, has its subject after it.
    """
    said = " ".join(message.split())
    named, count = _PRONOUN.subn(lambda _: subject, said, count=1)
    return named if count else f"{said} {subject}"


def end_of_thread(
    asked: Iterable[ParsedQuestion], follows: Callable[[ParsedQuestion], bool]
) -> tuple[ParsedQuestion, ...]:
    """Return the last questions of a thread, oldest first.

    If the first of them follows another one, it goes back to that one: `more` again and again
    still has its question.

    Args:
        asked: the questions of the thread, latest first.
        follows: returns whether a question needs the one before it.
    """
    taken: list[ParsedQuestion] = []
    for question in islice(asked, _FURTHEST):
        if len(taken) >= _LAST and not follows(taken[-1]):
            break
        taken.append(question)
    return tuple(reversed(taken))


def may_step(core: str) -> bool:
    """Return whether a question may ask for the next or another one of what was counted."""
    found = _STEP.match(core.strip("?!. ,"))
    return found is not None and (not found["which"] or ordinal(found["which"]) is not None)


def step(core: str, before: Intent | None) -> Intent | None:
    """Return `the next one` or `the third one` of what the intent before counts, if it does."""
    found = _STEP.match(core.strip("?!. ,"))
    if found is None or before is None or before.kind not in _COUNTED:
        return None
    if found["which"]:
        number = ordinal(found["which"])
        return None if number is None else Intent(before.kind, number)
    if before.number is None or before.number < 1:
        return None
    return Intent(before.kind, before.number + (1 if found["next"] else -1))
