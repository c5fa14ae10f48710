"""The command that a word or two may have meant."""

from dataclasses import replace

from rapidfuzz import fuzz, process

from bot.answers import Answer, NoAnswer
from bot.slack.help import COMMAND, SUBCOMMANDS

_MOST_WORDS = 2  # chosen by hand: three words are a question
_LEAST_ALIKE = 70  # of 100, chosen by hand: `dayly` is `daily`, and no everyday word is a command
# What people type in the place of a usage's words in capitals and brackets.
_OPEN = frozenset("[]ABCDEFGHIJKLMNOPQRSTUVWXYZ")
# Why an episode's own number is declined: `episode 2` is no slip for a list of episodes.
_EPISODE = frozenset({"ambiguous_episode", "unknown_episode"})
_USAGES = {usage.split()[0]: usage for usage in SUBCOMMANDS}


def with_nearest(words: str, answer: Answer | NoAnswer) -> Answer | NoAnswer:
    """Return an answer; one that declines a word or two offers the command they resemble. Pure."""
    if isinstance(answer, Answer) or not answer.is_question or answer.reason in _EPISODE:
        return answer
    nearest = nearest_command(words)
    if nearest is None:
        return answer
    return replace(answer, suggestions=(nearest, *answer.suggestions))


def nearest_command(words: str) -> str | None:
    """Return the command that a word or two resemble, as it is typed; None for a question. Pure.

    `takeawy 4` resembles `/llm takeaway 4`, and `forgt me` resembles `/llm forget me`.
    """
    typed = words.strip(" .?!").split()
    if not 1 <= len(typed) <= _MOST_WORDS:
        return None
    found = process.extractOne(
        typed[0].lower(), list(_USAGES), scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE
    )
    usage = _completed(_USAGES[found[0]], typed) if found else None
    return usage and f"{COMMAND} {usage}"


def _completed(usage: str, typed: list[str]) -> str | None:
    """Return a usage with what was typed after its first word, if it takes any such words.

    Returns None if it would say no more than was typed.
    """
    first, *rest = usage.split()
    if typed[0].lower() == first:  # so it was what follows
        return usage if len(rest) != 1 or not _OPEN & set(rest[0]) else None
    if not any(_OPEN & set(word) for word in rest):
        return usage
    return " ".join([first, *typed[1:]])
