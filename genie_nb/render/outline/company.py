"""The head of a report: who it is about, the price, and what must be known before reading on."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ...core.figures import written
from ...core.findings.bands import warning
from ...core.market import Bars
from ...core.report import Profile, Report
from ..document import Direction, Masthead, Prose
from ..untrusted import shortened
from .facts import origin


def masthead(report: Report) -> Masthead:
    """Name, ticker, band, price and change, next earnings."""
    price, change, direction, hint = _price(report)
    return Masthead(
        name=report.profile.name or report.profile.ticker,
        ticker=report.profile.ticker,
        pills=pills(report.profile),
        lines=tuple(line for line in (_trade(report.profile), _earnings(report)) if line),
        price=price,
        change=change,
        direction=direction,
        hint=hint,
        warning=_caution(report.profile.band),
    )


def pills(profile: Profile) -> tuple[str, ...]:
    """The short marks beside a company's name."""
    marks = (
        f"{profile.band} cap" if profile.band else "",
        "" if profile.kind == "equity" else profile.kind,
        _fictional(profile),
    )
    return tuple(mark for mark in marks if mark)


def _fictional(profile: Profile) -> str:
    if not profile.fictional:
        return ""
    return "fictional company" if profile.kind == "equity" else "fictional"


def about(profile: Profile) -> tuple[Prose, ...]:
    """What the company says of itself, shortened; nothing where it says nothing."""
    if not profile.description:
        return ()
    text = shortened(profile.description, 600)
    return (Prose(title="In the company's own words", paragraphs=(text,), fold=True),)


def clock(moment: datetime, zone: str) -> str:
    """A time as the exchange's clock shows it.

    Example:
        >>> from datetime import UTC
        >>> clock(datetime(2026, 1, 12, 21, tzinfo=UTC), "America/New_York")
        '2026-01-12 16:00 EST'
    """
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"


def _caution(band: str | None) -> str:
    word = warning(band)
    return f"{band} cap: {word}.".capitalize() if word else ""


def _trade(profile: Profile) -> str:
    return " · ".join(part for part in (profile.sector, profile.industry) if part)


def _price(report: Report) -> tuple[str, str, Direction | None, str]:
    fact = report.facts.get("price")
    bars = report.bars
    change, direction, how = _change(bars) if bars is not None else ("", None, "")
    if fact is None or fact.value is None:
        return "", change, direction, how
    hint = "\n".join(part for part in (origin(fact), how) if part)
    return written(fact.value, fact.unit), change, direction, hint


def _change(bars: Bars) -> tuple[str, Direction | None, str]:
    if len(bars) < 2:
        return "", None, ""
    before, last = (float(value) for value in bars.frame["close"].iloc[-2:])
    if before <= 0:
        return "", None, ""
    ratio = last / before - 1
    direction: Direction = "up" if ratio > 0 else "down" if ratio < 0 else "flat"
    size = written(abs(ratio), "fraction")
    said = f"{direction} {size}" if ratio else "unchanged"
    day = f"{bars.index[-1]:%Y-%m-%d}"
    return (
        f"{said} on {day}",
        direction,
        f"Change = close / previous close − 1 = {last:g} / {before:g} − 1",
    )


def _earnings(report: Report) -> str:
    days = report.next_earnings
    if not days:
        return ""
    when = _span(days)
    fact = report.facts.get("days_to_earnings")
    if fact is None or fact.value is None:
        return f"Next earnings {when}"
    left = round(fact.value)
    ahead = "today" if left == 0 else f"in {left} day" + ("" if left == 1 else "s")
    return f"Next earnings {when}, {ahead}"


def _span(days: tuple[date, ...]) -> str:
    first, last = min(days), max(days)
    return f"{first}" if first == last else f"between {first} and {last}"
