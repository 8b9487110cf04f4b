"""`genie serve`: a real process that checks, tells, survives, and stops when it is asked to."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import genie_nb as genie
from genie_nb.core.errors import SetupError
from genie_nb.core.verbs import Ask
from genie_nb.runs.serve import NAP, _alone, _sleep
from genie_nb.runs.signals import Stop

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="signals of POSIX"),
    pytest.mark.timeout(120),
]


class Running:
    """A service in a process of its own, with what it logs."""

    def __init__(self, home: Path, *more: str) -> None:
        command = [sys.executable, "-m", "genie_nb", "serve", "--every", "1s", "--log", "json"]
        self.process = subprocess.Popen(
            [*command, "--home", str(home), "--format", "json", *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.events: list[dict[str, Any]] = []

    def until(self, event: str, seconds: float = 60) -> dict[str, Any]:
        """Read the log until it tells of *event*."""
        assert self.process.stderr is not None
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            line = self.process.stderr.readline()
            if not line:
                break
            self.events.append(json.loads(line))
            if self.events[-1]["event"] == event:
                return self.events[-1]
        raise AssertionError(f"no {event} in {self.events}")

    def stop(self, number: int) -> tuple[int, float, dict[str, Any]]:
        """Status, seconds it took, and the answer."""
        assert self.process.stdout is not None
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(20)
        took = time.monotonic() - begun
        return self.process.returncode, took, json.loads(self.process.stdout.read())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose only rule was armed before the demo market's last days, and fires in them."""
    place = tmp_path / "home"
    sink = f"file:{tmp_path / 'alerts.jsonl'}"
    for rule in ("close crosses above sma(20)", "close crosses below sma(20)"):
        genie.watch("WNCH", rule, as_of="2025-11-03", sink=sink, home=place)
    return place


@pytest.fixture
def service(home: Path) -> Iterator[Running]:
    running = Running(home)
    yield running
    running.process.kill()
    running.process.communicate()


def test_it_checks_again_and_again_and_stops_within_a_second(
    service: Running, home: Path, tmp_path: Path
) -> None:
    first = service.until("check")
    assert first["due"] >= 1
    assert first["rules"] == first["checked"] == 2
    again = service.until("check")
    assert again["due"] == 0
    lines = (tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == len({json.loads(line)["id"] for line in lines}) == first["due"]

    with pytest.raises(SetupError, match="Another genie serve"), _alone_in(home):
        pass
    status, took, answer = service.stop(signal.SIGTERM)
    assert (status, answer["stopped"], answer["failed"]) == (0, "signal", 0)
    assert answer["checks"] >= 2
    assert took < 5  # a second is promised; loaded machines are slow to end a process


def test_a_rule_armed_meanwhile_and_a_broken_home_are_survived(
    service: Running, home: Path
) -> None:
    service.until("check")
    settings = home / "config.toml"
    settings.write_text("provider = 1", encoding="utf-8")
    told = service.until("check_failed")
    assert told["level"] == "error"
    assert "provider cannot be 1" in told["message"]
    settings.unlink()
    genie.watch("ACME", "close crosses above 500", home=home)
    while service.until("check")["rules"] != 3:
        pass
    status, _, answer = service.stop(signal.SIGINT)
    assert status == 0
    assert answer["failed"] >= 1


def test_once_is_one_check_that_says_when_the_next_is_due(home: Path) -> None:
    found = genie.serve(every="15m", once=True, home=home)
    assert (found.checks, found.stopped, found.exit) == (1, "once", 0)
    (sign,) = [one for one in genie.ledger(home=home).heartbeats if one[0] == "check"]
    assert sign[2] == pytest.approx(900, abs=60)


def test_a_scheduler_says_in_the_environment_when_the_next_run_is_due(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENIE_EVERY", "3600")
    genie.check(home=home)
    (sign,) = [one for one in genie.ledger(home=home).heartbeats if one[0] == "check"]
    assert sign[2] == 3600


def _alone_in(home: Path) -> Any:
    from genie_nb.core.verbs import Ask
    from genie_nb.desk import open_desk

    return _alone(open_desk(Ask(verb="check", options={"home": str(home)})))


def test_a_clock_that_is_set_back_makes_no_sleep_longer(tmp_path: Path, monkeypatch) -> None:
    clock = {"now": datetime(2026, 1, 12, 17, tzinfo=UTC)}
    naps: list[float] = []

    class Napping(Stop):
        def wait(self, seconds: float) -> bool:
            naps.append(seconds)
            clock["now"] += timedelta(seconds=seconds)
            if len(naps) == 2:
                clock["now"] -= timedelta(days=1)
            return False

    monkeypatch.setattr("genie_nb.runs.serve.real_time", lambda: clock["now"])
    assert _sleep(Ask(verb="check"), tmp_path, 300.0, Napping()) is False
    assert sum(naps) < 300 + 2 * NAP + 300 / 10
