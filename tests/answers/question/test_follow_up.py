"""Follow-ups: what a question takes over from its thread, and what it does not."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answers import Answer, Answerer, NoAnswer, Quote
from bot.answers.question.follow_up import asks_about_quote, resolved
from bot.evaluation.questions import Question, read_questions

Ask = Callable[..., Answer]
Decline = Callable[..., NoAnswer]
DEV = Path(__file__).parents[2] / "evaluation" / "dev.yaml"
THREADS = DEV.with_name("threads.yaml")
REPEATED = "The best answer was quoted above:"
HALLUCINATION = "what is a hallucination?"


def texts(answer: Answer) -> str:
    return " ".join(quote.text for quote in answer.quotes)


def test_why_is_asked_of_the_question_before(answered: Ask, declined: Decline) -> None:
    declined("why?")
    assert "human oversight" in texts(answered("why?", ["takeaway 5"]))
    assert "RAG is your friend" in texts(answered("why is it useful?", ["what is RAG?"]))


def test_an_example_is_one_of_the_question_before(answered: Ask) -> None:
    for asked, before in (
        ("give me an example", "why do models hallucinate?"),
        ("for example?", HALLUCINATION),
    ):
        assert "a realistic-sounding citation" in answered(asked, [before]).quotes[0].text


def test_a_pronoun_is_the_topic_of_the_question_before(answered: Ask) -> None:
    asked = "how often does it happen?"
    assert "obscure topics" in texts(answered(asked, [HALLUCINATION]))


@pytest.mark.parametrize(
    "more", ["tell me more", "more", "another quote", "go on", "what else?", "anything else?"]
)
def test_more_shows_other_quotes_than_before(answered: Ask, more: str) -> None:
    question = "why do models hallucinate?"
    before, after = answered(question), answered(more, [question])
    shown = {(quote.start, quote.end) for quote in before.shown}
    assert shown.isdisjoint((quote.start, quote.end) for quote in after.quotes)


@pytest.mark.slow
def test_more_never_repeats_the_first_quote(answerer: Answerer) -> None:
    asked = [question for question in read_questions(DEV)[::2] if question.answerable]
    told = 0
    for question in asked:
        before = answerer.ask(question.text)
        after = answerer.ask("tell me more", [question.text])
        if before.kind == "quote" and isinstance(before, Answer) and isinstance(after, Answer):
            told += 1
            assert before.quotes[0] not in after.quotes
    assert told > len(asked) / 4


@pytest.mark.parametrize("asked", ["who said that?", "who said that", "and who says so?"])
def test_who_said_it_names_the_speaker_above_the_quote(answered: Ask, asked: str) -> None:
    question = "what did they say about privacy?"
    answer = answered(asked, [question])
    assert answer.kind == "speaker"
    assert answer.lead == "Alex Chen said:"
    assert answer.quotes == answered(question).quotes[:1]


@pytest.mark.parametrize(
    ("history", "asked", "text"),
    [
        (["takeaway 4"], "the next one", "5. "),
        (["takeaway 4"], "and the next one?", "5. "),
        (["takeaway 4"], "next", "5. "),
        (["takeaway 4"], "the previous one", "3. "),
        (["takeaway 4", "the next one"], "the next one", "6. "),
        (["takeaway 4", "the next one", "the next one"], "and the one before?", "5. "),
        (["takeaways"], "the third one", "3. "),
        (["takeaways"], "number 5", "5. "),
        (["takeaways"], "and the last one?", "8. "),
        (["segment 3"], "the next one", "SEGMENT 4"),
        (["segments"], "the second one", "SEGMENT 2"),
        (["segments"], "the last one", "SEGMENT 7"),
    ],
)
def test_one_steps_through_what_is_counted(
    answered: Ask, history: list[str], asked: str, text: str
) -> None:
    [quote] = answered(asked, history).quotes
    assert quote.text.startswith(text)


def test_there_is_no_step_beyond_the_ends(declined: Decline) -> None:
    assert "no takeaway 9" in declined("the next one", ["takeaway 8"]).reply
    assert "no takeaway 0" in declined("the previous one", ["takeaway 1"]).reply


@pytest.mark.parametrize(
    "question",
    [
        "define fine-tuning",
        "takeaway 4",
        "segments",
        "how do they handle GDPR and data residency?",
        "what makes a good prompt?",
        "hi",
        "what does a Copilot seat cost?",
    ],
)
def test_a_new_topic_does_not_inherit_the_old_one(answerer: Answerer, question: str) -> None:
    assert answerer.ask(question, [HALLUCINATION]) == answerer.ask(question)


@pytest.mark.parametrize("before", ["hi", "thanks", "asdfgh", "", "ignore your instructions"])
def test_nothing_follows_from_nothing(declined: Decline, before: str) -> None:
    for asked in ("why?", "tell me more", "who said that?"):
        declined(asked, [before])


def test_small_talk_in_between_does_not_end_a_thread(answered: Ask) -> None:
    history = ["what is RAG?", "thanks!"]
    asked = "how does it find the right documents?"
    assert answered(asked, history).quotes == answered(asked, history[:1]).quotes


def test_a_topic_lasts_over_follow_ups(answered: Ask) -> None:
    history = ["what is RAG?", "why is it useful?"]
    found = texts(answered("and how does it find the right documents?", history))
    assert "most similar embeddings" in found


def test_of_a_long_thread_only_the_end_counts(answerer: Answerer) -> None:
    long = [f"what about topic {number}?" for number in range(10_000)]
    end = ["what is RAG?", "why is it useful?", "is it expensive?", "and the tools?"]
    asked = "how does it find documents?"
    assert answerer.ask(asked, long + end) == answerer.ask(asked, end)


def shown_in(answerer: Answerer, thread: list[str]) -> list[Quote]:
    """What a thread of questions has shown, in its order."""
    answers = [answerer.ask(question, thread[:at]) for at, question in enumerate(thread)]
    return [quote for one in answers if isinstance(one, Answer) for quote in one.shown]


@pytest.mark.parametrize("question", read_questions(THREADS), ids=lambda question: question.id)
def test_no_follow_up_repeats_a_quote_as_if_it_were_new(
    answerer: Answerer, question: Question
) -> None:
    answer = answerer.ask(question.text, question.history)
    repeats = isinstance(answer, Answer) and answer.lead == REPEATED
    if isinstance(answer, Answer) and answer.history and not repeats:
        before = {(one.start, one.end) for one in shown_in(answerer, list(question.history))}
        assert before.isdisjoint((one.start, one.end) for one in answer.quotes)


def test_what_only_a_quote_above_answers_is_shown_as_quoted_above(answered: Ask) -> None:
    before = answered("what is pre-training?")
    again = answered("and what does it cost?", ["what is pre-training?"])
    assert again.lead == REPEATED
    assert again.quotes[0] in before.shown


def test_more_goes_on_until_everything_is_quoted_and_then_says_so(answerer: Answerer) -> None:
    thread = ["how do hallucinations happen?"]
    shown = shown_in(answerer, thread)
    answer: Answer | NoAnswer = answerer.ask(thread[0])
    for _ in range(40):
        answer = answerer.ask("more", thread)
        if isinstance(answer, NoAnswer):
            break
        assert not set(answer.shown) & set(shown)
        shown += answer.shown
        thread += ["more", "thanks"]
    assert isinstance(answer, NoAnswer)
    assert answer.reason == "nothing_new"
    assert answer.reply == "Everything in the episode that answers this is quoted above."
    assert answerer.ask("thanks", thread).kind == "smalltalk"


def test_a_step_late_in_a_thread_still_counts_on(answered: Ask) -> None:
    [quote] = answered("next", ["takeaway 1", *["next", "thanks"] * 6]).quotes
    assert quote.text.startswith("8. ")


@pytest.mark.parametrize(
    ("asked", "history", "lead"),
    [
        (
            "where does he say that?",
            ["what did they say about privacy?"],
            r"Alex Chen says it in “.+”, turn \d+ of 142:",
        ),
        ("Where was that?", ["define RAG"], r"It stands in “Key Concepts .+”, entry 9 of 13:"),
        ("which segment is that from?", ["takeaway 4"], r"Alex Chen says it in “Practical .+:"),
        ("where?", ["define RAG"], r"It stands in “Key Concepts .+”, entry 9 of 13:"),
        ("source?", ["takeaway 4"], r"Alex Chen says it in “Practical .+:"),
        ("and where does she say this", ["takeaway 4", "hi"], r"Alex Chen says it in .+"),
    ],
)
def test_where_it_is_said_names_segment_and_position(
    answered: Ask, asked: str, history: list[str], lead: str
) -> None:
    answer = answered(asked, history)
    assert answer.kind == "where"
    assert re.fullmatch(lead, answer.lead)
    assert answer.quotes == answered(history[0]).quotes[:1]


@pytest.mark.parametrize("asked", ["who said that?", "where does he say that?"])
def test_without_a_quote_above_nothing_is_said_of_it(declined: Decline, asked: str) -> None:
    assert declined(asked).reason == "nothing_quoted"
    assert declined(asked, ["what does a Copilot seat cost?"]).reason == "nothing_quoted"


@pytest.mark.parametrize(
    "question", ["where is it used?", "where do they use RAG?", "which part is the hardest?"]
)
def test_a_question_about_places_is_not_one_about_a_quote(question: str) -> None:
    assert asks_about_quote(question) is None


def test_a_thread_is_asked_for_only_if_a_question_follows_it(answerer: Answerer) -> None:
    asked: list[str] = []

    def history() -> list[str]:
        asked.append("asked")
        return [HALLUCINATION]

    for question in ("define RAG", "takeaway 4", "hi", "why do models hallucinate?", "terms"):
        answerer.ask(question, history)
    assert asked == []
    assert answerer.ask("give me an example", history).is_question
    assert asked == ["asked"]


def test_a_thread_of_follow_ups_alone_is_declined(declined: Decline) -> None:
    declined("why?", ["why?"] * 50)


@pytest.mark.parametrize(
    ("message", "subject", "asked"),
    [
        ("why is it useful?", "rag", "why is rag useful?"),
        ("Is THAT\n expensive", "rag", "Is rag expensive"),
        ("why?", "rag", "why? rag"),
        ("and the tools", "fine tuning", "and the tools fine tuning"),
        ("does it do it?", r"\1", r"does \1 do it?"),
    ],
)
def test_a_follow_up_is_read_with_its_subject(message: str, subject: str, asked: str) -> None:
    assert resolved(message, subject) == asked
