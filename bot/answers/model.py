"""What comes back from a question: an answer made of quotes, or a plain no."""

from dataclasses import dataclass

MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """The episode's own words: `text` is `source[start:end]` without emphasis marks, folded.

    `speaker` is None where nobody speaks (the reference sheet, headings). `episode` is the slug
    that `digest` belongs to, `title` what readers call it. `context` is the question that the
    quote answers, where the quote makes no sense without it. `position` is how far in it stands,
    such as `turn 62 of 142`; None outside the turns and the sheet. Times are not known: the minutes
    of the headings are plans, not all segments have them, and together they miss the duration.
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


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes that answer a question, best first; at most three, at most 90 words each.

    `kind` is what was asked for: definition, quote, list, speaker, takeaway, takeaways, outline,
    terms, hosts, duration, about, previous, next. `lead` is one line of the bot's own words above
    the quotes, or empty.
    A list (all takeaways, the outline, the terms) stands whole in `items`; `quotes` are its
    first three. `confidence` is the probability, 0 to 1, that the first quote answers.
    `further` are the next best quotes, at most six. `history` is what the question was read with,
    oldest first: with it, the same question gets the same answer again.
    """

    question: str
    kind: str
    lead: str
    quotes: tuple[Quote, ...]
    items: tuple[Quote, ...] = ()
    confidence: float = 1.0
    further: tuple[Quote, ...] = ()
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The episode does not say, or nothing was asked.

    `kind` is unknown, term (an unknown one), smalltalk, help or injection. `reply` is the bot's
    own words, plain text. `near` are the closest passages, never an answer; `suggestions` are
    questions or commands that it surely answers.
    """

    question: str
    kind: str
    reply: str
    near: tuple[Quote, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
