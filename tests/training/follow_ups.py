"""Follow-ups made of other questions, in the form that the bot gives the reader for a thread."""

import random
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.question.follow_up import resolved
from tests.training.data import Question
from tests.training.threads import subject

_REASON = ("why?", "why is that?", "how come?", "and why?")
_OPEN = (
    "what about it?", "how about that?", "tell me about it", "what did they say about that?",
    "and that?", "anything on it?", "did they talk about this?",
)  # fmt: skip


class FollowUps:
    """Turns some questions into follow-ups, the same ones for the same draw."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._others: dict[int, list[Question]] = {}
        for one in questions:
            self._others.setdefault(id(one.episode), []).append(one)

    def of(self, question: Question, draw: random.Random) -> Question:
        """Return a question as it would be read in a thread.

        Half of them keep their words, and lean on a question whose answer stands near theirs; the
        others have nothing but the words that point at what was asked before.
        """
        if draw.random() < 0.5:  # chosen by hand
            before = self._before(question, draw)
            return replace(question, text=resolved(question.text, subject(before.text)))
        opening = draw.choice(_REASON if question.kind == "reason" else _OPEN)
        return replace(question, text=resolved(opening, subject(question.text)))

    def _before(self, question: Question, draw: random.Random) -> Question:
        others = [one for one in self._others.get(id(question.episode), ()) if one != question]
        if not others:
            return question
        if not question.gold:
            return draw.choice(others)
        at = question.gold[0][0]
        near = sorted((one for one in others if one.gold), key=lambda one: abs(one.gold[0][0] - at))
        return draw.choice(near[:3] or others)
