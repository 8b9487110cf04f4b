"""Streams taken apart by ticker and put together, lane by lane."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .batch import Batch, Board, Key
from .circuit import Circuit, order
from .rings import Rings
from .tapes import Tapes
from .watch import NEVER, Watch

if TYPE_CHECKING:
    from .stream import Stream


def without(stream: "Stream", leaving: np.ndarray) -> dict[str, Any]:
    """The parts of a stream but for some tickers.

    Args:
        stream: The whole.
        leaving: Which tickers leave.
    """
    tickers = ~leaving
    tapes = tickers[stream.tapes.ticker]
    rules = tapes[stream.watch.tape]
    kept = [tapes[batch.tape] for batch in stream.circuit.batches]
    slots = np.concatenate([np.empty(0, bool), *kept])
    new_slot, new_tape = _counted(slots), _counted(tapes)
    batches, start = [], 0
    for batch, lanes in zip(stream.circuit.batches, kept, strict=True):
        if lanes.any():
            batches.append(_part(batch, lanes, start, new_slot, new_tape))
            start += len(batches[-1].tape)
    pairs = stream.doubts[:, rules[stream.doubts[1]]]
    own = _only_tickers(stream.tapes, tickers, tapes)
    watch = Watch(**{name: one[rules] for name, one in stream.watch.columns().items()})
    return {
        "interval": stream.interval,
        "tapes": own,
        "circuit": _circuit(batches, _only_rings(stream.circuit.rings, slots, new_slot)),
        "watch": _rewired(watch, new_slot, new_tape),
        "rule_ids": stream.rule_ids[rules],
        "scale": stream.scale[rules],
        "doubts": np.stack([new_slot[pairs[0]], _counted(rules)[pairs[1]]]),
    }


def together(one: "Stream", other: "Stream") -> dict[str, Any]:
    """The parts of two streams of different tickers."""
    tapes, rules = len(one.tapes.ticker), len(one.rule_ids)
    batches, slots = _merged(one.circuit.batches, other.circuit.batches, tapes)
    shifted = _rewired(other.watch, slots[1], np.arange(len(other.tapes.ticker)) + tapes)
    own = _rewired(one.watch, slots[0], np.arange(tapes)).columns()
    watch = {name: np.concatenate([column, getattr(shifted, name)]) for name, column in own.items()}
    pairs = [
        np.stack([slots[at][part.doubts[0]], part.doubts[1] + at * rules])
        for at, part in enumerate((one, other))
    ]
    return {
        "interval": one.interval if rules else other.interval,
        "tapes": _all_tickers(one.tapes, other.tapes),
        "circuit": _circuit(batches, _all_rings(one.circuit.rings, other.circuit.rings, slots)),
        "watch": Watch(**watch),
        "rule_ids": np.concatenate([one.rule_ids, other.rule_ids]),
        "scale": np.concatenate([one.scale, other.scale]),
        "doubts": np.concatenate(pairs, axis=1),
    }


def _counted(kept: np.ndarray) -> np.ndarray:
    """New places of what is kept."""
    return np.cumsum(kept) - 1


def _part(
    batch: Batch, lanes: np.ndarray, start: int, new_slot: np.ndarray, new_tape: np.ndarray
) -> Batch:
    return Batch(
        key=batch.key,
        start=start,
        tape=new_tape[batch.tape[lanes]].astype(np.int32),
        inputs=new_slot[batch.inputs[:, lanes]].astype(np.int32),
        n=batch.n[lanes],
        k=batch.k[lanes],
        carry={name: column[lanes] for name, column in batch.carry.items()},
    )


def _merged(
    one: list[Batch], other: list[Batch], tapes: int
) -> tuple[list[Batch], list[np.ndarray]]:
    """Batches side by side, and the new slots of each stream's old ones."""
    by_key: dict[Key, list[tuple[int, Batch]]] = {}
    for stream, batches in enumerate((one, other)):
        for batch in batches:
            by_key.setdefault(batch.key, []).append((stream, batch))
    slots = [np.empty(sum(len(batch.tape) for batch in part), np.int64) for part in (one, other)]
    start, starts = 0, []
    for key in sorted(by_key, key=order):
        starts.append(start)
        for stream, batch in by_key[key]:
            count = len(batch.tape)
            slots[stream][batch.start : batch.start + count] = np.arange(start, start + count)
            start += count
    merged = [
        _side_by_side(by_key[key], at, slots, tapes)
        for key, at in zip(sorted(by_key, key=order), starts, strict=True)
    ]
    return merged, slots


def _side_by_side(
    parts: list[tuple[int, Batch]], start: int, slots: list[np.ndarray], tapes: int
) -> Batch:
    shifted = [
        (slots[at][batch.inputs], batch.tape + at * tapes, batch.n, batch.k) for at, batch in parts
    ]
    inputs, tape, n, k = zip(*shifted, strict=True)
    return Batch(
        key=parts[0][1].key,
        start=start,
        tape=np.concatenate(tape).astype(np.int32),
        inputs=np.concatenate(inputs, axis=1).astype(np.int32),
        n=np.concatenate(n),
        k=np.concatenate(k),
        carry={
            name: np.concatenate([batch.carry[name] for _, batch in parts])
            for name in parts[0][1].carry
        },
    )


def _rewired(watch: Watch, slots: np.ndarray, tapes: np.ndarray) -> Watch:
    rearm = watch.rearm
    return replace(
        watch,
        tape=tapes[watch.tape].astype(np.int32),
        truth=slots[watch.truth].astype(np.int32),
        rearm=np.where(rearm >= 0, slots[rearm] if len(slots) else NEVER, NEVER).astype(np.int32),
    )


def _circuit(batches: list[Batch], rings: Rings) -> Circuit:
    board = Board.empty(sum(len(batch.tape) for batch in batches))
    return Circuit(batches=batches, rings=rings, board=board).connected()


def _only_rings(rings: Rings, kept: np.ndarray, new_slot: np.ndarray) -> Rings:
    of = kept[rings.slots]
    length, old = rings.length[of], rings.base[of]
    new = Rings.empty(new_slot[rings.slots[of]], length)
    stretch = np.arange(len(new.numbers)) + np.repeat(old - new.base, length)
    return replace(new, head=rings.head[of] - old + new.base, numbers=rings.numbers[stretch])


def _all_rings(one: Rings, other: Rings, slots: list[np.ndarray]) -> Rings:
    offset = len(one.numbers)
    owners = np.concatenate([slots[0][one.slots], slots[1][other.slots]])
    by_slot = np.argsort(owners)
    return Rings(
        slots=owners[by_slot].astype(np.int32),
        length=np.concatenate([one.length, other.length])[by_slot],
        base=np.concatenate([one.base, other.base + offset])[by_slot],
        head=np.concatenate([one.head, other.head + offset])[by_slot],
        numbers=np.concatenate([one.numbers, other.numbers]),
    )


def _only_tickers(all_: Tapes, tickers: np.ndarray, tapes: np.ndarray) -> Tapes:
    return Tapes(
        tickers=tuple(n for n, kept in zip(all_.tickers, tickers.tolist(), strict=True) if kept),
        label=all_.label[tickers],
        newest=all_.newest[:, tickers],
        lost=all_.lost[tickers],
        ticker=_counted(tickers)[all_.ticker[tapes]],
        start=all_.start[tapes],
        digest=all_.digest[tapes],
    )


def _all_tickers(one: Tapes, other: Tapes) -> Tapes:
    return Tapes(
        tickers=(*one.tickers, *other.tickers),
        label=np.concatenate([one.label, other.label]),
        newest=np.concatenate([one.newest, other.newest], axis=1),
        lost=np.concatenate([one.lost, other.lost]),
        ticker=np.concatenate([one.ticker, other.ticker + len(one.tickers)]),
        start=np.concatenate([one.start, other.start]),
        digest=np.concatenate([one.digest, other.digest]),
    )
