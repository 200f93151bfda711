"""Writes an extraction as plain values, for the command that shows what a note would give."""

from typing import Any

from apps.extraction.documents import CardDraft, Extraction, QuestionDraft, QuestionKind, Role


def as_document(extraction: Extraction) -> dict[str, Any]:
    """Return an extraction as JSON values: topics, cards, questions and skipped lines."""
    return {
        "name": extraction.name,
        "lines": extraction.line_count,
        "topics": [
            {"id": topic.id, "parent": topic.parent, "title": topic.title, "line": topic.line}
            for topic in extraction.topics
        ],
        "cards": [_card(card) for card in extraction.cards],
        "questions": [_question(question) for question in extraction.questions],
        "skipped": [
            {"span": [record.line, record.line], "reason": str(record.reason or record.role)}
            for record in extraction.records
            if record.role in (Role.SKIPPED, Role.LABEL)
        ],
    }


def _card(card: CardDraft) -> dict[str, Any]:
    return {
        "uid": card.key,
        "topic": card.topic,
        "kind": str(card.kind),
        "front": card.front,
        "back": card.back,
        "items": list(card.items),
        "spans": [[span.first, span.last] for span in card.spans],
        "certainty": card.certainty,
    }


def _answer(question: QuestionDraft) -> dict[str, Any]:
    """Return the answer in words, where no choice holds it.

    That is the first accepted form, the items of an order in their order, the pairs of a match.
    """
    match question.kind:
        case QuestionKind.TYPED | QuestionKind.NUMERIC:
            return {"answer": question.accepted[0]}
        case QuestionKind.ORDER:
            return {"answer": " → ".join(question.accepted)}
        case QuestionKind.MATCH:
            pairs = [[choice.text, choice.why] for choice in question.choices]
            return {"answer": "; ".join(": ".join(pair) for pair in pairs), "pairs": pairs}
        case _:
            return {}


def _question(question: QuestionDraft) -> dict[str, Any]:
    return {
        "uid": question.key,
        "topic": question.topic,
        "kind": str(question.kind),
        "stem": question.stem,
        "choices": [
            {"text": choice.text, "correct": choice.correct, "why": choice.why}
            for choice in question.choices
            if question.kind is not QuestionKind.MATCH
        ],
        **_answer(question),
        "accepted": list(question.accepted),
        "explanation": question.explanation,
        "spans": [[span.first, span.last] for span in question.spans],
        "certainty": question.certainty,
    }
