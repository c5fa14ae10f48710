"""Where a recording is to begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.episodes.listening import clock, listen

AUDIO = "https://audio.example/1.mp3"


@pytest.mark.parametrize(
    ("audio", "since", "until", "address"),
    [
        (AUDIO, 754.25, 760.0, f"{AUDIO}#t=754.25,760"),
        (AUDIO, 0.0, 0.5, f"{AUDIO}#t=0,0.5"),
        (AUDIO, 754.0, None, f"{AUDIO}#t=754"),
        (AUDIO, 754.0, 754.0, f"{AUDIO}#t=754"),
        (AUDIO, 754.0, 700.0, f"{AUDIO}#t=754"),
        (f"{AUDIO}?key=a&t=1#t=5", 7.0, 8.0, f"{AUDIO}?key=a&t=1#t=7,8"),
        ("http://audio.example/1.ogg", 7.0, 8.0, "http://audio.example/1.ogg#t=7,8"),
        ("https://www.youtube.com/watch?v=a&t=5", 754.9, 760.0,
         "https://www.youtube.com/watch?v=a&t=754s"),
        ("https://youtu.be/a", 754.0, 760.0, "https://youtu.be/a?t=754s"),
        ("https://m.youtube.com/watch?start=3&v=a#x", 7.0, 8.0,
         "https://m.youtube.com/watch?v=a&t=7s"),
        ("https://vimeo.com/123", 754.0, 760.0, "https://vimeo.com/123#t=754s"),
        ("https://notyoutube.com/1.mp3", 7.0, 8.0, "https://notyoutube.com/1.mp3#t=7,8"),
        ("https://youtube.com.evil.example/1", 7.0, 8.0,
         "https://youtube.com.evil.example/1#t=7,8"),
    ],
)  # fmt: skip
def test_it_begins_where_it_is_said(
    audio: str, since: float, until: float | None, address: str
) -> None:
    assert listen(audio, since, until) == address


@pytest.mark.parametrize(
    "audio",
    [None, "", "javascript:alert(1)//https://a.b", "data:text/html,x", "file:///etc/passwd",
     "https://", "//audio.example/1.mp3", "https://a.b/\"onclick='x'", "https://a.b/ c"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_led_to(audio: str | None) -> None:
    assert listen(audio, 1.0, 2.0) is None


def test_without_a_time_there_is_nothing_to_hear() -> None:
    assert listen(AUDIO, None, None) is None
    assert listen(AUDIO, -1.0, 2.0) is None


@given(st.text(), st.floats(0, 1e6), st.floats(0, 1e6))
def test_whatever_is_led_to_is_the_web_and_ends_no_attribute(
    audio: str, since: float, until: float
) -> None:
    for told in (audio, f"https://{audio}"):
        if address := listen(told, since, until):
            assert address.lower().startswith(("http://", "https://"))
            assert not set(address) & set("\"'<> \n\t")


@pytest.mark.parametrize(
    ("seconds", "time"), [(0, "0:00"), (59.9, "0:59"), (754, "12:34"), (3723, "1:02:03")]
)
def test_times_are_written_as_people_do(seconds: float, time: str) -> None:
    assert clock(seconds) == time
