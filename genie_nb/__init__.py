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
    from .faces.bars import Bars
    from .faces.own_bars import due, run_backtest, sweep
    from .faces.python import (
        Conversation,
        alerts,
        analyze,
        ask,
        check,
        compare,
        doctor,
        ledger,
        panel,
        preview,
        read,
        rules,
        run,
        scan,
        schedule,
        serve,
        setup,
        snooze,
        strategy,
        tune,
        unwatch,
        watch,
        watching,
        why,
    )
    from .plugins import strategies

__version__ = "0.1.0"

_DOOR = {
    "Bars": "faces.bars",
    "Conversation": "faces.python",
    "GenieError": "core.errors",
    "alerts": "faces.python",
    "analyze": "faces.python",
    "ask": "faces.python",
    "check": "faces.python",
    "compare": "faces.python",
    "doctor": "faces.python",
    "due": "faces.own_bars",
    "ledger": "faces.python",
    "line": "core.grammar",
    "panel": "faces.python",
    "parse_rule": "core.english",
    "preview": "faces.python",
    "read": "faces.python",
    "rules": "faces.python",
    "run": "faces.python",
    "run_backtest": "faces.own_bars",
    "scan": "faces.python",
    "schedule": "faces.python",
    "serve": "faces.python",
    "setup": "faces.python",
    "snooze": "faces.python",
    "strategies": "plugins",
    "strategy": "faces.python",
    "sweep": "faces.own_bars",
    "tune": "faces.python",
    "unwatch": "faces.python",
    "watch": "faces.python",
    "watching": "faces.python",
    "why": "faces.python",
}
"""Public name to where it lives; imported when it is first used."""

__all__ = [
    "Bars",
    "Conversation",
    "GenieError",
    "__version__",
    "alerts",
    "analyze",
    "ask",
    "check",
    "compare",
    "doctor",
    "due",
    "ledger",
    "line",
    "load_ipython_extension",
    "panel",
    "parse_rule",
    "preview",
    "read",
    "rules",
    "run",
    "run_backtest",
    "scan",
    "schedule",
    "serve",
    "setup",
    "snooze",
    "strategies",
    "strategy",
    "sweep",
    "tune",
    "unload_ipython_extension",
    "unwatch",
    "watch",
    "watching",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in _DOOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f".{_DOOR[name]}", __name__), name)
    globals()[name] = found
    return found


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
