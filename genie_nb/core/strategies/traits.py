"""Traits: what kind of stock it is, as far as strategies care."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a strategy's fit is judged by; None where it cannot be known.

    Attributes:
        volatility: Standard deviation of returns, a fraction per year.
        growth: Logarithm of the price's change, per year; 0.1 is about 10 % a year.
        trend: How straight the way was, 0 to 1: net move over the sum of all monthly moves.
        range: How much of the time the price stayed within its usual range, 0 to 1.
        pullback: How far it closed below its highest close of the last month, in average true ranges.
        gaps: Share of sessions that opened more than an average true range away, 0 to 1.
        dollar_volume: Usually traded per session, in the ticker's currency.
        intraday: Whether there are bars shorter than a day.
    """

    volatility: float | None = None
    growth: float | None = None
    trend: float | None = None
    range: float | None = None
    pullback: float | None = None
    gaps: float | None = None
    dollar_volume: float | None = None
    intraday: bool = False

    def to_dict(self) -> dict[str, float | bool | None]:
        """By name."""
        return asdict(self)
