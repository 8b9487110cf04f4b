"""What a backtest is judged by.

    equity at each close, trades -> Sums -> total_return cagr sharpe sortino max_drawdown …

Both readers hand over the same sums: the plain one adds them up bar by bar from the equity, the fast one
per trade.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from ..errors import AskError
from .fills import Account

METRICS = (
    "total_return",
    "cagr",
    "sharpe",
    "sortino",
    "max_drawdown",
    "hit_rate",
    "exposure",
    "trades",
    "turnover",
)
"""The metrics, in the order in which they are shown."""

STILL = 1e-12
"""Returns whose variance is below this share of their mean square do not vary."""

type Metrics = Mapping[str, float | int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What the metrics are made of, one number per backtest.

    Attributes:
        bars: Bars in the test.
        final: Equity at the last close.
        returns: Sum of the bar returns after the first bar.
        squares: Sum of their squares.
        losses: Sum of the squares of the negative ones.
        drawdown: The deepest fall from a peak, 0 or below.
        area: Sum of the equity at all closes.
        traded: Value of all purchases and sales.
        held: Closes at which there was a position.
        trades: Trades that were left.
        won: Those of them that gained after costs.
    """

    bars: np.ndarray
    final: np.ndarray
    returns: np.ndarray
    squares: np.ndarray
    losses: np.ndarray
    drawdown: np.ndarray
    area: np.ndarray
    traded: np.ndarray
    held: np.ndarray
    trades: np.ndarray
    won: np.ndarray


def add_up(account: Account) -> Sums:
    """The sums of one account, bar by bar."""
    equity = account.equity
    returns = equity[1:] / equity[:-1] - 1
    peak = np.maximum(np.maximum.accumulate(equity), 1.0)
    closed = account.closed
    sums = {
        "bars": len(equity),
        "final": equity[-1],
        "returns": returns.sum(),
        "squares": (returns**2).sum(),
        "losses": (np.minimum(returns, 0) ** 2).sum(),
        "drawdown": (equity / peak - 1).min(),
        "area": equity.sum(),
        "traded": account.traded,
        "held": account.held,
        "trades": len(closed),
        "won": sum(fill.growth > 1 for fill in closed),
    }
    return Sums(**{name: np.array([float(value)]) for name, value in sums.items()})


def table(sums: Sums, *, bars_per_year: int, risk_free: float = 0.0) -> dict[str, np.ndarray]:
    """The metrics of many backtests; NaN where one cannot be known, or is beyond any number.

    - total_return: last equity − 1.
    - cagr: total return per year of *bars_per_year* bars.
    - sharpe: (mean − risk-free) / standard deviation (ddof 1) of all bar returns after the first, times
      √(bars a year). NaN when they do not vary.
    - sortino: the same over the root mean square of min(r, 0). NaN without a loss.
    - max_drawdown: the deepest fall from a peak, at most 0; the peak starts at 1.0.
    - hit_rate: share of closed trades that gained after costs. NaN without a closed trade.
    - exposure: share of closes at which there was a position.
    - trades: closed ones.
    - turnover: traded value per year over mean equity.

    Args:
        sums: One number per backtest each.
        bars_per_year: 252 for daily bars.
        risk_free: What idle money would have earned, a fraction per year.

    Raises:
        AskError: *risk_free* is not a number.
    """
    if not isfinite(risk_free):
        raise AskError(
            f"risk_free was {risk_free}.",
            seen=risk_free,
            needed="a fraction per year",
            cure="Give a fraction: 0.04 is 4 % a year.",
        )
    count = sums.bars - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        years = np.where(count > 0, count, np.nan) / bars_per_year
        mean = sums.returns / count
        excess = mean - risk_free / bars_per_year
        variance = (sums.squares - count * mean**2) / (count - 1)
        varies = variance > STILL * sums.squares / count
        deviation = np.sqrt(np.where(varies, variance, np.nan))
        downside = np.sqrt(np.where(sums.losses > 0, sums.losses, np.nan) / count)
        yearly = np.sqrt(bars_per_year)
        values = {
            "total_return": sums.final - 1,
            "cagr": sums.final ** (1 / years) - 1,
            "sharpe": excess / deviation * yearly,
            "sortino": excess / downside * yearly,
            "max_drawdown": sums.drawdown,
            "hit_rate": sums.won / np.where(sums.trades > 0, sums.trades, np.nan),
            "exposure": sums.held / sums.bars,
            "turnover": sums.traded / (sums.area / sums.bars) / years,
        }
    values = {name: np.where(np.isfinite(found), found, np.nan) for name, found in values.items()}
    values["trades"] = np.nan_to_num(sums.trades).astype(np.int64)
    return {name: values[name] for name in METRICS}


def metrics(sums: Sums, *, bars_per_year: int, risk_free: float = 0.0) -> Metrics:
    """The metrics of one backtest; None where one cannot be known. See `table`."""
    values = table(sums, bars_per_year=bars_per_year, risk_free=risk_free)
    known = {name: float(value[0]) for name, value in values.items()}
    shown: dict[str, float | int | None] = {
        name: None if np.isnan(value) else value for name, value in known.items()
    }
    shown["trades"] = int(known["trades"])
    return shown
