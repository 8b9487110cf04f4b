"""What the chart shows of a strategy with one set of parameters."""

import numpy as np

from ....core.figures import written
from ....core.tuning import Tuned, Workbench
from ....render.chart.lines import Drawing, drawing
from ....render.chart.palette import DASHES, DOWN, SERIES, UP
from ....render.chart.stack import ASIDE, COLOURS, MOST_PANES
from ....render.series import column
from ..live_chart import Curve, Marks, Pane, Scene

PRICE_HEIGHT = 260
EQUITY_HEIGHT = 110


def scene_of(bench: Workbench, tuned: Tuned) -> Scene:
    """Candles with the strategy's lines and trades, its panes, the volume, and what it was worth."""
    drawn = drawing((tuned.entry, tuned.exit), tuned.tape, tuned.levels)
    panes = _panes(drawn)
    trades = len(tuned.account.closed)
    ticker = bench.bars.ticker
    return Scene(
        panes=panes,
        curves=(*_lines(drawn, tuned), *_worth(bench, tuned, len(panes) - 1)),
        marks=_trades(bench, tuned),
        volume=1,
        unseen=bench.unseen,
        said=f"{ticker}, {bench.bars.interval} bars, with {bench.strategy.name}: {trades} closed "
        "trades. Arrow keys move the view, plus and minus zoom.",
    )


def _panes(drawn: Drawing) -> tuple[Pane, ...]:
    own = (
        Pane(
            title=" and ".join(str(line) for line in pane.lines),
            height=64,
            thresholds=pane.thresholds,
        )
        for pane in drawn.panes[:MOST_PANES]
    )
    return (
        Pane(height=PRICE_HEIGHT, format=",.2~f", thresholds=drawn.marks),
        Pane(title="Volume", height=48, format=".2~s"),
        *own,
        Pane(
            title="Equity, 1.00 at the start; shaded: out of sample",
            height=EQUITY_HEIGHT,
            format=".2~f",
            whole=True,
        ),
    )


def _lines(drawn: Drawing, tuned: Tuned) -> list[Curve]:
    named = {line: name for name, line in tuned.levels.items()}
    found = [(0, number, line) for number, line in enumerate(drawn.prices)]
    for pane, within in enumerate(drawn.panes[:MOST_PANES], 2):
        found += [(pane, number, line) for number, line in enumerate(within.lines)]
    return [
        Curve(
            key=f"{pane} {number}",
            name=f"{named[line]}: {line}" if line in named else str(line),
            values=tuned.tape.numbers(line),
            pane=pane,
            colour=COLOURS[number % len(COLOURS)],
            dash=DASHES[number % len(DASHES)],
        )
        for pane, number, line in found
    ]


def _worth(bench: Workbench, tuned: Tuned, pane: int) -> list[Curve]:
    curves = (("strategy", tuned.account.equity), ("holding", bench.worth))
    return [
        Curve(
            key=name,
            name=name.capitalize(),
            values=values,
            pane=pane,
            colour=SERIES[number],
            dash=DASHES[number],
        )
        for number, (name, values) in enumerate(curves)
    ]


def _trades(bench: Workbench, tuned: Tuned) -> tuple[Marks, ...]:
    """Entries below their bar, exits above; each says its price, or what it gave."""
    frame, unit = bench.bars.frame, bench.bars.currency or "money"
    low, high = column(frame, "low"), column(frame, "high")
    fills = tuned.account.fills
    bought = np.array([fill.bought for fill in fills], dtype=np.int64)
    closed = [(fill.sold, fill.growth - 1) for fill in fills if fill.sold is not None]
    sold = np.array([at for at, _ in closed], dtype=np.int64)
    filled = column(frame, "open")[bought] * bench.costs.buy_price
    entered = tuple(f"entry at {written(one, unit)}" for one in filled.tolist())
    left = tuple(
        f"exit, {written(gain, 'fraction', signed=True)} after costs" for _, gain in closed
    )
    return (
        Marks(
            key="entries",
            name="Entry",
            at=bought,
            prices=low[bought] * (1 - ASIDE),
            texts=entered,
            symbol="triangle-up",
            colour=UP,
        ),
        Marks(
            key="exits",
            name="Exit",
            at=sold,
            prices=high[sold] * (1 + ASIDE),
            texts=left,
            symbol="x",
            colour=DOWN,
        ),
    )
