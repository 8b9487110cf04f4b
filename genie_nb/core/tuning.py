"""Tuning: what a strategy would have done with other parameters, again and again on the same bars.

    Workbench(strategy, bars, costs) -> at(params) -> Tuned

The conditions are read once; the parts in and out of sample are cut from the same truths, which no
later bar can change. Its figures are those of `study`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .backtest import Costs
from .backtest.fast import account
from .backtest.fills import Account
from .backtest.history import bars_needed
from .backtest.metrics import Metrics, add_up, metrics
from .backtest.prices import Prices, prices
from .backtest.run import enough, held_throughout
from .backtest.sample import first_unseen
from .expr import NOTHING_ELSE, Condition, Tape, Value, World
from .expr.truth import UNKNOWN
from .market import Bars
from .strategies import Strategy


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tuned:
    """A strategy with one set of parameters.

    Attributes:
        params: All of them.
        entry: The condition that enters.
        exit: The condition that leaves.
        levels: The prices it draws, by name.
        tape: The bars with every line that was computed.
        account: What it did on all bars.
        whole: Metrics on all bars.
        inside: On the first 70 % of them; None where they are too few.
        outside: On the last 30 %, lines warmed up before; None where they are too few.
    """

    params: Mapping[str, float]
    entry: Condition
    exit: Condition
    levels: Mapping[str, Value]
    tape: Tape
    account: Account
    whole: Metrics
    inside: Metrics | None
    outside: Metrics | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Workbench:
    """A strategy on one ticker's bars, ready for any parameters.

    Attributes:
        strategy: Which.
        bars: Closed bars.
        costs: Of each fill.
        world: Facts and other tickers' bars, where conditions read them.
    """

    strategy: Strategy
    bars: Bars
    costs: Costs
    world: World = NOTHING_ELSE

    @property
    def unseen(self) -> int:
        """The first bar that is out of sample."""
        return first_unseen(len(self.bars))

    @cached_property
    def held(self) -> Metrics:
        """Metrics of holding throughout."""
        return held_throughout(self._prices, self.costs, self.bars.interval.bars_per_year)

    @cached_property
    def worth(self) -> np.ndarray:
        """What holding throughout was worth at each close."""
        from .backtest.fills import settle

        return settle([(1, None)], self._prices, self.costs).equity

    def at(self, params: Mapping[str, object]) -> Tuned:
        """The strategy with these parameters; those left out keep their defaults.

        Raises:
            UnknownName: It has no such parameter.
            AskError: A parameter outside its range, or the strategy cannot be on such bars.
            TooFewBars: There are not enough bars for its conditions to be known even once.
            BadBars: A price is not above zero.
        """
        given = self.strategy.checked(params)
        interval = self.bars.interval
        entry = self.strategy.entry.template(interval).fill(given)
        leave = self.strategy.exit.template(interval).fill(given)
        tape = Tape(bars=self.bars, world=self.world)
        enough(tape, entry, leave)
        tested = self._account(tape, entry, leave, 0, len(self.bars))
        return Tuned(
            params=given,
            entry=entry,
            exit=leave,
            levels=self.strategy.levels_at(interval, **given),
            tape=tape,
            account=tested,
            whole=self._metrics(tested),
            inside=self._part(tape, entry, leave, 0, self.unseen),
            outside=self._part(tape, entry, leave, self.unseen, len(self.bars)),
        )

    @cached_property
    def _prices(self) -> Prices:
        return prices(self.bars)

    def _part(
        self, tape: Tape, entry: Condition, leave: Condition, first: int, last: int
    ) -> Metrics | None:
        """Metrics on some of the bars, as if later ones had not come; None where they are too few."""
        known = (
            last >= bars_needed(one) + 1 or bool((tape.truth(one)[:last] != UNKNOWN).any())
            for one in (entry, leave)
        )
        if last - first < 2 or not all(known):
            return None
        return self._metrics(self._account(tape, entry, leave, first, last))

    def _account(
        self, tape: Tape, entry: Condition, leave: Condition, first: int, last: int
    ) -> Account:
        whole, span = self._prices, slice(first, last)
        cut = Prices(
            open=whole.open[span], close=whole.close[span], dividends=whole.dividends[span]
        )
        return account(tape.truth(entry)[span], tape.truth(leave)[span], cut, self.costs)

    def _metrics(self, tested: Account) -> Metrics:
        return metrics(add_up(tested), bars_per_year=self.bars.interval.bars_per_year)
