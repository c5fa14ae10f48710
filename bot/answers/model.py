"""What comes back from a question: an answer made of quotes, or a plain no."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from bot.episodes.listening import clock, listen

MOST_QUOTES = 3  # an interface of `ask --json`: at most three quotes
MOST_FURTHER = 6  # chosen by hand: two more pages of quotes below the first
# From this confidence on, one quote is shown. Of .5, .6, .7, .8, .9 and .95 it is the lowest that
# costs at most one point of "right one visible": none, .6 costs 2.2
# (`python -m bot evaluate tests/evaluation/dev.yaml`).
ONE_IS_ENOUGH = 0.7
# Characters of the quotes that are shown at first, one at least. Chosen by hand: it costs nothing
# there and shortens the mean answer from 652 characters to 597; on the files that the weights are
# fitted on it costs up to 1.8 points.
ROOM = 800


@dataclass(frozen=True, slots=True)
class Item:
    """One of what the transcript counts: a takeaway or a segment.

    `label` is what it is called alone, such as `Takeaway 4 of 8`, and `text` its words without its
    number; a segment's are its title for display, with its minutes. `lead` is the emphasised
    opening of `text`, or empty. `number` is None for a segment without one.
    """

    number: int | None
    label: str | None
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The episode's own words: `text` is `source[start:end]` without emphasis marks, folded.

    `speaker` is None where nobody speaks (the reference sheet, headings). `segment` is the heading
    as the transcript prints it. `heading` is the same for display, without number and minutes, in
    sentence case; it is empty for header lines, headings and the closing line. `episode` is the
    slug that `digest` belongs to, `title` what readers call it, and `one_of_several` whether other
    episodes are loaded beside it.
    `context` is the question that the quote answers, if the quote makes no sense without it.
    `position` is how far in it stands, such as `turn 62 of 142`; None outside the turns and the
    sheet. `item` is set where the quote is a takeaway or a segment's heading. `since` and `until`
    are seconds of the recording, as the transcript has them: those of the cue that the quote begins
    in, and of the one that it ends in; None where it has none. `line` is the line of the file that
    it begins on, in JSON the number of its segment; None where that is not known. `audio` is the
    address of the episode's recording; None where that is not known.
    """

    text: str
    speaker: str | None
    role: str | None
    segment: str
    episode: str
    title: str
    source: str
    start: int
    end: int
    digest: str
    label: str | None = None
    context: "Quote | None" = None
    position: str | None = None
    heading: str = ""
    item: Item | None = None
    one_of_several: bool = False
    show: str = ""
    since: float | None = None
    until: float | None = None
    line: int | None = None
    audio: str | None = None

    @property
    def name(self) -> str:
        """Return who says it, also where the transcript names nobody."""
        return self.speaker or "Someone"

    @property
    def where(self) -> str:
        """Return its show and its episode, as readers call them."""
        return ", ".join(filter(None, (self.show, self.title)))

    @property
    def time(self) -> str:
        """Return when it is said, such as `1:02:03`; empty where that is not known."""
        return "" if self.since is None else clock(self.since)

    @property
    def listen(self) -> str | None:
        """Return the address at which it can be heard; None without recording or times."""
        return listen(self.audio, self.since, self.until)

    @property
    def shown(self) -> str:
        """Return the words to show: `text`, less a number that stands elsewhere."""
        return self.item.text if self.item else self.text

    @property
    def caption(self) -> str | None:
        """Return what stands above a quote that is shown alone; None if nothing does."""
        return self.item.label if self.item else self.label


Outcome = Literal["agreed", "pointed", "declined", "failed"]


@dataclass(frozen=True, slots=True)
class Consulted:
    """What a language model made of a question, and what it cost in tokens and seconds.

    `outcome` is `agreed` where it chose what the bot would have quoted first, `pointed` where it
    chose something else, `declined` where it found that nothing answers, and `failed` where no
    answer of use came in time: then the bot's own stands.
    """

    model: str
    outcome: Outcome
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes that answer a question, best first; at most three, at most 90 words each.

    `kind` is what was asked for: definition, quote, list, speaker, where, takeaway, takeaways,
    outline, terms, hosts, duration, about, previous, next. `lead` is one line of the bot's own
    words above the quotes, or empty.
    A list (all takeaways, the outline, the terms) stands whole in `items`; `quotes` are its
    first three. `confidence` is the probability, 0 to 1, that the first quote answers.
    `further` are the next best quotes, at most six. `history` is what the question was read with,
    oldest first, and `show` the show that was looked in first: with them, the same question gets
    the same answer again. `chosen_by` names the language model that chose the quotes, and is empty
    where none did; `consulted` says what became of it where one was asked for this very answer.
    """

    question: str
    kind: str
    lead: str
    quotes: tuple[Quote, ...]
    items: tuple[Quote, ...] = ()
    confidence: float = 1.0
    further: tuple[Quote, ...] = ()
    history: tuple[str, ...] = ()
    show: str = ""
    chosen_by: str = ""
    consulted: Consulted | None = None

    @property
    def is_question(self) -> bool:
        """Return whether a question was asked, be it answered or declined."""
        return True

    @property
    def shown(self) -> tuple[Quote, ...]:
        """Return the quotes to show at first: one if it is sure, else up to three."""
        return self.shown_from(ONE_IS_ENOUGH)

    def shown_from(self, sure: float) -> tuple[Quote, ...]:
        """Return the quotes to show at first if one is enough from this confidence on.

        A definition is the sheet's row and one explanation.
        """
        if self.kind == "definition":
            return self.quotes[:2]
        if self.kind != "quote":
            return self.quotes
        if self.confidence >= sure:
            return self.quotes[:1]
        lengths = accumulate(len(quote.text) for quote in self.quotes)
        return self.quotes[: max(1, sum(length <= ROOM for length in lengths))]


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The episode does not say, or nothing was asked.

    `kind` is unknown, term (an unknown one), smalltalk, help or injection. `reply` is the bot's
    own words, one plain sentence or two. `near` are the closest passages, never an answer;
    `suggestions` are questions or commands that it surely answers, and `labels` what their buttons
    say, in the same order, where that is not the words themselves. `reason` is why a question was
    declined, and empty if none was asked:

    - `nothing_found`: no passage shares a word with the question.
    - `below_threshold`: the best passage is unlikely to answer.
    - `missing_name`: the question names something that the best passage does not mention.
    - `unknown_term`: a definition is asked for, of a term that is not on the reference sheet.
    - `unknown_episode`: an episode is asked about that is not loaded.
    - `ambiguous_episode`: several episodes have the number that is asked about.
    - `no_such_item`: there is no takeaway or segment of that number.
    - `nothing_new`: all that answers was quoted above in the thread.
    - `nothing_quoted`: the question is about a quote, and the thread has none.
    - `cannot_reword`: a summary, a translation or other words are asked for.
    - `wants_human`: a person is asked for.
    - `not_helped`: an answer is said to be wrong or of no help.
    - `model_declined`: a language model was asked, and found that no passage answers.

    `consulted` says what became of a language model, where one was asked.
    """

    question: str
    kind: str
    reply: str
    near: tuple[Quote, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    reason: str = ""
    labels: tuple[str, ...] = ()
    consulted: Consulted | None = None

    @property
    def is_question(self) -> bool:
        """Return whether a question was declined; small talk and help are no questions."""
        return self.kind in _DECLINED

    @property
    def left_open(self) -> str:
        """Return the question that a person might answer; empty where the message holds none."""
        return self.question if self.is_question and self.reason not in _NO_QUESTION else ""


_DECLINED = frozenset({"unknown", "term"})
# Reasons of declines whose messages ask nothing that anybody could answer.
_NO_QUESTION = frozenset({"wants_human", "not_helped"})
