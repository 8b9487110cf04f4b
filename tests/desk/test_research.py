"""The desk when parts are late, absent, hostile or old."""

import threading
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from genie_nb.config import Config
from genie_nb.core.ask.command import read_line
from genie_nb.core.errors import NoData, RateLimited, Unavailable, UnknownTicker
from genie_nb.core.fundamentals import Fundamentals
from genie_nb.core.market import Bars, Interval
from genie_nb.core.provider import Capabilities
from genie_nb.core.verbs import Ask
from genie_nb.desk import Desk
from genie_nb.desk.tapes import closed_bars
from genie_nb.render.view import view_of
from genie_nb.testing import FakeProvider

HOSTILE = '<script>alert(1)</script> "O\'Hara" [x](javascript:y) **bold** | `code` & Co'


def _bars(days: int = 300, last: str = "2026-01-12", **more: str) -> Bars:
    index = pd.bdate_range(end=last, periods=days)
    close = pd.Series(range(100, 100 + days), index=index, dtype="float64")
    frame = pd.DataFrame(
        {"open": close, "high": close + 1, "low": close - 1, "close": close, "volume": 1000.0}
    )
    said = {"ticker": "FAKE", "currency": "USD", "source": "fake"} | more
    return Bars.from_frame(frame, **said)


def _company(**more: object) -> Fundamentals:
    return Fundamentals(
        ticker="FAKE",
        name="Fake Works",
        source="fake",
        as_of=datetime(2026, 1, 12, tzinfo=UTC),
        currency="USD",
        **more,
    )


class Slow(FakeProvider):
    """Answers about companies only when it is told to."""

    def __init__(self, **known: object) -> None:
        super().__init__(**known)
        self.released = threading.Event()

    def fundamentals(self, ticker: str, as_of: datetime | None = None) -> Fundamentals:
        self.released.wait(30)
        return super().fundamentals(ticker, as_of)


def _analyze(provider: FakeProvider, tmp_path: Path, **options: object):
    desk = Desk(Config(), tmp_path, provider=provider)
    return desk.answer(Ask(verb="analyze", tickers=("FAKE",), options=options))


def test_at_the_deadline_what_is_ready_is_shown_and_the_rest_is_named(tmp_path):
    slow = Slow(bars=[_bars()], fundamentals=[_company()])
    report = _analyze(slow, tmp_path, deadline=4)
    slow.released.set()
    reasons = {one.what: one.reason for one in report.missing}
    assert report.facts["price"].value == 399.0
    assert "No answer within 4 s" in reasons["fundamentals"]
    assert report.facts["debt_to_equity"].failed
    assert report.exit == 3


def test_a_late_part_is_there_the_next_time(tmp_path):
    slow = Slow(bars=[_bars()], fundamentals=[_company(quoted={"analyst_count": 3.0})])
    desk = Desk(Config(), tmp_path, provider=slow)
    ask = Ask(verb="analyze", tickers=("FAKE",), options={"deadline": 4})
    assert desk.answer(ask).facts["analyst_count"].value is None
    slow.released.set()
    assert desk.answer(ask).facts["analyst_count"].value == 3.0


def test_without_prices_the_company_half_is_shown(tmp_path):
    fake = FakeProvider(fundamentals=[_company(quoted={"debt_to_equity": 1.5})])
    fake.fail("bars", RateLimited("Asked too often."))
    report = _analyze(fake, tmp_path)
    assert report.facts["debt_to_equity"].value == 1.5
    assert "Asked too often" in (report.facts["price"].reason or "")
    assert all(signal.active is None for signal in report.signals)
    assert report.exit == 3


def test_when_nothing_comes_the_reason_is_raised(tmp_path):
    fake = FakeProvider()
    fake.fail("bars", Unavailable("The line is cut."))
    fake.fail("fundamentals", Unavailable("The line is cut."))
    with pytest.raises(Unavailable, match="line is cut"):
        _analyze(fake, tmp_path)


def test_a_ticker_nobody_knows_is_an_unknown_ticker(tmp_path):
    with pytest.raises(UnknownTicker, match="FAKE is not a ticker that fake knows"):
        _analyze(FakeProvider(bars=[]), tmp_path)


def test_outside_text_is_shown_as_text_in_every_form(tmp_path):
    company = _company(sector=HOSTILE, industry=HOSTILE, description=HOSTILE)
    hostile = FakeProvider(bars=[_bars()], fundamentals=[company])
    view = view_of(_analyze(hostile, tmp_path))
    assert "<script>" not in view.html
    assert "&lt;script&gt;" in view.html
    assert "<script>" not in view.markdown
    assert "[x](javascript" not in view.markdown
    assert "alert(1)" in view.text


def test_a_tape_that_ended_long_ago_is_said_to_be_old(tmp_path):
    report = _analyze(FakeProvider(bars=[_bars(last="2025-11-28")]), tmp_path)
    assert "45 days old" in next(o.reason for o in report.missing if o.what == "recent_bars")


def test_a_forming_bar_is_not_used(tmp_path):
    noon = datetime(2026, 1, 12, 17, 0, tzinfo=UTC)
    report = _analyze(FakeProvider(bars=[_bars()], now=noon), tmp_path)
    assert report.bars_to == datetime(2026, 1, 9, 21, 0, tzinfo=UTC)
    assert report.facts["price"].value == 398.0


def test_a_day_before_the_first_bar_is_refused(tmp_path):
    with pytest.raises(NoData, match="no closed daily bar"):
        _analyze(FakeProvider(bars=[_bars()]), tmp_path, as_of="2015-03-03")


def test_the_position_decides_the_cost_of_leaving(tmp_path):
    small, large = (
        _analyze(FakeProvider(bars=[_bars()]), tmp_path / str(shares), shares=shares)
        for shares in (100, 400)
    )
    cost = "days_to_exit_10000_shares"
    assert large.facts[cost].value == pytest.approx(4 * small.facts[cost].value)
    assert large.as_of - small.as_of == timedelta()


class Ticking(FakeProvider):
    """Its clock goes on by a second whenever it is read."""

    def now(self) -> datetime:
        self.set_now(super().now() + timedelta(seconds=1))
        return super().now()


def test_companies_that_are_compared_stand_at_the_same_moment(tmp_path):
    live = Ticking(bars=[_bars(), _bars(ticker="PEER")])
    desk = Desk(Config(), tmp_path, provider=live)
    compared = desk.answer(Ask(verb="compare", tickers=("FAKE", "PEER")))
    assert {report.as_of for report in compared.reports} == {compared.as_of}


CLOSES = {
    "FAKE": datetime(2026, 1, 9, 21, tzinfo=UTC),
    "OCDO.L": datetime(2026, 1, 9, 16, 30, tzinfo=UTC),
    "7203.T": datetime(2026, 1, 9, 6, 30, tzinfo=UTC),
}
"""When the session of 9 January 2026 ended in New York, London and Tokyo."""


def _abroad() -> list[Bars]:
    london = _bars(ticker="OCDO.L", timezone="Europe/London")
    return [_bars(), london, _bars(ticker="7203.T", timezone="Asia/Tokyo")]


@pytest.mark.parametrize("verb", ["analyze", "why", "strategy", "setup", "preview"])
@pytest.mark.parametrize("ticker", CLOSES)
def test_a_day_ends_with_the_session_of_the_tickers_own_exchange(tmp_path, verb, ticker):
    fake = FakeProvider(bars=_abroad())
    ask = Ask(
        verb=verb,
        tickers=(ticker,),
        word={"why": "price", "strategy": "trend"}.get(verb, ""),
        words="close > sma(20)" if verb == "preview" else "",
        options={"as_of": "2026-01-09"},
    )
    assert Desk(Config(), tmp_path, provider=fake).answer(ask).as_of == CLOSES[ticker]


def test_the_bar_of_the_day_asked_for_is_the_last_one_at_every_exchange(tmp_path):
    desk = Desk(Config(), tmp_path, provider=FakeProvider(bars=_abroad()))
    ask = Ask(verb="compare", tickers=tuple(CLOSES), options={"as_of": "2026-01-09"})
    compared = desk.answer(ask)
    assert {r.profile.ticker: r.bars_to for r in compared.reports} == CLOSES
    assert {r.profile.ticker: r.as_of for r in compared.reports} == CLOSES
    assert compared.as_of == CLOSES["FAKE"]


def test_a_folder_of_files_ends_a_day_with_the_session_of_each_exchange(tmp_path):
    for tape in _abroad():
        tape.frame.rename_axis("Date").to_csv(tmp_path / f"{tape.ticker}.csv")
    options = {"as_of": "2026-01-09"}
    for ticker, close in CLOSES.items():
        desk = Desk(Config(), tmp_path / "home", address=f"files:{tmp_path}")
        report = desk.answer(Ask(verb="analyze", tickers=(ticker,), options=options))
        assert (report.as_of, report.bars_to) == (close, close)


def test_a_day_that_has_ended_at_one_exchange_only_is_said_to_be_ahead_of_the_other(tmp_path):
    evening_in_london = datetime(2026, 1, 12, 18, tzinfo=UTC)
    desk = Desk(Config(), tmp_path, provider=FakeProvider(bars=_abroad(), now=evening_in_london))
    ask = Ask(verb="compare", tickers=("FAKE", "OCDO.L"), options={"as_of": "2026-01-12"})
    compared = desk.answer(ask)
    assert [r.bars_to.day for r in compared.reports] == [9, 12]
    assert compared.notes == (
        "2026-01-12 is still to come for FAKE at 2026-01-12 18:00 UTC, so this is as of then.",
    )


def _why(tmp_path: Path, ticker: str, **options: object):
    fake = FakeProvider(bars=[_bars()], fundamentals=[_company()])
    ask = Ask(verb="why", tickers=(ticker,), word="price", options=options)
    return Desk(Config(), tmp_path, provider=fake).answer(ask)


@pytest.mark.parametrize(
    ("ticker", "options", "said"),
    [
        ("Fake Works", {}, "I read 'Fake Works' as Fake Works (FAKE)."),
        (
            "FAKE",
            {"as_of": "2030-01-02"},
            "2030-01-02 is still to come at 2026-01-12 21:30 UTC, so this is as of then.",
        ),
    ],
)
def test_an_explanation_says_back_how_the_request_was_read(tmp_path, ticker, options, said):
    explained = _why(tmp_path, ticker, **options)
    assert explained.notes == (said,)
    assert explained.to_dict()["notes"] == [said]
    view = view_of(explained)
    assert said in " ".join(view.text.split())
    assert said in " ".join(unescape(view.html).split())


def _share_class(tmp_path: Path, line: str):
    names = ("BRK-B", "FAKE")
    fake = FakeProvider(bars=[_bars(ticker=name) for name in names])
    return Desk(Config(), tmp_path, provider=fake).answer(read_line(line))


@pytest.mark.parametrize("verb", ["analyze", "compare FAKE", "why price"])
def test_a_share_class_is_said_back_as_it_was_read(tmp_path, verb):
    assert _share_class(tmp_path, f"{verb} brk.b").notes == ("I read brk.b as BRK-B.",)
    assert _share_class(tmp_path, f"{verb} BRK-B").notes == ()


def test_an_explanation_with_nothing_to_say_back_has_no_notes(tmp_path):
    assert _why(tmp_path, "FAKE").notes == ()


@pytest.mark.parametrize(
    ("eps", "said"),
    [(0.01, "Yes, it is"), (0.0, "No, it neither earned nor lost"), (-0.01, "No, it lost money")],
)
def test_whether_it_is_profitable_is_answered_to_the_cent(tmp_path, eps, said):
    fake = FakeProvider(bars=[_bars()], fundamentals=[_company(quoted={"eps_ttm": eps})])
    ask = Ask(verb="analyze", tickers=("FAKE",), words="Is it profitable?")
    report = Desk(Config(), tmp_path, provider=fake).answer(ask)
    assert report.answers[0].text.startswith(said)


@pytest.mark.parametrize("moved", [timedelta(), timedelta(microseconds=5)])
def test_a_bar_that_is_not_settled_yet_is_not_used(tmp_path, moved):
    just_closed = datetime(2026, 1, 12, 21, 5, tzinfo=UTC)
    unsettled = FakeProvider(
        bars=[_bars()],
        now=just_closed,
        capabilities=Capabilities(intervals=frozenset(Interval), delay=900.0),
    )
    desk = Desk(Config(), tmp_path, provider=unsettled)
    unsettled.set_now(just_closed + moved)
    found = closed_bars(desk, ["FAKE"], Interval.D1, just_closed)["FAKE"]
    assert isinstance(found, Bars)
    assert found.index[-1] == pd.Timestamp("2026-01-09", tz="UTC")
