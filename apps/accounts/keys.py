"""Which key does what on the study page, and which ones somebody may choose instead.

A key is one character in lower case, or `space` or `enter`.
"""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import TextChoices


class Action(TextChoices):
    """What a key may do while studying."""

    NEXT = "next", "Show the answer, or the next item of a list; then give the suggested rating"
    ALL = "all", "Show everything; then the same"
    RATE_1 = "rate1", "Again"
    RATE_2 = "rate2", "Hard; with two buttons, Good"
    RATE_3 = "rate3", "Good"
    RATE_4 = "rate4", "Easy"
    MISS = "miss", "Missed this item of the list"
    UNDO = "undo", "Take the last step back"
    SOURCE = "source", "Where does this stand in my notes?"
    EDIT = "edit", "Edit the card, or suggest other words"
    FLAG = "flag", "Something is wrong with it"
    BURY = "bury", "Not today"
    SUSPEND = "suspend", "Suspend: never ask it"
    TYPING = "typing", "Type short answers, or stop"
    HELP = "help", "The list of keys"


USUAL: Mapping[str, str] = {
    Action.NEXT: "space",
    Action.ALL: "enter",
    Action.RATE_1: "1",
    Action.RATE_2: "2",
    Action.RATE_3: "3",
    Action.RATE_4: "4",
    Action.MISS: "m",
    Action.UNDO: "z",
    Action.SOURCE: "i",
    Action.EDIT: "e",
    Action.FLAG: "f",
    Action.BURY: "b",
    Action.SUSPEND: "s",
    Action.TYPING: "t",
    Action.HELP: "?",
}
WORDS = {"space": "Space", "enter": "Enter"}


def name_of(key: str) -> str:
    """The key as it is written on a keyboard."""
    return WORDS.get(key, key.upper())


def all_keys(chosen: Mapping[str, str]) -> dict[str, str]:
    """The key of every action: the chosen one, else the usual one."""
    return {action: chosen.get(action) or USUAL[action] for action in Action.values}


def unusual(keys: Mapping[str, str]) -> dict[str, str]:
    """Of the keys by action, those that differ from the usual ones: what is kept of a choice."""
    return {action: key for action, key in keys.items() if key != USUAL[action]}


def faults_of(keys: Mapping[str, str]) -> dict[str, str]:
    """By action, what is wrong with its key: it is none, or it does something else already."""
    actions = defaultdict(list)
    for action, key in keys.items():
        actions[key].append(action)
    faults = {}
    for action, key in keys.items():
        others = [Action(other).label for other in actions[key] if other != action]
        if not is_key(key):
            faults[action] = "Give one character, or the word Space or Enter."
        elif others:
            faults[action] = (
                f"{name_of(key)} is also the key for “{others[0]}”: change one of them."
            )
    return faults


def is_key(key: str) -> bool:
    return key in WORDS or (len(key) == 1 and key.isprintable() and not key.isspace())
