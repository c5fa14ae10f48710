"""Who sees the owners' page, and what of."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.episodes import Library, Span, load
from bot.links import INSIGHTS_SECONDS, LinkError, Links
from bot.storage import Asker, Passage, Store, new_id
from tests.fakes.hostile import hostile_texts
from tests.reports.talk import write_talk
from tests.storage.samples import ASKER, DAY, NOW, a_thumb
from tests.web.insights.owners import (
    HOSTILE,
    OLDER,
    QUOTED,
    ROOT,
    SLUG,
    Look,
    Page,
    Watch,
    answered,
    declined,
    texts,
)

OTHERS = Asker("T2", "U2")


class TestWhoMaySeeIt:
    @pytest.mark.parametrize(
        "changed",
        [
            {"s": ""},
            {"s": "forged"},
            {"s": "ahJXvw." + "a" * 43},
            {"s": "\ud800"},
            {"team": "T2"},
            {"user": "U2"},
            {"team": ""},
            {"team": "T1 U1", "user": ""},
        ],
    )
    def test_an_address_that_nobody_signed_opens_nothing(
        self, browser: FlaskClient, address: str, kept: Store, changed: dict[str, str]
    ) -> None:
        kept.questions.add(ASKER, declined(1, "a secret"))
        kept.questions.add(OTHERS, declined(2, "another secret"))
        query = dict(parse_qsl(urlsplit(address).query)) | changed
        told = urlencode(query, errors="surrogatepass")
        refused = browser.get(f"/insights?{told}")
        assert refused.status_code == 403
        said = refused.get_data(as_text=True)
        assert "opens with a button in Slack" in said
        assert "secret" not in said
        assert "no-store" in refused.headers["Cache-Control"]

    def test_without_a_query_it_says_where_it_is_found(self, browser: FlaskClient) -> None:
        assert browser.get("/insights").status_code == 403

    def test_it_ends_after_an_hour(self, look: Look, watch: Watch) -> None:
        watch.seconds += INSIGHTS_SECONDS
        assert look().response.status_code == 200
        watch.seconds += 1
        page = look()
        assert page.response.status_code == 403
        assert "This link has expired" in page.words

    def test_it_is_signed_also_where_everybody_may_read_the_episodes(self) -> None:
        public = Links(ROOT, "public", ["a key"])
        with pytest.raises(LinkError):
            public.check_insights("T1", "U1", "")

    def test_it_shows_nothing_of_another_workspace(self, look: Look, kept: Store) -> None:
        kept.questions.add(OTHERS, declined(1, "another secret"))
        kept.questions.add(OTHERS, answered(2))
        kept.questions.judge(OTHERS, a_thumb("a2", helpful=False))
        page = look()
        assert "Nothing was asked yet" in page.words
        assert "secret" not in page.words

    def test_it_names_nobody(self, look: Look, kept: Store) -> None:
        for number in range(3):
            kept.questions.add(ASKER, declined(number))
        kept.questions.judge(ASKER, a_thumb("a1", helpful=False, comment="my words"))
        with kept.database.reading() as connection:
            [known] = set(connection.execute(text("SELECT asker FROM questions")).scalars())
        whole = look().response.get_data(as_text=True)
        assert known not in whole
        assert "my words" not in whole
        assert ASKER.user_id not in look().words

    def test_one_admin_cannot_have_all_read_again_and_again(self, look: Look) -> None:
        statuses = [look().response.status_code for _ in range(31)]
        assert statuses == [200] * 30 + [429]


class TestWhateverIsAsked:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # nothing is kept in it
    @given(st.dictionaries(st.sampled_from(["team", "user", "s", "episode"]), hostile_texts()))
    def test_without_a_signature_it_is_refused(
        self, browser: FlaskClient, query: dict[str, str]
    ) -> None:
        told = urlencode(query, errors="surrogatepass")
        assert browser.get(f"/insights?{told}").status_code == 403

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(hostile_texts().filter(bool))
    def test_with_one_no_episode_of_such_a_name_is_found(
        self, browser: FlaskClient, links: Links, slug: str
    ) -> None:
        # Each as another admin, since one may ask thirty times a minute.
        address = links.insights("T1", new_id())
        assert address is not None
        told = urlencode({"episode": slug}, errors="surrogatepass")
        assert browser.get(f"{address.removeprefix(ROOT)}&{told}").status_code == 404


def test_nothing_that_draws_is_loaded_before_it_draws() -> None:
    script = "import sys, bot.web, bot.slack; sys.exit('svg' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)


class TestWhatIsSent:
    def test_it_is_kept_nowhere_and_loads_nothing(self, look: Look, kept: Store) -> None:
        kept.questions.add(ASKER, answered(1))
        headers = look().response.headers
        assert headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in headers
        assert "Set-Cookie" not in headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"

    def test_it_carries_no_script_no_style_of_an_element_and_no_address_elsewhere(
        self, look: Look, kept: Store
    ) -> None:
        fill(kept)
        page = look(f"&episode={SLUG}")
        assert page.tree.xpath("//script | //*[@style] | //iframe | //object") == []
        assert page.tree.xpath("//@*[starts-with(name(), 'on')]") == []
        leads = page.tree.xpath("//@href | //@src | //@action")
        assert {urlsplit(one).netloc for one in leads} <= {"", urlsplit(ROOT).netloc}

    def test_hostile_names_and_questions_are_words(self, look: Look, kept: Store) -> None:
        kept.questions.add(ASKER, declined(1, HOSTILE))
        kept.questions.add(ASKER, answered(2, Passage(OLDER.episode, HOSTILE, 0, 9)))
        kept.questions.add(ASKER, answered(3))
        page = look("&episode=talks/older")
        shown = HOSTILE.replace("\u202e", "")  # a question is shown without what turns it around
        assert [row[0] for row in page.rows("did not answer")] == [
            f"{shown} last on 24 November 2026"
        ]
        assert HOSTILE in [row[0] for row in page.rows("about each show")]
        assert page.tree.xpath("//script | //b") == []
        assert page.tree.xpath("count(//tbody//th) = count(//tbody//th//bdi)")

    def test_every_drawing_is_told_in_words_or_stands_beside_them(
        self, look: Look, kept: Store
    ) -> None:
        fill(kept)
        drawings = look().tree.xpath("//*[local-name()='svg']")
        told = [one for one in drawings if one.get("role") == "img"]
        assert len(told) == 2
        for drawing in told:
            title, desc = drawing.get("aria-labelledby").split()
            assert drawing.xpath(f"*[local-name()='title' and @id='{title}']")[0].text
            assert drawing.xpath(f"*[local-name()='desc' and @id='{desc}']")[0].text
        assert {one.get("aria-hidden") for one in drawings if one not in told} == {"true"}
        ids = look().tree.xpath("//@id")
        assert len(ids) == len(set(ids))


class TestWhatItShows:
    def test_an_empty_workspace_is_told_so(self, look: Look) -> None:
        page = look()
        assert page.response.status_code == 200
        assert "Nothing was asked yet" in page.words
        assert "No answer quoted it in these days" in page.words
        assert "Questions over time" not in page.words

    def test_what_was_asked_each_day(self, look: Look, kept: Store) -> None:
        fill(kept)
        page = look()
        assert texts(page.tree, "//ul[@class='figures']/li")[:3] == [
            "5 asked",
            "3 answered 60%",
            "2 declined 40%",
        ]
        assert page.rows("Questions a day") == [
            ["24 November 2026", "2", "2"],
            ["23 November 2026", "1", "0"],
        ]
        [desc] = texts(page.tree, "//*[@id='days-desc']")
        assert desc == "5 questions in 90 days, 2 of them declined. Most on 24 November: 4."

    def test_nothing_from_before_ninety_days_counts(self, look: Look, kept: Store) -> None:
        kept.questions.add(ASKER, answered(1, asked_at=NOW - 89 * DAY))
        kept.questions.add(
            ASKER, answered(2, asked_at=NOW - 90 * DAY - timedelta(hours=9, minutes=1))
        )
        assert look().rows("Questions a day") == [["27 August 2026", "1", "0"]]

    def test_what_was_asked_about_each_show_and_episode(self, look: Look, kept: Store) -> None:
        fill(kept)
        page = look()
        shows = page.rows("about each show")
        assert shows == [["Tech Leadership Unpacked", "3", "1"], [HOSTILE, "1", "0"]]
        episodes = page.rows("about each episode")
        assert [row[1:] for row in episodes] == [["3", "1"], ["1", "0"]]
        assert episodes[0][0].startswith("Episode 2: Large Language Models Deep Dive")
        assert "1 declined question named no episode" in page.words

    def test_an_episode_that_went_is_counted_and_leads_nowhere(
        self, look: Look, kept: Store
    ) -> None:
        kept.questions.add(ASKER, answered(1, Passage("gone", "S", 0, 9)))
        page = look()
        assert page.rows("about each episode") == [
            ["an episode that is not loaded any more", "1", "0"]
        ]

    def test_what_was_not_answered_and_why(self, look: Look, kept: Store) -> None:
        fill(kept)
        page = look()
        assert page.rows("did not answer") == [["What does it cost? last on 24 November 2026", "2"]]
        assert page.rows("Why not") == [["No passage was likely enough to answer", "2"]]

    def test_thumbs_by_place_with_their_reasons(self, look: Look, kept: Store) -> None:
        fill(kept)
        [row] = look().rows("Thumbs by the place")
        assert row[0].startswith("How to actually build with LLMs · Episode 2")
        assert row[0].endswith("1 × It quotes the wrong passage")
        assert row[1:] == ["1", "1"]

    def test_long_lists_are_cut_and_say_so(self, look: Look, kept: Store) -> None:
        subjects = "cost weather football cheese train moon piano rain tax boat wine glue".split()
        for number, subject in enumerate(subjects):
            kept.questions.add(ASKER, declined(number, f"why {subject} {number}" + " x" * 2_000))
        page = look()
        assert len(page.rows("did not answer")) == 10
        assert "… and 2 more" in page.words


class TestTheTimelineOfAnEpisode:
    def test_of_the_most_quoted_one_unless_another_is_chosen(self, look: Look, kept: Store) -> None:
        fill(kept)
        assert chosen(look()) == [SLUG]
        assert chosen(look("&episode=talks/older")) == ["talks/older"]

    def test_each_episode_leads_to_its_own_under_the_same_signature(
        self, look: Look, kept: Store, browser: FlaskClient
    ) -> None:
        fill(kept)
        [_, older] = look().tree.xpath("//section[@aria-labelledby='by-episode']//a/@href")
        opened = browser.get(older.partition("#")[0])
        assert opened.status_code == 200
        assert '<option value="talks/older" selected>' in opened.get_data(as_text=True)

    @pytest.mark.parametrize("slug", ["nothing", "../..", "%00", "%ED%A0%80", "x" * 2_000])
    def test_an_episode_that_is_not_loaded_is_not_found(self, look: Look, slug: str) -> None:
        page = look(f"&episode={slug}")
        assert page.response.status_code == 404
        assert "There is no such episode here" in page.words

    def test_its_parts_and_its_most_quoted_places_in_its_own_words(
        self, look: Look, kept: Store, two_shows: Library
    ) -> None:
        fill(kept)
        page = look()
        parts = page.rows("Answers that quote each part")
        assert [row[-1] for row in parts if "actually build" in row[1]] == ["3"]
        assert sum(int(row[-1]) for row in parts) == 3
        [place] = page.rows("Most quoted places")
        episode = two_shows.episodes[1]
        assert place == [episode.words(Span(QUOTED.start, QUOTED.end)), "3"]
        [desc] = texts(page.tree, "//*[@id='quoted-desc']")
        assert desc == "Quoted in 3 answers; the most quoted place in 3 answers."

    def test_a_place_leads_to_its_page(self, look: Look, kept: Store) -> None:
        kept.questions.add(ASKER, answered(1))
        [href] = look().tree.xpath("//section[@aria-labelledby='timeline']//table//a/@href")
        assert re.match(
            rf"{re.escape(ROOT)}/e/{SLUG}\?v=\w+&at={QUOTED.start}-{QUOTED.end}&s=", href
        )

    def test_the_colours_of_the_strip_follow_the_counts(self, look: Look, kept: Store) -> None:
        fill(kept)
        strip = look().tree.xpath("//*[local-name()='svg'][.//*[@id='quoted-title']]")[0]
        classes = strip.xpath("*[local-name()='rect']/@class")
        assert len(classes) == 120
        assert set(classes) == {"heat0", "heat5"}


class TestWhereTheTranscriptHasTimes:
    @pytest.fixture
    def library(self, tmp_path: Path) -> Library:
        write_talk(tmp_path)
        return load(tmp_path)

    def test_every_part_and_place_has_its_time(
        self, look: Look, kept: Store, library: Library
    ) -> None:
        start = library.episodes[0].text.index("Sentence 31.")
        kept.questions.add(ASKER, answered(1, Passage("talk", "Second Half", start, start + 12)))
        page = look()
        assert page.rows("Answers that quote each part") == [
            ["1", "0:00", "First Half", "0"],
            ["2", "30:00", "Second Half", "1"],
        ]
        assert page.rows("Most quoted places") == [["31:00", "Sentence 31.", "1"]]


class TestWithoutAnEpisode:
    @pytest.fixture
    def library(self) -> Library:
        return Library(())

    def test_it_shows_the_questions_alone(self, look: Look, kept: Store) -> None:
        kept.questions.add(ASKER, declined(1))
        page = look()
        assert page.response.status_code == 200
        assert "What is quoted" not in page.words


def test_without_the_database_it_says_so(look: Look, kept: Store) -> None:
    with kept.database.writing() as connection:
        connection.execute(text("DROP TABLE questions"))
    page = look()
    assert page.response.status_code == 503
    assert "Please try again in a few minutes" in page.words
    assert "DROP" not in page.words
    assert page.response.headers["Retry-After"] == "60"


def fill(kept: Store) -> None:
    """Three answers, two declined questions and two thumbs of the first workspace."""
    kept.questions.add(ASKER, answered(1))
    kept.questions.add(ASKER, answered(2, QUOTED, OLDER))
    kept.questions.add(ASKER, answered(3, asked_at=NOW - DAY))
    kept.questions.add(ASKER, declined(1, episode=SLUG))
    kept.questions.add(ASKER, declined(2))
    kept.questions.judge(ASKER, a_thumb("a1", passages=(QUOTED,)))
    bad = a_thumb("a2", helpful=False, reason="wrong_passage", passages=(QUOTED,))
    kept.questions.judge(ASKER, bad)


def chosen(page: Page) -> list[str]:
    """The episode that the timeline is of."""
    return [str(slug) for slug in page.tree.xpath("//option[@selected]/@value")]
