"""One ticker, looked at: is it true now, since when, and what did it do?

sought + bars -> truth per bar -> state, recency -> for strategies a backtest -> Row | LeftOut
"""

from dataclasses import dataclass
from math import exp, isfinite, sqrt
from typing import Any

import numpy as np

from ..backtest import Costs
from ..backtest.fast import account
from ..backtest.fills import Account, settle
from ..backtest.history import bars_needed
from ..backtest.metrics import add_up, metrics
from ..backtest.prices import Prices, prices
from ..backtest.sample import first_unseen
from ..errors import BadBars, NoData, TooFewBars
from ..expr import NOTHING_ELSE, Compare, Condition, Cross, Tape, World
from ..expr.reasons import why_unknown
from ..expr.truth import TRUE, UNKNOWN, Truth, negated
from ..market import Bars
from ..rule import Memory, fires
from ..smart.setup import spread_bps
from .row import LeftOut, Row, State, Tested
from .sought import Sought

FEWEST = 4
"""Bars below which nothing can be tested: an open after a close, in and out of sample."""

HALF_LIFE = 5
"""Bars after which what was true counts half."""

_STATES: dict[int, State] = {0: "false", 1: "unknown", 2: "true"}


def examine(sought: Sought, bars: Bars, *, world: World = NOTHING_ELSE) -> Row | LeftOut:
    """Look for it in one ticker.

    The score is the mean of its parts: `state`, 1 where it is true at the newest bar; `recency`,
    2^(−bars since / 5); and for a strategy `unseen`, 1 / (1 + e^−t), where t is its out-of-sample
    Sharpe ratio times the square root of the years.

    Args:
        sought: What is looked for.
        bars: Closed bars of the ticker.
        world: Facts and other tickers' bars that the conditions read.
    """
    try:
        _refuse_none(bars)
        tape = Tape(bars=bars, world=world)
        if sought.exit is None:
            return _watched(sought.entry, tape)
        return _traded(sought, sought.exit, tape)
    except (TooFewBars, BadBars, NoData) as error:
        return LeftOut.because(bars.ticker, error)


def _refuse_none(bars: Bars) -> None:
    if not len(bars):
        raise NoData(
            f"{bars.ticker} has no closed {bars.interval} bar.",
            seen="0 bars",
            needed="one bar",
            cure="Choose another interval or another source.",
        )


def _watched(condition: Condition, tape: Tape) -> Row:
    truth = tape.truth(condition)
    _refuse_never_known(condition, tape)
    fired, _ = fires(truth, Memory())
    last = fired[-1] if fired else None
    return _row(tape, truth, last, parts=_parts(truth, last), condition=condition)


def _traded(sought: Sought, leave: Condition, tape: Tape) -> Row:
    for condition in (sought.entry, leave):
        _refuse_never_known(condition, tape)
    entering, leaving = tape.truth(sought.entry), tape.truth(leave)
    paid = spread_bps(tape.bars)
    test = _Test(
        entering=entering,
        leaving=leaving,
        prices=prices(tape.bars),
        costs=Costs(fee_bps=sought.fee_bps, spread_bps=paid or 0.0),
        year=tape.bars.interval.bars_per_year,
    )
    bars = len(tape.bars)
    cut = first_unseen(bars)
    if bars - cut < 2:
        need = max(bars_needed(sought.entry), bars_needed(leave)) + 1
        raise TooFewBars(tape.bars.ticker, have=bars, need=max(need, FEWEST))
    unseen, held = test.account(cut, bars), test.held(cut, bars)
    tested = Tested(
        position="long" if unseen.open else "flat",
        in_sample=test.metrics(test.account(0, cut)) if test.known(0, cut) else None,
        out_of_sample=test.metrics(unseen),
        buy_and_hold=test.metrics(held),
        spread_bps=paid,
    )
    enters = np.minimum(entering, negated(leaving))
    where = np.flatnonzero(enters == TRUE)
    last = int(where[-1]) if len(where) else None
    parts = _parts(enters, last) | {"unseen": _confidence(tested, (bars - cut) / test.year)}
    return _row(tape, enters, last, parts=parts, condition=sought.entry, tested=tested)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """Backtests over parts of one tape, whose truths are computed once for all of them."""

    entering: Truth
    leaving: Truth
    prices: Prices
    costs: Costs
    year: int

    def account(self, first: int, last: int) -> Account:
        """What was done over the bars from *first* to before *last*."""
        part = slice(first, last)
        return account(self.entering[part], self.leaving[part], self._cut(part), self.costs)

    def held(self, first: int, last: int) -> Account:
        """Bought at the second open and held."""
        return settle([(1, None)], self._cut(slice(first, last)), self.costs)

    def known(self, first: int, last: int) -> bool:
        """Whether both conditions are known somewhere in that part, of two bars at least."""
        part = slice(first, last)
        both = (self.entering[part], self.leaving[part])
        return last - first > 1 and all((truth != UNKNOWN).any() for truth in both)

    def metrics(self, done: Account) -> dict[str, float | int | None]:
        """The metrics of an account."""
        return dict(metrics(add_up(done), bars_per_year=self.year))

    def _cut(self, part: slice) -> Prices:
        return Prices(
            open=self.prices.open[part],
            close=self.prices.close[part],
            dividends=self.prices.dividends[part],
        )


def _refuse_never_known(condition: Condition, tape: Tape) -> None:
    """A ticker on which it is unknown at every bar says nothing.

    Raises:
        TooFewBars: More bars would help.
        NoData: They would not; says what is missing.
    """
    if (tape.truth(condition) != UNKNOWN).any():
        return
    need, have = bars_needed(condition), len(tape.bars)
    if have < need:
        raise TooFewBars(tape.bars.ticker, have=have, need=need)
    why = "; ".join(why_unknown(condition, tape))
    raise NoData(
        f"{condition} is unknown on all {have} bars of {tape.bars.ticker}: {why}.",
        seen=f"{have} bars without one on which it is known",
        needed="one bar on which it is known",
    )


def _parts(truth: Truth, last: int | None) -> dict[str, float | None]:
    now = truth[-1]
    return {
        "state": None if now == UNKNOWN else float(now == TRUE),
        "recency": 0.0 if last is None else 2.0 ** (-(len(truth) - 1 - last) / HALF_LIFE),
    }


def _confidence(tested: Tested, years: float) -> float | None:
    sharpe = tested.out_of_sample["sharpe"]
    return None if sharpe is None else 1 / (1 + exp(-sharpe * sqrt(years)))


def _row(
    tape: Tape,
    truth: Truth,
    last: int | None,
    *,
    parts: dict[str, float | None],
    condition: Condition,
    tested: Tested | None = None,
) -> Row:
    bars = tape.bars
    label: Any = bars.index
    state = _STATES[int(truth[-1])]
    return Row(
        ticker=bars.ticker,
        score=sum(part or 0.0 for part in parts.values()) / len(parts),
        parts=parts,
        state=state,
        bars_since=None if last is None else len(bars) - 1 - last,
        since=None if last is None else label[last].isoformat(),
        bar_time=label[-1].isoformat(),
        price=float(bars.close.iloc[-1]),
        currency=bars.currency,
        distance=distance(condition, tape) if tested is None else None,
        tested=tested,
        note=f"Unknown now: {'; '.join(why_unknown(condition, tape))}."
        if state == "unknown"
        else "",
    )


def distance(condition: Condition, tape: Tape) -> float | None:
    """How far a single comparison's left side is from its right one, as a fraction of the right.

    Returns:
        −0.03 where the left side is 3 % below; None where a side is missing or the right is 0, and
        for conditions that are more than one comparison.
    """
    if not isinstance(condition, Compare | Cross):
        return None
    left, right = (float(tape.numbers(side)[-1]) for side in (condition.left, condition.right))
    if not isfinite(left) or not isfinite(right) or right == 0:
        return None
    return (left - right) / abs(right)
