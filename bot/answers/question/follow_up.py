"""Follow-ups: what a short question takes over from the earlier ones of its thread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.answers.question.intents import Intent, ordinal
from bot.answers.question.parse import Form, Understood
from bot.answers.question.terms import Clue

# What is taken over from the question before, and from each one before that, weighs this much.
_INHERITED = 0.6
_FEW_CLUES = 2
_MORE = re.compile(
    r"^(?:(?:tell|show|give) (?:me|us) )?(?:some |any |a bit |a little )?more"
    r"(?: (?:about|on|of) (?:it|this|that|them|those))?(?: please| details?| info(?:rmation)?)?$"
    r"|^(?:go on|continue|keep going|elaborate|anything else|what else(?: .*)?|details?|say more"
    r"|expand(?: on (?:it|this|that))?|and\b.{0,8}else)$"
)
_SPEAKER = re.compile(
    r"^(?:and )?who(?:'s| is| was)? (?:said|says|say|told|claims?|claimed|talking)\b.{0,20}$"
    r"|^(?:and )?(?:who|whose) (?:words|quote|opinion|idea|line)\b.{0,20}$|^says who$"
    r"|^which (?:one )?of (?:them|the hosts) said\b.{0,12}$|^was (?:that|it|this) \w+(?: \w+)?$"
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
_STEP = re.compile(
    r"^(?:and |so |ok |what about |how about )*(?:the )?(?:(?P<next>next|following|one after)"
    r"|(?P<before>previous|one before|prior)|(?:number |no\.? |#)?(?P<which>\w+))"
    r"(?: one| takeaway| segment)?$"
)
_COUNTED = ("takeaway", "outline")


class Reference(Enum):
    """What a question wants of what was said before."""

    NONE = auto()
    TOPIC = auto()
    MORE = auto()
    SPEAKER = auto()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How a question leans on its thread, and the form it takes from its own words."""

    reference: Reference
    form: Form


def follow_up(message: str, question: Understood, clues: Sequence[Clue]) -> FollowUp:
    """Whether a message needs the thread, judged by its own words alone."""
    core = question.core.strip("?!. ,")
    if _MORE.match(core):
        return FollowUp(Reference.MORE, Form.OPEN)
    if _SPEAKER.match(core):
        return FollowUp(Reference.SPEAKER, Form.PERSON)
    if _EXAMPLE.match(core):
        return FollowUp(Reference.TOPIC, Form.EXAMPLE)
    if _REASON.match(core):
        return FollowUp(Reference.TOPIC, Form.REASON)
    few = sum(clue.known for clue in clues) <= _FEW_CLUES
    leans = (
        (few and _OPENS.match(message.strip().lower()))
        or (few and _POINTS.search(core))
        or not clues
    )
    return FollowUp(Reference.TOPIC if leans else Reference.NONE, question.form)


def inherit(own: Sequence[Clue], earlier: Sequence[Clue]) -> list[Clue]:
    """The clues of a follow-up: its own, then those of the thread with less weight."""
    known = {clue.stems for clue in own}
    taken = [replace(clue, weight=clue.weight * _INHERITED) for clue in earlier]
    return [*own, *(clue for clue in taken if clue.stems not in known)]


def step(core: str, before: Intent | None) -> Intent | None:
    """`the next one`, `the third one` after an intent that counts: another of the same kind."""
    found = _STEP.match(core.strip("?!. ,"))
    if found is None or before is None or before.kind not in _COUNTED:
        return None
    if found["which"]:
        number = ordinal(found["which"])
        return None if number is None else Intent(before.kind, number)
    if before.number is None or before.number < 1:
        return None
    return Intent(before.kind, before.number + (1 if found["next"] else -1))
