"""Who may speak, and the labels that open their turns."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable


class Speakers:
    """The hosts by their labels: a full name or, where only one host has it, a first name."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = tuple(map(_composed, names))
        first = Counter(_first(name) for name in self.names)
        labels = {_first(name): name for name in self.names if first[_first(name)] == 1}
        labels |= {name: name for name in self.names}
        self._hosts = {label.casefold(): name for label, name in labels.items()}
        self._stray = _stray(labels) if labels else None

    def named(self, label: str) -> str | None:
        """Return the host that a label names, whatever its case and its form in Unicode."""
        return self._hosts.get(_composed(label).strip().casefold())

    def stray_label(self, words: str) -> bool:
        """Whether words hold what was meant as a label: `SAM: …`, `**SAM** …`, `… **SAM:** …`."""
        return self._stray is not None and self._stray.match(_composed(words)) is not None


def _composed(words: str) -> str:
    """Compose accents with their letters (NFC): programs write a name in either form."""
    return unicodedata.normalize("NFC", words)


def _first(name: str) -> str:
    return name.partition(" ")[0]


def _stray(labels: Iterable[str]) -> re.Pattern[str]:
    written = "|".join(map(re.escape, labels))
    return re.compile(
        rf"(?i:\W*(?:{written})\W*:)"  # SAM: words
        rf"|\*\*(?:{written.upper()})\b(?!['’])"  # **SAM** words
        rf"|.*?(?i:\*\*(?:{written})\b(?!['’])[^*]*:)",  # words **SAM:** words
        re.DOTALL,
    )
