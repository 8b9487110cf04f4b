"""A Subject: everything that was found about one ticker, and why the rest was not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ..bands import LIMITS
from ..fundamentals import Fundamentals, Kind, Missing
from ..market import Bars
from ..provider import PeerGroup
from .fact import Unit
from .units import UNNAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What facts are reckoned from.

    Attributes:
        as_of: What was knowable, aware UTC.
        ticker: The symbol.
        bars: Daily prices; None when they did not come.
        index: Daily prices of the large-cap index.
        small_index: Daily prices of the small-cap index.
        fundamentals: What the provider knows of the company.
        peers: Whom it is compared with.
        shares: Size of the position that leaving is reckoned for.
        limits: Upper limits of the market-cap bands, in US dollars.
        missing: The parts above that are None, by their names, and why.
    """

    as_of: datetime
    ticker: str = ""
    bars: Bars | None = None
    index: Bars | None = None
    small_index: Bars | None = None
    fundamentals: Fundamentals | None = None
    peers: PeerGroup | None = None
    shares: int = 10_000
    limits: Mapping[str, float] = field(default_factory=lambda: LIMITS)
    missing: tuple[Missing, ...] = ()

    @property
    def kind(self) -> Kind:
        """What the ticker stands for; taken for a company until the provider says otherwise."""
        return self.fundamentals.kind if self.fundamentals else "equity"

    @property
    def currency(self) -> Unit:
        """The currency of the price, or `UNNAMED`."""
        quoted = self.bars.currency if self.bars is not None else None
        return quoted or (self.fundamentals.currency if self.fundamentals else None) or UNNAMED

    @property
    def today(self) -> date:
        """The date at the exchange when this was knowable."""
        zone = self.bars.timezone if self.bars is not None else "America/New_York"
        return self.as_of.astimezone(ZoneInfo(zone)).date()

    def why(self, *topics: str) -> Missing | None:
        """The report about the first of *topics* that is known to be missing.

        Args:
            topics: Names of parts of a subject, of facts, or words from what a provider calls its
                parts, such as `statements`; the most particular first.
        """
        reports = tuple(self._reports())
        for topic in topics:
            exact = [report for report in reports if report.what == topic]
            about = [report for report in reports if topic in report.what.lower()]
            if exact or about:
                return (exact or about)[0]
        return None

    def _reports(self) -> Iterator[Missing]:
        yield from self.missing
        if self.fundamentals:
            yield from self.fundamentals.missing
