"""The embedded fictional market: no network, no key, the same numbers everywhere.

    roster + cast -> tape (daily) -> intraday
                  -> books (quarters) -> statements, multiples
    factors, schedule, dividends, insiders, earnings, macro beside them; provider in front

Nothing is stored: each ticker is made when it is first asked for, from seeds that depend on its name
alone, so asking for one company makes one company's tape.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ...core.errors import BadConfig

if TYPE_CHECKING:
    from .provider import DemoProvider


def open_provider(address: str = "", _folder: Path | None = None) -> "DemoProvider":
    """The demo market; it has no address and keeps no files.

    Raises:
        BadConfig: Something stands after `demo:`.

    Example:
        >>> open_provider().now().isoformat()
        '2026-01-12T21:30:00+00:00'
    """
    if address:
        raise BadConfig(
            f"The demo market takes no address, but got {address!r}.",
            seen=address,
            needed="demo",
            cure="Write --provider demo.",
        )
    from .provider import DemoProvider

    return DemoProvider()
