"""The daily tape of one ticker, made backwards from its last price.

    factors + own moves + twists -> returns -> closes -> opens, highs, lows (a bridge) + spread -> cents

Prices are whole cents throughout, so that what aggregates does so exactly. A thin stock's trades
happen at the bid or at the ask, half a spread from the middle, which is how its spread can be
estimated from its bars.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from . import factors
from .company import Company, companies, company
from .index import INDICES, Index
from .motion import OVERNIGHT, SIZES, Motion, company_motion, index_motion, reactions
from .sessions import calendar, market_span
from .streams import reverting, stream
from .traits import Twist

type _Twists = Mapping[int, Twist]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """Daily bars as aligned arrays.

    Attributes:
        positions: Place of each session in the calendar.
        open: In cents.
        high: In cents.
        low: In cents.
        close: In cents.
        volume: Whole shares; NaN for an index.
    """

    positions: np.ndarray
    open: np.ndarray
    high: np.ndarray
    low: np.ndarray
    close: np.ndarray
    volume: np.ndarray

    def __len__(self) -> int:
        return len(self.positions)

    def keep(self, rows: np.ndarray | slice) -> "Tape":
        """Those rows alone."""
        return Tape(
            positions=self.positions[rows],
            open=self.open[rows],
            high=self.high[rows],
            low=self.low[rows],
            close=self.close[rows],
            volume=self.volume[rows],
        )

    def ended(self, count: int) -> int:
        """How many of its bars are among the first *count* sessions of the calendar."""
        return int(np.searchsorted(self.positions, count))


@cache
def tape(ticker: str) -> Tape:
    """The daily bars of *ticker*, a company's or an index's.

    Raises:
        NotFound: The market has no such ticker.
    """
    if ticker in INDICES:
        return _index_tape(INDICES[ticker])
    member = company(ticker)
    whole = _company_tape(member)
    return whole.keep(_traded(member, whole.positions))


def last_cents(ticker: str, ended: int) -> int | None:
    """The newest close among the first *ended* sessions of the calendar; None before listing.

    After the last session it is on the roster, so that a sector's multiples need no tapes.
    """
    if ended >= market_span().stop and ticker in companies():
        return round(companies()[ticker].price * 100)
    bars = tape(ticker)
    count = bars.ended(ended)
    return int(bars.close[count - 1]) if count else None


def _company_tape(member: Company) -> Tape:
    random = stream(member.ticker, "tape", member.traits.tape.take)
    motion = company_motion(member, random)
    twists = {_place(twist): twist for twist in member.traits.tape.twists}
    prices = _prices(motion, member.price, twists, random)
    return Tape(**prices, volume=_volume(member, motion, twists, random))


def _index_tape(index: Index) -> Tape:
    prices = _prices(index_motion(index), index.level, {}, stream(index.ticker, "tape"))
    return Tape(**prices, volume=np.full(factors.length(), np.nan))


def _prices(
    motion: Motion, last: float, twists: _Twists, random: np.random.RandomState
) -> dict[str, np.ndarray]:
    count, half = len(motion.returns), motion.half_spread
    close_side, open_side = half * random.choice([-1.0, 1.0], (2, count))
    bounce = np.diff(close_side, prepend=close_side[0])
    moves = motion.returns + bounce
    for place, twist in twists.items():
        if twist.change is not None:
            moves[place] = np.log1p(twist.change)
    close = np.log(last) - (moves.sum() - np.cumsum(moves))
    end = close - close_side
    start = end - (moves - bounce) + motion.overnight(moves - bounce, random)
    for place, twist in twists.items():
        if twist.gap is not None:
            start[place] = close[place] - moves[place] + np.log1p(twist.gap) - open_side[place]
    up, down = _extremes(start, end, motion.wildness * np.sqrt(1 - OVERNIGHT), random)
    sides = {"open": _cents(start + open_side), "close": _cents(close)}
    return {
        "positions": np.arange(count) + market_span().start,
        **sides,
        "high": np.maximum.reduce([_cents(up + half), *sides.values()]),
        "low": np.minimum.reduce([_cents(down - half), *sides.values()]),
    }


def _extremes(
    start: np.ndarray, end: np.ndarray, deviation: np.ndarray, random: np.random.RandomState
) -> tuple[np.ndarray, np.ndarray]:
    """Highest and lowest point of a Brownian bridge from *start* to *end*."""
    heights = -2 * deviation**2 * np.log(random.random_sample((2, len(start))))
    reach = np.sqrt((end - start) ** 2 + heights)
    return (start + end + reach[0]) / 2, (start + end - reach[1]) / 2


def _volume(
    member: Company, motion: Motion, twists: _Twists, random: np.random.RandomState
) -> np.ndarray:
    count = len(motion.returns)
    usual = member.shares * SIZES[member.band].turnover * np.exp(0.3 * random.standard_normal())
    mood = reverting(0.05 * random.standard_normal(count), half_life=60)
    swing = np.hypot(motion.returns, motion.wildness)
    excitement = 0.4 + 0.6 * np.minimum(swing / np.median(swing), 4)
    shares = usual * np.exp(mood + 0.3 * random.standard_normal(count)) * excitement
    shares[reactions(member)] *= 1.9
    _twist_volume(shares, twists)
    wanted = member.traits.tape.daily_shares
    if wanted is not None:
        shares *= wanted / shares[-20:].mean()
    shares = np.round(np.maximum(shares, 200))
    _twist_volume(shares, twists)
    return np.round(shares)


def _twist_volume(shares: np.ndarray, twists: _Twists) -> None:
    for place in sorted(twists):
        factor = twists[place].volume
        if factor is not None:
            shares[place] = factor * shares[place - 20 : place].mean()


def _traded(member: Company, positions: np.ndarray) -> np.ndarray:
    sessions, traits = calendar(), member.traits.tape
    days = sessions.days[positions]
    kept = np.ones(len(days), dtype=bool)
    if traits.first_session is not None:
        kept &= days >= np.datetime64(traits.first_session, "D")
    for first, last in traits.halts:
        kept &= (days < np.datetime64(first, "D")) | (days > np.datetime64(last, "D"))
    return kept


def _place(twist: Twist) -> int:
    return calendar().at(twist.day) - market_span().start


def _cents(logarithm: np.ndarray) -> np.ndarray:
    return np.maximum(np.round(np.exp(logarithm) * 100), 1).astype(np.int64)
