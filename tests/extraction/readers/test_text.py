"""Reading text: what is text arrives as typed, what is not is refused in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extraction.cleaning import repair
from apps.extraction.pipeline import extract
from apps.extraction.readers import MAX_BYTES, Unread, Unreadable, read
from apps.extraction.sources import SourceKind

GERMAN = "Größe und Übermaß: ein alter Text in alter Kodierung, für später"
RUSSIAN = "Сердце состоит из четырёх камер и перекачивает кровь по всему телу человека. " * 3


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Öl, naïve, 日本".encode(), "Öl, naïve, 日本"),
        ("\ufeffwith a mark".encode(), "with a mark"),
        ("Übung".encode("utf-16"), "Übung"),
        ("Two bytes a letter".encode("utf-16-le"), "Two bytes a letter"),
        ("Two bytes a letter".encode("utf-16-be"), "Two bytes a letter"),
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (GERMAN.encode("cp1252"), GERMAN),
        (RUSSIAN.encode("cp1251"), RUSSIAN),
        (b"a stray\x00 byte " + b"in a long text " * 50, "a stray byte " + "in a long text " * 50),
    ],
)
def test_text_arrives_as_it_was_typed(data: bytes, text: str) -> None:
    assert read("note.txt", data).text == text


def test_a_few_spoilt_bytes_do_not_spoil_the_note() -> None:
    data = ("Übergänge führen über Brücken. " * 20).encode() + b"\xff and more"
    assert read("note.txt", data).text.startswith("Übergänge führen über Brücken. ")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Unread.EMPTY),
        (b" \n\t\n", Unread.EMPTY),
        (b"\x00\x00\x00\x00", Unread.EMPTY),
        ("\ufeff".encode(), Unread.EMPTY),
        (b"PK\x03\x04rest", Unread.BINARY),
        (b"{\\rtf1 Hello}", Unread.BINARY),
        (b"\x89PNG\r\n", Unread.BINARY),
        (b"\x00text\x00\x00with\x00nul", Unread.BINARY),
        (b"\x01\x02\x03\x04\x05 text", Unread.BINARY),
        (b"x" * (MAX_BYTES + 1), Unread.TOO_LARGE),
    ],
)
def test_what_is_no_note_is_refused_with_a_reason(data: bytes, code: Unread) -> None:
    with pytest.raises(Unreadable) as refused:
        read("note.txt", data)
    assert refused.value.code is code


@pytest.mark.parametrize("name", ["note.txt", "note.md", "note.html"])
def test_a_note_of_two_hundred_thousand_lines_is_refused_at_once(name: str) -> None:
    with pytest.raises(Unreadable, match=r"200,000 written lines.*split it"):
        read(name, b"- Mitosis: one more line\n\n" * 200_000)


def test_empty_lines_do_not_make_a_note_too_long() -> None:
    assert read("note.txt", b"Mitosis divides a cell.\n" + b"\n" * 200_000)


def test_a_refusal_tells_its_reader_what_to_do() -> None:
    with pytest.raises(Unreadable, match="copy its text into"):
        read("photo.txt", b"\xff\xd8\xff\xe0")


def test_a_note_that_mentions_a_tag_is_still_read_as_text() -> None:
    source = read("note.txt", b"The <b> tag makes text bold.")
    assert (source.text, source.kind) == ("The <b> tag makes text bold.", SourceKind.PLAIN)


def test_a_markdown_name_makes_a_markdown_source() -> None:
    assert read("heart.MD", b"# Heart").kind is SourceKind.MARKDOWN
    assert read("heart.txt", b"Heart").kind is SourceKind.PLAIN


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a", "a.bin", "a.html", "a.pdf"]))
def test_any_bytes_are_read_or_refused_in_words(data: bytes, name: str) -> None:
    try:
        source = read(name, data)
    except Unreadable as refused:
        assert refused.message.endswith(".")
    else:
        assert source.text.strip()
        assert "\r" not in source.text
        assert "\x00" not in source.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_any_text_in_a_unicode_encoding_comes_back(encoding: str, text: str) -> None:
    typed = f"{'The heart has four chambers. ' * 4}{text}".replace("\ufeff", "")
    assert read("note.md", typed.encode(encoding)).text == typed


def thai(text: str) -> str:
    """A text as a program shows it that takes its UTF-8 for windows-874."""
    return "".join(
        bytes([byte]).decode("cp874", "ignore")
        or bytes([byte]).decode("cp1252", "ignore")
        or chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("text", ["the table’s key – and more…", "costs 5 € • backup", "“quoted”"])
def test_text_once_taken_for_thai_is_repaired(text: str) -> None:
    assert thai(text) != text
    assert repair(thai(text)) == text


def test_text_once_taken_for_western_is_repaired() -> None:
    assert repair("cafÃ© â€“ naÃ¯ve") == "café – naïve"


@pytest.mark.parametrize(
    "text",
    [
        "กรุงเทพ เป็นเมืองหลวง",
        "می\u200cخواهم",
        "👨\u200d👩\u200d👧",
        "“curly” ‘quotes’",
        "ﬁne",
        "שלום עולם",
    ],
)
def test_true_writing_is_left_alone(text: str) -> None:
    assert repair(text) == text


def test_odd_spaces_part_words_and_hidden_marks_do_not() -> None:
    assert (
        repair("one\x0btwo\x0cthree\u2028four\u2029five\u00a0six") == "one two three four five six"
    )
    assert repair("a\u200bb\u200cc\u2066d\u2069e\u202ef\x01g") == "abcdefg"


@pytest.mark.parametrize("name", ["note.txt", "note.md"])
@pytest.mark.parametrize(
    "text",
    [
        "x" * 5_000_000,
        "The heart has four chambers. " * 150_000,
        "- a line\n" * 20_000,
        "".join(" " * depth + "- deeper\n" for depth in range(2_000)),
        "- " * 10_000 + "deep",
        "> " * 10_000 + "deep",
        "[" * 10_000,
        "*a " * 10_000,
        "שלום: peace\nمرحبا: hello\n" * 100,
    ],
    ids=["line", "prose", "lines", "steps", "bullets", "quotes", "brackets", "stars", "leftwards"],
)
def test_a_monstrous_note_is_read_to_the_end(name: str, text: str) -> None:
    found = extract(read(name, text.encode()))
    written = sum(bool(line.strip()) for line in text.split("\n"))
    assert len(found.records) == written
