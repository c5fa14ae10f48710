"""What goes wrong while fetching, told with the address but without what may be a key in it."""

import re
from urllib.parse import quote

from bot.errors import BotError

_USER_INFO = re.compile(r"^([^/\\:]*:)?([/\\]*)[^/\\]*@")
_LONGEST = 300  # characters of an address in a message; chosen by hand


def shown(url: str) -> str:
    """Return an address for a message: without user info, query and fragment, in ASCII.

    Any of the three can hold a key. Works on what is no address, too.
    """
    bare = re.split(r"[?#]", url.strip(), maxsplit=1)[0]
    safe = quote(_USER_INFO.sub(r"\1\2", bare), safe="/%:@!$&'()*+,;=~[]", errors="replace")
    return safe if len(safe) <= _LONGEST else f"{safe[:_LONGEST]}…"


class FetchError(BotError):
    """A file that was not fetched; `what` goes on a sentence that begins with the address.

    `gone` says that it will never be there again (410), `wait` how many seconds its server wants to
    be left alone, and `refused` that the address is one that is never asked.
    """

    def __init__(
        self,
        url: str,
        what: str,
        *,
        gone: bool = False,
        wait: float | None = None,
        refused: bool = False,
    ) -> None:
        self.url_shown = shown(url)
        super().__init__(f"{self.url_shown} {what}")
        self.what, self.gone, self.wait, self.refused = what, gone, wait, refused

    def reached_from(self, url: str) -> "FetchError":
        """Return the same error as one of the address that was redirected here."""
        what = f"leads to {self.url_shown}, which {self.what}"
        return FetchError(url, what, gone=self.gone, wait=self.wait, refused=self.refused)


def refused(url: str, why: str) -> FetchError:
    """Return the error of an address that is never asked."""
    return FetchError(url, f"is refused: {why}", refused=True)
