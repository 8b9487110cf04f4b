"""Smart pick and setup: the strategy that suits a stock, if any, and the rules it arms.

bars -> traits -> five scores -> pick or none -> rules, each with how often it would have fired
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..backtest.costs import BPS
from ..fundamentals import Missing
from ..indicators import edge_spread
from ..market import Bars
from ..report import DISCLAIMER, Timing, iso
from ..rule import Rule
from ..strategies import BUILT_IN, Strategy, Traits
from ..watch.arming import Arming
from .proposal import Proposal, propose
from .score import Score, score
from .traits import traits

TOLD = 3
"""Rules that are told one by one in the sentences; more than these are a table, not a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What suits a stock, and what is armed or would be: `setup`.

    Attributes:
        ticker: Whose.
        provider: Which source answered.
        as_of: What was knowable.
        traits: What kind of stock it is.
        scores: Every strategy's, the best first.
        pick: The strategy that fits best; None when none fits.
        rules: What is armed, or would be.
        said_back: All of this in sentences.
        armed: The rules that are watched from now on; none when they were only prepared.
        fictional: Whether the company is invented.
        missing: What could not be fetched, and why.
        timing: What it cost.
    """

    ticker: str
    provider: str
    as_of: datetime
    traits: Traits
    scores: tuple[Score, ...]
    pick: str | None
    rules: tuple[Proposal, ...]
    said_back: str
    armed: tuple[Arming, ...] = ()
    fictional: bool = False
    missing: tuple[Missing, ...] = ()
    timing: Timing = field(default_factory=Timing)

    @property
    def exit(self) -> int:
        """3 when something could not be fetched, else 0: that none fits is an answer."""
        return 3 if any(item.failed for item in self.missing) else 0

    def to_dict(self) -> dict[str, Any]:
        """The `genie-setup/1` JSON."""
        return {
            "schema": "genie-setup/1",
            "as_of": iso(self.as_of),
            "provider": self.provider,
            "ticker": self.ticker,
            "pick": self.pick,
            "scores": [one.to_dict() for one in self.scores],
            "rules": [proposal.to_dict() for proposal in self.rules],
            "armed": [arming.to_dict() for arming in self.armed],
            "traits": self.traits.to_dict(),
            "said_back": self.said_back,
            "fictional": self.fictional,
            "missing": [{"what": item.what, "reason": item.reason} for item in self.missing],
            "timing": self.timing.to_dict(),
            "disclaimer": DISCLAIMER,
        }


def set_up(
    daily: Bars,
    intraday: Bars | None = None,
    *,
    as_of: datetime,
    provider: str,
    rule_provider: str | None = None,
    everything: bool = False,
    arming: bool = False,
    strategies: Mapping[str, Strategy] = BUILT_IN,
) -> Setup:
    """Score every strategy on a stock, pick the one that suits it, and prepare its rules.

    Args:
        daily: Daily bars.
        intraday: Shorter ones with their sessions' ends, for strategies that trade within a session.
        as_of: What was knowable.
        provider: Which source answered.
        rule_provider: The provider that rules name; None when it is the configured one.
        everything: Prepare the rules of all strategies that have bars, whatever is picked.
        arming: Whether they are armed afterwards, so that this is said.
        strategies: By name.

    Raises:
        BadBars: A price is not above zero.
    """
    if intraday is not None and not len(intraday):
        intraday = None
    kind = traits(daily, intraday=intraday is not None)
    spread = spread_bps(daily)
    bars = {name: intraday if one.intraday_only else daily for name, one in strategies.items()}
    judged = (score(one, kind, bars[name], spread) for name, one in strategies.items())
    scores = tuple(sorted(judged, key=lambda one: (-one.score, one.strategy)))
    pick = next((one.strategy for one in scores if not one.obstacle), None)
    chosen = [one.strategy for one in scores] if everything else [pick] if pick else []
    rules: dict[str, Proposal] = {}
    for name in chosen:
        for proposal in _proposals(strategies[name], bars[name], rule_provider):
            rules.setdefault(proposal.rule.rule_id, proposal)
    prepared = tuple(rules.values())
    return Setup(
        ticker=daily.ticker,
        provider=provider,
        as_of=as_of,
        traits=kind,
        scores=scores,
        pick=pick,
        rules=prepared,
        said_back=_said(daily.ticker, scores, pick, prepared, arming=arming),
    )


def spread_bps(bars: Bars) -> float | None:
    """The spread by the EDGE estimator over the last 63 bars; None where noise drowns it."""
    estimate = edge_spread(bars)
    return estimate * BPS if estimate >= 0 else None


def _proposals(strategy: Strategy, bars: Bars | None, provider: str | None) -> Iterator[Proposal]:
    """A strategy's rules, where it has bars."""
    if bars is None or not len(bars):
        return
    for name, condition in strategy.rules_at(bars.interval).items():
        rule = Rule(
            ticker=bars.ticker,
            interval=bars.interval,
            provider=provider,
            condition=condition,
            comment=f"{strategy.name}: {name}",
        )
        yield propose(rule, bars, strategy=strategy.name, name=name)


def _said(
    ticker: str,
    scores: tuple[Score, ...],
    pick: str | None,
    rules: tuple[Proposal, ...],
    *,
    arming: bool,
) -> str:
    if pick is None:
        nearest = (
            f" The nearest is {_named(scores[0].strategy)}: {_small(scores[0].obstacle)}"
            if scores
            else ""
        )
        head = f"None of the {len(scores)} strategies fits {ticker}.{nearest}"
    else:
        head = f"Of {len(scores)} strategies, {_named(pick)} fits {ticker} best."
    verb = ("is" if len(rules) == 1 else "are") if arming else "would be"
    armed = f"{len(rules)} rule{'' if len(rules) == 1 else 's'} {verb} armed."
    told = rules if len(rules) <= TOLD else ()
    each = (f"{proposal.rule.condition}: {_small(proposal.said)}" for proposal in told)
    return " ".join((head, armed, *each))


def _named(strategy: str) -> str:
    return strategy.replace("_", " ")


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
