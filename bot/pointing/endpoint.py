"""An OpenAI-compatible chat endpoint: hosted, or on one's own machine."""

import logging
import ssl
from typing import Any

import httpx2
import openai

from bot.errors import BotError
from bot.ip_addresses import Resolve, resolve
from bot.pointing.network import Allowance, Backend, Transport
from bot.pointing.pointer import Reply
from bot.pointing.prompt import INSTRUCTIONS, SCHEMA

_MOST_TOKENS = 2_000  # of a reply, with what a model thinks before it. Chosen by hand
# Tokens of a question and its reply. Chosen by hand: twenty times what both may take; an endpoint
# that tells of more lies, and would use up a day's budget at once.
_MOST_TOLD = 100_000
_FORMAT: Any = {
    "type": "json_schema",
    "json_schema": {"name": "answers", "schema": dict(SCHEMA), "strict": True},
}

_STRANGE = "it answers as no chat endpoint does"

# Their lines hold what was asked, at DEBUG with the key.
for _name in ("openai", "httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.ERROR)


class EndpointError(BotError):
    """An endpoint that gave no reply; the message holds nothing that it wrote, and no key."""


class Endpoint:
    """Asks one model; a failure is final, since nobody waits for a second try.

    With `inside` it is in a network of one's own. Connections are kept open for what comes next.
    """

    def __init__(
        self,
        url: str,
        key: str | None,
        model: str,
        *,
        seconds: float,
        inside: bool,
        connections: int = 10,
        look_up: Resolve = resolve,
    ) -> None:
        self._model, self._seconds, self._allowance = model, seconds, Allowance()
        backend = Backend(self._allowance, inside=inside, look_up=look_up)
        transport = Transport(backend, ssl.create_default_context(), connections)
        self._client = openai.OpenAI(
            base_url=url,
            api_key=key or "none",  # those of one's own need none, and the library wants one
            max_retries=0,
            http_client=httpx2.Client(
                transport=transport,
                follow_redirects=False,
                trust_env=False,
                headers={"Accept-Encoding": "identity"},
                timeout=seconds,
            ),
        )

    def __call__(self, shown: str) -> Reply:
        """Return what the model writes to what it is shown.

        Raises:
            EndpointError: it refuses, or answers as no endpoint does.
            NetworkError: its host is not to be asked, or its answer is not to be read.
            Exception: of the libraries', where it cannot be reached or is late.
        """
        self._allowance.grant(self._seconds)
        try:
            completion = self._client.chat.completions.create(
                model=self._model,
                messages=[
                    {"role": "system", "content": INSTRUCTIONS},
                    {"role": "user", "content": shown},
                ],
                response_format=_FORMAT,
                max_completion_tokens=_MOST_TOKENS,
            )
        except openai.APIStatusError as error:
            raise EndpointError(f"it answers {error.status_code}") from None
        except ValueError:
            raise EndpointError(_STRANGE) from None
        return _reply(completion)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _reply(completion: Any) -> Reply:
    """Return what was written. The library checks no types, so that anything may stand here."""
    try:
        message = completion.choices[0].message
        words, refused = message.content, getattr(message, "refusal", None)
    except (AttributeError, IndexError, TypeError):
        raise EndpointError(_STRANGE) from None
    tokens = getattr(getattr(completion, "usage", None), "total_tokens", None)
    if not isinstance(words, str):
        raise EndpointError("it refuses" if refused else "it wrote nothing")
    return Reply(words, tokens if type(tokens) is int and 0 <= tokens <= _MOST_TOLD else None)
