"""A strategy: a named pair of conditions with parameters.

    parameters + templates -> entry, exit, levels, rules -> chart, backtest, alert, sentence

It holds no code for charting, testing, alerting or explaining: those read its conditions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..errors import AskError, UnknownName
from ..expr import Condition, Value
from ..market import Interval
from .parameter import Parameter
from .side import Side
from .template import Template, condition_template, value_template
from .traits import Traits


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """When to be long and when to be flat, and what to show and watch beside it.

    All texts are of the rule language, with `{name}` where a parameter stands.

    Attributes:
        name: As it is asked for.
        summary: What it does and where it fits, in a sentence.
        entry_text: The condition that enters.
        exit_text: The condition that leaves.
        params: What may be turned.
        by_interval: Further slots, each with its text on daily or weekly bars and on intraday ones.
        levels: Prices to draw, by name.
        rules: Conditions that setting up alerts arms, by name; entry and exit when left out.
        fit: How well it suits a stock's traits, 0 to 1.
        note: A sentence on how its figures are to be read.
        intraday_only: Whether it makes sense only on bars shorter than a day; other bars are refused.
    """

    name: str
    summary: str
    entry_text: str
    exit_text: str
    params: tuple[Parameter, ...] = ()
    by_interval: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    fit: Callable[[Traits], float] | None = None
    note: str = ""
    intraday_only: bool = False

    @property
    def usual_interval(self) -> Interval:
        """The bars it is written for when none are named."""
        return Interval.M5 if self.intraday_only else Interval.D1

    def checked(self, params: Mapping[str, object]) -> dict[str, float]:
        """All parameters, the given ones checked and the others at their defaults.

        Raises:
            UnknownName: It has no such parameter.
            AskError: A value is outside its range.
        """
        known = {parameter.name: parameter for parameter in self.params}
        for name in params:
            if name not in known:
                raise UnknownName(f"parameter of {self.name}", name, known)
        return {
            name: parameter.checked(params.get(name, parameter.default), strategy=self.name)
            for name, parameter in known.items()
        }

    @property
    def entry(self) -> Side:
        """When to be long: `entry()` is a condition, `entry(lookback=55)` the one with that parameter."""
        return Side(text=self.entry_text, read=self._condition, checked=self.checked)

    @property
    def exit(self) -> Side:
        """When to be flat again; as `entry`."""
        return Side(text=self.exit_text, read=self._condition, checked=self.checked)

    def levels_at(self, interval: Interval | None = None, /, **params: object) -> dict[str, Value]:
        """The prices to draw, by name."""
        given = self.checked(params)
        return {
            name: self._whole(value_template(self._on(text, interval))).fill(given)
            for name, text in self.levels.items()
        }

    def rules_at(
        self, interval: Interval | None = None, /, **params: object
    ) -> dict[str, Condition]:
        """The conditions that setting up alerts arms, by name."""
        given = self.checked(params)
        texts = self.rules or {"entry": self.entry_text, "exit": self.exit_text}
        return {name: self._condition(text, interval).fill(given) for name, text in texts.items()}

    def _condition(self, text: str, interval: Interval | None) -> Template[Condition]:
        return self._whole(condition_template(self._on(text, interval)))

    def _whole[Node: (Condition, Value)](self, template: Template[Node]) -> Template[Node]:
        """The template, refused when a slot has no parameter to fill it."""
        known = {parameter.name for parameter in self.params}
        for slot in template.names:
            if slot not in known:
                raise AskError(
                    f"{self.name} has no parameter called {slot!r}, which {template.text!r} reads.",
                    seen=slot,
                    needed="a parameter for each slot",
                    cure=f"Add Parameter(name={slot!r}, …), or write a number in its place.",
                )
        return template

    def _on(self, text: str, interval: Interval | None) -> str:
        interval = interval or self.usual_interval
        if self.intraday_only and not interval.intraday:
            raise AskError(
                f"{self.name} trades within a session, and these bars are {interval}.",
                seen=str(interval),
                needed="intraday bars",
                cure="Use intraday bars: add --interval 5m, or interval='5m'.",
            )
        for name, (daily, intraday) in self.by_interval.items():
            text = text.replace(f"{{{name}}}", intraday if interval.intraday else daily)
        return text


def conditions(
    entry: str | Condition, leave: str | Condition, *, name: str = "conditions"
) -> Strategy:
    """A strategy without a name of its own, from two conditions.

    A slot in either becomes a parameter that must be given and has no limits.

    Args:
        entry: When to be long.
        leave: When to be flat again.
        name: What to call it.

    Raises:
        RuleNotUnderstood: One of them is not a condition.

    Example:
        >>> str(conditions("rsi({n}) < 30", "rsi({n}) > 70").entry(n=5))
        'rsi(5) < 30'
    """
    texts = str(entry), str(leave)
    slots = dict.fromkeys(slot for text in texts for slot in condition_template(text).names)
    return Strategy(
        name=name,
        summary=f"Enters when {texts[0]}, leaves when {texts[1]}.",
        entry_text=texts[0],
        exit_text=texts[1],
        params=tuple(_Required(name=slot) for slot in slots),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Required(Parameter):
    """A slot of the user's own condition: any number, but it must be given."""

    default: float = float("nan")
    low: float = float("-inf")
    high: float = float("inf")

    def checked(self, value: object, *, strategy: str) -> float:
        if value is self.default:
            raise AskError(
                f"{self.name} of {strategy} was not given.",
                seen=None,
                needed=f"a number for {self.name}",
                cure=f"Give it, such as {self.name}=20.",
            )
        number = Parameter.checked(self, value, strategy=strategy)
        return int(number) if number.is_integer() else number
