"""Writes one question as a QTI 3 assessment item."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from apps.exchange.documents import WITH_CHOICES, Case, Choice, Question, QuestionKind
from apps.exchange.moodle.conventions import plain_amounts

NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
SCHEMA = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"
RESPONSE, SCORE, FEEDBACK, EXPLANATION = "RESPONSE", "SCORE", "FEEDBACK", "EXPLANATION"
_VARIABLE = f'<qti-variable identifier="{RESPONSE}"/>'
_MATCH = f'<qti-match>{_VARIABLE}<qti-correct identifier="{RESPONSE}"/></qti-match>'


def item_xml(question: Question, identifier: str) -> str:
    """A tidied question as the text of an item's file."""
    parts = (_declarations, _stimulus, _body, _processing, _feedback)
    text = "".join(each for part in parts for each in part(question))
    attributes = f'title={quoteattr(question.name)} adaptive="false" time-dependent="false"'
    return _document("qti-assessment-item", identifier, attributes, text)


def stimulus_xml(case: Case) -> str:
    """A tidied case as the text of a file that its items refer to."""
    body = f"<qti-stimulus-body>\n<p>{_lines(case.text)}</p>\n</qti-stimulus-body>\n"
    title = f"title={quoteattr(case.title)}"
    return _document("qti-assessment-stimulus", stimulus_id(case), title, body)


def stimulus_id(case: Case) -> str:
    return f"case{case.id}"


def stimulus_path(case: Case) -> str:
    """Where the text of a case lies in the package; items lie in a folder beside it."""
    return f"stimuli/{stimulus_id(case)}.xml"


def _document(tag: str, identifier: str, attributes: str, parts: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag} xmlns="{NAMESPACE}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}" identifier="{identifier}" {attributes}>\n'
        f"{parts}</{tag}>\n"
    )


def interaction_of(question: Question) -> str:
    """What QTI calls the way in which it is answered."""
    match question.kind:
        case QuestionKind.ORDER:
            return "orderInteraction"
        case QuestionKind.MATCH:
            return "matchInteraction"
        case QuestionKind.TYPED | QuestionKind.NUMERIC:
            return "textEntryInteraction"
        case _:
            return "choiceInteraction"


def choice_id(place: int) -> str:
    return f"C{place + 1}"


def _declarations(question: Question) -> Iterator[str]:
    cardinality, base, values = _key(question)
    said = "".join(f"<qti-value>{escape(value)}</qti-value>" for value in values)
    yield (
        f'<qti-response-declaration identifier="{RESPONSE}" cardinality="{cardinality}" '
        f'base-type="{base}">\n<qti-correct-response>{said}</qti-correct-response>\n'
    )
    if base == "string":
        yield "".join(_mapping(question.accepted))
    yield "</qti-response-declaration>\n"
    yield (
        f'<qti-outcome-declaration identifier="{SCORE}" cardinality="single" base-type="float">'
        "<qti-default-value><qti-value>0</qti-value></qti-default-value>"
        "</qti-outcome-declaration>\n"
    )
    if has_inline_feedback(question):
        many = "multiple" if question.kind is QuestionKind.MULTIPLE else "single"
        yield _outcome(FEEDBACK, many)
    if question.explanation:
        yield _outcome(EXPLANATION, "single")


def _outcome(identifier: str, cardinality: str) -> str:
    return (
        f'<qti-outcome-declaration identifier="{identifier}" cardinality="{cardinality}" '
        'base-type="identifier"/>\n'
    )


def _key(question: Question) -> tuple[str, str, list[str]]:
    """The cardinality and type of an answer, and the right one."""
    right = [choice_id(n) for n, choice in enumerate(question.choices) if choice.is_correct]
    match question.kind:
        case QuestionKind.MULTIPLE:
            return "multiple", "identifier", right
        case QuestionKind.ORDER:
            return "ordered", "identifier", [choice_id(n) for n in range(len(question.accepted))]
        case QuestionKind.MATCH:
            pairs = [f"{choice_id(n)} M{n + 1}" for n in range(len(question.choices))]
            return "multiple", "directedPair", pairs
        case QuestionKind.NUMERIC if amounts := plain_amounts(question.accepted):
            return "single", "float", [amounts[0].middle]
        case QuestionKind.TYPED | QuestionKind.NUMERIC:
            return "single", "string", [question.accepted[0]]
        case _:
            return "single", "identifier", right


def _mapping(accepted: Iterable[str]) -> Iterator[str]:
    """Each accepted wording for the whole point, in capitals or not."""
    yield '<qti-mapping default-value="0">\n'
    for text in dict.fromkeys(accepted):
        key = quoteattr(text)
        yield f'<qti-map-entry map-key={key} mapped-value="1" case-sensitive="false"/>\n'
    yield "</qti-mapping>\n"


def has_inline_feedback(question: Question) -> bool:
    """Whether choosing shows why; of a match, `why` is the other half of the pair."""
    is_chosen = question.kind in WITH_CHOICES and question.kind is not QuestionKind.MATCH
    return is_chosen and any(choice.why for choice in question.choices)


def _stimulus(question: Question) -> Iterator[str]:
    if question.case is not None:
        yield (
            f'<qti-assessment-stimulus-ref identifier="{stimulus_id(question.case)}" '
            f'href="../{stimulus_path(question.case)}"/>\n'
        )


def _body(question: Question) -> Iterator[str]:
    yield f"<qti-item-body>\n<p>{_lines(question.stem)}</p>\n"
    head = f'response-identifier="{RESPONSE}"'
    match question.kind:
        case QuestionKind.TYPED | QuestionKind.NUMERIC:
            yield f"<p><qti-text-entry-interaction {head}/></p>\n"
        case QuestionKind.ORDER:
            steps = [Choice(step) for step in question.accepted]
            yield f'<qti-order-interaction {head} shuffle="true">\n'
            yield from _simple_choices(steps)
            yield "</qti-order-interaction>\n"
        case QuestionKind.MATCH:
            most = len(question.choices)
            yield f'<qti-match-interaction {head} shuffle="true" max-associations="{most}">\n'
            yield from _match_sets(question.choices)
            yield "</qti-match-interaction>\n"
        case _:
            most = 0 if question.kind is QuestionKind.MULTIPLE else 1
            shuffle = str(question.kind is not QuestionKind.TRUE_FALSE).lower()
            yield f'<qti-choice-interaction {head} shuffle="{shuffle}" max-choices="{most}">\n'
            yield from _simple_choices(question.choices)
            yield "</qti-choice-interaction>\n"
    yield "</qti-item-body>\n"


def _simple_choices(choices: Iterable[Choice]) -> Iterator[str]:
    for place, choice in enumerate(choices):
        name = choice_id(place)
        why = (
            f'<qti-feedback-inline outcome-identifier="{FEEDBACK}" identifier="{name}" '
            f'show-hide="show">{_lines(choice.why)}</qti-feedback-inline>'
            if choice.why
            else ""
        )
        yield f'<qti-simple-choice identifier="{name}">{_lines(choice.text)}{why}'
        yield "</qti-simple-choice>\n"


def _match_sets(pairs: Iterable[Choice]) -> Iterator[str]:
    both = [(pair.text, pair.why) for pair in pairs]
    for letter, side in (("C", 0), ("M", 1)):
        yield "<qti-simple-match-set>\n"
        for place, pair in enumerate(both, start=1):
            yield (
                f'<qti-simple-associable-choice identifier="{letter}{place}" match-max="1">'
                f"{_lines(pair[side])}</qti-simple-associable-choice>\n"
            )
        yield "</qti-simple-match-set>\n"


def _processing(question: Question) -> Iterator[str]:
    yield "<qti-response-processing>\n"
    amounts = plain_amounts(question.accepted)
    is_number = question.kind is QuestionKind.NUMERIC and bool(amounts)
    if interaction_of(question) == "textEntryInteraction" and not is_number:
        yield _set(SCORE, f'<qti-map-response identifier="{RESPONSE}"/>')
    else:
        right = _MATCH
        if is_number:
            near = "".join(_near(amount.middle, amount.margin) for amount in amounts)
            right = near if len(amounts) == 1 else f"<qti-or>{near}</qti-or>"
        point = _set(SCORE, '<qti-base-value base-type="float">1</qti-base-value>')
        yield f"<qti-response-condition><qti-response-if>{right}{point}</qti-response-if>"
        yield "</qti-response-condition>\n"
    if has_inline_feedback(question):
        yield _set(FEEDBACK, _VARIABLE)
    if question.explanation:
        shown = f'<qti-base-value base-type="identifier">{EXPLANATION}</qti-base-value>'
        yield _set(EXPLANATION, shown)
    yield "</qti-response-processing>\n"


def _near(middle: str, margin: str) -> str:
    return (
        f'<qti-equal tolerance-mode="absolute" tolerance="{margin} {margin}">{_VARIABLE}'
        f'<qti-base-value base-type="float">{middle}</qti-base-value></qti-equal>'
    )


def _set(outcome: str, value: str) -> str:
    return f'<qti-set-outcome-value identifier="{outcome}">{value}</qti-set-outcome-value>\n'


def _feedback(question: Question) -> Iterator[str]:
    if question.explanation:
        yield (
            f'<qti-modal-feedback outcome-identifier="{EXPLANATION}" identifier="{EXPLANATION}" '
            f'show-hide="show"><qti-content-body><p>{_lines(question.explanation)}</p>'
            "</qti-content-body></qti-modal-feedback>\n"
        )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br/>")
