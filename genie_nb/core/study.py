"""A study: one strategy on one ticker, with all that has to be known to read its figures.

strategy + bars + costs -> whole, in sample, out of sample, buy and hold -> Study
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from .backtest import (
    Costs,
    Deflated,
    MeanTrade,
    Result,
    deflated_sharpe,
    mean_trade,
    run_backtest,
)
from .backtest.sample import first_unseen
from .errors import TooFewBars
from .expr import NOTHING_ELSE, Tape, Value, World
from .market import Bars
from .narrate.condition import told
from .parameter_map import ParameterMap
from .report import DISCLAIMER, Timing, iso
from .rule import Rule
from .smart.proposal import Proposal, propose
from .strategies import Strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A price that a strategy draws.

    Attributes:
        name: What the strategy calls it.
        line: How it is computed.
        value: At the newest bar; None where it is not known.
    """

    name: str
    line: Value
    value: float | None

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `strategy`."""
        return {"name": self.name, "line": str(self.line), "value": self.value}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Study:
    """One strategy on one ticker: `strategy`.

    Attributes:
        strategy: Which.
        result: Its backtest on all bars.
        in_sample: On the first 70 % of them; None where they are too few.
        out_of_sample: On the last 30 %, lines warmed up before; None where they are too few.
        levels: The prices it draws.
        rules: What setting up alerts for it would arm, each with how often it would have fired.
        spread: Where the spread comes from: estimated, given, or unknown and then not paid.
        deflated: Its Sharpe ratio beside the best that luck would have found in as many tries.
        mean_trade: The mean of the closed trades, with its interval.
        map: Two parameters around the chosen point; None when no map was asked for.
        provider: Which source answered.
        as_of: What was knowable.
        fictional: Whether the company is invented.
        said_back: How the request was read, as a sentence; empty when it needed no reading.
        timing: What it cost.
    """

    strategy: Strategy
    result: Result
    in_sample: Result | None
    out_of_sample: Result | None
    levels: tuple[Level, ...]
    rules: tuple[Proposal, ...]
    spread: str
    deflated: Deflated
    mean_trade: MeanTrade
    provider: str
    as_of: datetime
    map: ParameterMap | None = None
    fictional: bool = False
    said_back: str = ""
    timing: Timing = field(default_factory=Timing)

    @property
    def bars(self) -> Bars:
        """The bars it was tested on."""
        return self.result.bars

    @property
    def enough(self) -> bool:
        """Whether there were trades enough to say anything."""
        return self.mean_trade.low is not None

    @property
    def tries(self) -> int:
        """Distinct parameter sets tried on this ticker in this kernel, this one included."""
        return self.deflated.tries

    @property
    def text(self) -> str:
        """When it enters and leaves, in plain words."""
        entry, leave = told(self.result.entry), told(self.result.exit)
        return f"It enters at the next open when {entry}. It leaves at the next open when {leave}."

    @property
    def exit(self) -> int:
        """0: that it did not trade is an answer."""
        return 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-strategy/1` JSON."""
        tested = self.result.to_dict()
        return {
            "schema": "genie-strategy/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            **tested,
            "costs": {**tested["costs"], "spread": self.spread},
            "text": self.text,
            "enough": self.enough,
            "in_sample": _part(self.in_sample),
            "out_of_sample": _part(self.out_of_sample),
            "rules": [proposal.to_dict() for proposal in self.rules],
            "levels": [level.to_dict() for level in self.levels],
            "tries": self.tries,
            "deflated_sharpe": asdict(self.deflated),
            "mean_trade": asdict(self.mean_trade),
            "map": None if self.map is None else self.map.to_dict(),
            "bars": len(self.bars),
            "fictional": self.fictional,
            "said_back": self.said_back,
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }

    def to_frame(self) -> pd.DataFrame:
        """The trades, one per row; `attrs` keep source and as_of."""
        frame = self.result.trades
        frame.attrs = {"source": self.provider, "as_of": self.as_of.isoformat()}
        return frame


def study(
    strategy: Strategy,
    bars: Bars,
    params: Mapping[str, object],
    *,
    costs: Costs,
    spread: str = "given",
    tries: int = 1,
    map: ParameterMap | None = None,  # noqa: A002 - as the attribute it becomes
    as_of: datetime,
    provider: str,
    rule_provider: str | None = None,
    world: World = NOTHING_ELSE,
    said_back: str = "",
) -> Study:
    """Test a strategy on one ticker, on all bars and on two parts of them.

    Args:
        strategy: Which.
        bars: Closed bars.
        params: Its parameters; those left out keep their defaults.
        costs: Of each fill.
        spread: Where the spread of *costs* comes from.
        tries: Parameter sets tried so far.
        map: Two parameters around the chosen point.
        as_of: What was knowable.
        provider: Which source answered.
        rule_provider: The provider that rules name; None when it is the configured one.
        world: Facts and other tickers' bars, where conditions read them.
        said_back: How the request was read.

    Raises:
        UnknownName: It has no such parameter.
        AskError: A parameter outside its range, or the strategy cannot be on such bars.
        TooFewBars: There are not enough bars for its conditions to be known even once.
        BadBars: A price is not above zero.
    """
    given: dict[str, Any] = strategy.checked(params)
    test = partial(run_backtest, strategy, world=world, **costs.to_dict(), **given)
    cut = first_unseen(len(bars))
    result = test(bars)
    equity = result.account.equity
    return Study(
        strategy=strategy,
        result=result,
        in_sample=_attempted(lambda: test(bars.head(cut))),
        out_of_sample=_attempted(lambda: test(bars, first=cut)),
        levels=_levels(strategy, bars, result.params, world),
        rules=tuple(_proposals(strategy, bars, result.params, rule_provider)),
        spread=spread,
        deflated=deflated_sharpe(equity[1:] / equity[:-1] - 1, tries=tries),
        mean_trade=mean_trade(result.trades["return"].to_numpy()),
        map=map,
        provider=provider,
        as_of=as_of,
        said_back=said_back,
    )


def _attempted(test: Callable[[], Result]) -> Result | None:
    try:
        return test()
    except TooFewBars:
        return None


def _levels(
    strategy: Strategy, bars: Bars, params: Mapping[str, float], world: World
) -> tuple[Level, ...]:
    tape = Tape(bars=bars, world=world)
    drawn = strategy.levels_at(bars.interval, **params)
    newest = {name: float(tape.numbers(line)[-1]) for name, line in drawn.items()}
    return tuple(
        Level(name=name, line=line, value=newest[name] if np.isfinite(newest[name]) else None)
        for name, line in drawn.items()
    )


def _proposals(
    strategy: Strategy, bars: Bars, params: Mapping[str, float], provider: str | None
) -> list[Proposal]:
    return [
        propose(
            Rule(
                ticker=bars.ticker,
                interval=bars.interval,
                provider=provider,
                condition=condition,
                comment=f"{strategy.name}: {name}",
            ),
            bars,
            strategy=strategy.name,
            name=name,
        )
        for name, condition in strategy.rules_at(bars.interval, **params).items()
    ]


def _part(result: Result | None) -> dict[str, Any] | None:
    """Metrics on a part of the bars, with where it begins and ends and what holding gave."""
    if result is None:
        return None
    index: Any = result.bars.index
    return {
        "start": index[0].isoformat(),
        "end": index[-1].isoformat(),
        "bars": len(result.bars),
        **result.metrics,
        "buy_and_hold": dict(result.buy_and_hold),
    }
