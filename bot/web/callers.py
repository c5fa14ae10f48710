"""Who sends a request: somebody with a token, or Slack."""

import hmac

from flask import request
from slack_sdk.signature import SignatureVerifier


def is_bearer(token: str) -> bool:
    """Return whether the request brings a token; compared in constant time."""
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def is_signed(verifier: SignatureVerifier) -> bool:
    """Return whether the request is from Slack and at most five minutes old; whatever it holds."""
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    if not (timestamp.isascii() and timestamp.isdecimal() and signature.isascii()):
        return False
    body = request.get_data(as_text=True)
    return len(timestamp) <= len("1700000000") and verifier.is_valid(body, timestamp, signature)
