"""Invented macro-economic series under their FRED names, in the units FRED publishes them in."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...core.errors import NotFound
from .sessions import FIRST_SESSION, LAST_SESSION
from .streams import reverting, stream


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    """How one series is made.

    Attributes:
        title: What it is.
        unit: As FRED says it.
        every: Pandas' name of its frequency.
        last: Its newest value.
        growth: Per year, a fraction, for a series that grows; 0 for a rate.
        noise: Standard deviation of a year's change: in its unit for a rate, a fraction otherwise.
        lag: Days from the date of a value until it is published.
    """

    title: str
    unit: str
    every: str
    last: float
    growth: float
    noise: float
    lag: int


_RECIPES: Mapping[str, _Recipe] = {
    "DGS2": _Recipe(title="2-year Treasury yield", unit="percent", every="B", last=3.62, growth=0, noise=0.7, lag=0),
    "DGS10": _Recipe(title="10-year Treasury yield", unit="percent", every="B", last=4.21, growth=0, noise=0.6, lag=0),
    "BAMLH0A0HYM2": _Recipe(title="High-yield spread", unit="percent", every="B", last=3.05, growth=0, noise=0.9, lag=0),
    "VIXCLS": _Recipe(title="Implied volatility of large caps", unit="index", every="B", last=15.8, growth=0, noise=6, lag=0),
    "FEDFUNDS": _Recipe(title="Federal funds rate", unit="percent", every="MS", last=3.88, growth=0, noise=0.8, lag=32),
    "UNRATE": _Recipe(title="Unemployment rate", unit="percent", every="MS", last=4.3, growth=0, noise=0.5, lag=36),
    "CPIAUCSL": _Recipe(title="Consumer prices", unit="index", every="MS", last=324.6, growth=0.026, noise=0.006, lag=44),
    "INDPRO": _Recipe(title="Industrial production", unit="index", every="MS", last=103.4, growth=0.01, noise=0.02, lag=47),
    "GDP": _Recipe(title="Gross domestic product", unit="billions of dollars", every="QS", last=30_720.0, growth=0.047, noise=0.012, lag=120),
}  # fmt: skip


def macro(series: str) -> pd.Series:
    """An invented series by its FRED name, on UTC dates; `attrs` hold its title and unit.

    Raises:
        NotFound: There is none of that name here.
    """
    if series == "T10Y2Y":
        spread = (macro("DGS10") - macro("DGS2")).round(2).rename(series)
        spread.attrs = _attributes("10-year less 2-year Treasury yield", "percent")
        return spread
    try:
        recipe = _RECIPES[series]
    except KeyError:
        raise NotFound(
            f"{series} is not among the invented series of the demo market.",
            seen=series,
            needed=f"one of {', '.join(sorted((*_RECIPES, 'T10Y2Y')))}",
            cure=f"Known: {', '.join(sorted((*_RECIPES, 'T10Y2Y')))}.",
        ) from None
    return _made(series, recipe)


def _made(name: str, recipe: _Recipe) -> pd.Series:
    published = pd.Timestamp(LAST_SESSION) - pd.Timedelta(days=recipe.lag)
    dates = pd.date_range(FIRST_SESSION, published, freq=recipe.every, tz="UTC")
    per_year = {"B": 252, "MS": 12, "QS": 4}[recipe.every]
    shocks = stream("macro", name).standard_normal(len(dates)) * recipe.noise / np.sqrt(per_year)
    level = reverting(shocks, half_life=2 * per_year)
    years = (np.arange(len(dates)) - len(dates) + 1) / per_year
    if recipe.growth:
        values = recipe.last * np.exp(np.log1p(recipe.growth) * years + level - level[-1])
    else:
        values = recipe.last * np.exp((level - level[-1]) / recipe.last)
    found = pd.Series(np.round(values, 2), index=dates, name=name)
    found.attrs = _attributes(recipe.title, recipe.unit)
    return found


def _attributes(title: str, unit: str) -> dict[Hashable, object]:
    return {"title": f"{title} (fictional)", "unit": unit, "source": "demo", "fictional": True}
