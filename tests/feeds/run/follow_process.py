"""Following a podcast of the loopback, in processes that can be ended: what `bot follow` does.

python -m tests.feeds.run.follow_process DATABASE_URL FOLDER FEED

For each line of the input, the name of a file, it follows once in a fork, so that nothing need be
loaded anew, and says there what came of that. It prints the fork's id, then how it ended.
"""

import os
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from bot.feeds.following import follow
from bot.feeds.means import MANY, Means, Wanted
from bot.feeds.patience import Patience
from bot.storage import NewEpisode, Store
from tests.feeds.listener import HOUR, fetcher

LEASE = timedelta(seconds=0.3)
BESIDE = 5  # every fifth run has other processes read, where it has many episodes to read


def follow_once(database: str, folder: Path, feed: str, said: Path, many: int) -> None:
    """Follow it once, with a lease that is soon over."""
    with closing(Store.open(database)) as store, said.open("w", encoding="utf-8") as file:

        def say(words: str) -> None:
            print(words, file=file)

        def announce(episode: NewEpisode) -> None:
            say(f"news: {episode.slug}")

        means = Means(
            folder=folder,
            fetcher=fetcher(),
            patience=Patience(Event()),
            clock=lambda: datetime.now(UTC),
            announce=announce,
            progress=lambda _done, _total, _title: None,
            lease=LEASE,
            many=many,
        )
        follow(store.feeds, feed, Wanted(), means, HOUR, say)


def main() -> None:
    """Follow as often as the input says."""
    database, folder, feed = sys.argv[1:]
    Store.open(database).close()  # loads what it needs
    for turn, line in enumerate(sys.stdin):
        fork = os.fork()
        if fork == 0:
            many = MANY if turn % BESIDE == 0 else sys.maxsize
            follow_once(database, Path(folder), feed, Path(line.strip()), many)
            return
        print(fork, flush=True)  # noqa: T201 - its output is read
        print(os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]), flush=True)  # noqa: T201 - so too


if __name__ == "__main__":
    main()
