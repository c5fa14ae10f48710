"""How long a file may take, and what is said of one that did not come."""

from dataclasses import dataclass

from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, seconds for a whole file with its redirects, and how many of those."""

    connect: float = 10.0
    whole: float = 60.0
    redirects: int = 5


LIMITS = Limits()


def told(error: HTTPError, limits: Limits, *, over: bool) -> str:
    """Return what went wrong on the way, after the address; `over` where the time is.

    Nothing that the server wrote is repeated, and no address.
    """
    match error:
        case _ if over:
            return f"takes longer than {limits.whole:g} s"
        case NewConnectionError():  # a ConnectTimeoutError, too
            why = getattr(error.__cause__, "strerror", None)
            return f"cannot be reached: {why}" if why else "cannot be reached"
        case ConnectTimeoutError() | ReadTimeoutError():  # the handshake's is the latter
            return f"does not answer within {limits.connect:g} s"
        case SSLError():
            return _told_of_tls(error)
        case DecodeError():
            return "cannot be unpacked"
    return "breaks off, or answers as no web server does"


def _told_of_tls(error: SSLError) -> str:
    inner = error.args[0] if error.args else error
    if why := getattr(inner, "verify_message", None):
        return f"has a certificate that does not hold: {why}"
    why = getattr(inner, "reason", None)
    return f"does not speak TLS as it should: {why}" if why else "does not speak TLS as it should"
