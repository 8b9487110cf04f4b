"""A strategy on a ticker: when it enters and leaves, what that gave, and how far to believe it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import sqrt

from ...core.backtest import METRICS, Result
from ...core.backtest.mean_trade import ENOUGH
from ...core.figures import UNKNOWN, written
from ...core.market import Bars
from ...core.narrate.condition import named
from ...core.study import Study
from ..document import Document, Grid, Masthead, Note, Notes, Prose
from ..spoken import titled
from .origin import foot
from .picture import of_prices
from .session import day

MOST = 20
"""Trades that are shown, the newest; the JSON and the table hold all."""

OLD = timedelta(days=10)
"""No run of holidays is as long."""

LABELS: Mapping[str, tuple[str, str]] = {
    "total_return": ("Total return", "fraction"),
    "cagr": ("CAGR, return a year", "fraction"),
    "sharpe": ("Sharpe ratio", "ratio"),
    "sortino": ("Sortino ratio", "ratio"),
    "max_drawdown": ("Max drawdown", "fraction"),
    "hit_rate": ("Hit rate, trades that gained", "fraction"),
    "exposure": ("Exposure, time in the market", "fraction"),
    "trades": ("Closed trades", "count"),
    "turnover": ("Turnover, a year", "ratio"),
}
"""How each metric is called, and its unit."""

SIGNED = frozenset({"total_return", "cagr"})


def of_study(study: Study) -> Document:
    """Sentences, metrics side by side, trades, levels, rules, and what to keep in mind."""
    result = study.result
    marks = (str(study.bars.interval), "fictional" if study.fictional else "")
    return Document(
        masthead=Masthead(
            name=f"{titled(result.strategy)} on {study.bars.ticker}",
            pills=tuple(mark for mark in marks if mark),
            lines=(study.strategy.summary,),
            warning=_warning(study),
        ),
        blocks=(
            Prose(paragraphs=tuple(p for p in (study.said_back, study.text, _costs(study)) if p)),
            _metrics(study),
            *of_prices(study.bars),
            *_map(study),
            *_trades(result),
            *_levels(study),
            *_rules(study),
            _caveats(study),
            about(study.bars, study.provider, study.as_of, study.fictional),
            foot(study.timing),
        ),
    )


def about(bars: Bars, provider: str, as_of: datetime, fictional: bool) -> Notes:
    """Which bars it is about and who says so."""
    first, last = (day(bars, at) for at in (0, -1))
    source = f"{provider} (fictional)" if fictional else provider
    told = (
        ("Bars", f"{len(bars):,} closed {bars.interval} bars, {first} to {last}"),
        ("Old", _old(bars, as_of)),
        ("Left out", f"{bars.dropped} rows without a price" if bars.dropped else ""),
        ("Source", source),
        ("As of", f"{as_of:%Y-%m-%d %H:%M} UTC"),
    )
    return Notes(title="About this answer", notes=_notes(told))


def _old(bars: Bars, as_of: datetime) -> str:
    """Says when the bars end long before what was knowable."""
    age = as_of - bars.closed_at(-1)
    if age <= OLD:
        return ""
    return (
        f"the newest bar is {age.days} days old: trading may be halted or ended, or the source is "
        "behind"
    )


def _warning(study: Study) -> str:
    count = len(study.result.account.closed)
    if study.enough:
        return ""
    trades = {0: "no closed trade", 1: "1 closed trade"}.get(count, f"{count} closed trades")
    return f"Too few trades to say: {trades}, and below {ENOUGH} chance says more than they do."


def _costs(study: Study) -> str:
    costs = study.result.costs
    spread = {
        "estimated": f"a spread of {costs.spread_bps:.0f} bps, estimated from the last 63 daily bars",
        "given": f"a spread of {costs.spread_bps:g} bps, as given",
        "unknown": "no spread, as none can be told from the noise of these prices",
    }[study.spread]
    impact = (
        f" and {costs.impact_bps:.0f} bps a side for the order's own mark on the price"
        if costs.impact_bps
        else ""
    )
    return (
        f"Costs: {costs.fee_bps:g} bps a side, {spread}{impact}. Fills at the open of the next bar."
    )


def _metrics(study: Study) -> Grid:
    parts = {"In sample": study.in_sample, "Out of sample": study.out_of_sample}
    columns: dict[str, Mapping[str, float | None]] = {
        "Strategy": study.result.metrics,
        "Holding": study.result.buy_and_hold,
        **{name: part.metrics if part else {} for name, part in parts.items()},
        "Holding then": study.out_of_sample.buy_and_hold if study.out_of_sample else {},
    }
    rows = tuple(
        (LABELS[name][0], *(_metric(name, column) for column in columns.values()))
        for name in METRICS
    )
    return Grid(
        title="What it gave",
        columns=("After costs", *columns),
        rows=rows,
        caption=_parts_told(study.in_sample, study.out_of_sample),
    )


def _metric(name: str, column: Mapping[str, float | None]) -> str:
    value = column.get(name)
    return "–" if value is None else written(value, LABELS[name][1], signed=name in SIGNED)


def _parts_told(seen: Result | None, unseen: Result | None) -> str:
    if seen is None or unseen is None:
        return "There are too few bars to test it on a part of them."
    start = day(unseen.bars, 0)
    return (
        f"In sample: the first 70 % of the bars, to {day(seen.bars, -1)}. Out of sample: the last "
        f"30 %, from {start} on, with lines warmed up before; “holding then” is over the same bars. "
        "A – cannot be known."
    )


def _trades(result: Result) -> tuple[Grid, ...]:
    closed, bars = result.trades, result.bars
    unit = bars.currency or "money"
    columns = (closed[name].tolist() for name in ("entry_price", "exit_price", "return", "bars"))
    rows = [
        (
            day(bars, fill.bought),
            written(bought, unit),
            day(bars, fill.sold or 0),
            written(sold, unit),
            written(growth, "fraction", signed=True),
            f"{held:,}",
        )
        for fill, bought, sold, growth, held in zip(result.account.closed, *columns, strict=True)
    ]
    shown = [*_open_trade(result), *rows[::-1][:MOST]]
    if not shown:
        return ()
    more = len(rows) - MOST
    return (
        Grid(
            title="Trades, newest first",
            columns=("Entered", "At", "Left", "At", "Return", "Bars"),
            rows=tuple(shown),
            caption=f"{more:,} earlier ones are in the JSON and in to_frame()." if more > 0 else "",
        ),
    )


def _open_trade(result: Result) -> list[tuple[str, ...]]:
    fill, opened = result.account.open, result.open_trade
    if fill is None or opened is None:
        return []
    unit = result.bars.currency or "money"
    return [
        (
            day(result.bars, fill.bought),
            written(opened["entry_price"], unit),
            "still in",
            written(opened["last_price"], unit),
            written(opened["return"], "fraction", signed=True),
            f"{opened['bars']:,}",
        )
    ]


def _levels(study: Study) -> tuple[Grid, ...]:
    if not study.levels:
        return ()
    unit = study.bars.currency or "money"
    rows = tuple(
        (level.name.capitalize(), written(level.value, unit), named(level.line), str(level.line))
        for level in study.levels
    )
    return (
        Grid(
            title="Levels at the newest bar",
            columns=("Level", "Price", "What it is", "Line"),
            rows=rows,
            numeric=False,
        ),
    )


def _rules(study: Study) -> tuple[Notes, ...]:
    notes = tuple(
        Note(lead=rule.name.capitalize(), text=f"{rule.rule.condition}. {rule.said}")
        for rule in study.rules
    )
    return (Notes(title="Rules that alerts would watch", notes=notes),) if notes else ()


def _caveats(study: Study) -> Notes:
    sets = "1 parameter set was" if study.tries == 1 else f"{study.tries:,} parameter sets were"
    tries = f"{sets} tried on this ticker in this kernel, this one included. {_luck(study)}"
    params = ", ".join(f"{name} {value:g}" for name, value in study.result.params.items())
    told = (
        ("Parameters", params or "none"),
        ("Tries", tries),
        ("Mean trade", _mean_trade(study)),
        ("Strategy", study.strategy.note),
        *(("Note", note) for note in study.result.notes),
        (
            "Past",
            "These are past prices of one ticker that is still traded; what comes next may differ.",
        ),
    )
    return Notes(title="To keep in mind", notes=_notes(told))


def _luck(study: Study) -> str:
    found, year = study.deflated, sqrt(study.bars.interval.bars_per_year)
    if found.probability is None:
        return "Its Sharpe ratio is not known, so it cannot be told from luck."
    best = (
        f"The best of as many tries without any skill would have a Sharpe ratio of about "
        f"{written(found.by_luck * year, 'ratio')}. "
        if found.tries > 1
        else ""
    )
    beyond = "that" if found.tries > 1 else "zero"
    likely = written(found.probability, "fraction")
    return f"{best}The probability that the true Sharpe ratio lies above {beyond} is {likely}."


def _mean_trade(study: Study) -> str:
    found = study.mean_trade
    if found.low is None:
        return found.text
    mean, low, high = (
        written(value, "fraction", signed=True) for value in (found.mean, found.low, found.high)
    )
    return f"{mean}, 95 % interval {low} to {high}: {found.text}."


def _map(study: Study) -> tuple[Grid, ...]:
    found = study.map
    if found is None:
        return ()
    chosen = ", ".join(f"{name} {value:g}" for name, value in found.chosen.items())
    columns = (f"{found.y} \\ {found.x}", *(f"{one:g}" for one in found.heat.columns))
    values = found.heat.to_numpy().tolist()
    rows = tuple(
        (f"{row:g}", *(written(value, "ratio") if value == value else "–" for value in line))  # noqa: PLR0124 - NaN
        for row, line in zip(found.heat.index, values, strict=True)
    )
    walks = (
        ("choosing on all bars before", found.anchored),
        ("on the stretch before", found.rolling),
    )
    walked = [
        f"{how} {_metric('total_return', walk.metrics)} (Sharpe {_metric('sharpe', walk.metrics)})"
        for how, walk in walks
        if walk is not None
    ]
    forward = f" Walking forward in five steps: {', '.join(walked)}." if walked else ""
    return (
        Grid(
            title="Sharpe ratio around the chosen point",
            columns=columns,
            rows=rows,
            caption=f"Chosen: {chosen}; it is {found.around.text}.{forward}",
        ),
    )


def _notes(told: tuple[tuple[str, str], ...]) -> tuple[Note, ...]:
    return tuple(Note(lead=lead, text=text) for lead, text in told if text and text != UNKNOWN)
