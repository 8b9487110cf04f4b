"""Where a stream begins: the whole history of every tape, taken bar by bar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from ..expr.condition import Condition
from ..expr.rebase import rebased
from ..market import Bars, Interval
from ..rule.due import SAME_CLOSE
from ..rule.rule import Rule
from ..rule.state import State
from .circuit import Circuit, assembled
from .conditions import wire
from .digest import digest_of
from .kinds import COLUMNS, KINDS
from .tapes import Tapes, columns_of, labels_of
from .watch import NEVER, Watch
from .wiring import Node, NotStreamed, Wiring

type Start = tuple[str, datetime]
"""A ticker, and the first bar of a history."""

BLOCK = 64
"""Bars of history that are laid side by side at once."""


def streamable(rule: Rule) -> bool:
    """Whether all that a rule reads can be kept from bar to bar.

    Not: facts, other tickers, patterns, `ta.NAME`, `supertrend`, `adjclose`, `anchored_vwap`, bars
    within a session, and rules that expire.
    """
    if rule.interval.intraday or rule.expires is not None:
        return False
    try:
        _wired(Wiring(), rule, 1.0)
    except NotStreamed:
        return False
    return True


def joins(rule: Rule, state: State, bars: Bars | None) -> bool:
    """Whether a rule can go on in a stream from what is kept of it and these bars."""
    if bars is None or state.ended or not streamable(rule) or bars.interval != rule.interval:
        return False
    index = bars.index
    start, last = index.get_indexer([state.history_start, state.last_bar]).tolist()
    if not 0 <= start <= last:
        return False
    return abs(float(bars.close.iloc[last]) / state.last_close - 1) <= SAME_CLOSE


def begun(watched: Iterable[tuple[Rule, State]], bars: Mapping[str, Bars]) -> dict[str, Any]:
    """The parts of a stream; see `Stream.begin`."""
    joined = [(r, s) for r, s in watched if joins(r, s, bars.get(r.ticker))]
    interval = joined[0][0].interval if joined else Interval.D1
    joined = [(rule, state) for rule, state in joined if rule.interval is interval]
    newest: dict[str, datetime] = {}
    for rule, state in joined:
        newest[rule.ticker] = max(state.last_bar, newest.get(rule.ticker, state.last_bar))
    joined = [(rule, state) for rule, state in joined if state.last_bar == newest[rule.ticker]]
    starts = list(dict.fromkeys((rule.ticker, state.history_start) for rule, state in joined))
    laid = _laid(joined, starts)
    circuit, slots = assembled(laid.nodes)
    watch = _watch(joined, laid, slots)
    doubts = _doubts(laid, slots)
    spans = [bars[ticker].between(start, newest[ticker]) for ticker, start in starts]
    tapes = _tapes(starts, list(newest), newest, bars, spans)
    _follow(circuit, watch, doubts, spans)
    return {
        "interval": interval,
        "tapes": tapes,
        "circuit": circuit,
        "watch": watch,
        "rule_ids": np.array([rule.rule_id.encode() for rule, _ in joined], "S12"),
        "scale": np.array([state.scale for _, state in joined]),
        "doubts": doubts,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """Nodes, and where the conditions of each rule are among them."""

    nodes: Sequence[Node]
    tape: Sequence[int]
    truth: Sequence[int]
    rearm: Sequence[int]


def _laid(joined: Sequence[tuple[Rule, State]], starts: Sequence[Start]) -> _Laid:
    wiring, place = Wiring(), {start: at for at, start in enumerate(starts)}
    tapes = [place[rule.ticker, state.history_start] for rule, state in joined]
    found = [(0, NEVER)] * len(joined)
    for at in sorted(range(len(joined)), key=tapes.__getitem__):
        if tapes[at] != wiring.tape:
            wiring.open(tapes[at])
        found[at] = _wired(wiring, joined[at][0], joined[at][1].scale)
    truth, rearm = [one for one, _ in found], [other for _, other in found]
    return _Laid(nodes=wiring.nodes, tape=tapes, truth=truth, rearm=rearm)


def _conditions(rule: Rule) -> list[Condition]:
    return [rule.condition, *([rule.rearm] if rule.rearm else [])]


def _wired(wiring: Wiring, rule: Rule, scale: float) -> tuple[int, int]:
    """Places of a rule's condition and of its rearming condition, -1 without one."""
    now = [one if scale == 1 else rebased(one, scale) for one in _conditions(rule)]
    places = [wire(wiring, condition) for condition in now]
    return places[0], places[1] if rule.rearm else NEVER


def _tapes(
    starts: Sequence[Start],
    tickers: list[str],
    newest: Mapping[str, datetime],
    bars: Mapping[str, Bars],
    spans: Sequence[Bars],
) -> Tapes:
    last = [bars[ticker].between(newest[ticker], newest[ticker]) for ticker in tickers]
    place = {ticker: at for at, ticker in enumerate(tickers)}
    return Tapes(
        tickers=tuple(tickers),
        label=np.array([labels_of(one)[0] for one in last], np.int64),
        newest=np.array([columns_of(one)[:, 0] for one in last]).reshape(-1, len(COLUMNS)).T.copy(),
        lost=np.zeros(len(tickers), bool),
        ticker=np.array([place[ticker] for ticker, _ in starts], np.int64),
        start=np.array([labels_of(bars[t].between(s, s))[0] for t, s in starts], np.int64),
        digest=np.array([digest_of(labels_of(one), columns_of(one)) for one in spans], np.uint64),
    )


def _watch(joined: Sequence[tuple[Rule, State]], laid: _Laid, slots: np.ndarray) -> Watch:
    both = zip(laid.truth, laid.rearm, strict=True)
    depth = [
        max(laid.nodes[truth].memory, laid.nodes[rearm].memory if rearm >= 0 else 0)
        for truth, rearm in both
    ]
    rearm = np.array(laid.rearm, np.int64)
    count = len(joined)
    watch = Watch(
        tape=np.array(laid.tape, np.int32),
        truth=slots[np.array(laid.truth, np.int64)].astype(np.int32),
        rearm=np.where(rearm >= 0, slots[rearm] if len(slots) else NEVER, NEVER).astype(np.int32),
        cooldown=np.array([rule.cooldown for rule, _ in joined], np.int32),
        paused=np.array([rule.paused for rule, _ in joined], bool),
        once=np.array([rule.once for rule, _ in joined], bool),
        ended=np.zeros(count, bool),
        last=np.zeros(count, np.int8),
        since=np.zeros(count, np.int32),
        rearmed=np.zeros(count, bool),
        depth=np.array(depth, np.int32),
        unsure=np.zeros(count, np.int32),
    )
    for at, (_, state) in enumerate(joined):
        watch.remember(at, state.memory, ended=False)
    return watch


def _doubts(laid: _Laid, slots: np.ndarray) -> np.ndarray:
    """Pairs of a comparison that reads rounded numbers and a rule that depends on it."""
    found: dict[int, frozenset[int]] = {}
    for place, node in enumerate(laid.nodes):
        kind = KINDS.get(node.kind)
        if kind is None or kind.gives == "number":
            continue
        if kind.takes == "truth":
            found[place] = frozenset().union(*(found[at] for at in node.inputs))
        else:
            found[place] = frozenset() if node.exact else frozenset((place,))
    pairs = [
        (int(slots[place]), rule)
        for rule, roots in enumerate(zip(laid.truth, laid.rearm, strict=True))
        for place in frozenset().union(*(found[root] for root in roots if root >= 0))
    ]
    return np.array(sorted(pairs), np.int64).reshape(-1, 2).T.copy()


def readers(doubts: np.ndarray, slots: np.ndarray) -> np.ndarray:
    """The rules that read one of some comparisons, from pairs of both."""
    if not len(slots):
        return slots
    return doubts[1, np.isin(doubts[0], slots)]


def _follow(circuit: Circuit, watch: Watch, doubts: np.ndarray, spans: Sequence[Bars]) -> None:
    """Take every tape through its history."""
    columns = [columns_of(span) for span in spans]
    length = np.array([len(span) for span in spans])
    for first in range(0, int(length.max(initial=0)), BLOCK):
        block = np.full((BLOCK, len(COLUMNS), len(spans)), np.nan)
        for tape, table in enumerate(columns):
            part = table[:, first : first + BLOCK]
            block[: part.shape[1], :, tape] = part.T
        for bar in range(min(BLOCK, int(length.max()) - first)):
            active = first + bar < length
            doubtful = circuit.step(block[bar], None if active.all() else active)
            rules = np.flatnonzero(active[watch.tape])
            watch.doubt(rules, readers(doubts, doubtful))
