"""Messages that ask nothing of the episode, or what the bot cannot do.

Greetings, thanks, questions about the bot, errands, and requests to put something in other words.
"""

import re
from collections.abc import Sequence

from bot.answers.model import NoAnswer
from bot.answers.question.parse import ParsedQuestion, parse
from bot.answers.question.small_talk.about_bot import asks_for_help, asks_what_it_is
from bot.answers.question.small_talk.errands import is_errand
from bot.answers.question.small_talk.steering import SORRY, steering
from bot.answers.question.small_talk.unserved import complains, wants_human
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
    r"^(?:and |so |but )?(?:(?:is|was|does|do) (?:that|it|they)\b(?!.*\bwork)"
    r"|how(?: so)?$|how soon\b|what(?:'s|s| is| was) that$)"
)
# What thanks may go on with: "thank you, that answers it", but not "thanks, takeaway 4".
_PRAISE = frozenset(
    """
        answer answers answered been clear clears cleared for info question quick quickly quote
        solved solves star time were you've
    """.split()
)
_MOST_TITLES = 5  # chosen by hand: a message names no more episodes
_MOST_CHAT_WORDS = 12  # chosen by hand: longer messages of such words alone are rare
_THAT = (
    r"(?:(?:all )?(?:of )?(?:that|this|it|these|those|them)|(?:everything|all) above"
    r"|(?:the|your|that|this) (?:answers?|quotes?|thread|conversation|above))"
)
_VERB = r"(?:summari[sz]e|sum up|shorten|condense|rephrase|reword|paraphrase|translate|simplify)"
_OTHER = r"(?:(?:other|simpler?|plain|your own|fewer) (?:english|language|terms|words)|short)"
_REWORDS = re.compile(
    r"^(?:(?:please|pls|ok(?:ay)?|and|now|so|hey|hi|just|(?:can|could|would|will) (?:you|u|someone)"
    r"|i need|i want|give (?:me|us)|a|an|the) )*"
    rf"(?:{_VERB}(?: {_THAT}|(?= (?:for|please|pls|up|again)\b|$))|sum {_THAT} up"
    rf"|(?:recap|summary of|recap of|gist of|short version of|tl;? ?dr (?:of|for)) {_THAT}"
    rf"|(?:explain|put|say) {_THAT} (?:(?:in|into) {_OTHER}|(?:more )?(?:briefly|differently"
    rf"|simpler|simply)|like i'm (?:five|5)|another way)|eli5|simpler|in {_OTHER})"
    r"(?: (?:for (?:me|us)|please|pls|up|again|briefly|shortly|to \w+|in(?:to)? .{1,20}))*$"
)
GREETING = (
    "Hi! I'm an automated bot, not a person. I answer questions about the episode with its own"
    " words."
)
THANKS = "You're welcome! Ask me anything else about the episode."
CHAT = "I'm an automated bot and only good at one thing: quoting the episode."
NO_PERSON = "I'm an automated bot, not a person, and I only quote the episode."
CANNOT_REWORD = "I can't summarize or reword. I only quote the episode."


def without_question(question: ParsedQuestion, library: Library) -> NoAnswer | None:
    """Return the reply to a message that needs no look at the episode; None for any other."""
    message = question.message
    if not library.entries or question.is_empty or asks_for_help(question.core):
        return NoAnswer(message, "help", _help(library.entries), suggestions=suggestions(library))
    if (told := _told(message)) is None:
        return None
    kind, reply, reason = told
    instead = _instead(library, reason) if reason else suggestions(library)
    return NoAnswer(message, kind, _of(library, reply), suggestions=instead, reason=reason)


def asks_nothing(message: str) -> bool:
    """Return whether nothing follows from a message: it asks nothing of an episode."""
    told = _told(message)
    nothing = told is not None and told[1] != CANNOT_REWORD
    return nothing or asks_for_help(parse(message).core)


def _told(message: str) -> tuple[str, str, str] | None:
    """Return the kind of a reply, its words, and why something was declined, if that was asked."""
    said = " ".join(_words(message))
    if reply := steering(message):
        return "injection", reply, ""
    if wants_human(said):
        return "unknown", NO_PERSON, "wants_human"
    if "?" not in message and complains(said):
        return "unknown", SORRY, "not_helped"
    if _REWORDS.match(said):
        return "unknown", CANNOT_REWORD, "cannot_reword"
    reply = small_talk(message) or (CHAT if is_errand(message) else None)
    return ("smalltalk", reply, "") if reply else None


def _instead(library: Library, reason: str) -> tuple[str, ...]:
    """Return what the bot has in place of a summary, if that was asked and any episode has it."""
    summed_up = reason == "cannot_reword" and any(one.takeaways for one in library.entries)
    return ("takeaways",) if summed_up else ()


def _of(library: Library, reply: str) -> str:
    """Return a reply that speaks of one episode, or of a podcast where there are several."""
    several = len(library.entries) > 1
    return reply.replace("the episode", "the podcast") if several else reply


def _help(episodes: Sequence[Entry]) -> str:
    titles = [", ".join(filter(None, (one.show, one.label))) for one in episodes[-_MOST_TITLES:]]
    more = len(episodes) - len(titles)
    known = f"{more:,} episodes and these, the newest: " if more > 0 else ""
    return (
        "I'm an automated bot. I answer questions about a podcast in its own words and say so"
        f" when it doesn't tell. I know {known}{', '.join(titles) or 'no episode yet'}."
    )


def _words(message: str) -> list[str]:
    """Return the words of a message in lower case, without marks."""
    straight = message.replace("’", "'").lower()
    return [word.strip("'") for word in _WORD.findall(straight)]


def small_talk(message: str) -> str | None:
    """Return a short reply to small talk; None when the message asks for something."""
    words = _words(message)
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
    return not _THANKS.isdisjoint(words) and (_CHAT | _PRAISE).issuperset(words)
