"""A new daily bar for thousands of tickers with ten rules each, from ledger to ledger: carried on against anew.

One side reads the states and the stream from the ledger, takes every ticker one bar further, looks through
`due` at the rules that the sieve hands over, and writes states and stream in one transaction. The other looks
through `due` at every rule of a part of the tickers, scaled up, and reads and writes the same states. The sides
take turns; times are of the processor. What it costs to begin a stream is shown apart, with the number of
checks after which that is paid back. Reading the watchlist, bars and sending cost the same either way.
"""

import statistics
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time

from bench_stream import BARS, LIVE, mixed_rules
from made_up import columns, universe

from genie_nb.alerts.ledger import Ledger, open_ledger
from genie_nb.core.expr import NOTHING_ELSE
from genie_nb.core.market import Bars, Interval
from genie_nb.core.rule import Rule, due
from genie_nb.core.watch import Kept, Run
from genie_nb.desk.evaluate import Evaluated, evaluate
from genie_nb.desk.feed import Feed
from genie_nb.desk.sieve import Worth, sieves

SIZES = (100, 1_000, 5_000)
RECOMPUTED = 20
"""Tickers whose rules the other side looks at in each round."""
LONG, WATCHED = 2_520, (100, 1_000, 3_000)
"""Bars and rules for which beginning is measured."""
AT_ONCE = Worth(rules=0, rest=timedelta(0))


def main() -> None:
    """Measure and print."""
    dice = Random(7)
    bars = universe(columns(max(SIZES), BARS + LIVE))
    rules = {one.ticker: mixed_rules(one.ticker, dice) for one in bars}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            compared(bars[:size], rules, Path(folder) / f"{size}.sqlite")
        long = universe(columns(max(WATCHED) // 10, LONG))
        for count in WATCHED:
            begun(long[: count // 10], rules, Path(folder) / f"begun{count}.sqlite")


def compared(bars: list[Bars], rules: dict[str, list[Rule]], path: Path) -> None:
    """Both sides in turn over the live bars of some tickers."""
    ours, theirs, known, parts = [], [], [], {"read": [], "sieve": [], "due": [], "write": []}
    with open_ledger(path) as ledger:
        watched = armed(ledger, [one.head(BARS) for one in bars], rules)
        take_in(ledger, watched, [one.head(BARS) for one in bars])
        for at in range(BARS + 1, BARS + LIVE + 1):
            now = [one.head(at) for one in bars]
            part = now[(at * RECOMPUTED) % len(now) :][:RECOMPUTED]
            again = anew(ledger, part, rules) * len(now) / len(part)
            seconds, count = carried(ledger, watched, now, parts)
            ours.append(seconds)
            theirs.append(parts["read"][-1] + again + parts["write"][-1])
            known.append(count)
    own, other = statistics.median(ours[1:]), statistics.median(theirs[1:])
    shown = ", ".join(f"{name} {statistics.median(one[1:]):.2f}" for name, one in parts.items())
    print(
        f"{len(watched):>7,} rules: carried {own:>6.2f} s ({shown}), anew {other:>7.2f} s, {other / own:>5.1f} times; "
        f"{statistics.median(known) / len(watched):.1%} not looked at; ledger {path.stat().st_size / 1e6:.0f} MB",
        flush=True,
    )


def armed(ledger: Ledger, bars: list[Bars], rules: dict[str, list[Rule]]) -> list[Rule]:
    """Rules in the ledger; one of each ticker says where the history ends, the others follow it."""
    wanted = []
    for one in bars:
        _, state = due(rules[one.ticker][0], one, None)
        wanted += [
            Kept(rule_id=rule.rule_id, line=str(rule), armed_at=one.closed_at(), state=state)
            for rule in rules[one.ticker]
        ]
    ledger.arm_all(wanted)
    return [rule for one in bars for rule in rules[one.ticker]]


def take_in(ledger: Ledger, watched: list[Rule], bars: list[Bars]) -> float:
    """Begin the stream; its seconds."""
    moment, kept = bars[0].closed_at(), ledger.kept()
    (sieve,) = sieves(watched, kept, feeds(watched, bars, moment), ledger)
    evaluated = {name: Evaluated(state=one.state) for name, one in kept.items()}
    begin = process_time()
    grown = sieve.grown(evaluated, AT_ONCE)
    assert grown is not None
    ledger.carry([grown], at=moment)
    return process_time() - begin


def feeds(watched: list[Rule], bars: list[Bars], moment: datetime) -> dict[str, Feed]:
    """What the provider said."""
    feed = Feed(
        desk=None,
        provider="made-up",
        interval=Interval.D1,
        moment=moment,
        tapes={one.ticker: one for one in bars},
    )
    return dict.fromkeys((rule.rule_id for rule in watched), feed)


def carried(
    ledger: Ledger, watched: list[Rule], bars: list[Bars], parts: dict[str, list[float]]
) -> tuple[float, int]:
    """One check, from ledger to ledger: its seconds, and how many rules needed no look."""
    moment = bars[0].closed_at()
    feed_of, tapes = feeds(watched, bars, moment), {one.ticker: one for one in bars}
    marks = [process_time()]
    kept = ledger.kept()
    marks.append(process_time())
    (sieve,) = sieves(watched, kept, feed_of, ledger)
    marks.append(process_time())
    evaluated = {
        rule.rule_id: Evaluated(state=state, note=state.note)
        if (state := sieve.known.get(rule.rule_id))
        else evaluate(rule, kept[rule.rule_id], tapes[rule.ticker], NOTHING_ELSE, moment)
        for rule in watched
    }
    marks.append(process_time())
    found = sieve.carried(evaluated)
    ledger.record(
        Run(id=f"{len(bars[0]):032x}", began=moment, as_of=moment),
        states={name: one.state for name, one in evaluated.items() if one.state},
        carried=[found] if found else [],
        checked_at=moment,
    )
    marks.append(process_time())
    for name, begin, end in zip(parts, marks, marks[1:], strict=False):
        parts[name].append(end - begin)
    return marks[-1] - marks[0], len(sieve.known)


def anew(ledger: Ledger, bars: list[Bars], rules: dict[str, list[Rule]]) -> float:
    """Seconds in which `due` looks at all rules of some tickers; nothing is kept of it."""
    kept = ledger.kept()
    begin = process_time()
    for one in bars:
        for rule in rules[one.ticker]:
            evaluate(rule, kept[rule.rule_id], one, NOTHING_ELSE, one.closed_at())
    return process_time() - begin


def begun(bars: list[Bars], rules: dict[str, list[Rule]], path: Path) -> None:
    """What it costs to begin, and when that is paid back."""
    parts: dict[str, list[float]] = {"read": [], "sieve": [], "due": [], "write": []}
    past = [one.head(LONG - 1) for one in bars]
    with open_ledger(path) as ledger:
        watched = armed(ledger, past, rules)
        seconds = take_in(ledger, watched, past)
        again = anew(ledger, bars[:RECOMPUTED], rules) * len(bars) / len(bars[:RECOMPUTED])
        own, _ = carried(ledger, watched, bars, parts)
    saved = again - parts["sieve"][0] - parts["due"][0]
    print(
        f"{len(watched):>7,} rules on {LONG:,} bars: begun {seconds:.1f} s, a check carried {own:.2f} s, "
        f"anew {again:.2f} s; paid back after {seconds / saved:.0f} checks",
        flush=True,
    )


if __name__ == "__main__":
    main()
