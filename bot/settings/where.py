"""Where the value of each credential is found, and what is said of a key that is wrong."""

from bot.errors import SettingError

_APP_CREDENTIALS = (
    "It is found at https://api.slack.com/apps under your app, Basic Information, App Credentials."
)
# The credentials, and where each is found.
WHERE = {
    "SLACK_BOT_TOKEN": (
        "It starts with xoxb- and is found at https://api.slack.com/apps under your app, "
        "OAuth & Permissions, Bot User OAuth Token (install the app first)."
    ),
    "SLACK_APP_TOKEN": (
        "It starts with xapp- and is made at https://api.slack.com/apps under your app, "
        "Basic Information, App-Level Tokens, with the scope connections:write."
    ),
    "SLACK_SIGNING_SECRET": _APP_CREDENTIALS,
    "SLACK_CLIENT_ID": _APP_CREDENTIALS,
    "SLACK_CLIENT_SECRET": _APP_CREDENTIALS,
    "TOKEN_KEYS": (
        "It is one or more keys, the newest first, with commas between them; the README's "
        "operations page says how to make one."
    ),
    "PUBLIC_URL": "It is the https address at which browsers and Slack reach the app.",
    "MODEL_URL": (
        "It is the address of an OpenAI-compatible endpoint, such as https://api.example.com/v1; "
        "http is for one in a network of your own, such as http://localhost:11434/v1."
    ),
    "MODEL_NAME": "It is the name by which the endpoint at MODEL_URL knows the model.",
    "MODEL_KEY": "It is the key that the endpoint at MODEL_URL gave you.",
    "METRICS_TOKEN": "It is any long random text; who reads /metrics sends it as a bearer token.",
    "MCP_TOKEN": "It is any long random text; an assistant sends it to /mcp as a bearer token.",
}


def setting_error(key: str, what: str) -> SettingError:
    """Return what is wrong with a key, and where its value is found."""
    return SettingError(key, " ".join([f"{what}.", *filter(None, [WHERE.get(key)])]))
