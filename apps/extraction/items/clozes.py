"""Cuts gaps into what a fact says: its number, its names, or the words that tell."""

import re
from dataclasses import replace

from apps.extraction.documents import CardKind, Fact, Statement
from apps.extraction.items.draft import CardPlan, full_text, plan_card
from apps.extraction.items.gaps import find_gaps
from apps.extraction.items.glosses import CLASSES, is_name
from apps.extraction.items.objects import object_gap
from apps.extraction.items.phrases import Gap
from apps.extraction.items.pools import content_words
from apps.extraction.items.prompts import (
    definition_prompt,
    is_clause,
    is_sentence,
    joined,
    series_length,
    shortened,
    shown_context,
)
from apps.extraction.items.series import SERIES, things_of
from apps.extraction.lexicon import COPULAS, MODALS, STOP_WORDS, canonical, words
from apps.extraction.roots import apart, root, roots
from apps.extraction.sentences import leading_pronoun, own_subject
from apps.extraction.titles import clean_title, is_generic

MAX_VALUE_WORDS = 10
MAX_DEFINITION_WORDS = 28
MAX_GAPS = 2
MAX_OPTIONS = 4
MAX_SERIES = 5
"""Names beside a term up to which all are asked for."""
MIN_NEW = 2
"""Words a meaning adds to its term where it repeats it."""
SHORT = 6
"""Words of a meaning that only repeats its term where it opens with it."""
ALONE = 2
"""Words of a value that are its number and unit and nothing else."""
SAYS = 4
"""Words from which what stands under "Pros" says something, and is no bare value."""
REPEATED = 0.4
"""Share of the telling words of a meaning that may not be its term's."""
_EMPTY = frozenset(map(root, STOP_WORDS))
SURE = 0.6
"""Certainty from which a term is taken to stand beside what it means."""
_ASPECT = re.compile(
    r"^(?:pros?|cons?|(?:dis)?advantages?|benefits?|drawbacks?|limitations?|use[ -]?cases?|"
    r"features?|effects?|symptoms?|causes?)$",
    re.I,
)
_NOT_ASKED = re.compile(
    r"^(?:(?:you|we|i)(?: have (?!to\b)| want |['’]ve )|(?:or|and)\b|"
    r"same (?:thing|as|for|with|goes)\b)",
    re.I,
)
"""Openers of a made-up case ("You have built a house") and of half a sentence."""
_SAMPLE = re.compile(
    r"[\s,;(–-]*\b(?:(?:e\.?g|ex|for (?:example|instance)|such as)\b|example:).*$", re.I
)
_FORMULA = re.compile(r" [>=] ")
"""Signs of a path to click through or of an equation."""
_ADDED = re.compile(r"[.;,(]?\s*\b(?:e\.?g\b|for (?:example|instance)\b|example:).*$", re.I)
"""An example that comes after what a term means."""
_NAMED = re.compile(r"[A-Z][\w'’-]+(?:\s(?:of|the|von|van|de|[A-Z][\w'’.-]*)){0,5}")
"""The name of somebody or something."""
_NUMBER_OR_NAME = frozenset({"number", "name"})
_FAIR, _STRONG = 0.55, 0.7
"""How good a gap must be, and how good a second one beside it."""


def value_options(place: int, fact: Fact) -> list[CardPlan]:
    """Return the cards for an attribute: by its value, or by the number in a long value."""
    statement = fact.statement
    count = len(words(statement.text))
    sentence = full_text(fact)
    lead = len(statement.label) + 2
    cards = said_options(place, fact, sentence)
    if statement.quantities and count > ALONE and cards and "number" in cards[0].role:
        return cards
    if is_generic(statement.label) and count > SAYS and cards:
        return cards
    value = _SAMPLE.sub("", statement.text).rstrip(" .;,")
    if value != statement.text.rstrip(" .;,") and not is_name(value):
        return cards
    if count <= MAX_VALUE_WORDS and not (_is_said(value) or (count > SHORT and is_clause(value))):
        plan = _cloze(place, fact, sentence, [Gap(lead, lead + len(value), "value", 1.0)], "")
        return [plan] if plan else []
    if statement.quantities and cards:
        return cards
    short = shortened(statement.text, MAX_DEFINITION_WORDS)
    if len(words(short)) > MAX_DEFINITION_WORDS:
        return cards
    front = f"{joined(shown_context(statement), clean_title(statement.label))}?"
    return [plan_card(place, fact, CardKind.DEFINITION, front, short, "value"), *cards]


def definition_options(place: int, fact: Fact) -> list[CardPlan]:
    """Return the card that asks for a term's meaning, if the meaning is short enough."""
    statement = fact.statement
    context = shown_context(statement)
    if (context and statement.certainty < SURE) or _goes_on(statement):
        return []
    path = statement.subject.path
    if _is_aspect(context, statement):
        return []
    said = _ADDED.sub("", statement.text)
    ask, answer = definition_prompt(statement.label, said, context)
    answer = shortened(answer, MAX_DEFINITION_WORDS)
    long = len(words(answer)) > MAX_DEFINITION_WORDS or statement.label.count(",") > 1
    if not answer or long or _FORMULA.search(answer):
        return []
    told = content_words(apart(statement.label))
    if _is_circular(statement.label, answer):
        return []
    again, _, rest = answer.partition(" ")
    if again == statement.label and rest.islower() and len(words(answer)) <= SHORT:
        return []
    new = content_words(answer) - told
    if told & content_words(answer) and len(new) < MIN_NEW:
        return []
    if not new - content_words(f"{context} {' '.join(path)}") - CLASSES:
        return []
    ask = f"{ask[:1].upper()}{ask[1:]}"
    return [plan_card(place, fact, CardKind.DEFINITION, ask, answer, "meaning")]


def _is_circular(term: str, meaning: str) -> bool:
    """Return whether a meaning mostly says its term again: "path-based rules: route by path"."""
    said = roots(meaning) - _EMPTY
    return len(said & roots(term)) >= REPEATED * len(said)


def _is_aspect(context: str, statement: Statement) -> bool:
    """Return whether a context stands below the topic whose name is taken for the term.

    What is said under "Integrations" of a thing does not tell what the thing is.
    """
    path = statement.subject.path
    if not (context and path and canonical(path[-1]) == canonical(statement.label)):
        return False
    return not any(context.split(" › ", maxsplit=1)[0].lower() in title.lower() for title in path)


def beside_options(place: int, fact: Fact) -> list[CardPlan]:
    """Return the card that asks for what stands beside a term: "Web: port 80, port 443".

    Names are told from their place alone; of another short meaning nobody is as sure.
    """
    statement = fact.statement
    value = statement.text.rstrip(" .;,")
    said = content_words(value)
    new = said - content_words(apart(statement.label))
    if len(said) > MIN_NEW > len(new):
        return []
    if not said or 2 * len(said & content_words(statement.label)) >= len(said):
        return []
    said_of = leading_pronoun(value) is not None or value.split(" ", 1)[0].lower() in COPULAS
    itself = said_of or statement.label == statement.subject.about
    if itself or _goes_on(statement) or _SAMPLE.match(value):
        return []
    named = 1 < series_length(value, statement.label) <= MAX_SERIES or is_name(value)
    if _is_said(value) or (not named and (len(words(value)) > SHORT or is_clause(value))):
        return []
    sentence, lead = full_text(fact), len(statement.label) + 2
    plan = _cloze(
        place, fact, sentence, [Gap(lead, lead + len(value), "value", 1.0 if named else 0.0)], ""
    )
    return [plan] if plan else []


def _is_said(value: str) -> bool:
    """Return whether a value is a sentence with its verb in the middle, too much for a gap."""
    return not (COPULAS | MODALS).isdisjoint(words(value.lower())[1:])


def _goes_on(statement: Statement) -> bool:
    """Return whether a term stands for what is said of something else.

    It completes the sentence above it ("It can be placed on: a roof") or is one of its "Pros".
    """
    last = shown_context(statement).split(" › ")[-1]
    return bool(last) and (is_sentence(last) or _ASPECT.match(last) is not None)


def said_options(place: int, fact: Fact, sentence: str) -> list[CardPlan]:
    """Return clozes of a sentence: the best gaps together, then each other gap alone."""
    statement = fact.statement
    if _NOT_ASKED.match(statement.text):
        return []
    shift = len(sentence) - len(statement.text)
    moved = statement.quantities
    if shift:
        moved = tuple(
            replace(each, start=each.start + shift, end=each.end + shift) for each in moved
        )
    shown = " ".join((statement.context, statement.subject.about, *statement.subject.path[-2:]))
    found = find_gaps(sentence, moved, shown)
    gaps = [gap for gap in found if gap.start >= shift and gap.score >= _FAIR]
    gaps = _about_subject(gaps, sentence) or gaps
    if not gaps or not _NUMBER_OR_NAME.intersection(gap.role for gap in gaps):
        whole = object_gap(sentence, shown) if not shift else None
        gaps = [*gaps, whole] if whole is not None else gaps
    chosen: list[Gap] = []
    for gap in gaps:
        apart = all(gap.end < other.start - 1 or other.end + 1 < gap.start for other in chosen)
        if apart and len(chosen) < MAX_GAPS and (not chosen or _goes_with(gap, chosen[0])):
            chosen.append(gap)
    if chosen and chosen[0].role == SERIES:
        chosen = things_of(sentence, chosen[0])
        if not chosen:
            return []
        gaps = [gap for gap in gaps if gap.role != SERIES]
    groups = [chosen, *([gap] for gap in gaps if [gap] != chosen)] if chosen else []
    plans = (_cloze(place, fact, sentence, group, statement.text) for group in groups[:MAX_OPTIONS])
    return [plan for plan in plans if plan is not None]


def subject_offers(place: int, fact: Fact) -> list[list[CardPlan]]:
    """Return the card that asks of whom a paragraph says what it says: "[…] led the revolt"."""
    statement = fact.statement
    sentence = statement.text
    own = own_subject(sentence)
    told = f"{statement.context} {statement.subject.about} {' '.join(statement.subject.path)}"
    named = _NAMED.fullmatch(own) is not None and not sentence[len(own) :].lstrip().startswith(",")
    if not statement.prose or not named or roots(own) & roots(told):
        return []
    if len(words(sentence)) - len(words(own)) < SAYS:
        return []
    plan = _cloze(place, fact, sentence, [Gap(0, len(own), "subject", 0.7)], sentence)
    return [[plan]] if plan else []


def _goes_with(gap: Gap, best: Gap) -> bool:
    """Return whether a second gap is as worth asking: a number with a number, a name with a name.

    Beside a number any other gap is a guess.
    """
    return gap.score >= _STRONG and gap.role == best.role in _NUMBER_OR_NAME


def _about_subject(gaps: list[Gap], sentence: str) -> list[Gap]:
    """Return the gaps that leave the subject of a sentence to be seen; a number in it may go."""
    end = len(own_subject(sentence))
    whole = (gap.role == "pole" and gap.end >= end for gap in gaps)
    return [
        gap
        for gap, alone in zip(gaps, whole, strict=True)
        if gap.start >= end or alone or gap.role == "number"
    ]


def whole_gap(place: int, fact: Fact, sentence: str, said: str) -> list[CardPlan]:
    """Return the card that leaves out all that a sentence ends by saying, if it is short."""
    start = sentence.rfind(said)
    if start <= 0 or len(words(said)) > SHORT or "," in said or _is_said(said):
        return []
    gap = Gap(start, start + len(said), "object", 0.5)
    plan = _cloze(place, fact, sentence, [gap], fact.statement.text)
    return [plan] if plan else []


def _place_of(fact: Fact, sentence: str) -> str:
    """Return what to show before a sentence: its context, or its subject where it names none."""
    statement = fact.statement
    about = clean_title(statement.subject.about)
    if statement.context or own_subject(sentence) or about.lower() in sentence.lower():
        return shown_context(statement)
    return about


def _missing(place: int, fact: Fact, sentence: str, gap: Gap) -> CardPlan:
    """Return the card that asks for one gap where the signs of a cloze stand in the text itself."""
    text = f"{sentence[: gap.start]}___{sentence[gap.end :]}"
    front = joined(_place_of(fact, sentence), text.rstrip())
    return plan_card(
        place, fact, CardKind.BASIC, front, sentence[gap.start : gap.end], gap.role,
        wording=text, factor=0.9,
    )  # fmt: skip


def _cloze(place: int, fact: Fact, sentence: str, gaps: list[Gap], wording: str) -> CardPlan | None:
    """Return a cloze card with the gaps cut into a sentence, in reading order."""
    if any(sign in sentence for sign in "{}[]"):
        return None
    if "::" in sentence:
        return _missing(place, fact, sentence, gaps[0]) if wording else None
    text, masked, end = "", "", 0
    for number, gap in enumerate(sorted(gaps, key=lambda gap: gap.start), start=1):
        text += f"{sentence[end : gap.start]}{{{{c{number}::{sentence[gap.start : gap.end]}}}}}"
        masked += sentence[end : gap.start] + " gap "
        end = gap.end
    masked += sentence[end:]
    front = joined(_place_of(fact, sentence), text + sentence[end:].rstrip())
    role = SERIES if gaps[0].role == SERIES else "+".join(gap.role for gap in gaps)
    factor = 0.7 + 0.3 * min(1.0, max(gap.score for gap in gaps))
    return plan_card(
        place, fact, CardKind.CLOZE, front, "", role,
        wording=masked if wording else "", factor=factor,
    )  # fmt: skip
