"""What a scan says of one ticker: a row, or why there is none."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self

from ..smart.unseen import FEW

State = Literal["true", "false", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What a strategy did on one ticker, after costs.

    Attributes:
        position: Whether it is in the market at the newest bar.
        in_sample: Metrics over the first 70 % of the bars; None where they were too few.
        out_of_sample: Metrics over the last 30 %, with lines warmed up on the bars before.
        buy_and_hold: The same metrics of holding over the last 30 %.
        spread_bps: The estimated spread that was paid; None where no estimate could be made and none
            was.
    """

    position: Literal["long", "flat"]
    in_sample: Mapping[str, float | int | None] | None
    out_of_sample: Mapping[str, float | int | None]
    buy_and_hold: Mapping[str, float | int | None]
    spread_bps: float | None

    @property
    def few_trades(self) -> bool:
        """Whether the out-of-sample trades are too few to say."""
        return (self.out_of_sample["trades"] or 0) < FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One ticker in which it was looked for.

    Attributes:
        ticker: The symbol.
        name: The company, where it is known; outside text.
        score: Mean of the parts, 0 to 1. What is not known adds nothing.
        parts: What the score is made of, each 0 to 1, None where it cannot be known.
        state: Whether the condition is true at the newest bar; of a strategy, whether it would enter.
        bars_since: Bars since it was last true, for a rule since it last fired; 0 at the newest bar,
            None if never.
        since: Label of that bar, ISO, UTC.
        bar_time: Label of the newest bar, ISO, UTC.
        price: The newest close.
        currency: ISO code of the price, when known.
        distance: How far the left side of a single comparison is from the right one, as a fraction of
            it: −0.03 is 3 % below. None for other conditions.
        tested: What the strategy did; None for a rule.
        note: What has to be known to read the row; empty as a rule.
    """

    ticker: str
    score: float
    parts: Mapping[str, float | None]
    state: State
    bars_since: int | None
    since: str | None
    bar_time: str
    price: float
    currency: str | None = None
    name: str | None = None
    distance: float | None = None
    tested: Tested | None = None
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON of `scan`; a rule has no figures of a test, a strategy no distance."""
        plain = asdict(self)
        tested = plain.pop("tested")
        if tested is None:
            return plain
        del plain["distance"]
        return {**plain, **tested}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:
        """The row that `to_dict` wrote."""
        names = [field.name for field in fields(Tested)]
        given = {name: value for name, value in kept.items() if name not in names}
        if "out_of_sample" in kept:
            given["tested"] = Tested(**{name: kept[name] for name in names})
        return cls(**given)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One ticker without a row.

    Attributes:
        ticker: The symbol, or the word that was to be one.
        error: The type of what stood in the way, such as TooFewBars.
        reason: In words.
    """

    ticker: str
    error: str
    reason: str

    @classmethod
    def because(cls, ticker: str, error: Exception) -> Self:
        """Left out for an error."""
        return cls(ticker=ticker, error=type(error).__name__, reason=str(error))

    def to_dict(self) -> dict[str, str]:
        """As in the JSON of `scan`."""
        return asdict(self)
