"""A stream of rules finds what `due` finds: bar by bar, in batches, saved and read back in between."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from genie_nb.core.errors import AskError, GenieError
from genie_nb.core.grammar import parse_rule
from genie_nb.core.market import Bars, Interval
from genie_nb.core.rule import Alert, Rule, State, due
from genie_nb.core.strategies import BUILT_IN
from genie_nb.core.stream import NO_BAR, Step, Stream, columns_of, joins, labels_of, streamable

COLUMNS = ["open", "high", "low", "close", "volume"]
PAST, LIVE = 90, 50
quick = settings(
    max_examples=8,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
"""Every example is long: they are not made smaller, the rule that differs is named."""

short = st.integers(2, 12)
lines = st.one_of(
    *(
        st.builds(f"{name}({{}})".format, short)
        for name in ("sma", "ema", "vwma", "highest", "lowest")
    ),
    st.builds("bb_upper({}, 2)".format, short),
    st.builds("bb_lower({}, 2.5)".format, short),
    st.builds("close[{}]".format, short),
    st.builds("average(close, {})".format, short),
    st.sampled_from(
        ["prev_close", "open", "high[1]", "sma(5) + atr(7)", "ema(4, high)", "close", "20"]
    ),
)
sides = st.sampled_from(["above", "below"])
signs = st.sampled_from([">", ">=", "<", "<=", "==", "!="])
tests = st.one_of(
    st.builds("close crosses {} {}".format, sides, lines),
    st.builds("{} crosses {}".format, lines, lines),
    st.builds("{} {} {}".format, lines, signs, lines),
    st.builds("close touches {}".format, lines),
    st.builds(
        "close {} lowest({})..{}".format,
        st.sampled_from(["inside", "outside", "enters", "leaves"]),
        short,
        st.sampled_from(["highest(9)", "sma(4) + 2", "open * 1.01"]),
    ),
    st.builds("{}({}) {} {}".format, st.sampled_from(["rsi", "adx"]), short, signs, st.integers(10, 90)),
    st.builds("rvol({}) > {}".format, short, st.sampled_from([1, 1.5, 2])),
    st.builds("close {} by {}% in {} bars".format, st.sampled_from(["rises", "falls"]), st.integers(0, 8), short),
    st.builds("obv() {} average(obv(), {})".format, signs, short),
    st.builds("change {} {}".format, signs, st.sampled_from(["0", "0.015", "-0.02", "gap"])),
    st.builds("{} crosses {} macd_signal()".format, st.sampled_from(["macd()", "macd_hist()"]), sides),
    st.builds("stdev({}) {} stdev({}, volume)".format, short, signs, short),
    st.sampled_from(["1 > 0 for 4 bars", "1 / (close - close) > 0", "volume > 1000"]),
)  # fmt: skip


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("({}) within {} bars".format, inner, st.integers(2, 6)),
        st.builds("(not ({})) for {} bars".format, inner, st.integers(2, 6)),
        st.builds("({}) then ({}) within {} bars".format, inner, inner, st.integers(2, 9)),
    )


conditions = st.recursive(tests, joined, max_leaves=3)
options = st.builds(
    "{}{}{}{}".format,
    st.one_of(st.just(""), st.builds(" rearm {}".format, tests)),
    st.sampled_from(["", "", "", " once"]),
    st.one_of(st.just(""), st.builds(" cooldown {} bars".format, st.integers(1, 12))),
    st.sampled_from(["", "", "", "", " paused"]),
)
rules = st.builds("{}{}".format, conditions, options)


def made_up(ticker: str, number: int, count: int = PAST + LIVE) -> Bars:
    """Bars on ticks of a cent or of a half, with stretches in which nothing moves and missing volumes."""
    dice = np.random.default_rng(number)
    close = 20 * np.exp(np.cumsum(dice.normal(0, 0.02, count)))
    opened = close * np.exp(dice.normal(0, 0.01, count))
    volume = np.round(dice.lognormal(7, 1, count))
    tick = dice.choice([0.01, 0.5])
    opened, close = (np.round(one / tick) * tick + tick for one in (opened, close))
    for first in dice.integers(0, count, dice.integers(0, 4)):
        still = slice(first, first + dice.integers(2, 30))
        opened[still] = close[still] = close[first]
        volume[still] = dice.choice([0.0, 500.0])
    volume[dice.random(count) < dice.choice([0.0, 0.02])] = np.nan
    table = np.stack([opened, np.maximum(opened, close), np.minimum(opened, close), close, volume])
    days = pd.bdate_range("2024-01-02", periods=count)
    return Bars.from_frame(pd.DataFrame(table.T, index=days, columns=COLUMNS), ticker=ticker)


class Followed:
    """Rules checked through a stream, with `due` looking at what it is handed, as a check does."""

    def __init__(self, watched: list[Rule], bars: dict[str, Bars], begins: int) -> None:
        self.rules = {rule.rule_id: rule for rule in watched}
        self.bars = bars
        self.seen = dict.fromkeys(bars, begins)
        begun = {ticker: one.head(begins) for ticker, one in bars.items()}
        self.states = {r.rule_id: due(r, begun[r.ticker], None)[1] for r in watched}
        self.stream = Stream.begin(((r, self.states[r.rule_id]) for r in watched), begun)
        self.alerts: list[Alert] = []
        self.handed = 0

    def check(self, upto: dict[str, int]) -> None:
        """Take every bar up to the new counts, then hand over and save."""
        before = self.stream.states()
        self.seen |= upto
        step = self.stream.follow({t: self.bars[t].head(count) for t, count in upto.items()})
        assert not step.lost
        for rule_id in step.handed:
            rule, state = self.rules[rule_id], before[rule_id]
            found, after = due(rule, self.bars[rule.ticker].head(self.seen[rule.ticker]), state)
            self.alerts += found
            self.handed += 1
            self.stream.remember({rule_id: after})
        self.stream = Stream.from_bytes(self.stream.to_bytes())

    def step(self, new: dict[str, int]) -> Step:
        """The next bar of some tickers."""
        labels = np.full(len(self.stream.tickers), NO_BAR)
        bars, seen = np.full((2, 5, len(labels)), np.nan)
        for place, ticker in enumerate(self.stream.tickers):
            if ticker in new:
                at, table = new[ticker], columns_of(self.bars[ticker])
                labels[place] = labels_of(self.bars[ticker])[at]
                bars[:, place], seen[:, place] = table[:, at], table[:, at - 1]
        return self.stream.step(labels, bars, seen)


def told(alerts: list[Alert]) -> list[tuple]:
    return sorted((a.rule_id, a.bar_time, a.price, a.evidence) for a in alerts)


def finds_what_due_finds(
    watched: list[Rule], bars: dict[str, Bars], begins: int, batches: list[int]
) -> Followed:
    """Batches of new bars, one ticker lagging behind each time, and everything saved in between."""
    followed = Followed(watched, bars, begins)
    seen, ends, late = begins, min(map(len, bars.values())), np.random.default_rng(sum(batches))
    for length in [*batches, ends]:
        seen = min(seen + length, ends)
        lagging = sorted(bars)[late.integers(len(bars))] if seen < ends else None
        followed.check({t: seen for t in followed.stream.tickers if t != lagging})
    whole = {
        r.rule_id: due(r, bars[r.ticker].head(ends), followed.states[r.rule_id]) for r in watched
    }
    assert told(followed.alerts) == told([alert for found, _ in whole.values() for alert in found])
    for rule_id, state in followed.stream.states().items():
        expected = replace(whole[rule_id][1], unknown=())
        if expected.ended is None:
            assert state == expected, followed.rules[rule_id]
    return followed


@pytest.mark.parametrize("part", range(4))
def test_a_stream_finds_what_due_finds(part):
    @seed(part)
    @settings(quick)
    @given(
        texts=st.lists(rules, min_size=6, max_size=6, unique=True),
        number=st.integers(0, 10**6),
        batches=st.lists(st.integers(1, 9), min_size=3, max_size=8),
    )
    def hold(texts, number, batches):
        bars = {f"T{at}": made_up(f"T{at}", number + at) for at in range(3)}
        watched = [parse_rule(f"T{at % 3} 1d: {text}") for at, text in enumerate(texts)]
        finds_what_due_finds(watched, bars, PAST, batches)

    hold()


@pytest.mark.recorded
def test_a_stream_finds_what_due_finds_on_recorded_bars(recorded):
    bars = {}
    for file in sorted((recorded / "prices" / "daily_yahoo_2014_2024").glob("*.csv.gz"))[::70]:
        frame = pd.read_csv(file, encoding="utf-8-sig", index_col=0, parse_dates=True).tail(420)
        bars[file.name.split(".")[0]] = Bars.from_frame(frame, ticker=file.name.split(".")[0])

    @seed(1)
    @settings(quick, max_examples=2)
    @given(texts=st.lists(rules, min_size=30, max_size=30, unique=True))
    def hold(texts):
        tickers = sorted(bars)
        watched = [
            parse_rule(f"{tickers[at % len(tickers)]} 1d: {text}") for at, text in enumerate(texts)
        ]
        done = finds_what_due_finds(watched, bars, 300, [1] * 40 + [7, 30])
        assert done.handed < 0.1 * 120 * len(watched)

    hold()


def followed(*texts: str, bars: Bars | None = None) -> Followed:
    bars = bars or made_up("T0", 7)
    return Followed([parse_rule(f"T0 1d: {text}") for text in texts], {"T0": bars}, PAST)


def test_a_bar_that_changed_ends_the_stream_of_its_ticker():
    one = followed("close > 20")
    frame = one.bars["T0"].frame.copy()
    frame.loc[frame.index[PAST - 1], "volume"] += 1
    one.bars["T0"] = replace(one.bars["T0"], frame=frame)
    assert one.step({"T0": PAST}).lost == ("T0",)
    assert one.step({"T0": PAST}) == Step()


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("back", [1, 2, PAST - 1])
def test_an_older_bar_that_was_corrected_ends_the_stream_of_its_ticker(column, back):
    one = followed("close > 20")
    bars = one.bars["T0"].head(PAST + 1)
    frame = bars.frame.copy()
    frame.loc[frame.index[PAST - 1 - back], column] += 0.25
    assert one.stream.follow({"T0": replace(bars, frame=frame)}).lost == ("T0",)


@pytest.mark.parametrize(
    "spoil", [lambda f: f.drop(f.index[40]), lambda f: f.iloc[1:], lambda f: f / 2]
)
def test_a_history_with_a_bar_less_or_in_other_shares_ends_the_stream_of_its_ticker(spoil):
    one = followed("close > 20")
    frame = spoil(one.bars["T0"].frame.head(PAST + 1))
    bars = replace(one.bars["T0"], frame=frame, labels=frame.index)
    assert one.stream.follow({"T0": bars}).lost == ("T0",)
    assert one.stream.follow({"T0": bars}) == Step(), "it is lost once"


def test_bars_before_the_start_of_a_history_do_not_matter():
    rule, bars = parse_rule("T0 1d: close > sma(9)"), made_up("T0", 7)
    _, state = due(rule, bars.between(bars.index[20], bars.index[PAST]), None)
    stream = Stream.begin([(rule, state)], {"T0": bars.head(PAST + 1)})
    frame = bars.frame.copy()
    frame.iloc[:20] *= 3
    assert stream.follow({"T0": replace(bars, frame=frame)}).lost == ()


def test_a_ticker_whose_bars_are_not_to_be_had_stays_where_it_is():
    one = followed("close > 20")
    before = one.stream.to_bytes()
    assert one.stream.follow({}) == Step()
    assert one.stream.to_bytes() == before


def test_a_ticker_whose_bars_end_too_early_stays_where_it_is():
    one = followed("close > 20")
    before = one.stream.to_bytes()
    assert one.stream.follow({"T0": one.bars["T0"].head(PAST - 1)}) == Step(behind=("T0",))
    assert one.stream.to_bytes() == before


def test_a_bar_that_does_not_come_after_the_newest_ends_the_stream_of_its_ticker():
    one = followed("close > 20")
    table = columns_of(one.bars["T0"])[:, [PAST - 1]]
    label = labels_of(one.bars["T0"])[[PAST - 1]]
    assert one.stream.step(label, table, table).lost == ("T0",)


def test_a_ticker_without_a_new_bar_stays_where_it_is():
    one = followed("close > 20")
    before = one.stream.to_bytes()
    assert one.step({}) == Step()
    assert one.stream.to_bytes() == before


def test_a_rule_whose_truth_is_not_known_is_handed_over():
    one = followed("close > sma(120)")
    assert one.step({"T0": PAST}).unknown == one.stream.names


def test_a_tie_of_rounded_numbers_is_handed_over():
    level = 20.0
    table = dict.fromkeys(["open", "high", "low", "close"], level) | {"volume": 1000.0}
    still = pd.DataFrame(table, index=pd.bdate_range("2024-01-02", periods=PAST + LIVE))
    one = followed("ema(9) > 20 for 3 bars", bars=Bars.from_frame(still, ticker="T0"))
    assert one.step({"T0": PAST}).unsure == one.stream.names


def test_a_doubt_lasts_as_long_as_the_condition_remembers_it():
    texts = ["ema(3) > 20", "ema(3) crosses above 20", "ema(3) > 20 for 4 bars"]
    close = np.r_[np.full(PAST + 1, 20.0), 20.5 + np.arange(LIVE - 1)]
    table = dict.fromkeys(["open", "high", "low", "close"], close) | {
        "volume": np.full(len(close), 9.0)
    }
    days = pd.bdate_range("2024-01-02", periods=len(close))
    one = followed(*texts, bars=Bars.from_frame(pd.DataFrame(table, index=days), ticker="T0"))
    steps = [set(one.step({"T0": PAST + at}).unsure) for at in range(7)]
    assert [sum(name in step for step in steps) for name in one.stream.names] == [1, 2, 5]


def test_the_state_of_a_rule_is_the_one_that_due_keeps():
    one = followed("close > sma(5)", "rsi(5) < 40 cooldown 3 bars")
    one.check({"T0": PAST + 9})
    for rule in one.rules.values():
        _, state = due(rule, one.bars["T0"].head(PAST + 9), one.states[rule.rule_id])
        assert one.stream.states()[rule.rule_id] == state


def test_a_rule_goes_on_with_its_literals_after_a_split():
    rule = parse_rule("T0 1d: close > 20")
    bars = made_up("T0", 7)
    _, state = due(rule, bars.head(PAST), None)
    state = replace(state, scale=0.5)
    stream = Stream.begin([(rule, state)], {"T0": bars.head(PAST)})
    assert stream.states()[rule.rule_id].scale == 0.5
    assert 10.0 in stream.circuit.board.numbers


def test_rules_of_one_ticker_may_begin_at_different_bars():
    early, late = parse_rule("T0 1d: ema(40) > close"), parse_rule("T0 1d: ema(40) >= close")
    bars = made_up("T0", 7)
    states = [due(early, bars.head(PAST), None)[1]]
    states += [due(late, bars.tail(PAST + LIVE - 30).head(PAST - 30), None)[1]]
    stream = Stream.begin(zip((early, late), states, strict=True), {"T0": bars.head(PAST)})
    assert len(stream.tapes.start) == 2
    assert [state.history_start for state in stream.states().values()] == [
        state.history_start for state in states
    ]


@pytest.mark.parametrize(
    "text",
    [
        "T0 1d: fact debt_to_equity < 1",
        "T0 1d: close of IWM > 3",
        "T0 1d: pattern hammer",
        "T0 1d: close > 3 and supertrend(10, 3) < 2",
        "T0 1d: close > 3 rearm adjclose < 2",
        "T0 1d: close > 3 expires 2030-01-01",
        "T0 5m: close > 3",
    ],
)
def test_what_cannot_be_kept_from_bar_to_bar_stays_with_due(text):
    assert not streamable(parse_rule(text))


@pytest.mark.parametrize("name", [name for name, one in BUILT_IN.items() if not one.intraday_only])
def test_the_rules_that_a_strategy_arms_are_kept_from_bar_to_bar(name):
    armed = BUILT_IN[name].rules_at(Interval.D1)
    assert [
        str(one) for one in armed.values() if not streamable(Rule(ticker="X", condition=one))
    ] == []


def test_a_bar_that_was_left_out_ends_the_stream_of_its_ticker():
    one = followed("close > 20")
    assert one.step({"T0": PAST + 1}).lost == ("T0",)


def test_an_ended_rule_and_one_that_was_checked_to_another_bar_stay_with_due():
    rule, bars = parse_rule("T0 1d: close > 3"), made_up("T0", 7)
    _, state = due(rule, bars.head(PAST), None)
    assert joins(rule, state, bars)
    assert not joins(rule, replace(state, ended="once"), bars)
    assert not joins(rule, replace(state, last_close=state.last_close * 2), bars)
    assert not joins(rule, state, bars.tail(LIVE))
    other = parse_rule("T0 1d: close > 4")
    ahead = due(other, bars.head(PAST + 1), None)[1]
    assert Stream.begin([(rule, state), (other, ahead)], {"T0": bars}).names == (other.rule_id,)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda b: b[:-8],
        lambda b: b + b"\0" * 8,
        lambda b: b"x" + b,
        lambda b: b"",
        lambda b: b[:-20] + bytes([b[-20] ^ 1]) + b[-19:],
    ],
)
def test_bytes_that_are_not_a_whole_stream_are_refused(spoil):
    blob = followed("close > 20").stream.to_bytes()
    with pytest.raises(GenieError, match="cannot be read"):
        Stream.from_bytes(spoil(blob))


def watched_by(tickers: int, number: int) -> tuple[list[tuple[Rule, State]], dict[str, Bars]]:
    bars = {f"T{at}": made_up(f"T{at}", number + at) for at in range(tickers)}
    texts = [
        "close crosses above sma(9)", "ema(5) > ema(9) for 2 bars rearm rsi(5) < 40", "rvol(5) > 1.5",
        "close > highest(12) or macd() crosses macd_signal()", "close rises by 3% in 4 bars cooldown 5 bars",
    ]  # fmt: skip
    rules = [parse_rule(f"{ticker} 1d: {text}") for ticker in bars for text in texts[number % 2 :]]
    return [(rule, due(rule, bars[rule.ticker].head(PAST), None)[1]) for rule in rules], bars


def advanced(stream: Stream, bars: dict[str, Bars], at: int) -> Step:
    labels = np.array([labels_of(bars[ticker])[at] for ticker in stream.tickers])
    now, seen = (
        np.stack([columns_of(bars[ticker])[:, place] for ticker in stream.tickers], axis=1)
        for place in (at, at - 1)
    )
    return stream.step(labels, now, seen)


def told_of(step: Step) -> tuple[set[str], ...]:
    return set(step.fired), set(step.unknown), set(step.unsure), set(step.lost)


@pytest.mark.parametrize("number", [0, 1])
def test_streams_joined_go_on_as_one_that_was_begun_with_both(number):
    watched, bars = watched_by(4, number)
    past = {ticker: one.head(PAST) for ticker, one in bars.items()}
    whole = Stream.begin(watched, past)
    parts = [
        Stream.begin([(r, s) for r, s in watched if r.ticker in own], past)
        for own in (("T0", "T2"), ("T1", "T3"))
    ]
    joined = parts[1].joined(Stream.from_bytes(parts[0].to_bytes()))
    for at in range(PAST, PAST + 20):
        assert told_of(advanced(joined, bars, at)) == told_of(advanced(whole, bars, at))
    assert joined.states() == whole.states()


@pytest.mark.parametrize("number", [0, 1])
def test_a_ticker_is_taken_out_and_begun_anew(number):
    watched, bars = watched_by(3, number)
    stream = Stream.begin(watched, {ticker: one.head(PAST) for ticker, one in bars.items()})
    whole = Stream.from_bytes(stream.to_bytes())
    for at in range(PAST, PAST + 5):
        advanced(stream, bars, at)
        advanced(whole, bars, at)
    rest = stream.without({"T1"})
    assert rest.tickers == ("T0", "T2")
    lost = [(r, stream.states()[r.rule_id]) for r, _ in watched if r.ticker == "T1"]
    again = rest.joined(Stream.begin(lost, {"T1": bars["T1"].head(PAST + 5)}))
    for at in range(PAST + 5, PAST + 25):
        assert told_of(advanced(again, bars, at)) == told_of(advanced(whole, bars, at))


def test_streams_that_share_a_ticker_are_not_joined():
    stream = followed("close > 20").stream
    with pytest.raises(AskError, match="cannot be joined: T0"):
        stream.joined(stream)


def test_a_stream_may_be_empty():
    empty = Stream.begin([], {})
    full = followed("close > 20").stream
    assert Stream.from_bytes(empty.to_bytes()).names == ()
    assert empty.joined(full).names == full.joined(empty).names == full.names
    assert full.without({"T0"}).names == ()
