"""What a Markdown file says of itself between two lines of dashes."""

import pytest

from bot.episodes.formats.model import Said
from bot.episodes.formats.prose.front_matter import front_matter


def said(*entries: str) -> Said:
    return front_matter("\n".join(["---", *entries, "---", "Words."]), "a.md").said


def test_it_says_what_the_episode_is() -> None:
    found = said(
        "title: Of lamps",
        "podcast: Lighthouse Radio",
        "episode: 12",
        "date: '2024-03-05'",
        "tags: [lamps, oil]",
        "language: en_GB",
        "hosts:",
        "  - Ada Park",
        "  - name: Ben Reed",
        "guests: Cy Vale and Di Moss, Ada Park",
        "transcript_by: Ed Lane",
    )
    assert found == Said(
        title="Of lamps",
        show="Lighthouse Radio",
        number=12,
        date="2024-03-05",
        people=("Ada Park", "Ben Reed", "Cy Vale", "Di Moss"),
        language="en-GB",
    )


@pytest.mark.parametrize(
    "entry",
    [
        "date: 5 March",
        "date: 2024-02-30",
        "episode: twelve",
        "language: '?'",
        "title: ''",
        "hosts:",
    ],
)
def test_what_is_not_written_as_it_should_be_is_not_said(entry: str) -> None:
    assert said("tags: [a]", entry) == Said()


def test_a_day_may_have_a_time() -> None:
    assert said("date: 2024-03-05T10:00:00Z").date == "2024-03-05"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_rest_begins_below_it(newline: str, mark: str) -> None:
    text = mark + newline.join(["---", "title: Lamps", "---", "Words."])
    found = front_matter(text, "a.md")
    assert text[found.end :] == "Words."
    assert found.said.title == "Lamps"


@pytest.mark.parametrize(
    "text",
    ["Words.", "---\nWords.", "--- \n", "", "---\nAda: Hi.\n\nBen: Hello.\n---\nAda: Well."],
)
def test_other_files_have_none(text: str) -> None:
    assert front_matter(text, "a.md").end == 0


def test_what_is_no_yaml_is_named_with_its_line() -> None:
    text = "---\ntitle: Lamps\nhosts: [Ada Park\n---\nWords."
    found = front_matter(text, "a.md")
    assert text[found.end :] == "Words."
    (warning,) = found.warnings
    assert str(warning).startswith("a.md:4: front matter is no plain YAML: ")
    assert found.said == Said()


def test_a_key_that_stands_twice_is_named() -> None:
    found = front_matter("---\ntitle: a\ntitle: b\n---\n", "a.md")
    what = "title stands twice in the front matter; the last one counts"
    assert [str(warning) for warning in found.warnings] == [f"a.md:3: {what}"]
