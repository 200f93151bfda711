"""A web page becomes what a person reads of it, and every line of the file is accounted for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extraction.documents import Extraction, Role
from apps.extraction.filelines import in_file_lines
from apps.extraction.pipeline import extract
from apps.extraction.readers import Unread, Unreadable, read
from apps.extraction.sources import SourceKind

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
  <title>Blood | A nurse's notes</title>
  <style>
    p { color: red }
  </style>
  <script>document.write("<p>Injected: words</p>")</script>
</head>
<body onload="alert(1)">
<nav><ul><li><a href="/">Start</a></li><li><a href="/all">All notes</a></li></ul></nav>
<main>
<h2>
  Red <em>cells</em>
</h2>
<p>A red cell lives
for about <strong>120 days</strong>,&nbsp;then the
spleen breaks it down.</p>
<ul>
  <li><b>Haemoglobin</b>: carries oxygen
    <ul>
      <li>holds 4 haem groups</li>
    </ul>
  <li>Anaemia
</ul>
<dl>
  <dt>Haematocrit</dt>
  <dd>the share of red cells in the blood</dd>
</dl>
<table>
  <tr><th>Cell</th><th>Life span</th></tr>
  <tr><td>Platelet</td><td>8 days</td></tr>
</table>
<pre><code>INR = 1
PTT &lt; 40</code></pre>
</main>
<footer>Written by somebody</footer>
</body>
</html>
"""


def text_of(page: str, name: str = "page.html") -> str:
    return read(name, page.encode()).text


def body(markup: str) -> str:
    return text_of(f"<html><body>{markup}</body></html>")


def lines_of(page: str) -> dict[str, int | None]:
    """The first line in the file of each line of the readable text."""
    source = read("page.html", page.encode())
    assert source.file_lines is not None
    spans = source.file_lines.spans
    texts = source.text.split("\n")
    return {text: span.first if span else None for text, span in zip(texts, spans, strict=True)}


def taught(page: str) -> Extraction:
    source = read("page.html", page.encode())
    return in_file_lines(extract(source), source)


def test_a_page_is_read_as_a_person_reads_it() -> None:
    assert text_of(PAGE) == (
        "# Blood\n\n"
        "## Red cells\n\n"
        "A red cell lives for about **120 days**, then the spleen breaks it down.\n\n"
        "- **Haemoglobin**: carries oxygen\n"
        "  - holds 4 haem groups\n"
        "- Anaemia\n"
        "- Haematocrit: the share of red cells in the blood\n\n"
        "| Cell | Life span |\n"
        "| --- | --- |\n"
        "| Platelet | 8 days |\n\n"
        "```\nINR = 1\nPTT < 40\n```"
    )


def test_each_line_knows_where_it_stands_in_the_file() -> None:
    where = lines_of(PAGE)
    assert where["## Red cells"] == 14
    assert where["- **Haemoglobin**: carries oxygen"] == 20
    assert where["| Platelet | 8 days |"] == 32
    assert where["PTT < 40"] == 35
    assert where["| --- | --- |"] is None


def test_every_written_line_of_the_file_is_accounted_for() -> None:
    found = taught(PAGE)
    written = {n for n, line in enumerate(PAGE.split("\n"), 1) if line.strip()}
    assert [record.line for record in found.records] == sorted(written)
    assert found.line_count == PAGE.count("\n") + 1


def test_cards_cite_the_lines_of_the_file() -> None:
    card = next(card for card in taught(PAGE).cards if "oxygen" in card.front + card.back)
    assert [(span.first, span.last) for span in card.spans] == [(20, 20)]


def test_a_statement_over_three_lines_cites_all_three() -> None:
    days = [card for card in taught(PAGE).cards if "120" in card.front + card.back]
    assert days
    assert all((span.first, span.last) == (16, 18) for card in days for span in card.spans)


def test_headings_are_topics_at_their_line_of_the_file() -> None:
    topics = {topic.title: topic.line for topic in taught(PAGE).topics}
    assert topics == {"Blood": 4, "Red cells": 14}


@pytest.mark.parametrize(
    "markup",
    [
        "<nav><p>Away</p></nav>",
        "<footer>Away</footer>",
        "<aside>Away</aside>",
        "<script>Away</script>",
        "<style>Away</style>",
        "<div hidden>Away</div>",
        "<div style='color:red; display: none'>Away</div>",
        "<p aria-hidden='true'>Away</p>",
        "<div role=navigation>Away</div>",
        "<div class='site-sidebar wide'>Away</div>",
        "<div id=comments>Away</div>",
        "<header><p>Away</p></header>",
        "<!-- Away -->",
        "<ul><li><a href='#a'>Away</a><li><a href='#b'>Away</a><li><a href='#c'>Away</a></ul>",
        "<button>Away</button><select><option>Away</select><textarea>Away</textarea>",
    ],
)
def test_the_furniture_of_a_page_is_left_out(markup: str) -> None:
    assert body(f"{markup}<p>The femur is a bone.</p>") == "The femur is a bone."


def test_a_page_that_only_sits_beside_a_sidebar_is_kept() -> None:
    page = "<div class='sidebar'><article><h1>Bones</h1><p>The femur.</p></article></div>"
    assert body(page) == "# Bones\n\nThe femur."


def test_a_forgotten_hash_is_still_a_heading() -> None:
    assert [t.title for t in taught("<html><p># Joints</p><p>A hinge bends.</p>").topics] == [
        "Joints"
    ]


def test_unclosed_items_and_cells_are_closed() -> None:
    assert body("<ol start=3><li>Wash<li>Dry</ol>") == "3. Wash\n4. Dry"
    assert body("<table><tr><th>A<th>B<th>C<tr><td>1<td>2<td>3</table>").endswith("| 1 | 2 | 3 |")


def test_a_broken_line_is_a_line_of_its_own_unless_the_sentence_goes_on() -> None:
    assert body("<p>Sodium: 140<br>Potassium: 4</p>") == "Sodium: 140\n\nPotassium: 4"
    assert body("<p>The heart pumps<br>blood</p>") == "The heart pumps blood"


def test_a_table_without_a_head_says_name_and_value() -> None:
    table = (
        "<table><tr><td>Normal pH</td><td>7.4</td></tr><tr><td>pCO2</td><td>40</td></tr></table>"
    )
    assert body(table) == "- Normal pH: 7.4\n- pCO2: 40"


def test_a_cell_over_several_rows_counts_for_each() -> None:
    table = (
        "<table><tr><th>Part<th>Name<th>Layer<tr><td rowspan=2>Skin<td>A<td>1<tr><td>B<td>2</table>"
    )
    assert body(table).endswith("| Skin | A | 1 |\n| Skin | B | 2 |")


def test_a_table_that_only_lays_out_a_page_is_no_table() -> None:
    assert body("<table><tr><td><h1>Bones</h1><ul><li>Femur</ul></table>") == "# Bones\n\n- Femur"


def test_a_term_with_several_meanings_holds_them() -> None:
    page = "<dl><dt>Diuretic<dd>loop<dd>thiazide</dl>"
    assert body(page) == "- Diuretic:\n  - loop\n  - thiazide"


def test_powers_and_entities_are_written_out() -> None:
    assert body("<p>10<sup>9</sup> cells in 2 m<sup>2</sup> &amp; H<sub>2</sub>O&hellip;</p>") == (
        "10⁹ cells in 2 m² & H2O…"
    )


def test_marks_of_footnotes_are_left_out() -> None:
    assert body('<p>It beats<sup><a href="#n1">[1]</a></sup> often.</p>') == "It beats often."


def test_words_that_look_like_marks_stay_words() -> None:
    page = "<html><h1>Code</h1><ul><li>Generic types: List&lt;String&gt; and a*b*c</ul></html>"
    said = " ".join(card.front + card.back for card in taught(page).cards)
    assert "List<String>" in said
    assert "a*b*c" in said


@pytest.mark.parametrize("name", ["notes.txt", "Pasted note", "notes.html", "notes.md"])
def test_a_page_is_known_by_how_it_begins(name: str) -> None:
    assert read(name, b"<!doctype html><p>Hello there</p>").kind is SourceKind.HTML


def test_a_piece_of_a_page_is_read_as_a_page() -> None:
    source = read("Pasted note", b"<h2>Bones</h2>\n<p>The femur is a bone.</p>")
    assert source.text == "## Bones\n\nThe femur is a bone."


def test_a_text_named_like_a_page_stays_text() -> None:
    assert read("notes.html", b"Femur: a bone\nTibia: a bone").text.count("\n") == 1


def test_a_page_says_its_own_encoding() -> None:
    page = "<html><meta charset='windows-1251'><p>Сердце — это мышца</p>".encode("cp1251")
    assert read("a.html", page).text == "Сердце — это мышца"


def test_a_hostile_page_becomes_plain_words() -> None:
    page = (
        "<html><img src=x onerror=alert(1)><svg onload=alert(1)></svg>"
        "<a href='javascript:alert(1)'>The femur</a> is "
        "&lt;script&gt;alert(1)&lt;/script&gt; a bone."
    )
    assert text_of(page) == "The femur is \\<script>alert(1)\\</script> a bone."


def test_a_page_without_words_is_refused_with_a_way_out() -> None:
    with pytest.raises(Unreadable, match="paste it") as refused:
        read("app.html", b"<html><body><div id=root></div><script>go()</script></body></html>")
    assert refused.value.code is Unread.EMPTY


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<ul><li>a ", "<b>x", "<a ", '<a "', "<!--", "<!a", "<script>", "</div></b>",
     "&amp;lt;", "<table><tr><td>", "<p>x", "word <br>", "*a", "["],
)  # fmt: skip
def test_a_page_made_to_break_readers_is_read_or_refused(piece: str) -> None:
    page = "<html>" + piece * 10_000
    try:
        source = read("page.html", page.encode())
    except Unreadable as refused:
        assert refused.code is Unread.EMPTY
    else:
        assert source.text.strip()


def test_an_endless_number_of_a_character_is_no_number() -> None:
    assert "bone" in text_of("<html><p>A bone &#" + "9" * 10_000 + ";</p>")


TAGS = st.sampled_from(
    ["<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "<ol>", "</ol>", "<h1>", "</h1>", "<h3>",
     "<table>", "</table>", "<tr>", "<td rowspan=3 colspan=2>", "<th>", "<dl>", "<dt>", "<dd>",
     "</dl>", "<pre>", "</pre>", "<br>", "<b>", "</b>", "<code>", "</code>", "<sup>", "</sup>",
     "<nav>", "</nav>", "<header>", "</header>", "<div class=menu>", "</div>", "<script>",
     "</script>", "<!--", "-->", "<a href='#x", "'>", "\n", "&#55296;", "<title>", "</title>"]
)  # fmt: skip


@given(st.lists(TAGS | st.text(max_size=12), max_size=40))
def test_any_tangle_of_tags_is_read_and_accounted_for(pieces: list[str]) -> None:
    page = "<html>" + "".join(pieces).replace("\r", " ")
    try:
        source = read("page.html", page.encode("utf-8", "replace"))
    except Unreadable as refused:
        assert refused.message.endswith(".")
        return
    assert source.file_lines is not None
    assert len(source.file_lines.spans) == source.text.count("\n") + 1
    found = in_file_lines(extract(source), source)
    assert {record.line for record in found.records} <= set(range(1, found.line_count + 1))
    written = page.replace("\x00", "").split("\n")
    assert {r.line for r in found.records} >= {n for n, t in enumerate(written, 1) if t.strip()}
    assert all(record.role in Role for record in found.records)
