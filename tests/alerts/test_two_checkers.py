"""Two checkers started at once on one ledger deliver each alert once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from postgres_database import own_database

DAYS = pd.bdate_range("2025-03-03", periods=30).strftime("%Y-%m-%d")
CLOSES = [95.0 + 10 * (place % 4 == 3) for place in range(30)]
LEVELS = range(100, 105)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def ledger_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "SQLite":
        yield str(tmp_path / "ledger.sqlite")
        return
    with own_database(f"genie_two_{os.getpid()}") as found:
        yield found


@pytest.fixture
def start(tmp_path: Path, receiver, ledger_address: str) -> Callable[[str], subprocess.Popen[str]]:
    """Starts a check as of a day."""
    rows = [
        f"{day},{close},{close + 1},{close - 1},{close},1000"
        for day, close in zip(DAYS, CLOSES, strict=True)
    ]
    table = "\n".join(["Date,Open,High,Low,Close,Volume", *rows])
    (tmp_path / "CALM.csv").write_text(table)
    (tmp_path / "config.toml").write_text(
        f'provider = "files:{tmp_path}"\n[alerts]\nledger = "{ledger_address}"\n'
        f'sinks = ["{receiver.url}", "file:{tmp_path}/alerts.jsonl"]\n'
    )
    rules = [f"CALM 1d: close crosses above {level}\n" for level in LEVELS]
    (tmp_path / "watchlist.txt").write_text("".join(rules))

    def begin(day: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "genie_nb", "check", "--home", str(tmp_path)]
        return subprocess.Popen(
            [*command, "--as-of", day, "--format", "json"], stdout=subprocess.PIPE, text=True
        )

    return begin


def test_each_alert_is_delivered_once(start, receiver, tmp_path: Path):
    armed = start(DAYS[9])
    armed.communicate(timeout=120)
    assert armed.returncode == 0

    both = [start(DAYS[-1]), start(DAYS[-1])]
    answers = [json.loads(one.communicate(timeout=120)[0]) for one in both]
    assert [one.returncode for one in both] == [0, 0]

    crossings = sum(CLOSES[place] > CLOSES[place - 1] for place in range(10, 30))
    found = [alert["id"] for answer in answers for alert in answer["alerts"]]
    assert len(found) == len(set(found)) == crossings * len(LEVELS) == 25
    (digest,) = [got.body["digest"] for got in receiver.got]
    assert sorted(alert["id"] for alert in digest) == sorted(found)
    lines = (tmp_path / "alerts.jsonl").read_text().splitlines()
    assert sorted(json.loads(line)["id"] for line in lines) == sorted(found)
