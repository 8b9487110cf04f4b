"""Spread: what crossing from bid to ask costs, estimated from prices alone."""

from bidask import edge

from ..market import Bars
from .runs import floats, length


def edge_spread(bars: Bars, n: int = 63) -> float:
    """The bid-ask spread by the EDGE estimator over the last *n* bars.

    Ardia, Guidotti and Kroencke, "Efficient estimation of bid-ask spreads from open, high, low, and
    close prices", Journal of Financial Economics 161 (2024).

    Args:
        bars: Daily bars, as a rule.
        n: Bars in the sample, 3 or more.

    Returns:
        A fraction of the price. Negative where noise outweighs the spread, which is then not known;
        NaN with fewer than *n* bars, a price that is not positive, or prices that hardly moved.
    """
    n = length(n, of="edge_spread", least=3)
    last = bars.tail(n)
    prices = [floats(line) for line in (last.open, last.high, last.low, last.close)]
    if len(last) < n or not all((line > 0).all() for line in prices):
        return float("nan")
    return edge(*prices, sign=True)
