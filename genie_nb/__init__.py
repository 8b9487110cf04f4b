"""Stock research in a notebook: ask in plain words, get the numbers, the chart and the risks.

    import genie_nb as genie
    genie.analyze("ACME", "Is it profitable?")

    %load_ext genie_nb
    %genie analyze ACME

Research, not financial advice.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .core.english import parse_rule
    from .core.errors import GenieError
    from .core.grammar import line
    from .core.market import Bars
    from .faces.own_bars import due, run_backtest, sweep
    from .faces.python import (
        Conversation,
        analyze,
        ask,
        compare,
        doctor,
        preview,
        read,
        panel,
        run,
        scan,
        setup,
        strategy,
        why,
    )
    from .plugins import strategies

        tune,
        unwatch,
        watch,
__version__ = "0.1.0"

_DOOR = {
    "Bars": "core.market",
    "Conversation": "faces.python",
    "GenieError": "core.errors",
    "analyze": "faces.python",
    "ask": "faces.python",
    "compare": "faces.python",
    "doctor": "faces.python",
    "due": "faces.own_bars",
    "line": "core.grammar",
    "parse_rule": "core.english",
    "preview": "faces.python",
    "read": "faces.python",
    "run": "faces.python",
    "run_backtest": "faces.own_bars",
    "scan": "faces.python",
    "panel": "faces.python",
    "setup": "faces.python",
    "strategies": "plugins",
    "strategy": "faces.python",
    "sweep": "faces.own_bars",
    "why": "faces.python",
}
"""Public name to where it lives; imported when it is first used."""

__all__ = [
    "Bars",
    "Conversation",
    "GenieError",
    "tune": "faces.python",
    "unwatch": "faces.python",
    "watch": "faces.python",
    "__version__",
    "analyze",
    "ask",
    "compare",
    "doctor",
    "due",
    "line",
    "load_ipython_extension",
    "parse_rule",
    "preview",
    "read",
    "run",
    "run_backtest",
    "scan",
    "setup",
    "strategies",
    "strategy",
    "sweep",
    "panel",
    "unload_ipython_extension",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in _DOOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f".{_DOOR[name]}", __name__), name)
    globals()[name] = found
    return found

    "tune",

def __dir__() -> list[str]:
    return sorted({*globals(), *_DOOR})


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Where a Jupyter server finds what genie brings to it."""
    return [{"module": "genie_nb.faces.server"}]


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext genie_nb`: the `%genie` magic and its completion."""
    from .faces import completion, magic

    magic.load(shell)
    completion.load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext genie_nb`: takes away all that loading brought."""
    from .faces import completion, magic

    completion.unload(shell)
    magic.unload(shell)
