"""Raw numbers in a text, as far as they must round from a fact.

"$850M" -> Figure(850e6, half a unit of its last digit)
"""

import re
from dataclasses import dataclass
from functools import cache

from ..figures import SYMBOLS, written

ROUGHEST = 0.05
"""How far rounding may take a number from its fact: $850M is not $1B."""

_SCALES = {"": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6,
           "b": 1e9, "bn": 1e9, "billion": 1e9, "t": 1e12, "trillion": 1e12}  # fmt: skip
_MARKED = frozenset({"fraction", "bps", "days", "quarters"})
"""Units without which a number is another one."""
_SIGNS = tuple(sorted((sign for sign in SYMBOLS.values() if sign), key=len, reverse=True))
_WORDS = {"days": ("day", "days"), "quarters": ("quarter", "quarters"), "shares": ("shares", "share"),
          "bps": ("bps", "basis points")}  # fmt: skip
_NUMBER = (
    r"(?P<sign>[-−+–]?)(?P<money>{money})?(?P<late>[-−–]?)"
    r"(?P<digits>(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?)"
    r"(?P<unit> ?(?:%|percent\b)|(?:x|×)(?!\w)|[ -]?(?:basis points|bps|days?|quarters?|shares?)\b"
    r"|(?: ?(?:thousand|million|billion|trillion)|k|mn?|bn?|t)\b)?"
    r"(?P<after> (?:dollars|USD|days?|quarters?|shares?|bps)\b)?"
)


@cache
def number_in(currency: str) -> re.Pattern[str]:
    """A number as people write one, with its sign, currency, scale and unit.

    Args:
        currency: ISO code of the report's money, which may be written before a number.
    """
    money = "|".join((*map(re.escape, _SIGNS), rf"(?<!\w){re.escape(currency)} "))
    return re.compile(_NUMBER.format(money=money), re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as it was written.

    Attributes:
        value: In the units of the registry: a fraction for percent, whole money, shares.
        half: Half a unit of the last digit that was written.
        units: The units of the registry it can be counted in; empty when none was written.
        text: As written.
    """

    value: float
    half: float
    units: frozenset[str]
    text: str

    def is_of(self, value: float, unit: str) -> bool:
        """Whether *value*, counted in *unit*, rounds to what was written."""
        if self.units and unit not in self.units:
            return False
        if not self.units and unit in _MARKED:
            return False
        if (self.value == 0) != (value == 0):
            return False
        if self.text == written(value, unit):
            return True
        off = abs(self.value - value)
        return off <= self.half * (1 + 1e-9) and off <= ROUGHEST * abs(value)


def figure_of(found: re.Match[str], currency: str) -> Figure | None:
    """The number of a match of `number_in`; None when its parts contradict each other.

    Args:
        found: The match.
        currency: ISO code that a sign such as `$` stands for.
    """
    digits = found["digits"].replace(",", "")
    unit = (found["unit"] or "").strip(" -").casefold()
    negative = any(part in ("-", "−", "–") for part in (found["sign"], found["late"]))
    value = float(digits)
    step = 10.0 ** -len(digits.partition(".")[2])
    factor, units = _unit(unit)
    if found["money"]:
        if units:
            return None
        mark = found["money"].strip()
        units = frozenset({next((iso for iso, sign in SYMBOLS.items() if sign == mark), mark)})
        if currency not in units and SYMBOLS.get(currency) != mark:
            return None
        units = frozenset({currency})
    after = (found["after"] or "").strip().casefold()
    if after:
        named = frozenset({currency}) if after in ("dollars", "usd") else _unit(after)[1]
        if units and units != named:
            return None
        units = named
    return Figure(
        value=(-value if negative else value) * factor,
        half=step * factor / 2,
        units=units,
        text=found[0].strip(),
    )


def _unit(text: str) -> tuple[float, frozenset[str]]:
    """What the number is multiplied by, and the units of the registry it then has."""
    if text in ("%", "percent"):
        return 0.01, frozenset({"fraction"})
    if text in ("x", "×"):
        return 1.0, frozenset({"ratio"})
    for unit, words in _WORDS.items():
        if text in words:
            return 1.0, frozenset({unit})
    return _SCALES[text], frozenset()
