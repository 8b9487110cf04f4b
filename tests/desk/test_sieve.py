"""Checks that carry rules from bar to bar find, say and keep exactly what checks that compute all of them do."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import text

from genie_nb.alerts.ledger import Ledger
from genie_nb.core.ask.command import make_ask
from genie_nb.core.watch import Run
from genie_nb.core.watch.checked import Check
from genie_nb.data.cache import Cached
from genie_nb.desk.check import check
from genie_nb.desk.home import ledger_of
from genie_nb.desk.listed import listed
from genie_nb.desk.look import looked
from genie_nb.desk.sieve import Worth

AT_ONCE = Worth(rules=0, rest=timedelta(0))
NEVER = Worth(rules=10**9)
BEGINS, TICKERS = 40, ("X", "Y", "Z")
LINES = (
    "close crosses above sma(5)", "ema(4) > ema(9) for 2 bars rearm rsi(5) < 45", "rvol(5) > 1.2 cooldown 3 bars",
    "close > highest(8) or macd() crosses macd_signal()", "close rises by 2% in 3 bars", "close < 20",
    "close > sma(60)", "pattern bullish engulfing", "obv() > average(obv(), 6) once", "adx(5) > 30 paused",
    "change < -0.02 then change > 0.01 within 5 bars", "close crosses below 21 expires 2026-04-20",
)  # fmt: skip


class Twins:
    """Two homes with the same rules and bars; the checks of one carry rules on, those of the other do not."""

    def __init__(self, make: Callable[[str], Any], seed: int, worth: Worth = AT_ONCE) -> None:
        self.carrying, self.anew = make("carrying"), make("anew")
        self.both = self.carrying, self.anew
        self.worth = worth
        self.dice = random.Random(seed)
        walk = np.random.default_rng(seed)
        count = len(TICKERS)
        self.closes = dict(zip(TICKERS, np.round(20 * np.exp(np.cumsum(walk.normal(0, 0.02, (count, 240)), axis=1)), 2), strict=True))  # fmt: skip
        self.volume = dict(
            zip(TICKERS, np.round(walk.lognormal(12, 0.4, (count, 240))), strict=True)
        )
        self.splits = {ticker: np.zeros(240) for ticker in TICKERS}
        self.seen = dict.fromkeys(TICKERS, BEGINS)
        self.followed = self.looked_at = 0

    def put(self) -> None:
        """Let both providers have the bars up to what is seen, read anew as by another process."""
        for one in self.both:
            one.desk.data = Cached(one.fake, None)
            for ticker, count in self.seen.items():
                more = {"stock splits": list(self.splits[ticker][:count])}
                one.put(list(self.closes[ticker][:count]), ticker=ticker, volume=list(self.volume[ticker][:count]), **more)  # fmt: skip
            newest = max(one.fake.bars(TICKERS, "1d", None, None)[t].index[-1] for t in TICKERS)
            one.go(newest.date().isoformat())

    def check(self) -> Check:
        """Check both, and compare whatever a user or the next check could see."""
        self.put()
        found, dry = self._looks()
        ours, theirs = (
            check(one.desk, make_ask("check"), worth=worth)
            for one, worth in zip(self.both, (self.worth, NEVER), strict=True)
        )
        assert told(ours) == told(theirs)
        assert told(dry)[:2] == told(ours)[:2]
        kept = [self.ledger(one, Ledger.kept) for one in self.both]
        assert kept[0] == kept[1]
        for rule_id, one in found.evaluated.items():
            assert one.state is None or one.state == kept[1][rule_id].state
        return ours

    def _looks(self) -> tuple[Any, Check]:
        """A look and a dry run, which change nothing."""
        desk, ask = self.carrying.desk, make_ask("check", options={"dry_run": True})
        with ledger_of(desk) as ledger:
            before = ledger.kept(), ledger.carried("fake", "1d")
            found = looked(desk, ask, listed(desk, ledger), ledger)
            dry = check(desk, ask, worth=self.worth)
            assert (ledger.kept(), ledger.carried("fake", "1d")) == before
        self.followed += sum(len(one.known) for one in found.sieves)
        self.looked_at += len(found.rules)
        return found, dry

    @staticmethod
    def ledger(stand: Any, read: Callable[[Ledger], Any]) -> Any:
        with ledger_of(stand.desk) as ledger:
            return read(ledger)

    def watch(self, ticker: str, line: str) -> None:
        for one in self.both:
            one.list_by_hand(f"{self.file()}{ticker} 1d: {line}\n")

    def file(self) -> str:
        path = self.carrying.home / "watchlist.txt"
        return path.read_text() if path.exists() else ""

    def rewrite(self, change: Callable[[list[str]], list[str]]) -> None:
        lines = change(self.file().splitlines())
        for one in self.both:
            one.list_by_hand("".join(f"{line}\n" for line in lines))

    def carried(self, change: Callable[[bytes], bytes]) -> None:
        """Write other bytes into the place of the stream."""
        with ledger_of(self.carrying.desk) as ledger, ledger.engine.begin() as connection:
            body = connection.execute(text("SELECT body FROM streams")).scalar()
            if body is not None:
                connection.execute(text("UPDATE streams SET body = :body"), {"body": change(body)})


def told(one: Check) -> tuple[object, ...]:
    alerts = [(fired.alert, fired.evaluated_at, fired.story) for fired in one.alerts]
    troubles = [(outage.kind, outage.subject, outage.text) for outage in one.outages]
    return alerts, one.unknown, one.notes, one.checked, troubles, one.line


# What may happen between two checks


def nothing(_: Twins) -> None:
    pass


def split(twins: Twins) -> None:
    ticker = twins.dice.choice(TICKERS)
    at = twins.seen[ticker]
    twins.closes[ticker][:at] = np.round(twins.closes[ticker][:at] / 2, 4)
    twins.closes[ticker][at:] /= 2
    twins.splits[ticker][at] = twins.dice.choice([0.0, 2.0])


def corrected(twins: Twins) -> None:
    ticker = twins.dice.choice(TICKERS)
    table = twins.dice.choice([twins.closes, twins.volume])[ticker]
    table[twins.seen[ticker] - twins.dice.randint(2, BEGINS)] *= 1.03


def newest_corrected(twins: Twins) -> None:
    ticker = twins.dice.choice(TICKERS)
    table = twins.dice.choice([twins.closes, twins.volume])[ticker]
    table[twins.seen[ticker] - 1] *= twins.dice.choice([1.00005, 1.0043])


def snoozed(twins: Twins) -> None:
    name = twins.dice.choice(TICKERS)
    for one in twins.both:
        kept = twins.ledger(one, Ledger.kept).values()
        if any(line.line.startswith(name) for line in kept):
            one.ask("snooze", f"{name} 3d")


def woken(twins: Twins) -> None:
    for one in twins.both:
        for rule_id in twins.ledger(one, Ledger.kept):
            twins.ledger(one, lambda ledger, rule_id=rule_id: ledger.snooze(rule_id, None))


def removed(twins: Twins) -> None:
    gone = twins.dice.randrange(99)
    twins.rewrite(lambda lines: [line for at, line in enumerate(lines) if at != gone % len(lines)])


def added(twins: Twins) -> None:
    n = twins.dice.randint(3, 30)
    twins.watch(twins.dice.choice(TICKERS), f"close crosses sma({n})")


def added_again(twins: Twins) -> None:
    twins.rewrite(lambda lines: [*lines[1:], lines[0]])
    for one in twins.both:
        first = next(iter(twins.ledger(one, Ledger.kept)), None)
        if first:
            twins.ledger(one, lambda ledger, first=first: ledger.disarm(first))


def paused(twins: Twins) -> None:
    at = twins.dice.randrange(99)

    def turned(lines: list[str]) -> list[str]:
        line = lines[at % len(lines)]
        other = line.removesuffix(" paused") if line.endswith(" paused") else f"{line} paused"
        return [other if one is line else one for one in lines]

    twins.rewrite(turned)


def turned_bytes(twins: Twins) -> None:
    at = twins.dice.randrange(10**6)
    twins.carried(lambda body: body[: at % len(body)] + b"\x07" + body[at % len(body) + 1 :])


def cut_short(twins: Twins) -> None:
    twins.carried(lambda body: body[: len(body) // 2])


HAPPENINGS = (
    nothing, nothing, nothing, split, corrected, newest_corrected, snoozed, woken, removed, added, added_again, paused,
    turned_bytes, cut_short,
)  # fmt: skip


@pytest.fixture
def make(tmp_path: Path, stand: Any) -> Callable[[str], Any]:
    return lambda name: type(stand)(tmp_path / name)


@pytest.mark.parametrize(("seed", "worth"), [(1, AT_ONCE), (3, Worth(rules=8, rest=timedelta(days=9)))])  # fmt: skip
def test_whatever_happens_between_checks_nobody_could_tell_them_apart(
    make: Callable[[str], Any], seed: int, worth: Worth
) -> None:
    twins = Twins(make, seed, worth)
    for at, line in enumerate(LINES):
        twins.watch(TICKERS[at % 3], line)
        twins.watch(TICKERS[(at + 1) % 3], line)
    fired = 0
    for _ in range(20):
        fired += len(twins.check().alerts)
        twins.dice.choice(HAPPENINGS)(twins)
        for ticker in TICKERS:
            twins.seen[ticker] += twins.dice.choice([0, 1, 1, 1, 2, 5])
    assert fired > 20, "silence on both sides would prove nothing"
    assert twins.followed > twins.looked_at / 8


def settled(make: Callable[[str], Any], worth: Worth = AT_ONCE) -> Twins:
    """Twins with a few rules, checked twice, so that all that can be carried on is."""
    twins = Twins(make, 5, worth)
    for ticker in TICKERS:
        twins.watch(ticker, "close > sma(5)")
        twins.watch(ticker, "ema(4) crosses above ema(9)")
    twins.check()
    later(twins)
    return twins


def later(twins: Twins, bars: int = 1) -> Check:
    """A check after so many more bars of each ticker."""
    for ticker in TICKERS:
        twins.seen[ticker] += bars
    return twins.check()


def not_looked_at(twins: Twins) -> int:
    """Rules that the next check would carry on."""
    before = twins.followed
    twins.put()
    twins._looks()
    return twins.followed - before


def body(twins: Twins) -> bytes | None:
    found = twins.ledger(twins.carrying, lambda ledger: ledger.carried("fake", "1d"))
    return found.body if found else None


def test_with_no_new_bar_every_rule_is_carried_on(make: Callable[[str], Any]) -> None:
    assert not_looked_at(settled(make)) == 2 * len(TICKERS)


def test_an_older_bar_that_was_corrected_costs_its_own_ticker_alone(
    make: Callable[[str], Any],
) -> None:
    twins = settled(make)
    twins.volume["Y"][7] += 1
    assert not_looked_at(twins) == 4
    later(twins)
    assert not_looked_at(twins) == 6, "it was taken in again"


def test_rules_that_a_split_rescaled_are_carried_on_with_their_note(
    make: Callable[[str], Any],
) -> None:
    twins = settled(make)
    twins.watch("X", "close > 20")
    twins.check()
    twins.closes["X"] /= 2
    twins.splits["X"][twins.seen["X"]] = 2.0
    later(twins)
    kept = twins.ledger(twins.carrying, Ledger.kept).values()
    assert [one.state.scale for one in kept if one.line == "X 1d: close > 20"] == [0.5]
    assert not_looked_at(twins) == 7
    assert (
        "X 1d: close > 20: close > 20 is read as close > 10 after splits" in later(twins, 0).notes
    )


def test_a_source_that_is_down_or_behind_costs_nothing_when_it_is_back(
    make: Callable[[str], Any],
) -> None:
    twins = settled(make)
    before = body(twins)
    for one in twins.both:
        one.desk.data = Cached(one.fake, None)
        one.put(
            list(twins.closes["Y"][:BEGINS]), ticker="Y", volume=list(twins.volume["Y"][:BEGINS])
        )
    ours, theirs = (check(one.desk, make_ask("check"), worth=AT_ONCE) for one in twins.both)
    assert told(ours) == told(theirs)
    assert body(twins) == before
    assert not_looked_at(twins) == 6


def test_a_stream_that_was_not_written_with_the_states_catches_up(
    make: Callable[[str], Any],
) -> None:
    twins = settled(make)
    old = body(twins)
    assert old
    later(twins)
    twins.carried(lambda _: old)
    assert not_looked_at(twins) == 0, "it stands before the states, so nothing is taken from it"
    later(twins, 3)
    assert not_looked_at(twins) == 6


def test_a_stream_ahead_of_the_states_gives_nothing_away(make: Callable[[str], Any]) -> None:
    """As after a ledger was put back from a copy, which a newer stream was then written to."""
    twins = settled(make)
    kept = twins.ledger(twins.carrying, Ledger.kept)
    for _ in range(3):
        later(twins)
    run = Run(
        id="0" * 32, began=twins.carrying.desk.data.now(), as_of=twins.carrying.desk.data.now()
    )
    for one in twins.both:
        states = {name: found.state for name, found in kept.items() if found.state}
        at = next(iter(kept.values())).checked_at
        assert at is not None
        twins.ledger(
            one,
            lambda ledger, states=states, at=at: ledger.record(run, states=states, checked_at=at),
        )
    assert not_looked_at(twins) == 0
    twins.check()
    assert not_looked_at(twins) == 6


@pytest.mark.parametrize(
    "spoil", [lambda _: b"", lambda one: one[:-9], lambda one: one[:200] + b"!" + one[201:]]
)
def test_an_unreadable_stream_is_begun_anew(
    make: Callable[[str], Any], spoil: Callable[[bytes], bytes]
) -> None:
    twins = settled(make)
    twins.carried(spoil)
    assert not_looked_at(twins) == 0
    later(twins)
    assert not_looked_at(twins) == 6


def test_too_few_rules_are_not_carried_on(make: Callable[[str], Any]) -> None:
    twins = settled(make, Worth(rules=7))
    assert body(twins) is None
    assert not_looked_at(twins) == 0


def test_rules_that_wait_are_taken_in_after_a_rest(make: Callable[[str], Any]) -> None:
    twins = settled(make, Worth(rules=1, rest=timedelta(days=7)))
    twins.volume["Y"][7] += 1
    waited = [not_looked_at(twins) for _ in range(6) if later(twins)]
    assert waited == [4, 4, 4, 4, 6, 6]


def test_so_many_rules_are_carried_on_and_one_less_is_not(stand: Any) -> None:
    stand.put([20 + at % 7 for at in range(30)])
    lines = [f"X 1d: close > {10 + at / 10:.1f}\n" for at in range(40)]
    worth = Worth(rules=len(lines))

    def carried_on(count: int) -> int:
        stand.list_by_hand("".join(lines[:count]))
        check(stand.desk, make_ask("check"), worth=worth)
        with ledger_of(stand.desk) as ledger:
            found = looked(stand.desk, make_ask("check"), listed(stand.desk, ledger), ledger)
            return sum(len(one.known) for one in found.sieves)

    assert [carried_on(39), carried_on(40)] == [0, 40]


def test_a_clock_that_was_set_back_costs_nothing(make: Callable[[str], Any]) -> None:
    twins = settled(make)
    for one in twins.both:
        one.fake.set_now(one.fake.now() + timedelta(hours=9))
        check(one.desk, make_ask("check"), worth=AT_ONCE if one is twins.carrying else NEVER)
    assert not_looked_at(twins) == 6
    assert "it was set back" in twins.check().notes[0]
    later(twins)
    assert not_looked_at(twins) == 6
