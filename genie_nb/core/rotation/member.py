"""A company that counts as small or as large."""

from dataclasses import dataclass

import pandas as pd

from ..bands import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One company, as far as a rotation is seen in it.

    Attributes:
        ticker: The symbol.
        band: What its market value makes it.
        closes: Daily closes by session, oldest first.
        pe: Its `pe_trailing`; None where it has none.
    """

    ticker: str
    band: Band
    closes: pd.Series
    pe: float | None = None
