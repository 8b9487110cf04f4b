"""Signals: active, not active, undone or untold, each in one plain sentence with its numbers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from genie_nb.core.findings.finding import Signal
from genie_nb.core.findings.signal_specs import SIGNALS
from genie_nb.core.findings.signals import SIGNAL_NAMES, signals
from genie_nb.core.grammar import line, parse_condition
from genie_nb.core.market import Bars

PROMISED = [
    "broke_above_sma_50",
    "broke_below_sma_50",
    "golden_cross",
    "death_cross",
    "new_high_52w",
    "new_low_52w",
    "breakout_20",
    "oversold",
    "overbought",
    "volume_spike",
    "gap_up",
    "gap_down",
    "uptrend",
    "downtrend",
]


def bars_of(close, *, opened=None, volume=None, ticker: str = "X") -> Bars:
    close = np.asarray(close, dtype=float)
    opened = close if opened is None else np.asarray(opened, dtype=float)
    frame = pd.DataFrame(
        {
            "open": opened,
            "high": np.maximum(opened, close),
            "low": np.minimum(opened, close),
            "close": close,
            "volume": np.full(len(close), 1000.0) if volume is None else volume,
        },
        index=pd.bdate_range("2024-01-02", periods=len(close)),
    )
    return Bars.from_frame(frame, ticker=ticker, currency="USD")


def told(
    bars: Bars | None, small: Bars | None = None, large: Bars | None = None
) -> dict[str, Signal]:
    return {signal.name: signal for signal in signals(bars, small, large)}


def flat_then(*closes: float, days: int = 300, volume: tuple[float, ...] = ()) -> Bars:
    shares = [1000.0] * (days + len(closes) - len(volume)) + list(volume)
    wobble = 20 + 0.1 * np.sin(np.arange(days))
    return bars_of([*wobble, *closes], volume=shares)


def test_the_list_is_closed_and_holds_what_was_promised():
    assert set(PROMISED) <= set(SIGNAL_NAMES)
    assert len(set(SIGNAL_NAMES)) == len(SIGNAL_NAMES)


@pytest.mark.parametrize(
    "bars", [None, bars_of([]), bars_of([5.0]), bars_of(range(1, 41)), flat_then()], ids=range(5)
)
def test_every_signal_is_always_there_with_a_sentence(bars):
    found = signals(bars, None, None)
    assert tuple(signal.name for signal in found) == SIGNAL_NAMES
    assert all(signal.text.endswith(".") and "{" not in signal.text for signal in found)


def test_without_prices_nothing_is_told():
    for signal in signals(None, None, None):
        assert (signal.active, signal.bars_ago, signal.with_volume) == (None, None, None)


def test_a_break_is_told_with_its_volume():
    found = told(flat_then(20, 21, volume=(1000, 2100)))["broke_above_sma_50"]
    assert (found.active, found.bars_ago, found.with_volume) == (True, 0, True)
    assert (
        found.text
        == "Closed above its 50-day average on the last day, on 2.1 times its usual volume."
    )


def test_a_break_is_news_for_three_bars():
    fresh = told(flat_then(19, 22, 22, 22, 22))["broke_above_sma_50"]
    assert (fresh.active, fresh.bars_ago, fresh.with_volume) == (True, 3, False)
    assert (
        fresh.text == "Closed above its 50-day average 3 days ago, on 1.0 times its usual volume."
    )
    old = told(flat_then(19, 22, 22, 22, 22, 22))["broke_above_sma_50"]
    assert (old.active, old.bars_ago, old.with_volume) == (False, None, None)
    assert old.text == "Has not newly closed above its 50-day average in the last 4 days."


def test_a_break_that_was_undone_is_not_active_and_says_so():
    found = told(flat_then(19, 22, 19))["broke_above_sma_50"]
    assert found.active is False
    assert found.text == (
        "Closed above its 50-day average 1 day ago and has closed back below it since."
    )


def test_without_volume_an_event_stands_and_its_confirmation_is_unknown():
    bars = bars_of([*np.full(300, 20.0), 19, 22], volume=np.nan)
    found = told(bars)
    assert (found["broke_above_sma_50"].active, found["broke_above_sma_50"].with_volume) == (
        True,
        None,
    )
    assert found["broke_above_sma_50"].text == "Closed above its 50-day average on the last day."
    assert found["volume_spike"].active is None
    assert found["volume_spike"].text == (
        "Volume spike cannot be told: rvol(20) needs a volume that is not known."
    )


def test_a_young_share_says_how_many_bars_are_needed():
    found = told(bars_of(range(1, 41)))["golden_cross"]
    assert found.active is None
    assert found.text == ("Golden cross cannot be told: sma(50) needs 50 bars and there are 40.")


@pytest.mark.parametrize("days", [2, 3, 4])
def test_in_its_first_days_what_cannot_be_ruled_out_is_untold(days):
    found = told(bars_of([10.0] * days))
    for name in ("gap_up", "gap_down"):
        assert found[name].active is None
        assert found[name].text.endswith("cannot be told: not all of the last 4 days are known.")


def test_a_breakout_is_undone_by_closing_back_below_the_level_it_broke():
    assert told(flat_then(22, 21, 23))["breakout_20"].active is True
    held = told(flat_then(22, 21))["breakout_20"]
    assert (held.active, held.bars_ago) == (True, 1)
    assert held.text.startswith(
        "Closed above $20.10, its highest price of the 20 days before, 1 day ago"
    )
    undone = told(flat_then(22, 20))["breakout_20"]
    assert undone.active is False
    assert undone.text.endswith("1 day ago and has closed back below it since.")


def test_a_gap_is_undone_by_closing_it():
    closes = [*np.full(30, 20.0), 23, 22]
    opened = [*np.full(30, 20.0), 22, 23]
    found = told(bars_of(closes, opened=opened))["gap_up"]
    assert (found.active, found.bars_ago) == (True, 1)
    assert found.text == (
        "Opened 10 % above the previous close 1 day ago, on 1.0 times its usual volume."
    )
    filled = told(bars_of([*closes[:-1], 19.5], opened=[*opened[:-1], 22.9]))["gap_up"]
    assert filled.active is False
    assert filled.text.endswith("and has closed the gap since.")


def test_a_gap_down_is_told_without_a_sign():
    found = told(bars_of([*np.full(30, 20.0), 17], opened=[*np.full(30, 20.0), 18]))["gap_down"]
    assert found.text.startswith("Opened 10 % below the previous close on the last day")


def test_new_highs_and_lows_are_of_the_year():
    rising = told(bars_of(np.linspace(10, 20, 300)))
    assert rising["new_high_52w"].text.startswith(
        "Reached a new 52-week high of $20.00 on the last day"
    )
    assert rising["new_low_52w"].active is False
    assert told(bars_of(np.linspace(20, 10, 300)))["new_low_52w"].active is True


def test_trends_and_their_age():
    up = told(bars_of(np.linspace(10, 20, 300)))
    assert up["uptrend"].active is True
    assert up["uptrend"].bars_ago == 300 - 200
    assert up["downtrend"].active is False
    assert told(bars_of(np.linspace(20, 10, 300)))["downtrend"].active is True


def test_rsi_extremes_carry_their_number():
    found = told(bars_of(np.linspace(20, 10, 60) + 0.01 * np.sin(np.arange(60))))
    assert found["oversold"].active is True
    assert found["oversold"].text.startswith("Oversold: RSI(14) is ")
    assert found["oversold"].with_volume is None
    assert found["overbought"].active is False


def test_crosses_of_the_averages():
    turn = [*np.linspace(30, 20, 260), *np.linspace(20, 40, 60)]
    days = [len(turn) - cut for cut in range(60)]
    active = [told(bars_of(turn[:day]))["golden_cross"].active for day in days]
    assert sum(active) == 4


def test_relative_strength_names_what_it_compares():
    stock, index = (
        bars_of(np.linspace(10, 20, 100)),
        bars_of(np.linspace(10, 11, 100), ticker="IWM"),
    )
    found = told(stock, small=index)
    assert found["outperforms_small_caps"].active is True
    assert found["outperforms_small_caps"].text == (
        "Did better than the small-cap index over 63 days: 47 % against 6.1 %."
    )
    assert found["outperforms_large_caps"].text == (
        "Outperforms large caps cannot be told: there are no prices of the large-cap index."
    )


def test_the_evidence_is_the_lines_in_the_sentence():
    found = told(flat_then(20, 21))["broke_above_sma_50"]
    assert [fact.name for fact in found.evidence] == ["close", "sma(50)"]
    assert [fact.unit for fact in found.evidence] == ["USD", "USD"]
    assert found.evidence[0].value == 21


def test_every_condition_is_canonical():
    for spec in SIGNALS:
        for text in (spec.condition, spec.still):
            if text:
                shown = text.format(index="IWM", ago=2)
                assert str(parse_condition(shown)) == shown
        for text, _ in spec.shows.values():
            assert str(line(text.format(index="IWM"))) == text.format(index="IWM")


@pytest.mark.recorded
def test_on_recorded_markets_a_signal_is_what_its_condition_says(recorded: Path):
    for ticker in ("CRSR", "AAPL", "BFLY", "SOHO"):
        file = recorded / "prices" / "daily_yahoo_2014_2024" / f"{ticker}.csv.gz"
        frame = pd.read_csv(file, index_col=0, parse_dates=True)
        bars = Bars.from_frame(frame, ticker=ticker)
        found = told(bars)
        for spec in SIGNALS:
            if spec.against or found[spec.name].active is None:
                continue
            truth = parse_condition(spec.condition).evaluate(bars)
            recent = truth.iloc[-4:] if spec.event else truth.iloc[-1:]
            if found[spec.name].active:
                assert recent.any()
            elif not spec.still:
                assert not recent.any()
