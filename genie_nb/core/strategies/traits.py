"""Traits: what kind of stock it is, as far as strategies care."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a strategy's fit is judged by; None where it cannot be known.

    Attributes:
        volatility: Standard deviation of returns, a fraction per year.
        trend: How straight the way was, 0 to 1: net move over the sum of all moves.
        range: How much of the time the price stayed within its usual range, 0 to 1.
        gaps: Share of sessions that opened more than an average true range away, 0 to 1.
        dollar_volume: Usually traded per session, in the ticker's currency.
        intraday: Whether there are bars shorter than a day.
    """

    volatility: float | None = None
    trend: float | None = None
    range: float | None = None
    gaps: float | None = None
    dollar_volume: float | None = None
    intraday: bool = False
