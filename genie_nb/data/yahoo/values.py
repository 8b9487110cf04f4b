"""Single values out of Yahoo's JSON: plain, or wrapped as `{"raw": 1.5, "fmt": "1.5"}`."""

import math
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_SUBUNITS = {"GBp": ("GBP", 0.01), "ZAc": ("ZAR", 0.01), "ILA": ("ILS", 0.01)}


def number(value: Any) -> float | None:
    """A finite number, or None; Yahoo writes infinity as text and absence as an empty object.

    Example:
        >>> number({"raw": 3, "fmt": "3"}), number("Infinity"), number({}), number(None)
        (3.0, None, None, None)
    """
    if isinstance(value, dict):
        value = value.get("raw")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def text(value: Any) -> str | None:
    """Text that says something, or None."""
    return value.strip() or None if isinstance(value, str) else None


def day(value: Any, timezone: str = "UTC") -> date | None:
    """The date at *timezone* of a moment in seconds since 1970, whatever the local time zone is."""
    seconds = number(value)
    if seconds is None:
        return None
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    try:
        return datetime.fromtimestamp(seconds, tz=UTC).astimezone(zone).date()
    except (OverflowError, OSError, ValueError):
        return None


def currency(code: Any) -> tuple[str | None, float]:
    """The ISO code behind Yahoo's, and what a price in Yahoo's unit is worth in it.

    Example:
        >>> currency("GBp"), currency("USD"), currency(None)
        (('GBP', 0.01), ('USD', 1.0), (None, 1.0))
    """
    written = text(code)
    if written is None:
        return None, 1.0
    return _SUBUNITS.get(written, (written, 1.0))
