"""A scan: the best rows, what could not be looked at, and what has to be known to read it."""

from collections import Counter
from collections.abc import Sequence

from ...core.figures import written
from ...core.scan import LeftOut, Row, Scan
from ..document import Block, Document, Grid, Masthead, Note, Notes
from ..untrusted import shortened
from .origin import foot

MOST = 25
"""Rows that are shown; the JSON and the table hold all."""

_NOW = {"true": "● true", "false": "– false", "unknown": "? unknown"}


def of_scan(scan: Scan) -> Document:
    """The rows, best first; then what is missing; then how it was looked for."""
    blocks: list[Block] = [_table(scan)] if scan.rows else []
    blocks += _missing("Failed", scan.unknown, tone="warn")
    blocks += _missing("Left out", scan.left_out)
    return Document(
        masthead=Masthead(
            name=f"Scan: {scan.sought.name}",
            pills=("fictional",) if scan.fictional else (),
            lines=tuple(line for line in (scan.sought.said_back, _count(scan)) if line),
            warning=scan.stopped,
        ),
        blocks=(*blocks, _about(scan), foot(scan.timing)),
    )


def _count(scan: Scan) -> str:
    now = sum(row.state == "true" for row in scan.rows)
    return f"true now in {now:,} of {len(scan.rows):,} tickers, of {scan.size:,} in {scan.universe}"


def _table(scan: Scan) -> Grid:
    shown = scan.rows[:MOST]
    tested = scan.sought.kind == "strategy"
    last = ("Unseen", "Holding", "Trades") if tested else ("Distance",)
    more = len(scan.rows) - len(shown)
    rest = f"{more:,} more rows are in the JSON and in to_frame(). " if more else ""
    since = "last true" if tested else "last fired"
    unseen = "; unseen: return over the last 30 % of the bars, after costs" if tested else ""
    return Grid(
        title="Best first",
        columns=("Ticker", "Name", "Score", "Now", since.capitalize(), "Price", *last),
        words=("Name", "Now", since.capitalize()),
        rows=tuple((*_cells(row), *(_test(row) if tested else _distance(row))) for row in shown),
        hints=tuple(_hint(row) for row in shown),
        values=tuple(_numbers(row, tested=tested) for row in shown),
        caption=f"{rest}Score: mean of its parts, 0 to 1{unseen}.",
    )


def _cells(row: Row) -> tuple[str, ...]:
    bars = {None: "never", 0: "this bar", 1: "1 bar ago"}
    return (
        row.ticker,
        shortened(row.name, 22) if row.name else "–",
        f"{row.score:.2f}",
        _NOW[row.state],
        bars.get(row.bars_since, f"{row.bars_since} bars ago"),
        written(row.price, row.currency or "money"),
    )


def _test(row: Row) -> tuple[str, ...]:
    if row.tested is None:
        return ("–",) * 3
    unseen, held = row.tested.out_of_sample, row.tested.buy_and_hold
    return (
        written(unseen["total_return"], "fraction", signed=True),
        written(held["total_return"], "fraction", signed=True),
        written(unseen["trades"], "count"),
    )


def _distance(row: Row) -> tuple[str, ...]:
    return ("–" if row.distance is None else written(row.distance, "fraction", signed=True),)


def _numbers(row: Row, *, tested: bool) -> tuple[float | None, ...]:
    """The numbers behind the cells after the ticker, in their order."""
    test = row.tested
    last: tuple[float | None, ...] = (row.distance,)
    if tested and test is None:
        last = (None, None, None)
    elif test is not None:
        unseen, held = test.out_of_sample, test.buy_and_hold
        last = (unseen["total_return"], held["total_return"], unseen["trades"])
    return (None, row.score, None, row.bars_since, row.price, *last)


def _hint(row: Row) -> str:
    parts = (f"{name} {written(part, 'ratio')}" for name, part in row.parts.items())
    return f"{', '.join(parts)}; newest bar {row.bar_time[:10]}. {row.note}".strip()


def _missing(title: str, found: Sequence[LeftOut], tone: str = "calm") -> list[Block]:
    """Each kind of reason once, with its tickers; reasons of one ticker alone in full."""
    if not found:
        return []
    counted = Counter(item.error for item in found)
    notes = []
    for error, count in counted.most_common():
        items = [item for item in found if item.error == error]
        names = ", ".join(item.ticker for item in items[:MOST])
        more = f" and {count - MOST:,} more" if count > MOST else ""
        text = f"{names}{more}. First: {items[0].reason}" if count > 1 else items[0].reason
        lead = items[0].ticker if count == 1 else f"{error} ({count:,})"
        notes.append(Note(lead=lead, text=text, tone="warn" if tone == "warn" else "calm"))
    return [Notes(title=f"{title}: {len(found):,}", notes=tuple(notes))]


def _about(scan: Scan) -> Notes:
    sought = scan.sought
    params = ", ".join(f"{name} {value:g}" for name, value in sought.params.items())
    told = (
        ("Enters when" if sought.exit else "True when", str(sought.entry)),
        ("Leaves when", str(sought.exit) if sought.exit else ""),
        ("Parameters", params),
        ("Costs", f"{sought.fee_bps:g} bps a side and the estimated spread" if sought.exit else ""),
        ("Bars", f"{sought.interval}, closed ones only"),
        ("Source", scan.provider),
        ("As of", f"{scan.as_of:%Y-%m-%d %H:%M} UTC"),
        *(("Note", note) for note in scan.notes if note not in (scan.stopped, sought.said_back)),
    )
    notes = tuple(Note(lead=lead, text=text) for lead, text in told if text)
    return Notes(title="About this answer", notes=notes)
