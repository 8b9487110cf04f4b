"""A ticker's bars in one file: a day is added to its end, and no accident spoils what was there."""

import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from genie_nb.core.errors import Unavailable
from genie_nb.core.market import Bars, Interval
from genie_nb.data.cache import Cached
from genie_nb.data.cache.archive import PIECES, Archive
from genie_nb.data.cache.codec import Unreadable
from genie_nb.data.cache.piece import checksum_of, pack, unpack
from genie_nb.data.cache.shelf import Shelf
from genie_nb.data.cache.tape import Tape, joined, taped, update_of
from genie_nb.testing import FakeProvider

DAYS = pd.bdate_range("2026-02-02", "2026-04-30", tz="UTC")
TICKERS = ("ACME", "BOLT", "COIL", "DART", "ECHO", "FLUX", "GRIT", "HULL")


def night(day: int) -> datetime:
    """After the close of a session, so that its bar is settled."""
    label = DAYS.to_pydatetime()[day - 1]
    return label + timedelta(hours=22)


def market(days: int, ticker: str = "ACME", events=None) -> Bars:
    """The first bar costs 1, the second 2, and so on."""
    price = np.arange(1.0, days + 1)
    columns = dict.fromkeys(("open", "high", "low", "close", "volume", "adjclose"), price)
    frame = pd.DataFrame(columns, index=DAYS[:days])
    for column, values in (events or {}).items():
        frame[column] = [values.get(day, 0.0) for day in range(1, days + 1)]
    return Bars.from_frame(frame, ticker=ticker, currency="USD")


def tape(days: int, **options) -> Tape:
    return taped(market(days, **options), since=None, now=night(days), delay=0.0)


def update(held: Tape, days: int, **options) -> Tape:
    """What a source says again of the last five bars, and what follows."""
    first = len(held) - 5
    newer = market(days, **options).tail(days - first)
    found = update_of(held, newer, now=night(days), delay=0.0)
    assert found is not None
    return found


def same(one: Tape, other: Tape) -> None:
    mine, others = one.bars(None, None), other.bars(None, None)
    assert_frame_equal(mine.frame, others.frame)
    assert_series_equal(mine.dividends, others.dividends)
    assert_series_equal(mine.splits, others.splits)
    for name in ("settled", "since", "fetched_at", "whole_at", "currency", "source", "timezone"):
        assert getattr(one, name) == getattr(other, name)


def ask(cached: Cached) -> Bars:
    bars = cached.bars(["ACME"], Interval.D1, None, None)["ACME"]
    assert isinstance(bars, Bars)
    return bars


def file_in(folder: Path) -> Path:
    (path,) = (path for path in folder.glob("bars-1d/*") if path.is_file())
    return path


def grown_file() -> tuple[bytes, list[bytes], list[Tape]]:
    """A file of three pieces, and what it says after each of them."""
    whole = tape(20, events={"dividends": {3: 0.25, 18: 0.5}})
    first = update(whole, 21, events={"dividends": {18: 0.5, 21: 0.75}})
    longer = joined(whole, first)
    second = update(longer, 23, events={"dividends": {18: 0.5, 21: 0.75}})
    base = pack(whole)
    pieces = [base, pack(first, on=checksum_of(base)), pack(second, on=checksum_of(base))]
    return b"".join(pieces), pieces, [whole, longer, joined(longer, second)]


def test_a_day_is_added_without_writing_the_rest_again(tmp_path):
    source = FakeProvider(bars=[market(40)], now=night(40))
    cached = Cached(source, tmp_path)
    ask(cached)
    before = file_in(tmp_path).read_bytes()
    source.put(market(41, events={"dividends": {41: 0.25}}))
    source.set_now(night(41))
    ask(cached)
    after = file_in(tmp_path).read_bytes()
    assert after.startswith(before)
    assert len(before) < len(after) < len(before) + 1_000
    source.fail("bars", AssertionError("asked again"))
    read = ask(Cached(source, tmp_path))
    assert_frame_equal(read.frame, market(41).frame, check_freq=False)
    assert list(read.dividends.items()) == [(DAYS[40], 0.25)]
    assert read.fetched_at == night(41)


def test_a_changed_past_is_written_anew(tmp_path):
    source = FakeProvider(bars=[market(40)], now=night(40))
    cached = Cached(source, tmp_path)
    ask(cached)
    before = file_in(tmp_path).read_bytes()
    halved = market(41, events={"splits": {41: 2.0}})
    halved = replace(halved, frame=halved.frame * 0.5)
    source.put(halved)
    source.set_now(night(41))
    ask(cached)
    after = file_in(tmp_path).read_bytes()
    assert not after.startswith(before)
    assert unpack(after, "ACME", Interval.D1).pieces == 1


def test_what_is_read_is_what_was_joined():
    content, _, tapes = grown_file()
    stored = unpack(content, "ACME", Interval.D1)
    same(stored.tape, tapes[-1])
    assert (stored.pieces, stored.fault) == (3, None)
    assert list(stored.tape.dividends.values()) == [0.25, 0.5, 0.75]
    np.testing.assert_array_equal(stored.tape.bars(None, None).close, np.arange(1.0, 24))


@given(st.data())
def test_a_file_cut_short_anywhere_is_worth_its_whole_pieces(data):
    content, pieces, tapes = grown_file()
    cut = data.draw(st.integers(0, len(content) - 1))
    whole = sum(cut >= end for end in np.cumsum([len(piece) for piece in pieces]))
    if not whole:
        with pytest.raises(Unreadable):
            unpack(content[:cut], "ACME", Interval.D1)
        return
    stored = unpack(content[:cut], "ACME", Interval.D1)
    same(stored.tape, tapes[whole - 1])
    assert (stored.fault is None) == (cut == sum(map(len, pieces[:whole])))


@given(st.data())
def test_no_single_changed_byte_is_ever_believed(data):
    content, pieces, tapes = grown_file()
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = bytearray(content)
    damaged[at] ^= data.draw(st.integers(1, 255))
    whole = sum(at >= end for end in np.cumsum([len(piece) for piece in pieces]))
    if not whole:
        with pytest.raises(Unreadable):
            unpack(bytes(damaged), "ACME", Interval.D1)
        return
    stored = unpack(bytes(damaged), "ACME", Interval.D1)
    same(stored.tape, tapes[whole - 1])
    assert stored.fault is not None


def test_an_update_of_another_tape_is_passed_over():
    content, pieces, tapes = grown_file()
    stranger = pack(update(tape(21), 22), on=checksum_of(pieces[0]) ^ 1)
    stored = unpack(pieces[0] + stranger + content[len(pieces[0]) :], "ACME", Interval.D1)
    same(stored.tape, tapes[-1])
    assert stored.fault is None


def test_an_update_written_late_does_not_take_back_a_newer_one():
    content, pieces, tapes = grown_file()
    stored = unpack(content + pieces[1], "ACME", Interval.D1)
    same(stored.tape, tapes[-1])


def test_a_file_without_a_beginning_or_of_another_ticker_is_not_let_in():
    content, pieces, _ = grown_file()
    for wrong in (pieces[1], b""):
        with pytest.raises(Unreadable, match="no beginning"):
            unpack(wrong, "ACME", Interval.D1)
    with pytest.raises(Unreadable, match="about ACME 1d"):
        unpack(content, "BOLT", Interval.D1)


def test_a_file_does_not_grow_for_ever(tmp_path):
    archive = Archive(Shelf(tmp_path))
    held = tape(10)
    archive.keep(held)
    whole, counts = file_in(tmp_path).stat().st_size, []
    for step in range(2 * PIECES):
        newer = replace(update(held, 10), fetched_at=night(10) + timedelta(minutes=step))
        held = archive.extend(held, newer)
        content = file_in(tmp_path).read_bytes()
        counts.append(unpack(content, "ACME", Interval.D1).pieces)
        assert len(content) <= PIECES * whole
    assert max(counts) == PIECES
    assert min(counts) == 1


def test_what_another_kernel_has_added_is_seen(tmp_path):
    mine, other = Archive(Shelf(tmp_path)), Archive(Shelf(tmp_path))
    mine.keep(tape(20))
    theirs = other.find("ACME", Interval.D1)
    assert theirs is not None
    longer = other.extend(theirs, update(theirs, 21))
    known = mine.find("ACME", Interval.D1)
    assert known is not None
    assert len(known) == 20
    seen = mine.find("ACME", Interval.D1, anew=True)
    assert seen is not None
    same(seen, longer)
    assert mine.find("ACME", Interval.D1, anew=True) is seen


def test_two_kernels_that_add_the_same_day_leave_it_once(tmp_path):
    Archive(Shelf(tmp_path)).keep(tape(20))
    one, other = Archive(Shelf(tmp_path)), Archive(Shelf(tmp_path))
    mine, theirs = one.find("ACME", Interval.D1), other.find("ACME", Interval.D1)
    assert mine is not None
    assert theirs is not None
    one.extend(mine, update(mine, 21))
    longer = other.extend(theirs, update(theirs, 21))
    read = Archive(Shelf(tmp_path)).find("ACME", Interval.D1)
    assert read is not None
    same(read, longer)


def test_a_file_taken_away_meanwhile_is_written_whole(tmp_path):
    archive = Archive(Shelf(tmp_path))
    held = tape(20)
    archive.keep(held)
    file_in(tmp_path).unlink()
    longer = archive.extend(held, update(held, 21))
    read = Archive(Shelf(tmp_path)).find("ACME", Interval.D1)
    assert read is not None
    same(read, longer)


def test_a_damaged_end_costs_one_update_and_is_then_written_over(tmp_path, caplog):
    source = FakeProvider(bars=[market(40)], now=night(40))
    ask(Cached(source, tmp_path))
    path = file_in(tmp_path)
    path.write_bytes(path.read_bytes() + b"half a piece")
    source.put(market(41))
    source.set_now(night(41))
    with caplog.at_level(logging.INFO):
        bars = ask(Cached(source, tmp_path))
    assert "The end of the stored 1d bars of ACME is left out: cut short." in caplog.text
    assert len(bars) == 41
    assert len(source.calls) == 2  # the few bars of an update, not all of them
    assert source.calls[-1].arguments[2] == DAYS[35]
    stored = unpack(path.read_bytes(), "ACME", Interval.D1)
    assert (stored.pieces, stored.fault, len(stored.tape)) == (1, None, 41)


def test_one_damaged_file_costs_one_ticker(tmp_path):
    source = FakeProvider(bars=[market(40, ticker) for ticker in TICKERS], now=night(40))
    Cached(source, tmp_path).bars(TICKERS, Interval.D1, None, None)
    (path,) = tmp_path.glob("bars-1d/COIL-*")
    path.write_bytes(path.read_bytes()[::-1])
    answers = Cached(source, tmp_path).bars(TICKERS, Interval.D1, None, None)
    assert all(isinstance(bars, Bars) and len(bars) == 40 for bars in answers.values())
    assert [call.arguments[0] for call in source.calls] == [TICKERS, ("COIL",)]


def test_what_is_given_away_cannot_spoil_what_is_known(tmp_path):
    cached = Cached(FakeProvider(bars=[market(40)], now=night(40)), tmp_path)
    given = ask(cached)
    with pytest.raises(ValueError, match="read-only"):
        given.frame.iloc[0, 0] = 7.0
    given.dividends.loc[DAYS[0]] = 7.0
    assert ask(cached).frame.iloc[0, 0] == 1.0
    assert ask(cached).dividends.empty


_CHILD = dedent("""
    import os, signal, sys, time
    from datetime import timedelta
    from pathlib import Path
    import numpy as np, pandas as pd
    from genie_nb.core.market import Bars, Interval
    from genie_nb.data.cache import Cached, shelf
    from genie_nb.testing import FakeProvider

    folder, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    names = sys.argv[4].split(",")
    days = pd.bdate_range("2026-02-02", "2026-04-30", tz="UTC")

    class Growing(FakeProvider):
        day = first
        def bars(self, tickers, interval, start, end):
            with folder.joinpath("asked").open("a") as log:
                log.write("".join(f"{self.day} {ticker}\\n" for ticker in tickers))
            price = np.arange(1.0, self.day + 1)
            columns = dict.fromkeys(("open", "high", "low", "close", "volume", "adjclose"), price)
            frame = pd.DataFrame(columns, index=days[: self.day]).loc[start:]
            return {t: Bars.from_frame(frame, ticker=t, currency="USD") for t in tickers}

    source = Growing()

    def live():
        cached = Cached(source, folder / "cache")
        for source.day in range(first, last + 1):
            source.set_now((days[source.day - 1] + timedelta(hours=22)).to_pydatetime())
            answers = cached.bars(names, Interval.D1, None, None)
            for bars in answers.values():
                assert bars.close.tolist() == list(range(1, len(bars) + 1)), bars.close
                assert len(bars) >= source.day
            print(source.day, flush=True)

    def together():
        folder.joinpath(f"ready-{os.getpid()}").touch()
        while not folder.joinpath("go").exists():
            time.sleep(0.002)
        live()
""")


def child(folder: Path, first: int, last: int, what: str, **options) -> subprocess.Popen[str]:
    """A process that asks for every day from *first* to *last*, and checks what it is given."""
    arguments = [str(folder), str(first), str(last), ",".join(TICKERS)]
    script = _CHILD + what + "\n"
    return subprocess.Popen([sys.executable, "-c", script, *arguments], text=True, **options)


def started(processes: list[subprocess.Popen[str]], folder: Path) -> None:
    while len(list(folder.glob("ready-*"))) < len(processes):
        assert all(process.poll() is None for process in processes)
        time.sleep(0.01)
    folder.joinpath("go").touch()


def kept(folder: Path) -> dict[str, list[float]]:
    """What the cache gives when the source is down."""
    source = FakeProvider(now=night(60))
    source.fail("bars", Unavailable("The line is cut."))
    answers = Cached(source, folder / "cache").bars(TICKERS, Interval.D1, None, None)
    return {name: bars.close.tolist() for name, bars in answers.items() if isinstance(bars, Bars)}


def days_until(day: int) -> list[float]:
    return list(map(float, range(1, day + 1)))


def test_a_process_killed_while_it_adds_a_day_spoils_nothing(tmp_path):
    assert child(tmp_path, 20, 20, "live()").wait(60) == 0
    half = dedent("""
        def die(self, kind, key, content):
            with self._path(kind, key).open("ab") as file:
                file.write(content[: len(content) // 2])
            os.kill(os.getpid(), signal.SIGKILL)

        shelf.Shelf.append = die
        live()
    """)
    assert child(tmp_path, 21, 21, half).wait(60) == -signal.SIGKILL
    assert kept(tmp_path) == dict.fromkeys(TICKERS, days_until(20))
    assert child(tmp_path, 21, 22, "live()").wait(60) == 0
    assert kept(tmp_path) == dict.fromkeys(TICKERS, days_until(22))


def test_processes_killed_at_any_moment_leave_days_that_are_whole(tmp_path):
    for last in (25, 45):
        process = child(tmp_path, 10, 60, "live()", stdout=subprocess.PIPE)
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= last:
                break
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        for prices in kept(tmp_path).values():
            assert len(prices) >= last
            assert prices == days_until(len(prices))


def test_processes_that_add_the_same_day_at_once_ask_for_it_once(tmp_path):
    assert child(tmp_path, 20, 20, "live()").wait(60) == 0
    tmp_path.joinpath("asked").unlink()
    processes = [child(tmp_path, 21, 21, "together()") for _ in range(2)]
    started(processes, tmp_path)
    assert [process.wait(60) for process in processes] == [0, 0]
    asked = tmp_path.joinpath("asked").read_text().split()[1::2]
    assert sorted(asked) == list(TICKERS)
    assert kept(tmp_path) == dict.fromkeys(TICKERS, days_until(21))
    sizes = {path.stat().st_size for path in tmp_path.glob("cache/bars-1d/*")}
    assert len(sizes) == 1  # one piece was added to each


def test_processes_that_do_not_wait_for_each_other_leave_days_that_are_whole(tmp_path):
    impatient = "shelf.PATIENCE = 0\nshelf.logger.disabled = True\ntogether()"
    processes = [child(tmp_path, 10, 50, impatient) for _ in range(2)]
    started(processes, tmp_path)
    assert [process.wait(120) for process in processes] == [0, 0]
    assert kept(tmp_path) == dict.fromkeys(TICKERS, days_until(50))


def test_the_moment_a_tape_was_fetched_is_kept_to_the_microsecond():
    now = datetime(2026, 3, 2, 22, 0, 0, 123457, tzinfo=UTC)
    held = taped(market(10), since=night(1), now=now, delay=0.0)
    back = unpack(pack(held), "ACME", Interval.D1).tape
    assert (back.fetched_at, back.whole_at, back.since) == (now, now, night(1))
