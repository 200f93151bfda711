"""Questions of every kind with any words in them, as authors may write them."""

from uuid import UUID, uuid5

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from apps.exchange.documents import Choice, Question, QuestionKind, tidy

IDS = UUID("5f1d0f4e-13a5-5bd8-8a1e-0d9a3c1f0b77")
# Everything that some format gives a meaning of its own.
AWKWARD = [
    *"~=#{}:\\%[]<>&;,\"'*/|",
    "->",
    "####",
    "//",
    "::",
    "[html]",
    "[id:1]",
    "%50%",
    "$CATEGORY:",
    "ANSWER: A",
    "A) ",
    "{T}",
    "=>",
    "]]>",
    "&amp;",
    "<br>",
    "<p>",
    "\\n",
    "\\=",
    "\n",
    "\n\n",
    "\t",
    "  ",
    "\u2028",
    "\x85",
    "é",
    "日本",
    "𝔸",
    "\u00a0",
    "@@PLUGINFILE@@",
    "-1",
    "T",
    "TRUE",
]
EVERY_KIND = st.sampled_from(QuestionKind)
words = st.lists(
    st.one_of(st.sampled_from(AWKWARD), st.text(max_size=8)), min_size=1, max_size=6
).map("".join)
said = words.filter(lambda text: bool(tidy(text)))
numbers = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.decimals(-1000, 1000, places=2).map(str),
    st.tuples(st.integers(-99, 99), st.integers(1, 9)).map(lambda pair: f"{pair[0]} ± {pair[1]}"),
)
amounts = st.lists(
    st.sampled_from(
        [
            "15 minutes",
            "900 s",
            "15 min",
            "0.25 h",
            "3",
            "about 3",
            "-4 °C",
            "5 kg ± 0.20",
            "3 ± 0.50",
        ]
    ),
    min_size=1,
    max_size=3,
)
titles = st.lists(
    st.one_of(st.sampled_from(["Cells", "a/b", "/", "x/", "Top › Low", "a,b"]), said),
    max_size=3,
).map(lambda found: tuple(" ".join(title.split())[:60].strip() for title in found))


@st.composite
def questions(
    draw: DrawFn,
    kinds: SearchStrategy[QuestionKind] = EVERY_KIND,
    text: SearchStrategy[str] = said,
) -> Question:
    """A question that learners could be given."""
    kind = draw(kinds)
    why = st.one_of(st.just(""), text)
    choices: tuple[Choice, ...] = ()
    accepted: tuple[str, ...] = ()
    if kind is QuestionKind.TRUE_FALSE:
        is_true = draw(st.booleans())
        choices = (
            Choice("True", is_true, draw(why)),
            Choice("False", not is_true, draw(why)),
        )
    elif kind is QuestionKind.MATCH:
        pairs = draw(st.lists(st.tuples(text, text), min_size=3, max_size=5))
        choices = tuple(Choice(term, True, meaning) for term, meaning in pairs)
    elif kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
        texts = draw(st.lists(text, min_size=3, max_size=6))
        few = 1 if kind is QuestionKind.SINGLE else draw(st.integers(2, len(texts) - 1))
        rights = draw(st.permutations([place < few for place in range(len(texts))]))
        choices = tuple(
            Choice(each, right, draw(why)) for each, right in zip(texts, rights, strict=True)
        )
    elif kind is QuestionKind.ORDER:
        accepted = tuple(draw(st.lists(text, min_size=3, max_size=5)))
    elif kind is QuestionKind.NUMERIC:
        accepted = tuple(draw(st.one_of(st.lists(numbers, min_size=1, max_size=3), amounts)))
    else:
        accepted = tuple(draw(st.lists(text, min_size=1, max_size=3)))
    stem = draw(text)
    return Question(
        kind=kind,
        stem=stem,
        choices=choices,
        accepted=accepted,
        explanation=draw(why),
        topic=tuple(title for title in draw(titles) if title),
        id=str(uuid5(IDS, f"{stem!a}{choices!a}{accepted!a}")),
    )
