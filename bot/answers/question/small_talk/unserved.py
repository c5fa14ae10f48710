"""Messages of people whom the bot does not serve: they want a person, or were not helped."""

import re

_PERSON = (
    r"(?:an? |the )?(?:real |live )?(?:human|person|someone|somebody|support(?: agent| team)?)"
)
_I = (
    r"(?:(?:can|could|may|how (?:can|do)) (?:i|we)|i(?:'d| would) (?:like|rather)(?: to)?"
    r"|(?:i|we) (?:need|want)(?: to)?|is there a way to|let me|please) "
)
_HUMAN = re.compile(
    rf"(?:{_I})?(?:ask|contact|reach|chat (?:to|with)|speak (?:to|with)|talk (?:to|with)) {_PERSON}"
    rf"(?: instead)?(?: please)?|(?:connect|get|give|put) me (?:(?:through )?to |with )?{_PERSON}"
    r"(?: please)?|(?:i|we) (?:need|want) (?:an? )?(?:real )?(?:human|person)(?: please)?"
    rf"|is there {_PERSON} (?:here|i can (?:ask|speak to|talk to))"
    r"|(?:an? )?(?:(?:real|live) (?:human|person)|human please)"
)
_NOT_SO = (
    r"(?:wrong|incorrect|false|irrelevant|nonsense|rubbish|useless|unhelpful|off topic"
    r"|not (?:correct|helpful|it|relevant|right|true|useful|(?:an|the) answer|my question"
    r"|what i(?:'m| am| was)? (?:ask|look|mean|want)(?:ed|t|ing)?(?: for| about)?))"
)
_COMPLAINT = re.compile(
    r"(?:(?:no|nope|sorry|but|hmm|well|ok|bot) )*"
    r"(?:(?:(?:that|this|it|(?:the|your) answer)(?:'s| is| was)? )?"
    rf"(?:(?:just|simply|totally|completely|still) )*{_NOT_SO}"
    r"|wrong (?:answer|quote|one)|bad (?:answer|bot)"
    r"|(?:that|this|it|you) (?:didn't|did not|doesn't|does not|don't|do not)"
    r" (?:answer|help|understand)(?: (?:it|me|that|(?:my|the) question|what i asked))?)"
    r"(?: (?:at all|bot|sorry|either))?"
)


def wants_human(said: str) -> bool:
    """Return whether a message, in lower case and without marks, asks for a person."""
    return _HUMAN.fullmatch(said) is not None


def complains(said: str) -> bool:
    """Return whether a message, in lower case and without marks, says that an answer was wrong."""
    return _COMPLAINT.fullmatch(said) is not None
