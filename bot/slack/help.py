"""What the bot can be asked, in one table: help, manifest and README are held against it."""

COMMAND = "/llm"

# Four kinds of request, each answered from the episode in `knowledge/`.
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
    "quiz": "five questions about the reference sheet's terms",
    "daily [on TIME ZONE | off | status | now]": "a takeaway a day for this channel",
    "privacy": "what is kept of questions, and for how long",
    "forget me": "delete what is kept of you",
    "help": "this list",
}

ELSEWHERE = (
    "Slash answers are seen by you alone until you share them. In a channel or a thread, mention "
    "me; with nothing but my name in a thread I answer the last question above. Questions that "
    "follow in the thread need no mention until somebody says thanks or stop. Direct messages work "
    "without a mention."
)
