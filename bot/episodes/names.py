"""What an episode is called where there is little room, such as on a button."""

from collections.abc import Iterable

from bot.episodes.library import Entry


def episode_name(entry: Entry, most: int, *, show: bool = False) -> str:
    """Return an episode's label in at most `most` characters, with its show before it if asked for.

    Where both are too long, the show gets what two fifths of the room hold: of several episodes of
    one number it tells them apart, and the label says what they are about.
    """
    label = " ".join(entry.label.split()) or entry.slug
    above = " ".join(entry.show.split()) if show else ""
    whole = f"{above}, {label}" if above else label
    if len(whole) <= most or not above:
        return cut(whole, most)
    above = cut(above, max(2 * most // 5, most - len(label) - 2))
    return f"{above}, {cut(label, most - len(above) - 2)}"


def has_shows(entries: Iterable[Entry]) -> bool:
    """Return whether episodes are of several shows, so that each has to be named with its own."""
    return len({one.show for one in entries}) > 1


def cut(words: str, most: int) -> str:
    """Return words, or as many whole ones as fit before an ellipsis."""
    if len(words) <= most:
        return words
    head = words[: most - 1]
    return (head.rpartition(" ")[0].rstrip(" ,;:·–-") or head) + "…"
