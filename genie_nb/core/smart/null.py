"""The null: what the strategy earns on the same moves in another order."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ..backtest import Costs
from ..backtest.fast import account
from ..backtest.prices import prices
from ..expr import Condition, Tape
from ..indicators.runs import floats
from ..market import COLUMNS, Bars

SHUFFLES = 200
"""Orders that are tried; the smallest p-value they can give is 1 / 201."""

SEED = 20260112


def null_p(bars: Bars, entry: Condition, leave: Condition, costs: Costs) -> float | None:
    """How often the same moves in another order earned as much: (1 + as much or more) / (1 + 200).

    The order is what a strategy goes by. Where chance orders do as well, it found nothing in it. The
    same bars always give the same number.

    Args:
        bars: Closed bars.
        entry: The condition that enters.
        leave: The condition that leaves.
        costs: Of each fill, in the true order and in the others.

    Returns:
        A probability from 1 / 201 to 1; near 0.5 where the order meant nothing. None with fewer than
        three bars, or a low that is not above zero.
    """
    if len(bars) < 3 or not (bars.low > 0).all():
        return None
    shuffle = Shuffle(bars)
    earned = _earned(shuffle.bars(np.arange(len(bars))), entry, leave, costs)
    dice = np.random.default_rng(SEED)
    others = [
        _earned(shuffle.bars(shuffle.order(dice)), entry, leave, costs) for _ in range(SHUFFLES)
    ]
    as_much = sum(other >= earned - 1e-12 for other in others)
    return (1 + as_much) / (1 + SHUFFLES)


class Shuffle:
    """Bars in other orders.

    Each bar's open, high, low and close against the close before, and its volume, move together. The
    first bar stays. On intraday bars only those at the same exchange-local time change places, so
    that a session's course and its nights stay what they are.
    """

    def __init__(self, bars: Bars) -> None:
        self._bars = replace(bars, dividends=bars.dividends.iloc[:0], splits=bars.splits.iloc[:0])
        prices = bars.frame[["open", "high", "low", "close"]].to_numpy(dtype="float64")
        self._first = prices[:1]
        self._moves = np.log(prices[1:]) - np.log(prices[:-1, 3:])
        self._volume = floats(bars.volume)
        self._groups = _same_place(bars)

    def order(self, dice: np.random.Generator) -> np.ndarray:
        """A chance order of the bars."""
        order = np.arange(len(self._volume))
        for group in self._groups:
            order[group] = dice.permutation(group)
        return order

    def bars(self, order: np.ndarray) -> Bars:
        """The bars in an order."""
        moves = self._moves[order[1:] - 1]
        before = np.cumsum(np.append(0.0, moves[:-1, 3]))
        later = self._first[0, 3] * np.exp(before[:, np.newaxis] + moves)
        table = np.empty((len(order), 6))
        table[:, :4] = np.concatenate((self._first, later))
        table[:, 4] = self._volume[order]
        table[:, 5] = np.nan
        frame = pd.DataFrame(table, index=self._bars.frame.index, columns=[*COLUMNS, "adjclose"])
        return replace(self._bars, frame=frame)


def _same_place(bars: Bars) -> list[np.ndarray]:
    """The bars, without the first, that may change places."""
    later = np.arange(1, len(bars))
    if not bars.interval.intraday:
        return [later]
    local = bars.index.tz_convert(bars.timezone)
    minute = np.asarray(local.hour * 60 + local.minute)[1:]
    return [later[minute == place] for place in np.unique(minute)]


def _earned(bars: Bars, entry: Condition, leave: Condition, costs: Costs) -> float:
    """The equity at the last close."""
    tape = Tape(bars=bars)
    return float(account(tape.truth(entry), tape.truth(leave), prices(bars), costs).equity[-1])
