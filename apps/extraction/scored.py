"""Writes an extraction as plain values, for the command that shows what a note would give."""

from typing import Any

from apps.extraction.documents import CardDraft, Extraction, QuestionDraft, Role


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


def _question(question: QuestionDraft) -> dict[str, Any]:
    return {
        "uid": question.key,
        "topic": question.topic,
        "kind": str(question.kind),
        "stem": question.stem,
        "choices": [
            {"text": choice.text, "correct": choice.correct, "why": choice.why}
            for choice in question.choices
        ],
        **({"answer": question.accepted[0]} if question.accepted else {}),
        "accepted": list(question.accepted),
        "explanation": question.explanation,
        "spans": [[span.first, span.last] for span in question.spans],
        "certainty": question.certainty,
    }
