"""Recognises the lines of a note that say nothing about its subject."""

import re
from collections.abc import Sequence
from functools import lru_cache

from apps.extraction.documents import Line, LineRecord, Reason, Role
from apps.extraction.lexicon import REMEMBERED, STOP_WORDS, words
from apps.extraction.surroundings import is_coursework, is_furniture

FEW = 3
LINK_WORDS = 8
CAPTION_WORDS, CAPTION_CHARS = 4, 60
_URL = re.compile(r"(?:https?://|www\.)\S+", re.I)
_LINK = re.compile(
    r"^(?:for )?more (?:details?|info(?:rmation)?)\b|"
    r"^see (?:(?:also|below|above|the|here|diagram|this|pages?|chapter|section|fig|slides?|"
    r"table|lecture|textbook|notes)\b|(?:pp?|pg)\.)|^(?:pp?|pg)\.\s*\d|"
    r"^back to (?:index|top|contents|home|main|the)\b|"
    r"^(?:read|click|watch|download|check)\b.*\b(?:link|here|faqs?|article|blog|video)\b|"
    r"^links?\s*:|"
    r"^[\w&/. -]{0,30}\bfaqs?$|\bgood article\b|^(?:source|credits?|ref(?:erence)?s?)\s*:\s*\S*$",
    re.I,
)
_CAPTION = re.compile(
    r"^(?:image|figure|fig\.?|diagram|screen ?shot|photo|logo|avatar|icon)\b"
    r"[\s\d:.]*(?:\S+\s*){0,4}$|"
    r"\b(?:diagram|screenshot|image|logo|histogram|lifecycle diagram)$|\.(?:png|jpe?g|gif|svg)$",
    re.I,
)
_CHROME = re.compile(
    r"^leave a (?:reply|comment)|required fields|will not be published|all rights reserved|"
    r"\bcookies? policy\b|^subscribe\b|^share (?:this|on)\b|^posted (?:by|on|in)\b|"
    r"^(?:view|edit) (?:code|page|source)\b|^license\s*:|coment[aá]rio|"
    r"^log ?in\b|^sign (?:in|up)\b|"
    r"^table des mati|^skip to (?:content|main)|^(?:previous|next) (?:post|article|page)\b|"
    r"^written by\b|^last (?:updated|modified)\b|"
    r"^\d+ (?:min(?:ute)?s? read|likes?|views?|shares?)$|"
    r"\bhome page\b.*\blogo\b|^©|^\(c\) \d{4}\b|"
    r"^(?:privacy|cookies?|terms (?:of|and|&))\b[\w\s&]{0,24}$|"
    r"^-?\s?(?:(?:page|slide|folie)\s)?\d{1,4}(?:\s(?:of|/)\s\d{1,4})?\s?-?$",
    re.I,
)
_MENU = re.compile(r"^(?:table of )?contents\s*[\[(]?(?:hide|show)?[\])]?$", re.I)
_ENTRY_NUMBER = re.compile(r"^\d+(?:\.\d+)*\.?\s+")
_TERMINAL = re.compile(
    r"^(?:leave a (?:reply|comment)|stargazers|watchers|related (?:posts|articles)|"
    r"nenhum coment|postar um coment|no comments|\d+ comments?|recommend(?:ed)? )",
    re.I,
)
_APPENDIX = re.compile(
    r"^(?:see also|external links|further reading|bibliography|works cited|references|"
    r"(?:students|people|readers|users) also\b.*|was this \w+ helpful\b.*|downloaded from\b.*|"
    r"about the author|read (?:next|more)\b.*|you (?:may|might) also like\b.*)\W*$",
    re.I,
)
"""Titles behind which, at the end of a page, nothing more is said of its subject."""
_CONTENTS = re.compile(r"^(?:table of )?contents?:?$", re.I)
_CONTENTS_ENTRY = re.compile(r"^\S.{2,80}?(?:\s+-\s*|\s*\.{3,}\s*|\s{3,})\d{1,4}$")
_EXAMPLE = re.compile(
    r"^(?:e\.?\s?g\b\.?|ex(?:ample)?s?\s*[:.\d]|for (?:example|instance)\b|i\.?e\b\.?)", re.I
)
_ADVICE = re.compile(
    r"^(?:read the question|remember (?:the|to|that|all|your)\b|don['’]?t forget|"
    r"think\b|know (?:the|your|about|how|when|what)\b|(?:exam )?tips?\s*:|make sure (?:you|to) "
    r"(?:know|understand|remember)|for the exam\b|study\b|learn (?:the|about)\b)|\bexam question|"
    r", for the exam,",
    re.I,
)
_REMARK = re.compile(
    r"^(?:i|i['’]m|i['’]ve)\s|"
    r"^(?:this|the) (?:blog|post|article|repository|repo|page|summary|document|"
    r"notes?|guide) |^(?:in progress|to ?do|tbd|tba|wip|work in progress)\b|^we(?:['’]ll| will) "
    r"(?:see|cover|discuss|talk)|^as (?:we|i) (?:said|saw|explained)",
    re.I,
)
_CODE = re.compile(
    r"\b[au]rn:[\w*${-]|^[$>]\s\S|"
    r"^(?:sudo|npm|pip|docker|kubectl|git|curl|cd|apt-get)\s+[\w-]+ [\w./-]*--?|"
    r"[{};]\s*$|^\s*[{}\[\]]|"
    r"^(?:def|class|import|from|function|const|var|let) \w+.*[:({=;]|\bx{3,}\b.*[./]|"
    r"^\"[\w:-]+\"\s*:",
)
_DATE = re.compile(
    r"^(?:\w+,?\s+)?\d{1,2}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?[^\W\d]{3,10}\.?,?\s+(?:de\s+)?\d{4}$|"
    r"^[^\W\d]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,\s+\d{4}$|"
    r"^\d{4}-\d\d-\d\d$|^\d{1,2}/\d{1,2}/\d{2,4}$"
)
_PERCENT_BAR = re.compile(r"[^\W\d]\S* \d{1,2}(?:\.\d+)?%")
_TAGS = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*(?: [a-z0-9]+(?:-[a-z0-9]+)*){7,}$")
_BYLINE = re.compile(
    r"^by [A-Z]|^prof(?:essor|\.)|\b(?:lectures?|notes|professor|prof\.|dr\.?|university|"
    r"college|semester|term|week|autumn|fall|spring|summer|winter|course|module|chapter|unit|"
    r"class|version|exam)\b|"
    r"\b(?:19|20)\d\d\b",
    re.I,
)
_HOST = re.compile(r"\b[\w-]+(?:\.[\w-]+){2,}['’]s\b")
_LOST_DIGITS = re.compile(r"^0{2,}\s")


@lru_cache(maxsize=REMEMBERED)
def _told_by_wording(text: str) -> Reason | None:
    """Return why what a text says is not about the subject, or None; lines and items ask both."""
    return next((reason for reason, test in _TESTS if test(text)), None)


def line_noise(line: Line) -> Reason | None:
    """Return why a line says nothing about the subject, or None where it may say something."""
    text = line.clean
    if not any(char.isalnum() for char in text):
        if not text and line.marker:
            return Reason.LONE_MARKER
        return Reason.UNANSWERED if "?" in text else Reason.RULE
    return _told_by_wording(text)


def _is_link(text: str) -> bool:
    rest = _URL.sub("", text)
    return (
        len(rest) * 2 < len(text)
        or _URL.match(text) is not None
        or _LINK.search(text) is not None
        or (rest != text and len(words(rest)) <= LINK_WORDS and ":" in rest)
    )


def _is_chrome(text: str) -> bool:
    tokens = text.split()
    return (
        _CHROME.search(text) is not None
        or is_furniture(text)
        or _DATE.match(text) is not None
        or len(_PERCENT_BAR.findall(text)) >= FEW
        or (_TAGS.match(text) is not None and STOP_WORDS.isdisjoint(tokens))
        or (len(tokens) >= FEW and len(set(tokens)) == 1)
        or _HOST.search(text) is not None
        or sum(token.replace(".", "").isdigit() for token in tokens) * 2 > len(tokens) > FEW
    )


def _is_damaged(text: str) -> bool:
    return "\ufffd" in text or _LOST_DIGITS.match(text) is not None


_TESTS = (
    (Reason.DAMAGED, _is_damaged),
    (Reason.CHROME, _is_chrome),
    (Reason.LINK, _is_link),
    (Reason.CAPTION, lambda text: _CAPTION.search(text) is not None and len(text) < CAPTION_CHARS),
    (Reason.CODE, lambda text: _CODE.search(text) is not None),
    (Reason.EXAMPLE, lambda text: _EXAMPLE.match(text) is not None),
    (Reason.ADVICE, lambda text: _ADVICE.search(text) is not None),
    (Reason.REMARK, lambda text: _REMARK.search(text) is not None),
    (Reason.REMARK, is_coursework),
    (Reason.UNANSWERED, lambda text: text.rstrip().endswith((": ?", ":?"))),
)


def _byline(written: Sequence[Line]) -> dict[int, Reason]:
    """Return the lines right below a note's title that say who wrote it, when and for whom."""
    if len(written) <= FEW or written[1].gap or written[0].marker:
        return {}
    found: dict[int, Reason] = {}
    for line in written[1:FEW]:
        if line.gap or line.marker or not _BYLINE.search(line.clean) or ":" in line.clean:
            break
        found[line.no] = Reason.CHROME
        if line.loose or "," in line.clean:
            return found
    return {}


def page_noise(lines: Sequence[Line]) -> tuple[LineRecord, ...]:
    """Return the lines of front matter, tables of contents and page footers, by their place."""
    reasons: dict[int, Reason] = {}
    written = [line for line in lines if line.raw.strip()]
    for place, line in enumerate(written):
        if line.marker or line.indent > 1:
            continue
        if place * 10 <= len(written) and _CONTENTS.match(line.clean):
            reasons.update({above.no: Reason.CHROME for above in written[:place]})
            reasons[line.no] = Reason.CONTENTS
        elif (place * 2 > len(written) and _TERMINAL.match(line.clean)) or (
            place * 4 > 3 * len(written) and _APPENDIX.match(line.clean)
        ):
            reasons.update({below.no: Reason.CHROME for below in written[place:]})
            break
    reasons.update(_contents(written))
    reasons.update(_menu(written))
    reasons.update(_byline(written))
    return tuple(LineRecord(no, Role.SKIPPED, reason) for no, reason in sorted(reasons.items()))


def _contents(written: Sequence[Line]) -> dict[int, Reason]:
    """Return runs of three and more lines that each end in a page number."""
    found: dict[int, Reason] = {}
    run: list[int] = []
    for line in [*written, None]:
        if line is not None and _CONTENTS_ENTRY.match(line.clean):
            run.append(line.no)
            continue
        if len(run) >= FEW:
            found.update(dict.fromkeys(run, Reason.CONTENTS))
        run = []
    return found


def _menu(written: Sequence[Line]) -> dict[int, Reason]:
    """Return the titles listed below "Contents" that stand again over their own sections."""
    found: dict[int, Reason] = {}
    for place, line in enumerate(written):
        if not _MENU.match(line.clean):
            continue
        later = {below.clean.lstrip("# ").lower() for below in written[place + 1 :]}
        found[line.no] = Reason.CONTENTS
        for entry in written[place + 1 :]:
            title = _ENTRY_NUMBER.sub("", entry.clean).lower()
            if title == entry.clean.lower() or title not in later:
                break
            found[entry.no] = Reason.CONTENTS
        break
    return found


def text_noise(text: str, *, bulleted: bool = True) -> Reason | None:
    """Return why the text of an item or paragraph says nothing about the subject, or None."""
    if (
        not bulleted
        and len(words(text)) <= CAPTION_WORDS
        and text.islower()
        and not text.endswith(":")
    ):
        return Reason.CAPTION
    if not any(char.isalnum() for char in text):
        return Reason.RULE
    return _told_by_wording(text)
