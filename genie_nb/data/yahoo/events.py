"""Insider trades, past earnings and the next ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ...core.fundamentals import EarningsReport, InsiderTrade
from .client import Client
from .company import fetch_modules
from .insiders import read_insider_trades
from .symbols import NEW_YORK
from .values import day, number, text

_MODULES = ("insiderTransactions", "earningsHistory", "calendarEvents", "quoteType")


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """What insiders and the calendar say; names as in `Fundamentals`."""

    insider_trades: tuple[InsiderTrade, ...] | None
    earnings: tuple[EarningsReport, ...] | None
    next_earnings: tuple[date, ...]


def fetch_events(client: Client, symbol: str, now: datetime) -> Events:
    """Insider trades and earnings of *symbol*.

    Raises:
        DataError: They did not come, and why.
    """
    return read_events(fetch_modules(client, symbol, _MODULES), now)


def read_events(summary: Mapping[str, Any], now: datetime) -> Events:
    """The events in a `quoteSummary` answer."""
    timezone = text((summary.get("quoteType") or {}).get("timeZoneFullName")) or NEW_YORK
    return Events(
        insider_trades=read_insider_trades(summary.get("insiderTransactions")),
        earnings=_earnings(summary.get("earningsHistory")),
        next_earnings=_next_earnings(summary.get("calendarEvents") or {}, timezone, now),
    )


def _next_earnings(calendar: Mapping[str, Any], timezone: str, now: datetime) -> tuple[date, ...]:
    """Dates at the exchange, not in the reader's time zone; those already past are no next ones."""
    today = now.astimezone(ZoneInfo(timezone)).date()
    moments = (calendar.get("earnings") or {}).get("earningsDate") or []
    days = {found for moment in moments if (found := day(moment, timezone)) and found >= today}
    return tuple(sorted(days))


def _earnings(module: Any) -> tuple[EarningsReport, ...] | None:
    if not isinstance(module, dict) or "history" not in module:
        return None
    return tuple(sorted(_reports(module["history"]), key=lambda report: report.day, reverse=True))


def _reports(history: list[Any]) -> Iterator[EarningsReport]:
    for entry in history or []:
        quarter = day(entry.get("quarter"))
        estimate, actual = number(entry.get("epsEstimate")), number(entry.get("epsActual"))
        if quarter is None or (estimate is None and actual is None):
            continue
        yield EarningsReport(
            day=quarter, estimate=estimate, actual=actual, surprise=_surprise(estimate, actual)
        )


def _surprise(estimate: float | None, actual: float | None) -> float | None:
    if estimate is None or actual is None or estimate == 0:
        return None
    return (actual - estimate) / abs(estimate)
