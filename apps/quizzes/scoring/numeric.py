"""Numeric answers: the same amount in any unit, and nothing else."""

import math
import re
from collections.abc import Sequence

from apps.extraction.documents import Quantity
from apps.extraction.quantities import COUNT, find_quantities
from apps.quizzes.scoring.typed import normalise

SAME = 1e-9
"""Share by which two amounts may differ because a machine reckons in halves."""
_MARGIN = re.compile(r"(?P<middle>.+?)\s*±\s*(?P<margin>\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?")


def score_numeric(accepted: Sequence[str], text: str) -> float:
    """1 if the text is the accepted amount in any unit or wording; otherwise 0.

    "900 s" is "15 minutes". A number alone is taken in the unit of the accepted answer, which no
    question asks for: "15" is right, "900" is not.
    """
    given = normalise(text)
    if not given:
        return 0.0
    return float(
        any(
            is_same_amount(answer, text) or is_near(answer, text) or is_its_number(answer, text)
            for answer in accepted
        )
    )


def is_its_number(answer: str, text: str) -> bool:
    """Whether a text is the bare number of an answer that is one number with a unit."""
    numbers = _NUMBER.findall(answer.replace(",", ""))
    given = text.strip().replace(",", "")
    if len(numbers) != 1 or not _NUMBER.fullmatch(given):
        return False
    return number(numbers[0]) == number(given)


def is_near(answer: str, text: str) -> bool:
    """Whether an answer with a margin ("3.14 ± 0.01", "5 kg ± 0.2") takes a text.

    The margin is in the unit of the amount it stands behind.
    """
    found = _MARGIN.fullmatch(answer.strip())
    if found is None:
        return False
    middle, margin, given = found["middle"], float(found["margin"]), text.strip()
    if _NUMBER.fullmatch(middle) and _NUMBER.fullmatch(given):
        return abs(number(middle) - number(given)) <= margin * (1 + SAME)
    wanted, said = find_quantities(middle), find_quantities(given)
    if not len(wanted) == len(said) == 1 or rest(middle, wanted) != rest(given, said):
        return False
    (one,), (other,), size = wanted, said, _NUMBER.search(middle)
    is_alike = one.dimension == other.dimension and (
        one.dimension != COUNT or one.unit == other.unit
    )
    if not is_alike or size is None or not number(size[0]):
        return False
    unit = abs(one.base / number(size[0]))
    return abs(one.base - other.base) <= margin * unit * (1 + SAME)


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def is_same_amount(answer: str, text: str) -> bool:
    """Whether two texts are the same wording, or the same amounts in the same order."""
    if normalise(answer) == normalise(text):
        return True
    wanted, given = find_quantities(answer), find_quantities(text)
    return (
        0 < len(wanted) == len(given)
        and rest(answer, wanted) == rest(text, given)
        and all(is_equal(one, other) for one, other in zip(wanted, given, strict=True))
    )


def is_equal(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are the same amount of the same thing."""
    if one.dimension == COUNT and one.unit != other.unit:
        return False
    return one.dimension == other.dimension and math.isclose(one.base, other.base, rel_tol=SAME)


def rest(text: str, quantities: Sequence[Quantity]) -> str:
    """What a text says besides its quantities: "at most", "per day"."""
    for quantity in reversed(quantities):
        text = f"{text[: quantity.start]} {text[quantity.end :]}"
    return normalise(text)
