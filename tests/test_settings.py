import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingError
from bot.settings import Settings

ROOT = Path(__file__).parents[1]


def wrong(**environ: str) -> SettingError:
    """What is said against the one key, once it is read or, for a credential, once it is needed."""
    with pytest.raises(SettingError) as caught:
        Settings.read(environ).secret(*environ)
    return caught.value


def test_nothing_has_to_be_set() -> None:
    settings = Settings.read({})
    assert settings.knowledge_dir == ROOT / "knowledge"
    assert settings.cache_dir == ROOT / ".cache"
    assert settings.slack_api_url == "https://slack.com/api/"


def test_every_key_is_read(tmp_path: Path) -> None:
    settings = Settings.read(
        {
            "SLACK_BOT_TOKEN": "xoxb-1-a",
            "SLACK_APP_TOKEN": "xapp-1-A-b",
            "SLACK_SIGNING_SECRET": "abc",
            "SLACK_API_URL": "http://127.0.0.1:1/api",
            "KNOWLEDGE_DIR": str(tmp_path),
            "CACHE_DIR": str(tmp_path / "made" / "later"),
            "LOG_LEVEL": "debug",
            "WORKERS": "3",
            "DATABASE_URL": "postgres://bot:secret@db.example.com/bot?sslmode=require",
            "TOKEN_KEYS": "new, old,",
            "DAILY_BY": "admins",
            "PUBLIC_URL": "https://bot.example.com/",
            "PORT": "8080",
            "PATH": "ignored",
        }
    )
    assert settings.secret("SLACK_BOT_TOKEN") == "xoxb-1-a"
    assert settings.secret("SLACK_APP_TOKEN") == "xapp-1-A-b"
    assert settings.secret("SLACK_SIGNING_SECRET") == "abc"
    assert settings.slack_api_url == "http://127.0.0.1:1/api/"
    assert settings.knowledge_dir == tmp_path
    assert settings.cache_dir == tmp_path / "made" / "later"
    assert (settings.log_level, settings.workers) == ("DEBUG", 3)
    assert settings.keys == ("new", "old")
    assert (settings.daily_by, settings.port) == ("admins", 8080)
    assert settings.secret("PUBLIC_URL") == "https://bot.example.com"
    assert settings.database_url == (
        "postgresql+psycopg://bot:secret@db.example.com/bot?sslmode=require"
    )


@pytest.mark.parametrize("value", ["", "  ", "\n"])
def test_an_empty_value_counts_as_none(value: str) -> None:
    assert Settings.read({"SLACK_BOT_TOKEN": value, "WORKERS": value}) == Settings.read({})


def test_white_space_around_a_value_does_no_harm() -> None:
    settings = Settings.read({"SLACK_BOT_TOKEN": " xoxb-1\r\n"})
    assert settings.secret("SLACK_BOT_TOKEN") == "xoxb-1"


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("SLACK_BOT_TOKEN", "OAuth & Permissions"),
        ("SLACK_APP_TOKEN", "connections:write"),
        ("SLACK_SIGNING_SECRET", "App Credentials"),
        ("SLACK_CLIENT_SECRET", "App Credentials"),
        ("TOKEN_KEYS", "newest first"),
        ("PUBLIC_URL", "https"),
    ],
)
def test_a_missing_credential_is_named_and_where_it_is_found(key: str, place: str) -> None:
    with pytest.raises(SettingError, match=place) as caught:
        Settings.read({}).secret(key)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1-A", "holds an app-level token"),
        ("SLACK_BOT_TOKEN", "xoxp-1", "holds a user token"),
        ("SLACK_APP_TOKEN", "xoxb-1", "holds a bot token"),
        ("SLACK_APP_TOKEN", "xoxe.xoxp-1", "configuring apps"),
        ("SLACK_BOT_TOKEN", "xoxe.xoxb-1-abc", "rotating bot token"),
        ("SLACK_APP_TOKEN", "xoxe.xoxb-1-abc", "rotating bot token"),
        ("SLACK_BOT_TOKEN", "xoxb-", "not a whole token"),
        ("SLACK_BOT_TOKEN", "xoxb-…", "not a whole token"),
        ("SLACK_BOT_TOKEN", "xoxb-1 2", "not a whole token"),
        ("SLACK_BOT_TOKEN", "secret", "not a whole token"),
        ("SLACK_BOT_TOKEN", '"xoxb-1"', "quotes around it"),
        ("SLACK_API_URL", "slack.com/api", "https://"),
        ("KNOWLEDGE_DIR", "no/such/folder", "no folder: no/such/folder"),
        ("CACHE_DIR", str(ROOT / "Makefile"), "Makefile. What is read is kept there"),
        ("LOG_LEVEL", "loud", "'DEBUG'"),
        ("WORKERS", "many", "should be a whole number from 1 to 100."),
        ("WORKERS", "0", "should be a whole number from 1 to 100."),
        ("DATABASE_URL", "mysql://db/bot", "sqlite:///"),
        ("DATABASE_URL", "bot.sqlite3", "postgresql://"),
        ("PUBLIC_URL", "http://bot.example.com", "https://"),
        ("PUBLIC_URL", "https://", "holds no host"),
        ("PUBLIC_URL", "https://[half", "holds no host"),
        ("PUBLIC_URL", "https://bot..example.com", "holds no host"),
        ("PUBLIC_URL", "https://bot .example.com", "holds white space"),
        ("PUBLIC_URL", "https://bot.example.com?x=1", "holds a ? or a #"),
        ("PUBLIC_URL", "https://bot.example.com/#x", "holds a ? or a #"),
        ("PUBLIC_URL", "https://u:p@bot.example.com", "holds a name or a password"),
        ("PUBLIC_URL", "https://bot.example.com:99999", "a port that is not from 1 to 65535"),
        ("PUBLIC_URL", "https://bot.example.com:0", "a port that is not from 1 to 65535"),
        ("PUBLIC_URL", "https://bot.example.com:web", "a port that is not from 1 to 65535"),
        ("DATABASE_URL", "postgresql://bot:hunter@2@db/bot", "%40"),
        ("PORT", "65536", "from 0 to 65535."),
        ("DAILY_BY", "everyone", "should be anyone or admins."),
        ("RETENTION_DAYS", "0", "from 1 to 3650."),
        ("TOKEN_KEYS", " , ", "holds no key"),
        ("METRICS_TOKEN", '"abc"', "quotes around it"),
        ("MCP_TOKEN", "short", "at least 16 letters, digits and signs of ASCII"),
        ("MCP_TOKEN", "long enough, with spaces", "without a space"),
        ("MCP_TOKEN", "mit-lauter-Ümläuten", "of ASCII"),
        ("MODEL_URL", "api.example.com/v1", "is no https address"),
        ("MODEL_URL", "https://[half", "is no address"),
        ("MODEL_URL", "http://api.example.com/v1", "is not encrypted, and leads out"),
        ("MODEL_URL", "https://api.example.com/v1?key=x", "a key belongs in MODEL_KEY"),
        ("MODEL_KEY", "sk one two", "holds something that no key holds"),
        ("MODEL_TIMEOUT", "0", "from 1 to 30."),
        ("MODEL_WHEN", "never", "should be unsure or always or off."),
        ("MODEL_BUDGET", "999", "from 1000 to"),
        ("RATE_LIMIT", "20", "20/minute"),
        ("RATE_LIMIT", "0/minute", "20/minute"),
        ("HUMAN_CHANNEL", "#help", "should be a channel's id, such as C0123456789"),
    ],
)
def test_a_wrong_value_is_named_and_what_is_wrong_with_it(key: str, value: str, what: str) -> None:
    error = wrong(**{key: value})
    assert error.key == key
    assert str(error).startswith(f"{key}: ")
    assert what in str(error)


@pytest.mark.parametrize(
    "url",
    [
        "https://bot.example.com:8443/app",
        "https://127.0.0.1:65535",
        "https://[::1]:1",
        "https://b/",
    ],
)
def test_a_public_url_may_have_a_port_and_a_path(url: str) -> None:
    assert Settings.read({"PUBLIC_URL": url}).secret("PUBLIC_URL") == url.rstrip("/")


@pytest.mark.parametrize("key", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
@pytest.mark.parametrize("value", ["test", '"test"', "xoxe-1", "…"])
def test_a_wrong_credential_harms_nothing_that_does_without_it(key: str, value: str) -> None:
    environ = {key: value, "WORKERS": "3"}
    assert Settings.read(environ).workers == 3


@given(st.text("0123456789", min_size=12))
def test_no_message_repeats_a_secret(secret: str) -> None:
    for environ in (
        {"SLACK_BOT_TOKEN": f"xapp-{secret}"},
        {"SLACK_APP_TOKEN": f"{secret} {secret}"},
    ):
        assert secret not in str(wrong(**environ))
    tokens = "SLACK_BOT_TOKEN", "SLACK_CLIENT_SECRET", "TOKEN_KEYS", "METRICS_TOKEN", "MCP_TOKEN"
    for key in (*tokens, "MODEL_KEY"):
        assert secret not in repr(Settings.read({key: f"xoxb-{secret}"}))
    assert secret not in repr(Settings.read({"DATABASE_URL": f"postgresql://bot:{secret}@db/bot"}))


def test_the_password_of_a_database_that_cannot_be_is_not_repeated() -> None:
    for url in ("mysql://bot:hunter2@db/bot", "postgresql://bot:a@hunter2@db/bot"):
        assert "hunter2" not in str(wrong(DATABASE_URL=url))


def test_the_example_explains_every_key_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    explained = re.findall(r"^# [^\n]+\n#?([A-Z_]+)=$", example, re.MULTILINE)
    assert sorted(explained) == sorted(field.upper() for field in Settings.__annotations__)
    assert re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE) == explained
