"""Scans: one strategy or rule, looked for in many tickers.

sought + bars of each ticker -> Row | LeftOut -> Scan, best first
"""

from .answer import Scan, ended
from .examine import examine
from .row import LeftOut, Row
from .sought import Sought, sought

__all__ = ["LeftOut", "Row", "Scan", "Sought", "ended", "examine", "sought"]
