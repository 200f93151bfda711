"""Words the rules look for: pronouns, verbs, generic titles, units of structure."""

import re
from functools import lru_cache

from apps.extraction.verbs import COPULAS, MODALS, VERBS, is_verb, word_set

__all__ = [
    "ARTICLES", "COPULAS", "GENERIC", "MODALS", "NAME", "NEGATIVE", "PRONOUNS", "QUALIFIER",
    "RELATION_LABEL", "REMEMBERED", "SPLITTERS", "STOP_WORDS", "VERBS", "WORD", "canonical",
    "has_digit", "is_verb", "letter_runs", "stands_in", "words",
]  # fmt: skip


REMEMBERED = 20_000
"""Texts whose words are kept at hand: most are looked at by several rules."""


PRONOUNS = frozenset({"it", "they", "this", "these", "that", "those", "he", "she", "there"})
ARTICLES = frozenset({"a", "an", "the"})
STOP_WORDS = word_set(
    "a an the and or but nor so of to in on at by for from with without into onto over under "
    "as is are was were be been being it its they them their this that these those there "
    "can could may might must should will would do does did has have had not no than then "
    "if when while where which who whom whose what how why we you your our us i he she "
    "also only just more most less least very up down out about per via e.g i.e etc "
    "each every any some all both other such same own"
)
SPLITTERS = word_set(
    "for with by to from in on of as via than at into across between through without within "
    "under over per after before during against no not only called using based like against "
    "around until every including"
)
GENERIC = re.compile(
    r"^(?:an? |the |key |main |other |some |general |basic |important |quick |high[- ]level )*"
    r"(?:description|overview|introduction|intro|summary|architecture|scalability|consistency|"
    r"resilience|availability|disaster recovery|"
    r"(?:network |data |access )?security|monitoring|pricing|price|costs?|"
    r"use[ -]?cases?|uses?|limits?|limitations?|quotas?|best practices?|foundations?|"
    r"examples?|notes?|types?|kinds?|pros?|cons?|advantages?|disadvantages?|benefits?|drawbacks?|"
    r"features?|characteristics?|properties|components?|concepts?|definitions?|terms|"
    r"terminology|options|modes?|steps?|process|workflow|performance|encryption|networking|"
    r"configuration|settings|basics|details|facts|how it works|when to use(?: it)?|"
    r"good to know|requirements?|integrations?|deployment|durability|storage|analysis|"
    r"logging(?: and monitoring)?|access control|scaling|backups?|recap|comparisons?|"
    r"treatments?|therapy|management|complications?|diagnosis|a?etiology|epidemiology|"
    r"pathophysiology|pathology|pathogenesis|prognosis|prevention|symptoms?|signs?|"
    r"clinical (?:features|presentation|signs)|presentation|investigations?|risk factors?|"
    r"side[ -]effects?|adverse effects|indications?|contraindications?|dosage|dosing|mechanism"
    r"(?: of action)?|causes?|effects?|consequences?|outcomes?|aftermath|significance|background|"
    r"(?:brief )?history|timeline|chronology|key (?:dates|figures|people|points|terms|events)|"
    r"principles|elements|exceptions|remedies|defences|classification|structure|functions?|"
    r"formula(?:e|s)?|units|applications|tools|commands?|syntax|questions|review questions|"
    r"exercises|glossary|vocabulary|abbreviations|acronyms|conclusions?|results|origins|"
    r"main ideas?|remarks?|scope|location|procedure|numbers|problems?|solutions?|strategies)"
    r"(?: (?:overview|types|options))?(?:\s*[&/,]\s*\w+| and \w+)?$",
    re.I,
)
"""Titles that say nothing without the one above."""

QUALIFIER = re.compile(
    r"^(?:if|when|whenever|once|(?:every|each) time|while|after|before|until|by default|unless|"
    r"from (?:inside|outside)|"
    r"in (?:case|order|the case)|during|as soon as|for example|otherwise)\b",
    re.I,
)
"""Openers that set a condition instead of naming a subject."""

RELATION_LABEL = re.compile(
    r"^(?:it|they|there|this|these|its|their|we|you|has|have|can|could|may|must|should|will|need|"
    r"needs|requires?|supports?|includes?|allows?|provides?|consists? of|contains?|uses?|"
    r"support for|used (?:for|by|to|in)|types? of|kinds? of|some|several|two|three|four|five|"
    r"six|seven|\d+|ways? to|how|what|why|which|where|to|for|is|are|do|don't|good for|great for|"
    r"available|the following|as follows|selects?|only)\b",
    re.I,
)
"""Openers whose children complete them; the subject is the one above."""

NEGATIVE = re.compile(
    r"\b(?:not|no|never|cannot|can['’]?t|n['’]t|without|none|neither|nor|"
    r"\w+n['’]t|unable|disabled|unsupported|cant|dont|doesnt|isnt)\b",
    re.I,
)
NAME = re.compile(
    r"(?:[A-Z][\w.&/+-]*[A-Z0-9][\w.&/+-]*|[A-Z][a-z][\w-]+(?![\w'’])|"
    r"(?<!\w)\.[a-z]\w+|[a-z]+[A-Z]\w*|“[^”]{2,40}”|\"[^\"]{2,40}\")"
    r"(?:[ -](?:[A-Z][\w.&/+-]*|\d{1,3}(?![\w.])))*"
)
"""A name inside a sentence: capitals, an abbreviation, something quoted or in program case."""
_RUN = re.compile(r"\w+")
WORD = re.compile(r"[^\W_][\w'’.@+#/&-]*[^\W_]|[^\W_]")


def words(text: str) -> list[str]:
    """Return the words of a text, with inner hyphens, dots and slashes kept."""
    return list(_split(text))


@lru_cache(maxsize=REMEMBERED)
def _split(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text))


@lru_cache(maxsize=REMEMBERED)
def letter_runs(text: str) -> frozenset[str]:
    """Return the unbroken runs of letters, digits and underlines of a text, in lower case.

    A cheap first look for the rules whose patterns are dear and seldom match.
    """
    return frozenset(_RUN.findall(text.lower()))


def has_digit(text: str) -> bool:
    """Return whether a digit stands in the text."""
    return any(char.isdigit() for char in text)


@lru_cache(maxsize=REMEMBERED)
def canonical(text: str) -> str:
    """Return the words of a text in lower case, without articles and marks."""
    return " ".join(word.lower() for word in words(text) if word.lower() not in ("a", "an", "the"))


def stands_in(needle: str, text: str) -> bool:
    """Return whether a text holds another as words of its own, not inside longer words."""
    start = text.find(needle)
    while needle and start >= 0:
        end = start + len(needle)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (_in_word(before) or _in_word(after)):
            return True
        start = text.find(needle, start + 1)
    return False


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"
