"""How often something is done: `5m`, `1h`, `1d`, and the same as a cron line.

"15m" -> 900.0 seconds -> "*/15 * * * *"
"""

import re
from datetime import date, timedelta
from itertools import pairwise

from .errors import AskError

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
_UNITS = {"s": 1.0, "m": MINUTE, "h": HOUR, "d": DAY}
_FORM = re.compile(r"(\d{1,6})\s*([smhd])", re.IGNORECASE)
_FIELD = r"(?:\*|\d{1,2}(?:-\d{1,2})?)(?:/[1-9]\d?)?"
_CRON = re.compile(rf"{_FIELD}(?:,{_FIELD})*")
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
_FIRST, _DAYS = date(2026, 1, 1), 800
_AFTER_THE_CLOSE = "0 22 * * 1-5"
"""22:00 UTC on weekdays: after New York's close, in summer and in winter."""


def seconds_of(text: str) -> float:
    """The seconds that a time such as `5m` means.

    Raises:
        AskError: It is no such time, or none at all.

    Example:
        >>> seconds_of("5m"), seconds_of("1d")
        (300.0, 86400.0)
    """
    match = _FORM.fullmatch(text.strip())
    seconds = float(match[1]) * _UNITS[match[2].casefold()] if match else 0.0
    if seconds <= 0:
        raise AskError(
            f"{text!r} is no length of time.",
            seen=text,
            needed="a number with s, m, h or d",
            cure="Write for example 5m, 1h or 1d.",
        )
    return seconds


def cron_of(seconds: float) -> str:
    """The cron line, in UTC, of a time that fits into the hour or the day.

    Raises:
        AskError: Cron has no line for it; says which times it has.

    Example:
        >>> cron_of(900.0), cron_of(7200.0), cron_of(86400.0)
        ('*/15 * * * *', '0 */2 * * *', '0 22 * * 1-5')
    """
    minutes = seconds / MINUTE
    if minutes == 1:
        return "* * * * *"
    if minutes < 60 and minutes.is_integer() and 60 % minutes == 0:
        return f"*/{minutes:.0f} * * * *"
    hours = minutes / 60
    if hours == 1:
        return "0 * * * *"
    if hours < 24 and hours.is_integer() and 24 % hours == 0:
        return f"0 */{hours:.0f} * * *"
    if hours == 24:
        return _AFTER_THE_CLOSE
    raise AskError(
        f"No cron line means every {written(seconds)}.",
        seen=written(seconds),
        needed="1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes; 1, 2, 3, 4, 6, 8 or 12 hours; or 1 day",
        cure="Choose one of these, or give a line of your own with --cron.",
    )


def check_cron(line: str) -> str:
    """A cron line of five fields, as it is.

    Raises:
        AskError: It is none; says which field cannot be.

    Example:
        >>> check_cron("*/5 9-16 * * 1-5")
        '*/5 9-16 * * 1-5'
    """
    fields = line.split()
    if len(fields) != 5:
        raise _no_cron(line, f"it has {len(fields)} fields")
    for field, (low, high) in zip(fields, _RANGES, strict=True):
        numbers = [int(number) for number in re.findall(r"(?<!/)\b\d+", field)]
        if not _CRON.fullmatch(field) or not all(low <= number <= high for number in numbers):
            raise _no_cron(line, f"{field!r} cannot be one of them")
    return " ".join(fields)


def longest_gap(line: str) -> float:
    """The most seconds between two runs of a cron line, over two years.

    A run that is later than that was missed.

    Example:
        >>> longest_gap("*/15 * * * *"), longest_gap("0 22 * * 1-5")
        (900.0, 259200.0)
    """
    minutes, hours, days, months, weekdays = (
        _members(field, low, high)
        for field, (low, high) in zip(check_cron(line).split(), _RANGES, strict=True)
    )
    times = sorted(60.0 * (60 * hour + minute) for hour in hours for minute in minutes)
    gap, last = max((b - a for a, b in pairwise(times)), default=0.0), None
    either = "*" not in (line.split()[2][0], line.split()[4][0])
    for number in range(_DAYS):
        day = _FIRST + timedelta(days=number)
        on_day, on_weekday = day.day in days, day.isoweekday() % 7 in {one % 7 for one in weekdays}
        if day.month in months and (on_day or on_weekday if either else on_day and on_weekday):
            if last is not None:
                gap = max(gap, (number - last) * DAY + times[0] - times[-1])
            last = number
    return gap or _DAYS * DAY


def _members(field: str, low: int, high: int) -> set[int]:
    """The numbers that a field of a cron line stands for."""
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        begin = low if first == "*" else int(first)
        end = int(last) if last else high if first == "*" or step else begin
        found |= set(range(begin, end + 1, int(step or 1)))
    return found


def written(seconds: float) -> str:
    """The shortest way to write it.

    Example:
        >>> written(300.0), written(5400.0), written(86400.0), written(1.0)
        ('5m', '90m', '1d', '1s')
    """
    for unit in ("d", "h", "m"):
        if seconds >= _UNITS[unit] and seconds % _UNITS[unit] == 0:
            return f"{seconds / _UNITS[unit]:.0f}{unit}"
    return f"{seconds:g}s"


def _no_cron(line: str, why: str) -> AskError:
    return AskError(
        f"{line!r} is no cron line: {why}.",
        seen=line,
        needed="five fields: minute, hour, day of month, month, day of week",
        cure='For example: --cron "*/15 9-17 * * 1-5"',
    )
