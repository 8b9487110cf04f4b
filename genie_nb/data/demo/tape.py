"""The daily tape of one ticker, made backwards from its last price.

    factors + own moves + twists -> returns -> closes -> opens, highs, lows (a bridge) + spread -> cents

Prices are whole cents throughout, so that what aggregates does so exactly. A thin stock's trades
happen at the bid or at the ask, half a spread from the middle, which is how its spread can be
estimated from its bars.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from . import factors
from .company import Company, companies, company
from .index import INDICES, Index
from .schedule import releases
from .sessions import calendar, market_span
from .streams import fat_tailed, reverting, stream
from .traits import Twist

_OVERNIGHT = 0.25
"""Share of a day's variance that comes between the close and the next open."""

_NEWS = 1.6
"""Volatility that an earnings release adds to its day, in ordinary days."""

_BETAS = {
    "Communication Services": 1.0,
    "Consumer Discretionary": 1.15,
    "Consumer Staples": 0.65,
    "Energy": 0.95,
    "Financials": 1.1,
    "Health Care": 0.85,
    "Industrials": 1.05,
    "Information Technology": 1.25,
    "Materials": 1.05,
    "Real Estate": 0.95,
    "Utilities": 0.6,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    """What a company's size says of its tape.

    Attributes:
        volatility: Of a year, a fraction.
        tilt: Share in the small caps' lead over large ones.
        spread: As a fraction of the price.
        turnover: Part of its shares that changes hands in a session.
        half_life: Sessions in which a move of its own loses half of itself.
    """

    volatility: float
    tilt: float
    spread: float
    turnover: float
    half_life: float


_SIZES = {
    "nano": _Size(volatility=0.80, tilt=1.2, spread=0.022, turnover=0.0022, half_life=150),
    "micro": _Size(volatility=0.62, tilt=1.1, spread=0.011, turnover=0.0030, half_life=250),
    "small": _Size(volatility=0.47, tilt=1.0, spread=0.0032, turnover=0.0055, half_life=350),
    "mid": _Size(volatility=0.36, tilt=0.5, spread=0.0009, turnover=0.0070, half_life=500),
    "large": _Size(volatility=0.29, tilt=0.1, spread=0.0003, turnover=0.0060, half_life=500),
    "mega": _Size(volatility=0.25, tilt=0.0, spread=0.0001, turnover=0.0045, half_life=500),
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Motion:
    """Daily log returns, the volatility of each day, and the half spread."""

    returns: np.ndarray
    wildness: np.ndarray
    half_spread: float


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
    motion = _motion(member, random)
    twists = {_place(twist): twist for twist in member.traits.tape.twists}
    prices = _prices(motion, member.price, twists, random)
    return Tape(**prices, volume=_volume(member, motion, twists, random))


def _index_tape(index: Index) -> Tape:
    moves, wildness = factors.market()
    motion = _Motion(
        returns=moves + index.tilt * factors.tilt(), wildness=wildness, half_spread=0.0
    )
    prices = _prices(motion, index.level, {}, stream(index.ticker, "tape"))
    return Tape(**prices, volume=np.full(factors.length(), np.nan))


def _motion(member: Company, random: np.random.RandomState) -> _Motion:
    traits, size = member.traits.tape, _SIZES[member.band]
    beta = _or(traits.beta, _BETAS[member.sector] + 0.13 * random.standard_normal())
    volatility = _or(traits.volatility, size.volatility * np.exp(0.13 * random.standard_normal()))
    market, market_wildness = factors.market()
    apart = size.tilt * factors.tilt() + factors.sector(member.sector)
    shared = beta * market + apart
    room = volatility**2 - shared[-factors.YEAR :].var() * factors.YEAR
    daily = np.sqrt(max(room, (0.4 * volatility) ** 2) / factors.YEAR)
    draws, own_wildness = fat_tailed(random, factors.length(), freedom=4.5)
    reactions = _reactions(member, factors.length())
    draws[reactions] += _NEWS * random.standard_normal(len(reactions))
    own_wildness[reactions] = np.hypot(own_wildness[reactions], _NEWS)
    level = reverting(draws * daily, _or(traits.half_life, size.half_life))
    moves = shared + np.diff(level, prepend=0.0)
    if traits.drift is None:
        lean = float(np.clip(0.5 * (member.growth - 0.06), -0.08, 0.08)) / factors.YEAR
    else:
        lean = traits.drift / factors.YEAR - moves.mean()
    return _Motion(
        returns=moves + lean,
        wildness=np.sqrt((beta * market_wildness) ** 2 + apart.var() + (daily * own_wildness) ** 2),
        half_spread=_or(traits.spread, size.spread * np.exp(0.25 * random.standard_normal())) / 2,
    )


def _prices(
    motion: _Motion, last: float, twists: dict[int, Twist], random: np.random.RandomState
) -> dict[str, np.ndarray]:
    count = len(motion.returns)
    half = motion.half_spread
    close_side, open_side = half * random.choice([-1.0, 1.0], (2, count))
    moves = motion.returns + np.diff(close_side, prepend=close_side[0])
    for place, twist in twists.items():
        if twist.change is not None:
            moves[place] = np.log1p(twist.change)
    close = np.log(last) - (moves.sum() - np.cumsum(moves))
    before = close - moves
    overnight = _OVERNIGHT * moves + random.standard_normal(count) * motion.wildness * np.sqrt(
        _OVERNIGHT * (1 - _OVERNIGHT)
    )
    opening = before - np.roll(close_side, 1) + overnight + open_side
    for place, twist in twists.items():
        if twist.gap is not None:
            opening[place] = before[place] + np.log1p(twist.gap)
    start, end = opening - open_side, close - close_side
    up, down = _extremes(start, end, motion.wildness * np.sqrt(1 - _OVERNIGHT), random)
    cents = {
        "open": _cents(opening),
        "high": _cents(up + half),
        "low": _cents(down - half),
        "close": _cents(close),
    }
    cents["high"] = np.maximum.reduce([cents["high"], cents["open"], cents["close"]])
    cents["low"] = np.minimum.reduce([cents["low"], cents["open"], cents["close"]])
    return {"positions": np.arange(count) + market_span().start, **cents}


def _extremes(
    start: np.ndarray, end: np.ndarray, deviation: np.ndarray, random: np.random.RandomState
) -> tuple[np.ndarray, np.ndarray]:
    """Highest and lowest point of a Brownian bridge from *start* to *end*."""
    heights = -2 * deviation**2 * np.log(random.random_sample((2, len(start))))
    reach = np.sqrt((end - start) ** 2 + heights)
    return (start + end + reach[0]) / 2, (start + end - reach[1]) / 2


def _volume(
    member: Company,
    motion: _Motion,
    twists: dict[int, Twist],
    random: np.random.RandomState,
) -> np.ndarray:
    count = len(motion.returns)
    usual = member.shares * _SIZES[member.band].turnover * np.exp(0.3 * random.standard_normal())
    mood = reverting(0.05 * random.standard_normal(count), half_life=60)
    excitement = np.minimum(np.abs(motion.returns) / motion.wildness, 4)
    shares = usual * np.exp(mood + 0.3 * random.standard_normal(count)) * (0.65 + 0.45 * excitement)
    shares[_reactions(member, count)] *= 1.9
    _twist_volume(shares, twists)
    wanted = member.traits.tape.daily_shares
    if wanted is not None:
        shares *= wanted / shares[-20:].mean()
    shares = np.round(np.maximum(shares, 200))
    _twist_volume(shares, twists)
    return np.round(shares)


def _twist_volume(shares: np.ndarray, twists: dict[int, Twist]) -> None:
    for place in sorted(twists):
        factor = twists[place].volume
        if factor is not None:
            shares[place] = factor * shares[place - 20 : place].mean()


def _reactions(member: Company, count: int) -> np.ndarray:
    """Rows of the tape on which the market hears of the company's earnings."""
    places = np.array([release.session for release in releases(member)]) - market_span().start
    return places[(places >= 0) & (places < count)]


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


def _or(wanted: float | None, usual: float) -> float:
    return usual if wanted is None else wanted
