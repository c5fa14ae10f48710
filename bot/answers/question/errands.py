"""Errands: what a person is to do, and no podcast tells (`book me a room`, `reset my password`).

Among many episodes something has the words of any errand. In 21,000 questions written to learn
from, no question about an episode reads like this, and every ninth that is about none.
"""

import re

_COURTESY = (
    r"(?:(?:please|pls|plz|hey|hi|hello|ok|okay|bot|kindly|just|quickly|sorry|could|can|would|will"
    r"|you|u|someone|somebody|anyone|i need you to|i want you to|help me)[,!]? )*"
)
# Not `our`: whoever would `fix our hallucinations` asks for advice.
_FOR_ME = (
    r"(?:book|buy|cancel|close|convert|delete|dm|draft|draw|email|fix|forward|invite|mute|order|ping"
    r"|print|reserve|reset|restart|schedule|submit|text|transfer|translate|turn|unlock|unmute|wake"
    r"|write)\b(?: \w+)? (?:me|my|us)\b"
    r"(?! (?:about|again|how|of|that|what|where|which|who|why)\b)"
)
_A_THING = (
    r"(?:book|compose|convert|draft|draw|order|reserve|schedule|translate|write)(?: up)?"
    r" (?:(?:an?|some|these|this)\b|[\d'\"“])"
)
_LATER = r"remind (?:me|us) (?:at|every|in (?:an?|half|\d)|next|on \w+day|to|tomorrow|tonight|\d)"
_ERRAND = re.compile(rf"^{_COURTESY}(?:{_FOR_ME}|{_A_THING}|{_LATER})")


def is_errand(message: str) -> bool:
    """Return whether a message asks for something to be done."""
    return _ERRAND.match(" ".join(message.lower().split())) is not None
