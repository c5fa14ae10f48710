"""What is wrong with a feed, told with its address but without what may be a key in it."""

from bot.errors import BotError
from bot.feeds.fetching import shown


class FeedError(BotError):
    """What was fetched as a feed and is none that can be read."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(f"{shown(url)} {what}")


class PageError(FeedError):
    """A web page where a feed should be; `alternate` is the feed that it names, if it does."""

    def __init__(self, url: str, alternate: str | None) -> None:
        super().__init__(url, "is a page, not a feed")
        self.alternate = alternate
