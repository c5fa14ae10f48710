"""Draws pages from the newest edition of the library, for whoever may read them."""

import re
from http import HTTPStatus

from flask import Response, render_template, request

from bot.answers import Answerer
from bot.episodes import Episode, Library
from bot.episodes.names import has_shows
from bot.links import Links, PlaceError, read_place
from bot.web.pages import refusal, wording
from bot.web.pages.listing import glossary, leaf
from bot.web.pages.marking import Found, find
from bot.web.pages.reading import reading
from bot.web.pages.refusal import RefusedError
from bot.web.pages.searching import Searching
from bot.web.pages.sending import page, passing

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)


class Drawing:
    """Draws what `answerer` holds at each request; it changes while it runs."""

    def __init__(self, answerer: Answerer, links: Links) -> None:
        self._answerer, self._links = answerer, links
        self._inside = Links("", "public")  # the same addresses, within the site
        self._searching = Searching(answerer, self._inside)

    def episode(self, slug: str) -> Response:
        """Return the page of an episode, the quote of its address marked."""
        self._links.check_episode(slug, request.args.get("s", ""))
        library = self._answerer.library
        at = library.place(slug)
        if at is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, refusal.NO_EPISODE)
        episode, entry = library.episodes[at], library.entries[at]
        found = _found(episode)
        return self._drawn(
            "episode.html",
            library,
            episode=episode,
            page=reading(episode, self._answerer.headings(slug), found.span if found else None),
            found=found,
            told=wording.facts(entry, show=True, number=not episode.titles),  # those print it
            language=_language(episode),
        )

    def library(self) -> Response:
        """Return a page of all episodes, the newest first."""
        self._check_public()
        library = self._answerer.library
        shown = leaf(library.entries[::-1], _page_number())
        if shown is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, refusal.NO_PAGE)
        several = has_shows(library.entries)
        rows = [
            (entry, self._inside.episode(entry.slug), wording.facts(entry, show=several))
            for entry in shown.items
        ]
        return self._drawn("library.html", library, leaf=shown, rows=rows)

    def search(self) -> Response:
        """Return what `ask` shows of a question."""
        self._check_public()
        asked = request.args.get("q", "").strip()
        found = self._searching.search(asked)
        library = self._answerer.library
        return self._drawn("search.html", library, kept=False, asked=asked, **found._asdict())

    def glossary(self) -> Response:
        """Return a page of the terms of all reference sheets."""
        self._check_public()
        library = self._answerer.library
        shown = leaf(glossary(library), _page_number())
        if shown is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, refusal.NO_PAGE)
        rows = [
            (
                one.term,
                [
                    (told.words, told.episode.label, self._inside.quote(*told.place))
                    for told in one.meanings
                ],
            )
            for one in shown.items
        ]
        return self._drawn("glossary.html", library, leaf=shown, rows=rows)

    def _check_public(self) -> None:
        if not self._links.are_public:
            raise RefusedError(HTTPStatus.FORBIDDEN, refusal.NOT_SIGNED)

    def _drawn(
        self, template: str, library: Library, *, kept: bool = True, **shown: object
    ) -> Response:
        """Return a page; one that is not to be `kept` is what somebody asked."""
        public = self._links.are_public
        words = render_template(
            template,
            indexed=public,
            site=wording.site_name(library.entries),
            has_terms=any(entry.terms for entry in library.entries),
            **shown,
        )
        return page(words, request, public=public) if kept else passing(words, request)


def refused(error: RefusedError) -> Response:
    """Return a page that says why there is nothing else."""
    words = render_template("refused.html", told=error.told)
    response = passing(words, request, error.status)
    if error.wait:
        response.headers["Retry-After"] = str(error.wait)
    return response


def _found(episode: Episode) -> Found | None:
    """Return where the quote of the address stands; None if it names none.

    Raises:
        RefusedError: what it names is no place in the text.
    """
    try:
        place = read_place(request.args)
    except PlaceError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, refusal.NO_PLACE) from error
    found = find(episode, place) if place else None
    if place and found is None:
        raise RefusedError(HTTPStatus.BAD_REQUEST, refusal.NO_PLACE)
    return found


def _page_number() -> int:
    told = request.args.get("page", "1")
    if not _NUMBER.fullmatch(told):
        raise RefusedError(HTTPStatus.BAD_REQUEST, refusal.NO_PAGE)
    return int(told)


def _language(episode: Episode) -> str | None:
    """Return the tag of an episode's language, if it is one."""
    told = episode.language or ""
    return told if _LANGUAGE.fullmatch(told) else None
