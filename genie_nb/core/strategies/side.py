"""A side of a strategy: when to be long, or when to be flat again.

text with slots -> Side -> template(interval) -> a sweep
                        -> side(interval, n=20) -> one condition
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..expr import Condition
from ..market import Interval
from .template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Called with parameters it is a condition; as text, the condition at the usual ones.

    Attributes:
        text: In the rule language, with `{name}` where a parameter stands.
        read: The text with its slots, as it is on bars of an interval.
        checked: All parameters, the given ones checked and the others at their defaults.

    Example:
        >>> from genie_nb.core.strategies import BREAKOUT
        >>> str(BREAKOUT.entry)
        'close > highest(20) and rvol(20) > 1.5'
        >>> str(BREAKOUT.entry(lookback=55))
        'close > highest(55) and rvol(20) > 1.5'
    """

    text: str
    read: Callable[[str, Interval | None], Template[Condition]]
    checked: Callable[[Mapping[str, object]], Mapping[str, float]]

    def template(self, interval: Interval | None = None) -> Template[Condition]:
        """The condition with its parameters' slots.

        Args:
            interval: The length of the bars; the strategy's usual one when left out.

        Raises:
            AskError: The strategy cannot be on such bars, or a slot is no parameter.
        """
        return self.read(self.text, interval)

    def __call__(self, interval: Interval | None = None, /, **params: object) -> Condition:
        """The condition.

        Args:
            interval: The length of the bars; the strategy's usual one when left out.
            params: Parameters by name; the others stand at their defaults.

        Raises:
            UnknownName: The strategy has no such parameter.
            AskError: A value is outside its range or lacks, or the strategy cannot be on such bars.
        """
        return self.template(interval).fill(self.checked(params))

    def __str__(self) -> str:
        return str(self())
