"""Messages that ask nothing of the episode, or what the bot cannot do.

Greetings, thanks, questions about the bot, errands, and requests to put something in other words.
"""

import re
from collections.abc import Sequence

from bot.answers.model import NoAnswer
from bot.answers.question.about_bot import asks_for_help, asks_what_it_is
from bot.answers.question.errands import is_errand
from bot.answers.question.parse import ParsedQuestion, parse
from bot.answers.question.steering import steering
from bot.answers.question.suggestions import suggestions
from bot.episodes import Entry, Library

_WORD = re.compile(r"[\w']+")
_GREETING = frozenset(
    """
        hi hello hey heya hiya howdy yo sup morning afternoon evening night day good gm
        bot there
    """.split()
)
_THANKS = frozenset("thanks thank thx ty tysm cheers".split())
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
        have how's your wrong channel so much a lot again appreciated
    """.split()
    )
)
# "Is that bad?" asks about what was said before; "is this thing working?" is about the bot.
_ASKS_BACK = re.compile(
    r"^(?:and |so |but )?(?:(?:is|was|does|do) (?:that|it|they)\b(?!.*\bwork)|how soon\b"
    r"|what(?:'s|s| is| was) that$)"
)
# "Thank you, that answers it", but not "thanks, and what is RAG": these open a question.
_MOST_THANKS_WORDS = 8  # chosen by hand
_OPENS_QUESTION = frozenset(
    """
        any are can compare could define describe did do does explain give how is list more or show
        should tell what what's when where which who why will would
    """.split()
)
_MOST_TITLES = 5  # chosen by hand: a message names no more episodes
_MOST_CHAT_WORDS = 12  # chosen by hand: longer messages of such words alone are rare
_THAT = (
    r"(?:(?:all )?(?:of )?(?:that|this|it|these|those|them)|(?:everything|all) above"
    r"|(?:the|your|that|this) (?:answers?|quotes?|thread|conversation|above))"
)
_VERB = r"(?:summari[sz]e|sum up|shorten|condense|rephrase|reword|paraphrase|translate|simplify)"
_REWORDS = re.compile(
    r"^(?:(?:please|pls|ok(?:ay)?|and|now|so|hey|hi|just|(?:can|could|would|will) (?:you|u|someone)"
    r"|i need|i want|give (?:me|us)|a|an|the) )*"
    rf"(?:{_VERB}(?: {_THAT})?|sum {_THAT} up"
    rf"|(?:recap|summary of|recap of|gist of|short version of|tl;?dr (?:of|for)) {_THAT}"
    rf"|(?:put|say) {_THAT} (?:in|into) (?:other|simpler?|plain|your own|fewer)\b.{{0,20}})"
    r"(?: (?:for (?:me|us)|please|pls|up|again|briefly|shortly|to \w+|in(?:to)? .{1,20}))*$"
)
GREETING = (
    "Hi! I'm an automated bot, not a person. I answer questions about the episode with its own"
    " words."
)
THANKS = "You're welcome! Ask me anything else about the episode."
CHAT = "I'm an automated bot and only good at one thing: quoting the episode."
CANNOT_REWORD = "I can't summarize or reword. I only quote the episode."


def without_question(question: ParsedQuestion, library: Library) -> NoAnswer | None:
    """Return the reply to a message that needs no look at the episode; None for any other."""
    message = question.message
    if not library.entries or question.is_empty or asks_for_help(question.core):
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
    """Return whether nothing follows from a message: small talk, steering, an errand, help."""
    nothing = steering(message) or small_talk(message) or is_errand(message)
    return bool(nothing or asks_for_help(parse(message).core))


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
    if asks_what_it_is(" ".join(words)):
        return GREETING
    if _thanks(words) and "?" not in message:
        return THANKS
    if len(words) > _MOST_CHAT_WORDS or not _CHAT.issuperset(words):
        return None
    if _ASKS_BACK.match(" ".join(words)):
        return None
    return GREETING if words[0] in _GREETING else CHAT


def _thanks(words: Sequence[str]) -> bool:
    """Return whether a few words thank, and do not go on to ask."""
    said = " ".join(words).replace("thanks to", "")
    thanks = len(words) <= _MOST_THANKS_WORDS and not _THANKS.isdisjoint(said.split())
    return thanks and _OPENS_QUESTION.isdisjoint(words)
