"""What a watched rule does, bar by bar and from a ledger, carried on or computed anew, is what its preview says."""

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from genie_nb.alerts.ledger import Ledger, open_ledger
from genie_nb.core.errors import AskError
from genie_nb.core.expr import NOTHING_ELSE
from genie_nb.core.grammar import parse_rule
from genie_nb.core.market import Bars
from genie_nb.core.preview import preview
from genie_nb.core.rule import Rule, State, due
from genie_nb.core.watch import Kept, Run
from genie_nb.data.calendar import closed
from genie_nb.desk.clock import real_time
from genie_nb.desk.evaluate import Evaluated, evaluate
from genie_nb.desk.feed import Feed
from genie_nb.desk.sieve import Worth, sieves

LIVE = 120
RULES, PARTS = 100, 20
PREVIEWED = 3
"""Rules of each part of which the whole preview is made, which tells more than its fires."""
TICKERS = ("CRSR", "DOCN", "BFLY", "EPAC", "SOHO", "AAPL")

short = st.integers(2, 20)
price_lines = st.one_of(
    st.builds("sma({})".format, short),
    st.builds("ema({})".format, short),
    st.builds("vwma({})".format, short),
    st.builds("highest({})".format, short),
    st.builds("lowest({})".format, short),
    st.builds("bb_upper({}, 2)".format, short),
    st.builds("bb_lower({}, 2)".format, short),
    st.builds("close[{}]".format, short),
    st.builds("supertrend({}, 2)".format, short),
    st.sampled_from(["prev_close", "open", "open[1]", "high[1]", "sma(5) + atr(7)", "anchored_vwap(2023-06-01)"]),
)  # fmt: skip
indices = st.builds("{}({})".format, st.sampled_from(["rsi", "adx"]), short)
sides = st.sampled_from(["above", "below"])
tests = st.one_of(
    st.builds("close crosses {} {}".format, sides, price_lines),
    st.builds("close {} {}".format, st.sampled_from("<>"), price_lines),
    st.builds("close touches {}".format, price_lines),
    st.builds("close {} {}..{}".format, st.sampled_from(["inside", "outside", "enters", "leaves"]),
              st.builds("lowest({})".format, short), st.builds("highest({})".format, short)),
    st.builds("{} crosses {} {}".format, price_lines, sides, price_lines),
    st.builds("{} {} {}".format, indices, st.sampled_from("<>"), st.integers(20, 80)),
    st.builds("rvol({}) > {}".format, short, st.sampled_from([1, 1.5, 2])),
    st.builds("close {} by {}% in {} bars".format, st.sampled_from(["rises", "falls"]), st.integers(1, 8), short),
    st.builds("change {} {}".format, st.sampled_from("<>"), st.sampled_from([-0.02, 0.0, 0.015, 0.03])),
    st.builds("gap {} {}".format, st.sampled_from("<>"), st.sampled_from([-0.01, 0.0, 0.01])),
    st.builds("macd() crosses {} macd_signal()".format, sides),
    st.builds("stdev({}) < stdev({})".format, short, short),
    st.builds("pattern {}{}".format, st.sampled_from(["", "bullish ", "bearish "]),
              st.sampled_from(["engulfing", "hammer", "doji", "harami"])),
)  # fmt: skip


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("({}) within {} bars".format, inner, st.integers(2, 6)),
        st.builds("({}) then ({}) within {} bars".format, inner, inner, st.integers(2, 9)),
    )


conditions = st.recursive(tests, joined, max_leaves=3)
options = st.builds(
    "{}{}{}".format,
    st.one_of(st.just(""), st.builds(" rearm {}".format, tests)),
    st.sampled_from(["", "", "", " once"]),
    st.one_of(st.just(""), st.builds(" cooldown {} bars".format, st.integers(1, 12))),
)


@st.composite
def rules(draw: st.DrawFn, interval: str) -> Rule:
    """A rule in canonical text, with any of the options."""
    text = f"X {interval}: {draw(conditions)}{draw(options)}"
    try:
        return parse_rule(text)
    except AskError:
        return parse_rule(f"X {interval}: {draw(tests)}")


def drawn(part: int, interval: str, count: int) -> list[Rule]:
    """So many different random rules."""
    found: dict[str, Rule] = {}

    @seed(part)
    @settings(
        max_examples=2 * count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(rules(interval))
    def draw(one: Rule) -> None:
        if len(found) < count:
            found[one.rule_id] = one

    draw()
    assert len(found) == count
    return list(found.values())


def cut_at_random(part: int, count: int) -> list[int]:
    """Where a history is cut into what each check finds new."""
    dice = random.Random(part)
    return sorted({*dice.sample(range(1, count), dice.randint(1, 5)), count})


@pytest.fixture(scope="module")
def tapes(recorded: Path) -> dict[str, Bars]:
    """The last bars of recorded tickers: daily, weekly and five-minute ones."""
    found: dict[str, Bars] = {}
    for ticker in TICKERS:
        path = recorded / "prices" / "daily_yahoo_2014_2024" / f"{ticker}.csv.gz"
        frame = pd.read_csv(path, index_col="Date", parse_dates=True)
        found[ticker] = Bars.from_frame(frame.tail(2 * LIVE), ticker="X")
    path = recorded / "prices" / "daily_yahoo_2014_2024" / "AAPL.csv.gz"
    found["1wk"] = weekly(pd.read_csv(path, index_col="Date", parse_dates=True))
    path = recorded / "intraday" / "5m_yfinance" / "SPY_2026-01_5m.csv.gz"
    frame = pd.read_csv(path, index_col="dt", parse_dates=True).rename(columns={"vol": "volume"})
    names = ["open", "high", "low", "close", "volume"]
    found["5m"] = Bars.from_frame(frame[names].head(2 * LIVE), ticker="X", interval="5m")
    return {name: closed(bars, real_time()) for name, bars in found.items()}


def weekly(days: pd.DataFrame) -> Bars:
    """The weeks of daily bars, labelled by their Mondays."""
    names = {"Open": "first", "High": "max", "Low": "min", "Close": "last", "Volume": "sum"}
    weeks = days.resample("W-MON", closed="left", label="left").agg(names)
    return Bars.from_frame(weeks.tail(2 * LIVE), ticker="X", interval="1wk")


def live(
    ledger: Ledger, watched: list[Rule], bars: Bars, start: int, cuts: list[int]
) -> tuple[dict[str, list[str]], int]:
    """By rule id what a ledger has after arming at a bar and checking at each cut; how many looks were saved."""
    armed = bars.head(start + 1)
    ledger.arm_all(
        Kept(rule_id=one.rule_id, line=str(one), armed_at=armed.closed_at(), state=due(one, armed, None)[1])
        for one in watched
    )  # fmt: skip
    fired: dict[str, list[str]] = {one.rule_id: [] for one in watched}
    saved = 0
    for cut in (0, *cuts):
        seen = bars.head(start + 1 + cut)
        kept, moment = ledger.kept(), seen.closed_at()
        run = Run(id=f"{cut:032x}", began=moment, as_of=moment)
        sifted = sieves(watched, kept, dict.fromkeys(kept, feed_of(seen)), ledger)
        known = {name: state for one in sifted for name, state in one.known.items()}
        found = {
            one.rule_id: Evaluated(state=known[one.rule_id])
            if one.rule_id in known
            else evaluate(one, kept[one.rule_id], seen, NOTHING_ELSE, moment)
            for one in watched
        }
        for rule_id, one in found.items():
            assert one.complete
            fired[rule_id] += [alert.bar_time.isoformat() for alert in one.alerts]
        states = {rule_id: one.state for rule_id, one in found.items()}
        carried = [stream for one in sifted if (stream := one.carried(found))]
        ledger.record(run, states=states, carried=carried, checked_at=moment)
        grown = [stream for one in sifted if (stream := one.grown(found, Worth(rules=1)))]
        ledger.carry(grown, at=moment)
        saved += len(known)
    return fired, saved


def feed_of(bars: Bars) -> Feed:
    """What a provider says that has these bars alone."""
    return Feed(
        desk=None,
        provider="recorded",
        interval=bars.interval,
        moment=bars.closed_at(),
        tapes={bars.ticker: bars},
    )


def folded(rule: Rule, bars: Bars, start: int, state: State | None) -> list[str]:
    """The fires of a rule armed at a bar and checked once at the last: those of its preview from there.

    Whatever may fire again must stand where *state* does.
    """
    _, armed = due(rule, bars.head(start + 1), None)
    alerts, last = due(rule, bars, armed)
    assert last.ended or state == last, str(rule)
    return [alert.bar_time.isoformat() for alert in alerts]


@pytest.mark.recorded
@pytest.mark.parametrize("part", range(PARTS))
def test_two_thousand_random_rules_fire_live_where_their_previews_say(
    part: int, tapes: dict[str, Bars], tmp_path: Path
) -> None:
    name = {2: "1wk", 3: "5m"}.get(part % 4, TICKERS[part % len(TICKERS)])
    bars = tapes[name].head(LIVE + 1)
    watched = drawn(part, str(bars.interval), RULES)
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        found, saved = live(ledger, watched, bars, 0, cut_at_random(part, LIVE))
        kept = ledger.kept()
    said = {one.rule_id: folded(one, bars, 0, kept[one.rule_id].state) for one in watched}
    assert found == said
    for one in watched[:PREVIEWED]:
        shown = preview(one, bars).positions
        assert said[one.rule_id] == [bars.index[at].isoformat() for at in shown]
    assert sum(map(len, said.values())) > RULES, "silence on both sides would prove nothing"
    assert (saved > 0) is not bars.interval.intraday


@pytest.mark.recorded
@pytest.mark.parametrize("name", ["CRSR", "SOHO", "1wk", "5m"])
def test_bar_by_bar_is_as_all_at_once_on_a_long_history(
    name: str, tapes: dict[str, Bars], tmp_path: Path
) -> None:
    start, live_bars = LIVE - 1, 20
    bars = tapes[name].head(start + 1 + live_bars)
    watched = drawn(7, str(bars.interval), 50)
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        found, saved = live(ledger, watched, bars, start, list(range(1, live_bars + 1)))
        kept = ledger.kept()
    assert saved > len(watched) * live_bars / 2 or bars.interval.intraday
    for one in watched:
        assert found[one.rule_id] == folded(one, bars, start, kept[one.rule_id].state), str(one)
