"""The YAML between two lines of dashes at the top of a Markdown file."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.episodes.formats.model import Said
from bot.errors import Fault
from bot.files.text import line_of

if TYPE_CHECKING:
    from bot.files.yaml_document import Document

# Characters. The largest of 16 real ones has 2,900; more is no front matter, but a file that
# begins and goes on with rules of dashes.
_LONGEST = 100_000

_OPENS = re.compile(r"\ufeff?---[ \t]*(?:\r\n?|\n)")
_CLOSES = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LIST = re.compile(r"\s*[,;&]\s*|\s+and\s+")

# The keys that publishers write, by what they say; the first that is there counts, of the people
# all do. `transcript_by` names nobody who speaks.
_KEYS = {
    "title": ("title", "episode_title"),
    "show": ("show", "podcast", "podcast_title", "series"),
    "number": ("episode", "number", "episode_number"),
    "date": ("date", "published", "pubdate", "published_at"),
    "language": ("language", "lang", "locale"),
}
_PEOPLE = ("hosts", "host", "speakers", "speaker", "guests", "guest", "people", "participants")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What it says, and the offset of the file's text where the rest begins."""

    said: Said
    end: int
    warnings: tuple[Fault, ...] = ()


def front_matter(text: str, path: str) -> FrontMatter:
    """Read the front matter of a file; without one, the end is 0.

    What is no plain YAML is a warning with its line, and the rest of the file begins below it all
    the same. Lines of dashes around `Name: words` are none: some of the keys must be known ones.
    """
    opens = _OPENS.match(text)
    closes = _CLOSES.search(text, opens.end(), opens.end() + _LONGEST) if opens else None
    if opens is None or closes is None:
        return FrontMatter(Said(), 0)
    inner = unicodedata.normalize("NFC", text[opens.end() : closes.start()])
    document = _composed(inner, path)
    if isinstance(document, Fault):
        return FrontMatter(Said(), closes.end(), (document,))
    if inner.strip() and not _ours(document.content):
        return FrontMatter(Said(), 0)
    return FrontMatter(_said(document.content or {}), closes.end(), _doubled(document, path))


def _composed(text: str, path: str) -> "Document | Fault":
    """Return what is between the lines of dashes, or what is wrong there."""
    import yaml  # noqa: PLC0415 - only front matter needs it

    from bot.files.yaml_document import compose  # noqa: PLC0415 - it needs yaml

    line, what = 1, "it cannot be read"
    try:
        return compose(text)
    except yaml.reader.ReaderError as error:
        line = line_of(text, error.position)
        what = f"a character that has no place there, {error.reason}"
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else line
        what = " ".join((error.problem or what).split())
    except (yaml.YAMLError, UnicodeError):
        pass
    return Fault(path, line + 1, f"front matter is no plain YAML: {what}")


def _ours(content: Any) -> bool:
    """Whether these are entries about a file, and not turns between two rules."""
    if not isinstance(content, dict):
        return False
    keys = {key.casefold() for key in content}
    known = {name for names in (*_KEYS.values(), _PEOPLE) for name in names}
    return bool(keys & known) or all(key[:1].islower() for key in content)


def _doubled(document: "Document", path: str) -> tuple[Fault, ...]:
    """Return a warning for each key that stands twice."""
    return tuple(
        Fault(path, line + 1, f"{key} stands twice in the front matter; the last one counts")
        for line, key in document.doubled
    )


def _said(content: Mapping[str, Any]) -> Said:
    entries = {key.casefold(): value for key, value in content.items()}
    found = {name: _first(entries, keys) for name, keys in _KEYS.items()}
    number, language = found["number"] or "", found["language"] or ""
    people = (name for key in _PEOPLE for name in _names(entries.get(key)))
    return Said(
        title=found["title"],
        show=found["show"],
        # Nine digits: no show has more episodes, and int() is slow on thousands of them.
        number=int(number) if re.fullmatch(r"[0-9]{1,9}", number) else None,
        date=_date(found["date"] or ""),
        people=tuple(dict.fromkeys(people)),
        language=language.replace("_", "-") if _LANGUAGE.fullmatch(language) else None,
    )


def _first(entries: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    """Return the words of the first of some keys that has any, in one line."""
    texts = (entries.get(key) for key in keys)
    found = (" ".join(text.split()) for text in texts if isinstance(text, str))
    return next((words for words in found if words), None)


def _date(written: str) -> str | None:
    """Return a day as `YYYY-MM-DD`, None where it is none, or written otherwise."""
    found = _DAY.fullmatch(written)
    if found is None:
        return None
    try:
        return dt.date.fromisoformat(found[1]).isoformat()
    except ValueError:
        return None


def _names(value: Any) -> Iterator[str]:
    """Yield the names of a list, of `name:` entries in it, or of one line with commas."""
    if isinstance(value, str):
        yield from (name for name in map(str.strip, _LIST.split(value)) if name)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item.get("name") if isinstance(item, dict) else item)
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
