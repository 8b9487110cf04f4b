"""Yahoo Finance, live and without a key, through yfinance.

provider ─ bars       Ticker.history, one ticker per thread
         ├ company    quoteSummary: who it is and what Yahoo reckons itself
         ├ events     quoteSummary: insiders, past and next earnings
         ├ statements fundamentals-timeseries, each figure with its own currency
         └ peers      the screener
             └─ client: yfinance's session, cookie and crumb; every failure typed
"""

from pathlib import Path

from ...core.provider import Provider


def open_provider(address: str = "", folder: Path | None = None) -> Provider:
    """The provider called `yahoo`; it asks for nothing until it is asked.

    Args:
        address: Nothing stands behind `yahoo`.
        folder: Where yfinance keeps its cookie and time zones; None for the place beside the cache.

    Raises:
        BadConfig: Something does.
    """
    from ...core.errors import BadConfig
    from .provider import Yahoo

    if address:
        raise BadConfig(
            f"The provider yahoo takes no address, but was given {address!r}.",
            seen=address,
            needed="yahoo",
            cure="Write --provider yahoo.",
        )
    return Yahoo(cache_dir=folder and folder / "yfinance")
