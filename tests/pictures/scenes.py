"""The scenes that pictures are made of: what the bot itself sends, as JSON on standard output."""

import json
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from slack_bolt import BoltResponse
from slack_sdk import WebClient

from bot.announcing import Told
from bot.answers import Answer, Answerer, ready
from bot.episodes import Library, load
from bot.episodes.timeline import Timeline
from bot.links import NO_LINKS, Links
from bot.posting import Mark
from bot.slack import Policy, Services, build_app, manifest, one_workspace
from bot.slack.announcing.posts import ChannelNews
from bot.slack.answer.buttons import MORE, SHARE
from bot.slack.daily.posts import ChannelPosts
from bot.slack.listening.message import unasked_message
from bot.slack.quiz.form import sheet_of
from bot.slack.quiz.views import first_view
from bot.storage import Handover, Store
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace
from tests.pictures.pages import Answerers, pages
from tests.storage.samples import a_news_channel, a_subscription

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
HUMANS = "C0EXPERTS"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # of every picture: Home's questions change daily
NAMES = {CHANNEL: "general", HUMANS: "ask-the-experts", USER: "Alexa"}

TOPICS = (
    "Hiring", "Budgets", "Security", "Roadmaps", "Mentoring", "On-Call", "Hardware", "Design",
    "Remote Work", "Open Source", "Migrations", "Reviews",
)  # fmt: skip

PAGES = Links("https://podcast.example.com", "public")
RECORDING = "https://podcast.example.com/2.mp3"
MINUTES = 45  # that the episode says it lasts

Act = Callable[[Workspace, Answerer], BoltResponse | None]


class Scene(NamedTuple):
    """Something that people do or that happens; the picture shows what the bot answers last.

    `typed` stands above a message, as what it answers. On a `phone` a message alone is shown. With
    `company`, older episodes are loaded beside the one there is. If it is `linked`, there are pages
    and a recording. Where it is `answered`, a person has answered `COST` for others too.
    """

    act: Act
    typed: str = ""
    phone: bool = False
    company: bool = False
    linked: bool = False
    answered: bool = False


def typing(words: str) -> Scene:
    """Somebody types `/llm …` or `@llm …`."""

    def act(people: Workspace, _answerer: Answerer) -> BoltResponse:
        command, _, rest = words.partition(" ")
        return people.command(rest) if command == "/llm" else people.mention(words)

    return Scene(act, words)


def on_phone(scene: Scene) -> Scene:
    """Return a scene as wide as a phone, without what was typed."""
    return scene._replace(typed="", phone=True)


def press(people: Workspace, action: str) -> None:
    """Somebody presses a button below the last message."""
    [call] = [one for one in people.slack.calls if one.body.get("blocks")]
    rows = [block for block in call.body["blocks"] if block["type"] == "actions"]
    [button] = [one for row in rows for one in row["elements"] if one["action_id"] == action]
    people.press(button)


def press_more(people: Workspace, _answerer: Answerer) -> None:
    """The other quotes of an answer are asked for."""
    people.command("how does the model learn the embeddings?")
    people.settle()
    press(people, MORE)


def press_share(people: Workspace, _answerer: Answerer) -> None:
    """An answer is to be shared."""
    people.command("define RAG")
    people.settle()
    press(people, SHARE)


def post_daily(people: Workspace, answerer: Answerer) -> None:
    """The daily takeaway is due."""
    client = WebClient(people.slack.token, base_url=people.slack.url)
    posts = ChannelPosts(
        lambda _subscription: client, lambda: answerer.highlights, quiz=lambda: True
    )
    posts.keys()
    mark = Mark("s1", NOW.date())
    daily = a_subscription(id="s1", channel_id=CHANNEL, made_by=USER)
    posts.post(daily, "episode-02/takeaway/4", mark)


def post_new_episode(people: Workspace, answerer: Answerer) -> None:
    """An episode is out, and read."""
    client = WebClient(people.slack.token, base_url=people.slack.url)
    news = ChannelNews(lambda _channel: client, answerer, PAGES)
    channel = a_news_channel(id="n1", channel_id=CHANNEL, made_by=USER)
    news.post(channel, Told(("episode-02",)).item, Mark("n1", 1))


def post_unasked(people: Workspace, answerer: Answerer) -> None:
    """Nobody replied to a question in a channel that is listened in."""
    answer = answerer.ask(UNASKED)
    if not isinstance(answer, Answer):
        raise TypeError(f"nothing answers {UNASKED}")
    client = WebClient(people.slack.token, base_url=people.slack.url)
    client.chat_postMessage(channel=CHANNEL, **unasked_message(answer, "l1"))


def keep_answer(store: Store) -> None:
    """A person has answered a question, and lets others be shown that."""
    handover = Handover("h1", FakeSlack.team_id, COST, USER, NOW)
    store.handovers.add(handover)
    if kept := store.handovers.answer(handover, "19 dollars a month, from Finance.", USER, NOW):
        store.kept_answers.add(kept)


def open_home(people: Workspace, _answerer: Answerer) -> None:
    """An admin opens the Home tab, after some days of questions."""
    people.slack.people[USER] = {"is_admin": True}
    for words in ASKED:
        people.command(words)
    people.event("app_home_opened", tab="home", user=USER, channel=DIRECT)


def open_quiz(people: Workspace, answerer: Answerer) -> None:
    """A quiz is taken, the same one in every picture."""
    view = first_view(sheet_of(answerer), "picture")
    client = WebClient(people.slack.token, base_url=people.slack.url)
    client.views_open(trigger_id="1.2", view=view or {})


UNASKED = "What is RAG?"
COST = "what does a Copilot seat cost?"
ASKED = (
    "define RAG",
    "why do models hallucinate?",
    COST,
    "how much does a copilot seat cost?",
    "who won the world cup?",
)
SCENES: Mapping[str, Scene] = {
    "definition": (define := typing("/llm define RAG")),
    "definition-phone": on_phone(define),
    "question": (ask := typing("@llm how does the model learn the embeddings?")),
    "question-phone": on_phone(ask),
    "linked": ask._replace(linked=True),
    "more": Scene(press_more),
    "no-answer": (decline := typing(f"@llm {COST}")),
    "no-answer-phone": on_phone(decline),
    "kept-answer": decline._replace(answered=True),
    "unknown-term": typing("/llm define quantum tunneling"),
    "takeaways": typing("/llm takeaways"),
    "takeaway": typing("/llm takeaway 4"),
    "segments": typing("/llm segments"),
    "help": typing("/llm help"),
    "episodes": (listed := typing("/llm episodes")._replace(company=True)),
    "episodes-phone": on_phone(listed),
    "share": Scene(press_share),
    "daily": Scene(post_daily),
    "daily-settings": typing("/llm daily"),
    "new-episode": (card := Scene(post_new_episode, linked=True)),
    "new-episode-phone": on_phone(card),
    "new-episode-settings": typing("/llm new"),
    "unasked": Scene(post_unasked, UNASKED),
    "home": Scene(open_home),
    "quiz": Scene(open_quiz),
}


def in_company(library: Library) -> Library:
    """The episode of a library as the newest of thirteen, of which the others have names alone."""
    [newest] = library.episodes
    older = [
        replace(
            newest,
            slug=f"guests-{number:02}",
            number=None,
            title=f"{topic}: A Conversation",
            date=f"2026-{number:02}-15",
            takeaways=(),
            terms=(),
            turns=(),
        )
        for number, topic in enumerate(TOPICS, 1)
    ]
    return Library([*older, newest])


def recorded(library: Library) -> Library:
    """The episode of a library with a recording, said at one pace from beginning to end."""
    [newest] = library.episodes
    pace = MINUTES * 60_000 / len(newest.text)
    rows = (
        row._replace(since=int(row.start * pace), until=int(row.end * pace))
        for row in newest.timeline
    )
    timeline = Timeline.of(rows)
    return Library([replace(newest, timeline=timeline, audio=RECORDING, date="2026-11-23")])


def play(scene: Scene, answerer: Answerer) -> dict[str, Any]:
    """What the bot shows in a scene: the body of a message, or a view."""
    with (
        closing(Store.open()) as store,
        FakeSlack() as slack,
        ThreadPoolExecutor(max_workers=1) as executor,
    ):
        client = WebClient(base_url=slack.url)
        app = build_app(
            Services.of(
                answerer,
                store,
                Policy(human_channel=HUMANS),
                clock=lambda: NOW,
                links=PAGES if scene.linked else NO_LINKS,
            ),
            authorize=one_workspace(client, slack.token),
            signing_secret=slack.signing_secret,
            client=client,
            executor=executor,
        )
        if scene.answered:
            keep_answer(store)
        people = Workspace(app, slack, executor, "http")
        response = scene.act(people, answerer)
        people.settle()
        return {"typed": scene.typed, "phone": scene.phone, **_shown(response, slack)}


def _shown(response: BoltResponse | None, slack: FakeSlack) -> dict[str, Any]:
    """The view that a form turns into, else what was last sent to Slack."""
    if response and "view" in (response.body or ""):
        return {"view": json.loads(response.body)["view"]}
    sent = [call for call in slack.calls if {"blocks", "view"} & call.body.keys()]
    if slack.refused or not sent:
        raise RuntimeError(f"nothing to show, or Slack refused it: {slack.refused}")
    last = sent[-1]
    if "view" in last.body:
        return {"view": last.body["view"]}
    private = last.method == "response_url" and last.body.get("response_type") != "in_channel"
    return {"blocks": last.body["blocks"], "private": private}


def scenes() -> dict[str, Any]:
    """Every scene and page by its name, and how the app and those it speaks of are called."""
    described = yaml.safe_load(manifest())
    app = {
        "name": described["display_information"]["name"],
        "bot": described["features"]["bot_user"]["display_name"],
    }
    alone = load(KNOWLEDGE)
    answerers = {
        (False, False): ready(alone, KNOWLEDGE),
        (True, False): ready(in_company(alone), KNOWLEDGE),
        (False, True): ready(recorded(alone), KNOWLEDGE),
    }
    played = {
        name: play(scene, answerers[scene.company, scene.linked]) for name, scene in SCENES.items()
    }
    served = pages(Answerers(answerers[False, False], answerers[False, True]), NOW)
    return {"app": app, "names": NAMES, "scenes": played, "pages": served}


if __name__ == "__main__":
    json.dump(scenes(), sys.stdout, indent=1)
