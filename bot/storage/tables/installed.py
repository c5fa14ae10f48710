"""Workspaces, what their channels prefer, what Slack has delivered, and slack_sdk's own tables."""

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import Column, Table, Text

from bot.storage.tables.columns import METADATA, Moment, Words

# The workspaces that anything is kept of, each with the key that its people's names are hashed by.
workspaces = Table(
    "workspaces",
    METADATA,
    Column("team_id", Text, primary_key=True),
    Column("enterprise_id", Text, index=True),
    Column("hash_key", Text, nullable=False),
    # The host whose language model may see questions; NULL where none may.
    Column("model_host", Text),
)

# The show that a channel's questions are looked up in first.
channel_shows = Table(
    "channel_shows",
    METADATA,
    Column("team_id", Text, primary_key=True),
    Column("channel_id", Text, primary_key=True),
    Column("enterprise_id", Text),
    Column("show", Words, nullable=False),
    Column("made_by", Text),
)

# What Slack has delivered, for a day.
events = Table(
    "events",
    METADATA,
    Column("event_id", Text, primary_key=True),
    Column("handled_at", Moment, nullable=False, index=True),
)

installations = SQLAlchemyInstallationStore.build_installations_table(
    METADATA, SQLAlchemyInstallationStore.default_installations_table_name
)
bots = SQLAlchemyInstallationStore.build_bots_table(
    METADATA, SQLAlchemyInstallationStore.default_bots_table_name
)
# Nothing is written here any more: states are signed. A later release drops it.
oauth_states = SQLAlchemyOAuthStateStore.build_oauth_states_table(
    METADATA, SQLAlchemyOAuthStateStore.default_table_name
)

# What is encrypted; it outgrows the columns of slack_sdk, made for plain tokens.
SECRETS = {
    bots: ("bot_token", "bot_refresh_token"),
    installations: (
        "bot_token",
        "bot_refresh_token",
        "user_token",
        "user_refresh_token",
        "incoming_webhook_url",
    ),
}
for _table, _columns in SECRETS.items():
    for _name in _columns:
        _table.c[_name].type = Text()
