"""Getting in and out: how much trades, what the spread costs, and how long leaving takes."""

from math import isnan, sqrt

from ..indicators.spread import edge_spread
from ..indicators.volatility import volatility
from ..indicators.volume import rvol
from .fact import Alternative, Fact, Input
from .outcome import Outcome, unknown
from .spec import FactSpec, below, rest, upto
from .tape import daily, from_bars, last_session, volumes
from .units import MONEY
from .workings import Workings, as_input, lacking

GROUP = "liquidity"

SHARE_OF_VOLUME = 0.10
"""The part of a day's volume that one seller can be without being seen."""
POSITION = "size of the position"
"""Name of the input that says how many shares are to be sold."""
_USUAL = "10,000 shares"


def sized(label: str, fact: Fact) -> str:
    """The label of a fact with the size of the position that was asked for in it.

    Example:
        >>> asked = Input(name=POSITION, value=50_000, source="asked for", unit="shares")
        >>> fact = Fact(name="days_to_exit_10000_shares", value=5.6, unit="days", inputs=(asked,))
        >>> sized("Days to sell 10,000 shares", fact)
        'Days to sell 50,000 shares'
    """
    size = next((one.value for one in fact.inputs if one.name == POSITION), None)
    return label if size is None else label.replace(_USUAL, f"{size:,.0f} shares")


def _average_volume(workings: Workings) -> Outcome:
    found = volumes(workings, 20)
    if isinstance(found, Outcome):
        return found
    bars, volume = found
    return from_bars(float(volume.mean()), bars, used=20)


def _average_dollar_volume(workings: Workings) -> Outcome:
    found = volumes(workings, 20)
    if isinstance(found, Outcome):
        return found
    bars, volume = found
    traded = bars.close.to_numpy()[-20:] * volume
    return from_bars(float(traded.mean()), bars, used=20, unit=workings.subject.currency)


def _relative_volume(workings: Workings) -> Outcome:
    found = volumes(workings, 21)
    if isinstance(found, Outcome):
        return found
    bars, volume = found
    ratio = float(rvol(bars.tail(21)).iloc[-1])
    if isnan(ratio):
        return unknown("nothing was traded in the 20 days before the last")
    last = Input(
        name="last volume",
        value=float(volume[-1]),
        source=bars.source,
        as_of=last_session(bars),
        unit="shares",
    )
    return from_bars(ratio, bars, last, used=21)


def _spread(workings: Workings) -> Outcome:
    bars = daily(workings, 63)
    if isinstance(bars, Outcome):
        return bars
    estimate = edge_spread(bars, 63)
    if isnan(estimate):
        return unknown("the prices hardly moved, so no spread can be estimated from them")
    if estimate < 0:
        return unknown("the estimate is below zero: daily noise drowns the spread")
    return from_bars(estimate * 10_000, bars, used=63)


def _exit_cost(workings: Workings) -> Outcome:
    bars = daily(workings, 21)
    volume = workings.fact("average_volume_20d")
    spread = workings.fact("spread_estimate_bps")
    if isinstance(bars, Outcome):
        return bars
    if gap := lacking(volume):
        return gap
    daily_move = volatility(bars.close, 20, bars_per_year=1)
    if isnan(daily_move):
        return unknown("a price of the last 21 days is not positive")
    shares = workings.subject.shares
    impact = 10_000 * daily_move * sqrt(shares / (volume.value or 1.0))
    inputs = (as_input(spread), _moves(daily_move, workings), as_input(volume), _position(workings))
    if spread.value is None:
        found = unknown(f"it needs spread_estimate_bps: {spread.reason}", inputs=inputs)
        return _with_impact(found, impact)
    return Outcome(
        value=spread.value / 2 + impact,
        as_of=last_session(bars),
        inputs=inputs,
        formula=f"half the spread + 10,000 × daily volatility × √({shares:,} shares / average volume)",
    )


def _with_impact(found: Outcome, impact: float) -> Outcome:
    """The part that is known, so that an unknown spread does not hide it."""
    other = Alternative(source="market impact alone, the spread left out", value=impact)
    return Outcome(
        value=None,
        reason=found.reason,
        failed=found.failed,
        inputs=found.inputs,
        alternatives=(other,),
    )


def _moves(daily_move: float, workings: Workings) -> Input:
    bars = workings.subject.bars
    return Input(
        name="standard deviation of the last 20 daily returns",
        value=daily_move,
        source=bars.source if bars is not None else "",
        as_of=last_session(bars) if bars is not None else None,
        unit="fraction",
    )


def _position(workings: Workings) -> Input:
    return Input(
        name=POSITION,
        value=workings.subject.shares,
        source="asked for",
        unit="shares",
    )


def _days_to_exit(workings: Workings) -> Outcome:
    volume: Fact = workings.fact("average_volume_20d")
    if gap := lacking(volume):
        return gap
    shares = workings.subject.shares
    return Outcome(
        value=shares / (SHARE_OF_VOLUME * (volume.value or 1.0)),
        as_of=volume.as_of,
        inputs=(as_input(volume), _position(workings)),
        formula=f"{shares:,} shares / 10 % of the average volume of 20 days",
    )


AVERAGE_VOLUME_20D = FactSpec(
    name="average_volume_20d",
    unit="shares",
    label="Average volume, 20 days",
    group=GROUP,
    formula="the mean volume of the last 20 days",
    compute=_average_volume,
    words=("average volume", "volume", "trading volume"),
    better="higher",
    about="traded",
)

AVERAGE_DOLLAR_VOLUME_20D = FactSpec(
    name="average_dollar_volume_20d",
    unit=MONEY,
    label="Traded a day, 20 days",
    group=GROUP,
    formula="the mean of close × volume over the last 20 days",
    compute=_average_dollar_volume,
    words=("dollar volume", "average dollar volume", "turnover in money"),
    better="higher",
    about="traded",
    cuts=(
        below(500_000, "very thin", "bad"),
        below(5e6, "thin", "warn"),
        below(50e6, "moderate"),
        rest("deep", "good"),
    ),
    cuts_in="USD",
)

RELATIVE_VOLUME = FactSpec(
    name="relative_volume",
    unit="ratio",
    label="Relative volume",
    group=GROUP,
    formula="last volume / mean volume of the 20 days before",
    compute=_relative_volume,
    words=("rvol", "volume ratio"),
    about="traded",
    cuts=(below(0.5, "quiet"), upto(1.5, "usual"), rest("heavy")),
)

SPREAD_ESTIMATE_BPS = FactSpec(
    name="spread_estimate_bps",
    unit="bps",
    label="Bid-ask spread, estimated",
    group=GROUP,
    formula="10,000 × the EDGE estimate of the bid-ask spread from the last 63 daily bars",
    compute=_spread,
    words=("spread", "bid-ask spread", "bid ask spread"),
    better="lower",
    about="traded",
    cuts=(
        upto(20, "narrow", "good"),
        upto(50, "moderate"),
        upto(150, "wide", "warn"),
        rest("very wide", "bad"),
    ),
)

EXIT_COST_BPS = FactSpec(
    name="exit_cost_bps_10000_shares",
    unit="bps",
    label="Cost to sell 10,000 shares",
    group=GROUP,
    formula="half the spread + 10,000 × daily volatility × √(shares / average volume), both over 20 days",
    compute=_exit_cost,
    words=("exit cost", "cost to sell", "slippage", "market impact"),
    better="lower",
    about="traded",
    cuts=(
        upto(25, "small", "good"),
        upto(75, "noticeable"),
        upto(200, "costly", "warn"),
        rest("very costly", "bad"),
    ),
)

DAYS_TO_EXIT = FactSpec(
    name="days_to_exit_10000_shares",
    unit="days",
    label="Days to sell 10,000 shares",
    group=GROUP,
    formula="shares / 10 % of the average volume of 20 days",
    compute=_days_to_exit,
    words=("days to exit", "days to sell", "time to exit"),
    better="lower",
    about="traded",
    cuts=(
        upto(0.25, "at once", "good"),
        upto(1.0, "within a day"),
        upto(5.0, "takes days", "warn"),
        rest("hard to leave", "bad"),
    ),
)
