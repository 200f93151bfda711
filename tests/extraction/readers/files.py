"""Small files of our own in the formats readers take, made byte by byte."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONTS = {"plain": "Helvetica", "bold": "Helvetica-Bold"}


@dataclass(frozen=True)
class Print:
    """Words at a place of a page: points from its left and its upper edge."""

    x: float
    y: float
    text: str
    size: float = 11
    font: str = "plain"


def pdf(*pages: Sequence[Print]) -> bytes:
    """A PDF whose pages hold these words."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    fonts = " ".join(f"/{name} {3 + n} 0 R" for n, name in enumerate(FONTS))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *(
            (
                f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
            ).encode()
            for font in FONTS.values()
        ),
    ]
    for number, prints in enumerate(pages):
        stream = b"\n".join(_shown(each) for each in prints)
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            f"/Resources << /Font << {fonts} >> >> >>".encode()
        )
        bodies.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    return _assembled(bodies)


def _shown(each: Print) -> bytes:
    text = each.text.encode("cp1252").replace(b"\\", b"\\\\")
    text = text.replace(b"(", b"\\(").replace(b")", b"\\)")
    place = f"BT /{each.font} {each.size} Tf {each.x} {842 - each.y} Td (".encode()
    return place + text + b") Tj ET"


def _assembled(bodies: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start)
    return bytes(out)


def paragraph(text: str, *, style: str = "", listed: tuple[int, int] | None = None,
              bold: bool = False) -> str:  # fmt: skip
    """A paragraph of a Word document; `listed` is its list and how deep in it it stands."""
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if listed is not None:
        number, depth = listed
        marks += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    words = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{marks}</w:pPr>{words}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of a Word document."""
    cells = ("".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(*blocks: str, before: str = "") -> bytes:
    """A Word document of these blocks: list 1 has bullets, list 2 numbers."""
    styles = "".join(
        f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in {"H1": "heading 1", "H2": "heading 2", "T": "Title", "C": "toc 1"}.items()
    )
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/></w:lvl>'
        f'<w:lvl w:ilvl="1"><w:numFmt w:val="{form}"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n, form in {1: "bullet", 2: "decimal"}.items()
    )
    parts = {
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}">{lists}</w:numbering>',
        "word/document.xml": f'{before}<w:document xmlns:w="{WORD}"><w:body>{"".join(blocks)}'
        "</w:body></w:document>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return out.getvalue()
