"""The settings of this process: from the environment and, below it, from a file."""

import os
from typing import TYPE_CHECKING

from bot.errors import BotError

if TYPE_CHECKING:
    from bot.settings import Settings


def settings() -> "Settings":
    """Return the settings from the environment and, below it, from `.env` in the current folder."""
    from dotenv import dotenv_values

    from bot.settings import Settings

    try:
        file = dotenv_values(".env", interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BotError(f".env cannot be read: {error}") from error
    return Settings.read({k: v or "" for k, v in file.items()} | dict(os.environ))
