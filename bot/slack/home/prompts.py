"""The agent pane: what could be asked when it opens, and what its conversations are called."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle, islice

from slack_sdk import WebClient

from bot.answers import Answer, Answerer
from bot.slack.sending.replies import FAILURES

PROMPTS = 4  # https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
_HEADING = "Try one of today's questions"
_OF_THE_EPISODE = (
    "What are the takeaways?",
    "What are the segments?",
    "Who are the hosts?",
    "What is the next episode about?",
    "Which terms are on the reference sheet?",
    "How long is the episode?",
)

log = logging.getLogger(__name__)


def suggest(client: WebClient, channel: str, questions: Sequence[str]) -> None:
    """Show questions as prompts; the pane is of use without them, so that no failure counts.

    Not by Bolt's own call, which names a thread: in an agent's pane Slack then shows nothing.
    """
    if not questions:
        return
    shown = [{"title": question, "message": question} for question in questions]
    try:
        client.assistant_threads_setSuggestedPrompts(
            channel_id=channel, title=_HEADING, prompts=shown
        )
    except FAILURES as error:
        log.warning("No questions are suggested: %s", type(error).__name__)


def prompts(answerer: Answerer, day: date) -> list[str]:
    """Up to four questions for a day, each of which is answered: the next day has others."""
    terms, takeaways, rest = (
        [question for question in questions if isinstance(answerer.ask(question), Answer)]
        for questions in (_terms(answerer), _takeaways(answerer), _OF_THE_EPISODE)
    )
    number = day.toordinal()
    chosen = [
        *_turn(terms, 2 * number, 2),
        *_turn(takeaways, number, 1),
        *_turn(rest, number, 1),
        *_turn(rest, number + 1, PROMPTS),  # where a library has fewer terms or no takeaways
    ]
    return list(dict.fromkeys(chosen))[:PROMPTS]


def _terms(answerer: Answerer) -> list[str]:
    names = (label.partition(" (")[0] for label in _labels(answerer, "terms"))  # not written out
    return [f"What does {name} mean?" for name in names]


def _takeaways(answerer: Answerer) -> list[str]:
    count = len(list(_labels(answerer, "takeaways")))
    return [f"What is takeaway {number}?" for number in range(1, count + 1)]


def _labels(answerer: Answerer, of_the_episode: str) -> Iterator[str]:
    answer = answerer.ask(of_the_episode)
    if isinstance(answer, Answer):
        yield from (item.label or "" for item in answer.items)


def _turn(questions: Sequence[str], start: int, count: int) -> Iterator[str]:
    """As many questions as asked for, from a place in their circle on, none of them twice."""
    if questions:
        start %= len(questions)
        yield from islice(cycle(questions), start, start + min(count, len(questions)))
