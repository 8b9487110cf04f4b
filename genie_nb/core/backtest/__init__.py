"""Backtests: what conditions would have earned, honestly.

entry, exit -> plain | fast reader -> fills, equity -> metrics, beside buy and hold
"""

from .across import across
from .costs import Costs, impact_bps
from .deflated import Deflated, deflated_sharpe
from .heat_map import Neighbourhood, heat_map, neighbourhood
from .mean_trade import MeanTrade, mean_trade
from .metrics import METRICS, Metrics
from .result import Result
from .run import run_backtest
from .sample import Sample, Samples, cut_at, in_and_out
from .sweep import sweep
from .walk_forward import Fold, WalkForward, walk_forward

__all__ = [
    "METRICS",
    "Costs",
    "Deflated",
    "Fold",
    "MeanTrade",
    "Metrics",
    "Neighbourhood",
    "Result",
    "Sample",
    "Samples",
    "WalkForward",
    "across",
    "cut_at",
    "deflated_sharpe",
    "heat_map",
    "impact_bps",
    "in_and_out",
    "mean_trade",
    "neighbourhood",
    "run_backtest",
    "sweep",
    "walk_forward",
]
