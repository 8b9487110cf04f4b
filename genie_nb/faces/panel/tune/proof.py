"""The proof that a strategy sees no future, made once for each strategy and interval in a kernel."""

from ....core.errors import GenieError
from ....core.market import Interval
from ....core.strategies import Strategy
from ....testing import check_strategy

_found: dict[tuple[str, str, str, Interval], str] = {}


def proven(strategy: Strategy, interval: Interval) -> str:
    """What is wrong with the strategy, as a sentence; empty when it keeps its promises."""
    key = strategy.name, strategy.entry_text, strategy.exit_text, interval
    if key not in _found:
        _found[key] = _broken(strategy, interval)
    return _found[key]


def _broken(strategy: Strategy, interval: Interval) -> str:
    try:
        check_strategy(strategy, interval=interval)
    except (AssertionError, GenieError) as broken:
        return str(broken)
    return ""
