"""Ways in which an endpoint can be late, broken, refusing or lying: none is more than an error."""

import gzip
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpcore2
import pytest

from bot.pointing.endpoint import EndpointError
from bot.pointing.network import MOST_BYTES, NetworkError
from bot.pointing.pointer import Reply
from tests.fakes.certificates import Authority
from tests.fakes.endpoint import PATH, answering, chosen, completion, endpoint, shown
from tests.fakes.web_host import Answer, Handler, WebHost
from tests.pointing.conftest import KEY, Asking

JSON = {"Content-Type": "application/json"}
SHOWN = json.dumps({"question": "Why?", "passages": []})


def saying(body: object) -> Answer:
    return answering(body)


def message(**held: Any) -> Answer:
    return answering({"choices": [{"message": {"role": "assistant", **held}}]})


def drip_headers(handler: Handler) -> None:
    handler.drip(b"HTTP/1.1 200 OK\r\n", b"X-More: y\r\n")


def drip_body(handler: Handler) -> None:
    handler.drip(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n", b" ")


STRANGE = (EndpointError, "it answers as no chat endpoint does")
# What waits is timed out by its socket, and what never does by the clock.
LATE = ((httpcore2.TimeoutException, NetworkError), "")
BAD: dict[
    str,
    tuple[Answer | Callable[[Handler], None], type[Exception] | tuple[type[Exception], ...], str],
] = {
    "too many requests": (
        Answer(b"{}", 429, {"Retry-After": "60"}),
        EndpointError,
        "it answers 429",
    ),
    "broken": (Answer(b"oh", 500), EndpointError, "it answers 500"),
    "not allowed": (Answer(f"wrong key {KEY}".encode(), 401), EndpointError, "it answers 401"),
    "not found": (Answer(b"", 404), EndpointError, "it answers 404"),
    "no JSON": (Answer(b"<html>hello</html>", headers={"Content-Type": "text/html"}), *STRANGE),
    "half of JSON": (Answer(b'{"choices": [', headers=JSON), *STRANGE),
    "a list": (saying([1, 2]), *STRANGE),
    "no choice": (saying({"choices": []}), *STRANGE),
    "no choices": (saying({"id": "1"}), *STRANGE),
    "choices of another kind": (saying({"choices": "yes"}), *STRANGE),
    "nothing": (message(content=None), EndpointError, "it wrote nothing"),
    "a number": (message(content=7), EndpointError, "it wrote nothing"),
    "a refusal": (message(content=None, refusal="No."), EndpointError, "it refuses"),
    "late": (lambda handler: handler.hang(), *LATE),
    "late headers": (drip_headers, *LATE),
    "late body": (drip_body, *LATE),
    "a megabyte of prose": (
        completion("word " * 200_000),
        NetworkError,
        f"longer than {MOST_BYTES:,} bytes",
    ),
    "packed": (
        Answer(gzip.compress(b"{}"), headers={**JSON, "Content-Encoding": "gzip"}),
        NetworkError,
        "the answer is packed, which was not asked for",
    ),
    "another protocol": (
        lambda handler: handler.raw(b"SSH-2.0-x\r\n"),
        httpcore2.ProtocolError,
        "",
    ),
    "gone away": (lambda handler: handler.raw(), httpcore2.ProtocolError, ""),
}


def test_what_a_model_writes_comes_back_with_its_tokens(asking: Asking) -> None:
    with endpoint(lambda _: chosen((1, 1, 2))) as host:
        reply = asking(host.url("/v1"))(SHOWN)
    assert reply == Reply(json.dumps(chosen((1, 1, 2))), 100)


def test_it_is_asked_for_numbers_in_a_strict_form_and_with_the_key(asking: Asking) -> None:
    with endpoint(lambda _: chosen()) as host:
        asking(host.url("/v1"))(SHOWN)
    [request] = host.requests
    body = json.loads(request.body)
    assert request.target == PATH
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert [one["role"] for one in body["messages"]] == ["system", "user"]
    assert shown(request.body) == json.loads(SHOWN)


@pytest.mark.parametrize(
    "usage",
    [
        {},
        {"usage": None},
        {"usage": {"total_tokens": "many"}},
        {"usage": {"total_tokens": -1}},
        {"usage": {"total_tokens": True}},
        {"usage": {"total_tokens": 10**30}},  # which no database could hold
    ],
)
def test_tokens_that_are_not_told_or_cannot_be_are_none(
    asking: Asking, usage: dict[str, Any]
) -> None:
    body = {"choices": [{"message": {"content": "{}"}}], **usage}
    with WebHost({PATH: answering(body)}) as host:
        assert asking(host.url("/v1"))(SHOWN) == Reply("{}", None)


@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_one_error_that_repeats_nothing(
    asking: Asking, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    page, told, why = BAD[fault]
    caplog.set_level(logging.DEBUG)
    with WebHost({PATH: page}) as host:
        ask = asking(host.url("/v1"), seconds=0.3 if fault.startswith("late") else 30)
        with pytest.raises(told) as caught:
            ask(SHOWN)
        assert len(host.requests) == 1  # and nothing was tried again
    assert why in str(caught.value)
    assert KEY not in str(caught.value) + caplog.text


def test_a_redirect_is_not_followed(asking: Asking) -> None:
    with WebHost({PATH: completion(chosen())}) as elsewhere:
        there = Answer(b"", 307, {"Location": elsewhere.url(PATH)})
        with WebHost({PATH: there}) as host, pytest.raises(EndpointError, match="it answers 307"):
            asking(host.url("/v1"))(SHOWN)
        assert elsewhere.requests == []


def test_nobody_there_is_an_error(asking: Asking) -> None:
    with WebHost() as host:
        url = host.url("/v1")
    with pytest.raises(httpcore2.ConnectError):
        asking(url)(SHOWN)


@pytest.mark.parametrize("place", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1"])
def test_a_public_name_that_leads_inside_is_not_asked(asking: Asking, place: str) -> None:
    with WebHost({PATH: completion(chosen())}) as host:
        url = host.url("/v1", "api.example.com")
        ask = asking(url, inside=False, look_up=lambda _host, _port: [place])
        with pytest.raises(NetworkError, match=r"its host is at .*, which MODEL_URL does not name"):
            ask(SHOWN)
        assert host.connections == 0


def test_a_name_of_ones_own_network_that_leads_out_is_not_asked(asking: Asking) -> None:
    ask = asking("http://gpu/v1", look_up=lambda _host, _port: ["93.184.216.34", "2606:4700::1111"])
    with pytest.raises(NetworkError, match="its host is outside of your network"):
        ask(SHOWN)


def test_of_a_hosts_addresses_the_first_that_answers_and_is_inside_is_asked(asking: Asking) -> None:
    places = ["93.184.216.34", "127.0.0.2", "127.0.0.1"]  # on the second nobody listens
    with endpoint(lambda _: chosen()) as host:
        ask = asking(host.url("/v1", "localhost"), look_up=lambda _host, _port: places)
        assert ask(SHOWN).tokens == 100


def test_what_the_environment_holds_for_the_library_is_not_sent(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-another")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-another")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Own: of-another")
    with endpoint(lambda _: chosen()) as host:
        asking(host.url("/v1"))(SHOWN)
    [request] = host.requests
    assert "of-another" not in str(request.headers)
    assert not [name for name in request.headers if name.lower().startswith("x-")]


def test_a_host_that_nobody_knows_is_an_error(asking: Asking) -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(NetworkError, match="its host is not known"):
        asking("https://api.example.com/v1", look_up=unknown)(SHOWN)


def test_a_certificate_is_verified(
    asking: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    with WebHost({PATH: completion("{}")}, context=authority.server("tea.invalid")) as host:
        url, there = host.url("/v1", "tea.invalid"), lambda _host, _port: ["127.0.0.1"]
        with pytest.raises(httpcore2.ConnectError, match="certificate"):
            asking(url, look_up=there)(SHOWN)
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
        assert asking(url, look_up=there)(SHOWN).words == "{}"
        other = host.url("/v1", "other.invalid")
        with pytest.raises(httpcore2.ConnectError, match="certificate"):
            asking(other, look_up=there)(SHOWN)


def test_a_proxy_of_the_environment_is_not_asked(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with endpoint(lambda _: chosen()) as host:
        assert asking(host.url("/v1"))(SHOWN).tokens == 100


def test_a_connection_is_kept_for_the_next_question(asking: Asking) -> None:
    with endpoint(lambda _: chosen()) as host:
        ask = asking(host.url("/v1"))
        ask(SHOWN)
        ask(SHOWN)
        assert (len(host.requests), host.connections) == (2, 1)
