"""Finds numbers with their units in a text and brings them to a common base."""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from apps.extraction.documents import Quantity
from apps.extraction.lexicon import REMEMBERED, has_digit, letter_runs

MAX_COUNT = 10_000
ROUNDED = 0.01
"""The same where one is rounded: three years are 1,095 days."""
SAME = 1e-6
"""Relative difference up to which two amounts are equal."""
_SECONDS = {
    "ns": 1e-9, "µs": 1e-6, "us": 1e-6, "microsecond": 1e-6, "ms": 1e-3, "millisecond": 1e-3,
    "s": 1.0, "sec": 1.0, "second": 1.0, "min": 60.0, "mn": 60.0, "minute": 60.0, "h": 3600.0,
    "hr": 3600.0, "hour": 3600.0, "d": 86400.0, "day": 86400.0, "week": 604800.0,
    "month": 2629800.0, "year": 31557600.0, "yr": 31557600.0,
}  # fmt: skip
_BYTES = {
    "byte": 1.0, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15, "eb": 1e18,
    "kib": 2.0**10, "mib": 2.0**20, "gib": 2.0**30, "tib": 2.0**40, "pib": 2.0**50,
    "kilobyte": 1e3, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12, "petabyte": 1e15,
}  # fmt: skip
_RATES = {
    "bps": 1.0, "kbps": 1e3, "mbps": 1e6, "gbps": 1e9, "tbps": 1e12,
    "bit/s": 1.0, "kbit/s": 1e3, "mbit/s": 1e6, "gbit/s": 1e9,
    "kb/s": 8e3, "mb/s": 8e6, "gb/s": 8e9, "mib/s": 8.0 * 2**20, "gib/s": 8.0 * 2**30,
    "kib/s": 8.0 * 2**10,
}  # fmt: skip
_LENGTHS = {
    "nm": 1e-9, "µm": 1e-6, "mm": 1e-3, "cm": 1e-2, "m": 1.0, "metre": 1.0, "meter": 1.0,
    "km": 1e3, "kilometre": 1e3, "kilometer": 1e3, "mile": 1609.344,
}  # fmt: skip
_MASSES = {
    "ng": 1e-9, "µg": 1e-6, "mcg": 1e-6, "mg": 1e-3, "g": 1.0, "kg": 1e3, "gram": 1.0,
    "kilogram": 1e3, "tonne": 1e6, "lb": 453.59237, "pound": 453.59237,
}  # fmt: skip
_VOLUMES = {"ml": 1e-3, "l": 1.0, "litre": 1.0, "liter": 1.0, "dl": 0.1, "millilitre": 1e-3,
            "milliliter": 1e-3}  # fmt: skip
_OTHER = {
    "%": ("share", 1.0), "percent": ("share", 1.0),
    "percentage point": ("share", 1.0), "per cent": ("share", 1.0),
    "iops": ("iops", 1.0), "rps": ("rate", 1.0),
    "hz": ("frequency", 1.0), "khz": ("frequency", 1e3), "mhz": ("frequency", 1e6),
    "ghz": ("frequency", 1e9), "bpm": ("frequency", 1 / 60), "°c": ("temperature", 1.0),
    "°f": ("temperature in °F", 1.0), "mmhg": ("pressure", 133.322), "kpa": ("pressure", 1e3),
    "pa": ("pressure", 1.0), "bar": ("pressure", 1e5), "atm": ("pressure", 101_325.0),
    "mv": ("voltage", 1e-3), "v": ("voltage", 1.0), "w": ("power", 1.0), "kw": ("power", 1e3),
    "mw": ("power", 1e6), "j": ("energy", 1.0), "kj": ("energy", 1e3), "kcal": ("energy", 4184.0),
    "vcpu": ("processors", 1.0), "bit": ("bits", 1.0), "mol": ("amount", 1.0),
    "mmol": ("amount", 1e-3), "µmol": ("amount", 1e-6), "meq": ("equivalents", 1e-3),
    "iu": ("international units", 1.0), "unit": ("dose units", 1.0), "db": ("level", 1.0),
    "ohm": ("resistance", 1.0), "ω": ("resistance", 1.0), "ma": ("current", 1e-3),
    "km²": ("area", 1e6), "m²": ("area", 1.0), "hectare": ("area", 1e4), "m³": ("volume", 1e3),
}  # fmt: skip
UNITS: dict[str, tuple[str, float]] = {
    **{unit: ("time", base) for unit, base in _SECONDS.items()},
    **{unit: ("size", base) for unit, base in _BYTES.items()},
    **{unit: ("bit rate", base) for unit, base in _RATES.items()},
    **{unit: ("length", base) for unit, base in _LENGTHS.items()},
    **{unit: ("mass", base) for unit, base in _MASSES.items()},
    **{unit: ("volume", base) for unit, base in _VOLUMES.items()},
    **_OTHER,
}
"""Unit in lower case → (dimension, size in the dimension's base unit)."""

_NAMES = "|".join(sorted((re.escape(unit) for unit in UNITS), key=len, reverse=True))
_QUANTITY = re.compile(
    r"(?:(?<![\w.,:/-])|(?<=\d[-–])|(?<=[\s(~][-−]))(?P<money>[$€£]\s?)?(?P<number>[~<>≤≥]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[~<>≤≥]?\d{1,12}(?:\.\d{1,10})?)"
    r"(?P<power>\s?[x×·*]\s?10\s?\^?\s?(?P<exponent>[-−]?\d{1,2}(?!\d)))?"
    r"(?P<scale>\s?(?:million|billion|thousand|(?-i:[kKM])(?![\w/])))?"
    rf"(?:[\s-]?(?P<unit>(?:{_NAMES})s?(?:/(?:{_NAMES})s?){{0,2}})(?![\w]))?(?![\w.,]*\d|(?-i:[A-Z])|[-–]\d[\d.]*[-–])",
    re.I,
)
SPELT_OUT = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
}  # fmt: skip
_SPELT = re.compile(
    rf"(?<![\w-])(?<!first )(?<!last )(?<!other )(?<!next )(?P<number>{'|'.join(SPELT_OUT)})"
    r"(?:[ -](?P<unit>(?:second|minute|hour|day|week|"
    r"month|year|metre|meter|mile|litre|byte|bit)s?|per ?cent)(?!\w)|"
    r"(?= (?!of\b|or\b|and\b|to\b|more\b|is\b|are\b|hundred|thousand|million|billion)"
    r"(?-i:[a-z]|(?:[A-Z]\w* )?[A-Z]\w*s\b)))",
    re.I,
)
_GENERATIONS = frozenset({"G", "M", "S", "D", "H"})
"""Capitals after a number that are part of a name, no unit: 5G, 2D, 7S."""
CITED_REACH = 30
_CITED = re.compile(
    r"(?:§|\b(?:art|article|nos?|nr|(?<!['’\d])(?<!\d )ss?|sections?|sec|clause|reg|"
    r"regulation|rfc|figure|fig|page|pp?|"
    r"chapter|ch|eq|equation)\.?)\s*(?:\d+\w*\s*(?:\(\d+\)\s*)*)?\(?$",
    re.I,
)
"""What stands before a number that is a name: of a paragraph of law, a page, a figure."""
_MINUS = re.compile(r"(?:[^\d\s%]\s|[(~])[-−]$")
_AGAIN = re.compile(
    r"(?P<noun> [a-z]{3,12})? \((?P<again>(?:~|≈|= ?)?\d[\d.,]*\s?(?:[A-Za-z]{1,8}|%))\)"
)
_TO = ("", "-", "–", "—", "to")
_SCALES = {"million": 1e6, "billion": 1e9, "thousand": 1e3, "k": 1e3, "m": 1e6}
SHORT_UNIT = 3
COUNT = "count"
DATE = "date"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?<!\w)(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?)?"
    r"(?P<month>[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|Mar|March|[Aa]pr(?:il)?|May|[Jj]une?|[Jj]uly?|"
    r"[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?|"
    r"(?<=\d\s)(?:march|may)(?=\s\d{4}))"
    r"(?:\.?\s(?:(?P<later>\d{1,2}),\s)?(?P<year>\d{4})(?!\w)|(?<=[a-z])(?!\w))"
)
MONEY = "money"


@lru_cache(maxsize=REMEMBERED)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order; bare numbers have the dimension "count".

    Of a range ("8-12 weeks") both ends have the unit that is written once. Small numbers may be
    spelt out where they count what follows: "three chambers", "two weeks".
    """
    spelt = [] if SPELT_OUT.keys().isdisjoint(letter_runs(text)) else _spelt(text)
    if not has_digit(text):
        return tuple(spelt)
    found = spelt + [
        _date(match) for match in _DATE.finditer(text) if match["day"] or match["year"]
    ]
    taken = {place for date in found for place in range(date.start, date.end)}
    for match in _QUANTITY.finditer(text):
        if match.start("number") in taken or match["unit"] in _GENERATIONS:
            continue
        before = text[: match.start()]
        if match["unit"] and _MINUS.search(before):
            found.append(_negative(_quantity(match)))
            continue
        if before.endswith(("-", "–")) and not (found and found[-1].end == len(before) - 1):
            continue
        if _CITED.search(before[-CITED_REACH:]) is not None:
            continue
        found.append(_quantity(match))
    found.sort(key=lambda quantity: quantity.start)
    for place, (low, high) in enumerate(pairwise(found)):
        joint = text[low.end : high.start]
        if low.dimension == COUNT and high.dimension != COUNT and joint.strip() in _TO:
            size = high.base / high.number if high.number else 1.0
            found[place] = replace(
                low, unit=high.unit, dimension=high.dimension, base=low.number * size
            )
    return tuple(found)


def _spelt(text: str) -> list[Quantity]:
    """Return the numbers written as words that count the noun behind them."""
    found = []
    for match in _SPELT.finditer(text):
        number = float(SPELT_OUT[match["number"].lower()])
        unit, dimension, base = _unit(match["unit"])
        if match["unit"] is not None or number > 1:
            found.append(
                Quantity(
                    match[0], match.start(), match.end(), number, unit, dimension, number * base
                )
            )
    return found


def _date(match: re.Match[str]) -> Quantity:
    """Return a date as one quantity; its base counts days, all months being as long."""
    month = next(place for place, name in enumerate(MONTHS) if match["month"][:3].lower() == name)
    year, day = int(match["year"] or 0), int(match["day"] or match["later"] or 0)
    base = 372.0 * year + 31.0 * month + day
    return Quantity(match[0], match.start(), match.end(), float(year), "", DATE, base)


def _quantity(match: re.Match[str]) -> Quantity:
    number = float(match["number"].lstrip("~<>≤≥").replace(",", ""))
    scale = (match["scale"] or "").strip().lower()
    number *= _SCALES.get(scale, 1.0)
    if match["power"]:
        number *= 10.0 ** int(match["exponent"].replace("−", "-"))
    unit, dimension, base = _unit(match["unit"])
    if match["money"]:
        unit, dimension, base = match["money"].strip(), MONEY, 1.0
    return Quantity(
        match[0].strip(), match.start(), match.end(), number, unit, dimension, number * base
    )


def _negative(amount: Quantity) -> Quantity:
    """Return a quantity with the minus that stands right before it."""
    return replace(
        amount, text=f"-{amount.text}", start=amount.start - 1, number=-amount.number,
        base=-amount.base,
    )  # fmt: skip


def _unit(written: str | None) -> tuple[str, str, float]:
    """Return (unit, dimension, size) of a unit or of a rate such as mg/kg."""
    if not written:
        return "", COUNT, 1.0
    low = written.lower()
    whole = low if low in UNITS else low.removesuffix("s")
    if whole in UNITS:
        return whole, *UNITS[whole]
    upper, *lower = [part if part in UNITS else part.removesuffix("s") for part in low.split("/")]
    dimension, size = UNITS.get(upper, (COUNT, 1.0))
    for part in lower:
        other, divisor = UNITS.get(part, (COUNT, 1.0))
        dimension, size = f"{dimension} per {other}", size / divisor
    return low, dimension, size


def same_amount(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities are equal, in whatever units: 15 min and 900 s."""
    near = abs(one.base - other.base) <= SAME * max(abs(one.base), abs(other.base))
    return one.dimension == other.dimension and near


def said_again(text: str, end: int, amount: Quantity) -> re.Match[str] | None:
    """Return what says an amount again from `end` on: "900 s (15 minutes)", "4 nines (99.99%)"."""
    match = _AGAIN.match(text, end)
    if match is None or (match["noun"] and amount.dimension != COUNT):
        return None
    share = amount.dimension == COUNT and match["again"].endswith("%")
    others = find_quantities(match["again"])
    return match if share or any(_about_same(amount, other) for other in others) else None


def _about_same(one: Quantity, other: Quantity) -> bool:
    near = abs(one.base - other.base) <= ROUNDED * abs(one.base)
    return one.dimension == other.dimension and near


def masked(text: str, quantities: tuple[Quantity, ...]) -> str:
    """Return the text with each of its quantities, unit and all, replaced by one mark."""
    shown, end = "", 0
    for quantity in quantities:
        shown += f"{text[end : quantity.start]} # "
        end = quantity.end
    return " ".join((shown + text[end:]).split())


def without_numbers(text: str) -> str:
    """Return the text with every number masked, so that an edited value changes nothing."""
    return re.sub(r"\d[\d,.]*\s?(?:[kKMGT]i?[Bb]|ms|s|min|mn|h|%)?(?!\w)|\d+", "#", text)


def equivalents(quantity: Quantity) -> tuple[str, ...]:
    """Return the ways to write a duration that a typed answer may use, the note's own first."""
    texts = [quantity.text]
    if quantity.dimension == "time" and quantity.unit not in ("month", "year", "yr"):
        for name, size in (("second", 1), ("minute", 60), ("hour", 3600), ("day", 86400)):
            count = quantity.base / size
            if count == int(count) and 1 <= count <= MAX_COUNT:
                texts.append(f"{int(count)} {name}{'' if count == 1 else 's'}")
    if (
        quantity.dimension == "size"
        and quantity.unit in _BYTES
        and len(quantity.unit) <= SHORT_UNIT
    ):
        texts.append(f"{quantity.number:g} {quantity.unit.upper().replace('IB', 'iB')}")
    return tuple(dict.fromkeys(texts))
