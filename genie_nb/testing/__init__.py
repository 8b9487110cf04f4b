"""For authors of plugins: fakes to test against, and contracts to hold.

FakeProvider    a market of your own making, which fails when told to
check_provider  does a provider keep the promises that everything above it builds on?
check_line      does a line see the future, write to the bars, or read back as another?
check_rule      the same for a rule's truth, and does checking often find what checking once does?
check_strategy  the same for all that a strategy gives; are its orders filled when they can be?
check_fills     the last of these, for any backtest
"""

from .fake_provider import Call, FakeProvider
from .line_contract import check_line
from .provider_contract import check_provider
from .rule_contract import check_rule
from .strategy_contract import check_fills, check_strategy

__all__ = [
    "Call",
    "FakeProvider",
    "check_fills",
    "check_line",
    "check_provider",
    "check_rule",
    "check_strategy",
]
