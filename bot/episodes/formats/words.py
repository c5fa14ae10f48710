"""What is said in a piece of a file: without tags, entities decoded, white space folded."""

import html
import re

# Formatting that captions know; anything else in angle brackets is somebody's words (`the <div>`).
_TAG = re.compile(
    r"</?(?:c|b|i|u|s|em|strong|font|span|ruby|rt|rp|lang|br)(?:[.\s/][^<>]{0,200})?>"
    r"|<\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?>"  # when a word is said: <00:00:01.000>
    r"|\{\\[^{}]{1,60}\}",  # where SubRip puts a line: {\an8}
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Only those with a semicolon: `AT&T`, `?a=1&copy=2` are words.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Characters that no text holds and no file can keep: controls, and halves of a character.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")


def untagged(line: str) -> str:
    """Return a line without the tags of captions; voices (`<v Name>`) stay."""
    if "<" in line:
        line = _BREAK.sub(" ", line)
    return _TAG.sub("", line) if "<" in line or "{" in line else line


def unescaped(words: str) -> str:
    """Return words with entities decoded."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), words) if "&" in words else words


def folded(words: str) -> str:
    """Return words with one blank between them and nothing that cannot be printed."""
    return " ".join(_UNPRINTABLE.sub("", words).split())


def clean(line: str) -> str:
    """Return what is said in a line that may hold tags and entities."""
    return folded(unescaped(untagged(line)))
