"""Signals: what the tape just did, or is in the middle of.

    a row: name + condition in the rule language + sentences -> Signal

An event is active when it happened at most 3 bars ago and has not been undone since; a state, when
it holds at the newest bar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..expr.condition import Condition
from ..expr.reasons import why_unknown
from ..expr.tape import Tape, World
from ..expr.truth import FALSE, TRUE, UNKNOWN
from ..expr.value import Value
from ..facts.fact import Fact
from ..figures import written
from ..grammar import line, parse_condition
from ..market import Bars, Interval
from .finding import Signal
from .signal_specs import LARGE, PRICE, RVOL, SIGNALS, SMALL, SignalSpec

RECENT = 3
"""An event is news for so many bars after its own."""

CONFIRMED = 1.5
"""Volume confirms an event when it is more than so many times the usual."""


SIGNAL_NAMES: tuple[str, ...] = tuple(spec.name for spec in SIGNALS)


def signals(
    bars: Bars | None, small_cap_index: Bars | None, large_cap_index: Bars | None
) -> tuple[Signal, ...]:
    """Every signal of the closed list, active or not.

    Args:
        bars: Of the ticker; None when there are none.
        small_cap_index: Bars of the index that small companies are compared with.
        large_cap_index: Bars of the index that large ones are compared with.
    """
    if bars is None or not len(bars):
        return tuple(_untold(spec, "there are no prices") for spec in SIGNALS)
    indices = {SMALL: small_cap_index, LARGE: large_cap_index}
    others = {index.ticker: index for index in indices.values() if index is not None}
    tape = Tape(bars=bars, world=World(others=others))
    return tuple(_signal(spec, tape, indices) for spec in SIGNALS)


def _signal(spec: SignalSpec, tape: Tape, indices: Mapping[str, Bars | None]) -> Signal:
    index = None if spec.against is None else indices[spec.against]
    if spec.against is not None and index is None:
        return _untold(spec, f"there are no prices of the {spec.against}-cap index")
    ticker = "" if index is None else index.ticker
    condition = _condition(spec.condition.format(index=ticker))
    told = _Sentence(spec=spec, tape=tape, index=ticker)
    return _event(told, condition) if spec.event else _state(told, condition)


def _state(told: "_Sentence", condition: Condition) -> Signal:
    truth = told.tape.truth(condition)
    if truth[-1] == UNKNOWN:
        return _untold(told.spec, why_unknown(condition, told.tape)[0])
    if truth[-1] == FALSE:
        return told.signal(active=False, ago=None, text=told.filled(told.spec.no, 0))
    before = np.flatnonzero(truth != TRUE)
    since = len(truth) - 1 - (int(before[-1]) + 1 if len(before) else 0)
    return told.signal(active=True, ago=since, text=told.filled(told.spec.yes, 0))


def _event(told: "_Sentence", condition: Condition) -> Signal:
    recent = told.tape.truth(condition)[-1 - RECENT :][::-1]
    happened = np.flatnonzero(recent == TRUE)
    if not len(happened):
        if (recent == UNKNOWN).any() or len(recent) <= RECENT:
            return _untold(told.spec, _why_unseen(told, condition))
        text = f"{told.filled(told.spec.no, 0)} in the last {RECENT + 1} {told.unit}s"
        return told.signal(active=False, ago=None, text=text)
    ago = int(happened[0])
    text = f"{told.filled(told.spec.yes, ago)} {told.when(ago)}"
    if told.spec.still:
        still = _condition(told.spec.still.format(ago=ago))
        if told.tape.truth(still)[-1] != TRUE:
            return told.signal(active=False, ago=None, text=f"{text} {told.spec.undone}")
    return told.signal(active=True, ago=ago, text=text + told.traded(ago))


def _why_unseen(told: "_Sentence", condition: Condition) -> str:
    """Why an event cannot be ruled out; the newest bar may be known and an older one not."""
    unseen = f"not all of the last {RECENT + 1} {told.unit}s are known"
    return next(iter(why_unknown(condition, told.tape)), unseen)


def _untold(spec: SignalSpec, reason: str) -> Signal:
    label = spec.name.replace("_", " ").capitalize()
    return Signal(
        name=spec.name,
        active=None,
        bars_ago=None,
        with_volume=None,
        text=f"{label} cannot be told: {reason}.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A signal of one ticker on its way into words."""

    spec: SignalSpec
    tape: Tape
    index: str

    @property
    def unit(self) -> str:
        return {Interval.D1: "day", Interval.W1: "week"}.get(self.tape.bars.interval, "bar")

    def when(self, ago: int) -> str:
        bar = f"{self.unit}{'' if ago == 1 else 's'}"
        return f"on the last {self.unit}" if ago == 0 else f"{ago} {bar} ago"

    def traded(self, ago: int) -> str:
        usual = self._at(RVOL, ago)
        if not self.spec.volume or usual is None:
            return ""
        return f", on {usual:.1f} times its usual volume"

    def filled(self, template: str, ago: int) -> str:
        slots = {
            slot: _figure(self._at(text, ago), self._unit(unit))
            for slot, (text, unit) in self.spec.shows.items()
        }
        return template.format(unit=self.unit, **slots)

    def signal(self, *, active: bool, ago: int | None, text: str) -> Signal:
        event = active and self.spec.event and ago is not None
        usual = self._at(RVOL, ago) if event and ago is not None else None
        return Signal(
            name=self.spec.name,
            active=active,
            bars_ago=ago,
            with_volume=None if usual is None else usual > CONFIRMED,
            text=f"{text}.",
            evidence=self._evidence(ago if event and ago is not None else 0),
        )

    def _evidence(self, ago: int) -> tuple[Fact, ...]:
        bars = self.tape.bars
        return tuple(
            Fact(
                name=text.format(index=self.index),
                value=self._at(text, ago),
                unit="ratio" if unit == "times" else self._unit(unit),
                as_of=bars.closed_at(-1 - ago),
                source=bars.source,
                formula=text.format(index=self.index),
            )
            for text, unit in self.spec.shows.values()
        )

    def _unit(self, unit: str) -> str:
        return self.tape.bars.currency or "money" if unit == PRICE else unit

    def _at(self, text: str, ago: int) -> float | None:
        value = self.tape.numbers(_value(text.format(index=self.index)))[-1 - ago]
        return float(value) if np.isfinite(value) else None


def _figure(value: float | None, unit: str) -> str:
    if unit == "times" and value is not None:
        return f"{value:.1f}"
    return written(value, unit)


@cache
def _condition(text: str) -> Condition:
    return parse_condition(text)


@cache
def _value(text: str) -> Value:
    return line(text)
