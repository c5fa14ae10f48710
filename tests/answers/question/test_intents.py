"""Questions about the episode itself, and questions that only sound like one."""

from collections.abc import Callable

import pytest

from bot.answers import Answer, Answerer, NoAnswer
from bot.answers.question.intents import Intent, find_intent

Ask = Callable[..., Answer]
Decline = Callable[..., NoAnswer]

FACTS = {
    "takeaway",
    "takeaways",
    "outline",
    "terms",
    "hosts",
    "duration",
    "previous",
    "next",
    "about",
}


@pytest.mark.parametrize(
    "question",
    [
        "takeaway 4",
        "thanks, takeaway 4",
        "Hi! takeaway 4",
        "TAKEAWAY 4",
        "Takeaway 4!",
        "takeaway four",
        "takeaway #4",
        "takeaway number 4",
        "what's takeaway no. 4?",
        "the 4th takeaway",
        "fourth takeaway",
        "what is the fourth takeaway?",
        "tell me takeaway 4",
        "can you give me the fourth take-away please",
        "takeaways 4",
        "take away 4",
        "lesson 4",
        "hey, quick one: what was takeaway 4 again?",
    ],
)
def test_a_takeaway_is_found_by_its_number(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert answer.kind == "takeaway"
    assert [quote.text.split(" ", 1)[0] for quote in answer.quotes] == ["4."]


@pytest.mark.parametrize("number", range(1, 9))
def test_every_takeaway_is_quoted_whole(answered: Ask, number: int) -> None:
    [quote] = answered(f"takeaway {number}").quotes
    assert quote.text.startswith(f"{number}. ")
    assert quote.text.endswith(".")
    assert quote.text.count(". ") >= 2
    assert quote.speaker == "Alex Chen"


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("takeaway one", "1."),
        ("first takeaway", "1."),
        ("what's the first takeaway?", "1."),
        ("the number one takeaway", "1."),
        ("the last takeaway", "8."),
        ("what is the final takeaway?", "8."),
        ("the last one", "8."),
    ],
)
def test_the_first_and_the_last_takeaway_need_no_number(
    answered: Ask, question: str, number: str
) -> None:
    answer = answered(question)
    assert answer.kind == "takeaway"
    assert [quote.text.split(" ", 1)[0] for quote in answer.quotes] == [number]


@pytest.mark.parametrize(
    "question",
    [
        "takeaways",
        "takeaway",
        "all eight",
        "all 8",
        "the eight takeaways",
        "all eight takeaways",
        "what are the 8 takeaways",
        "all the takeaways",
        "what are the takeaways?",
        "list the takeaways",
        "give me the takeaways please",
        "what are the key takeaways from this episode",
        "summarize the takeaways",
        "summarize this episode",
        "tl;dr",
        "main points",
        "what are the main lessons",
        "summarize in one sentence",
        "recap for me in three bullets",
        "summarise the episode in one sentence",
        "best quote?",
        "do you have a good quote?",
        "any good quotes",
        "give me a quote",
    ],
)
def test_all_takeaways_stand_whole_in_the_list(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert answer.kind == "takeaways"
    assert [quote.text[:2] for quote in answer.items] == [f"{n}." for n in range(1, 9)]
    assert answer.quotes == answer.items[:3]


@pytest.mark.parametrize(
    "question", ["takeaway 9", "takeaway 0", "takeaway 99", "ninth takeaway", "takeaway nine"]
)
def test_a_takeaway_beyond_the_last_is_declined_with_how_many_there_are(
    declined: Decline, question: str
) -> None:
    answer = declined(question)
    assert answer.kind == "unknown"
    assert "8" in answer.reply
    assert answer.suggestions == ("takeaway 8",)


@pytest.mark.parametrize(
    "question",
    [
        "segments",
        "outline",
        "agenda",
        "chapters",
        "list the segments",
        "what segments are there?",
        "what are the segments of the episode?",
        "how many segments are there?",
        "what topics are covered",
        "what topics do they discuss?",
        "how is the episode structured?",
        "what does this cover?",
        "what did the hosts talk about?",
        "what's covered in this episode?",
    ],
)
def test_the_outline_is_every_heading(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert answer.kind == "outline"
    assert [item.text.split(":")[0] for item in answer.items] == [
        "INTRO",
        *(f"SEGMENT {number}" for number in range(1, 8)),
    ]


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("segment 3", "SEGMENT 3: "),
        ("segment three", "SEGMENT 3: "),
        ("third segment", "SEGMENT 3: "),
        ("what is segment 3 about?", "SEGMENT 3: "),
        ("what's the third segment called?", "SEGMENT 3: "),
        ("the first segment", "SEGMENT 1: "),
        ("segment one", "SEGMENT 1: "),
        ("the last segment", "SEGMENT 7: "),
    ],
)
def test_a_segment_is_found_by_the_number_in_its_heading(
    answered: Ask, question: str, heading: str
) -> None:
    [quote] = answered(question).quotes
    assert quote.text.startswith(heading)


@pytest.mark.parametrize("question", ["segment 8", "segment 0", "what is segment 12 about?"])
def test_a_segment_beyond_the_last_is_declined(declined: Decline, question: str) -> None:
    assert "the episode has 7" in declined(question).reply


@pytest.mark.parametrize(
    "question",
    [
        "terms",
        "glossary",
        "list the terms",
        "show me the glossary",
        "what terms are defined?",
        "which terms are in the reference sheet?",
        "cheat sheet",
        "key concepts",
    ],
)
def test_the_terms_are_every_row_of_the_sheet(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert answer.kind == "terms"
    labels = [item.label for item in answer.items]
    assert len(labels) == 13
    assert labels[0] == "LLM (Large Language Model)"
    assert labels[-1] == "Multimodal"


@pytest.mark.parametrize(
    "question",
    [
        "hosts",
        "who are the hosts?",
        "who hosts this podcast?",
        "who is hosting?",
        "who's talking?",
        "whos talking on this show",
        "names of the hosts",
        "who are the speakers",
        "who is sam",
        "Who is Sam Rivera?",
        "who's alex chen",
        "who are alex and sam",
    ],
)
def test_the_hosts_are_named_with_their_roles(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert answer.kind == "hosts"
    assert "Alex Chen (Technical Expert)" in answer.quotes[0].text
    assert "Sam Rivera (Product Leadership Perspective)" in answer.quotes[0].text


def test_a_host_is_the_same_in_either_form_of_unicode() -> None:
    names = frozenset({"jos\u00e9", "ruiz"})
    for written in ("who is jos\u00e9 ruiz", "who is jose\u0301 ruiz"):
        assert find_intent(written, names) == Intent("hosts")


@pytest.mark.parametrize(
    "question",
    [
        "duration",
        "runtime",
        "how long is the episode?",
        "how long is this podcast",
        "how long does the episode take?",
        "how many minutes is the episode?",
        "what is the length of the episode?",
        "how much time do i need to listen to the episode",
    ],
)
def test_the_duration_is_the_headers(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert (answer.kind, answer.quotes[0].text) == ("duration", "~60 minutes")


@pytest.mark.parametrize(
    "question",
    [
        "previous episode",
        "what was the previous episode about?",
        "what was the last episode about",
        "what was in the episode before this one?",
        "what came before this episode",
        "what was before?",
    ],
)
def test_what_was_before_is_said_in_the_intro(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert answer.kind == "previous"
    assert "foundations episode on AI and Machine Learning" in answer.quotes[0].text


@pytest.mark.parametrize(
    "question",
    [
        "next episode",
        "what's next",
        "what comes next?",
        "what's coming up next?",
        "what's the next episode about?",
        "what is next week's episode?",
        "what will the next episode be about",
    ],
)
def test_what_comes_next_is_the_closing_line(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert answer.kind == "next"
    assert "Software Engineering Excellence" in answer.quotes[0].text


@pytest.mark.parametrize(
    "question",
    [
        "title",
        "episode 2",
        "what is the title of the episode?",
        "what is this episode called?",
        "what is this podcast about?",
    ],
)
def test_the_title_is_the_first_line(answered: Ask, question: str) -> None:
    answer = answered(question)
    assert answer.kind == "about"
    assert answer.quotes[0].text == "Episode 2: Large Language Models Deep Dive"


@pytest.mark.parametrize(
    "question",
    [
        "which takeaway speaks of privacy",
        "which takeaway mentions hallucinations?",
        "takeaway about RAG",
        "which segment covers RAG?",
        "segment about privacy",
        "lessons learned from GPT-4 deployments",
        "what is the agenda of OpenAI",
        "what is the structure of a transformer",
        "what parts of the input are relevant",
        "what topics should i fine tune on",
        "terms and conditions?",
        "what are the terms of the enterprise agreements",
        "who is liable",
        "who hosts the open source models?",
        "what hosts the model?",
        "self-hosting",
        "what did alex say about privacy?",
        "what does sam think about copilot",
        "where does alex work",
        "how old is alex",
        "how long does pre-training take",
        "how long is a context window",
        "what's the duration of training",
        "what is the next word",
        "what is next-word prediction",
        "what is the next frontier?",
        "previous architectures before transformers",
        "title of the 2017 paper",
        "recap in terms of privacy",
        "summarize in the context of RAG",
        "give me a quote about privacy",
    ],
)
def test_a_question_that_only_contains_such_words_is_not_about_the_episode_itself(
    answerer: Answerer, question: str
) -> None:
    assert answerer.ask(question).kind not in FACTS


@pytest.mark.parametrize(
    "question",
    [
        "episode 7 takeaways",
        "what is episode 1 about",
        "who hosts ep 12?",
        "what was said about RAG in episode 5?",
    ],
)
def test_an_episode_that_is_not_there_is_declined_by_number(
    declined: Decline, question: str
) -> None:
    answer = declined(question)
    assert answer.kind == "unknown"
    assert "episode 2" in answer.reply


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("takeaways of episode 2", "takeaways"),
        ("takeaway 4 of episode 2", "takeaway"),
        ("who hosts episode 2?", "hosts"),
        ("how long is ep. 2?", "duration"),
    ],
)
def test_an_episode_may_be_named_by_its_number(answered: Ask, question: str, kind: str) -> None:
    assert answered(question).kind == kind


@pytest.mark.parametrize(
    ("question", "kind", "count"),
    [
        ("how many takeaways are there?", "takeaways", "8 takeaways"),
        ("How many key takeaways does the episode have?", "takeaways", "8 takeaways"),
        ("how many takeaways did Alex give?", "takeaways", "8 takeaways"),
        ("number of takeaways", "takeaways", "8 takeaways"),
        ("how many hosts are there?", "hosts", "2 hosts"),
        ("how many people host this podcast", "hosts", "2 hosts"),
        ("how many speakers", "hosts", "2 hosts"),
        ("how many segments are there?", "outline", "7 numbered segments and 1 other part"),
        ("how many terms are on the reference sheet?", "terms", "13 terms"),
        ("what is the number of terms?", "terms", "13 terms"),
    ],
)
def test_how_many_there_are_is_a_fact(answered: Ask, question: str, kind: str, count: str) -> None:
    answer = answered(question)
    assert answer.kind == kind
    assert count in answer.lead
    assert answer.quotes


@pytest.mark.parametrize(
    "question",
    [
        "how many terms does a contract have?",
        "how many layers are we talking about",
        "how many hosts do we need for our podcast",
        "how many minutes is the episode",
        "takeaway number 4",
    ],
)
def test_other_numbers_are_not_counted(answerer: Answerer, question: str) -> None:
    answer = answerer.ask(question)
    assert isinstance(answer, NoAnswer) or " has " not in answer.lead


def test_the_terms_of_the_episode_that_is_named_are_counted(both: Answerer) -> None:
    answer = both.ask("how many terms are there in episode 3?")
    assert isinstance(answer, Answer)
    assert "has 2 terms:" in answer.lead


def test_an_item_that_is_not_there_keeps_its_reason(declined: Decline) -> None:
    assert declined("takeaway 12").reason == "no_such_item"
