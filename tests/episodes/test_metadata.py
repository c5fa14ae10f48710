"""`episode.yaml`, sound and damaged."""

import json

import pytest

from bot.episodes import load
from tests.episodes.shelf import METADATA, TRANSCRIPT, Shelf, edited

KEYS = "is no key that is read here; those are"
ALL = (
    "show, number, title, date, language, hosts, speakers, aliases, encoding, link, audio, fetched"
)
NO_LIST = "is not a list, which is written `[one, two]`"
NO_MAPPING = "is not a list of `key: value`"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("show:", "shows:", [(2, f"shows {KEYS} {ALL}")]),
        ("show: Tech", "show: [Tech]\nshow: Tech", [(3, "show stands twice")]),
        ("show: Tech Leadership Unpacked", "show:", [
            (2, "show is empty, or has white space around it"),
        ]),
        ("show: Tech Leadership Unpacked", "show: [Tech]", [(2, "show is not one piece of text")]),
        ("number: 2", "number: two", [(3, "number is not a whole number, 0 or more")]),
        ("number: 2", "number: -2", [(3, "number is not a whole number, 0 or more")]),
        ("number: 2", f"number: {'9' * 5000}", [(3, "number is too large")]),
        ("title: Large", "title: Deep: Large", [
            (4, "is no plain YAML: mapping values are not allowed here"),
        ]),
        ("  - name: Alex Chen\n    role", "  - role", [(6, "hosts.0.name is missing")]),
        ("    role: Technical", "    age: 30\n    role: Technical", [
            (7, f"hosts.0.age {KEYS} name, role"),
        ]),
        ("hosts:\n", "hosts: Alex\nguests:\n", [
            (5, f"hosts {NO_LIST}"),
            (6, f"guests {KEYS} {ALL}"),
        ]),
        ("  RAG: [", "  RAG: retrieval\n  Chunking: 1\n  RAG: [", [
            (22, f"aliases.Chunking {NO_LIST}"),
            (23, "RAG stands twice"),
        ]),
        ("[tokenisation,", "[tokenisation, '', {a: b},", [
            (14, "aliases.Tokenization.1 is empty, or has white space around it"),
            (14, "aliases.Tokenization.2 is not one piece of text"),
        ]),
        ("\naliases:\n  LLM:", "\naliases:\nLLM:", [
            (14, "is no plain YAML: while parsing a block mapping expected <block end>, "
                 "but found '<block mapping start>'"),
        ]),
        ("number: 2", "number: 2 \x07", [
            (3, "is no plain YAML: a character that has no place here, U+0007"),
        ]),
        ("number: 2", "number: 2\ndate: yesterday", [
            (4, "date is not a date, which is written 2024-05-31"),
        ]),
        ("number: 2", "number: 2\ndate: [2024-05-31]", [(4, "date is not one piece of text")]),
        ("number: 2", "number: 2\nspeakers: [SPEAKER_1]", [(4, f"speakers {NO_MAPPING}")]),
        ("number: 2", "number: 2\nspeakers:\n  SPEAKER_1: ''", [
            (5, "speakers.SPEAKER_1 is empty, or has white space around it"),
        ]),
        ("[LLMs,", "['LLMs,", [
            (26, "is no plain YAML: while scanning a quoted scalar found unexpected end of stream"),
        ]),
    ],
)  # fmt: skip
def test_damage_is_told_by_line(
    shelf: Shelf, old: str, new: str, told: list[tuple[int, str]]
) -> None:
    assert shelf.faults(metadata=edited(old, new, METADATA)) == [
        f"episode-02/episode.yaml:{line}: {what}" for line, what in told
    ]


@pytest.mark.parametrize(
    ("metadata", "what"),
    [
        (b"", "is empty"),
        (b"\xff\xfe", "is not saved as UTF-8: byte 0xff"),
        (b"just words", f"the file {NO_MAPPING}"),
        (b"- a\n- list", f"the file {NO_MAPPING}"),
        (b"a: b\n\0", "is not plain text: a NUL character; is it UTF-16, or only half written?"),
        (b"!!python/object/apply:os.getcwd []", "has no place here; write words alone"),
        (b"? [a]\n: b", "is no plain YAML: a key is one piece of text"),
        (b"[" * 100_000, "is no plain YAML: its parts are nested too deeply"),
    ],
)
def test_what_is_no_metadata_is_one_fault(shelf: Shelf, metadata: bytes, what: str) -> None:
    (fault,) = shelf.faults(metadata=metadata)
    assert fault.startswith("episode-02/episode.yaml:")
    assert fault.endswith(what)


def test_a_file_of_comments_lacks_nothing(shelf: Shelf) -> None:
    assert shelf.faults(metadata=b"# to be written\n") == []


def test_the_file_may_be_left_out(shelf: Shelf) -> None:
    assert shelf.faults(metadata=None) == []
    episode = load(shelf.folder).episodes[0]
    assert (episode.number, episode.show, episode.date) == (2, "", None)
    assert [host.role for host in episode.hosts] == [
        "Technical Expert",
        "Product Leadership Perspective",
    ]


@pytest.mark.parametrize("key", ["show: ", "number: ", "title: ", "    role: "])
def test_any_key_may_be_left_out(shelf: Shelf, key: str) -> None:
    kept = [line for line in METADATA.decode().splitlines() if not line.startswith(key)]
    assert shelf.faults(metadata="\n".join(kept).encode()) == []
    assert load(shelf.folder).episodes[0].hosts[0].role == "Technical Expert"


def test_the_new_keys_are_the_episodes(shelf: Shelf) -> None:
    metadata = edited("number: 2", "number: 2\ndate: 2024-05-31\nlanguage: en", METADATA)
    shelf.put("episode-02", TRANSCRIPT, metadata)
    dated = load(shelf.folder).episodes[-1]
    assert (dated.slug, dated.date, dated.language) == ("episode-02", "2024-05-31", "en")


def test_where_it_is_heard_and_came_from_is_read(shelf: Shelf) -> None:
    told = (
        "number: 2\nlink: https://talks.example/2\naudio: https://talks.example/2.mp3?a=1&b=2\n"
        "fetched: {from: 'https://talks.example/2.vtt', at: '2026-11-26T21:00:00Z', guid: '2', "
        "sha256: 'ab12'}"
    )
    shelf.put("episode-02", TRANSCRIPT, edited("number: 2", told, METADATA))
    library = load(shelf.folder)
    episode, entry = library.episodes[0], library.entries[0]
    assert shelf.told(library) == []
    assert episode.link == entry.link == "https://talks.example/2"
    assert episode.audio == entry.audio == "https://talks.example/2.mp3?a=1&b=2"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,hi",
        "ftp://talks.example/2.mp3",
        "//talks.example/2.mp3",
        "/2.mp3",
        "https://",
        "https://talks.example/a b",
        'https://talks.example/"onclick=x',
        "https://talks.example/<script>",
        "https://talks.example/\u00a0x",
    ],
)
@pytest.mark.parametrize("key", ["link", "audio"])
def test_only_an_address_of_the_web_is_one(shelf: Shelf, key: str, address: str) -> None:
    metadata = edited("number: 2", f"number: 2\n{key}: {json.dumps(address)}", METADATA)
    assert shelf.faults(metadata=metadata) == [
        f"episode-02/episode.yaml:4: {key} is no address, which is written https://…"
    ]


@pytest.mark.parametrize(
    ("fetched", "told"),
    [
        ("yesterday", "fetched is not a list of `key: value`"),
        ("{by: me}", f"fetched.by {KEYS} from, at, guid, sha256"),
        ("{from: [a]}", "fetched.from is not one piece of text"),
    ],
)
def test_what_is_told_of_fetching_has_its_form(shelf: Shelf, fetched: str, told: str) -> None:
    metadata = edited("number: 2", f"number: 2\nfetched: {fetched}", METADATA)
    assert shelf.faults(metadata=metadata) == [f"episode-02/episode.yaml:4: {told}"]


def test_speakers_and_encoding_reach_the_reader_of_other_formats(shelf: Shelf) -> None:
    transcript = "SPEAKER_1: Grüße aus der Küche.\n\nSPEAKER_2: Hello.\n\nSPEAKER_1: Bread.\n"
    metadata = b"speakers: {SPEAKER_1: Ada Park}\nencoding: latin-1\ntitle: Bread\n"
    shelf.put("bread", transcript.encode("latin-1"), metadata)
    library = load(shelf.folder)
    assert shelf.told(library) == []
    (bread,) = (one for one in library.episodes if one.slug == "bread")
    assert "Grüße" in bread.text
    assert [turn.speaker for turn in bread.turns] == ["Ada Park", None, "Ada Park"]


def test_anchors_that_unfold_without_end_are_refused(shelf: Shelf) -> None:
    laughs = ["a0: &a0 [lol, lol]"]
    laughs += [f"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]" for level in range(1, 64)]
    (fault,) = shelf.faults(metadata="\n".join(laughs).encode())
    assert fault.startswith("episode-02/episode.yaml:2: is no plain YAML: a `*` before a name")


def test_an_anchor_that_holds_itself_is_refused(shelf: Shelf) -> None:
    (fault,) = shelf.faults(metadata=b"show: &a [*a]")
    assert "refers to an anchor" in fault


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("number: 2", "number: 4", [(1, "the number is 2 here and 4 in episode.yaml")]),
        ("title: Large Language Models Deep Dive", "title: 2024-13-45", [
            (1, "the title is 'Large Language Models Deep Dive' here and "
                "'2024-13-45' in episode.yaml"),
        ]),
        ("Sam Rivera", "Kim Rivera", [
            (5, "Kim Rivera (Product Leadership Perspective) is a host in episode.yaml, not here"),
            (5, "Sam Rivera (Product Leadership Perspective) is a host here and not "
                "in episode.yaml"),
        ]),
        ("Technical Expert", "Expert", [
            (5, "Alex Chen (Expert) is a host in episode.yaml, not here"),
            (5, "Alex Chen (Technical Expert) is a host here and not in episode.yaml"),
        ]),
        ("  RAG:", "  Chunking: [chunks]\n  rag:", [
            (365, "episode.yaml has aliases of Chunking, rag: no term of the reference sheet"),
        ]),
    ],
)  # fmt: skip
def test_what_contradicts_the_transcript_is_told_there(
    shelf: Shelf, old: str, new: str, told: list[tuple[int, str]]
) -> None:
    faults = shelf.faults(metadata=edited(old, new, METADATA))
    assert [fault for fault in faults if "names none of the hosts" not in fault] == [
        f"episode-02/transcript.md:{line}: {what}" for line, what in told
    ]


def test_values_are_words_whatever_yaml_takes_them_for(shelf: Shelf) -> None:
    metadata = edited("[LLMs,", "[No, 2024-13-45, 0x10,", METADATA)
    shelf.put("episode-02", TRANSCRIPT, edited("Tech Leadership Unpacked", "1984", metadata))
    episode = load(shelf.folder).episodes[0]
    assert episode.show == "1984"
    assert episode.terms[0].names[2:5] == ("No", "2024-13-45", "0x10")


def test_aliases_may_be_left_out(shelf: Shelf) -> None:
    assert shelf.faults(metadata=METADATA[: METADATA.index(b"aliases:")]) == []


def test_a_byte_order_mark_and_other_newlines_are_no_damage(shelf: Shelf) -> None:
    assert shelf.faults(metadata=b"\xef\xbb\xbf" + METADATA.replace(b"\n", b"\r\n")) == []
