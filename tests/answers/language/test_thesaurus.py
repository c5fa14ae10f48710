"""The thesaurus: files of concepts, and finding them in texts."""

import shutil
from pathlib import Path

import pytest

from bot.answers import ready
from bot.answers.language.thesaurus import Found, Thesaurus, faults, read_thesaurus
from bot.episodes import load
from bot.errors import UnreadableError
from bot.search.tokens import stem, words
from tests.answers.conftest import KNOWLEDGE


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def test_a_concept_is_found_by_any_of_its_phrases_in_any_form() -> None:
    thesaurus = Thesaurus({"cost": ["price", "how much"], "risk": ["danger"]})
    for text in ("the prices", "Pricing!", "how much is it"):
        assert thesaurus.concepts(stems(text)) == {"cost"}
    assert thesaurus.concepts(stems("dangers of the price")) == {"cost", "risk"}
    assert thesaurus.concepts(stems("nothing of it")) == frozenset()
    assert thesaurus.concepts([]) == frozenset()


@pytest.mark.parametrize(
    "text", ["a data retention policy", "data retention policy", "our data the retention policy"]
)
def test_articles_and_possessives_in_a_phrase_do_not_matter(text: str) -> None:
    thesaurus = Thesaurus({"retention": ["our data retention policy"]})
    assert thesaurus.concepts(stems(text)) == {"retention"}


def test_a_phrase_is_found_where_it_stands() -> None:
    thesaurus = Thesaurus({"lock": ["vendor lock in", "vendor"], "seller": ["vendor"]})
    found = list(thesaurus.find(stems("the vendor lock-in hurts")))
    assert found == [
        Found(1, 4, frozenset({"lock"})),
        Found(1, 2, frozenset({"lock", "seller"})),
    ]


def test_words_in_another_order_are_another_phrase() -> None:
    assert not Thesaurus({"lock": ["vendor lock in"]}).concepts(stems("in lock, vendor"))


def test_an_empty_thesaurus_finds_nothing() -> None:
    assert list(Thesaurus({}).find(stems("anything at all"))) == []
    assert list(Thesaurus({"nothing": [], "articles": ["the", "a"]}).find(["the"])) == []


def test_an_extension_adds_to_concepts_and_adds_concepts(tmp_path: Path) -> None:
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    first.write_text("cost: [price]\n", "utf-8")
    second.write_text("cost: [dosh]\nanimal: [giraffe]\n", "utf-8")
    merged = read_thesaurus(first, second)
    assert merged.concepts(stems("price")) == merged.concepts(stems("dosh")) == {"cost"}
    assert merged.concepts(stems("a giraffe")) == {"animal"}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"- price\n", "1: the file is not a list of `key: value`"),
        (b"just words\n", "1: the file is not a list of `key: value`"),
        (b"cost: price\n", "cost"),
        (b"cost:\n", "cost"),
        (b"cost: [price, '']\n", "1: cost.1 is empty"),
        (b"cost: [price]\ntime: [day]\ncost: [dosh]\n", "3: cost stands twice"),
        (b"cost: [price]\n---\ntime: [day]\n", "2: .* a second document"),
        (b"cost: " + b"[" * 100_000, "1: .* nested too deeply"),
        (b"cost: " + b"{a: " * 100_000, "1: .* nested too deeply"),
        (b"- " * 100_000, "1: .* nested too deeply"),
        (b"a: &a [price]\nb: [*a, *a]\n", "2: .* refers to an anchor"),
        (b"", "1: is empty"),
        (b"cost: {price: 3}\n", "cost"),
        (b"cost: 0\n", "cost"),
        (b"cost: [price\n", "is no plain YAML"),
        (b"\xff\xfe\x00", "is not saved as UTF-8"),
        (b"cost: !!python/object/apply:os.system [ls]\n", "a tag such as"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    file = tmp_path / "thesaurus.yaml"
    file.write_bytes(content)
    with pytest.raises(UnreadableError, match=what) as caught:
        read_thesaurus(file)
    assert [fault.path for fault in caught.value.faults] == [str(file)]


def test_a_phrase_is_text_whatever_yaml_takes_it_for(tmp_path: Path) -> None:
    file = tmp_path / "thesaurus.yaml"
    file.write_text("No: [true, 2017, 2024-02-30, yes]\n", "utf-8")
    for phrase in ("true", "2017", "2024-02-30", "yes"):
        assert read_thesaurus(file).concepts(stems(phrase)) == {"No"}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nowhere\.yaml:1: cannot be read"):
        read_thesaurus(tmp_path / "nowhere.yaml")


def test_the_knowledge_folder_may_bring_words_of_its_own(tmp_path: Path) -> None:
    shutil.copytree(KNOWLEDGE / "episode-02", tmp_path / "episode-02")
    (tmp_path / "thesaurus.yaml").write_text("flummox: [flummox, data residency]\n", "utf-8")
    topic = ready(load(tmp_path), tmp_path).topic("how do we handle the flummox?")
    assert topic
    assert any("data residency" in one.text for one in topic.ranked)


def test_an_empty_file_is_as_good_as_none(tmp_path: Path) -> None:
    file = tmp_path / "thesaurus.yaml"
    file.write_text("# nothing yet\n", "utf-8")
    assert list(read_thesaurus(file).find(["cost"])) == []


def test_a_fault_in_a_thesaurus_of_the_knowledge_folder_is_told_by_its_line(tmp_path: Path) -> None:
    assert faults(tmp_path) == []
    (tmp_path / "thesaurus.yaml").write_text("cost: [price]\nspeed: [fast\n", "utf-8")
    [fault] = faults(tmp_path)
    assert fault.path.endswith("thesaurus.yaml")
    assert fault.line > 1
