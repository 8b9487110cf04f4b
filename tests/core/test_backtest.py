"""What a backtest means, said by examples that can be worked out by hand and by a second loop."""

import math
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
import random_walks
from hypothesis import given, settings
from hypothesis import strategies as st

from genie_nb.core.backtest import METRICS, Costs, run_backtest
from genie_nb.core.backtest import fast as fast_reader
from genie_nb.core.backtest.fills import Account
from genie_nb.core.backtest.metrics import add_up, metrics
from genie_nb.core.backtest.plain import plain
from genie_nb.core.backtest.prices import Prices
from genie_nb.core.errors import AskError, BadBars, GenieError, TooFewBars, UnknownName
from genie_nb.core.expr.truth import FALSE, TRUE, UNKNOWN, as_series
from genie_nb.core.market import Bars
from genie_nb.core.strategies import BUILT_IN, Strategy
from genie_nb.data.calendar import with_session_ends

random_walk = partial(random_walks.random_walk, ticker="X")

ON_DAILY_BARS = sorted(name for name, one in BUILT_IN.items() if not one.intraday_only)
FREE = {"fee_bps": 0, "spread_bps": 0}


def bars_of(
    opens: list[float],
    closes: list[float],
    *,
    volume: float = 1000.0,
    dividends: dict | None = None,
) -> Bars:
    frame = pd.DataFrame(
        {
            "Open": opens,
            "High": np.maximum(opens, closes),
            "Low": np.minimum(opens, closes),
            "Close": closes,
            "Volume": volume,
        },
        index=pd.bdate_range("2025-01-06", periods=len(opens)),
    )
    if dividends:
        frame["Dividends"] = [dividends.get(i, 0.0) for i in range(len(opens))]
    return Bars.from_frame(frame, ticker="X")


def walked_by_hand(
    enter: list, leave: list, bars: Bars, *, fee: float, spread: float
) -> tuple[list[tuple], list[float]]:
    """Trades as (bought, sold, return) and the equity, by a loop that shares nothing with the engine."""
    opens, closes = bars.open.tolist(), bars.close.tolist()
    paid = bars.dividends.reindex(bars.frame.index).fillna(0.0).tolist()
    equity, trades, worth = [], [], 1.0
    t, long_since, start, shares, purse = 0, None, 1.0, 0.0, 0.0
    while t < len(opens):
        yesterday = t - 1
        if long_since is not None:
            purse += shares * paid[t]
            if yesterday >= long_since and leave[yesterday] is True:
                worth = purse + shares * opens[t] * (1 - spread / 2) * (1 - fee)
                trades.append((long_since, t, worth / start - 1))
                long_since, shares, purse = None, 0.0, 0.0
                equity.append(worth)
                t += 1
                continue
        elif yesterday >= 0 and enter[yesterday] is True and leave[yesterday] is not True:
            long_since, start = t, worth
            shares = worth / (1 + fee) / (opens[t] * (1 + spread / 2))
        equity.append(worth if long_since is None else purse + shares * closes[t])
        t += 1
    if long_since is not None:
        trades.append((long_since, None, equity[-1] / start - 1))
    return trades, equity


def metrics_by_hand(trades: list[tuple], equity: list[float]) -> dict[str, float | None]:
    curve = pd.Series(equity)
    change = curve.pct_change().iloc[1:]
    closed = [gain for _, sold, gain in trades if sold is not None]
    held = sum((len(equity) if sold is None else sold) - bought for bought, sold, _ in trades)
    loss = math.sqrt((change.clip(upper=0) ** 2).mean())
    return {
        "total_return": equity[-1] - 1,
        "cagr": equity[-1] ** (252 / (len(equity) - 1)) - 1,
        "sharpe": change.mean() / change.std(ddof=1) * math.sqrt(252)
        if change.std() > 1e-9
        else None,
        "sortino": change.mean() / loss * math.sqrt(252) if loss else None,
        "max_drawdown": min(0.0, (curve / curve.cummax().clip(lower=1.0) - 1).min()),
        "hit_rate": sum(gain > 0 for gain in closed) / len(closed) if closed else None,
        "exposure": held / len(equity),
        "trades": len(closed),
    }


def assert_close(found: object, wanted: object) -> None:
    if wanted is None or found is None:
        assert found == wanted
    else:
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-12)


class TestFills:
    def test_an_entry_true_at_a_close_buys_at_the_next_open(self) -> None:
        bars = bars_of([10, 11, 12, 13, 14], [10, 20, 12, 5, 14])
        trades = run_backtest(("close > 15", "close < 8"), bars, **FREE).trades
        assert trades["entry_price"].tolist() == [12]
        assert trades["exit_price"].tolist() == [14]
        assert trades["entry_time"].tolist() == [bars.labels[2]]
        assert trades["exit_time"].tolist() == [bars.labels[4]]
        assert trades["bars"].tolist() == [2]
        assert trades["return"].tolist() == pytest.approx([14 / 12 - 1])

    def test_a_level_may_enter_again_as_soon_as_it_is_flat(self) -> None:
        bars = bars_of([10] * 6, [20, 5, 20, 5, 20, 20])
        result = run_backtest(("close > 15", "close < 8"), bars, **FREE)
        assert result.trades["entry_time"].tolist() == [bars.labels[1], bars.labels[3]]
        assert result.trades["exit_time"].tolist() == [bars.labels[2], bars.labels[4]]
        assert result.open_trade is not None
        assert result.open_trade["entry_time"] == bars.labels[5]

    def test_an_entry_is_left_alone_while_the_exit_is_true_too(self) -> None:
        bars = bars_of([10] * 4, [20, 20, 20, 20])
        assert run_backtest(("close > 15", "close > 10"), bars).metrics["trades"] == 0

    def test_the_exit_alone_is_read_while_long(self) -> None:
        bars = bars_of([10] * 4, [20, 20, 20, 7])
        result = run_backtest(("close > 15", "close < 8"), bars, **FREE)
        assert result.trades.empty
        assert result.open_trade is not None

    def test_a_signal_on_the_last_bar_is_not_filled(self) -> None:
        result = run_backtest(("close > 15", "close < 8"), bars_of([10, 10, 10], [9, 9, 20]))
        assert result.open_trade is None
        assert result.metrics["total_return"] == 0

    def test_unknown_never_trades(self) -> None:
        index = range(4)
        entry = pd.Series([pd.NA] * 4, index=index, dtype="boolean")
        never = pd.Series([False] * 4, index=index, dtype="boolean")
        prices = Prices(open=np.full(4, 10.0), close=np.full(4, 10.0), dividends=np.zeros(4))
        assert plain(entry, never, prices, Costs()).fills == ()
        assert plain(~never, entry, prices, Costs()).closed == ()


class TestCosts:
    def test_a_round_trip_pays_the_fee_twice_and_half_the_spread_twice(self) -> None:
        bars = bars_of([10, 10, 10, 10], [20, 5, 10, 10])
        result = run_backtest(("close > 15", "close < 8"), bars, fee_bps=100, spread_bps=200)
        shares = 1 / 1.01 / (10 * 1.01)
        assert result.trades["entry_price"].tolist() == pytest.approx([10.1])
        assert result.trades["exit_price"].tolist() == pytest.approx([9.9])
        assert result.trades["return"].tolist() == pytest.approx([shares * 10 * 0.99 * 0.99 - 1])
        assert result.equity.tolist() == pytest.approx(
            [1, shares * 5, shares * 98.01 / 10, shares * 9.801]
        )

    def test_impact_moves_the_filled_prices(self) -> None:
        bars = bars_of([10, 10, 10, 10], [20, 5, 10, 10])
        trades = run_backtest(("close > 15", "close < 8"), bars, impact_bps=50, **FREE).trades
        assert trades["entry_price"].tolist() == pytest.approx([10.05])
        assert trades["exit_price"].tolist() == pytest.approx([9.95])

    def test_an_open_trade_is_marked_at_the_last_close_without_costs(self) -> None:
        bars = bars_of([10, 10, 10], [20, 20, 30])
        result = run_backtest(("close > 15", "close < 8"), bars, fee_bps=100)
        assert result.open_trade == {
            "entry_time": bars.labels[1],
            "entry_price": 10,
            "last_price": 30,
            "return": pytest.approx(3 / 1.01 - 1),
            "bars": 2,
        }
        assert result.metrics["trades"] == 0
        assert result.metrics["hit_rate"] is None

    @pytest.mark.parametrize(
        "costs", [{"fee_bps": -1}, {"spread_bps": math.nan}, {"spread_bps": 30_000}]
    )
    def test_costs_that_cannot_be_are_refused(self, costs: dict[str, float]) -> None:
        with pytest.raises(AskError):
            run_backtest("mean_reversion", random_walk(1, 60), **costs)


class TestDividends:
    CLOSES = (20.0, 20, 20, 20, 5, 20, 20)

    def test_who_held_over_the_night_before_is_paid(self) -> None:
        bars = bars_of([10] * 7, list(self.CLOSES), dividends={3: 1.0})
        result = run_backtest(("close > 15", "close < 8"), bars, **FREE)
        assert result.equity.tolist()[3] == pytest.approx(0.1 * 20 + 0.1)
        assert result.trades["return"].tolist() == pytest.approx([0.1])

    def test_a_buyer_on_the_ex_date_is_not_paid(self) -> None:
        bars = bars_of([10] * 7, list(self.CLOSES), dividends={1: 1.0})
        result = run_backtest(("close > 15", "close < 8"), bars, **FREE)
        assert result.trades["return"].tolist() == [0]

    def test_a_seller_on_the_ex_date_is_paid(self) -> None:
        bars = bars_of([10] * 7, list(self.CLOSES), dividends={5: 1.0})
        result = run_backtest(("close > 15", "close < 8"), bars, **FREE)
        assert result.trades["return"].tolist() == pytest.approx([0.1])

    def test_the_cash_waits_for_the_next_entry(self) -> None:
        bars = bars_of([10, 10, 10, 10, 10, 10, 20], list(self.CLOSES), dividends={2: 1.0})
        result = run_backtest(("close > 15", "close < 8"), bars, **FREE)
        assert result.equity.tolist() == pytest.approx([1, 2, 2.1, 2.1, 0.6, 1.1, 1.1])


@st.composite
def truths(draw: st.DrawFn, count: int) -> np.ndarray:
    """Truths in runs, so that both lone signals and long stretches come up."""
    pool = draw(st.lists(st.sampled_from([FALSE, UNKNOWN, TRUE]), min_size=1, max_size=40))
    length = draw(st.sampled_from([1, 3, 20, 70]))
    return np.resize(np.repeat(np.array(pool, dtype=np.int8), length), count)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Bars, np.ndarray, np.ndarray, Costs]:
    count = draw(st.integers(2, 300))
    bars = random_walk(draw(st.integers(0, 10_000)), count, dividends=draw(st.booleans()))
    costs = Costs(
        fee_bps=draw(st.sampled_from([0, 10, 150])), spread_bps=draw(st.sampled_from([0, 35]))
    )
    return bars, draw(truths(count)), draw(truths(count)), costs


def prices_of(bars: Bars) -> Prices:
    paid = bars.dividends.reindex(bars.frame.index).fillna(0.0).to_numpy()
    return Prices(open=bars.open.to_numpy(), close=bars.close.to_numpy(), dividends=paid)


def both(bars: Bars, entry: np.ndarray, leave: np.ndarray, costs: Costs) -> tuple[Account, Account]:
    prices = prices_of(bars)
    slow = plain(as_series(entry, bars.labels), as_series(leave, bars.labels), prices, costs)
    return slow, fast_reader.account(entry, leave, prices, costs)


class TestTheTwoReaders:
    @settings(max_examples=150, deadline=None)
    @given(cases())
    def test_plain_and_fast_agree_with_a_loop_that_knows_neither(self, case: tuple) -> None:
        bars, entry, leave, costs = case
        words = {TRUE: True, FALSE: False, UNKNOWN: None}
        trades, equity = walked_by_hand(
            [words[one] for one in entry],
            [words[one] for one in leave],
            bars,
            fee=costs.fee,
            spread=costs.spread_bps / 10_000,
        )
        for account in both(bars, entry, leave, costs):
            assert [(fill.bought, fill.sold) for fill in account.fills] == [t[:2] for t in trades]
            assert [fill.growth - 1 for fill in account.fills] == pytest.approx(
                [t[2] for t in trades], rel=1e-9, abs=1e-12
            )
            assert account.equity.tolist() == pytest.approx(equity, rel=1e-12)
            found = metrics(add_up(account), bars_per_year=252)
            for name, wanted in metrics_by_hand(trades, equity).items():
                assert_close(found[name], wanted)

    @settings(max_examples=100, deadline=None)
    @given(cases())
    def test_equity_is_the_product_of_the_trades(self, case: tuple) -> None:
        for account in both(*case):
            grown = math.prod(fill.growth for fill in account.fills)
            assert account.equity[-1] == pytest.approx(grown, rel=1e-12)

    @pytest.mark.parametrize("name", ON_DAILY_BARS)
    @pytest.mark.parametrize("seed", range(4))
    def test_every_strategy_trades_the_same(self, name: str, seed: int) -> None:
        bars = random_walk(seed, 700, dividends=seed % 2 == 1)
        one, other = (run_backtest(name, bars, engine=engine) for engine in ("plain", "fast"))
        pd.testing.assert_frame_equal(one.trades, other.trades, rtol=1e-12)
        pd.testing.assert_series_equal(one.equity, other.equity, rtol=1e-12)
        assert one.metrics == pytest.approx(other.metrics, rel=1e-12, nan_ok=True)

    @pytest.mark.recorded
    @pytest.mark.parametrize("name", ON_DAILY_BARS)
    def test_every_strategy_trades_the_same_on_recorded_tickers(self, name: str, recorded) -> None:
        folder = recorded / "prices" / "daily_yahoo_2014_2024"
        files = sorted(folder.glob("[A-Z]*.csv.gz"))[::10][:20]
        assert len(files) == 20
        for file in files:
            frame = pd.read_csv(file, index_col="Date", parse_dates=True)
            bars = Bars.from_frame(frame, ticker=file.name.split(".")[0])
            result = run_backtest(name, bars, fee_bps=10, spread_bps=20)
            entry, leave = result.entry.evaluate(bars), result.exit.evaluate(bars)
            trades, equity = walked_by_hand(
                [x is True for x in entry.tolist()],
                [x is True for x in leave.tolist()],
                bars,
                fee=0.001,
                spread=0.002,
            )
            assert [(f.bought, f.sold) for f in result.account.fills] == [t[:2] for t in trades]
            assert result.equity.tolist() == pytest.approx(equity, rel=1e-12)
            slow = run_backtest(name, bars, fee_bps=10, spread_bps=20, engine="plain")
            pd.testing.assert_frame_equal(slow.trades, result.trades, rtol=1e-12)

    @pytest.mark.recorded
    @pytest.mark.parametrize("ticker", ["AAPL", "NVDA", "SPY"])
    def test_vwap_day_trades_the_same_on_recorded_sessions(self, ticker: str, recorded) -> None:
        frame = pd.read_csv(recorded / "intraday" / "5m_ibkr" / f"{ticker}_5m.csv.gz")
        times = pd.DatetimeIndex(pd.to_datetime(frame.pop("date"), utc=True))
        bars = Bars.from_frame(frame.set_index(times), ticker=ticker, interval="5m")
        bars = with_session_ends(bars)
        result = run_backtest("vwap_day", bars, fee_bps=1, spread_bps=2)
        entry, leave = result.entry.evaluate(bars), result.exit.evaluate(bars)
        trades, equity = walked_by_hand(
            [x is True for x in entry.tolist()],
            [x is True for x in leave.tolist()],
            bars,
            fee=0.0001,
            spread=0.0002,
        )
        assert len(trades) > 100
        assert [(f.bought, f.sold) for f in result.account.fills] == [t[:2] for t in trades]
        assert result.equity.tolist() == pytest.approx(equity, rel=1e-12)
        days = bars.index.tz_convert("America/New_York").date
        assert all(days[bought] == days[sold] for bought, sold, *_ in trades)
        slow = run_backtest("vwap_day", bars, fee_bps=1, spread_bps=2, engine="plain")
        pd.testing.assert_frame_equal(slow.trades, result.trades, rtol=1e-12)


class TestMetrics:
    def test_the_metrics_are_those_reckoned_by_hand(self) -> None:
        bars = bars_of([10, 10, 10, 10, 10], [20, 12, 9, 5, 10])
        found = run_backtest(("close > 15", "close < 8"), bars, **FREE).metrics
        equity = [1, 1.2, 0.9, 0.5, 1.0]
        change = [0.2, -0.25, 0.5 / 0.9 - 1, 1.0]
        mean = sum(change) / 4
        deviation = math.sqrt(sum((r - mean) ** 2 for r in change) / 3)
        loss = math.sqrt((0.25**2 + (0.5 / 0.9 - 1) ** 2) / 4)
        assert tuple(found) == METRICS
        assert found == pytest.approx(
            {
                "total_return": 0,
                "cagr": 0,
                "sharpe": mean / deviation * math.sqrt(252),
                "sortino": mean / loss * math.sqrt(252),
                "max_drawdown": 0.5 / 1.2 - 1,
                "hit_rate": 0,
                "exposure": 3 / 5,
                "trades": 1,
                "turnover": (1 + 1) / (sum(equity) / 5) / (4 / 252),
            },
            abs=1e-12,
        )

    def test_nothing_traded_has_no_sharpe_sortino_or_hit_rate(self) -> None:
        found = run_backtest(("close > 99", "close < 1"), bars_of([10] * 5, [10] * 5)).metrics
        assert (found["sharpe"], found["sortino"], found["hit_rate"]) == (None, None, None)
        assert (found["total_return"], found["max_drawdown"], found["exposure"]) == (0, 0, 0)

    def test_a_loss_from_the_first_trade_on_is_a_drawdown_from_one(self) -> None:
        bars = bars_of([10, 10, 10], [20, 5, 5])
        found = run_backtest(("close > 15", "close < 1"), bars, **FREE).metrics
        assert found["max_drawdown"] == pytest.approx(-0.5)

    def test_risk_free_money_is_taken_from_the_mean(self) -> None:
        bars = random_walk(3, 300)
        plainly, above = (
            run_backtest("mean_reversion", bars, entry=45, risk_free=rate).metrics
            for rate in (0.0, 0.04)
        )
        deviation = run_backtest("mean_reversion", bars, entry=45).equity.pct_change().std(ddof=1)
        assert plainly["sharpe"] - above["sharpe"] == pytest.approx(
            0.04 / deviation / math.sqrt(252)
        )

    def test_weekly_bars_have_52_in_a_year(self) -> None:
        daily = random_walk(5, 200)
        weekly = Bars.from_frame(
            daily.frame.set_axis(pd.date_range("2015-01-05", periods=200, freq="7D")),
            ticker="X",
            interval="1wk",
        )
        one, other = (run_backtest(("close > 0", "close < 0"), b).metrics for b in (daily, weekly))
        assert other["sharpe"] == pytest.approx(one["sharpe"] * math.sqrt(52 / 252))


class TestFaultsAreCaught:
    def test_a_fill_on_the_bar_of_its_signal_would_be_seen(self) -> None:
        bars = random_walk(8, 200)
        entry = np.where(bars.close > bars.open, TRUE, FALSE)
        trades, _ = walked_by_hand(
            (entry == TRUE).tolist(), (entry != TRUE).tolist(), bars, fee=0, spread=0
        )
        same_bar = np.append(entry[1:], FALSE)
        account = both(bars, same_bar, np.where(same_bar == TRUE, FALSE, TRUE), Costs(fee_bps=0))[1]
        assert [(f.bought, f.sold) for f in account.fills] != [t[:2] for t in trades]
        honest = both(bars, entry, np.where(entry == TRUE, FALSE, TRUE), Costs(fee_bps=0))[1]
        assert [(f.bought, f.sold) for f in honest.fills] == [t[:2] for t in trades]

    @pytest.mark.parametrize("name", ON_DAILY_BARS)
    def test_what_comes_later_changes_no_trade_before(self, name: str) -> None:
        bars = random_walk(9, 500)
        whole = run_backtest(name, bars).account
        for cut in (450, 399, 301):
            past = run_backtest(name, bars.head(cut)).account
            assert past.closed == tuple(f for f in whole.closed if f.sold < cut)
            assert past.equity.tolist() == whole.equity[:cut].tolist()


class TestBadInput:
    @pytest.mark.parametrize("count", [0, 1])
    def test_too_few_bars_say_have_and_need(self, count: int) -> None:
        with pytest.raises(TooFewBars, match=f"X has {count} bars; 21 are needed"):
            run_backtest("mean_reversion", random_walk(1, 300).head(count))

    def test_bars_on_which_a_condition_is_never_known_are_too_few(self) -> None:
        with pytest.raises(TooFewBars, match="X has 40 bars; 52 are needed"):
            run_backtest(("close crosses above sma(50)", "close < 1"), random_walk(1, 40))

    def test_an_unknown_name_has_a_near_one(self) -> None:
        with pytest.raises(UnknownName, match="mean_reversion"):
            run_backtest("mean_reversal", random_walk(1, 60))
        with pytest.raises(UnknownName, match="rsi_length"):
            run_backtest("mean_reversion", random_walk(1, 60), rsi_lenght=5)

    @pytest.mark.parametrize("value", [1, 101, 2.5, math.nan, "many", True, None])
    def test_a_value_outside_its_range_says_the_range(self, value: object) -> None:
        with pytest.raises(AskError, match="a whole number from 2 to 100 bars"):
            run_backtest("mean_reversion", random_walk(1, 60), rsi_length=value)

    def test_an_engine_of_another_name_is_refused(self) -> None:
        with pytest.raises(AskError, match="No engine"):
            run_backtest("mean_reversion", random_walk(1, 60), engine="turbo")  # type: ignore[arg-type]

    def test_prices_of_zero_are_refused(self) -> None:
        with pytest.raises(BadBars, match="opens at 0"):
            run_backtest(("close > 1", "close < 1"), bars_of([10, 0, 10], [10, 10, 10]))

    @pytest.mark.parametrize("volume", [0.0, math.nan])
    def test_without_volume_the_entry_is_unknown_and_said_to_be(self, volume: float) -> None:
        closes = random_walk(2, 100).close.tolist()
        result = run_backtest("mean_reversion", bars_of(closes, closes, volume=volume), entry=99)
        assert result.metrics["trades"] == 0
        assert "The entry is unknown on all 100 bars" in " ".join(result.notes)

    @pytest.mark.parametrize("volume", [0.0, math.nan])
    def test_a_breakout_that_no_volume_can_confirm_is_said_to_be_unknown(
        self, volume: float
    ) -> None:
        rising = [10 + 0.1 * day for day in range(60)]
        result = run_backtest("breakout", bars_of(rising, rising, volume=volume))
        assert result.metrics["trades"] == 0
        assert "unknown" in " ".join(result.notes)

    @pytest.mark.parametrize("engine", ["plain", "fast"])
    def test_bars_on_which_the_entry_is_unknown_are_counted(self, engine: str) -> None:
        closes = [10.0, 12, 11, 13, 12, 14]
        bars = bars_of(closes, closes)
        bars.frame.loc[bars.frame.index[[2, 4]], "volume"] = math.nan
        result = run_backtest(("volume > 0", "close < 1"), bars, engine=engine)  # type: ignore[arg-type]
        (note,) = result.notes
        assert f"unknown on 2 of 6 bars, last on {bars.index[4]:%Y-%m-%d}" in note
        assert "a volume that is not known" in note

    def test_warming_up_is_not_called_unknown(self) -> None:
        assert run_backtest("trend", random_walk(3, 300)).notes == ()
        assert run_backtest(("ta.sma(length=50) > 0", "close < 1"), random_walk(3, 90)).notes == ()

    def test_a_risk_free_rate_that_is_no_number_is_refused(self) -> None:
        with pytest.raises(AskError, match="risk_free was nan"):
            run_backtest(("close > 1", "close < 1"), random_walk(3, 90), risk_free=math.nan)

    def test_a_price_that_never_moves_makes_no_trade(self) -> None:
        result = run_backtest("mean_reversion", bars_of([10] * 80, [10] * 80))
        assert result.metrics["trades"] == 0
        assert "no direction" in " ".join(result.notes)

    def test_session_vwap_on_daily_bars_is_unknown_and_says_what_is_needed(self) -> None:
        result = run_backtest(("close < vwap", "rsi(14) > 60"), random_walk(4, 100))
        assert result.metrics["trades"] == 0
        assert "intraday" in " ".join(result.notes)

    def test_a_split_inside_the_window_changes_nothing(self) -> None:
        bars = random_walk(6, 300)
        split = replace(bars, splits=pd.Series([20.0], index=bars.index[[150]]))
        one, other = (run_backtest("mean_reversion", b, entry=45) for b in (bars, split))
        assert one.metrics == other.metrics

    def test_holes_are_left_out_and_the_next_bar_present_is_filled_at(self) -> None:
        frame = random_walk(7, 120).frame.copy()
        frame.iloc[[30, 31, 77], :4] = np.nan
        holed = Bars.from_frame(frame, ticker="X")
        assert holed.dropped == 3
        result = run_backtest(("close > open", "close < open"), holed)
        assert len(result.equity) == 117
        assert result.equity.index.equals(holed.labels)

    @pytest.mark.parametrize(
        "bad", ["close >", ("close > 1", "close <"), ("rsi({n}) > 1", "close < 1")]
    )
    def test_conditions_that_cannot_be_read_are_refused(self, bad: object) -> None:
        with pytest.raises(GenieError):
            run_backtest(bad, random_walk(1, 60))  # type: ignore[arg-type]


class TestTheResult:
    def test_comes_back_on_the_callers_own_index(self) -> None:
        days = pd.bdate_range("2015-01-05", periods=200)
        bars = Bars.from_frame(random_walk(1, 200).frame.set_axis(days), ticker="X")
        result = run_backtest("mean_reversion", bars, entry=45)
        assert result.equity.index.equals(days)
        assert set(result.trades["entry_time"]) <= set(days)

    def test_to_dict_is_plain_json_with_utc_labels(self) -> None:
        import json

        bars = random_walk(11, 400)
        shown = run_backtest("mean_reversion", bars, entry=45, rsi_length=5).to_dict()
        assert json.loads(json.dumps(shown)) == shown
        assert shown["entry"] == "rsi(5) < 45 and close < vwma(20)"
        assert shown["params"] == {"rsi_length": 5, "entry": 45, "exit": 55}
        assert shown["trades"][0]["entry_time"].endswith("T00:00:00+00:00")
        assert set(shown["trades"][0]) == {
            "entry_time", "entry_price", "exit_time", "exit_price", "return", "bars",
        }  # fmt: skip

    def test_a_later_beginning_keeps_the_history_of_the_lines(self) -> None:
        bars = random_walk(12, 400)
        late = run_backtest("mean_reversion", bars, first=300, entry=45)
        assert len(late.equity) == 100
        assert late.equity.iloc[0] == 1.0
        assert late.entry.evaluate(bars).iloc[300:].notna().all()
        slow = run_backtest("mean_reversion", bars, first=300, entry=45, engine="plain")
        assert late.account.fills == pytest.approx(slow.account.fills)

    def test_buy_and_hold_buys_the_second_open_and_keeps(self) -> None:
        bars = random_walk(13, 100)
        kept = run_backtest("mean_reversion", bars).buy_and_hold
        assert kept["total_return"] == pytest.approx(
            bars.close.iloc[-1] / bars.open.iloc[1] / 1.001 - 1
        )
        assert kept["trades"] == 0

    def test_a_strategy_is_a_value_that_anyone_can_make(self) -> None:
        mine = Strategy(
            name="mine", summary="", entry_text="close > open", exit_text="close < open"
        )
        assert run_backtest(mine, random_walk(1, 60)).strategy == "mine"
