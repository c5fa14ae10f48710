"""Where in a recording something is said: an address that begins to play there.

Media Fragments (https://www.w3.org/TR/media-frags/#naming-time): `#t=FROM,UNTIL`, in seconds.
"""

import re
from collections.abc import Iterator

# What `Address` of `episode.yaml` lets through; whatever else came here is led to by nobody.
_WEB = re.compile(r"https?://(?P<host>[^\s/?#:@\"'<>]+)[^\s\"'<>]*", re.IGNORECASE)
# Pages of videos begin by a parameter or a fragment of their own.
_BY_PARAMETER = re.compile(
    r"(?:(?:www|m|music)\.)?youtube\.com|youtu\.be|(?:(?:www|m)\.)?twitch\.tv", re.IGNORECASE
)
_BY_FRAGMENT = re.compile(r"(?:www\.)?vimeo\.com", re.IGNORECASE)
_BEGINS = frozenset({"t", "start", "time_continue"})


def listen(audio: str | None, since: float | None, until: float | None) -> str | None:
    """Return the address that plays from `since` until `until`, in seconds of the recording.

    Returns None where there is no recording, no time, or an address that is not http or https.
    """
    found = _WEB.fullmatch(audio or "")
    if audio is None or found is None or since is None or since < 0:
        return None
    address, _, _ = audio.partition("#")
    if _BY_FRAGMENT.fullmatch(found["host"]):
        return f"{address}#t={int(since)}s"
    if _BY_PARAMETER.fullmatch(found["host"]):
        return _from_parameter(address, f"t={int(since)}s")
    ends = f",{_seconds(until)}" if until is not None and until > since else ""
    return f"{address}#t={_seconds(since)}{ends}"


def clock(seconds: float) -> str:
    """Return a time as people write it, such as `12:34` or `1:02:03`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _from_parameter(address: str, begins: str) -> str:
    """Return an address that begins there and nowhere else."""
    page, _, query = address.partition("?")
    return f"{page}?{'&'.join((*_kept(query), begins))}"


def _kept(query: str) -> Iterator[str]:
    """Yield the parameters that do not say where to begin."""
    for one in query.split("&"):
        if one and one.partition("=")[0] not in _BEGINS:
            yield one


def _seconds(time: float) -> str:
    """Return seconds with as many decimals as they need, three at most."""
    return f"{time:.3f}".rstrip("0").rstrip(".")
