"""Scores: how much speaks for each strategy on one ticker, and why.

strategy + traits + bars -> fit, noise, out of sample, null -> Score
"""

from dataclasses import dataclass
from math import tanh
from typing import Any

from ..backtest import run_backtest
from ..errors import SetupError, TooFewBars
from ..figures import written
from ..market import Bars
from ..strategies import Strategy, Traits
from .fit import against, fit
from .noise import WITHIN, noise_per_year
from .null import SHUFFLES, null_p
from .unseen import FEW, OutOfSample, out_of_sample

FIT_NEEDED = 0.4
LOSS_ALLOWED = -1.0
"""Standard errors by which the out-of-sample mean return may lie below 0 and still be chance."""

NO_FIT = "It does not say which stocks it fits."

QUIET = 4.0
"""False signals a year that halve the part of the score that noise decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What speaks for and against one strategy.

    Attributes:
        strategy: Its name.
        score: fit × (0.4 + 0.2 · quiet + 0.25 · unseen + 0.15 · order), 0 to 1, where quiet is
            1 / (1 + noise a year / 4), unseen is (1 + tanh(t / 2)) / 2 of the out-of-sample
            return's t value, and order is 1 − null_p. What is not known adds nothing.
        fit: How well it suits the stock's traits, 0 to 1; None where it does not say.
        noise_per_year: False signals a year; None where the entry was never known.
        out_of_sample: The last 30 % of the bars, after costs; None where they were too few.
        null_p: Share of chance orders of the same moves that earned as much.
        reasons: All of this in sentences.
        obstacle: Why it cannot be picked, as a sentence; empty when it can.
    """

    strategy: str
    score: float
    fit: float | None
    noise_per_year: float | None = None
    out_of_sample: OutOfSample | None = None
    null_p: float | None = None
    reasons: tuple[str, ...] = ()
    obstacle: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `setup`."""
        unseen = self.out_of_sample
        return {
            "strategy": self.strategy,
            "score": self.score,
            "fit": self.fit,
            "noise_per_year": self.noise_per_year,
            "out_of_sample": unseen.to_dict() if unseen else None,
            "null_p": self.null_p,
            "reasons": list(self.reasons),
        }


def score(
    strategy: Strategy, traits: Traits, bars: Bars | None, spread_bps: float | None = None
) -> Score:
    """Judge one strategy with its default parameters on one ticker.

    Args:
        strategy: Which.
        traits: Of the stock.
        bars: Of the length the strategy needs; None where there are none.
        spread_bps: The whole spread, as estimated; None when it is not known, and costs have none.

    Raises:
        BadBars: A price is not above zero.
    """
    if bars is None:
        missing = f"It needs {strategy.usual_interval} bars, and there are none."
        return _judged(strategy, 0.0, reasons=(missing,), hindrance=missing)
    try:
        suits = fit(strategy, traits)
        first = _fit_words(strategy, traits, suits)
    except SetupError as error:
        return _judged(strategy, None, reasons=(str(error),), hindrance=str(error))
    try:
        result = run_backtest(strategy, bars, spread_bps=spread_bps or 0.0)
        unseen = out_of_sample(strategy, bars, spread_bps=spread_bps)
    except TooFewBars as error:
        return _judged(strategy, suits, reasons=(first, str(error)), hindrance=str(error))
    noise = noise_per_year(result)
    chance = null_p(bars, result.entry, result.exit, result.costs)
    words = (first, _noise_words(noise), _unseen_words(unseen), _null_words(chance))
    return _judged(strategy, suits, noise, unseen, chance, reasons=(*words, *result.notes))


def _judged(
    strategy: Strategy,
    suits: float | None,
    noise: float | None = None,
    unseen: OutOfSample | None = None,
    chance: float | None = None,
    *,
    reasons: tuple[str, ...],
    hindrance: str = "",
) -> Score:
    quiet = 0.0 if noise is None else 1 / (1 + noise / QUIET)
    proof = (
        0.0 if unseen is None or unseen.evidence is None else (1 + tanh(unseen.evidence / 2)) / 2
    )
    order = 0.0 if chance is None else 1 - chance
    obstacle = hindrance or _obstacle(suits, unseen, chance)
    shown = (
        (*reasons, f"Not picked: {_lowered(obstacle)}")
        if obstacle not in ("", *reasons)
        else reasons
    )
    return Score(
        strategy=strategy.name,
        score=(suits or 0.0) * (0.4 + 0.2 * quiet + 0.25 * proof + 0.15 * order),
        fit=suits,
        noise_per_year=noise,
        out_of_sample=unseen,
        null_p=chance,
        reasons=shown,
        obstacle=obstacle,
    )


def _obstacle(suits: float | None, unseen: OutOfSample | None, chance: float | None) -> str:
    """Why it cannot be picked."""
    if suits is None:
        return NO_FIT
    if suits < FIT_NEEDED:
        return f"Its fit of {suits:.2f} is below the {FIT_NEEDED:.2f} that is needed."
    if unseen is None or unseen.evidence is None:
        return "It did not trade on the last 30 % of the bars, so nothing confirms it."
    if unseen.evidence < LOSS_ALLOWED:
        return "It lost more on the last 30 % of the bars than chance explains."
    if unseen.total_return <= 0 and (chance is None or chance >= 0.5):
        return "It lost on the last 30 % of the bars, and chance orders did as well."
    return ""


def _fit_words(strategy: Strategy, traits: Traits, suits: float | None) -> str:
    if suits is None:
        return NO_FIT
    return f"Its fit is {suits:.2f} of 1: {against(strategy, traits)}."


def _noise_words(noise: float | None) -> str:
    if noise is None:
        return "Its noise is unknown, as its entry was never known."
    return (
        f"{noise:.1f} false signals a year: entries followed by a fall of one ATR before a rise of one, "
        f"within {WITHIN} bars."
    )


def _unseen_words(unseen: OutOfSample) -> str:
    since = f"On the last 30 % of the bars, from {unseen.start:%Y-%m-%d} on,"
    holding = f"holding returned {written(unseen.buy_and_hold, 'fraction', signed=True)}"
    if unseen.sharpe is None:
        return f"{since} it did not trade; {holding}."
    few = f" Fewer than {FEW} trades are too few to say." if unseen.trades < FEW else ""
    trades = f"{unseen.trades} closed trade{'' if unseen.trades == 1 else 's'}"
    costs = f"fees of {unseen.fee_bps:g} bps a side and {_spread_words(unseen.spread_bps)}"
    return (
        f"{since} it returned {written(unseen.total_return, 'fraction', signed=True)} in {trades} after "
        f"{costs}; {holding}.{few}"
    )


def _spread_words(spread_bps: float | None) -> str:
    if spread_bps is None:
        return "no spread, as none can be told from the noise of these prices"
    return f"a spread of {spread_bps:.0f} bps"


def _null_words(chance: float | None) -> str:
    if chance is None:
        return "No chance orders could be tried on these prices."
    as_much = round(chance * (1 + SHUFFLES)) - 1
    tail = "" if chance < 0.5 else ", so their order helped it no more than chance"
    return f"{as_much} of {SHUFFLES} chance orders of the same moves earned as much{tail}."


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
