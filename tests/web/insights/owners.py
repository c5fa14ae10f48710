"""What tests of the owners' page keep, and how they look at it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from bot.storage import Passage, Question
from tests.storage.samples import NOW, a_question

ROOT = "https://bot.example.com"
HOSTILE = (
    "<script>alert(1)</script> <!channel> \u202eevil & \"quoted\" 'too' </title></svg><b onload=x>"
)
SLUG = "episode-02"
SEGMENT = "SEGMENT 3: HOW TO ACTUALLY BUILD WITH LLMs"
QUOTED = Passage(SLUG, SEGMENT, 10_300, 10_340)
OLDER = Passage("talks/older", "INTRO", 300, 320)


@dataclass(slots=True)
class Watch:
    """A clock that a test puts forward."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Page:
    """What was answered, and the page as a tree."""

    response: TestResponse
    tree: Any

    @property
    def words(self) -> str:
        """All that is written on it, white space folded."""
        [body] = self.tree.xpath("//main")
        return folded(body)

    @property
    def captions(self) -> list[str]:
        return [folded(one) for one in self.tree.iter("caption")]

    def rows(self, caption: str) -> list[list[str]]:
        """The cells of the rows of a table, each as its words."""
        [table] = (one for one in self.tree.iter("table") if caption in folded(one[0]))
        return [[folded(cell) for cell in row] for row in table.find("tbody")]


Look = Callable[..., Page]


def folded(element: Any) -> str:
    """The words of an element without those of its drawings, white space folded."""
    said = element.xpath(".//text()[not(ancestor::*[local-name()='svg'])]")
    return " ".join("".join(said).split())


def answered(number: int, *passages: Passage, **fields: Any) -> Question:
    given = {"id": f"a{number}", "passages": passages or (QUOTED,), **fields}
    return a_question(**given)


def declined(number: int, words: str = "What does it cost?", **fields: Any) -> Question:
    given: dict[str, Any] = {
        "id": f"d{number}",
        "answered": False,
        "passages": (),
        "kind": "unknown",
        "reason": "below_threshold",
        "asked_at": NOW,
    }
    return a_question(words, **given | fields)


def texts(element: Any, path: str) -> list[str]:
    """The words of what a path leads to, those of drawings too."""
    return [" ".join(one.text_content().split()) for one in element.xpath(path)]
