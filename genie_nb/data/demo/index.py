"""The two indices that companies are compared with."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A basket without shares of its own.

    Attributes:
        ticker: The symbol.
        name: Its invented name.
        level: Close of the last session.
        tilt: Its part in the small caps' lead over large ones.
    """

    ticker: str
    name: str
    level: float
    tilt: float


SMALL_CAPS = Index(ticker="SCIX", name="Fictional Small-Cap Index", level=2431.18, tilt=1.0)
LARGE_CAPS = Index(ticker="LCIX", name="Fictional Large-Cap Index", level=6127.45, tilt=0.0)

INDICES: Mapping[str, Index] = {index.ticker: index for index in (SMALL_CAPS, LARGE_CAPS)}
