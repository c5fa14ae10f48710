"""What the bot can be asked, in one table: help, manifest and README are held against it."""

from collections.abc import Mapping, Sequence

COMMAND = "/llm"

# Four kinds of request, each answered from the episode that comes with the bot.
EXAMPLES = (
    f"{COMMAND} why do models hallucinate?",
    f"{COMMAND} define RAG",
    f"{COMMAND} takeaways",
    f"{COMMAND} quiz",
)

SUBCOMMANDS = {
    "define TERM": "what the reference sheet and the hosts say about a term",
    "ask QUESTION": "the passages that answer a question; the word “ask” can be left out",
    "takeaway [N]": "one takeaway by its number, or all of them",
    "takeaways": "all takeaways",
    "segments": "the episode's parts",
    "terms": "the terms of the reference sheet",
    "episodes [PAGE]": "the episodes I know, the newest first",
    "quiz": "five questions about the reference sheet's terms",
    "daily [on TIME ZONE | off | status | now]": "a takeaway a day for this channel",
    "new [on SHOW | off | status]": "a card in this channel when an episode is out",
    "listen [on | off]": "answer questions in this channel that nobody replies to; admins only",
    "here [SHOW | all]": "the show that questions in this channel are looked up in first",
    "privacy": "what is kept of questions, and for how long",
    "forget me": "delete what is kept of you",
    "help": "this list",
}

# What must be among the questions that a library surely answers for a command to be of use.
_NEEDS = {
    "define TERM": "define ",
    "takeaway [N]": "what are the takeaways?",
    "takeaways": "what are the takeaways?",
    "segments": "segments",
    "terms": "define ",
    "quiz": "define ",
}
_ITS_TERM = "define RAG"

ELSEWHERE = (
    "Slash answers are seen by you alone until you share them. In a channel or a thread, mention "
    "me; with nothing but my name in a thread I answer the last question above. Questions that "
    "follow in the thread need no mention until somebody says thanks or stop. Direct messages work "
    "without a mention."
)


def usages_for(answered: Sequence[str]) -> Mapping[str, str]:
    """Return the commands that are of use where these questions are surely answered."""
    return {
        usage: what
        for usage, what in SUBCOMMANDS.items()
        if any(one.startswith(_NEEDS.get(usage, "")) for one in ("", *answered))
    }


def examples_for(answered: Sequence[str]) -> Sequence[str]:
    """Return what to try first where these questions are surely answered; perhaps nothing."""
    if _ITS_TERM in answered:
        return EXAMPLES
    return tuple(f"{COMMAND} {one}" for one in answered)
