"""What was asked, by whom, and how it ended, as the rooms above see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, and where: ids of Slack's. The store keeps a keyed hash of `user_id` alone."""

    team_id: str
    user_id: str
    enterprise_id: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a quote stands: enough to count by, never its words."""

    episode: str
    segment: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was asked, and how it ended; `passages` are those of its quotes.

    `id` is made by whoever answers (`new_id`), since the feedback buttons bear it.
    `surface` is command, mention, thread, direct, button, shortcut, home, workflow, search
    or daily.
    `reason` is why it was declined, in a word of `NoAnswer.reason`; empty where it was answered.
    `episode` is the slug of the one episode that was asked about, `show` the name of the show that
    was looked in first; both are empty where all were. `pointing` is what a language model made of
    it, in a word of `Consulted.outcome`, empty where none was asked; it took so many `tokens` and
    `pointing_seconds`.
    """

    id: str
    surface: str
    question: str
    kind: str
    answered: bool
    confidence: float
    passages: tuple[Passage, ...]
    asked_at: datetime
    reason: str = ""
    episode: str = ""
    show: str = ""
    pointing: str = ""
    tokens: int = 0
    pointing_seconds: float = 0.0


class Move(StrEnum):
    """What somebody does to whose turn it is in a thread.

    They turn to the bot by its mention, thank it or stop it by its mention, ask something, turn to
    somebody else or end the conversation, say something else, or no more than an interjection.
    """

    MENTION = "mention"
    FAREWELL = "farewell"
    QUESTION = "question"
    ELSEWHERE = "elsewhere"
    TALK = "talk"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class ThreadTurn:
    """A message in a thread that the bot takes part in.

    `question` is what the bot was asked and answered; of anything else no word is kept. `speaker`
    comes with a turn that is read: the id of the person who reads, for others a code without name.
    """

    channel_id: str
    thread_ts: str
    ts: str
    move: Move
    said_at: datetime
    question: str = ""
    answered: bool = False
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's thumb on an answer or a daily post; the latest one counts.

    `reason` and `comment` come with a thumb down, or not at all.
    """

    answer_id: str
    helpful: bool
    passages: tuple[Passage, ...]
    given_at: datetime
    reason: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """A question that the episode does not answer, handed to a person.

    It was asked by `asked_by` in `channel_id`, in the thread `thread_ts` if there was one; a
    person's answer goes back there. Where it was asked in private, `channel_id` is None, and the
    answer goes to the asker alone. `answer` is None while there is none, and where the question
    was resolved without one; `resolved_at` is then set.
    """

    id: str
    team_id: str
    question: str
    asked_by: str
    asked_at: datetime
    channel_id: str | None = None
    thread_ts: str | None = None
    answer: str | None = None
    answered_by: str | None = None
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A person's answer that others in the workspace may be shown, and the question it was for.

    `id` is that of the handover that it was made from. Who asked is not in it.
    """

    id: str
    team_id: str
    question: str
    answer: str
    answered_by: str
    answered_at: datetime
