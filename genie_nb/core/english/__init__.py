"""Plain words rewritten to the rule language, by ordered tables, and said back.

"breaks above $25 with volume" -> close crosses above 25 and rvol(20) > 1.5
"""

from .parse import parse_rule, telling
from .rewrite import Rewritten, rewrite

__all__ = ["Rewritten", "parse_rule", "rewrite", "telling"]
