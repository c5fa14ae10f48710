"""What is read beside a question."""

from typing import NamedTuple


class Said(NamedTuple):
    """Some sentences, who says them, and the question that was asked before."""

    text: str
    speaker: str = ""
    asked: str = ""
