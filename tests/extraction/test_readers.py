"""Reading files: what is text arrives as typed, what is not is refused in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extraction.documents import SourceKind
from apps.extraction.readers import MAX_BYTES, Unread, Unreadable, read


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Öl, naïve, 日本".encode(), "Öl, naïve, 日本"),
        ("\ufeffwith a mark".encode(), "with a mark"),
        ("Übung".encode("utf-16"), "Übung"),
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("Größe und Übermaß: ein alter Text in alter Kodierung, für später".encode("cp1252"),
         "Größe und Übermaß: ein alter Text in alter Kodierung, für später"),
    ],
)  # fmt: skip
def test_text_arrives_as_it_was_typed(data: bytes, text: str) -> None:
    assert read("note.txt", data).text == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Unread.EMPTY),
        (b" \n\t\n", Unread.EMPTY),
        ("\ufeff".encode(), Unread.EMPTY),
        (b"%PDF-1.7 something", Unread.BINARY),
        (b"PK\x03\x04rest", Unread.BINARY),
        (b"\x89PNG\r\n", Unread.BINARY),
        (b"text\x00with nul", Unread.BINARY),
        (b"\x01\x02\x03\x04\x05 text", Unread.BINARY),
        (b"x" * (MAX_BYTES + 1), Unread.TOO_LARGE),
        (b"<!DOCTYPE html><p>Hello</p>", Unread.HTML),
        (b"<p class='a'>" * 12 + b"words", Unread.HTML),
    ],
)
def test_what_is_no_note_is_refused_with_a_reason(data: bytes, code: Unread) -> None:
    with pytest.raises(Unreadable) as refused:
        read("note.txt", data)
    assert refused.value.code is code


def test_a_refusal_tells_its_reader_what_to_do() -> None:
    with pytest.raises(Unreadable, match="paste their text"):
        read("page.txt", b"<html><body>Hello</body></html>")


def test_a_note_that_mentions_a_tag_is_still_read() -> None:
    assert read("note.txt", b"The <b> tag makes text bold.").text.startswith("The <b>")


def test_a_markdown_name_makes_a_markdown_source() -> None:
    assert read("heart.MD", b"# Heart").kind is SourceKind.MARKDOWN
    assert read("heart.txt", b"Heart").kind is SourceKind.PLAIN


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a", "a.bin"]))
def test_any_bytes_are_read_or_refused_in_words(data: bytes, name: str) -> None:
    try:
        source = read(name, data)
    except Unreadable as refused:
        assert refused.message.endswith(".")
    else:
        assert source.text.strip()
        assert "\r" not in source.text
