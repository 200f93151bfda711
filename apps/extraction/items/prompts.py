"""Words prompts so that they ask one clear thing of a stranger."""

import re

from apps.extraction.documents import Statement
from apps.extraction.items.glosses import is_doing, is_gloss
from apps.extraction.lexicon import (
    ARTICLES,
    COPULAS,
    MODALS,
    PRONOUNS,
    SPLITTERS,
    STOP_WORDS,
    VERBS,
    is_verb,
    stands_in,
    words,
)
from apps.extraction.roots import apart, root, roots
from apps.extraction.sentences import SUBJECTLESS, balanced, own_subject
from apps.extraction.titles import clean_title, is_plural
from apps.extraction.verbs import DOUBTFUL, is_past

_MEANS = re.compile(r"^(?:means?|meaning)\s+(?:that\s+)?", re.I)
_USED = re.compile(
    r"^(?:is |are )?(?P<how>used|useful|good|great|ideal|suited|best|designed|meant)"
    r"\s+(?P<link>for|to|when|by|in|with|as)\s+(?P<what>\S.+)$",
    re.I,
)
_BE = re.compile(r"^(?:is|are|was|were)\s+", re.I)
_FOR = re.compile(r"^for\s+", re.I)
_COMPARED = re.compile(r"^(?:easier|faster|cheaper|better|worse|best|harder|simpler|slower)$", re.I)
_STATE = re.compile(
    r"^(?:free (?:of|for|from|until)|not charged|always|never|only|no|not|none|disabled|"
    r"enabled|available|unlimited|supported|automatically|by default|up to|at (?:least|most)|"
    r"very|fully|more|less|same)\b",
    re.I,
)
_ACTS = re.compile(
    r"^[a-z]+[^su]s\s+(?:an?|the|its|their|each|every|one|up|down|back|out|to)\b", re.I
)
_TITLED = re.compile(r"[A-Z]\w* [A-Z]")
_DATED = re.compile(r"\b1\d{3}\b|\b20\d{2}\b")
_IT = re.compile(
    r"^(?:it|they)(?:(?= (?:(?:still|also|only|just) )?(?:[a-z]+s|can(?:not|['’]t)?|could|may|must|"
    r"should|will)\b)\s+|['’](?:s|re)\s+)(?=\w)",
    re.I,
)
_WE = re.compile(r"^(?:we|you|i|user|one|if|when|because|since|so|but|also|then)\b", re.I)
_COMMAS = re.compile(r"\s*[,;]\s*(?:(?:and|or)\s+)?")
_AND = re.compile(r"\s+(?:and|\+)\s+")
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.I)
_QUOTES = re.compile(r"[“”\"]")
_COUNT_LABEL = re.compile(
    r"^(?:so|now|then|also|here|has|have|are|is|it|they|there|supports?|includes?|requires?|consists?|made)\b.*",
    re.I,
)
SHORT = 3
"""Words up to which a phrase is a short one."""
_CUT = re.compile(
    r"\.{3,}|;\s|\.\s+(?=[A-Z])|\s[-–—]\s|"
    r",\s(?=(?:which|so|because|but|where|and then|e\.g)\b)|\s\((?=[^()]*\)?$)"
)
_SERIES = re.compile(r"^[^,;]{1,30}[,;][^,;]{1,30}(?:[,;]|$)")
_NUMBERED = re.compile(
    r"(?:workaround|option|scenario|approach|step|way|rule|point|reason) ?#?\d+|"
    r"workaround|other|yes|no|default|custom",
    re.I,
)
"""A label that only counts, or is no term where its list is gone."""
_PIECES = " › "
_ASKS = re.compile(r"(?:What|Which|When|Where|How|Why)\b")
"""The opening of a title that reads as a question: "When it goes wrong"."""
LONG = 48
"""Characters of a context from which what a title adds in brackets is left out."""
_ADDED = re.compile(
    r"\s\((?!(?:if|when|once|for|in|after|before|with|without|only)\b)[^()]{12,}\)(?=\s›|$)", re.I
)


def joined(context: str, ask: str) -> str:
    """Return a prompt with its context in front: "EBS › gp2: size?"."""
    return f"{context}: {ask}" if context else f"{ask[:1].upper()}{ask[1:]}"


def below(context: str, term: str, ask: str) -> str:
    """Return a prompt that puts a term at the end of its context: "EBS › gp2: what is it for?"."""
    return f"{context}{_PIECES}{term}: {ask}" if context else f"{term}: {ask}"


def shown_context(statement: Statement) -> str:
    """Return the context of a statement without labels that only announce how many follow.

    "Has three parts › Root" becomes "Root", with the subject before it where nothing else names
    a place.
    """
    pieces = _without_repeats(statement.context.split(_PIECES))
    if len(pieces) > 1 and _ASKS.match(pieces[0]) and SUBJECTLESS.match(pieces[0]):
        pieces = pieces[1:]
    telling = [piece for piece in pieces if not (_announces(piece) and len(words(piece)) > 1)]
    if len(telling) == len(pieces):
        whole = _PIECES.join(pieces)
        return _ADDED.sub("", whole) if len(whole) > LONG else whole
    about = clean_title(statement.subject.about)
    if not telling and about and not _announces(about) and "?" not in about:
        telling = [about]
    return _PIECES.join(telling)


def _without_repeats(pieces: list[str]) -> list[str]:
    """Return labels without those the next one opens with: "Soil › Soil holds water"."""
    return [
        piece
        for piece, following in zip(pieces, [*pieces[1:], ""], strict=True)
        if not following.lower().startswith(f"{piece.lower()} ")
    ]


def _announces(piece: str) -> bool:
    return _COUNT_LABEL.match(piece) is not None


def definition_prompt(term: str, meaning: str, context: str = "") -> tuple[str, str]:
    """Return the question that asks for a term's meaning, and the meaning to answer it with.

    Both are "" where the meaning does not say what the term is, what it does or is for: nobody
    can tell from a term alone that its price or its place is asked for. The wording is right for
    every noun: no article and no agreement is guessed, except where the verb of the meaning
    tells whether the term is one or many.
    """
    term = _ARTICLE.sub("", _QUOTES.sub("", term))
    if _NUMBERED.fullmatch(term):
        return "", ""
    meaning = _IT.sub("", meaning.strip(" ,;:").rstrip("."))
    used = _USED.match(meaning)
    if used is not None:
        link, how = used["link"].lower(), used["how"].lower()
        ask = f"when {how}?" if link == "when" else f"{how} {link} what?"
        if link == "to":
            ask = f"{how} to do what?"
        return below(context, term, ask), used["what"]
    for opener, ask in ((_MEANS, f"what does “{term}” mean?"), (_FOR, f"what is “{term}” for?")):
        if opener.match(meaning):
            return joined(context, ask), opener.sub("", meaning)
    if _DATED.search(term):
        return below(context, term, "what happened?"), meaning
    acts = _is_action(meaning, term)
    if acts or _commands(meaning):
        do = "does it" if _sings(meaning) or not is_plural(term) else "do they"
        ask = below(context, term, f"what {do} do?")
        return (ask, meaning) if is_doing(meaning) else ("", "")
    bare = _BE.sub("", meaning)
    if is_plural(term) and series_length(bare, term):
        return below(context, term, "which ones?"), bare
    return (joined(context, f"what is meant by “{term}”?"), bare) if is_gloss(bare) else ("", "")


def series_length(meaning: str, term: str) -> int:
    """Return how many names a meaning enumerates and nothing else, 0 where it says more.

    Names have capitals, unless a plural announces that there are several.
    """
    *first, last = _COMMAS.split(meaning)
    parts = [*first, *_AND.split(last)]
    named = [
        0 < len(words(part)) <= SHORT
        and words(part)[0].lower() not in ARTICLES | SPLITTERS
        and (part[:1].isupper() or part[:1].isdigit() or is_plural(term))
        for part in parts
    ]
    lengths = [len(words(part)) for part in parts]
    shared = parts[1:] == parts[-1:] and lengths[-1] > lengths[0]
    return len(parts) if len(parts) > 1 and all(named) and not shared else 0


def is_clause(meaning: str) -> bool:
    """Return whether a meaning is a sentence of its own, which no question for a term leads to."""
    meaning = _MEANS.sub("", meaning)
    return _clause(meaning) or _WE.match(meaning) is not None


def is_sentence(label: str) -> bool:
    """Return whether a label says something itself, so that nobody asks for its meaning."""
    low = [word.lower() for word in words(label)]
    if not low or any(word in COPULAS | MODALS | PRONOUNS for word in low):
        return True
    if low[0] in VERBS and len(low) > 1 and low[1] in ARTICLES:
        return True
    if not any(char.isalpha() for char in label) or _COMPARED.match(label):
        return True
    short = words(label)[0].isupper() and len(low[0]) > 1
    opens = not short and low[0] in (STOP_WORDS | SPLITTERS) - ARTICLES
    ends = low[-1] in SPLITTERS | {"using"}
    return opens or ends or bool(own_subject(label))


def _sings(meaning: str) -> bool:
    """Return whether the verb a meaning opens with is that of one thing."""
    return next(iter(words(meaning)), "").endswith("s")


def _is_action(meaning: str, term: str) -> bool:
    """Return whether a meaning opens with the verb of something that acts."""
    first = next(iter(words(meaning)), "").lower()
    agrees = first.endswith("s") or is_plural(term)
    acts = is_verb(first) and first not in COPULAS | MODALS and agrees
    return acts or _ACTS.match(meaning) is not None


def _is_state(meaning: str) -> bool:
    """Return whether a meaning says how a thing is or what to do, not what it is or does."""
    tokens = [word.lower() for word in words(meaning)[:2]]
    if not tokens or tokens[0] in MODALS | SPLITTERS or _STATE.match(meaning) or _clause(meaning):
        return True
    passive = tokens[0].endswith("ed") and tokens[-1] in SPLITTERS
    alone = len(tokens) == 1 and not meaning[:1].isupper()
    return passive or alone or tokens[0].endswith("ly")


def _clause(meaning: str) -> bool:
    """Return whether a meaning is a sentence with a subject of its own."""
    own = own_subject(meaning)
    return bool(own) and len(words(own)) <= SHORT


def _commands(meaning: str) -> bool:
    """Return whether a meaning says what to do."""
    first, second = [*words(meaning.lower())[:2], "", ""][:2]
    if second == "of" or (is_past(second) and not first.endswith("s")):
        return False
    done = first.endswith("s") or first in (COPULAS | MODALS) - {"have", "do"}
    titled = first in DOUBTFUL and _TITLED.match(meaning) is not None
    return is_verb(first) and not (done or titled or _ACTS.match(meaning))


def is_noun_phrase(meaning: str, term: str) -> bool:
    """Return whether a meaning names what a term is, as an answer to "which one is this"."""
    first = next(iter(words(meaning)), "").lower()
    if first in ARTICLES:
        return True
    if _SERIES.search(meaning):
        return False
    said = (
        first.endswith("est")
        or _is_action(meaning, term)
        or _is_state(meaning)
        or _commands(meaning)
    )
    return not (said or _USED.match(meaning))


def shortened(text: str, limit: int) -> str:
    """Return a text cut at the last clause that ends within `limit` words, or as it is."""
    if len(words(text)) <= limit:
        return text
    cuts = [match.start() for match in _CUT.finditer(text)]
    for cut in reversed(cuts):
        head = text[:cut].rstrip(" ,;:-–—")
        if SHORT <= len(words(head)) <= limit and balanced(head):
            return head
    return text


def leaks(label: str, text: str) -> bool:
    """Return whether a text gives a label away by one of its telling words."""
    said, low = roots(text), text.lower()
    parts = words(apart(label))
    return any(
        root(part) in said or (part.isupper() and stands_in(part.lower(), low))
        for part in parts
        if (len(part) > 1 or len(parts) == 1) and part.lower() not in ARTICLES | SPLITTERS
    )
