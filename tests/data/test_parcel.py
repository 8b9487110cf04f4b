"""Parcels carry bars to workers whole, and without copying them."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.market import Bars, Interval
from genie_nb.data.calendar import closed
from genie_nb.data.demo import open_provider
from genie_nb.data.parcel import pack, unpack


def demo(*tickers: str, interval: Interval = Interval.D1) -> list[Bars]:
    provider: Any = open_provider("")
    tapes = provider.bars(tickers, interval, None, None)
    return [closed(tapes[ticker], provider.now()) for ticker in tickers]


def assert_equal(one: Bars, other: Bars) -> None:
    pd.testing.assert_frame_equal(one.frame, other.frame, check_freq=False, check_exact=True)
    pd.testing.assert_series_equal(
        one.dividends, other.dividends, check_names=False, check_index_type=False
    )
    pd.testing.assert_series_equal(
        one.splits, other.splits, check_names=False, check_index_type=False
    )
    for name in ("ticker", "interval", "currency", "timezone", "source", "fetched_at", "dropped"):
        assert getattr(one, name) == getattr(other, name), name
    for name in ("closes", "session_ends"):
        assert getattr(one, name).equals(getattr(other, name))


@pytest.mark.parametrize("interval", [Interval.D1, Interval.M5])
def test_what_is_packed_is_unpacked(interval: Interval, tmp_path: Path) -> None:
    tapes = demo("ACME", "WNCH", "GFBK", interval=interval)
    for parcel in (pack(tapes), pack(tapes, file=tmp_path / "bars.arrow")):
        for before, after in zip(tapes, unpack(parcel), strict=True):
            assert_equal(before, after)


def test_bars_without_a_calendar_have_none_afterwards() -> None:
    (tape,) = demo("ACME")
    plain = Bars.from_frame(tape.frame, ticker="X")
    (after,) = unpack(pack([plain]))
    assert after.closes is None
    assert after.session_ends is None
    assert after.fetched_at is None


def test_no_bars_are_bars_too() -> None:
    (tape,) = demo("ACME")
    (after,) = unpack(pack([tape.head(0)]))
    assert len(after) == 0


def test_a_file_is_read_without_a_copy(tmp_path: Path) -> None:
    (after,) = unpack(pack(demo("ACME"), file=tmp_path / "bars.arrow"))
    close = after.close.to_numpy()
    assert not close.flags.owndata
    assert not close.flags.writeable
    assert np.isfinite(close).all()
