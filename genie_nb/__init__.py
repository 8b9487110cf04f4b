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
        diff,
        doctor,
        ledger,
        panel,
        preview,
        read,
        rotation,
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

_ELSEWHERE = {
    "Bars": "faces.bars",
    "GenieError": "core.errors",
    "due": "faces.own_bars",
    "line": "core.grammar",
    "parse_rule": "core.english",
    "run_backtest": "faces.own_bars",
    "strategies": "plugins",
    "sweep": "faces.own_bars",
}
"""Where the public names live that are not in `faces.python`; each is imported when it is first used."""

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
    "diff",
    "doctor",
    "due",
    "ledger",
    "line",
    "load_ipython_extension",
    "panel",
    "parse_rule",
    "preview",
    "read",
    "rotation",
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
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = _ELSEWHERE.get(name, "faces.python")
    found = getattr(import_module(f".{room}", __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)


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
