"""Writes a QTI 3 content package: a manifest, and a file for each item and each case."""

import hashlib
import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from apps.exchange.documents import Case, Question, QuestionKind, Written
from apps.exchange.moodle.conventions import plain_amounts, why_not
from apps.exchange.qti.items import (
    interaction_of,
    item_xml,
    stimulus_id,
    stimulus_path,
    stimulus_xml,
)

CONTENT = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
ITEM_TYPE = "imsqti_item_xmlv3p0"
STIMULUS_TYPE = "imsqti_stimulus_xmlv3p0"
METADATA = "http://www.imsglobal.org/xsd/imsqti_metadata_v3p0"
EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def write_qti(questions: Iterable[Question], title: str) -> Written:
    """The questions as a package, and what QTI cannot hold of them."""
    written = Written()
    resources: list[str] = []
    cases: dict[str, Case] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for question in (each.tidied for each in questions):
            reason = why_not(question) or _why_not_here(question)
            if reason:
                written.lose(question, reason, is_whole=True)
                continue
            name = _identifier(question)
            _tell_losses(question, written)
            _add(archive, f"items/{name}.xml", item_xml(question, name))
            resources.append(_resource(name, question))
            if question.case is not None:
                cases[question.case.id] = question.case
            written.count += 1
        for case in cases.values():
            _add(archive, stimulus_path(case), stimulus_xml(case))
            resources.append(_stimulus_resource(case))
        _add(archive, "imsmanifest.xml", _manifest(title, resources))
    written.data = out.getvalue()
    return written


def _why_not_here(question: Question) -> str:
    is_chosen = question.choices and not any(choice.is_correct for choice in question.choices)
    return "no choice of it is right yet" if is_chosen else ""


def _identifier(question: Question) -> str:
    """A name that XML allows: our own id behind a letter, or a digest where there is none."""
    plain = question.id.replace("-", "")
    if not plain.isalnum() or not plain.isascii():
        plain = hashlib.sha256(repr(question).encode()).hexdigest()[:32]
    return f"q{plain}"


def _tell_losses(question: Question, written: Written) -> None:
    if question.topic:
        written.lose(question, f"its topic stays behind: {' › '.join(question.topic)}")
    is_named = question.kind is QuestionKind.NUMERIC and not plain_amounts(question.accepted)
    if is_named:
        written.lose(question, "QTI knows no units: only the accepted wordings count there")


def _add(archive: zipfile.ZipFile, path: str, text: str) -> None:
    info = zipfile.ZipInfo(path, EPOCH)
    info.external_attr = READABLE
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text)


def _resource(name: str, question: Question) -> str:
    path = f"items/{name}.xml"
    kind = interaction_of(question)
    about = f'<dependency identifierref="{stimulus_id(question.case)}"/>' if question.case else ""
    return (
        f'<resource identifier="{name}" type="{ITEM_TYPE}" href="{path}">'
        f'<metadata><qtiMetadata xmlns="{METADATA}"><interactionType>{kind}</interactionType>'
        f'</qtiMetadata></metadata><file href="{path}"/>{about}</resource>\n'
    )


def _stimulus_resource(case: Case) -> str:
    path = stimulus_path(case)
    return (
        f'<resource identifier="{stimulus_id(case)}" type="{STIMULUS_TYPE}" href="{path}">'
        f'<file href="{path}"/></resource>\n'
    )


def _manifest(title: str, resources: Iterable[str]) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest xmlns="{CONTENT}" identifier="passnotes">\n'
        "<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>\n"
        f"<organizations/>\n<!-- {escape(title).replace('--', '––')} -->\n"
        f"<resources>\n{''.join(resources)}</resources>\n</manifest>\n"
    )
