"""The proof that a strategy sees no future, made once for each strategy and interval in a kernel."""

from functools import cache

from ....core.errors import GenieError
from ....core.market import Interval
from ....core.strategies import Strategy
from ....testing import check_strategy


def proven(strategy: Strategy, interval: Interval) -> str:
    """What is wrong with the strategy, as a sentence; empty when it keeps its promises."""
    return _proven(
        strategy.name, strategy.entry_text, strategy.exit_text, interval, _Held(strategy)
    )


class _Held:
    """A strategy that is no part of the key: its name and texts are."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@cache
def _proven(_name: str, _entry: str, _exit: str, interval: Interval, held: _Held) -> str:
    try:
        check_strategy(held.strategy, interval=interval)
    except (AssertionError, GenieError) as broken:
        return str(broken)
    return ""
