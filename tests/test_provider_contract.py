"""The provider contract: a good provider passes, and each broken promise is caught by name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.errors import NoData, NotFound, Unavailable
from genie_nb.core.fundamentals import Fundamentals, InsiderTrade, Period, Statement
from genie_nb.core.market import Bars, Interval
from genie_nb.core.provider import Capabilities, Match, Peer, PeerGroup
from genie_nb.testing import FakeProvider, check_provider

NOW = datetime(2026, 1, 12, 21, 30, tzinfo=UTC)
YEAR = timedelta(days=400)


def tape(interval: str = "1d", days: int = 20) -> Bars:
    frequency = {"1d": "B", "5m": "5min"}[interval]
    index = pd.date_range(end="2026-01-12 20:55", periods=days, freq=frequency, tz="UTC")
    index = index.normalize() if interval == "1d" else index
    frame = pd.DataFrame({"open": 2.0, "high": 3.0, "low": 1.0, "close": 2.5}, index=index)
    return Bars.from_frame(frame, ticker="ACME", interval=interval)


def company(**fields) -> Fundamentals:
    return Fundamentals(
        **{
            "ticker": "ACME",
            "name": "ACME Corp",
            "source": "fake",
            "as_of": NOW,
            "point_in_time": True,
        }
        | fields
    )


def group(*members: str, **values: float) -> PeerGroup:
    peers = tuple(Peer(ticker=name, name=name, values=values) for name in members)
    return PeerGroup(ticker="ACME", basis="sector X", members=peers, as_of=NOW, source="fake")


class Good(FakeProvider):
    """Keeps every promise; each test breaks one."""

    def __init__(self, **options) -> None:
        known = {
            "bars": [tape(), tape("5m")],
            "fundamentals": [company(), company(as_of=NOW - YEAR)],
            "peers": [group("BOLT", pe_trailing=12.0)],
        }
        super().__init__(**known | options)


def test_a_good_provider_passes():
    check_provider(Good(), "ACME")


def test_a_provider_of_prices_alone_passes():
    check_provider(FakeProvider(bars=[tape()]), "ACME")


def broken(provider, says: str) -> None:
    with pytest.raises(AssertionError, match=says):
        check_provider(provider, "ACME")


def breaking(method: str, answer) -> FakeProvider:
    """A good provider one of whose methods answers otherwise."""
    return type("Broken", (Good,), {method: lambda self, *args: answer(super(Good, self), *args)})()


def rows(change) -> FakeProvider:
    """A good provider whose bars are changed after they were checked."""
    return breaking(
        "bars",
        lambda good, tickers, *rest: {
            ticker: change(found) if isinstance(found, Bars) else found
            for ticker, found in good.bars(tickers, *rest).items()
        },
    )


def test_silent_emptiness_is_caught():
    broken(rows(lambda bars: bars.head(0)), "not silently empty")


def test_a_ticker_left_unanswered_is_caught():
    broken(breaking("bars", lambda good, *_: {}), "answers for every ticker")


def test_an_empty_answer_for_an_unknown_ticker_is_caught():
    def answer(good, tickers, *rest):
        return {
            name: tape().head(0) if name != "ACME" else good.bars([name], *rest)[name]
            for name in tickers
        }

    broken(breaking("bars", answer), "unknown ticker")


def test_bars_in_another_zone_are_caught():
    def moved(bars):
        return replace(bars, frame=bars.frame.tz_convert("America/New_York"))

    broken(rows(moved), "indexed in UTC")


def test_bars_in_disorder_are_caught():
    broken(rows(lambda bars: replace(bars, frame=bars.frame.iloc[::-1])), "in order")


def test_prices_that_are_not_finite_are_caught():
    broken(rows(lambda bars: replace(bars, frame=bars.frame.assign(close=np.nan))), "finite")


def test_a_high_below_its_low_is_caught():
    broken(
        rows(lambda bars: replace(bars, frame=bars.frame.assign(high=0.5))), "high below its low"
    )


def test_the_wrong_ticker_is_caught():
    broken(rows(lambda bars: replace(bars, ticker="BOLT")), "carry that ticker")


def test_limits_that_are_ignored_are_caught():
    def all_of_them(good, tickers, interval, start, end):
        return good.bars(tickers, interval, None, None)

    broken(breaking("bars", all_of_them), "begin no earlier")


def test_a_naive_clock_is_caught():
    broken(Good(now=NOW.replace(tzinfo=None)), "aware UTC")
    broken(Good(now=NOW.astimezone(timezone(timedelta(hours=1)))), "aware UTC")


def test_no_daily_bars_are_caught():
    broken(Good(capabilities=Capabilities(intervals=frozenset({Interval.M5}))), "daily bars")


def test_fundamentals_for_anyone_are_caught():
    broken(breaking("fundamentals", lambda good, *_: company()), "unknown ticker raise a DataError")


def test_fundamentals_of_the_future_are_caught():
    broken(Good(fundamentals=[company(as_of=NOW + YEAR)]), "are not from")


@pytest.mark.parametrize(
    "leak",
    [
        {
            "statements": (
                Statement(
                    topic="income",
                    frequency="annual",
                    currency="USD",
                    periods=(Period(end=date(2024, 6, 30), rows={}, filed=NOW),),
                ),
            )
        },
        {
            "insider_trades": (
                InsiderTrade(day=date(2026, 1, 9), name="x", position="", kind="sale", shares=1),
            )
        },
    ],
)
def test_news_from_after_the_time_asked_for_is_caught(leak):
    old = company(as_of=NOW - YEAR, **leak)
    broken(Good(fundamentals=[company(), old]), "hold nothing from")


def test_a_number_that_stands_for_unknown_is_caught():
    broken(
        Good(fundamentals=[company(quoted={"pe_trailing": float("nan")})]), "leave out pe_trailing"
    )


def test_peers_that_hold_oneself_or_one_twice_are_caught():
    broken(Good(peers=[group("ACME")]), "not its own peer")
    broken(Good(peers=[group("BOLT", "BOLT")]), "each named once")


def test_a_search_that_answers_with_anything_but_matches_is_caught():
    broken(breaking("search", lambda good, words: ["ACME"]), "Match values")


def test_the_fake_fails_as_often_as_it_is_told_and_remembers_who_called():
    fake = Good()
    fake.fail("search", Unavailable("The line is cut."), times=2)
    for _ in range(2):
        with pytest.raises(Unavailable):
            fake.search("acme")
    assert fake.search("acme") == (Match(ticker="ACME", name="ACME Corp"),)
    assert [call.method for call in fake.calls] == ["search"] * 3
    fake.fail("peers", Unavailable("The line is cut."))
    with pytest.raises(Unavailable):
        fake.peers("ACME")
    fake.recover()
    assert fake.peers("ACME").members


def test_the_fake_knows_what_was_knowable():
    fake = Good()
    assert fake.fundamentals("ACME", NOW - YEAR / 2).as_of == NOW - YEAR
    with pytest.raises(NoData):
        fake.fundamentals("ACME", NOW - 2 * YEAR)
    with pytest.raises(NotFound):
        fake.macro("DGS10")
