"""Backtests: what conditions would have earned, honestly.

entry, exit -> plain | fast reader -> fills, equity -> metrics, beside buy and hold
"""

from .across import across
from .costs import Costs, impact_bps
from .metrics import METRICS, Metrics
from .result import Result
from .run import run_backtest
from .sweep import sweep

__all__ = ["METRICS", "Costs", "Metrics", "Result", "across", "impact_bps", "run_backtest", "sweep"]
