"""What a person does with feeds: follow one, end that, or take one in just once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.errors import BotError
from bot.feeds.fetching import shown
from bot.feeds.look.getting import address_shown, called, get_first
from bot.feeds.look.holding import Hold, LostError, holding
from bot.feeds.look.look import look
from bot.feeds.means import Forgetful, Means, Wanted
from bot.feeds.run.report import Report, printable, summary
from bot.feeds.run.run import delete_all, run
from bot.storage import FollowedFeed
from bot.storage.feeds.feeds import Feeds

Say = Callable[[str], None]

_LOOKS = 30  # at a claim that is another's while its lease lasts; chosen by hand


def address_of(given: str) -> str:
    """Return the address of a feed that a person names: a URL, or the whole path of a file.

    Raises:
        BotError: it is neither.
    """
    given = given.strip()
    if "://" in given:
        return given
    path = Path(given)
    if not path.is_file():
        what = "is no file" if path.exists() else "is neither a file nor an address"
        raise BotError(f"{given} {what}; the address of a feed begins with https://")
    return str(path.resolve())


def follow(
    feeds: Feeds, address: str, wanted: Wanted, means: Means, every: timedelta, say: Say
) -> bool:
    """Follow a feed from now on, look at it, and say what came of that; whether anything is there.

    What is not given of `wanted` is as it was, where it is followed already. What failed is tried
    again. False where transcripts failed and none of the podcast's lies in the folder.

    Raises:
        BotError: there is no feed, or something went wrong with it. StoreError: the database fails.
    """
    feed, first = feeds.at(address), None
    if feed is None:
        address, got, parsed = get_first(address, means.fetcher)
        feed, first = feeds.at(address), (got, parsed)
    title = first[1].title if first else feed.title if feed else ""
    newest = wanted.newest or (feed.newest if feed else None)
    language = wanted.language or (feed.language if feed else None)
    feeds.follow(address, title, newest=newest, language=language, now=means.clock())
    with _held(feeds, address, means, say) as hold:
        looked = look(hold, means, every, got=first, delete=wanted.deleted, again=True)
    if looked.failed:
        raise looked.failed
    if looked.report is None:
        say(printable(f"{called(title, address)}: nothing has changed"))
        return True
    return _say(looked.report, address, means, say)


def ingest(address: str, wanted: Wanted, means: Means, say: Say) -> bool:
    """Take a feed in once; what lies in the folder is not asked for again.

    False where transcripts failed and none of the podcast's lies in the folder.

    Raises:
        BotError: there is no feed, or nothing can be kept of it.
    """
    address, _, feed = get_first(address, means.fetcher)
    return _say(run(feed, wanted, Forgetful(), means), address, means, say)


def unfollow(feeds: Feeds, given: str, means: Means, say: Say, *, deleted: bool) -> None:
    """Follow a feed no more; `deleted`: what was fetched of it goes too.

    Raises:
        BotError: it is not followed.
    """
    feed = named(feeds, given)
    with _held(feeds, feed.address, means, say) as hold:
        kept = [row for row in hold.items().values() if row.slug]
        stay = delete_all(kept, means.folder) if deleted else {}
        feeds.unfollow(feed.address)
    left = len(stay) if deleted else len(kept)
    name = printable(called(feed.title, feed.address))
    say(f"{name} is followed no more; {left} of its {len(kept)} transcripts stay.")
    for error in stay.values():
        say(f"  {error}")


def named(feeds: Feeds, given: str) -> FollowedFeed:
    """Return the followed feed that a person names: by its address, as it is shown too, or title.

    Raises:
        BotError: there is none, or there are several.
    """
    path = Path(given)
    if feed := feeds.at(given.strip()) or (path.exists() and feeds.at(str(path.resolve()))):
        return feed
    given = given.strip()
    alike = [
        one
        for one in feeds.all()
        if given == address_shown(one.address)
        or given.casefold() == called(one.title, one.address).casefold()
    ]
    if len(alike) == 1:
        return alike[0]
    what = "names several that are followed" if alike else "is not followed"
    name = shown(given) if "://" in given else given
    raise BotError(f"{name} {what}; `python -m bot follow` lists those that are")


@contextmanager
def _held(feeds: Feeds, address: str, means: Means, say: Say) -> Iterator[Hold]:
    """Yield the claim on a feed, once no other process has it.

    Raises:
        BotError: there was no patience for that, or it is followed no more.
    """
    waiting = False
    while feed := feeds.at(address):
        with holding(feeds, feed, means.lease, means.clock) as hold:
            if hold:
                yield hold
                return
        if not waiting:
            say("Another process is looking at it; this one waits for that to end.")
        waiting = True
        if not means.patience.wait(means.lease.total_seconds() / _LOOKS):
            raise BotError("Stopped while another process was looking at it.")
    raise LostError("It is followed no more.")


def _say(report: Report, address: str, means: Means, say: Say) -> bool:
    """Say what came of a run, and what is to be done where it was not finished.

    False where transcripts failed and none lies in the folder.
    """
    for line in summary(replace(report, title=called(report.title, address))):
        say(line)
    if report.wait:
        until = means.clock() + timedelta(seconds=report.wait)
        say(f"A server asks to be left alone until {until:%H:%M} UTC; run this again after that.")
    elif report.put_off:
        say("Stopped; what was fetched is kept, and the next run goes on from there.")
    return bool(report.kept) or not report.failed
