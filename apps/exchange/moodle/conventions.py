"""What Moodle's formats have in common: kinds, tags, categories, weights, stars and numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from apps.exchange.documents import WITH_CHOICES, Choice, Question, QuestionKind, one_line
from apps.exchange.markup import from_html, has_markup

WHOLE = 100
FEWEST_CHOICES = 2
MOST_PLACES = 30
TAG = "passnotes-"
"""Before the name of a kind that Moodle does not know, or would take for another."""
TRUE, FALSE = "True", "False"
_NUMBER = r"-?\d{1,15}(?:\.\d{1,10})?"
_MARGIN = r"(?: ± (?P<margin>\d{1,15}(?:\.\d{1,10})?))?"
_PLAIN = re.compile(rf"(?P<middle>{_NUMBER}){_MARGIN}")
_NAMED = re.compile(rf"(?P<middle>{_NUMBER}) (?P<unit>[^\d\s±+-][^\n±]{{0,40}}?){_MARGIN}")
_STAR = re.compile(r"(?<!\\)\*")
_CATEGORY_ROOT = re.compile(r"\$(?:course|module|system|cat\d+|coursecat)\$", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as Moodle holds it, with how far an answer may be from it, and its unit."""

    middle: str
    margin: str = "0"
    unit: str = ""

    @property
    def written(self) -> str:
        """The accepted answer it is here."""
        margin = f" ± {self.margin}" if Decimal(self.margin) else ""
        return f"{self.middle}{f' {self.unit}' if self.unit else ''}{margin}"


def plain_amount(accepted: str) -> Amount | None:
    """An accepted answer that is a number alone, or a number and a margin."""
    found = _PLAIN.fullmatch(accepted)
    if found is None:
        return None
    amount = Amount(found["middle"], found["margin"] or "0")
    return amount if amount.written == accepted else None


def amount_with_unit(accepted: str) -> Amount | None:
    """An accepted answer that is a number and a unit, and perhaps a margin in that unit."""
    found = _NAMED.fullmatch(accepted)
    if found is None:
        return None
    amount = Amount(found["middle"], found["margin"] or "0", found["unit"])
    return amount if amount.written == accepted else None


def plain_amounts(accepted: Sequence[str]) -> list[Amount]:
    """All accepted answers as numbers; none at all if one of them says more."""
    amounts = [plain_amount(each) for each in accepted]
    return [each for each in amounts if each] if all(amounts) else []


def number(text: str) -> Decimal:
    """A number of a size that a person writes. Raises ValueError for anything else."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite() or not -MOST_PLACES < value.adjusted() < MOST_PLACES:
        raise ValueError(text)
    return value


def decimal_text(value: Decimal) -> str:
    """A number as a person writes it, without an exponent or idle noughts."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def share(count: int) -> str:
    """The weight of each of so many right choices, in per cent."""
    return f"{WHOLE / count:.5f}".rstrip("0").rstrip(".")


def is_right(weight: Decimal, *, is_single: bool) -> bool:
    """Whether a choice of this weight, in per cent, is a right one."""
    return weight >= WHOLE if is_single else weight > 0


def remarks_on_weights(weights: Sequence[Decimal], *, is_single: bool) -> list[str]:
    """What weights say that is not kept: here a choice is right or wrong."""
    said = ", ".join(f"{decimal_text(weight)} %" for weight in weights)
    if is_single and any(0 < weight < WHOLE for weight in weights):
        return [f"choices worth part of a point count as wrong here ({said})"]
    if not is_single and len({weight for weight in weights if weight > 0}) > 1:
        return [f"its right choices weigh differently, here they count alike ({said})"]
    return []


def is_true_or_false(question: Question) -> bool:
    """Whether Moodle's own kind holds it: “True” and “False”, one of them right."""
    rights = [choice.is_correct for choice in question.choices]
    texts = [choice.text for choice in question.choices]
    return texts == [TRUE, FALSE] and sum(rights) == 1


def true_or_false(*, is_true: bool, if_true: str, if_false: str) -> tuple[Choice, ...]:
    return Choice(TRUE, is_true, if_true), Choice(FALSE, not is_true, if_false)


def why_not(question: Question) -> str:
    """Why no format of Moodle's can hold a question; empty if they can."""
    if not question.stem:
        return "it asks nothing yet"
    if question.kind in WITH_CHOICES:
        few = len(question.choices) < FEWEST_CHOICES
        return "it has fewer than two choices" if few else ""
    return "" if question.accepted and all(question.accepted) else "an answer of it is empty"


def kind_in_tags(tags: Sequence[str]) -> tuple[QuestionKind | None, str]:
    """The kind that our own tag names, and a remark on the tags that are not kept."""
    kinds = {f"{TAG}{kind}": kind for kind in QuestionKind}
    kind = next((kinds[tag] for tag in tags if tag in kinds), None)
    others = [tag for tag in tags if tag not in kinds]
    return kind, f"its tags are not kept: {', '.join(others)}" if others else ""


def without_wildcards(answer: str) -> str:
    """An answer in which Moodle takes no star for “anything”."""
    return answer.replace("*", r"\*")


def answer_read(answer: str) -> tuple[str, str]:
    """An answer of Moodle's as it stands here, and a remark where a star meant “anything”."""
    wild = _STAR.search(answer) is not None
    remark = f"the star in “{answer}” stands for any words in Moodle, here for itself"
    return answer.replace(r"\*", "*"), remark if wild else ""


def category(topic: Sequence[str]) -> str:
    """A topic as a path of Moodle's categories."""
    names = [one_line(title).replace("/", "//") for title in topic]
    # A slash at the edge of a name would run together with the one between names.
    spaced = [re.sub(r"^(?=/)|(?<=/)$", " ", name) for name in names]
    return "/".join(["$course$", "top", *spaced])


def topic_of(path: str) -> tuple[str, ...]:
    """The topic that a path of Moodle's categories names."""
    names = [one_line(name.replace("//", "/")) for name in re.split(r"(?<!/)/(?!/)", path.strip())]
    if names and _CATEGORY_ROOT.fullmatch(names[0]):
        names = names[1:]
    if names and names[0].casefold() == "top":
        names = names[1:]
    return tuple(name for name in names if name)


def words_of(text: str, form: str) -> tuple[str, tuple[str, ...]]:
    """A text in one of Moodle's forms as plain words, and what of it is left out."""
    if form in {"plain", "plain_text"}:
        return text, ()
    if form == "markdown":
        return text, ("its Markdown is kept as it is typed",)
    if not has_markup(text):
        return text, ()
    # Moodle's own form keeps the line breaks of what is typed; HTML does not.
    return from_html(text.replace("\n", "<br>") if form == "moodle" else text)
