"""Facts from daily bars, against numpy, TA-Lib and bidask on their own."""

from dataclasses import replace
from math import sqrt

import bidask
import numpy as np
import pandas as pd
import pytest
import talib

from genie_nb.core.facts.registry import compute_facts
from genie_nb.core.facts.subject import Subject
from genie_nb.core.market import Bars


def walk(seed: int, count: int = 400, *, spread: float = 0.0) -> pd.DataFrame:
    """Days of 390 trades each, half of them at the bid and half at the ask."""
    rng = np.random.default_rng(seed)
    middle = 20 * np.exp(
        np.cumsum(rng.normal(0, 0.02 / sqrt(390), (count, 390))).reshape(count, 390)
    )
    trades = middle * (1 + spread / 2 * rng.choice((-1, 1), (count, 390)))
    return pd.DataFrame(
        {
            "open": trades[:, 0],
            "high": trades.max(axis=1),
            "low": trades.min(axis=1),
            "close": trades[:, -1],
            "volume": rng.integers(60_000, 120_000, count).astype(float),
        },
        index=pd.bdate_range(end="2026-01-12", periods=count),
    )


def facts_of(subject, frame, index=None, **changes):
    tape = Bars.from_frame(frame, ticker="ACME", currency="USD", source="test")
    other = None if index is None else Bars.from_frame(index, ticker="LARGE", source="test")
    return compute_facts(subject(bars=tape, index=other, **changes))


def test_volatility_is_the_sample_deviation_of_252_returns_times_root_252(subject):
    frame = walk(1)
    returns = frame["close"].pct_change().iloc[-252:]
    fact = facts_of(subject, frame)["volatility_1y"]
    assert fact.value == pytest.approx(returns.std(ddof=1) * sqrt(252), rel=1e-12)


def test_beta_is_covariance_over_variance_with_the_large_cap_index(subject):
    frame, index = walk(1), walk(2)
    mine, theirs = (one["close"].pct_change().iloc[-252:] for one in (frame, index))
    fact = facts_of(subject, frame, index)["beta_1y"]
    assert fact.value == pytest.approx(mine.cov(theirs) / theirs.var(), rel=1e-12)


def test_beta_without_an_index_says_so(subject):
    fact = facts_of(subject, walk(1))["beta_1y"]
    assert (fact.value, fact.reason) == (None, "there is no large-cap index to set it against")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("rsi_14", lambda f: talib.RSI(f["close"].to_numpy(), 14)[-1]),
        ("sma_20", lambda f: f["close"].iloc[-20:].mean()),
        ("sma_50", lambda f: f["close"].iloc[-50:].mean()),
        ("sma_200", lambda f: f["close"].iloc[-200:].mean()),
        ("high_52w", lambda f: f["high"].iloc[-252:].max()),
        ("low_52w", lambda f: f["low"].iloc[-252:].min()),
        ("relative_volume", lambda f: f["volume"].iloc[-1] / f["volume"].iloc[-21:-1].mean()),
        ("average_volume_20d", lambda f: f["volume"].iloc[-20:].mean()),
        ("average_dollar_volume_20d", lambda f: (f["close"] * f["volume"]).iloc[-20:].mean()),
        (
            "atr_14_pct",
            lambda f: (
                talib.ATR(*(f[c].to_numpy() for c in ("high", "low", "close")), 14)[-1]
                / f["close"].iloc[-1]
            ),
        ),
    ],
)
def test_a_line_s_last_value_is_the_fact(subject, name, line):
    frame = walk(3)
    assert facts_of(subject, frame)[name].value == pytest.approx(line(frame), rel=1e-9)


def test_the_spread_is_edge_over_63_bars(subject):
    frame = walk(4, spread=0.01)
    last = frame.iloc[-63:]
    expected = bidask.edge(last["open"], last["high"], last["low"], last["close"], sign=True)
    assert expected > 0
    assert facts_of(subject, frame)["spread_estimate_bps"].value == pytest.approx(expected * 10_000)


def negative_spread() -> pd.DataFrame:
    for seed in range(100):
        frame = walk(seed)
        last = frame.iloc[-63:]
        if bidask.edge(last["open"], last["high"], last["low"], last["close"], sign=True) < 0:
            return frame
    raise AssertionError("no walk had a negative estimate")


def test_a_negative_spread_estimate_is_unknown_not_zero(subject):
    facts = facts_of(subject, negative_spread())
    assert facts["spread_estimate_bps"].value is None
    assert "below zero" in (facts["spread_estimate_bps"].reason or "")
    cost = facts["exit_cost_bps_10000_shares"]
    assert cost.value is None
    assert cost.alternatives[0].source == "market impact alone, the spread left out"


@pytest.mark.parametrize("shares", [10_000, 2_500])
def test_leaving_costs_half_the_spread_and_the_push(subject, shares):
    frame = walk(4, spread=0.01)
    last = frame.iloc[-63:]
    spread = bidask.edge(last["open"], last["high"], last["low"], last["close"]) * 10_000
    daily = frame["close"].pct_change().iloc[-20:].std(ddof=1)
    volume = frame["volume"].iloc[-20:].mean()
    facts = facts_of(subject, frame, shares=shares)
    cost, days = facts["exit_cost_bps_10000_shares"], facts["days_to_exit_10000_shares"]
    assert cost.value == pytest.approx(spread / 2 + 10_000 * daily * sqrt(shares / volume))
    assert days.value == pytest.approx(shares / (0.1 * volume))
    for fact in (cost, days):
        assert f"{shares:,} shares" in fact.formula
        assert ("size of the position", shares) in [(item.name, item.value) for item in fact.inputs]


@pytest.mark.parametrize(
    ("name", "need"),
    [("sma_200", 200), ("high_52w", 252), ("volatility_1y", 253), ("spread_estimate_bps", 63)],
)
def test_too_few_bars_are_counted(subject, name, need):
    fact = facts_of(subject, walk(1, need - 1))[name]
    assert fact.value is None
    assert fact.reason == f"it needs {need} daily bars and there are {need - 1}"
    assert facts_of(subject, walk(4, need, spread=0.01))[name].value is not None


def test_unknown_volume_is_not_zero_volume(subject):
    frame = walk(1)
    frame.loc[frame.index[-3], "volume"] = np.nan
    facts = facts_of(subject, frame)
    for name in ("average_volume_20d", "relative_volume", "days_to_exit_10000_shares"):
        assert facts[name].value is None
        assert "volume" in (facts[name].reason or "")


def test_a_tape_without_volume_has_no_days_to_exit(subject):
    facts = facts_of(subject, walk(1).assign(volume=0.0))
    assert facts["days_to_exit_10000_shares"].value is None


def test_a_price_that_never_moved_has_no_rsi(subject):
    fact = compute_facts(subject())["rsi_14"]
    assert (fact.value, fact.reason) == (None, "the price has not moved")


def test_the_price_is_the_last_close_and_says_from_when(subject):
    fact = compute_facts(subject())["price"]
    assert (fact.value, fact.unit, fact.source, str(fact.as_of)) == (
        18.0,
        "USD",
        "test",
        "2026-01-12",
    )


def test_without_bars_the_provider_s_last_quote_is_the_price(subject, company):
    quoted = company(quoted={"last_price": 17.5})
    fact = compute_facts(subject(bars=None, fundamentals=quoted))["price"]
    assert (fact.value, fact.source) == (17.5, "test (own figure)")


def test_dividends_of_a_year_over_the_close_are_the_yield(subject, bars):
    tape = bars([18.0] * 300)
    paid = tape.close.iloc[[20, 150, 220, 280]] * 0 + 0.09
    fact = compute_facts(subject(bars=replace(tape, dividends=paid)))["dividend_yield"]
    in_a_year = paid[paid.index > tape.index[-1] - pd.Timedelta(days=365)]
    assert len(in_a_year) == 3
    assert fact.value == pytest.approx(0.27 / 18)


def test_no_dividend_on_record_is_not_a_yield_of_zero(subject):
    fact = compute_facts(subject())["dividend_yield"]
    assert (fact.value, fact.reason) == (None, "no dividend is on record")


def test_a_price_without_a_named_currency_is_iso_s_no_currency(subject):
    tape = Bars.from_frame(walk(1), ticker="X")
    fact = compute_facts(Subject(as_of=subject().as_of, bars=tape))["price"]
    assert fact.unit == "XXX"
