"""Python calls that open a panel."""

from pathlib import Path

from ...answer import Answer
from .call import Moment, do


def tune(
    ticker: str,
    strategy: str = "",
    *,
    interval: str | None = None,
    fee_bps: float | None = None,
    spread_bps: float | None = None,
    shares: int | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
    **params: float,
) -> Answer:
    """A strategy under sliders: shown in a notebook it opens a panel, elsewhere it is the study.

    Args:
        ticker: As for `analyze`.
        strategy: Of an installed strategy; the one that fits the ticker best unless given.
        interval: As for `strategy`.
        fee_bps: As for `strategy`.
        spread_bps: As for `strategy`.
        shares: As for `strategy`.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.
        **params: Where the sliders stand at first, where that is not the usual place.

    Raises:
        UnknownName: No such strategy or parameter.
        AskError: A parameter outside its range.
        DataError: The bars could not be had, or are too few.
    """
    return do("tune", tickers=(ticker,), word=strategy, set=params or None, interval=interval,
                fee_bps=fee_bps, spread_bps=spread_bps, shares=shares, provider=provider,
                as_of=as_of, deadline=deadline, home=home)  # fmt: skip


def panel(
    ticker: str = "",
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    shares: int | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """A ticker to click through: shown in a notebook it opens a panel, elsewhere it is the report.

    Args:
        ticker: As for `analyze`; the first that is watched, or a company of the demo market unless given.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        shares: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        AskError: The ticker or an option could not be read.
        DataError: Nothing could be had from the provider, and why.
    """
    return do("panel", tickers=(ticker,) if ticker else (), provider=provider, as_of=as_of, shares=shares,
                deadline=deadline, home=home)  # fmt: skip


def watching(
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """The rules as `rules` has them: shown in a notebook they open a panel to work with.

    Args:
        provider: As for `rules`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        SetupError: Watchlist or ledger cannot be read.
    """
    return do("watching", provider=provider, as_of=as_of, deadline=deadline, home=home)
