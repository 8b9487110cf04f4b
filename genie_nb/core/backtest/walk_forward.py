"""Walk forward: choose parameters on the past, test them on what came next, again and again.

bars -> folds (train | test) -> best parameters of each training -> the tests, joined
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..errors import AskError, TooFewBars, UnknownName
from ..market import Bars
from .metrics import METRICS, Metrics, Sums, add_up, metrics
from .result import Result
from .run import Tested, run_backtest
from .sweep import sweep

LEAST = 20
"""Bars that a fold must have to train and to test on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """One step forward.

    Attributes:
        train: The bars on which the parameters were chosen.
        test: The bars that came next.
        params: The parameters with the best figure in training; None when none had one, and the test
            stayed flat.
        inside: That figure.
        outside: The metrics of the test; None when it stayed flat.
    """

    train: range
    test: range
    params: dict[str, float] | None
    inside: float | None
    outside: Metrics | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WalkForward:
    """All steps of one walk.

    Attributes:
        anchored: Whether training begins with the first bar; otherwise it rolls along.
        chosen_by: The metric that chose the parameters.
        folds: In order.
        equity: The tests one after the other, on the caller's own index, 1.0 at the start. A position
            that is open at the end of a fold is marked there and not carried over.
        metrics: Of the tests as one.
    """

    anchored: bool
    chosen_by: str
    folds: tuple[Fold, ...]
    equity: pd.Series = field(repr=False)
    metrics: Metrics

    def to_frame(self) -> pd.DataFrame:
        """One row per fold: its bars, parameters, the figure in training and the metrics of the test."""
        rows = [
            {
                "train_from": fold.train.start,
                "train_to": fold.train.stop - 1,
                "test_from": fold.test.start,
                "test_to": fold.test.stop - 1,
                **(fold.params or {}),
                f"in_sample_{self.chosen_by}": fold.inside,
                **(fold.outside or {}),
            }
            for fold in self.folds
        ]
        return pd.DataFrame(rows)


def walk_forward(
    strategy: Tested,
    bars: Bars,
    grid: Mapping[str, Sequence[float]],
    *,
    folds: int = 5,
    anchored: bool = True,
    choose: str = "sharpe",
    **costs: Any,
) -> WalkForward:
    """Choose parameters on each stretch of the past and test them on the next.

    The bars are cut into *folds* + 1 pieces of equal length. Fold k is trained on all pieces before its
    own (anchored) or on the one before (rolling), and tested on its own.

    Args:
        strategy: As `sweep` takes it.
        bars: Closed bars.
        grid: Values by parameter.
        folds: How many steps.
        anchored: Whether training keeps its beginning.
        choose: The metric that is to be largest in training.
        **costs: fee_bps, spread_bps, impact_bps, risk_free, world.

    Raises:
        UnknownName: No such metric.
        AskError: Fewer than one fold.
        TooFewBars: A piece would have fewer than 20 bars.
    """
    if choose not in METRICS:
        raise UnknownName("metric", choose, METRICS)
    cuts = _cuts(bars, folds)
    steps: list[Fold] = []
    tests: list[Result | None] = []
    for number in range(folds):
        train = range(0 if anchored else cuts[number], cuts[number + 1])
        test = range(cuts[number + 1], cuts[number + 2])
        table = sweep(strategy, bars, grid, first=train.start, last=train.stop, **costs)
        params, inside = _best(table, tuple(grid), choose)
        result = None
        if params is not None:
            options: dict[str, Any] = {**costs, **params}
            result = run_backtest(strategy, bars.head(test.stop), first=test.start, **options)
        tests.append(result)
        steps.append(
            Fold(
                train=train,
                test=test,
                params=params,
                inside=inside,
                outside=result.metrics if result else None,
            )
        )
    equity, sums = _joined(tests, steps)
    return WalkForward(
        anchored=anchored,
        chosen_by=choose,
        folds=tuple(steps),
        equity=pd.Series(equity, index=bars.labels[cuts[1] :], name="equity"),
        metrics=metrics(
            sums,
            bars_per_year=bars.interval.bars_per_year,
            risk_free=costs.get("risk_free", 0.0),
        ),
    )


def _cuts(bars: Bars, folds: int) -> list[int]:
    if folds < 1:
        raise AskError(
            f"A walk of {folds} folds goes nowhere.",
            seen=folds,
            needed="1 fold or more",
            cure="Give a whole number of folds, such as 5.",
        )
    if len(bars) < (folds + 1) * LEAST:
        raise TooFewBars(bars.ticker, have=len(bars), need=(folds + 1) * LEAST)
    return [len(bars) * piece // (folds + 1) for piece in range(folds + 2)]


def _best(
    table: pd.DataFrame, names: tuple[str, ...], choose: str
) -> tuple[dict[str, float] | None, float | None]:
    """The first combination whose figure is largest, and the figure; None where no figure is known."""
    figure = table[choose].to_numpy(dtype=np.float64)
    known = np.isfinite(figure) & (table["trades"].to_numpy() > 0)
    if not known.any():
        return None, None
    place = int(np.argmax(np.where(known, figure, -np.inf)))
    return {name: table[name].iloc[place].item() for name in names}, float(figure[place])


def _joined(tests: Sequence[Result | None], folds: Sequence[Fold]) -> tuple[np.ndarray, Sums]:
    """The equity and sums of the tests as one; a fold begins flat, so nothing happens between two."""
    money = 1.0
    curves: list[np.ndarray] = []
    added: dict[str, float] = dict.fromkeys(
        ("returns", "squares", "losses", "area", "traded", "held", "trades", "won"), 0.0
    )
    for result, fold in zip(tests, folds, strict=True):
        if result is None:
            curves.append(np.full(len(fold.test), money))
            added["area"] += money * len(fold.test)
            continue
        sums = add_up(result.account)
        for name in added:
            scale = money if name in ("area", "traded") else 1.0
            added[name] += scale * float(getattr(sums, name)[0])
        curves.append(money * result.account.equity)
        money = float(curves[-1][-1])
    equity = np.concatenate(curves)
    peak = np.maximum(np.maximum.accumulate(equity), 1.0)
    whole = {
        **added,
        "bars": len(equity),
        "final": money,
        "drawdown": float((equity / peak - 1).min()),
    }
    return equity, Sums(**{name: np.array([value], dtype=float) for name, value in whole.items()})
