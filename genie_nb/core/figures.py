"""Figures: how numbers are written for people, the same wherever they are read.

    written(0.12, "fraction") -> 12 %      written(850e6, "USD") -> $850M      written(None, ...) -> unknown

Numbers inside genie_nb are fractions and whole money; percent signs and millions begin here.
"""

import re
from decimal import Decimal
from math import isfinite

UNKNOWN = "unknown"

SYMBOLS = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "HKD": "HK$", "CAD": "CA$",
    "AUD": "A$", "NZD": "NZ$", "SGD": "S$", "TWD": "NT$", "BRL": "R$", "MXN": "MX$", "INR": "₹",
    "KRW": "₩", "ILS": "₪", "XXX": "", "money": "",
}  # fmt: skip
"""Currencies written with a sign; the others are written with their code. `XXX`, ISO's code for no
currency, and `money` are amounts whose currency nobody named."""

WITHOUT_CENTS = frozenset({"JPY", "KRW"})

_NUMBER = re.compile(r"(?P<number>\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<letter>[MBT]?)")
_SCALE_OF = {"M": Decimal(10**6), "B": Decimal(10**9), "T": Decimal(10**12)}
_SCALES = ((1e6, "M"), (1e9, "B"), (1e12, "T"))


def written(value: float | None, unit: str, *, signed: bool = False) -> str:
    """A number of the registry as people write it.

    Args:
        value: The number, in *unit*; None and non-finite numbers are written "unknown".
        unit: As `Fact.unit`; anything that is not a unit of the registry is a currency code.
        signed: Write a plus before positive numbers.

    Example:
        >>> written(0.123, "fraction", signed=True), written(0.4, "ratio"), written(18, "ratio")
        ('+12 %', '0.40', '18.0')
        >>> written(850e6, "USD"), written(1.234, "USD"), written(1.2e9, "CNY"), written(5, "CHF")
        ('$850M', '$1.23', 'CN¥1.2B', 'CHF 5.00')
        >>> written(42_000, "shares"), written(40e6, "shares"), written(85.2, "bps")
        ('42,000', '40.0M', '85 bps')
        >>> written(1.1, "days"), written(23, "days"), written(1, "days"), written(None, "ratio")
        ('1.1 days', '23 days', '1 day', 'unknown')
    """
    if value is None or not isfinite(value):
        return UNKNOWN
    writer = _WRITERS.get(unit)
    size = abs(value)
    text = writer(size) if writer else money(size, unit)
    if not any(digit in text for digit in "123456789"):
        return text
    return f"-{text}" if value < 0 else f"+{text}" if signed else text


def written_beside(value: float | None, bound: float, unit: str) -> str:
    """A number with as many digits as it takes to stand to *bound* as it truly does.

    So no sentence says "2.00, above 2.0" of 2.004, or "1.00, below 1.0" of 0.9999.

    Args:
        value: As for `written`.
        bound: What it is compared with in the same sentence, in *unit*.
        unit: As for `written`.

    Example:
        >>> written_beside(2.004, 2.0, "ratio"), written_beside(0.9999, 1.0, "ratio")
        ('2.004', '0.9999')
        >>> written_beside(7.99, 8.0, "quarters"), written_beside(1.5, 2.0, "ratio")
        ('7.99 quarters', '1.50')
    """
    text = written(value, unit)
    shown = _NUMBER.search(text)
    if value is None or shown is None:
        return text
    scale = Decimal("0.01") if unit == "fraction" else _SCALE_OF.get(shown["letter"], Decimal(1))
    exact, limit = (Decimal(repr(float(number))) / scale for number in (value, bound))
    for decimals in range(len(shown["decimals"] or ""), 400):
        rounded = Decimal(f"{exact:.{decimals}f}")
        if rounded.compare(limit) == exact.compare(limit):
            sign, head = "-" if rounded < 0 else "", text[: shown.start("number")].lstrip("-")
            return f"{sign}{head}{abs(rounded):,.{decimals}f}{text[shown.end('number') :]}"
    return text


def money(size: float, currency: str) -> str:
    """An amount that is not negative: `$1.23`, `$12,345`, `$850M`.

    Millions and more have three significant digits, pennies four decimals.
    """
    symbol = SYMBOLS.get(currency, f"{currency} ")
    scaled = _scaled(size)
    if scaled is not None:
        number, letter = scaled
        return f"{symbol}{_plain(number)}{letter}"
    if currency in WITHOUT_CENTS or round(size, 2) >= 10_000:
        return f"{symbol}{size:,.0f}"
    if 0 < size < 0.1:
        return f"{symbol}{size:.4f}"
    return f"{symbol}{size:,.2f}"


def percent(size: float) -> str:
    """A fraction that is not negative: `12 %`, `3.1 %`, `0.25 %`."""
    hundredths = size * 100
    return f"{hundredths:,.{_decimals(hundredths)}f} %"


def _ratio(size: float) -> str:
    if 0 < size < 0.005:
        return f"{size:.4f}"
    return f"{size:,.{_three_digits(size)}f}"


def _three_digits(size: float) -> int:
    """Decimals that leave about three significant digits."""
    return 2 if round(size, 2) < 10 else 1 if round(size, 1) < 100 else 0


def _shares(size: float) -> str:
    scaled = _scaled(size)
    return f"{size:,.0f}" if scaled is None else "".join(scaled)


def _count(size: float) -> str:
    return f"{size:,.0f}"


def _bps(size: float) -> str:
    return f"{size:,.{_decimals(size)}f} bps"


def _span(size: float, noun: str) -> str:
    whole = float(size).is_integer()
    number = f"{size:,.0f}" if whole else f"{size:,.{_decimals(size)}f}"
    return f"{number} {noun if number == '1' else noun + 's'}"


def _decimals(size: float) -> int:
    """Fewer decimals the larger a number: 2 below 1, 1 below 10, none above and for zero."""
    if size == 0:
        return 0
    return next((n for n, bound in ((2, 1.0), (1, 10.0)) if round(size, n) < bound), 0)


def _scaled(size: float) -> tuple[str, str] | None:
    """Three significant digits and a letter, from a million on; 999.6 million is a billion."""
    if size < 999_500:
        return None
    scale, letter = next(
        ((scale, letter) for scale, letter in _SCALES if round(size / scale) < 1000), _SCALES[-1]
    )
    return f"{size / scale:,.{_three_digits(size / scale)}f}", letter


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


_WRITERS = {
    "fraction": percent,
    "ratio": _ratio,
    "index": lambda size: f"{size:.1f}",
    "shares": _shares,
    "count": _count,
    "bps": _bps,
    "days": lambda size: _span(size, "day"),
    "quarters": lambda size: _span(size, "quarter"),
}
