"""The cache: asks only when it must, tells how old it is, never invents, never breaks."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from textwrap import dedent

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from genie_nb.core.errors import Delisted, Malformed, NoData, NotFound, RateLimited, Unavailable
from genie_nb.core.fundamentals import (
    EarningsReport,
    Fundamentals,
    InsiderTrade,
    Missing,
    Period,
    Statement,
)
from genie_nb.core.market import Bars, Interval
from genie_nb.core.provider import Capabilities, Match, Peer, PeerGroup, Provider
from genie_nb.data.cache import Budget, Cached, cached_tickers
from genie_nb.data.cache.codec import Unreadable, decode, encode
from genie_nb.data.cache.flights import Flights
from genie_nb.data.cache.piece import pack, unpack
from genie_nb.data.cache.shelf import Shelf
from genie_nb.data.cache.tape import taped
from genie_nb.testing import FakeProvider

MONDAY_NIGHT = datetime(2026, 1, 12, 21, 30, tzinfo=UTC)
TUESDAY_NOON = datetime(2026, 1, 13, 17, tzinfo=UTC)
TUESDAY_NIGHT = datetime(2026, 1, 13, 21, 30, tzinfo=UTC)
SESSIONS = pd.bdate_range("2025-11-03", "2026-02-27", tz="UTC")
HOLIDAY = pd.Timestamp("2026-01-19", tz="UTC")
"""New York is closed, so that no split takes effect."""


def market(through: str, *, ticker: str = "ACME", factor: float = 1.0, events=None) -> Bars:
    """A tape of one price a day, so that every bar tells its day."""
    days = SESSIONS[:through]
    price = np.arange(1, len(days) + 1) * factor
    frame = pd.DataFrame(
        {"open": price, "high": price, "low": price, "close": price, "volume": 100.0 / factor},
        index=days,
    )
    frame["adjclose"] = price
    for column, values in (events or {}).items():
        frame[column] = 0.0
        for day, value in values.items():
            frame.loc[pd.Timestamp(day, tz="UTC"), column] = value
    return Bars.from_frame(frame, ticker=ticker, currency="USD")


def upto(day: str) -> int:
    return int(SESSIONS.searchsorted(pd.Timestamp(day, tz="UTC"), "right"))


def known(through: str = "2026-01-12", **options) -> FakeProvider:
    return FakeProvider(bars=[market(upto(through), **options)], now=MONDAY_NIGHT)


def company(ticker: str = "ACME", **fields) -> Fundamentals:
    return Fundamentals(
        **{"ticker": ticker, "name": f"{ticker} Corp", "source": "fake", "as_of": MONDAY_NIGHT}
        | fields
    )


def daily(provider, ticker: str = "ACME", start=None, end=None):
    return provider.bars([ticker], Interval.D1, start, end)[ticker]


def same(one: Bars, other: Bars) -> None:
    assert_frame_equal(one.frame, other.frame, check_freq=False, check_names=False)
    for events in ("dividends", "splits"):
        mine, others = getattr(one, events), getattr(other, events)
        assert_series_equal(
            mine, others, check_index_type=False, check_freq=False, check_names=False
        )
    for name in ("ticker", "interval", "currency", "timezone", "source", "dropped"):
        assert getattr(one, name) == getattr(other, name)


@pytest.fixture(params=["disk", "memory"])
def place(request, tmp_path) -> Path | None:
    return tmp_path if request.param == "disk" else None


def test_it_has_the_shape_of_a_provider(place):
    source = known()
    cached = Cached(source, place)
    assert isinstance(cached, Provider)
    assert (cached.name, cached.now()) == ("fake", MONDAY_NIGHT)
    assert cached.capabilities == source.capabilities
    assert cached.source is source
    assert cached.directory == place


def test_the_second_question_is_answered_without_asking(place):
    source = FakeProvider(
        bars=[market(40)],
        fundamentals=[company()],
        peers=[PeerGroup(ticker="ACME", basis="sector X", members=(), as_of=None, source="fake")],
        macro={
            "DGS10": pd.Series([4.1, np.nan], index=pd.to_datetime(["2026-01-08", "2026-01-09"]))
        },
    )
    cached = Cached(source, place)
    questions = (
        lambda: daily(cached),
        lambda: cached.fundamentals("ACME"),
        lambda: cached.fundamentals("ACME", MONDAY_NIGHT),
        lambda: cached.peers("ACME"),
        lambda: cached.search("acme"),
        lambda: cached.macro("DGS10"),
    )
    first = [question() for question in questions]
    assert len(source.calls) == len(questions)
    with cached.meter() as meter:
        second = [question() for question in questions]
    assert len(source.calls) == len(questions)
    assert (meter.calls, meter.hits) == (0, len(questions))
    same(first[0], second[0])
    assert first[1:5] == second[1:5]
    assert_series_equal(first[5], second[5])


def test_what_one_process_fetched_the_next_one_reads(tmp_path):
    source = known(events={"dividends": {"2025-12-10": 0.25}, "splits": {"2025-11-20": 2.0}})
    before = daily(Cached(source, tmp_path))
    source.fail("bars", AssertionError("asked again"))
    after = daily(Cached(source, tmp_path))
    same(before, after)
    assert after.dividends.to_dict() == {pd.Timestamp("2025-12-10", tz="UTC"): 0.25}
    assert after.fetched_at == MONDAY_NIGHT


def test_a_part_of_what_is_known_is_cut_from_it(place):
    source = known()
    cached = Cached(source, place)
    daily(cached)
    start, end = datetime(2025, 12, 1, tzinfo=UTC), datetime(2025, 12, 5, tzinfo=UTC)
    part = daily(cached, start=start, end=end)
    same(part, source.bars(["ACME"], Interval.D1, start, end)["ACME"])
    assert [day.day for day in part.index] == [1, 2, 3, 4, 5]
    assert len(source.calls) == 2


def test_an_earlier_beginning_is_fetched_and_then_known(place):
    source = known()
    cached = Cached(source, place)
    daily(cached, start=datetime(2025, 12, 1, tzinfo=UTC))
    whole = daily(cached, start=datetime(2025, 11, 3, tzinfo=UTC))
    assert whole.index[0] == SESSIONS[0]
    daily(cached, start=datetime(2025, 11, 10, tzinfo=UTC))
    assert len(source.calls) == 2


def test_prices_stay_fresh_until_the_market_can_have_said_more(place):
    source = known()
    cached = Cached(source, place)
    daily(cached)
    source.set_now(datetime(2026, 1, 13, 9, tzinfo=UTC))  # before the opening, within 12 hours
    daily(cached)
    assert len(source.calls) == 1
    source.set_now(datetime(2026, 1, 13, 14, 31, tzinfo=UTC))  # splits take effect at the opening
    daily(cached)
    assert len(source.calls) == 2
    source.set_now(datetime(2026, 1, 13, 20, 59, tzinfo=UTC))
    daily(cached)
    assert len(source.calls) == 2


def test_a_bar_counts_as_new_only_once_the_source_has_settled_it(place):
    capabilities = Capabilities(intervals=frozenset({Interval.D1}), delay=900)
    source = FakeProvider(
        bars=[market(upto("2026-01-13"))], now=TUESDAY_NOON, capabilities=capabilities
    )
    cached = Cached(source, place)
    daily(cached)
    source.set_now(datetime(2026, 1, 13, 21, 14, tzinfo=UTC))
    daily(cached)
    assert len(source.calls) == 1
    source.set_now(datetime(2026, 1, 13, 21, 15, tzinfo=UTC))
    daily(cached)
    assert len(source.calls) == 2


def test_the_past_is_answered_from_what_is_known_even_when_there_is_news(place):
    source = known()
    cached = Cached(source, place)
    daily(cached)
    source.set_now(TUESDAY_NIGHT)
    daily(cached, end=datetime(2026, 1, 9, 21, tzinfo=UTC))
    assert len(source.calls) == 1


def test_an_update_asks_only_for_the_last_settled_bars_and_what_follows(place):
    source = known()
    cached = Cached(source, place)
    daily(cached)
    source.put(market(upto("2026-01-13")))
    source.set_now(TUESDAY_NIGHT)
    bars = daily(cached)
    same(bars, market(upto("2026-01-13")))
    assert source.calls[-1].arguments[2] == datetime(2026, 1, 6, tzinfo=UTC)  # five bars before
    assert bars.fetched_at == TUESDAY_NIGHT


def test_a_forming_bar_is_replaced_by_what_it_became(place):
    forming = market(upto("2026-01-13"))
    forming.frame.iloc[-1, :4] = 1.0
    source = FakeProvider(bars=[forming], now=TUESDAY_NOON)
    cached = Cached(source, place)
    daily(cached)
    source.put(market(upto("2026-01-13")))
    source.set_now(TUESDAY_NIGHT)
    same(daily(cached), market(upto("2026-01-13")))
    assert len(source.calls) == 2  # one update, no second fetch of everything


@pytest.mark.parametrize(
    "changed",
    [
        market(upto("2026-01-13"), factor=0.5, events={"splits": {"2026-01-13": 2.0}}),
        market(upto("2026-01-13"), factor=0.5),
        market(upto("2026-01-13"), events={"splits": {"2026-01-13": 2.0}}),
        market(upto("2026-01-13"), factor=1.001),
    ],
    ids=["split", "split without a record", "record without a change", "correction"],
)
def test_a_changed_past_is_fetched_anew(place, changed):
    source = known()
    cached = Cached(source, place)
    daily(cached)
    source.put(changed)
    source.set_now(TUESDAY_NIGHT)
    same(daily(cached), changed)


def test_a_source_that_wavers_in_the_last_digits_has_not_changed_the_past(place):
    source = known()
    cached = Cached(source, place)
    daily(cached)
    source.put(market(upto("2026-01-13"), factor=1 + 1e-8))
    source.set_now(TUESDAY_NIGHT)
    daily(cached)
    assert len(source.calls) == 2


def test_the_whole_past_is_asked_for_again_after_a_week(place):
    source = known("2026-02-27")
    cached = Cached(source, place)
    daily(cached)
    corrected = market(upto("2026-02-27"))
    corrected.frame.iloc[0, :4] = 7.0
    source.put(corrected)
    source.set_now(MONDAY_NIGHT + timedelta(days=8))
    same(daily(cached), corrected)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    hours=st.lists(st.integers(1, 60), min_size=1, max_size=8),
    split=st.none()
    | st.integers(upto("2026-01-13"), upto("2026-01-30")).filter(
        lambda place: SESSIONS[place] != HOLIDAY
    ),
    reopened=st.booleans(),
)
def test_updates_give_the_same_as_fetching_everything(tmp_path_factory, hours, split, reopened):
    """However the clock moves, forming bars and splits included."""
    place = tmp_path_factory.mktemp("cache")
    source = known()
    cached = Cached(source, place)
    now = MONDAY_NIGHT
    for step in hours:
        now += timedelta(hours=step)
        begun = int(SESSIONS.searchsorted(pd.Timestamp(now - timedelta(hours=14.5)), "right"))
        done = split is not None and begun > split
        events = {"splits": {SESSIONS[split].date().isoformat(): 2.0}} if done else None
        full = market(begun, factor=0.5 if done else 1.0, events=events)
        if now.hour < 21:
            full.frame.iloc[-1, :4] = now.hour + 0.5  # still forming, perhaps
        source.put(full)
        source.set_now(now)
        if reopened:
            cached = Cached(source, place)
        got = daily(cached)
        settled = full.index[-1] + timedelta(hours=21) <= now and got.fetched_at == now
        if settled:
            same(got, full)
        else:
            assert_frame_equal(
                got.frame.iloc[:-1], full.frame.iloc[: len(got) - 1], check_freq=False
            )


def test_several_tickers_are_fetched_in_one_request_and_fail_each_alone(place):
    source = FakeProvider(bars=[market(30), market(30, ticker="BOLT")], now=MONDAY_NIGHT)
    cached = Cached(source, place)
    answers = cached.bars(["ACME", "NOPE", "BOLT", "ACME"], Interval.D1, None, None)
    assert list(answers) == ["ACME", "NOPE", "BOLT"]
    assert isinstance(answers["NOPE"], NotFound)
    same(answers["BOLT"], market(30, ticker="BOLT"))
    assert len(source.calls) == 1
    cached.bars(["ACME", "BOLT"], Interval.D1, None, None)
    assert len(source.calls) == 1


@pytest.mark.parametrize("kind", [Unavailable, RateLimited, Malformed])
def test_when_the_source_is_down_the_old_answer_is_given_with_its_age(place, kind):
    source = FakeProvider(bars=[market(40)], fundamentals=[company()])
    cached = Cached(source, place)
    daily(cached)
    cached.fundamentals("ACME")
    source.set_now(MONDAY_NIGHT + timedelta(days=3))
    for method in ("bars", "fundamentals"):
        source.fail(method, kind("The line is cut."))
    with cached.meter() as meter:
        same(daily(cached), market(40))
        assert cached.fundamentals("ACME").name == "ACME Corp"
    assert meter.stale == [
        "the prices of ACME are 3 days old: The line is cut",
        "the fundamentals of ACME are 3 days old: The line is cut",
    ]
    assert meter.oldest == MONDAY_NIGHT


def test_after_recovery_the_next_question_is_answered_afresh(place):
    source = known()
    cached = Cached(source, place)
    daily(cached)
    source.set_now(TUESDAY_NIGHT)
    source.put(market(upto("2026-01-13")))
    source.fail("bars", Unavailable("The line is cut."), times=1)
    daily(cached)
    with cached.meter() as meter:
        same(daily(cached), market(upto("2026-01-13")))
    assert meter.stale == []


@pytest.mark.parametrize("kind", [NotFound, Delisted, NoData])
def test_what_the_source_no_longer_has_is_never_papered_over(place, kind):
    source = FakeProvider(bars=[market(40)], fundamentals=[company()])
    cached = Cached(source, place)
    daily(cached)
    cached.fundamentals("ACME")
    source.set_now(MONDAY_NIGHT + timedelta(days=3))
    for method in ("bars", "fundamentals"):
        source.fail(method, kind("Gone."))
    assert isinstance(daily(cached), kind)
    with pytest.raises(kind):
        cached.fundamentals("ACME")


def test_failures_are_not_remembered(place):
    source = FakeProvider(bars=[market(40)], fundamentals=[company()])
    cached = Cached(source, place)
    for method in ("bars", "fundamentals", "search", "peers", "macro"):
        source.fail(method, Unavailable("The line is cut."), times=1)
    assert isinstance(daily(cached), Unavailable)
    with pytest.raises(Unavailable):
        cached.fundamentals("ACME")
    assert len(daily(cached)) == 40
    assert cached.fundamentals("ACME").ticker == "ACME"


def test_an_old_answer_that_begins_too_late_is_not_given(place):
    source = known()
    cached = Cached(source, place)
    daily(cached, start=datetime(2025, 12, 1, tzinfo=UTC))
    source.fail("bars", Unavailable("The line is cut."))
    assert isinstance(daily(cached, start=datetime(2025, 11, 3, tzinfo=UTC)), Unavailable)


def test_an_answer_with_failed_parts_is_given_and_not_remembered(place):
    holes = company(missing=(Missing(what="insiders", reason="HTTP 500", failed=True),))
    source = FakeProvider(fundamentals=[holes])
    cached = Cached(source, place)
    assert cached.fundamentals("ACME").missing
    cached.fundamentals("ACME")
    assert len(source.calls) == 2


def test_a_whole_old_answer_is_better_than_a_new_one_with_holes(place):
    source = FakeProvider(fundamentals=[company()])
    cached = Cached(source, place)
    cached.fundamentals("ACME")
    later = MONDAY_NIGHT + timedelta(days=2)
    holes = company(as_of=later, missing=(Missing(what="insiders", reason="500", failed=True),))
    source._fundamentals = (holes,)
    source.set_now(later)
    with cached.meter() as meter:
        assert cached.fundamentals("ACME").missing == ()
    assert meter.stale == [
        "the fundamentals of ACME are 2 days old: some parts could not be had now"
    ]
    source.set_now(MONDAY_NIGHT + timedelta(days=8))
    assert cached.fundamentals("ACME").missing


def test_fundamentals_as_of_different_times_are_different_answers(place):
    old, new = company(as_of=MONDAY_NIGHT - timedelta(days=90), name="Old"), company(name="New")
    cached = Cached(FakeProvider(fundamentals=[old, new]), place)
    assert cached.fundamentals("ACME").name == "New"
    assert cached.fundamentals("ACME", MONDAY_NIGHT - timedelta(days=1)).name == "Old"
    assert cached.fundamentals("ACME").name == "New"


def test_local_data_is_asked_every_time_and_kept_nowhere(tmp_path):
    source = FakeProvider(
        bars=[market(30)],
        fundamentals=[company()],
        capabilities=Capabilities(intervals=frozenset({Interval.D1}), local=True),
    )
    cached = Cached(source, tmp_path)
    with cached.meter() as meter:
        for _ in range(2):
            daily(cached)
            cached.fundamentals("ACME")
    assert (meter.calls, meter.hits, meter.oldest) == (4, 0, MONDAY_NIGHT)
    assert list(tmp_path.iterdir()) == []


def test_a_meter_counts_calls_hits_and_the_oldest_part(place):
    source = FakeProvider(bars=[market(40), market(40, ticker="BOLT")], fundamentals=[company()])
    cached = Cached(source, place)
    daily(cached)
    source.set_now(MONDAY_NIGHT + timedelta(minutes=5))
    with cached.meter() as outer:
        cached.bars(["ACME", "BOLT"], Interval.D1, None, None)
        with cached.meter() as inner:
            cached.fundamentals("ACME")
    daily(cached, "BOLT")
    assert (outer.calls, outer.hits, outer.oldest) == (2, 1, MONDAY_NIGHT)
    assert (inner.calls, inner.hits) == (1, 0)
    assert inner.oldest == MONDAY_NIGHT + timedelta(minutes=5)


def test_a_meter_counts_in_threads_that_carry_its_context(place):
    cached = Cached(known(), place)
    with cached.meter() as meter:
        context = copy_context()
        thread = threading.Thread(target=lambda: context.run(daily, cached))
        thread.start()
        thread.join()
    assert meter.calls == 1


class Slow(FakeProvider):
    """Answers only when it is let go."""

    def __init__(self, **options):
        super().__init__(**options)
        self.asked, self.gate = threading.Event(), threading.Event()

    def bars(self, *arguments):
        self.asked.set()
        assert self.gate.wait(30)
        return super().bars(*arguments)

    def fundamentals(self, ticker, as_of=None):
        self.asked.set()
        assert self.gate.wait(30)
        return super().fundamentals(ticker, as_of)


@pytest.mark.parametrize("question", [daily, lambda cached: cached.fundamentals("ACME")])
@pytest.mark.parametrize("failing", [False, True])
def test_threads_that_want_the_same_thing_at_once_make_one_request(place, question, failing):
    source = Slow(bars=[market(40)], fundamentals=[company()], now=MONDAY_NIGHT)
    if failing:
        for method in ("bars", "fundamentals"):
            source.fail(method, Unavailable("The line is cut."))
    cached = Cached(source, place)

    def outcome():
        try:
            return question(cached)
        except Unavailable as error:
            return error

    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(outcome)
        assert source.asked.wait(30)
        others = [pool.submit(outcome) for _ in range(4)]
        while sum(future.running() for future in others) < 4:
            time.sleep(0.001)
        source.gate.set()
        answers = [future.result() for future in (first, *others)]
    assert len({type(answer) for answer in answers}) == 1
    assert isinstance(answers[0], Unavailable) == failing
    if not failing:
        assert len(source.calls) == 1


def test_nobody_waits_for_a_request_that_hangs():
    clock = [0.0]
    flights = Flights(clock=lambda: clock[0])
    hanging, mine = flights.board("ACME")
    assert mine
    clock[0] = 4.9
    assert flights.board("ACME") == (hanging, False)
    clock[0] = 5.0
    other, mine = flights.board("ACME")
    assert mine
    assert other.overtakes
    flights.land(hanging, "late")
    assert flights.board("ACME") == (other, False)


def test_a_failure_is_shared_by_those_who_asked_at_once_and_retried_by_the_rest():
    clock = [0.0]
    flights = Flights(clock=lambda: clock[0])
    flight, _ = flights.board("ACME")
    failure = Unavailable("The line is cut.")
    flights.land(flight, failure)
    assert flights.wait(flight) is failure
    clock[0] = 1.5
    assert flights.wait(flight) is None


def test_after_a_hanging_request_the_next_question_is_answered(place):
    source = Slow(bars=[market(40)], now=MONDAY_NIGHT)
    cached = Cached(source, place)
    clock = [0.0]
    cached._tapes._flights = Flights(clock=lambda: clock[0])
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(daily, cached)
        assert source.asked.wait(30)
        clock[0] = 6.0
        fast = FakeProvider(bars=[market(40)], now=MONDAY_NIGHT)
        cached._tapes._source = fast
        same(daily(cached), market(40))
        source.gate.set()
        same(hanging.result(), market(40))
    assert len(fast.calls) == 1


def test_processes_that_want_the_same_thing_at_once_make_one_request(tmp_path):
    script = tmp_path / "ask.py"
    script.write_text(
        dedent(
            """
            import sys, time
            from datetime import UTC, datetime
            from pathlib import Path
            import pandas as pd
            from genie_nb.core.market import Bars, Interval
            from genie_nb.data.cache import Cached
            from genie_nb.testing import FakeProvider

            place = Path(sys.argv[1])

            class Counted(FakeProvider):
                def bars(self, *arguments):
                    with place.joinpath("calls").open("a") as log:
                        log.write("asked\\n")
                    time.sleep(0.5)
                    return super().bars(*arguments)

            days = pd.bdate_range("2025-12-01", "2026-01-12", tz="UTC")
            frame = pd.DataFrame({name: 5.0 for name in ("open", "high", "low", "close")}, index=days)
            cached = Cached(Counted(bars=[Bars.from_frame(frame, ticker="ACME")]), place / "cache")
            place.joinpath(f"ready-{sys.argv[2]}").touch()
            while not place.joinpath("go").exists():
                time.sleep(0.005)
            for _ in range(20):
                bars = cached.bars(["ACME"], Interval.D1, None, None)["ACME"]
                assert bars.frame["close"].eq(5.0).all() and len(bars) == len(days)
            """
        )
    )
    processes = [
        subprocess.Popen([sys.executable, str(script), str(tmp_path), str(number)])
        for number in range(3)
    ]
    while len(list(tmp_path.glob("ready-*"))) < len(processes):
        assert all(process.poll() is None for process in processes)
        time.sleep(0.01)
    tmp_path.joinpath("go").touch()
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert tmp_path.joinpath("calls").read_text() == "asked\n"


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "locks" not in path.parts]


def test_what_a_killed_process_left_half_written_is_swept_away(tmp_path):
    killed = dedent("""
        import os, signal, sys
        from pathlib import Path
        from genie_nb.data.cache.shelf import Shelf

        def die(draft, target):
            os.kill(os.getpid(), signal.SIGKILL)

        Path.replace = die
        Shelf(Path(sys.argv[1])).write("search", "acme", b"half")
    """)
    subprocess.run([sys.executable, "-c", killed, str(tmp_path)], check=False)
    (old,) = stored(tmp_path)
    fresh = old.with_name(f".{old.name.split('.')[1]}.1.2")  # of a process that is still writing
    fresh.write_bytes(b"half")
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    shelf = Shelf(tmp_path)
    assert shelf.read("search", "acme") is None
    assert old.exists()
    shelf.write("fundamentals", "ACME", b"whole")
    assert not old.exists()
    assert fresh.exists()
    assert shelf.read("fundamentals", "ACME") == b"whole"


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "noise", "text"])
def test_a_damaged_file_is_as_good_as_absent(tmp_path, damage, caplog):
    source = FakeProvider(bars=[market(40)], fundamentals=[company()])
    cached = Cached(source, tmp_path)
    daily(cached)
    cached.fundamentals("ACME")
    for path in stored(tmp_path):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 0xFF
        path.write_bytes(
            {
                "empty": b"",
                "cut": path.read_bytes()[: len(content) // 2],
                "flipped": bytes(content),
                "noise": bytes(range(256)) * 4,
                "text": b'{"format": []}',
            }[damage]
        )
    again = Cached(source, tmp_path)
    with caplog.at_level(logging.WARNING):
        same(daily(again), market(40))
        assert again.fundamentals("ACME") == cached.fundamentals("ACME")
    assert len(source.calls) == 4
    assert "left out" in caplog.text


def test_a_file_of_another_version_is_as_good_as_absent(tmp_path):
    source = FakeProvider(fundamentals=[company()])
    Cached(source, tmp_path).fundamentals("ACME")
    (path,) = stored(tmp_path)
    content = json.loads(path.read_text())
    path.write_text(json.dumps(content | {"format": "0-other"}))
    Cached(source, tmp_path).fundamentals("ACME")
    assert len(source.calls) == 2


def test_a_place_that_cannot_be_written_costs_only_the_memory(tmp_path):
    tmp_path.joinpath("file").write_text("in the way")
    source = FakeProvider(bars=[market(40)], fundamentals=[company()])
    cached = Cached(source, tmp_path / "file" / "cache")
    same(daily(cached), market(40))
    assert cached.fundamentals("ACME").ticker == "ACME"
    daily(cached)
    assert len(source.calls) == 2


@pytest.mark.parametrize("obstacle", ["written", "read"])
def test_a_place_that_cannot_be_used_is_told_of_once(tmp_path, caplog, obstacle):
    names = ["ACME", "BOLT", "COIL"]
    source = FakeProvider(fundamentals=[company(name) for name in names])
    place = tmp_path / "cache"
    if obstacle == "written":
        place.write_text("in the way")
    else:  # folders where files are looked for
        for name in names:
            Cached(source, place).fundamentals(name)
        for path in stored(place):
            path.unlink()
            path.mkdir()
            path.joinpath("in the way").touch()
    cached = Cached(source, place)
    for name in names:
        assert cached.fundamentals(name).ticker == name
    told = [record for record in caplog.records if f"cannot be {obstacle}" in record.message]
    assert len(told) == 1
    assert str(place) in told[0].message


@pytest.mark.parametrize(
    "ticker", ["BRK-B", "^GSPC", "EURUSD=X", "../../etc", "CON", "a/b\\c", "é", "X" * 300, "."]
)
def test_any_ticker_has_a_file_of_its_own_inside_the_directory(tmp_path, ticker):
    place = tmp_path / "cache"
    source = FakeProvider(fundamentals=[company(ticker)], bars=[market(30, ticker=ticker)])
    Cached(source, place).fundamentals(ticker)
    daily(Cached(source, place), ticker)
    assert len(stored(place)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    again = Cached(source, place)
    assert again.fundamentals(ticker).ticker == ticker
    assert daily(again, ticker).ticker == ticker
    assert len(source.calls) == 2


def test_the_tickers_it_knows_can_be_listed_for_completion(tmp_path):
    assert cached_tickers(tmp_path / "nowhere") == ()
    source = FakeProvider(bars=[market(30, ticker=name) for name in ("BRK-B", "^GSPC", "ACME")])
    Cached(source, tmp_path).bars(["BRK-B", "^GSPC", "ACME"], Interval.D1, None, None)
    assert cached_tickers(tmp_path) == ("ACME", "BRK-B", "^GSPC")


def test_a_budget_lets_a_burst_pass_and_then_spreads_the_calls():
    clock, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    budget = Budget(30, clock=lambda: clock[0], sleep=sleep)
    assert budget.take(30) == 0.0
    assert [budget.take() for _ in range(3)] == [2.0, 2.0, 2.0]
    clock[0] += 60
    assert budget.take(30) == 0.0
    assert slept == [2.0, 2.0, 2.0]


def test_waiting_for_the_budget_is_metered(place):
    clock = [0.0]
    budget = Budget(1, clock=lambda: clock[0], sleep=lambda _: None)
    cached = Cached(FakeProvider(bars=[market(30)], fundamentals=[company()]), place, budget=budget)
    with cached.meter() as meter:
        daily(cached)
        cached.fundamentals("ACME")
    assert meter.waits == 60.0


texts = st.text(max_size=8)
days = st.dates(min_value=date(1960, 1, 1), max_value=date(2040, 1, 1))
moments = st.datetimes(
    min_value=datetime(1960, 1, 1),  # noqa: DTZ001
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
numbers = st.floats(allow_nan=False)
maybe = st.none() | numbers
rows = st.dictionaries(texts, numbers, max_size=3)
periods = st.builds(Period, end=days, rows=rows, filed=st.none() | moments)
companies = st.builds(
    Fundamentals,
    ticker=texts,
    name=texts,
    source=texts,
    as_of=moments,
    kind=st.sampled_from(["equity", "etf"]),
    fetched_at=st.none() | moments,
    sector=st.none() | texts,
    quoted=rows,
    most_recent_quarter=st.none() | days,
    statements=st.lists(
        st.builds(
            Statement,
            topic=st.sampled_from(["income", "balance"]),
            frequency=st.just("annual"),
            currency=st.none() | texts,
            periods=st.lists(periods, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    insider_trades=st.none()
    | st.lists(
        st.builds(InsiderTrade, day=days, kind=st.just("sale"), shares=numbers, value=maybe),
        max_size=2,
    ).map(tuple),
    earnings=st.none()
    | st.lists(
        st.builds(EarningsReport, day=days, estimate=maybe, actual=maybe, surprise=maybe),
        max_size=2,
    ).map(tuple),
    next_earnings=st.lists(days, max_size=2).map(tuple),
    point_in_time=st.booleans(),
    missing=st.lists(st.builds(Missing, failed=st.booleans()), max_size=2).map(tuple),
)
groups = st.builds(
    PeerGroup,
    members=st.lists(
        st.builds(Peer, values=st.dictionaries(texts, maybe, max_size=3)), max_size=3
    ).map(tuple),
    as_of=st.none() | moments,
)


@given(companies, moments)
def test_fundamentals_are_read_back_exactly(value, fetched_at):
    content = encode(value, Fundamentals, key="K", fetched_at=fetched_at)
    assert decode(content, Fundamentals, key="K") == (value, fetched_at)


@given(groups)
def test_peers_are_read_back_exactly(value):
    content = encode(value, PeerGroup, key="K", fetched_at=MONDAY_NIGHT)
    assert decode(content, PeerGroup, key="K")[0] == value


@given(st.lists(st.builds(Match, exchange=st.none() | texts), max_size=3).map(tuple))
def test_matches_are_read_back_exactly(value):
    content = encode(value, tuple[Match, ...], key="K", fetched_at=MONDAY_NIGHT)
    assert decode(content, tuple[Match, ...], key="K")[0] == value


def test_numbers_of_numpy_are_stored_as_numbers():
    value = company(quoted={"price": np.float64(1.5), "analyst_count": np.int64(3)})
    content = encode(value, Fundamentals, key="K", fetched_at=MONDAY_NIGHT)
    assert decode(content, Fundamentals, key="K")[0].quoted == {"price": 1.5, "analyst_count": 3}


@given(st.data())
def test_content_of_the_wrong_type_is_never_let_in(data):
    content = json.loads(encode(company(), Fundamentals, key="K", fetched_at=MONDAY_NIGHT))
    field = data.draw(
        st.sampled_from(["ticker", "as_of", "kind", "quoted", "statements", "missing"])
    )
    wrong = data.draw(st.sampled_from([3.5, True, [1], {"a": "b"}, None]))
    content["value"][field] = wrong
    with pytest.raises(Unreadable):
        decode(json.dumps(content).encode(), Fundamentals, key="K")


def test_content_about_something_else_is_not_let_in():
    content = encode(company(), Fundamentals, key="ACME", fetched_at=MONDAY_NIGHT)
    with pytest.raises(Unreadable, match="about 'ACME'"):
        decode(content, Fundamentals, key="BOLT")


@pytest.mark.recorded
def test_recorded_prices_are_read_back_bit_for_bit(recorded):
    path = recorded / "prices/daily_yahoo_2014_2024/CRSR.csv.gz"
    frame = pd.read_csv(path, index_col="Date", parse_dates=True)
    bars = Bars.from_frame(frame, ticker="CRSR", currency="USD")
    tape = taped(bars, since=None, now=MONDAY_NIGHT, delay=0.0)
    back = unpack(pack(tape), "CRSR", Interval.D1).tape
    same(back.bars(None, None), bars)
    assert (back.settled, back.since, back.fetched_at) == (len(bars), None, MONDAY_NIGHT)
