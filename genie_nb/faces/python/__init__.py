"""The Python functions: each builds the Ask that the line would, and runs it.

analyze("ACME", "Is it profitable?") = %genie analyze ACME Is it profitable?
"""

from .house import doctor
from .panels import panel, tune, watching
from .research import analyze, compare, diff, rotation, why
from .running import ledger, run, schedule, serve
from .talking import Conversation, ask, read
from .trading import preview, scan, setup, strategy
from .watchlist import alerts, check, rules, snooze, unwatch, watch

__all__ = [
    "Conversation",
    "alerts",
    "analyze",
    "ask",
    "check",
    "compare",
    "diff",
    "doctor",
    "ledger",
    "panel",
    "preview",
    "read",
    "rotation",
    "rules",
    "run",
    "scan",
    "schedule",
    "serve",
    "setup",
    "snooze",
    "strategy",
    "tune",
    "unwatch",
    "watch",
    "watching",
    "why",
]
