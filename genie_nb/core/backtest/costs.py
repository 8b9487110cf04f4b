"""What trading costs: a fee, the spread, and the mark that a position leaves on the price."""

from dataclasses import asdict, dataclass
from math import isfinite, sqrt

import numpy as np

from ..errors import AskError
from ..indicators import volatility
from ..market import Bars

BPS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Costs in basis points.

    Attributes:
        fee_bps: Of the traded value, on each side.
        spread_bps: The whole spread; each side pays half of it, in the filled price.
        impact_bps: How far the order moves the price, on each side, in the filled price.

    Raises:
        AskError: One is negative or not finite, or a sale would leave nothing.

    Example:
        >>> cost = Costs(fee_bps=10, spread_bps=20)
        >>> round(100 * cost.buy_price, 2), round(100 * cost.sell_price, 2)
        (100.1, 99.9)
    """

    fee_bps: float = 10.0
    spread_bps: float = 0.0
    impact_bps: float = 0.0

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not isfinite(value) or value < 0:
                raise AskError(
                    f"{name} was {value}.",
                    seen=value,
                    needed="0 or more basis points",
                    cure="Give basis points: 10 is a tenth of a percent.",
                )
        if self.fee >= 1 or self.sell_price <= 0:
            raise AskError(
                f"Costs of {self.fee_bps:g}, {self.spread_bps:g} and {self.impact_bps:g} bps leave "
                "nothing of a sale.",
                seen=asdict(self),
                needed="costs below the price",
                cure="Give basis points: 10 is a tenth of a percent.",
            )

    @property
    def fee(self) -> float:
        """The fee as a fraction of the traded value."""
        return self.fee_bps / BPS

    @property
    def buy_price(self) -> float:
        """The price that a buyer gets, for an open of 1."""
        return 1 + (self.spread_bps / 2 + self.impact_bps) / BPS

    @property
    def sell_price(self) -> float:
        """The price that a seller gets, for an open of 1."""
        return 1 - (self.spread_bps / 2 + self.impact_bps) / BPS

    def to_dict(self) -> dict[str, float]:
        """By name, in basis points."""
        return asdict(self)


def impact_bps(bars: Bars, shares: float) -> float:
    """How far an order for so many shares moves the price: 10,000 · σ20 · √(shares / volume20).

    σ20 is the standard deviation of the last 20 returns, volume20 the mean volume of the last 20 bars,
    as in the fact `exit_cost_bps_10000_shares`.

    Returns:
        Basis points; NaN where prices or volumes are missing, or nothing was traded.
    """
    volume = float(np.mean(bars.volume.to_numpy()[-20:])) if len(bars) else float("nan")
    move = volatility(bars.close, 20, bars_per_year=1)
    return BPS * move * sqrt(shares / volume) if volume > 0 else float("nan")
