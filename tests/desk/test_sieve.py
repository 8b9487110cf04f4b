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


@pytest.mark.parametrize(("seed", "worth"), [(1, AT_ONCE), (2, AT_ONCE), (3, Worth(rules=8, rest=timedelta(days=9)))])  # fmt: skip
def test_whatever_happens_between_checks_nobody_could_tell_them_apart(
    make: Callable[[str], Any], seed: int, worth: Worth
) -> None:
    twins = Twins(make, seed, worth)
    for at, line in enumerate(LINES):
        twins.watch(TICKERS[at % 3], line)
        twins.watch(TICKERS[(at + 1) % 3], line)
    fired = 0
    for _ in range(24):
        fired += len(twins.check().alerts)
        twins.dice.choice(HAPPENINGS)(twins)
        for ticker in TICKERS:
            twins.seen[ticker] += twins.dice.choice([0, 1, 1, 1, 2, 5])
    assert fired > 20, "silence on both sides would prove nothing"
    assert twins.followed > twins.looked_at / 8
