"""The kinds of values that a setting can have, in the file and as typed after `genie config`."""

from collections.abc import Callable
from dataclasses import dataclass

_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a setting can be.

    Attributes:
        needed: What it can be, in words.
        read: From what TOML holds to the value; None where that cannot be.
        typed: From what was typed to what TOML would hold.
    """

    needed: str
    read: Callable[[object], object | None]
    typed: Callable[[str], object] = str


def _address(value: object) -> str | None:
    scheme = value.partition(":")[0] if isinstance(value, str) else ""
    named = scheme == scheme.strip() and scheme.replace("-", "_").isidentifier()
    return str(value) if named else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        return None
    return tuple(value)


def _number(value: object) -> float | None:
    """Finite and not negative."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if 0 <= value < float("inf") else None


def _count(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if value >= 1 else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _typed_number(text: str) -> object:
    """The number as typed, whole where it is; the text itself where it is none."""
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _typed_truth(text: str) -> object:
    return _TRUTHS.get(text.casefold(), text)


def _typed_texts(text: str) -> list[str]:
    """Its members are set apart by spaces, with or without commas."""
    return [part for part in (word.strip(",") for word in text.split()) if part]


ADDRESS = Kind(needed="an address such as demo, yahoo or files:DIR", read=_address)
TEXT = Kind(needed="a text", read=_text)
TEXTS = Kind(needed="a list of texts", read=_texts, typed=_typed_texts)
POSITIVE = Kind(
    needed="a number above 0", read=lambda value: _number(value) or None, typed=_typed_number
)
AMOUNT = Kind(needed="a number of 0 or more", read=_number, typed=_typed_number)
COUNT = Kind(needed="a whole number of 1 or more", read=_count, typed=_typed_number)
TRUTH = Kind(needed="true or false", read=_truth, typed=_typed_truth)
