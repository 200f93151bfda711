"""Chooses the drafts to keep: the first sound one of each fact, and no prompt with two answers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from apps.extraction.documents import CardKind, Reason
from apps.extraction.items.draft import CardPlan, QuestionPlan
from apps.extraction.items.ranking import Budget, for_want_of_room, within
from apps.extraction.lexicon import NEGATIVE
from apps.extraction.lint.checks import card_faults, normal, sides
from apps.extraction.lint.questions import question_faults
from apps.extraction.progress import Tell, unheard, watched

DOUBT = 0.9
"""What each warning leaves of a question's certainty."""
MIN_MERGED = 2
MAX_MERGED = 6
MIN_SHOWN = 2
"""Words a merged prompt shows besides its context and its gap."""
MAX_MERGED_WORDS = 28
_MEASURED = frozenset({"number", "pole"})

_DESCRIBED = re.compile(r"\b(?:is|are) (?:an? )?\[\.\.\.\]")
"""What is so described has no number of answers: "Granite is …"."""

Prompt = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Selected:
    """The drafts that passed, and why the facts without any have none."""

    cards: tuple[CardPlan, ...]
    questions: tuple[QuestionPlan, ...]
    dropped: tuple[tuple[int, Reason], ...]
    left_out: tuple[int, int] = (0, 0)
    """Cards and questions that only the budget of their topic kept out."""


def select(
    cards: Sequence[CardPlan],
    questions: Iterable[QuestionPlan],
    budget: Budget,
    tell: Tell = unheard,
) -> Selected:
    """Return the sound drafts within a budget; facts left without are reported with a reason."""
    dropped: list[tuple[int, Reason]] = []
    sound: list[CardPlan] = []
    for plan in watched(cards, tell):
        fitting = _first_sound(plan)
        if fitting is None:
            dropped.append((plan.fact, Reason.NO_STATEMENT))
        else:
            sound.append(fitting)
    kept, clashing = _without_clashes(sound)
    dropped += [(fact, Reason.CONFLICT) for fact in clashing]
    kept, spare = within(kept, a_fact=budget.cards_per_fact, a_topic=budget.cards_per_topic)
    dropped += [(plan.fact, Reason.BUDGET) for plan in spare]
    asked, unasked = within(
        _sound_questions(questions),
        a_fact=budget.questions_per_fact,
        a_topic=budget.questions_per_topic,
    )
    left_out = (
        for_want_of_room(kept, spare, a_fact=budget.cards_per_fact),
        for_want_of_room(asked, unasked, a_fact=budget.questions_per_fact),
    )
    return Selected(tuple(kept), tuple(asked), tuple(dropped), left_out)


def _first_sound(plan: CardPlan) -> CardPlan | None:
    """Return the first way of asking that has no fault, with those after it still untried."""
    options = (plan, *plan.alternatives)
    for place, option in enumerate(options):
        if not card_faults(option):
            return replace(option, rank=plan.rank, alternatives=options[place + 1 :])
    return None


def _sound_questions(questions: Iterable[QuestionPlan]) -> list[QuestionPlan]:
    """Return the questions without errors, each stem once; warnings lower the certainty."""
    stems: dict[Prompt, QuestionPlan] = {}
    for question in questions:
        found = question_faults(question)
        if not any(fault.is_error for fault in found):
            certainty = round(question.certainty * DOUBT ** len(found), 3)
            sound = replace(question, certainty=certainty)
            stems.setdefault((question.path, normal(question.stem)), sound)
    return list(stems.values())


def _without_clashes(plans: Sequence[CardPlan]) -> tuple[list[CardPlan], list[int]]:
    """Return cards of which no two ask the same with different answers, and the facts let go.

    Clozes that leave the same words visible become one list; other cards give way to an
    alternative of theirs, or go.
    """
    groups: dict[Prompt, list[CardPlan]] = defaultdict(list)
    for plan in plans:
        groups[_first_prompt(plan)].append(plan)
    kept: list[CardPlan] = []
    clashing: list[int] = []
    taken: set[Prompt] = set()
    for plan in plans:
        group = groups[_first_prompt(plan)]
        if len(group) > 1 and plan is group[0]:
            merged = _merged(group)
            if merged is not None:
                kept.append(merged)
                taken.update(_prompts(merged))
                continue
        elif len(group) > 1 and _merged(group) is not None:
            continue
        for option in (plan, *plan.alternatives):
            if not taken.intersection(_prompts(option)) and not card_faults(option):
                kept.append(replace(option, rank=plan.rank, alternatives=()))
                taken.update(_prompts(option))
                break
        else:
            clashing.append(plan.fact)
    return kept, clashing


def _prompts(plan: CardPlan) -> list[Prompt]:
    return [(plan.path, normal(prompt)) for prompt, _ in sides(plan)]


def _first_prompt(plan: CardPlan) -> Prompt:
    return _prompts(plan)[0]


def _merged(group: Sequence[CardPlan]) -> CardPlan | None:
    """Return one list card for clozes that ask the same with different answers, or None.

    Two numbers, or a word and its contrary, are no list: the note is at odds with itself.
    """
    if any(_MEASURED.intersection(plan.role.split("+")) for plan in group):
        return None
    if len(group) > MAX_MERGED or any(plan.kind is not CardKind.CLOZE for plan in group):
        return None
    if any(len(sides(plan)) != 1 for plan in group):
        return None
    answers = list(dict.fromkeys(sides(plan)[0][1] for plan in group))
    if any(map(NEGATIVE.match, answers)):
        return None
    if (
        len(answers) < MIN_MERGED
        or sum(len(answer.split()) for answer in answers) > MAX_MERGED_WORDS
    ):
        return None
    prompt = sides(group[0])[0][0]
    said = prompt.split(": ", 1)[-1]
    if len(said.split()) <= MIN_SHOWN or _DESCRIBED.search(said):
        return None
    merged = replace(
        group[0],
        kind=CardKind.LIST,
        front=f"{prompt.replace('[...]', '…')} — name the {len(answers)}.",
        back="\n".join(answers),
        items=tuple(answers),
        spans=tuple(sorted({span for plan in group for span in plan.spans})),
        certainty=min(plan.certainty for plan in group),
        alternatives=(),
    )
    return None if card_faults(merged) else merged
