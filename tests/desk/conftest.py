"""A stand: a desk with a provider of our own making, whose clock and tapes move when told to."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from genie_nb.config import AlertSettings, Config
from genie_nb.core.ask.command import make_ask
from genie_nb.core.market import Bars
from genie_nb.core.provider import Capabilities
from genie_nb.data.calendar import Calendar
from genie_nb.desk import Desk
from genie_nb.testing import FakeProvider


class Stand:
    """Rules on tapes of our own making.

    Attributes:
        home: Where watchlist and ledger are.
        fake: The provider.
        desk: Its desk.
    """

    def __init__(self, home: Path, *, name: str = "fake", **settings: Any) -> None:
        self.home = home
        self.fake = FakeProvider(name=name)
        config = Config(provider=name, alerts=AlertSettings(**settings), path=home / "config.toml")
        self.desk = Desk(config, home, provider=self.fake)

    def put(self, closes: Sequence[float], *, ticker: str = "X", **more: Any) -> Bars:
        """Give it daily bars from the first session of 2026 on, and move its clock to their end."""
        tape = daily(closes, ticker=ticker, **more)
        self.fake.put(tape)
        self.go(tape.index.to_pydatetime()[-1].date().isoformat())
        return tape

    def go(self, day: str) -> None:
        """Move its clock to half an hour after the close of *day*."""
        close = Calendar().end_of(datetime.fromisoformat(day).date())
        self.fake.set_now(close + pd.Timedelta(minutes=30).to_pytimedelta())

    def can(self, **abilities: Any) -> None:
        """Let it say what it can do."""
        had = self.fake.capabilities
        kept = {"intervals": had.intervals} | abilities
        self.fake._capabilities = Capabilities(**kept)

    def ask(self, verb: str, words: str = "", tickers: Sequence[str] = (), **options: Any) -> Any:
        """Ask the desk."""
        ask = make_ask(verb, words=words, tickers=tickers, options=options)
        return self.desk.answer(ask)

    def watch(self, rule: str, ticker: str = "X", **options: Any) -> Any:
        """Arm a rule."""
        return self.ask("watch", rule, [ticker], **options)

    def check(self, **options: Any) -> Any:
        """Check every rule once."""
        return self.ask("check", **options)

    def rules(self, **options: Any) -> Any:
        """What is watched."""
        return self.ask("rules", **options).rules

    def list_by_hand(self, text: str) -> None:
        """Write the watchlist as a person does."""
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "watchlist.txt").write_text(text)


def daily(
    closes: Sequence[float],
    *,
    ticker: str = "X",
    start: str = "2026-01-02",
    volume: float | Sequence[float] = 1e6,
    opens: Sequence[float] | None = None,
    **events: Sequence[float],
) -> Bars:
    """Daily bars on real sessions of New York, each opening at the close before."""
    first = datetime.fromisoformat(start).date()
    days = Calendar().sessions(
        first, first + pd.Timedelta(days=3 * len(closes) + 30).to_pytimedelta()
    )
    opening = opens or [closes[0], *closes[:-1]]
    frame = pd.DataFrame(
        {
            "open": opening,
            "high": [max(pair) for pair in zip(opening, closes, strict=True)],
            "low": [min(pair) for pair in zip(opening, closes, strict=True)],
            "close": closes,
            "volume": volume,
            **events,
        },
        index=days.tz_localize(None)[: len(closes)],
    )
    return Bars.from_frame(frame, ticker=ticker, currency="USD", source="fake")


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    return Stand(tmp_path / "home")


@pytest.fixture
def stand_at(tmp_path: Path) -> Callable[..., Stand]:
    """Makes stands with settings of their own, in the same home."""
    return lambda **settings: Stand(tmp_path / "home", **settings)


@pytest.fixture
def tape() -> Callable[..., Bars]:
    return daily


@pytest.fixture
def utc() -> Callable[[str], datetime]:
    return lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC)
