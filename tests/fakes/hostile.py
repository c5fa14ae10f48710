"""Texts that break bots."""

from hypothesis import strategies as st

HOSTILE = (
    "<!channel>",
    "<!here|here> <!subteam^S012345>",
    "<@U1>",
    "<https://example.com|click here>",
    "&lt;!channel&gt;",
    "AT&T & co.",
    "`code` ```block``` *bold* _it_ ~s~",
    "> quoted\n\n• point",
    ":smile: 👩‍👩‍👧‍👦 🇩🇪",
    "مرحبا بالعالم",
    "\u202eoverride",
    "\x00\x07\x1b[31m",
    "\ud800",
    "",
    "   ",
    "e\u0301" * 40,
)
HOSTILE_LONG = ("word " * 1_000, "x" * 5_000, "&" * 5_000, "<!channel> " * 500)


def hostile_texts() -> st.SearchStrategy[str]:
    """Any text, lone surrogates included, and what is known to do harm, up to 10,000 characters."""
    known = st.sampled_from(HOSTILE + HOSTILE_LONG)
    anything = st.text(st.characters(exclude_categories=()), max_size=40)
    return known | anything | st.tuples(anything, known).map("".join)
