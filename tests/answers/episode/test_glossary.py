"""The reference sheet's terms by any of their names, in any phrasing, misspelt too."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.answers import Answer, Answerer, NoAnswer, ready
from bot.answers.episode.glossary import Glossary
from bot.answers.question.parse import parse
from bot.episodes import Episode, Library, load
from bot.search.passages import passages
from tests.answers.conftest import KNOWLEDGE
from tests.answers.second_episode import METADATA, TRANSCRIPT

Ask = Callable[..., Answer]

# For each term as the sheet prints it: other names, then slips of the pen.
TERMS = {
    "LLM": (["LLMs", "large language model", "Large Language Models"], ["large languge model"]),
    "Tokenization": (["tokenisation", "tokenizer"], ["tokenizaton", "tokenizatoin"]),
    "Embeddings": (["embedding", "vector embedding"], ["embeding", "embeddngs"]),
    "Transformer": (["transformers", "transformer architecture"], ["tranformer", "transfomers"]),
    "Attention": (["attention mechanism", "self-attention"], ["atention", "attentoin"]),
    "Pre-training": (["pretraining", "pre training", "PRE-TRAINING"], ["pretrainning"]),
    "Fine-tuning": (["finetuning", "fine tuning", "fine-tune"], ["fine tunning", "finetunning"]),
    "Prompt Engineering": (["prompt design", "prompting"], ["promt engineering"]),
    "RAG": (["rag", "Retrieval Augmented Generation", "retrieval-augmented generation"], []),
    "Hallucination": (["hallucinations", "hallucinate"], ["halucination", "hallucinatoin"]),
    "Context Window": (["context windows", "context length"], ["contex window", "context windw"]),
    "AI Agent": (["agents", "ai agents", "LLM agent"], ["AI agnet"]),
    "Multimodal": (["multi-modal", "multi modal", "multimodality"], ["multimodl", "mutimodal"]),
}
PHRASINGS = (
    "{}",
    "{}?",
    "define {}",
    "DEFINE {}",
    'define "{}"',
    "can you define {}?",
    "could someone please define {} for me",
    "what is {}?",
    "what's {}",
    "what are {}?",
    "what is a {}",
    "what exactly is {}?",
    "what is {} exactly",
    "what the heck is {}",
    "what is this {} thing?",
    "what does {} mean?",
    "what is the meaning of {}",
    "what's the definition of {}?",
    "give me a definition of {}",
    "what is meant by {}?",
    "what do they mean by {}",
    "how do they define {}?",
    "explain {}",
    "explain {} like i'm five",
    "explain {} to my manager in one sentence",
    "tell me what {} is",
    "do you know what {} is?",
    "{} meaning",
    "{} = ?",
    "{}: what is it?",
    "I keep hearing {}, what is that?",
    "{}: define pls",
    "hey, quick one: what is {}?",
    "Hi there! What is {}, please?",
)


def definition(episode: Episode, name: str) -> str:
    [term] = [term for term in episode.terms if term.name == name]
    return episode.words(term.definition)


def test_these_are_the_terms_of_the_sheet(episode: Episode) -> None:
    assert [term.name for term in episode.terms] == list(TERMS)


@pytest.mark.parametrize("phrasing", PHRASINGS)
@pytest.mark.parametrize("name", TERMS)
def test_a_term_is_defined_by_the_sheet_in_any_phrasing(
    answered: Ask, episode: Episode, name: str, phrasing: str
) -> None:
    answer = answered(phrasing.format(name))
    assert answer.kind == "definition"
    assert answer.quotes[0].text == definition(episode, name)
    assert answer.quotes[0].speaker is None
    assert (answer.quotes[0].label or "").split(" (")[0] == name


@pytest.mark.parametrize("phrasing", ["define {}", "what is {}?", "{}"])
@pytest.mark.parametrize("name", TERMS)
def test_a_term_is_known_by_its_other_names_and_misspelt(
    answered: Ask, episode: Episode, name: str, phrasing: str
) -> None:
    others, slips = TERMS[name]
    for other in (*others, *slips):
        answer = answered(phrasing.format(other))
        assert (other, answer.kind) == (other, "definition")
        assert (other, answer.quotes[0].text) == (other, definition(episode, name))


def test_every_alias_of_the_episode_is_a_name_of_its_term(answered: Ask, episode: Episode) -> None:
    assert (KNOWLEDGE / "episode-02" / "episode.yaml").read_text("utf-8").count("tokenisation")
    for term in episode.terms:
        for name in term.names:
            answer = answered(f"define {name}")
            assert (name, answer.quotes[0].text) == (name, episode.words(term.definition))


def test_a_definition_goes_on_with_where_the_term_is_explained(answered: Ask) -> None:
    sheet, explained, *_ = answered("define RAG").quotes
    assert sheet.text == "Combining retrieved documents with generation"
    assert sheet.label == "RAG (Retrieval Augmented Generation)"
    assert explained.text.startswith("Retrieval Augmented Generation - this is huge.")
    assert explained.speaker == "Alex Chen"


@pytest.mark.parametrize(
    "question",
    [
        "RAG vs fine-tuning",
        "rag versus finetuning?",
        "define RAG and fine-tuning",
        "what is the difference between RAG and fine-tuning?",
        "how is RAG different from fine tuning",
        "Compare RAG with fine-tuning, please",
    ],
)
def test_two_terms_side_by_side_are_both_defined(
    answered: Ask, episode: Episode, question: str
) -> None:
    answer = answered(question)
    assert "Both" in answer.lead
    assert [one.text for one in answer.shown] == [
        definition(episode, "RAG"),
        definition(episode, "Fine-tuning"),
    ]
    quotes = [*answer.quotes, *answer.further]
    assert len(set(quotes)) == len(quotes)


@pytest.mark.parametrize("term", ["LSTM", "lstm?", "a diffusion model", "quantization"])
def test_an_unknown_term_is_declined_with_the_nearest_ones(
    declined: Callable[..., NoAnswer], episode: Episode, term: str
) -> None:
    answer = declined(f"define {term}")
    assert answer.kind == "term"
    names = {f"define {name.name}" for name in episode.terms}
    assert len(answer.suggestions) == 3
    assert set(answer.suggestions) <= names


@pytest.mark.parametrize(
    "question",
    [
        "what do transformers do",
        "how does RAG work",
        "why RAG",
        "RAG vs fine-tuning, which is cheaper?",
        "RAG vs long context",
        "RAG or fine-tuning for a startup?",
        "what is RAG with embeddings",
        "what is an embedding model",
        "what is a context window for",
        "what does fine-tuning require?",
        "define vector database",
    ],
)
def test_a_question_about_a_term_is_more_than_its_definition(
    answerer: Answerer, question: str
) -> None:
    assert answerer.ask(question).kind != "definition"


@pytest.mark.parametrize("word", ["retraining", "retention", "intention", "transition", "agency"])
def test_another_english_word_is_no_misspelt_term(answerer: Answerer, word: str) -> None:
    assert answerer.ask(f"what is {word}?").kind != "definition"


def test_the_terms_of_every_episode_are_known(both: Answerer) -> None:
    for asked, said in (
        ("define levain", "A piece of ripe dough that raises the next one"),
        ("what is starter culture?", "A piece of ripe dough that raises the next one"),
        ("define RAG", "Combining retrieved documents with generation"),
    ):
        answer = both.ask(asked)
        assert isinstance(answer, Answer)
        assert answer.quotes[0].text == said


# Names with what other names lack: symbols, digits, articles, words that ask, long forms.
HARD = """
    C; C++; C#; .NET; Node.js; CI/CD; A/B Test; A Player; Type 1 Error; Type 2 Error; Vitamin C;
    Vitamin D; Web 2.0; Web 3.0; 401(k); 80/20 Rule; The Long Tail; What-If Analysis; Universe;
    University; Organ; Organization; Lessor; Lessee; Hypertension; Hypotension; R&D; Jobs; Meaning;
    Supervised Learning; Unsupervised Learning; Phase 1 Trial; Cost of Goods Sold (COGS);
    Moore's Law; Team Topologies; Terms of Service; Definition of Done; Stop, Look, Listen;
    Q: Metric; P/E Ratio (Price to Earnings); So What Test; Return on Investment (ROI);
    Return on Equity (ROE); Café Strategy
"""
NAMES = [name.strip() for name in HARD.split(";")]


def library_of(folder: Path, names: Sequence[str]) -> Library:
    """An episode whose sheet has these terms, each defined by its number."""
    rows = "\n".join(f"| {name} | Row {number} |" for number, name in enumerate(names))
    before, after = TRANSCRIPT.split("| Levain"), TRANSCRIPT.split("before kneading |")
    (folder / "episode-03").mkdir()
    (folder / "episode-03" / "transcript.md").write_text(before[0] + rows + after[1], "utf-8")
    (folder / "episode-03" / "episode.yaml").write_text(METADATA.split("aliases:")[0], "utf-8")
    library = load(folder)
    assert library.faults == ()
    return library


def glossary_of(folder: Path, names: Sequence[str]) -> Glossary:
    return Glossary(passages(library_of(folder, names).episodes[0]))


def asked(glossary: Glossary, question: str) -> str | None:
    """The cell of the row that a question asks for."""
    parsed = parse(question)
    row = glossary.asked(parsed.core, parsed.around, question)
    return row.own.rpartition(": ")[0] if row else None


@pytest.mark.parametrize(
    "phrasing", ["define {}", "what is {}?", "What does {} mean?", "{}", "{}?"]
)
def test_every_term_as_it_is_printed_brings_its_own_row(tmp_path: Path, phrasing: str) -> None:
    glossary = glossary_of(tmp_path, NAMES)
    questions = {name: phrasing.format(name) for name in NAMES}
    assert {name: asked(glossary, one) for name, one in questions.items()} == {
        name: name for name in NAMES
    }


@pytest.mark.parametrize("phrasing", ["define {}", "what is {}?", "{}"])
def test_every_term_of_the_episode_brings_its_row_with_its_long_form(
    answered: Ask, episode: Episode, phrasing: str
) -> None:
    for term in episode.terms:
        answer = answered(phrasing.format(episode.words(term.cell)))
        assert answer.quotes[0].text == episode.words(term.definition)


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("Phase 1 Trial", "Phase 2 Trial"),
        ("Phase 1 Trial", "phase trial"),
        ("Series A", "Series B"),
        ("Vitamin C", "vitamin d"),
        ("Pre-training", "retraining"),
        ("Pre-training", "post-training"),
        ("Multimodal", "unimodal"),
        ("Hypertension", "hypotension"),
        ("Supervised Learning", "unsupervised learning"),
        ("Lessor", "lessee"),
        ("University", "universe"),
        ("Organ", "organization"),
        ("Return on Investment", "return on equity"),
        ("Customer Acquisition Cost", "customer acquisition rate"),
        ("C++", "C"),
        ("Web 2.0", "web 3.0"),
        ("Total Addressable Market", "total available market"),
    ],
)
def test_a_neighbour_is_not_defined_as_if_asked_for(
    tmp_path: Path, printed: str, other: str
) -> None:
    glossary = glossary_of(tmp_path, [printed, "Autolyse"])
    for question in (f"define {other}", f"what is a {other}?", other):
        assert (question, asked(glossary, question)) == (question, None)
    assert asked(glossary, f"define {printed}") == printed


def test_the_neighbour_of_an_unknown_term_is_named(tmp_path: Path) -> None:
    glossary = glossary_of(tmp_path, ["Phase 1 Trial", "Autolyse"])
    assert glossary.neighbours("what is a phase 2 trial?") == ("Phase 1 Trial",)
    assert glossary.neighbours("how do they bake the bread?") == ()


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("Phase 1 Trial", "Phase 2 Trial"),
        ("Vitamin C", "Vitamin D"),
        ("Series A", "Series B"),
        ("Web 2.0", "Web 3.0"),
        ("Supervised Learning", "unsupervised learning"),
    ],
)
@pytest.mark.parametrize("phrasing", ["define {}", "what is a {}?", "{}", "what does {} mean?"])
def test_a_neighbour_is_declined_and_the_term_of_the_sheet_is_offered(
    tmp_path: Path, printed: str, other: str, phrasing: str
) -> None:
    answerer = ready(library_of(tmp_path, [printed, "Autolyse"]), tmp_path)
    answer = answerer.ask(phrasing.format(other))
    assert isinstance(answer, NoAnswer)
    assert f"define {printed}" in answer.suggestions


@pytest.mark.parametrize("phrasing", ["define {}", "what is {}?", "{}"])
def test_a_name_with_another_symbol_is_declined(tmp_path: Path, phrasing: str) -> None:
    answerer = ready(library_of(tmp_path, ["C++", "Autolyse"]), tmp_path)
    assert isinstance(answerer.ask(phrasing.format("C")), NoAnswer)
    assert isinstance(answerer.ask(phrasing.format("C++")), Answer)
