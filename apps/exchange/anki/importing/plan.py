"""What an import would do: the package beside what the learner has, every row with its fate."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar
from uuid import UUID, uuid5

from django.db.models import Q

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, Question, Status
from apps.bank.prompts import prompts_of
from apps.bank.services.items import Attached, card_content, check_card, images_of
from apps.common.errors import DomainError
from apps.courses.models import Exam
from apps.exchange.anki.importing.media import Images
from apps.exchange.anki.importing.merging import ReviewToAdd, merge_reviews
from apps.exchange.anki.importing.report import Fate, Report
from apps.exchange.anki.importing.words import Words, proposal, words_of
from apps.exchange.anki.package.reader_contents import ReadCard, ReadNote, ReadPackage, Skip
from apps.study.models import Enrolment
from apps.study.services.suspension import suspended_prompts

# Cards made from a stranger's notes are known again by an id that comes from learner, exam, the
# note's guid and the first ordinal they answer to.
CARDS = UUID("0f5e2f0c-3f0a-5d5b-8a3e-6f3d3a5b9c21")
BATCH = 5_000
OUR_QUESTION = "it is a question here: quizzes keep their own answers"
ONLY_EXPLANATION = "its explanation was changed in Anki: only question and answer are taken over"
ONLY_WORDS = "its images were changed in Anki: of the course's cards only words are suggested"
NAME_LEFT = "it could not be taken: its name stands where it was"
T = TypeVar("T")

# A prompt as Anki knows it (guid and ordinal), and as we do.
TheirPrompt = tuple[str, int]
OurPrompt = tuple[UUID, int]


@dataclass
class Plan:
    """All that an import will write, and the report of it.

    `new` holds cards without a topic yet, with the path of their deck; `rewritten` those of the
    learner whose words changed in Anki, and `images` those of both, by card; `suggested` the
    course's, with the words offered. `files` are the package's images.
    `suspended` and `resumed` are prompts of cards in the package, by how they stand in Anki.
    """

    exam: Exam
    learner: User
    report: Report
    files: Images
    new: list[tuple[Card, tuple[str, ...]]] = field(default_factory=list)
    rewritten: list[Card] = field(default_factory=list)
    suggested: list[tuple[Card, Words]] = field(default_factory=list)
    images: dict[UUID, tuple[Attached, ...]] = field(default_factory=dict)
    reviews: list[ReviewToAdd] = field(default_factory=list)
    suspended: set[OurPrompt] = field(default_factory=set)
    resumed: set[OurPrompt] = field(default_factory=set)
    prompts: dict[TheirPrompt, OurPrompt] = field(default_factory=dict)
    unasked: dict[TheirPrompt, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the exam has already of the package: cards and all the words they ever had."""

    cards: dict[UUID, Card]
    versions: dict[UUID, list[Words]]
    questions: frozenset[UUID]


def plan_import(
    *, package: ReadPackage, exam: Exam, learner: User, enrolment: Enrolment | None
) -> Plan:
    """Compare a package with the exam as this learner has it. Writes nothing."""
    plan = Plan(exam, learner, Report.of(package), Images(package))
    known = find_known(package, exam, learner)
    for note in package.notes:
        place_note(plan, note, known)
    plan.files.account(
        plan.report, {each.sha256 for shown in plan.images.values() for each in shown}
    )
    merge_suspensions(plan, suspended_prompts(enrolment=enrolment) if enrolment else set())
    merge_reviews(
        package.reviews,
        prompts=plan.prompts,
        unasked=plan.unasked,
        enrolment=enrolment,
        report=plan.report,
        reviews_to_add=plan.reviews,
    )
    return plan


def find_known(package: ReadPackage, exam: Exam, learner: User) -> Known:
    """The cards and questions of the exam that the package's notes came from or became."""
    ours = [pk for note in package.notes if (pk := card_id_of(note)) is not None]
    theirs = [
        foreign_id(exam, learner, note.guid, card.first)
        for note in package.notes
        for card in note.cards
    ]
    reachable = Q(exam=exam) & (Q(owner=None) | Q(owner=learner))
    cards: dict[UUID, Card] = {}
    questions: set[UUID] = set()
    versions: dict[UUID, list[Words]] = defaultdict(list)
    for keys in batches([*ours, *theirs]):
        found = Card.objects.filter(reachable, pk__in=keys).prefetch_related(
            "versions", "suggestions", "images"
        )
        for card in found:
            cards[card.pk] = card
            versions[card.pk] = [words_of(version.content) for version in card.versions.all()]
            versions[card.pk].append(words_of(card_content(card, images_of(card))))
        questions |= set(
            Question.objects.filter(reachable, pk__in=keys).values_list("pk", flat=True)
        )
    return Known(cards, versions, frozenset(questions))


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows in portions that a database takes as parameters of one query."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def card_id_of(note: ReadNote) -> UUID | None:
    """The card that our own export wrote this note from; None for a guid of anybody else's."""
    if len(note.guid) != 32 or not set(note.guid) <= set("0123456789abcdef"):  # noqa: PLR2004
        return None
    return UUID(hex=note.guid)


def foreign_id(exam: Exam, learner: User, guid: str, first: int) -> UUID:
    """The id of the card that a note of somebody else's makes here."""
    return uuid5(CARDS, f"{exam.pk}/{learner.pk}/{first}/{guid}")


def place_note(plan: Plan, note: ReadNote, known: Known) -> None:
    """Decide the fate of one note: ours coming back, somebody else's, or left out."""
    ours = card_id_of(note)
    if ours is not None and ours in known.cards and note.skip is not Skip.TWICE:
        place_own(plan, note, known.cards[ours], known.versions[ours])
    elif ours is not None and ours in known.questions:
        leave_out(plan, note, OUR_QUESTION)
    elif note.skip is not None:
        leave_out(plan, note, str(note.skip))
    else:
        place_foreign(plan, note, known)


def leave_out(plan: Plan, note: ReadNote, reason: str) -> None:
    plan.report.skip_note(note, reason)
    plan.unasked.update({(note.guid, ordinal): reason for ordinal in note.ordinals})


def place_own(plan: Plan, note: ReadNote, card: Card, versions: list[Words]) -> None:
    """A card of ours coming back: its words may have been changed in Anki."""
    asked = {prompt.ordinal for prompt in prompts_of(card)}
    for ordinal in note.ordinals:
        plan.prompts[note.guid, ordinal] = card.pk, ordinal
        if card.status == Status.PUBLISHED and ordinal in asked:
            note_suspension(plan, note, ordinal, (card.pk, ordinal))
    plan.report.count_cards(Fate.MERGED, len(note.ordinals))
    fate = Fate.MERGED
    draft = note.cards[0] if note.keeps_our_fields and len(note.cards) == 1 else None
    if draft is not None:
        fate = take_edit(plan, note, card, draft, versions)
    plan.report.count_note(fate)


def take_edit(
    plan: Plan, note: ReadNote, card: Card, draft: ReadCard, versions: list[Words]
) -> Fate:
    """Offer a learner's edit to the instructor, or apply it to the learner's own card."""
    words = proposal(card, draft, plan.files.of(draft, note, versions, plan.report))
    asked = [version for version in versions if words.asks_the_same_as(version)]
    shown = any(words.shows_the_same_as(version) for version in asked or versions)
    if asked and (shown or card.owner_id is None):
        if not any(words.explains_the_same_as(version) for version in versions):
            plan.report.skip("explanation", note.name, ONLY_EXPLANATION)
        if not shown:
            plan.report.skip("image", note.name, ONLY_WORDS)
        return Fate.MERGED
    if card.owner_id is not None:
        return rewrite(plan, note, card, words)
    words = replace(words, images=())
    if not is_news(card, words):
        return Fate.MERGED
    reason = fault_of(words.on(Card()))
    if reason:
        plan.report.skip("edit", note.name, reason)
        return Fate.MERGED
    plan.suggested.append((card, words))
    plan.report.change(Fate.SUGGESTED, words_of(card_content(card)).told, words.told)
    return Fate.SUGGESTED


def is_news(card: Card, words: Words) -> bool:
    """Whether these words were not offered for this card before."""
    return all(words_of(offered.content) != words for offered in card.suggestions.all())


def rewrite(plan: Plan, note: ReadNote, card: Card, words: Words) -> Fate:
    """Give a learner's own card the words it has in Anki, if it can be asked with them."""
    before = words_of(card_content(card, images_of(card))).told
    reason = fault_of(words.on(Card()))
    if reason:
        plan.report.skip("edit", note.name, reason)
        return Fate.MERGED
    plan.rewritten.append(words.on(card))
    plan.images[card.pk] = words.images
    plan.report.change(Fate.UPDATED, before, words.told)
    return Fate.UPDATED


def fault_of(card: Card) -> str:
    """Why a card could not be asked; empty where it can."""
    try:
        check_card(card)
    except DomainError as error:
        return error.message
    return ""


def place_foreign(plan: Plan, note: ReadNote, known: Known) -> None:
    """A note of somebody else's: new cards, or those it made before."""
    fates: list[Fate] = []
    for ordinal, skip in note.skipped.items():
        plan.unasked[note.guid, ordinal] = str(skip)
        plan.report.skip("card", note.name, str(skip))
        plan.report.count_cards(Fate.SKIPPED, 1)
    for draft in note.cards:
        pk = foreign_id(plan.exam, plan.learner, note.guid, draft.first)
        held = known.cards.get(pk)
        fate = add(plan, note, draft, pk) if held is None else renew(plan, note, draft, held, known)
        fates.append(fate)
        if fate == Fate.SKIPPED:
            continue
        counted = Fate.IMPORTED if fate == Fate.IMPORTED else Fate.MERGED
        plan.report.count_cards(counted, len(draft.ordinals))
        for theirs, ordinal in draft.ordinals.items():
            plan.prompts[note.guid, theirs] = pk, ordinal
            note_suspension(plan, note, theirs, (pk, ordinal))
    plan.report.count_note(next(fate for fate in Fate if fate in fates))
    for name in note.lost:
        plan.report.skip("picture in a card", name, NAME_LEFT)


def add(plan: Plan, note: ReadNote, draft: ReadCard, pk: UUID) -> Fate:
    card = Card(
        pk=pk,
        exam=plan.exam,
        owner=plan.learner,
        kind=CardKind(draft.kind),
        front=draft.front,
        back=draft.back,
        items=list(draft.items),
        explanation=draft.explanation,
        status=Status.PUBLISHED,
    )
    reason = fault_of(card)
    if reason:
        skip_draft(plan, note, draft, reason)
        return Fate.SKIPPED
    plan.new.append((card, draft.deck))
    plan.images[pk] = plan.files.of(draft, note, [], plan.report)
    return Fate.IMPORTED


def skip_draft(plan: Plan, note: ReadNote, draft: ReadCard, reason: str) -> None:
    plan.report.skip("card", note.name, reason)
    plan.report.count_cards(Fate.SKIPPED, len(draft.ordinals))
    plan.unasked.update({(note.guid, ordinal): reason for ordinal in draft.ordinals})


def renew(plan: Plan, note: ReadNote, draft: ReadCard, card: Card, known: Known) -> Fate:
    """A card that came of this note before: its words may be newer in Anki."""
    images = plan.files.of(draft, note, known.versions[card.pk], plan.report)
    words = Words(str(draft.kind), draft.front, draft.back, draft.items, draft.explanation, images)
    if any(words == version for version in known.versions[card.pk]):
        return Fate.MERGED
    return rewrite(plan, note, card, words)


def merge_suspensions(plan: Plan, here: set[OurPrompt]) -> None:
    """Keep only what differs from what is suspended here."""
    plan.resumed &= here - plan.suspended
    plan.suspended -= here
    plan.report.suspended = len(plan.suspended)
    plan.report.resumed = len(plan.resumed)


def note_suspension(plan: Plan, note: ReadNote, theirs: int, ours: OurPrompt) -> None:
    """Remember whether a prompt of ours is asked in Anki."""
    (plan.suspended if theirs in note.suspended else plan.resumed).add(ours)
