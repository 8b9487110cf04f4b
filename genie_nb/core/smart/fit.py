"""Fit: how well a strategy suits a stock, and which trait speaks against it."""

from dataclasses import replace
from math import isfinite

from ..errors import SetupError
from ..strategies import Strategy, Traits

_TRIED = {
    "volatility": (0.1, 0.3, 0.6, 1.2),
    "growth": (-0.2, 0.0, 0.2),
    "trend": (0.0, 0.3, 0.8),
    "range": (0.2, 0.9),
    "pullback": (0.0, 2.0, 5.0),
    "gaps": (0.0, 0.3),
    "dollar_volume": (1e4, 1e6, 1e9),
    "intraday": (True,),
}
"""Values of each trait that would make it another stock."""

_WORDS = {
    "volatility": "its volatility",
    "growth": "its growth",
    "trend": "how straight its way was",
    "range": "how it kept to its range",
    "pullback": "its distance from the last high",
    "gaps": "its gaps",
    "dollar_volume": "how much of it is traded",
    "intraday": "that there are no intraday bars",
}


def fit(strategy: Strategy, traits: Traits) -> float | None:
    """How well the strategy suits the traits, 0 to 1; None where it does not say.

    Raises:
        SetupError: The strategy's own judgement failed.
    """
    if strategy.fit is None:
        return None
    try:
        value = float(strategy.fit(traits))
    except Exception as error:
        raise SetupError(
            f"The fit of {strategy.name} failed: {type(error).__name__}: {error}.",
            seen=str(traits),
            needed="a number from 0 to 1 for any traits, of which each may be None",
            cure="Correct its fit; genie_nb.testing.check_strategy shows where.",
        ) from error
    return min(1.0, max(0.0, value)) if isfinite(value) else None


def against(strategy: Strategy, traits: Traits) -> str:
    """What speaks most against the strategy, as a clause.

    It is the trait whose change alone would make the strategy fit best.
    """
    now = fit(strategy, traits) or 0.0
    gains = {
        name: max(fit(strategy, replace(traits, **{name: value})) or 0.0 for value in values) - now
        for name, values in _TRIED.items()
    }
    name = max(gains, key=gains.__getitem__)
    if gains[name] > 0.05:
        return f"what speaks most against it is {_WORDS[name]}"
    return "nothing speaks against it" if now > 0.9 else "several of its traits speak against it"
