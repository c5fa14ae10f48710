"""Messages that ask nothing of the episode, or what the bot cannot do.

Greetings, thanks, errands, attempts to steer the bot, and requests to put something in other words.
"""

import re
from collections.abc import Sequence

from bot.answers.model import NoAnswer
from bot.answers.question.errands import is_errand
from bot.answers.question.parse import ParsedQuestion
from bot.answers.question.suggestions import suggestions
from bot.episodes import Entry, Library

_WORD = re.compile(r"[\w']+")
_GREETING = frozenset(
    """
        hi hello hey heya hiya howdy yo sup morning afternoon evening night day good gm
        bot there
    """.split()
)
_THANKS = frozenset(
    """
        thanks thank you thx ty tysm cheers so much a lot again appreciated
    """.split()
)
_CHAT = (
    _GREETING
    | _THANKS
    | frozenset(
        """
        how are is it's its it going doing you u your what's whats up do today this was
        that one nice great cool awesome amazing perfect love lovely wow lol lmao haha hah
        hehe rofl ha ok okay k kk bye goodbye cya see later soon tomorrow welcome back
        here anyone anybody still alive awake working ping test testing hmm oh ah yes no
        yep nope sure right sorry my bad well played job work bot's friend buddy mate man
        dude sir team everyone all folks guys and the best very helpful please happy
        monday tuesday wednesday thursday friday weekend get got it makes sense fine just
        saying never mind nvm useful super really i me to for help helping helped actually
        have how's your wrong channel
    """.split()
    )
)
_ABOUT_BOT = re.compile(
    r"(?:so |and |hey |hi )*(?:who|what) (?:are|r) (?:you|u)\b(?! (?:recommend|suggest|use))"
    r"|\bare (?:you|u) (?:a |an |even )*(?:real|human|person|bot|robot|ai|llm|chatgpt|machine)"
    r"|\b(?:am i|are we) (?:talking|speaking|chatting) (?:to|with) (?:a|an)\b"
    r"|^what (?:can|do) (?:you|u) (?:do|know)\b|^(?:do you have|what's|what is) (?:a |your )name"
    r"|^tell me a joke|^(?:do|can) you (?:sleep|dream|feel|love)"
)
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
    rf"|{_BID}(?:pretend\b|(?:act|behave|respond|roleplay|role-play) (?:as|like)\b)"
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
    r"|\bshut up\b|\bscrew you\b|\bf+u+c+k+ (?:you|off|this)|\bi hate you\b|\bor i'll\b.*\byou\b"
)
# "Is that bad?" asks about what was said before; "is this thing working?" is about the bot.
_ASKS_BACK = re.compile(r"^(?:and |so |but )?(?:is|was|does|do) (?:that|it|they)\b(?!.*\bwork)")
_MOST_TITLES = 5  # chosen by hand: a message names no more episodes
_MOST_CHAT_WORDS = 12  # chosen by hand: longer messages of such words alone are rare
_THAT = (
    r"(?:(?:all )?(?:of )?(?:that|this|it|these|those|them)|(?:everything|all) above"
    r"|(?:the|your|that|this) (?:answers?|quotes?|thread|conversation|above))"
)
_REWORDS = re.compile(
    r"^(?:(?:please|pls|ok(?:ay)?|and|now|so|hey|hi|just|(?:can|could|would|will) (?:you|u|someone)"
    r"|i need|i want|give (?:me|us)|a|an|the) )*"
    r"(?:(?:summari[sz]e|sum up|recap|shorten|condense|rephrase|reword|paraphrase|translate"
    rf"|simplify|summary of|recap of|gist of|short version of|tl;?dr (?:of|for)) {_THAT}"
    rf"|sum {_THAT} up"
    rf"|(?:put|say) {_THAT} (?:in|into) (?:other|simpler?|plain|your own|fewer)\b.{{0,20}})"
    r"(?: (?:for (?:me|us)|please|pls|up|again|briefly|shortly|to \w+|in(?:to)? .{1,20}))*$"
)
GREETING = (
    "Hi! I'm an automated bot, not a person. I answer questions about the episode with its own"
    " words."
)
THANKS = "You're welcome! Ask me anything else about the episode."
CHAT = "I'm an automated bot and only good at one thing: quoting the episode."
STEERED = (
    "I can't do that: I'm an automated bot that only quotes the episode. Ask me about it and I'll"
    " show you its words."
)
ABUSED = (
    "I'm sorry I wasn't of help. I'm an automated bot that only quotes the episode; if I missed"
    " something, asking in other words may find it."
)


CANNOT_REWORD = "I can't summarize or reword. I only quote the episode."


def without_question(question: ParsedQuestion, library: Library) -> NoAnswer | None:
    """Return the reply to a message that needs no look at the episode; None for any other."""
    message = question.message
    if not library.entries or question.is_empty:
        return NoAnswer(message, "help", _help(library.entries), suggestions=suggestions(library))
    if reply := steering(message):
        return NoAnswer(message, "injection", _of(library, reply), suggestions=suggestions(library))
    if reply := small_talk(message):
        return NoAnswer(message, "smalltalk", _of(library, reply), suggestions=suggestions(library))
    if _REWORDS.match(" ".join(message.lower().split()).strip("?!. ,")):
        reply = _of(library, CANNOT_REWORD)
        instead = ("takeaways",) if any(one.takeaways for one in library.entries) else ()
        return NoAnswer(message, "unknown", reply, (), instead, reason="cannot_reword")
    if is_errand(message):
        return NoAnswer(message, "smalltalk", _of(library, CHAT), suggestions=suggestions(library))
    return None


def _of(library: Library, reply: str) -> str:
    """Return a reply that speaks of one episode, or of a podcast where there are several."""
    several = len(library.entries) > 1
    return reply.replace("the episode", "the podcast") if several else reply


def asks_nothing(message: str) -> bool:
    """Return whether nothing follows from a message: small talk, steering, an errand."""
    return bool(steering(message) or small_talk(message) or is_errand(message))


def _help(episodes: Sequence[Entry]) -> str:
    titles = [", ".join(filter(None, (one.show, one.label))) for one in episodes[-_MOST_TITLES:]]
    more = len(episodes) - len(titles)
    known = f"{more:,} episodes and these, the newest: " if more > 0 else ""
    return (
        "I'm an automated bot. I answer questions about a podcast in its own words and say so"
        f" when it doesn't tell. I know {known}{', '.join(titles) or 'no episode yet'}."
    )


def small_talk(message: str) -> str | None:
    """Return a short reply to small talk; None when the message asks for something."""
    words = [word.strip("'") for word in _WORD.findall(message.lower())]
    if not words:
        return CHAT if message.strip() else None
    if _ABOUT_BOT.search(" ".join(words)):
        return GREETING
    if len(words) > _MOST_CHAT_WORDS or not _CHAT.issuperset(words):
        return None
    if _ASKS_BACK.match(" ".join(words)):
        return None
    if words[0] in {"thanks", "thank", "thx", "ty", "cheers", "tysm"}:
        return THANKS
    return GREETING if words[0] in _GREETING else CHAT


def steering(message: str) -> str | None:
    """Return a reply to an attempt to make the bot say or do something else, or to abuse."""
    lowered = message.lower()
    if _STEERING.search(lowered):
        return STEERED
    return ABUSED if _ABUSE.search(lowered) else None
