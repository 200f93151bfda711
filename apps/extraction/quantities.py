"""Finds numbers with their units in a text and brings them to a common base."""

import re

from apps.extraction.documents import Quantity

MAX_COUNT = 10_000
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
_MASSES = {"mg": 1e-3, "g": 1.0, "kg": 1e3, "gram": 1.0, "kilogram": 1e3, "tonne": 1e6}
_VOLUMES = {"ml": 1e-3, "l": 1.0, "litre": 1.0, "liter": 1.0, "dl": 0.1, "millilitre": 1e-3,
            "milliliter": 1e-3}  # fmt: skip
_OTHER = {
    "%": ("share", 1.0), "percent": ("share", 1.0), "iops": ("iops", 1.0), "rps": ("rate", 1.0),
    "hz": ("frequency", 1.0), "khz": ("frequency", 1e3), "mhz": ("frequency", 1e6),
    "ghz": ("frequency", 1e9), "°c": ("temperature", 1.0), "mmhg": ("pressure", 1.0),
    "mv": ("voltage", 1e-3), "v": ("voltage", 1.0), "w": ("power", 1.0), "kw": ("power", 1e3),
    "bpm": ("frequency", 1 / 60), "vcpu": ("processors", 1.0), "bit": ("bits", 1.0),
    "mmol/l": ("concentration", 1.0),
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

_NAMES = sorted((re.escape(unit) for unit in UNITS), key=len, reverse=True)
_QUANTITY = re.compile(
    r"(?<![\w.,:/-])(?P<money>[$€£]\s?)?(?P<number>[~<>≤≥]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[~<>≤≥]?\d{1,12}(?:\.\d{1,10})?)"
    r"(?P<scale>\s?(?:million|billion|thousand|[kKM](?![\w/])))?"
    rf"(?:[\s-]?(?P<unit>(?:{'|'.join(_NAMES)})s?)(?![\w]))?(?![\w.,]*\d)",
    re.I,
)
_RANGE = re.compile(r"\s*(?:-|–|—|to|and|/)\s*")
_SCALES = {"million": 1e6, "billion": 1e9, "thousand": 1e3, "k": 1e3, "m": 1e6}
SHORT_UNIT = 3
COUNT = "count"
MONEY = "money"


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order; bare numbers have the dimension "count"."""
    return tuple(_quantity(match) for match in _QUANTITY.finditer(text))


def _quantity(match: re.Match[str]) -> Quantity:
    number = float(match["number"].lstrip("~<>≤≥").replace(",", ""))
    scale = (match["scale"] or "").strip().lower()
    number *= _SCALES.get(scale, 1.0)
    unit, dimension, base = _unit(match["unit"])
    if match["money"]:
        unit, dimension, base = match["money"].strip(), MONEY, 1.0
    return Quantity(
        match[0].strip(), match.start(), match.end(), number, unit, dimension, number * base
    )


def _unit(written: str | None) -> tuple[str, str, float]:
    if not written:
        return "", COUNT, 1.0
    low = written.lower()
    low = low if low in UNITS else low.removesuffix("s")
    dimension, base = UNITS.get(low, (COUNT, 1.0))
    return low, dimension, base


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
