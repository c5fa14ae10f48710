"""Labels of a file that say who speaks without naming anybody: `SPEAKER_1`, `Host`."""

import re

from bot.episodes.formats import is_house_markdown
from bot.episodes.formats.names.labels import key, nobody, parsed

# Where labels stand: a voice of WebVTT, `speaker` in JSON, `cite` in HTML, the beginning of a line.
_MARKED = re.compile(
    r"<v(?:\.[^\s<>]*)?[ \t]+(?P<voice>[^<>\n]{1,60})>"
    r'|"speaker"\s*:\s*(?:"(?P<name>[^"\\\n]{1,60})"|(?P<number>\d{1,5}))'
    r"|<cite[^>]{0,60}>(?P<cite>[^<>\n]{1,60})</cite>"
)
_OPENS = re.compile(
    r"^[ \t>*_\[]*(?P<name>[^\W\d_][^\n:()\[\]*<>\d]{1,40}\d{0,3})[\]*_ \t]*"
    r"(?::|[(\[]?\d{1,2}:\d\d|[ \t]*$)",
    re.MULTILINE,
)
_LEAST_LINES = 2
# Nobody in particular: there is no one name behind these.
_VAGUE = re.compile(
    r"(?:unknown|unidentified|other|multiple)\b.*"
    r"|all|both|everyone|everybody|together|crowd|audience.*|speakers|voices?|hosts|guests"
)


def anonymous(text: str) -> list[str]:
    """Return the labels in the order of a file, each as it is written first."""
    if is_house_markdown(text):
        return []
    found = [next(filter(None, one.groups()), "") for one in _MARKED.finditer(text)]
    lines = [one["name"] for one in _OPENS.finditer(text)]
    counts: dict[str, int] = {}
    for line in lines:
        counts[key(line)] = counts.get(key(line), 0) + 1
    found += [line for line in lines if counts[key(line)] >= _LEAST_LINES]
    named = (parsed(label).name for label in found)
    labels: dict[str, str] = {}
    for name in named:
        if nobody(name) and "&" not in name and not _VAGUE.fullmatch(key(name)):
            labels.setdefault(key(name), name)
    return list(labels.values())
