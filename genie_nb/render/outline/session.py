"""When a bar was, as people are told."""

from ...core.market import Bars


def day(bars: Bars, at: int) -> str:
    """The session of a bar, with the exchange's time where there are several bars in one."""
    label = bars.index[at]
    if not bars.interval.intraday:
        return f"{label:%Y-%m-%d}"
    return f"{label.tz_convert(bars.timezone):%Y-%m-%d %H:%M}"
