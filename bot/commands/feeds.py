"""The commands that take in podcasts: `follow`, `unfollow` and `ingest`."""

from typing import Annotated

import typer

from bot import bootstrap
from bot.bootstrap.environment import settings

app = typer.Typer()

Newest = Annotated[
    int | None, typer.Option("--newest", min=1, metavar="N", help="Only the newest N episodes.")
]
Language = Annotated[
    str | None, typer.Option(metavar="TAG", help="The language of the transcripts, such as en.")
]


@app.command()
def follow(
    podcast: Annotated[
        str | None, typer.Argument(metavar="URL|FILE", help="The address of a feed, or its file.")
    ] = None,
    newest: Newest = None,
    language: Language = None,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete episodes that the feed has withdrawn.")
    ] = False,
) -> None:
    """Follow a podcast: fetch its transcripts, now and as they come.

    Without an address it lists what is followed, and how it went.

    Example: python -m bot follow https://example.com/feed.xml --newest 10
    """
    if podcast is None:
        if newest is not None or language is not None or delete:
            raise typer.BadParameter("--newest, --language and --delete need a URL or FILE")
        bootstrap.followed(settings(), typer.echo)
        return
    from bot.feeds.means import Wanted

    wanted = Wanted(newest, language, deleted=delete)
    if not bootstrap.follow(settings(), podcast, wanted, typer.echo):
        raise typer.Exit(1)


@app.command()
def unfollow(
    podcast: Annotated[
        str, typer.Argument(metavar="URL|TITLE", help="Its address or title, as listed.")
    ],
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete what was fetched of it, too.")
    ] = False,
) -> None:
    """Follow a podcast no more; its transcripts stay.

    Example: python -m bot unfollow https://example.com/feed.xml
    """
    bootstrap.unfollow(settings(), podcast, typer.echo, delete=delete)


@app.command()
def ingest(
    podcast: Annotated[
        str, typer.Argument(metavar="URL|FILE", help="The address of a feed, or its file.")
    ],
    newest: Newest = None,
    language: Language = None,
) -> None:
    """Fetch a podcast's transcripts once, without following it.

    Example: python -m bot ingest https://example.com/feed.xml --newest 10
    """
    from bot.feeds.means import Wanted

    if not bootstrap.ingest(settings(), podcast, Wanted(newest, language), typer.echo):
        raise typer.Exit(1)
