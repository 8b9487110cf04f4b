"""A checking process is killed again and again, against a receiver that fails at random.

In the second half of its deaths every rule is carried on from bar to bar.

At the end every alert that was due has arrived, none under two keys, none is missing, the file has
each once, and the ledger says the same.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from genie_nb.alerts.ledger import open_ledger
from genie_nb.core.stream import Stream
from genie_nb.core.watch import Carried

KILLS = 200
FAULTS = [500, "reset", "hang", (429, {"Retry-After": "0"}), (503, {"Retry-After": "1"})]
RETRIED_WITHIN = 1.0
"""Seconds that the receiver asks to wait at most."""
HOLIDAYS = {"2025-02-17", "2025-04-18", "2025-05-26", "2025-06-19", "2025-07-04"}
SESSIONS = [
    day
    for day in pd.bdate_range("2025-01-21", periods=95).strftime("%Y-%m-%d")
    if day not in HOLIDAYS
]
ARMED = 20
CLOSES = {
    "CALM": [95.0 + 10 * (place % 4 == 3) for place in range(len(SESSIONS))],
    "WILD": [95.0 + 10 * (place % 10 == 9) for place in range(len(SESSIONS))],
}
LEVELS = {"CALM": [100, 101, 102], "WILD": [100 + step / 8 for step in range(25)]}
"""All 25 of the second fire at one bar: a flood, told in one digest."""

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL"),
    pytest.mark.xdist_group("sigkill"),
    pytest.mark.timeout(900),
]


@pytest.fixture
def home(tmp_path: Path, receiver) -> Path:
    """Rules whose alerts go to the receiver and to a file."""
    return settled(tmp_path / "home", [receiver.url, f"file:{tmp_path}/alerts.jsonl"])


@pytest.fixture
def zygote(tmp_path: Path) -> Iterator["Zygote"]:
    found = Zygote(settled(tmp_path / "other", [f"file:{tmp_path}/other.jsonl"]))
    yield found
    found.process.kill()
    found.process.wait()


class Zygote:
    """A warm process whose children check."""

    def __init__(self, other: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("zygote.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.told([command(other, SESSIONS[day]) for day in (0, 1, 20)]) == "warm"

    def check(
        self, home: Path, as_of: str, kill_after: float | None = None, *, carry: bool = False
    ) -> dict:
        asked = {"args": command(home, as_of), "kill_after": kill_after, "carry": carry}
        return self.told(asked)

    def told(self, what: object) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def settled(home: Path, sinks: list[str]) -> Path:
    """A home with prices, rules and sinks."""
    prices = home / "prices"
    prices.mkdir(parents=True)
    for ticker, closes in CLOSES.items():
        rows = [
            f"{day},{close},{close + 1},{close - 1},{close},1000"
            for day, close in zip(SESSIONS, closes, strict=True)
        ]
        (prices / f"{ticker}.csv").write_text("\n".join(["Date,Open,High,Low,Close,Volume", *rows]))
    (home / "config.toml").write_text(
        f'provider = "files:{prices}"\n[alerts]\nsinks = {json.dumps(sinks)}\n'
    )
    (home / "watchlist.txt").write_text("".join(f"{line}\n" for line in lines()))
    return home


def command(home: Path, as_of: str) -> list[str]:
    return ["check", "--home", str(home), "--as-of", as_of, "--format", "json"]


def lines() -> list[str]:
    return [
        f"{ticker} 1d: close crosses above {level:g}"
        for ticker, levels in LEVELS.items()
        for level in levels
    ]


def expected() -> set[str]:
    """Ids of the alerts after arming, from the closes alone."""
    found = set()
    for line in lines():
        ticker, level = line.partition(" ")[0], float(line.rpartition(" ")[2])
        rule_id = sha256(line.encode()).hexdigest()[:12]
        closes = CLOSES[ticker]
        for place in range(ARMED, len(SESSIONS)):
            if closes[place - 1] <= level < closes[place]:
                label = f"{rule_id}|{SESSIONS[place]}T00:00:00+00:00"
                found.add(sha256(label.encode()).hexdigest()[:32])
    return found


def followed(carried: Carried | None) -> set[str]:
    """Lines of the rules in a stream that stands at the newest bar."""
    assert carried is not None
    stream = Stream.from_bytes(carried.body)
    newest = pd.Timestamp(SESSIONS[-1], tz="UTC")
    by_id = {sha256(line.encode()).hexdigest()[:12]: line for line in lines()}
    return {by_id[name] for name, state in stream.states().items() if state.last_bar == newest}


def test_killed_two_hundred_times_it_loses_nothing_and_repeats_nothing(
    home: Path, zygote: Zygote, receiver, tmp_path: Path
):
    chance = random.Random(20250121)
    assert zygote.check(home, SESSIONS[ARMED - 1])["status"] == 0
    usual = min(zygote.check(home, SESSIONS[ARMED - 1])["seconds"] for _ in range(3))
    killed, checks = 0, 0
    while killed < KILLS:
        day = min(ARMED + checks * (len(SESSIONS) - ARMED) // KILLS, len(SESSIONS) - 1)
        receiver.always = chance.choice([200, 200, 200, chance.choice(FAULTS)])
        carry = killed >= KILLS // 2
        after = chance.uniform(0, 2.5 * usual)
        ended = zygote.check(home, SESSIONS[day], kill_after=after, carry=carry)
        killed, checks = killed + ended["killed"], checks + 1
    receiver.over.set()
    receiver.always = 200
    for _ in range(40):
        if zygote.check(home, SESSIONS[-1], carry=True)["status"] == 0:
            break
        time.sleep(RETRIED_WITHIN / 10)

    arrived: dict[str, set[str]] = defaultdict(set)
    for got in receiver.got:
        for told in got.body.get("digest", [got.body]):
            arrived[told["id"]].add(got.key)
    troubles = {got.key for got in receiver.got if "outage" in got.body}
    assert set(arrived) - troubles == expected()
    assert {len(keys) for keys in arrived.values()} == {1}
    assert any(len(key) == 64 for keys in arrived.values() for key in keys)

    written = [json.loads(line) for line in (tmp_path / "alerts.jsonl").read_text().splitlines()]
    assert sorted(row["id"] for row in written if "outage" not in row) == sorted(expected())
    with open_ledger(home / "ledger.sqlite") as ledger:
        assert {found.id for found in ledger.alerts()} == expected()
        assert followed(ledger.carried(f"files:{home / 'prices'}", "1d")) == set(lines())
        deliveries = ledger.deliveries()
        assert {one.status for one in deliveries} == {"sent"}
        told = [one for one in deliveries if one.sink.address == receiver.url]
        assert {one.alert_id: {one.key} for one in told} == arrived
