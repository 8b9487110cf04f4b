"""A scan gives what one-by-one evaluation gives, loses nothing to a fault, and goes on where it stopped."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from jsonschema import Draft202012Validator

import genie_nb as genie
from genie_nb.compute import run
from genie_nb.config import Config
from genie_nb.core.ask import read_words
from genie_nb.core.ask.command import read_line
from genie_nb.core.backtest import run_backtest
from genie_nb.core.errors import (
    AskError,
    NotFound,
    RateLimited,
    RuleNotUnderstood,
    Unavailable,
    UnknownTicker,
)
from genie_nb.core.market import Bars, Interval
from genie_nb.core.scan import LeftOut, Row, Scan
from genie_nb.core.schema import schema_of
from genie_nb.core.verbs import INTERVALS, Ask
from genie_nb.core.work import Outcome, Spreads, in_turn
from genie_nb.data.calendar import closed
from genie_nb.data.demo import open_provider
from genie_nb.desk import Desk
from genie_nb.desk.journal import MOST, Journal
from genie_nb.desk.scan import scan
from genie_nb.desk.supply import BATCH
from genie_nb.desk.tapes import HISTORY
from genie_nb.testing import FakeProvider

DEMO: Any = open_provider("")
FORTY = DEMO.tickers[:40]


def scanned(
    tmp_path: Path, words: str, *, spread: Spreads = in_turn, provider: Any = DEMO, **options: Any
) -> Scan:
    desk = Desk(Config(), tmp_path, provider=provider)
    options.setdefault("universe", ",".join(FORTY))
    return scan(desk, Ask(verb="scan", words=words, options=options), spread=spread)


def tape(ticker: str) -> Bars:
    now = DEMO.now()
    return closed(DEMO.bars([ticker], Interval.D1, now - HISTORY, now)[ticker], now)


def walk(ticker: str, bars: int = 300, *, last: str = "2026-01-12") -> Bars:
    """A seeded random walk."""
    rng = np.random.default_rng(sum(map(ord, ticker)))
    close = 50 * np.exp(np.cumsum(rng.normal(0, 0.02, bars)))
    frame = pd.DataFrame(
        {"open": close, "high": close * 1.01, "low": close * 0.99, "close": close, "volume": 1e5},
        index=pd.bdate_range(end=last, periods=bars),
    )
    return Bars.from_frame(frame, ticker=ticker)


def test_a_rule_over_forty_tickers_is_what_each_says_alone(tmp_path: Path) -> None:
    found = scanned(tmp_path, "close > sma(50) and rsi(14) < 60")
    assert len(found.rows) == 40
    rule = genie.parse_rule("close > sma(50) and rsi(14) < 60", ticker="X")
    for row in found.rows:
        truth = rule.condition.evaluate(tape(row.ticker))
        assert row.state == ("true" if truth.iloc[-1] else "false")
        edges = truth & ~truth.shift(fill_value=True).fillna(True)  # noqa: FBT003
        fired = np.flatnonzero(edges.fillna(False).to_numpy(dtype=bool))  # noqa: FBT003
        assert row.bars_since == len(truth) - 1 - fired[-1]


def test_a_strategy_over_forty_tickers_is_what_each_backtest_says(tmp_path: Path) -> None:
    found = scanned(tmp_path, "breakout", set={"lookback": 15})
    assert len(found.rows) == 40
    for row in found.rows:
        bars = tape(row.ticker)
        assert row.tested is not None
        costs = {"fee_bps": 10, "spread_bps": row.tested.spread_bps or 0}
        cut = len(bars) * 7 // 10
        unseen = run_backtest("breakout", bars, first=cut, lookback=15, **costs)
        seen = run_backtest("breakout", bars.head(cut), lookback=15, **costs)
        assert row.tested.out_of_sample == dict(unseen.metrics)
        assert row.tested.in_sample == dict(seen.metrics)
        assert row.tested.position == ("long" if unseen.open_trade else "flat")


def test_processes_give_the_same_rows(tmp_path: Path) -> None:
    here = scanned(tmp_path, "mean_reversion")
    spread = scanned(tmp_path, "mean_reversion", spread=run, workers=2)
    assert spread.rows == here.rows


def test_rows_come_best_first_and_equal_ones_by_ticker(tmp_path: Path) -> None:
    rows = scanned(tmp_path, "close > sma(50)").rows
    assert [(-row.score, row.ticker) for row in rows] == sorted((-r.score, r.ticker) for r in rows)
    assert len({row.score for row in rows}) < len(rows)


def test_the_score_is_the_mean_of_its_parts(tmp_path: Path) -> None:
    for row in scanned(tmp_path, "trend").rows:
        assert set(row.parts) == {"state", "recency", "unseen"}
        assert row.score == pytest.approx(sum(part or 0 for part in row.parts.values()) / 3)
        assert all(part is None or 0 <= part <= 1 for part in row.parts.values())


def test_recency_halves_every_five_bars(tmp_path: Path) -> None:
    for row in scanned(tmp_path, "close crosses above sma(50)").rows:
        assert row.bars_since is not None
        assert row.parts["recency"] == pytest.approx(0.5 ** (row.bars_since / 5))


def test_the_distance_of_a_single_comparison(tmp_path: Path) -> None:
    found = scanned(tmp_path, "close crosses above 25", universe="ACME,")
    assert found.rows[0].distance == pytest.approx(21.25 / 25 - 1)
    found = scanned(tmp_path, "close > 25 and volume > 1", universe="ACME,")
    assert found.rows[0].distance is None


def test_conditions_may_read_facts_and_other_tickers(tmp_path: Path) -> None:
    small = DEMO.capabilities.small_cap_index
    found = scanned(tmp_path, f"close > close of {small}", universe="ACME,WNCH")
    other = tape(small).close.iloc[-1]
    assert [row.state for row in found.rows] == [
        "true" if row.price > other else "false" for row in found.rows
    ]
    found = scanned(tmp_path, "fact debt_to_equity < 0.5", universe="ACME,")
    assert found.rows[0].state == "true"


def test_failures_of_single_tickers_are_reported_and_not_fatal(tmp_path: Path) -> None:
    class Patchy(FakeProvider):
        def bars(self, tickers: Any, interval: Any, start: Any, end: Any) -> Any:
            bad = {"DOWN": Unavailable("The line is cut."), "BUSY": RateLimited("Patience.")}
            return dict(super().bars(tickers, interval, start, end)) | {
                ticker: bad[ticker] for ticker in tickers if ticker in bad
            }

    good = [walk(ticker) for ticker in ("AAA", "BBB")]
    found = scanned(
        tmp_path, "close > sma(20)", provider=Patchy(bars=good), universe="AAA,DOWN,BBB,GONE,BUSY"
    )
    assert {row.ticker for row in found.rows} == {"AAA", "BBB"}
    assert {item.ticker: item.error for item in found.unknown} == {
        "BUSY": "RateLimited",
        "DOWN": "Unavailable",
        "GONE": "NotFound",
    }
    assert found.exit == 3


def test_signs_and_plain_words_may_stand_side_by_side(tmp_path: Path) -> None:
    found = scanned(tmp_path, "rsi(14) < 90 with volume", universe="ACME,WNCH")
    assert found.sought.name == "rsi(14) < 90 and rvol(20) > 1.5"
    assert found.sought.said_back.startswith("I read this as: rsi(14) < 90 and rvol(20) > 1.5 (")


@pytest.mark.parametrize(
    ("words", "under"),
    [
        ("clse > 3", "clse"),
        ("rsi(14) <", ""),
        ("close > sma(20", ""),
        ("close > 25 unless the fed meets", "fed"),
        ("breaks above $25 unless the fed meets", "fed"),
    ],
)
def test_what_is_no_condition_is_pointed_at(tmp_path: Path, words: str, under: str) -> None:
    with pytest.raises(RuleNotUnderstood) as caught:
        scanned(tmp_path, words, universe="ACME,WNCH")
    _, shown, caret, *_ = str(caught.value).split("\n")
    assert shown[caret.index("^") :].split(" ")[0] == under


@pytest.mark.parametrize(("universe", "rows"), [("AAA,GONE", ["AAA"]), ("GONE,", [])])
def test_a_ticker_that_does_not_exist_is_a_word_not_understood(
    tmp_path: Path, universe: str, rows: list[str]
) -> None:
    fake = FakeProvider(bars=[walk("AAA")])
    found = scanned(tmp_path, "close > 1", provider=fake, universe=universe)
    assert [row.ticker for row in found.rows] == rows
    assert found.exit == 2


def test_a_misspelt_ticker_is_told_with_the_near_one(tmp_path: Path) -> None:
    found = scanned(tmp_path, "close > 1", universe="ACMEE,WNCH")
    assert [row.ticker for row in found.rows] == ["WNCH"]
    assert [item.error for item in found.unknown] == ["NotFound"]
    assert "Did you mean ACME (ACME Corp)?" in found.unknown[0].reason
    assert found.exit == 2


def test_another_ticker_of_the_condition_that_does_not_exist_ends_the_scan(tmp_path: Path) -> None:
    with pytest.raises(UnknownTicker, match="GONE") as caught:
        scanned(tmp_path, "close > close of GONE", universe="ACME,WNCH")
    assert caught.value.exit == 2


def test_a_provider_that_is_down_fails_every_ticker(tmp_path: Path) -> None:
    fake = FakeProvider(bars=[walk("AAA")])
    fake.fail("bars", Unavailable("The line is cut."))
    found = scanned(tmp_path, "close > 1", provider=fake, universe="AAA,BBB")
    assert [item.reason for item in found.unknown] == ["The line is cut."] * 2
    assert found.exit == 3


def test_tickers_whose_bars_do_not_suffice_are_left_out_with_the_reason(tmp_path: Path) -> None:
    fake = FakeProvider(bars=[walk("LONG"), walk("SHORT", 30), walk("OLD", last="2025-06-02")])
    found = scanned(tmp_path, "close > sma(50)", provider=fake, universe="LONG,SHORT,OLD")
    assert [row.ticker for row in found.rows] == ["LONG"]
    reasons = {item.ticker: (item.error, item.reason) for item in found.left_out}
    assert reasons["SHORT"] == (
        "TooFewBars",
        "SHORT has 30 bars; 50 are needed. Ask for a longer period.",
    )
    assert "2025-06-02" in reasons["OLD"][1]
    assert found.exit == 0


def test_a_source_that_ends_long_ago_says_so(tmp_path: Path) -> None:
    fake = FakeProvider(bars=[walk(ticker, last="2024-03-08") for ticker in ("AAA", "BBB")])
    found = scanned(tmp_path, "close > sma(50)", provider=fake, universe="AAA,BBB")
    assert len(found.rows) == 2
    assert "The newest bars are of 2024-03-08, 675 days old" in found.notes[0]


def test_vwap_on_daily_bars_says_what_is_needed(tmp_path: Path) -> None:
    found = scanned(tmp_path, "close > vwap", universe="ACME,")
    assert not found.rows
    assert "exists only on intraday bars" in found.left_out[0].reason


def test_one_bar_is_a_reason_not_a_crash(tmp_path: Path) -> None:
    fake = FakeProvider(bars=[walk("ONE", 1)])
    for words in ("breakout", "close > sma(5)"):
        found = scanned(tmp_path, words, provider=fake, universe="ONE,")
        assert [item.error for item in found.left_out] == ["TooFewBars"]


def interrupted_after(batches: int) -> Spreads:
    def spread[Piece](
        function: Callable[[Piece], Any], pieces: Iterable[Piece], **_: Any
    ) -> Iterator[Outcome[Piece]]:
        yield from islice(in_turn(function, pieces), batches)
        raise KeyboardInterrupt

    return spread


def counting(done: list[str]) -> Spreads:
    def spread[Piece](
        function: Callable[[Piece], Any], pieces: Iterable[Piece], **_: Any
    ) -> Iterator[Outcome[Piece]]:
        for outcome in in_turn(function, pieces):
            piece: Any = outcome.piece
            done.extend(piece.tickers)
            yield outcome

    return spread


def test_a_stopped_scan_keeps_what_it_found_and_the_next_does_the_rest(tmp_path: Path) -> None:
    first = scanned(tmp_path, "trend", spread=interrupted_after(1))
    assert len(first.rows) == BATCH
    assert first.exit == 130
    assert "8 of 40 tickers were not looked at" in first.stopped

    done: list[str] = []
    second = scanned(tmp_path, "trend", spread=counting(done))
    assert sorted(done) == sorted(FORTY[BATCH:])
    assert second.kept == BATCH
    assert any("32 of 40 tickers were kept" in note for note in second.notes)
    assert second.rows == scanned(tmp_path / "other", "trend").rows

    done.clear()
    assert scanned(tmp_path, "trend", spread=counting(done)).kept == 0
    assert len(done) == 40


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("trend", {"set": {"fast": 12}}),
        ("breakout", {}),
        ("trend", {"fresh": True}),
        ("trend", {"as_of": "2026-01-09"}),
        ("trend", {"universe": ",".join(DEMO.tickers[:41])}),
    ],
)
def test_only_the_very_same_scan_goes_on(
    words: str, options: dict[str, Any], tmp_path: Path
) -> None:
    scanned(tmp_path, "trend", spread=interrupted_after(1))
    assert scanned(tmp_path, words, **options).kept == 0


def test_what_failed_is_asked_for_again_and_the_rest_is_kept(tmp_path: Path) -> None:
    fake = FakeProvider(bars=[walk(ticker) for ticker in ("AAA", "BBB")])
    fake.fail("bars", Unavailable("The line is cut."), times=1)
    universe = ",".join(["AAA", *(f"GONE{n}" for n in range(BATCH)), "BBB"])
    first = scanned(tmp_path, "close > 1", provider=fake, universe=universe)
    assert [row.ticker for row in first.rows] == ["BBB"]
    second = scanned(tmp_path, "close > 1", provider=fake, universe=universe)
    assert [row.ticker for row in second.rows] == ["AAA", "BBB"]
    assert second.kept == 1


def test_a_journal_that_was_cut_short_costs_only_its_last_line(tmp_path: Path) -> None:
    scanned(tmp_path, "trend", spread=interrupted_after(1))
    (journal,) = (tmp_path / "cache" / "scan").glob("*.jsonl")
    journal.write_text(journal.read_text() + '[{"ticker": "ACME", "sco')
    assert scanned(tmp_path, "trend").kept == BATCH


def test_no_heap_of_stopped_scans_grows(tmp_path: Path) -> None:
    for number in range(MOST + 5):
        Journal(tmp_path, str(number)).add([ROW])
    assert len(list(tmp_path.iterdir())) == MOST
    assert Journal(tmp_path, str(MOST + 4)).kept() == {"X": ROW}


def test_the_deadline_shows_what_is_ready(tmp_path: Path) -> None:
    found = scanned(tmp_path, "trend", deadline=1e-9)
    assert len(found.rows) == BATCH
    assert not found.to_dict()["complete"]


def test_no_more_bars_are_held_than_a_batch(tmp_path: Path) -> None:
    """Every batch is a file that is there while it is looked at, and gone afterwards."""
    files: list[int] = []

    def spread[Piece](
        function: Callable[[Piece], Any], pieces: Iterable[Piece], **_: Any
    ) -> Iterator[Outcome[Piece]]:
        for outcome in in_turn(function, pieces):
            piece: Any = outcome.piece
            files.append(len(list(piece.bars.parent.iterdir())))
            assert piece.bars.suffix == ".arrow"
            yield outcome

    scanned(tmp_path, "trend", spread=spread, universe=",".join(DEMO.tickers))
    assert files == [1] * len(files)
    assert len(files) == -(-len(DEMO.tickers) // BATCH)


def test_rows_and_reasons_survive_the_journal() -> None:
    found = Row.from_dict(json.loads(json.dumps(ROW.to_dict())))
    assert found == ROW
    reason = LeftOut.because("X", NotFound("X is not known."))
    assert LeftOut(**reason.to_dict()) == reason


ROW = Row(
    ticker="X",
    score=0.5,
    parts={"state": 1.0, "recency": None},
    state="true",
    bars_since=0,
    since="2026-01-12T00:00:00+00:00",
    bar_time="2026-01-12T00:00:00+00:00",
    price=1.0,
    distance=-0.03,
)


def test_the_clock_of_the_past_is_kept(tmp_path: Path) -> None:
    found = scanned(tmp_path, "close > sma(50)", as_of="2025-06-02", universe="ACME,WNCH")
    assert {row.bar_time[:10] for row in found.rows} == {"2025-06-02"}
    assert found.as_of == datetime(2025, 6, 2, 20, tzinfo=UTC)


def test_intraday_bars_are_scanned_by_their_interval(tmp_path: Path) -> None:
    found = scanned(tmp_path, "close > vwap", interval="5m", universe="ACME,")
    assert found.rows[0].bar_time == "2026-01-12T20:55:00+00:00"


@pytest.mark.parametrize(
    ("words", "params"),
    [
        ("breakot", {}),
        ("close >", {}),
        ("breakout", {"lookback": 9999}),
        ("breakout", {"speed": 3}),
        ("close > 25", {"lookback": 20}),
    ],
)
def test_what_is_not_understood_is_refused(
    words: str, params: dict[str, float], tmp_path: Path
) -> None:
    with pytest.raises(AskError):
        scanned(tmp_path, words, set=params)


def test_a_provider_that_cannot_list_its_companies_needs_a_universe(tmp_path: Path) -> None:
    desk = Desk(Config(), tmp_path, provider=FakeProvider())
    with pytest.raises(AskError, match="has no universe"):
        scan(desk, Ask(verb="scan", words="trend"), spread=in_turn)


def test_plain_words_are_read_and_said_back(tmp_path: Path) -> None:
    found = scanned(tmp_path, "breaks above its 50-day average with volume", universe="ACME,")
    assert found.sought.name == "close crosses above sma(50) and rvol(20) > 1.5"
    assert found.notes[0].startswith("I read this as: close crosses above sma(50)")
    assert scanned(tmp_path, "oversold", universe="ACME,").sought.name == "rsi(14) < 30"


@pytest.mark.parametrize("words", ["WNCH breaks above 25", "breaks above 25 once"])
def test_a_wish_about_one_ticker_is_no_scan(words: str, tmp_path: Path) -> None:
    with pytest.raises(AskError, match="for one watched ticker"):
        scanned(tmp_path, words)


def test_the_option_knows_every_interval() -> None:
    assert tuple(Interval) == INTERVALS


def test_a_line_and_a_call_are_the_same_scan() -> None:
    line = "scan breakout --set lookback=15 --universe ACME,WNCH, --fee-bps 5 --provider demo"
    call = genie.scan(
        "breakout", universe=["ACME", "WNCH"], lookback=15, fee_bps=5, provider="demo"
    )
    assert call.ask == read_line(line)
    assert call.to_dict()["fee_bps"] == 5


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Scan for breakout", "breakout"),
        ("scan the market for golden cross.", "golden cross"),
        ("scan close > 25", "close > 25"),
    ],
)
def test_plain_wishes_to_scan_are_understood(words: str, meant: str) -> None:
    assert read_words(words) == Ask(verb="scan", words=meant)


def test_nothing_is_said_of_progress_where_nobody_looks(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    scanned(tmp_path, "close > 25")
    assert capfd.readouterr() == ("", "")


def test_a_terminal_sees_a_bar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    scanned(tmp_path, "close > 25")
    assert "tickers" in terminal.getvalue()


def test_the_bar_is_full_at_the_end_though_a_ticker_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []

    @contextmanager
    def seen(total: int, what: str, unit: str) -> Iterator[Callable[[int], object]]:
        yield steps.append
        assert (sum(steps), what, unit) == (total, "scan close > 25", "tickers")

    monkeypatch.setattr("genie_nb.desk.round.progress", seen)
    found = genie.scan("close > 25", universe=["ACME", "NOSUCH"], provider="demo", home=tmp_path)
    assert (len(found.rows), len(found.unknown)) == (1, 1)
    assert sum(steps) == 2


@pytest.mark.parametrize("words", ["breakout", "close > sma(50)"])
def test_the_json_is_as_its_schema_says(words: str) -> None:
    found = genie.scan(words, universe=["ACME", "NOSUCH", "WNCH"], provider="demo").to_dict()
    assert list(Draft202012Validator(schema_of("scan")).iter_errors(found)) == []
    assert found["schema"] == "genie-scan/1"


def test_python_takes_lists_files_strategies_and_other_answers(tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("ACME\nWNCH\n")
    by_list = genie.scan("breakout", universe=["ACME", "WNCH"], provider="demo", lookback=15)
    by_file = genie.scan(
        genie.strategies()["breakout"], universe=file, provider="demo", lookback=15
    )
    by_answer = genie.scan("breakout", universe=by_list, provider="demo", lookback=15)
    rule = genie.parse_rule("ACME 1d: close > 25")
    assert by_list.rows == by_file.rows == by_answer.rows
    assert genie.scan(rule, universe=["ACME"], provider="demo").to_dict()["sought"] == "close > 25"


def test_the_table_has_a_row_per_ticker() -> None:
    frame = genie.scan("breakout", universe=["ACME", "WNCH"], provider="demo").to_frame()
    assert list(frame.index) == ["ACME", "WNCH"]
    assert {"score", "out_of_sample.sharpe", "parts.unseen"} <= set(frame.columns)
    assert frame.attrs["source"] == "demo"


def test_universe_results_carry_a_survivorship_warning() -> None:
    answer = genie.scan("breakout", universe=["ACME"], provider="demo")
    assert any("failed or were bought" in note for note in answer.notes)
    assert "failed or were bought" in " ".join(answer.view().text.split())
    trades = answer.rows[0].tested.out_of_sample["trades"]
    assert trades < 20
    assert any("1 have fewer than 20 trades" in note for note in answer.notes)
