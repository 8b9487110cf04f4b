"""How a ticker moves from day to day, before it has a price."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from . import factors
from .company import Company
from .index import Index
from .schedule import releases
from .sessions import market_span
from .streams import fat_tailed, reverting

OVERNIGHT = 0.25
"""Share of a day's variance that comes between the close and the next open."""

_NEWS = 1.6
"""Volatility that an earnings release adds to its day, in ordinary days."""

_BETAS: Mapping[str, float] = {
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
class Size:
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


SIZES: Mapping[str, Size] = {
    "nano": Size(volatility=0.80, tilt=1.2, spread=0.022, turnover=0.0022, half_life=150),
    "micro": Size(volatility=0.62, tilt=1.1, spread=0.011, turnover=0.0030, half_life=250),
    "small": Size(volatility=0.47, tilt=1.0, spread=0.0032, turnover=0.0055, half_life=350),
    "mid": Size(volatility=0.36, tilt=0.5, spread=0.0009, turnover=0.0070, half_life=500),
    "large": Size(volatility=0.29, tilt=0.1, spread=0.0003, turnover=0.0060, half_life=500),
    "mega": Size(volatility=0.25, tilt=0.0, spread=0.0001, turnover=0.0045, half_life=500),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A ticker's moves in logarithms, a value a session.

    Attributes:
        returns: From close to close.
        common: The volatility it shares with the market.
        alone: The volatility of its own.
        half_spread: Half the bid-ask spread.
    """

    returns: np.ndarray
    common: np.ndarray
    alone: np.ndarray
    half_spread: float

    @property
    def wildness(self) -> np.ndarray:
        """The whole volatility."""
        return np.hypot(self.common, self.alone)

    def overnight(self, moves: np.ndarray, random: np.random.RandomState) -> np.ndarray:
        """The part of *moves* that comes before the open, independent of the part that comes after."""
        lean = self.common * factors.night() + self.alone * random.standard_normal(len(moves))
        return OVERNIGHT * moves + np.sqrt(OVERNIGHT * (1 - OVERNIGHT)) * lean


def index_motion(index: Index) -> Motion:
    """The market, and for the small caps their lead over it."""
    moves, wildness = factors.market()
    lead = index.tilt * factors.tilt()
    return Motion(
        returns=moves + lead,
        common=wildness,
        alone=np.full(len(lead), lead.std()),
        half_spread=0.0,
    )


def company_motion(member: Company, random: np.random.RandomState) -> Motion:
    """Beta × market + lead of small caps + sector + moves of its own with fat tails."""
    traits, size = member.traits.tape, SIZES[member.band]
    beta = _or(traits.beta, _BETAS[member.sector] + 0.13 * random.standard_normal())
    volatility = _or(traits.volatility, size.volatility * np.exp(0.13 * random.standard_normal()))
    market, market_wildness = factors.market()
    apart = size.tilt * factors.tilt() + factors.sector(member.sector)
    shared = beta * market + apart
    room = volatility**2 - shared[-factors.YEAR :].var() * factors.YEAR
    daily = np.sqrt(max(room, (0.4 * volatility) ** 2) / factors.YEAR)
    draws, own_wildness = fat_tailed(random, factors.length(), freedom=4.5)
    news = reactions(member)
    draws[news] += _NEWS * random.standard_normal(len(news))
    own_wildness[news] = np.hypot(own_wildness[news], _NEWS)
    level = reverting(draws * daily, _or(traits.half_life, size.half_life))
    moves = shared + np.diff(level, prepend=0.0)
    if traits.drift is None:
        lean = float(np.clip(0.5 * (member.growth - 0.06), -0.08, 0.08)) / factors.YEAR
    else:
        lean = traits.drift / factors.YEAR - moves.mean()
    return Motion(
        returns=moves + lean,
        common=beta * market_wildness,
        alone=np.hypot(apart.std(), daily * own_wildness),
        half_spread=_or(traits.spread, size.spread * np.exp(0.25 * random.standard_normal())) / 2,
    )


def reactions(member: Company) -> np.ndarray:
    """Rows of the ten years on which the market hears of the company's earnings."""
    places = np.array([release.session for release in releases(member)]) - market_span().start
    return places[(places >= 0) & (places < factors.length())]


def _or(wanted: float | None, usual: float) -> float:
    return usual if wanted is None else wanted
