"""How long a rule rests: `30m`, `3h`, `2d`."""

import re
from datetime import timedelta

from ..errors import AskError

_TIME = re.compile(r"(?P<number>\d{1,5})\s*(?P<unit>[mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
OFF = "off"


def rest_of(text: str) -> timedelta | None:
    """The time that *text* names; None for `off`.

    Raises:
        AskError: It is no time.

    Example:
        >>> rest_of("2d"), rest_of("90m"), rest_of("off")
        (datetime.timedelta(days=2), datetime.timedelta(seconds=5400), None)
    """
    said = text.strip().casefold()
    if said == OFF:
        return None
    match = _TIME.fullmatch(said)
    if match is None or not int(match["number"]):
        raise AskError(
            f"{text!r} is no time to rest.",
            seen=text,
            needed="minutes, hours or days, or off",
            cure="Write, for example: 2d, 3h, 30m or off.",
        )
    return timedelta(**{_UNITS[match["unit"]]: int(match["number"])})
