"""Attempts to make the bot say or do something else, and abuse."""

import re

# Who bids opens a clause or speaks to the bot: "ignore your rules", not "can users ignore them".
_BID = (
    r"(?:^\W*(?:(?:and|so|then|ok|hey|hi) )?|[.!?;:,…\n–—-]\s*|\b(?:please|now|just) "
    r"|\b(?:can|could|would|will) you (?:please )?"
    r"|\byou (?:must|should|have to|need to|are to|to) (?:now )?)"
)
_STEERING = re.compile(
    rf"{_BID}(?:ignore|disregard|forget|override|bypass)\b.{{0,40}}\b(?:instruction|rule|prompt"
    r"|previous|above|everything|prior|guardrail|training)"
    r"|\bfrom now on,? (?:you|answer|respond|reply|speak)\b"
    r"|\b(?:you are|you're|u r) (?:now|no longer|going to be)\b|\bdeveloper mode\b|\bdan mode\b"
    rf"|{_BID}(?:pretend \w|(?:act|behave|respond|roleplay|role-play) (?:as|like)\b)"
    r"|\b(?:print|reveal|show|repeat|leak|output|dump|give|tell|display|what(?:'s| is| are))\b"
    r".{0,30}\b(?:your|ur) (?:full |entire |hidden |secret |own |initial |api |bot |slack )*"
    r"(?:system|prompt|instruction|rules|config|token|secret|key|password)"
    r"|^\W*(?:repeat|say|echo|print|write|post|output|type)\b.{0,25}"
    r"(?::|\b(?:after me|exactly|verbatim|the following)\b)"
    r"|<!|@(?:channel|here|everyone)\b"
    r"|\b(?:system|admin|root) ?(?:override|:)"
    r"|\b(?:new|updated) (?:instructions|system prompt)\s*:"
)
_ABUSE = re.compile(
    r"\b(?:you|u|ur|you're|this bot)\b.{0,20}\b(?:useless|stupid|dumb|idiot|garbage|trash|moron"
    r"|suck|worthless|pathetic|piece of|crap|shit)"
    r"|^\W*(?:(?:just|now|oh|please) )?shut up\b|\b(?:bot|you)\b.{0,12}\bshut up\b|\bscrew you\b"
    r"|\bf+u+c+k+ (?:you|off|this)|\bi hate you\b|\bor i'll\b.*\byou\b"
)
STEERED = (
    "I can't do that: I'm an automated bot that only quotes the episode. Ask me about it and I'll"
    " show you its words."
)
SORRY = (
    "I'm sorry I wasn't of help. I'm an automated bot that only quotes the episode; if I missed"
    " something, asking in other words may find it."
)


def steering(message: str) -> str | None:
    """Return a reply to an attempt to make the bot say or do something else, or to abuse."""
    lowered = message.lower()
    if _STEERING.search(lowered):
        return STEERED
    return SORRY if _ABUSE.search(lowered) else None
