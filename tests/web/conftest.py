from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from slack_sdk import WebClient

from bot.answers import Answerer, ready
from bot.episodes import load
from bot.slack import ManyWorkspaces, Services, build_app
from bot.storage import Cipher, Store
from bot.web import AppCredentials, Readiness, Site, build_site, installing
from bot.web.metrics import Metrics
from tests.web.granting_slack import PUBLIC_URL, GrantingSlack

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
KEY = "p2rSNQMVqPQIc9pvjYlMOmRLh3h5FhgWuKxJ0DqIuTg="
METRICS_TOKEN = "read-the-metrics"


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    return ready(load(KNOWLEDGE), KNOWLEDGE)


@pytest.fixture
def slack() -> Iterator[GrantingSlack]:
    with GrantingSlack() as fake:
        yield fake


@pytest.fixture
def sealed(store: Store) -> Store:
    """The store, with tokens encrypted."""
    return Store.on(store.database, Cipher([KEY]))


@pytest.fixture
def metrics(sealed: Store) -> Metrics:
    return Metrics(sealed.posts.counts)


@pytest.fixture
def site(
    answerer: Answerer, slack: GrantingSlack, sealed: Store, metrics: Metrics
) -> Iterator[Flask]:
    """A site on which many workspaces install the app."""
    client = WebClient(base_url=slack.url)
    credentials = AppCredentials(slack.client_id, slack.client_secret, PUBLIC_URL)
    with ThreadPoolExecutor(1) as executor:
        yield build_site(
            Site(
                app=build_app(
                    Services.of(answerer, sealed, observer=metrics),
                    authorize=ManyWorkspaces(sealed.installations(slack.client_id)),
                    signing_secret=slack.signing_secret,
                    client=client,
                    executor=executor,
                ),
                signing_secret=slack.signing_secret,
                readiness=Readiness({"database": sealed.ping}),
                metrics=metrics,
                metrics_token=METRICS_TOKEN,
                installing=installing(credentials, sealed, client, retention_days=90),
            )
        )


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    return site.test_client()
