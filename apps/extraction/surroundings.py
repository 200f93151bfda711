"""Recognises what stands round the text of a note: a web page's furniture, a course's notices."""

import re

from apps.extraction.lexicon import words

_FURNITURE = re.compile(
    r"jump to (?:content|navigation|search|main)\b|(?:tap|swipe|click|press) (?:here|to)\b|"
    r"\W*(?:show|see|view|read|load) (?:more|less|all)\b\W*$|"
    r"(?:read|up|watch|see|play) next\b|from \w+, the (?:free|student|online)\b|"
    r"(?:sponsored|promoted|anzeige)\s*(?:[:·|]|$)|advert(?:isement)?s?$|"
    r"(?:rating|votes?|views?|likes?|shares?|downloads?)\s*:?\s*\d[\d.,k]*(?:\s*\(.*\))?$|"
    r"categor(?:y|ies)\s*:.*[|·]|text is available under\b|this page was\b|"
    r"this (?:article|section|page) (?:needs|may require|does not cite|is a stub)\b|"
    r"(?:students|people|readers|customers|users) also\b|"
    r"report (?:this|an?) (?:page|post|document|problem|error|ad|abuse|comment)\b|"
    r"(?:was this|did you find (?:this|it))\b.*\?|did i miss\b|let me know\b|"
    r"upload (?:your|and)\b|download(?:ed)? (?:from|by|as|the app|pdf)\b|"
    r"scanned (?:with|by)\b|enter your e-?mail\b|about the author\b|"
    r"(?:get )?\d{1,3}\s?% off\b|"
    r"cookies? (?:statement|consent|settings|preferences|notice)\b|"
    r"(?:accept|reject) (?:all|cookies)\b|(?:follow|join|contact) us\b|follow me\b|"
    r"get (?:premium|started|the app)\b|(?:start|try) (?:your )?(?:a )?free\b|"
    r"(?:like|enjoyed) this (?:post|article|video|page)\b|thanks for (?:reading|watching)\b|"
    r"like what you\b|hi (?:everyone|everybody|all|there|folks|guys)\b|"
    r"grab a (?:coffee|tea)\b|(?:tags|filed under)\s*:|\d{1,3}\s?% \(\d+\)$|"
    r"image\s*:\s*\S+\.\w{3,4}$|"
    r"[\U0001F300-\U0001FAFF]\s*\d+(?:\s+\w+)?\s+[\U0001F300-\U0001FAFF]|"
    r"\d+ (?:comments?|replies|claps?)\b|copyright\b|comments are closed\b|loading\W*$|"
    r"ads? by\b|please (?:rate|like|share|subscribe|log ?in|sign|donate)\b|"
    r"welcome (?:back|to (?:my|this|our|the) (?:blog|channel|series|course|page|site|"
    r"website))\b",
    re.I,
)
"""What a page shows round its text: menus, adverts, counts, requests."""
_PLEADING = re.compile(
    r"\b(?:promo|coupon|discount) code\b|\buse code [A-Z0-9]{4,}|"
    r"\b(?:we|site|website|page) uses? cookies\b|"
    r"\bcookies\b.{0,40}\b(?:your experience|consent|preferences|accept all)\b|"
    r"\bad ?-?blocker\b|\bfree (?:articles?|previews?|pages?) (?:left|remaining)\b|"
    r"\b(?:youtube|my) channel\b|\bintentionally (?:left )?blank\b|\bleft blank\b",
    re.I,
)
"""What a page says anywhere in its lines of itself, not of its subject."""
_BUTTONS = frozenset(
    words(
        "share print pdf cite pin it tweet email e-mail mail save for later download like reply "
        "comment comments login menu search home about contact next previous prev back top edit "
        "hide show more less copy link bookmark bookmarks follow subscribe close open play pause "
        "skip cancel submit ok yes no facebook twitter reddit whatsapp linkedin pinterest "
        "instagram youtube telegram rss report flag help faq settings profile account register "
        "sign log in up out to us me blog shop cart courses articles news forum privacy terms "
        "imprint sitemap mobile desktop view developers statement cookie cookies policy newsletter"
    )
)
"""The words on the buttons and in the menus of a page."""
MIN_BUTTONS = 2
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|june|july|august|"
    r"(?:septem|octo|novem|decem)ber|tomorrow|tonight|(?:mon|tue|wed|thu|fri|sat|sun)\b)"
)
_NOTICE = re.compile(
    r"\W*(?:to-?do|fixme)\b|(?:remember|don['’]?t forget) to (?:\w+ )?(?:read|ask|revise|check|"
    r"print|buy|bring|e-?mail|hand in|look up|review)\b|"
    r"due\s*:|due (?:on|by|date)\b|"
    r"(?:slides?|recordings?|handouts?|notes|solutions?)\b.{0,30}\b(?:uploaded|online|"
    r"moodle|canvas|blackboard|on the website)\b|"
    r"(?:the )?(?:(?:final|mid-?term|written|oral) )*(?:exam|examination|test|quiz|midterm|"
    r"final)\b(?: is| will be| takes place| date)?\s*(?:on|at|in|:|,).{0,30}"
    rf"(?:{_DAY}|\d{{1,2}}[:.]\d\d|"
    r"\broom\b|\bhall\b|\bchapters?\b)|office hours?\b|"
    r"(?:required |recommended )?readings?\s*:.*\b(?:ch\.|chapters?|pp?\.|pages?)|"
    r"good luck\b|my notes?\b\W|(?:lol|haha|omg|btw|wtf|ugh)\b|"
    r"what (?:he|she|they|the prof\w*) said\b",
    re.I,
)
"""How a notice about the course opens."""
_ADMIN = re.compile(
    r"\b(?:hw|homework|assignments?|problem sets?|lab (?:sheets?|reports?)|essays?|papers?|"
    r"projects?|coursework|worksheets?|exercises?|presentations?|deadline)"
    r"\b.{0,40}\bdue\b(?! to\b)|"
    rf"\bdue (?:on |by |next |this |:)*{_DAY}|"
    r"%\s(?:of|towards) (?:the|your) (?:final |overall )?(?:grade|mark)s?\b|"
    r"\battendance (?:list|sheet)\b|"
    r"\bbring (?:your |an? )?(?:id|student card|calculator|laptop)\b|"
    r"\b(?:group work|presentation|homework|task|reading|prepare|read) for (?:the )?"
    r"(?:next |this |following )?(?:week|class|lecture|session|time|seminar)\b|"
    r"\b(?:course|lecture) evaluation\b|"
    r"\bevaluation of (?:the|this) (?:course|lecture)\b|"
    r"\bask \w+ for (?:her|his|their|the) notes\b|"
    r"\b(?:didn['’]?t|couldn['’]?t) (?:get|catch|hear|read) (?:the|this|that|it|what)\b|"
    r"\bprof(?:essor)?\.? (?:says?|said|told|mentioned)\b|"
    r"\bwill (?:definitely|probably|surely|certainly) (?:come|be)\b.*\b(?:exam|test|quiz)\b",
    re.I,
)
"""What tells of the course wherever it stands in a line: dates, rooms, tasks, chat."""
_SESSION = re.compile(
    r"\b(?:lecture|lesson|session|seminar|tutorial|class|week|unit)\s*(?:no\.?\s*)?#?\d+\b", re.I
)
_WHEN_AND_WHO = re.compile(
    rf"\b(?:prof(?:essor)?|dr|mr|ms|mrs)\b\.?(?:\s+(?-i:[A-Z][\w'’-]*)\.?){{1,3}}|"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_DAY}|"
    rf"{_DAY}\s+\d{{1,2}}(?:st|nd|rd|th)?\b|{_DAY}|\b(?:room|hall|aula|building)\s+\S+|"
    r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)\b|\b\d{1,2}[:.]\d\d\b|"
    r"\b(?:19|20)\d\d\b|\b[A-Z]{2,6}\s?-?\d{2,4}\b|\b(?:autumn|fall|spring|summer|winter)\b|"
    r"\b(?:term|semester|notes|group|part)\b(?:\s+[A-Z0-9]\b)?",
    re.I,
)
"""Dates, lecturers, rooms and course codes at the head of a lecture."""


def is_furniture(text: str) -> bool:
    """Return whether a line belongs to the page a note was copied from: a menu, an advert."""
    tokens = words(text.lower())
    named = _FURNITURE.match(text) is not None or _PLEADING.search(text) is not None
    return named or (len(tokens) >= MIN_BUTTONS and _BUTTONS.issuperset(tokens))


def is_coursework(text: str) -> bool:
    """Return whether a line tells of the course instead of its subject: a date, a task, a room."""
    told = _NOTICE.match(text) is not None or _ADMIN.search(text) is not None
    return told or _is_session(text)


def _is_session(text: str) -> bool:
    """Return whether a line says when and by whom a lecture was held, and not on what."""
    if _SESSION.search(text) is None:
        return False
    rest = _WHEN_AND_WHO.sub(" ", _SESSION.sub(" ", text))
    return rest.strip(" ,.;:–—-|()/") == "" and _WHEN_AND_WHO.search(text) is not None
