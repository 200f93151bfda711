"""Tells the furniture of a web page (menus, scripts, footers) from what it says."""

import re

from apps.extraction.readers.html.tree import HEADINGS, LISTS, Element

_SILENT = frozenset(
    ("head", "script", "style", "noscript", "template", "noembed", "noframes", "frameset", "xmp",
     "iframe", "object", "embed", "applet", "svg", "canvas", "audio", "video", "map", "img",
     "picture", "source", "track", "param", "link", "meta", "base", "title", "col", "colgroup",
     "button", "select", "textarea", "datalist", "input", "nav", "aside", "footer", "del", "s",
     "strike", "rt", "rp")
)  # fmt: skip
_SILENT_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar",
     "toolbar", "dialog", "alertdialog", "tablist", "doc-toc", "doc-backlink")
)  # fmt: skip
_KEPT = frozenset(("html", "body", "main", "article"))
_PLACE = (
    r"(?:(?:site|page|main|top|bottom|left|right|post|blog|global|primary|secondary|entry|mw|wp|js)"
    r"[-_])*"
)
_CHROME_NAME = re.compile(
    rf"{_PLACE}(?:nav(?:bar|igation)?|menus?|footer|side-?bar|bread-?crumbs?|"
    r"cookies?(?:[-_](?:banner|notice|bar|consent|popup))?|"
    r"comments?(?:[-_](?:area|list|section|form|respond))?|disqus[-_]thread|"
    r"shar(?:e|ing)(?:[-_](?:buttons?|bar|links?))?|social(?:[-_](?:links?|icons?|share|media))?|"
    r"related(?:[-_](?:posts?|articles?|links?))?|newsletter(?:[-_]\w+)?|subscribe(?:[-_]\w+)?|"
    r"advert(?:s|isements?)?|ads?(?:[-_](?:slot|banner|unit))?|promo|toc|table[-_]of[-_]contents|"
    r"skip(?:[-_](?:link|to[-_]content|nav))?|pagination|pager|byline|author[-_](?:bio|box|info)|"
    r"(?:post|entry|page|article)[-_]meta|tags?(?:[-_](?:list|cloud|links))?|"
    r"edit(?:section|[-_]link|[-_]page)|reading[-_]time|copyright|login|search(?:[-_](?:form|box|bar))?|"
    r"sr[-_]only|visually[-_]hidden|screen[-_]reader[-_]text|headerlink|anchor(?:js-link)?|"
    r"pop-?up|modal|banner|caption|figcaption|reference|footnote[-_](?:ref|back\w*))",
    re.I,
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
FEW = 3


def is_furniture(element: Element) -> bool:
    """Return whether an element and all in it say nothing about the page's subject."""
    name, attrs = element.name, element.attrs
    if name in _SILENT:
        return True
    if name in _KEPT or not attrs:
        return False
    if "hidden" in attrs or attrs.get("aria-hidden", "").lower() == "true":
        return True
    if attrs.get("role", "").lower() in _SILENT_ROLES or _HIDING_STYLE.search(
        attrs.get("style", "")
    ):
        return True
    names = [*attrs.get("class", "").split(), attrs.get("id", "")]
    return any(_CHROME_NAME.fullmatch(each) for each in names) and not _holds_page(element)


def is_contents(element: Element) -> bool:
    """Return whether a list is a table of contents: nothing but links to places of the page."""
    if element.name not in LISTS:
        return False
    links = [each for each in element.walk() if each.name == "a"]
    inside = [each for each in links if each.attrs.get("href", "").startswith("#")]
    if len(inside) < FEW or len(inside) < len(links):
        return False
    linked = sum(len(each.words().split()) for each in inside)
    return linked == len(element.words().split())


def is_note_mark(element: Element) -> bool:
    """Return whether a raised text is only the mark of a footnote."""
    return element.name == "sup" and any(
        each.name == "a" and "#" in each.attrs.get("href", "") for each in element.walk()
    )


def _holds_page(element: Element) -> bool:
    """Return whether an element named like furniture holds the page itself."""
    return element.name in HEADINGS or any(
        each.name in ("h1", "main", "article") for each in element.walk()
    )
