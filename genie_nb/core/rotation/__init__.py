"""Small companies against large ones: who leads, since when, and how many take part.

two indices, companies -> streaks, scoreboard, Januaries, breadth, valuation gap -> Rotation
"""

from .answer import LEADS, Rotation
from .breadth import Breadth, Share, breadth
from .gap import ValuationGap, valuation_gap
from .january import Januaries, January, januaries
from .member import Member
from .pair import Pair, pair_of
from .scoreboard import Score, scoreboard
from .streak import Streak, Streaks, streaks
from .watch_item import WatchItem, watch_items

__all__ = [
    "LEADS",
    "Breadth",
    "Januaries",
    "January",
    "Member",
    "Pair",
    "Rotation",
    "Score",
    "Share",
    "Streak",
    "Streaks",
    "ValuationGap",
    "WatchItem",
    "breadth",
    "januaries",
    "pair_of",
    "scoreboard",
    "streaks",
    "valuation_gap",
    "watch_items",
]
