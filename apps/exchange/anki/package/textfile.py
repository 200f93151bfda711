"""The gentle update: an Anki text file that brings new words and leaves everything else alone.

Anki takes its rows for newer than whatever the learner has, so an edit arrives even where they
have tagged or changed the note since; their tags, their own field and their reviews stay. What it
cannot do is move cards, or bring images, or a notetype that is not in the collection yet.
"""

import csv
from collections.abc import Iterable
from typing import TextIO

from apps.exchange.anki.package.decks import deck_path
from apps.exchange.anki.package.fields import Rendered
from apps.exchange.anki.package.ids import guid
from apps.exchange.anki.package.notetypes import NOTETYPES

# A notetype is named by its id: that still finds it once the learner has renamed it.
_HEAD = """\
#separator:Tab
#html:true
#if matches:update current
#guid column:1
#notetype column:2
#deck column:3
"""
# The spare fields and the learner's own stand last and have no column, so they stay.
_NOT_OURS = 3


def write_text(out: TextIO, deck_name: str, notes: Iterable[Rendered]) -> None:
    """Write notes as rows of guid, notetype, deck and fields, tabs between them."""
    out.write(_HEAD)
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    for rendered in notes:
        note = rendered.note
        place = guid(note.card_id), NOTETYPES[note.kind].notetype_id
        deck = deck_path(deck_name, note.subdeck)
        rows.writerow((*place, deck, *rendered.fields[:-_NOT_OURS]))
