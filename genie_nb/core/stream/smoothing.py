"""Recursive lines, one bar further, seeded as TA-Lib seeds them.

TA-Lib fuses products and sums where the processor can, so the last digits of a full recomputation depend
on the machine. Each step here rounds plainly and says by how much it may be off.
"""

import numpy as np

from ..indicators.momentum import NO_MOVE
from .lanes import ROUNDED, Kind, Lanes, Stepped


def _ema(lanes: Lanes) -> Stepped:
    """Weight 2 / (n + 1); seeded with the mean of *n* values after the first *k* of a run."""
    (x,), n, skipped = lanes.inputs, lanes.n, lanes.k
    count = lanes.run(x)
    mean = np.where(count > 1, lanes.carry["mean"], 0.0)
    seeded = skipped + n
    warming = np.where(count > skipped, mean + x, 0.0)
    warming = np.where(count == seeded, warming / n, warming)
    mean = np.where(count <= seeded, warming, (x - mean) * (2.0 / (n + 1)) + mean)
    lanes.carry["mean"] = mean
    return np.where(count >= seeded, mean, np.nan), lanes.drift(x)


def _wilder(before: np.ndarray, brought: np.ndarray, n: np.ndarray, bars: np.ndarray) -> np.ndarray:
    """Weight 1 / n, seeded with the mean of the first *n*; *bars* were brought so far, this one included."""
    total = np.where(bars > 1, before, 0.0) + brought
    seeding = np.where(bars == n, total / n, total)
    return np.where(bars <= n, seeding, (before * (n - 1) + brought) / n)


def _rsi(lanes: Lanes) -> Stepped:
    (x, before), n, carry = lanes.inputs, lanes.n, lanes.carry
    bars = lanes.run(x) - 1
    move = x - before
    gain = _wilder(carry["gain"], np.where(move > 0, move, 0.0), n, bars)
    loss = _wilder(carry["loss"], np.where(move < 0, -move, 0.0), n, bars)
    carry["gain"], carry["loss"] = np.where(bars > 0, gain, 0.0), np.where(bars > 0, loss, 0.0)
    both = gain + loss
    out = np.where((bars >= n) & (both >= NO_MOVE), 100.0 * (gain / both), np.nan)
    unsure = (bars >= n) & (both != 0) & (np.abs(both - NO_MOVE) <= 1e-6 * NO_MOVE)
    return out, np.where(unsure, np.inf, 100 * ROUNDED)


def _range(high: np.ndarray, low: np.ndarray, before: np.ndarray) -> np.ndarray:
    return np.maximum(high - low, np.maximum(np.abs(before - high), np.abs(before - low)))


def _atr(lanes: Lanes) -> Stepped:
    (high, low, close, before), n = lanes.inputs, lanes.n
    bars = lanes.run(high, low, close) - 1
    mean = _wilder(lanes.carry["mean"], _range(high, low, before), n, bars)
    lanes.carry["mean"] = np.where(bars > 0, mean, 0.0)
    out = np.where(bars >= n, mean, np.nan)
    return out, ROUNDED * np.abs(mean)


def _adx(lanes: Lanes) -> Stepped:
    (high, low, close, before, high_before, low_before), n = lanes.inputs, lanes.n
    bars = lanes.run(high, low, close) - 1
    up, down = high - high_before, low_before - low
    rises = np.where((up > 0) & (up > down), up, 0.0)
    falls = np.where((down > 0) & (up < down), down, 0.0)
    plus, minus, swing = (
        _decayed(lanes, name, brought, bars)
        for name, brought in (
            ("plus", rises),
            ("minus", falls),
            ("swing", _range(high, low, before)),
        )
    )
    rising, falling = 100.0 * (plus / swing), 100.0 * (minus / swing)
    both = rising + falling
    known = (bars >= n) & (np.abs(swing) >= NO_MOVE) & (np.abs(both) >= NO_MOVE)
    apart = np.where(known, 100.0 * (np.abs(falling - rising) / both), 0.0)
    mean = np.where(bars > 0, lanes.carry["mean"], 0.0)
    summed = mean + apart
    first = np.where(bars == 2 * n - 1, summed / n, summed)
    later = np.where(known, (mean * (n - 1) + apart) / n, mean)
    mean = np.where(bars < n, 0.0, np.where(bars < 2 * n, first, later))
    lanes.carry["mean"] = mean
    return np.where(bars >= 2 * n - 1, mean, np.nan), np.full(len(mean), 1e3 * ROUNDED)


def _decayed(lanes: Lanes, name: str, brought: np.ndarray, bars: np.ndarray) -> np.ndarray:
    """A Wilder sum: added up over the first n - 1 bars, then a share of 1 / n leaves at each."""
    before = np.where(bars > 1, lanes.carry[name], 0.0)
    kept = np.where(bars < lanes.n, before, before - before / lanes.n)
    lanes.carry[name] = np.where(bars > 0, kept + brought, 0.0)
    return lanes.carry[name]


def _obv(lanes: Lanes) -> Stepped:
    close, volume, before = lanes.inputs
    count = lanes.run(close, volume)
    total = lanes.carry["total"]
    signed = np.where(
        close > before, total + volume, np.where(close < before, total - volume, total)
    )
    lanes.carry["total"] = np.where(count == 1, volume, np.where(count > 1, signed, 0.0))
    return np.where(count >= 1, lanes.carry["total"], np.nan)


KINDS = (
    Kind(name="ema", step=_ema, carry={"count": 0, "mean": 0.0}, rounds=True),
    Kind(name="rsi", step=_rsi, carry={"count": 0, "gain": 0.0, "loss": 0.0}, rounds=True),
    Kind(name="atr", step=_atr, carry={"count": 0, "mean": 0.0}, rounds=True),
    Kind(
        name="adx",
        step=_adx,
        carry={"count": 0, "plus": 0.0, "minus": 0.0, "swing": 0.0, "mean": 0.0},
        rounds=True,
    ),
    Kind(name="obv", step=_obv, carry={"count": 0, "total": 0.0}),
)
