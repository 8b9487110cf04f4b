"""The doctor's look at the watch: is the ledger there, is anything unsent, does anything check?"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import genie_nb as genie
from genie_nb.alerts.ledger import open_ledger
from genie_nb.core.watch import Run


def probes(home: Path) -> dict[str, tuple[str, str, str]]:
    found = genie.doctor(provider="demo", home=home).checks
    return {one.name: (one.status, one.text, one.cure) for one in found}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    genie.watch("ACME", "close crosses above 500", provider="demo", home=tmp_path)
    return tmp_path


def ran(home: Path, ago: timedelta, every: float | None) -> None:
    began = datetime.now(UTC) - ago  # noqa: TID251 - a schedule lives in real time
    with open_ledger(home / "ledger.sqlite") as ledger:
        ledger.begin(Run(id=f"{began.timestamp():032.0f}", began=began, as_of=began, every=every))


def test_where_nothing_is_watched_nothing_is_missing(tmp_path: Path) -> None:
    found = probes(tmp_path)
    assert found["ledger"][:2] == ("ok", "none yet; watching a rule makes it")
    assert "schedule" not in found


def test_rules_that_nothing_checks_are_told(home: Path) -> None:
    status, text, cure = probes(home)["schedule"]
    assert (status, "nothing checks them by itself" in text) == ("warn", True)
    assert "genie serve" in cure
    ran(home, timedelta(minutes=1), None)
    assert "the last check was at" in probes(home)["schedule"][1]


@pytest.mark.parametrize(
    ("ago", "status", "says"),
    [
        (timedelta(minutes=10), "ok", "alive: its last sign"),
        (timedelta(hours=2), "warn", "not alive"),
    ],
)
def test_a_schedule_is_alive_until_its_next_run_is_overdue(
    home: Path, ago: timedelta, status: str, says: str
) -> None:
    ran(home, ago, 900.0)
    ran(home, timedelta(seconds=1), None)  # a check by hand does not hide it
    found = probes(home)["schedule"]
    assert (found[0], says in found[1]) == (status, True), found


def test_what_is_unsent_is_told(tmp_path: Path) -> None:
    closed = "http://127.0.0.1:9/closed"
    genie.watch("ACME", "volume spike", as_of="2026-01-09", sink=closed, home=tmp_path)
    assert genie.check(home=tmp_path).exit == 4
    status, text, cure = probes(tmp_path)["deliveries"]
    assert (status, text) == ("warn", "1 pending, 0 given up")
    assert "genie alerts" in cure


def test_a_ledger_that_cannot_be_opened_is_a_failure_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_text("no database " * 100, encoding="utf-8")
    status, text, cure = probes(tmp_path)["ledger"]
    assert status == "fail"
    assert "ledger.sqlite" in text
    assert cure


def test_secrets_that_this_process_does_not_have_are_told(tmp_path: Path, monkeypatch) -> None:
    for rule, secret in (("close > 500", "env:GENIE_HERE"), ("close > 600", "env:GENIE_AWAY")):
        sink = {"sink": "https://example.org/hook", "secret": secret}
        genie.watch("ACME", rule, **sink, provider="demo", home=tmp_path)
    monkeypatch.setenv("GENIE_HERE", "a-secret-that-is-there")
    status, text, cure = probes(tmp_path)["secrets"]
    assert (status, text) == ("warn", "there is no env:GENIE_AWAY in this process")
    assert "What runs the checks must have it" in cure
    monkeypatch.setenv("GENIE_AWAY", "another-one-that-is-there")
    assert probes(tmp_path)["secrets"][:2] == ("ok", "env:GENIE_AWAY, env:GENIE_HERE can be had")
