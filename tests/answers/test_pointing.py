"""A model that points, well or badly: what is shown is always cut from the transcript."""

import json
import os
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers import Answer, Answerer, Candidate, NoAnswer, Pick, Pointed
from bot.answers.retrieval.candidates import MOST_CANDIDATES
from bot.pointing.prompt import picks
from tests.answers.test_verbatim import MOST_QUOTES, MOST_WORDS, in_the_file, quotes_of

# How many replies are made up: `make fuzz` has 10,000, `make test` as many as it has time for.
EXAMPLES = 2 * int(os.environ.get("FUZZ", "100"))
UNSURE = "what do they say about budgets for pilots?"
ASKED = (
    UNSURE,
    "who won the world cup?",
    "why do models hallucinate?",
    "how do I choose between an API and open source",
    "can we trust the numbers it gives",
)
DOWN = Pointed("gpt", None, 5, 0.5)
Choose = Callable[[Sequence[Candidate]], Pointed | None]


class Pointer:
    """Points as a test says, and remembers what it was asked."""

    def __init__(self, choose: Choose, key: str = "gpt 1", floor: float = 0.0) -> None:
        self._choose, self.key, self._floor = choose, key, floor
        self.asked: list[tuple[str, tuple[str, ...], Sequence[Candidate]]] = []

    def wants(self, confidence: float) -> bool:
        return confidence >= self._floor

    def point(
        self, question: str, earlier: Sequence[str], candidates: Sequence[Candidate]
    ) -> Pointed | None:
        self.asked.append((question, tuple(earlier), candidates))
        return self._choose(candidates)


def at(*chosen: Pick) -> Choose:
    return lambda _: Pointed("gpt", chosen, 700, 0.25)


def answered(answer: Answer | NoAnswer) -> Answer:
    assert isinstance(answer, Answer)
    return answer


def test_what_is_chosen_is_quoted_and_says_by_whom(answerer: Answerer) -> None:
    own = answerer.ask(UNSURE)
    pointer = Pointer(at(Pick(4, 0, 0), Pick(2, 0, 0)))
    answer = answered(answerer.ask(UNSURE, pointer=pointer))
    [(question, earlier, candidates)] = pointer.asked
    assert (question, earlier) == (UNSURE, ())
    for quote, place in zip(answer.quotes, (4, 2), strict=True):
        # A row of the sheet is shown with its term.
        assert candidates[place].sentences[0].endswith(quote.text)
    assert (answer.kind, answer.chosen_by) == ("quote", "gpt")
    assert answer.confidence == own.confidence
    assert answer.consulted is not None
    assert (answer.consulted.outcome, answer.consulted.tokens) == ("pointed", 700)


def test_twelve_passages_are_shown_the_best_first_each_once(answerer: Answerer) -> None:
    own, pointer = answered(answerer.ask(ASKED[2])), Pointer(at())
    answerer.ask(ASKED[2], pointer=pointer)
    candidates = pointer.asked[0][2]
    assert len(candidates) == len({id(one.passage) for one in candidates}) == MOST_CANDIDATES
    assert own.quotes[0].text.split()[:5] == " ".join(candidates[0].sentences).split()[:5] or (
        own.quotes[0].text in " ".join(candidates[0].sentences)
    )
    assert all(sum(len(said.split()) for said in one.sentences) <= 200 for one in candidates)


def test_the_same_choice_is_an_agreement(answerer: Answerer) -> None:
    own = answered(answerer.ask(ASKED[2]))

    def same(candidates: Sequence[Candidate]) -> Pointed:
        number, first = next(
            (at, place)
            for at, one in enumerate(candidates)
            for place, said in enumerate(one.sentences)
            if own.quotes[0].text.startswith(said)
        )
        return Pointed("gpt", (Pick(number, first, first),), 700, 0.25)

    answer = answered(answerer.ask(ASKED[2], pointer=Pointer(same, "same 1")))
    assert answer.consulted
    assert answer.consulted.outcome == "agreed"


def test_where_it_finds_nothing_the_bot_declines_and_says_why(answerer: Answerer) -> None:
    answered(answerer.ask(ASKED[2]))
    answer = answerer.ask(ASKED[2], pointer=Pointer(at(), "none 1"))
    assert isinstance(answer, NoAnswer)
    assert (answer.kind, answer.reason) == ("unknown", "model_declined")
    assert answer.reply == "The episode doesn't say."
    assert answer.consulted
    assert answer.consulted.outcome == "declined"


def test_what_the_bot_declined_stays_declined_for_its_own_reason(answerer: Answerer) -> None:
    own = answerer.ask(ASKED[1])
    assert isinstance(own, NoAnswer)
    answer = answerer.ask(ASKED[1], pointer=Pointer(at(), "none 2"))
    assert isinstance(answer, NoAnswer)
    assert (answer.reason, answer.near) == (own.reason, own.near)


@pytest.mark.parametrize("question", ASKED)
def test_where_it_is_of_no_use_the_bots_own_answer_stands(
    answerer: Answerer, question: str
) -> None:
    own = answerer.ask(question)
    failed = answerer.ask(question, pointer=Pointer(lambda _: DOWN, "down 1"))
    assert failed.consulted
    assert failed.consulted.outcome == "failed"
    assert quotes_and_words(failed) == quotes_and_words(own)
    assert answerer.ask(question, pointer=Pointer(lambda _: None, "down 2")) == own


def quotes_and_words(answer: Answer | NoAnswer) -> object:
    words = answer.lead if isinstance(answer, Answer) else (answer.reply, answer.reason)
    return tuple(quotes_of(answer)), words


@pytest.mark.parametrize(
    "message",
    ["define RAG", "takeaways", "takeaway 4", "who hosts?", "hello", "thanks!", "help", "segments"],
)
def test_what_needs_no_search_is_never_shown_to_a_model(answerer: Answerer, message: str) -> None:
    pointer = Pointer(at(), "none 3")
    assert answerer.ask(message, pointer=pointer) == answerer.ask(message)
    assert pointer.asked == []


def test_it_is_asked_only_where_it_wants_to_be(answerer: Answerer) -> None:
    pointer = Pointer(at(Pick(0, 0, 0)), floor=1.1)
    assert answerer.ask(UNSURE, pointer=pointer) == answerer.ask(UNSURE)
    assert pointer.asked == []


def test_the_same_question_costs_nothing_the_second_time(answerer: Answerer) -> None:
    pointer = Pointer(at(Pick(3, 0, 0)), "once 1")
    first = answered(answerer.ask(UNSURE, pointer=pointer))
    second = answered(answerer.ask(UNSURE, pointer=pointer))
    assert len(pointer.asked) == 1
    assert (second.quotes, second.chosen_by) == (first.quotes, "gpt")
    assert first.consulted
    assert second.consulted is None


def test_another_model_or_another_prompt_is_asked_anew(answerer: Answerer) -> None:
    for version in ("once 2", "twice 2"):
        pointer = Pointer(at(Pick(3, 0, 0)), version)
        answerer.ask(UNSURE, pointer=pointer)
        assert len(pointer.asked) == 1


def test_a_failure_is_not_remembered(answerer: Answerer) -> None:
    answerer.ask(UNSURE, pointer=Pointer(lambda _: DOWN, "later 1"))
    pointer = Pointer(at(Pick(3, 0, 0)), "later 1")
    assert answered(answerer.ask(UNSURE, pointer=pointer)).chosen_by == "gpt"


def test_a_thread_goes_on_from_what_was_chosen(answerer: Answerer) -> None:
    pointer = Pointer(at(Pick(3, 0, 0)), "thread 1")
    first = answered(answerer.ask(UNSURE, pointer=pointer))
    second = answered(answerer.ask("tell me more about that", [UNSURE], pointer=pointer))
    _, earlier, candidates = pointer.asked[1]
    assert earlier == (UNSURE,)
    assert second.history == (UNSURE,)
    shown = first.quotes[0].text
    assert all(shown not in " ".join(one.sentences) for one in candidates)


def test_a_thread_goes_on_from_the_bots_own_answer_once_no_model_may_be_asked(
    answerer: Answerer,
) -> None:
    pointer = Pointer(at(Pick(3, 0, 0)), "thread 2")
    answerer.ask(UNSURE, pointer=pointer)
    chosen = answerer.ask("who said that?", [UNSURE], pointer=pointer)
    assert quotes_and_words(chosen) != quotes_and_words(answerer.ask("who said that?", [UNSURE]))
    withdrawn = Pointer(at(), "thread 2", floor=1.1)
    assert answerer.ask("who said that?", [UNSURE], pointer=withdrawn) == answerer.ask(
        "who said that?", [UNSURE]
    )


def test_a_follow_up_is_no_longer_of_an_answer_that_another_has_replaced(
    answerer: Answerer,
) -> None:
    answerer.ask(UNSURE, pointer=Pointer(lambda _: DOWN, "thread 3"))
    pointer = Pointer(at(Pick(3, 0, 0)), "thread 3")
    before = answerer.ask("who said that?", [UNSURE], pointer=pointer)
    chosen = answered(answerer.ask(UNSURE, pointer=pointer))
    after = answered(answerer.ask("who said that?", [UNSURE], pointer=pointer))
    assert after != before
    assert after.quotes[0] == chosen.quotes[0]


def test_long_choices_are_cut_to_what_a_quote_may_hold(answerer: Answerer) -> None:
    def whole(candidates: Sequence[Candidate]) -> Pointed:
        every = (Pick(at, 0, len(one.sentences) - 1) for at, one in enumerate(candidates))
        return Pointed("gpt", tuple(every), 700, 0.25)

    answer = answered(answerer.ask(UNSURE, pointer=Pointer(whole, "all 1")))
    assert len(answer.quotes) == MOST_QUOTES
    for quote in quotes_of(answer):
        assert len(quote.text.split()) <= MOST_WORDS
        assert quote.text == in_the_file(quote)


hostile = st.one_of(
    st.text(),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda some: st.lists(some) | st.dictionaries(st.text(), some),
    ).map(json.dumps),
    st.lists(
        st.fixed_dictionaries({name: st.integers(-1, 14) for name in ("passage", "first", "last")}),
        max_size=14,
    ).map(lambda answers: json.dumps({"answers": answers})),
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 3), st.integers(0, 2)), max_size=12).map(
        lambda some: json.dumps(
            {"answers": [{"passage": p, "first": f, "last": f + more} for p, f, more in some]}
        )
    ),
)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(ASKED), hostile)
def test_whatever_a_model_writes_nothing_is_shown_that_is_no_quote(
    answerer: Answerer, question: str, reply: str
) -> None:
    def choose(candidates: Sequence[Candidate]) -> Pointed:
        try:
            found: tuple[Pick, ...] | None = picks(reply, candidates)
        except ValueError:
            found = None
        return Pointed("gpt", found, 1, 0.0)

    answer = answerer.ask(question, pointer=Pointer(choose, reply))
    quotes = list(quotes_of(answer))
    assert [quote for quote in quotes if quote.text != in_the_file(quote)] == []
    for quote in quotes:
        assert 1 <= len(quote.text.split()) <= MOST_WORDS
        assert answerer.quote(quote.episode, quote.digest, quote.start, quote.end) == quote
    if isinstance(answer, Answer):
        assert (answer.kind, answer.lead) == ("quote", "")
        assert 1 <= len(answer.quotes) <= MOST_QUOTES
