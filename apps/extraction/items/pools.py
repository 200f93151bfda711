"""What a note says of whom: the source of wrong choices, and the guard that keeps true ones out."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from apps.extraction.documents import Fact, Quantity, Relation, Statement
from apps.extraction.items.draft import full_text
from apps.extraction.items.poles import poles_in
from apps.extraction.lexicon import STOP_WORDS, canonical, words
from apps.extraction.quantities import COUNT
from apps.extraction.titles import acronym_of, clean_title, is_generic, name_of

ALIKE = 60
"""Similarity (0 to 100) from which one meaning might fit two terms."""
WINDOW = 60
"""Facts before and after one in whose company its wrong choices are sought."""
NEIGHBOURS = 8
"""Lists before and after one in whose company its wrong choices are sought."""
COMMON = 60
"""Facts with a word from which the word is too common to look them all through."""
EVERYWHERE, EVERYWHERE_SHARE = 6, 0.035
"""Facts that name a thing, and their share of a note, above which it is what the note is about."""
SURE = 0.8
"""Certainty from which a line says what a term is, whatever a line above it may say."""
NEAR = 0.03
"""Share of a number within which another one is taken for it."""
TURNED = 4
"""One row in so many must be named like an attribute for all to be attributes."""
_ATTRIBUTE = re.compile(
    r"\b(?:size|time|type|cost|price|speed|use|purpose|number|limit|location|level|layer|mode|"
    r"latency|throughput|scope|duration|onset|cause|treatment|function|platform|origin|date)s?$|"
    r"\?$",
    re.I,
)
SHARED = 3
"""Telling words two meanings must share to be compared at all."""

Group = tuple[int | None, int | None]


class Pools:
    """The facts of one note by what they have in common; every lookup is bounded."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = facts
        self.groups: dict[Group, list[int]] = defaultdict(list)
        self.same_label: dict[str, list[int]] = defaultdict(list)
        self._defined: dict[tuple[int | None, str], int] = {}
        self.lists: list[int] = []
        self.poles: dict[str, list[int]] = defaultdict(list)
        self.rows: dict[int, list[int]] = defaultdict(list)
        self._turned: dict[int | None, Counter[bool]] = defaultdict(Counter)
        self._numbers: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._words: list[frozenset[str]] = []
        self._by_about: dict[str, list[int]] = defaultdict(list)
        self._named: Counter[str] = Counter()
        self._true: dict[str, Sequence[float]] = {}
        for place, fact in enumerate(facts):
            self._add(place, fact)

    def _add(self, place: int, fact: Fact) -> None:
        statement = fact.statement
        if statement.relation is Relation.IS_A:
            self._define(place, statement)
        if statement.relation is Relation.HAS_VALUE:
            self.same_label[canonical(statement.label)].append(place)
            self.rows[statement.node].append(place)
            if statement.context == statement.subject.about:
                self._turned[statement.parent][_is_attribute(statement.context)] += 1
        if statement.relation is Relation.HAS_PART:
            self.lists.append(place)
        if statement.relation in (Relation.STATES, Relation.HAS_VALUE):
            for pole in poles_in(statement.text):
                self.poles[pole].append(place)
        if len(statement.quantities) == 1:
            self._numbers[_kind(statement.quantities[0])].append(place)
        self._named.update(set(words(statement.text)))
        about = statement.subject.about
        said = content_words(f"{about} {statement.context} {full_text(fact)}")
        self._words.append(said)
        self._by_about[canonical(about)].append(place)
        for word in said:
            self._by_word[word].append(place)

    def _define(self, place: int, statement: Statement) -> None:
        term = (statement.topic, canonical(statement.label))
        first = self._defined.setdefault(term, place)
        if statement.certainty > SURE > self.facts[first].statement.certainty:
            self._defined[term] = place
        if statement.label != statement.subject.about:
            self.groups[statement.topic, statement.parent].append(place)

    def is_defined_at(self, place: int) -> bool:
        """Return whether a fact is the one in its section that says what its term is."""
        statement = self.facts[place].statement
        return self._defined.get((statement.topic, canonical(statement.label))) == place

    def is_everywhere(self, name: str) -> bool:
        """Return whether so many facts name a thing that to know it is to know nothing."""
        return self._named[name] > max(EVERYWHERE, EVERYWHERE_SHARE * len(self.facts))

    def is_turned(self, fact: Fact) -> bool:
        """Return whether a fact is a cell of a table whose rows are attributes, not subjects."""
        votes = self._turned.get(fact.statement.parent, Counter())
        in_row = len(self.rows[fact.statement.node]) > 1
        return in_row and votes[True] * TURNED >= votes.total() > 0

    def lists_near(self, place: int) -> Iterable[int]:
        """Return the lists of parts around a place."""
        middle = bisect_left(self.lists, place)
        return self.lists[max(0, middle - NEIGHBOURS) : middle + NEIGHBOURS + 1]

    def numbers_near(self, place: int, quantity: Quantity) -> Iterable[int]:
        """Return the facts with one number of this kind, from all around a place."""
        found = self._numbers[_kind(quantity)]
        middle = bisect_left(found, place)
        return found[max(0, middle - WINDOW) : middle + WINDOW]

    def is_told_little(self, name: str, limit: int) -> bool:
        """Return whether up to so many facts name a thing that what they say can be asked for."""
        naming = self._naming(name)
        return naming is not None and len(set(naming)) <= limit

    def mentioning(self, name: str) -> list[int] | None:
        """Return the facts that name a thing by any of its names; None if there are too many."""
        naming = self._naming(name)
        return None if naming is None else [*self._by_about.get(canonical(name), ()), *naming]

    def _naming(self, name: str) -> list[int] | None:
        found: list[int] = []
        for names in names_of(name):
            rarest = min(names, key=lambda word: len(self._by_word.get(word, ())))
            holders = self._by_word.get(rarest, [])
            if len(holders) > COMMON * len(names):
                return None
            found += [place for place in holders if names <= self._words[place]]
        return found

    def true_numbers(self, fact: Fact) -> list[Sequence[float]] | None:
        """Return every number the note has for a fact's subject and those above it, in base units.

        They come in several sequences, each in order; None if the note speaks of the
        subject so often that nothing can be called untrue of it.
        """
        subject = fact.statement.subject
        naming = self._naming(subject.about)
        if naming is None:
            return None
        above = (canonical(name_of(title)) for title in (*subject.chain, *subject.path[-2:]))
        names = dict.fromkeys((canonical(subject.about), *above))
        return [self._amounts(naming), *map(self._amounts_about, names)]

    def _amounts_about(self, name: str) -> Sequence[float]:
        if name not in self._true:
            self._true[name] = self._amounts(self._by_about.get(name, ()))
        return self._true[name]

    def _amounts(self, places: Iterable[int]) -> list[float]:
        return sorted({q.base for place in places for q in self.facts[place].statement.quantities})

    def is_unique(self, place: int, meaning: str) -> bool:
        """Return whether no other fact says something alike of another subject."""
        mine = canonical(self.facts[place].statement.label)
        said = content_words(meaning)
        if not said:
            return False
        seen: dict[int, int] = defaultdict(int)
        for word in said:
            holders = self._by_word.get(word, ())
            if len(holders) <= COMMON:
                for other in holders:
                    seen[other] += 1
        enough = min(SHARED, max(1, len(said) - 1))
        for other, shared in seen.items():
            statement = self.facts[other].statement
            if other == place or shared < enough or canonical(statement.label) == mine:
                continue
            if fuzz.token_set_ratio(meaning.lower(), statement.text.lower()) >= ALIKE + 10:
                return False
        return any(len(self._by_word[word]) <= COMMON for word in said)

    def says(self, name: str, text: str) -> bool:
        """Return whether some fact that names a thing holds a text's telling words, too."""
        found = self.mentioning(name)
        wanted = content_words(text)
        return found is None or any(wanted <= self._words[place] for place in found)


def content_words(text: str) -> frozenset[str]:
    """Return the telling words of a text, in lower case and without the plural's s."""
    low = (word.lower() for word in words(text))
    return frozenset(
        word.removesuffix("s") if len(word) > SHARED else word
        for word in low
        if word not in STOP_WORDS
    )


def names_of(name: str) -> list[frozenset[str]]:
    """Return the ways to name a thing: all its words, its long form, its abbreviation."""
    title = clean_title(name_of(name))
    both = acronym_of(title)
    forms = [title] if both is None else [both[0], both[1]]
    return [found for found in map(content_words, forms) if found]


def _is_attribute(row: str) -> bool:
    return _ATTRIBUTE.search(row.strip()) is not None or is_generic(row)


def close(one: float, other: float) -> bool:
    """Return whether two numbers could pass for the same: 365 days and a year."""
    return abs(one - other) <= NEAR * max(abs(one), abs(other))


def about_of(fact: Fact) -> str:
    """Return what a fact is about, as it is compared."""
    return canonical(fact.statement.subject.about)


def _kind(quantity: Quantity) -> str:
    if quantity.dimension != COUNT:
        return quantity.dimension
    return f"{COUNT} {len(str(int(quantity.number)))}"
