"""Packages that only some deployments want."""

from importlib.util import find_spec

from bot.errors import BotError


def require(package: str, what: str) -> None:
    """Raise BotError, which says how to install it, where a package is missing."""
    if find_spec(package) is None:
        raise BotError(
            f"{what} needs an extra that is not installed. Install it with "
            "`pip install --no-deps --require-hashes -r requirements-extras.txt`."
        )
