"""Takes the letters off a PDF page with what is needed of their looks, and no more.

pdfplumber's own list of letters resolves the colour, the matrix and twenty other things of each,
which takes most of the time of reading a page.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTLine
from pdfplumber.page import Page

from apps.extraction.readers.pdf.printed import Char


def letters_and_figures(page: Page) -> tuple[list[Char], list[Char]]:
    """Return the letters of a page and its drawn curves and boxes, in the order of the file.

    Distances are points from the page's upper left corner, as pdfplumber counts them.
    """
    letters: list[Char] = []
    figures: list[Char] = []
    for item in _leaves(page.layout):
        if isinstance(item, LTChar):
            look = {
                "text": item.get_text(), "size": item.size, "fontname": _name(item.fontname),
                "upright": item.upright,
            }  # fmt: skip
            letters.append(_placed(item, page) | look)
        elif isinstance(item, LTCurve) and not isinstance(item, LTLine):
            figures.append(_placed(item, page))
    return letters, figures


def _leaves(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item


def _placed(item: LTComponent, page: Page) -> dict[str, Any]:
    left, above = page.mediabox[:2]
    return {
        "x0": item.x0 + left,
        "x1": item.x1 + left,
        "top": page.height - item.y1 + above,
        "bottom": page.height - item.y0 + above,
        "width": item.width,
        "height": item.height,
    }


def _name(font: str | bytes) -> str:
    return font if isinstance(font, str) else font.decode("latin-1")
