"""`strategy`, `setup` and `preview` at the desk, on the demo market."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import genie_nb as genie
from genie_nb.answer import Answer
from genie_nb.config import Config
from genie_nb.core.ask.command import read_line
from genie_nb.core.errors import AskError, RuleNotUnderstood, TooFewBars, UnknownName, UnknownTicker
from genie_nb.core.market import Bars
from genie_nb.core.verbs import Ask
from genie_nb.desk import Desk
from genie_nb.desk.tries import TRIES, Tries
from genie_nb.plugins import open_provider
from genie_nb.testing import FakeProvider


@pytest.fixture(scope="module")
def breakout() -> Answer:
    return genie.strategy("breakout", "ACME", lookback=30, provider="demo")


@pytest.fixture(scope="module")
def acme(breakout: Answer) -> Bars:
    """The bars that the desk tests on."""
    return breakout.bars


def test_it_is_the_backtest_of_the_same_bars_and_costs(breakout: Answer, acme: Bars) -> None:
    found = breakout.to_dict()
    costs = found["costs"]
    same = genie.run_backtest(
        "breakout", acme, fee_bps=10, spread_bps=costs["spread_bps"], lookback=30
    )
    assert found["metrics"] == same.metrics
    assert found["entry"] == "close > highest(30) and rvol(20) > 1.5"
    assert len(found["trades"]) == len(same.trades)
    assert [t["return"] for t in found["trades"]] == same.trades["return"].tolist()


def test_it_has_what_the_design_names(breakout: Answer) -> None:
    found = breakout.to_dict()
    for name in (
        "strategy", "params", "ticker", "interval", "costs", "entry", "exit", "metrics",
        "buy_and_hold", "trades", "open_trade", "rules", "levels", "out_of_sample", "tries",
    ):  # fmt: skip
        assert name in found
    json.dumps(found, allow_nan=False)


def test_the_spread_is_estimated_unless_given(breakout: Answer) -> None:
    assert breakout.to_dict()["costs"]["spread"] == "estimated"
    facts = genie.analyze("ACME", provider="demo").facts
    assert breakout.result.costs.spread_bps == pytest.approx(facts["spread_estimate_bps"].value)
    given = genie.strategy("breakout", "ACME", fee_bps=0, spread_bps=0, provider="demo")
    assert given.to_dict()["costs"] == {
        "fee_bps": 0.0, "spread_bps": 0.0, "impact_bps": 0.0, "spread": "given",
    }  # fmt: skip


def test_a_position_that_is_named_pays_for_its_mark_on_the_price() -> None:
    large = genie.strategy("breakout", "ACME", shares=50_000, provider="demo")
    larger = genie.strategy("breakout", "ACME", shares=200_000, provider="demo")
    assert larger.result.costs.impact_bps == pytest.approx(2 * large.result.costs.impact_bps)
    assert larger.result.metrics["total_return"] < large.result.metrics["total_return"]


def test_the_unseen_part_is_the_last_thirty_percent(breakout: Answer) -> None:
    found = breakout.to_dict()
    assert found["in_sample"]["bars"] == found["bars"] * 7 // 10
    assert found["in_sample"]["bars"] + found["out_of_sample"]["bars"] == found["bars"]
    assert found["in_sample"]["end"] < found["out_of_sample"]["start"]
    assert found["out_of_sample"]["buy_and_hold"]["trades"] == 0


def test_levels_are_prices_at_the_newest_bar(breakout: Answer, acme: Bars) -> None:
    levels = {level["name"]: level["value"] for level in breakout.to_dict()["levels"]}
    assert levels["breakout"] == acme.high.iloc[-31:-1].max()
    assert levels["stop"] == acme.low.iloc[-11:-1].min()


def test_a_strategy_of_the_session_takes_five_minute_bars_and_is_flat_overnight() -> None:
    found = genie.strategy("vwap_day", "ACME", provider="demo").to_dict()
    assert found["interval"] == "5m"
    assert found["trades"]
    assert all(t["entry_time"][:10] == t["exit_time"][:10] for t in found["trades"])


def test_on_daily_bars_it_is_refused_with_the_way_out() -> None:
    with pytest.raises(AskError, match="--interval 5m"):
        genie.strategy("vwap_day", "ACME", interval="1d", provider="demo")


def test_tries_count_distinct_parameter_sets_however_they_were_tried(acme: Bars) -> None:
    before = genie.strategy("mean_reversion", "WNCH", provider="demo").tries
    assert genie.strategy("mean_reversion", "WNCH", provider="demo").tries == before
    assert genie.strategy("mean_reversion", "WNCH", entry=21, provider="demo").tries == before + 1
    acme_before = genie.strategy("trend", "ACME", provider="demo").tries
    genie.sweep("trend", acme, {"fast": [11, 12, 13], "slow": [111, 112]})
    genie.run_backtest("trend", acme, fast=11, slow=111)
    assert genie.strategy("trend", "ACME", provider="demo").tries == acme_before + 6


def test_tries_of_one_ticker_say_nothing_of_another() -> None:
    tries = Tries()
    tries.add("trend", "ACME", "1d", {"fast": (1, 2)})
    assert tries.count("trend", "WNCH", "1d") == 0
    assert TRIES is not tries


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: genie.strategy("brekout", "ACME"), UnknownName, "breakout"),
        (lambda: genie.strategy("breakout", "ACME", lokback=3), UnknownName, "lookback"),
        (lambda: genie.strategy("breakout", "ACME", lookback=1), AskError, "from 5 to 250"),
        (lambda: genie.strategy("breakout", "ACME", lookback=float("nan")), AskError, "number"),
        (lambda: genie.strategy("breakout", "ACME", fee_bps=-1), AskError, "0 or a number"),
        (lambda: genie.strategy("breakout", "NOSUCH"), UnknownTicker, "fictional demo market"),
        (lambda: genie.strategy("trend", "ACME", as_of="2016-01-20"), TooFewBars, "need"),
        (lambda: genie.preview("ACME", "close crossses above 25"), RuleNotUnderstood, "\\^"),
        (lambda: genie.preview("NOSUCH", "close > 25"), UnknownTicker, "fictional demo market"),
    ],
)
def test_what_cannot_be_is_refused_in_words(call, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()


def test_a_company_may_be_named() -> None:
    found = genie.strategy("breakout", "ACME Corp", provider="demo")
    assert found.bars.ticker == "ACME"
    assert "ACME Corp" in found.said_back


def test_as_of_ends_the_bars() -> None:
    found = genie.strategy("breakout", "ACME", as_of="2024-06-03", provider="demo").to_dict()
    assert found["out_of_sample"]["end"].startswith("2024-06-03")


def test_a_setup_scores_all_strategies_and_a_dry_run_arms_nothing() -> None:
    found = genie.setup("ACME", provider="demo", dry_run=True)
    assert {score["strategy"] for score in found.to_dict()["scores"]} == set(genie.strategies())
    assert "Nothing was armed" in found.view().text


def test_full_coverage_prepares_the_rules_of_every_strategy() -> None:
    found = genie.ask("Full coverage for ACME", provider="demo")
    assert {rule.strategy for rule in found.rules} == set(genie.strategies())


def test_a_preview_is_the_same_on_the_callers_own_bars(acme: Bars) -> None:
    rule = genie.parse_rule("close crosses above sma(50)", ticker="ACME")
    own = genie.preview(rule, acme).to_dict()
    asked = genie.preview("ACME", "close crosses above sma(50)", provider="demo").to_dict()
    for name in ("fires", "after", "random_days", "noise_share", "spacing"):
        assert own[name] == asked[name]


def test_a_rule_alone_says_whose_bars_it_means() -> None:
    rule = genie.parse_rule("close > vwap", ticker="ACME", interval="5m")
    found = genie.preview(rule, provider="demo").to_dict()
    assert (found["ticker"], found["interval"]) == ("ACME", "5m")
    assert found["fires"]


def test_a_rule_is_only_looked_back_on_with_its_own_provider() -> None:
    with pytest.raises(AskError, match="--provider yahoo"):
        genie.preview("ACME", "1d @yahoo: close > 25", provider="demo")
    rule = genie.parse_rule("ACME 1d @demo: close > 25")
    assert genie.preview(rule).to_dict()["provider"] == "demo"


def test_plain_words_are_said_back() -> None:
    found = genie.preview("ACME", "breaks above $20 with volume", provider="demo").to_dict()
    assert found["rule"] == "close crosses above 20 and rvol(20) > 1.5"
    assert found["said_back"].startswith("I read this as")


def test_another_tickers_bars_are_fetched_for_the_rule() -> None:
    small = open_provider("demo").capabilities.small_cap_index
    found = genie.preview("ACME", f"close / close[20] > close of {small} / close[20] of {small}")
    assert found.known_bars > 2000


def test_answers_are_tables_too(breakout: Answer) -> None:
    assert list(breakout.to_frame().columns[:2]) == ["entry_time", "entry_price"]
    fires = genie.preview("ACME", "rsi(14) < 30", provider="demo").to_frame()
    assert np.isfinite(fires["after_1"].iloc[0])


@pytest.mark.parametrize("line", ["setup {}", "preview {} close > sma(20)"])
def test_the_spelling_of_a_share_class_is_said_back(tmp_path: Path, line: str) -> None:
    close = 400 + np.sin(np.arange(300) / 9)
    frame = pd.DataFrame(
        {"open": close, "high": close + 1, "low": close - 1, "close": close, "volume": 1e6},
        index=pd.bdate_range(end="2026-01-12", periods=300),
    )
    fake = FakeProvider(bars=[Bars.from_frame(frame, ticker="BRK-B")])
    dotted, dashed = (
        Desk(Config(), tmp_path, provider=fake).answer(_asked(line.format(ticker)))
        for ticker in ("brk.b", "BRK-B")
    )
    assert dotted.said_back == f"I read brk.b as BRK-B. {dashed.said_back}".strip()
    assert "I read" not in dashed.said_back


def _asked(line: str) -> Ask:
    asked = read_line(line)
    assert isinstance(asked, Ask)
    return asked
