"""What answers people: an engine, and a new one in its place when the episodes change."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock

from bot.answers.encoder.encoder import Encoder
from bot.answers.engine import Engine, History, no_history
from bot.answers.episode.highlights import Highlight
from bot.answers.language.thesaurus import HOUSE_WORDS, read_thesaurus
from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.pointing import Pointer
from bot.answers.question.languages import load_languages
from bot.answers.question.same import same_question
from bot.answers.quoting.transcript_page import Excerpt
from bot.answers.reader.reader import Reader
from bot.answers.retrieval.build import Builder
from bot.answers.retrieval.encodings import Encodings, encode_missing
from bot.answers.retrieval.retriever import Finder
from bot.answers.retrieval.topic import Topic
from bot.answers.retrieval.windows import Window
from bot.answers.retrieval.word_vectors import WordVectors
from bot.episodes import Entry, Episode, Library

ENCODER = Encoder()  # one for all of a process
# Episodes that a start waits for, two seconds each; where more are new to the encoder, it sees them
# beside the answers, which do without it until then.
AT_ONCE = 2


class Answerer:
    """Answers questions from the newest edition of a library.

    Each call is answered by one engine from beginning to end; `take` puts another in its place.
    """

    def __init__(
        self,
        library: Library,
        thesaurus: Sequence[Path] = (),
        reader: Reader | None = None,
        cache: Path | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        """Index a library, below `cache` if that is given.

        What is new to the encoder it sees at once, if that is at most `at_once` episodes. Files of
        `thesaurus` teach its house words to the search.
        """
        self._thesaurus, self._cache = thesaurus, cache
        self._reader = reader or Reader()
        self._vectors = WordVectors()
        self._taking, self._encoding = Lock(), Lock()
        self._engine = self._built(library)
        # Whether any is missing, the encoder says, and is loaded for it.
        if at_once and 0 < len(self._engine.finder.encodings.missing()) <= at_once:
            self.encode()

    def take(self, library: Library) -> None:
        """Answer from another library from now on; what is under way ends with the one before."""
        engine = self._built(library)
        with self._taking:
            self._engine = engine

    def _built(self, library: Library) -> Engine:
        words = read_thesaurus(*(path for path in self._thesaurus if path.exists()))
        collection = Builder(words, self._vectors, self._cache).collection(library)
        encodings = Encodings(collection, ENCODER, self._cache)
        return Engine(Finder(words, self._vectors, encodings, self._reader))

    def encode(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Have the encoder see what it has not seen yet, and answer with that from then on.

        It takes some two seconds an episode, and ends early once `stopped`, or once another library
        was taken. Of two threads, one does it.
        """
        if not self._encoding.acquire(blocking=False):
            return
        try:
            engine = self._engine
            old = engine.finder
            encode_missing(old.encodings, lambda: stopped() or engine is not self._engine)
            encodings = old.encodings.renewed()
            new = Engine(Finder(old.thesaurus, self._vectors, encodings, self._reader))
            with self._taking:
                if engine is self._engine:
                    self._engine = new
        finally:
            self._encoding.release()

    def ask(
        self,
        message: str,
        history: History = no_history,
        episode: str | None = None,
        show: str = "",
        pointer: Pointer | None = None,
    ) -> Answer | NoAnswer:
        """Answer a message; see `Engine.ask`."""
        return self._engine.ask(message, history, episode, show, pointer)

    def same_question(self, asked: str, known: Sequence[str]) -> int | None:
        """Return the place of the known question that means the same; see `same_question`."""
        return same_question(asked, known, ENCODER)

    def topic(
        self, message: str, history: History = no_history, episode: str | None = None
    ) -> Topic | None:
        """Return what the search finds for a question; None for one answered without it."""
        return self._engine.topic(message, history, episode)

    def quoted(self, window: Window) -> Quote:
        """Return a quote of what was found by `topic`."""
        return self._engine.quotes.of(window)

    def quote(self, episode: str, digest: str, start: int, end: int) -> Quote | None:
        """Return a quote again from its coordinates; None if the bot could not have made it."""
        return self._engine.quotes.again(episode, digest, start, end)

    def excerpt(self, quote: Quote, page: int = 0) -> Excerpt | None:
        """Return the turns around a quote, or those `page` pages on; None if there are none."""
        return self._engine.quotes.excerpt(quote, page)

    def headings(self, slug: str) -> Mapping[str, str]:
        """Return how an episode's segments are titled for display; see `Quotes.headings`."""
        return self._engine.quotes.headings(slug)

    def warm(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Load what first questions would wait for; first what takes most memory while it loads.

        It ends early once `stopped`.
        """
        load_languages()
        if not stopped():
            _ = self.fault

    @property
    def fault(self) -> str | None:
        """Return why reader or encoder cannot run here, or None; the first look loads them."""
        return "; ".join(filter(None, (self._reader.fault, ENCODER.fault))) or None

    @property
    def finder(self) -> Finder:
        """Return what searches the newest edition."""
        return self._engine.finder

    @property
    def library(self) -> Library:
        """Return the newest edition of the library."""
        return self._engine.library

    @property
    def episodes(self) -> Sequence[Episode]:
        """Return the episodes that are loaded, the newest last; each is read when looked at."""
        return self.library.episodes

    @property
    def entries(self) -> Sequence[Entry]:
        """Return what is known of the episodes without reading them, the newest last."""
        return self.library.entries

    @property
    def highlights(self) -> Sequence[Highlight]:
        """Return what is worth a post of its own; see `LibraryHighlights`."""
        return self._engine.highlights.all

    def gist(self, episode: str) -> Sequence[Quote]:
        """Return quotes that stand for an episode; see `LibraryHighlights.gist`."""
        return self._engine.highlights.gist(episode)


def ready(
    library: Library, knowledge: Path, cache: Path | None = None, at_once: int = AT_ONCE
) -> Answerer:
    """Return an answerer of a library, with the thesaurus of the knowledge folder if it has one."""
    return Answerer(library, [knowledge / HOUSE_WORDS], cache=cache, at_once=at_once)
