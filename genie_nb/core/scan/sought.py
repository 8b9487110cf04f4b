"""What a scan looks for: a strategy with its parameters, or a condition."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..english import rewrite, telling
from ..errors import AskError, RuleNotUnderstood, UnknownName
from ..expr import Condition, FactValue, Other, Value, walk, walk_conditions
from ..grammar import parse_condition
from ..market import Interval
from ..strategies import Strategy

_NAME = re.compile(r"[A-Za-z_]\w*")
_EACH = "EACH"
"""Stands for the ticker that plain words call "it"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for, the same in every ticker.

    Attributes:
        kind: A strategy, or a rule's condition.
        name: The strategy's name; the condition's canonical text.
        interval: The length of the bars.
        params: Of the strategy.
        entry: The condition that enters, or the rule's condition.
        exit: The condition that leaves; None for a rule.
        fee_bps: Of each fill, on each side.
        said_back: How plain words were read; empty when there were none.
    """

    kind: Literal["strategy", "rule"]
    name: str
    interval: Interval
    entry: Condition
    exit: Condition | None = None
    params: Mapping[str, float] = field(default_factory=dict)
    fee_bps: float = 10.0
    said_back: str = field(default="", compare=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """Facts that the conditions read, by name."""
        return tuple(
            dict.fromkeys(value.name for value in self._read() if isinstance(value, FactValue))
        )

    @property
    def others(self) -> tuple[str, ...]:
        """Other tickers that the conditions read."""
        return tuple(
            dict.fromkeys(value.ticker for value in self._read() if isinstance(value, Other))
        )

    def _read(self) -> Iterator[Value]:
        for condition in (self.entry, self.exit):
            for part in walk_conditions(condition) if condition else ():
                for value in part.reads():
                    yield from walk(value)

    def to_dict(self) -> dict[str, object]:
        """As in the JSON of `scan`."""
        return {
            "kind": self.kind,
            "sought": self.name,
            "params": dict(self.params),
            "interval": str(self.interval),
            "entry": str(self.entry),
            "exit": None if self.exit is None else str(self.exit),
            "fee_bps": self.fee_bps,
        }


def sought(
    words: str,
    *,
    find: Callable[[str], Strategy],
    interval: Interval | None = None,
    params: Mapping[str, object] | None = None,
    fee_bps: float = 10.0,
) -> Sought:
    """Read what is to be looked for.

    Args:
        words: A strategy's name, or a condition, in the rule language or plain words.
        find: Gives the strategy of a name, or raises UnknownName.
        interval: The length of the bars; None for the strategy's usual one, daily for a condition.
        params: Parameters of the strategy, where they are not the usual ones.
        fee_bps: Of each fill, on each side.

    Raises:
        UnknownName: One word that is no strategy and no condition.
        RuleNotUnderstood: The words are no condition; says where they stop being one.
        AskError: A parameter is not of the strategy, outside its range, or given to a condition.

    Example:
        >>> from ..strategies import find
        >>> str(sought("breakout", find=find, params={"lookback": 55}).entry)
        'close > highest(55) and rvol(20) > 1.5'
        >>> sought("rsi(14)<30", find=find).name
        'rsi(14) < 30'
        >>> sought("breaks above its 50-day average", find=find).name
        'close crosses above sma(50)'
    """
    text = words.strip()
    if _NAME.fullmatch(text) is None:
        return _rule(text, interval, params)
    try:
        strategy = find(text)
    except UnknownName as unknown:
        try:
            return _rule(text, interval, params)
        except RuleNotUnderstood:
            raise unknown from None
    bars = interval or strategy.usual_interval
    checked = strategy.checked(params or {})
    return Sought(
        kind="strategy",
        name=strategy.name,
        interval=bars,
        params=checked,
        entry=strategy.entry(bars, **checked),
        exit=strategy.exit(bars, **checked),
        fee_bps=fee_bps,
    )


def _rule(text: str, interval: Interval | None, params: Mapping[str, object] | None) -> Sought:
    bars = interval or Interval.D1
    try:
        condition, said_back = parse_condition(text), ""
    except RuleNotUnderstood as error:
        try:
            condition, bars, said_back = _in_words(text, interval, error)
        except RuleNotUnderstood as plain:
            raise telling(text, error, plain) from None
    if params:
        raise AskError(
            f"{', '.join(params)} was given beside the condition {condition}.",
            seen=", ".join(params),
            needed="parameters with a strategy only",
            cure="Write the numbers into the condition.",
        )
    return Sought(
        kind="rule", name=str(condition), interval=bars, entry=condition, said_back=said_back
    )


def _in_words(
    text: str, interval: Interval | None, error: RuleNotUnderstood
) -> tuple[Condition, Interval, str]:
    """Plain words, in which "it" is each ticker of the universe."""
    read = rewrite(text, last=_EACH, interval=None if interval is None else str(interval))
    named_one = read.ticker not in (None, _EACH)
    if named_one and "Did you mean" in (error.cure or ""):
        raise error
    if named_one or read.options:
        named = read.options or read.ticker
        raise AskError(
            f"{text!r} says {named!r}, which is for one watched ticker.",
            seen=named,
            needed="a condition that every ticker can be asked",
            cure=f"Say, for example: scan {read.condition}",
        ) from error
    defaults = f" ({'; '.join(read.defaults)})" if read.defaults else ""
    said_back = f"I read this as: {read.condition}{defaults}."
    return parse_condition(read.condition), Interval.of(read.interval), said_back
