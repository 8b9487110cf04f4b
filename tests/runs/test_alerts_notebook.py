"""The alerts notebook: one round of watching, run as a scheduler runs it."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

import genie_nb as genie

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "alerts.ipynb"
PLOTLY = "application/vnd.plotly.v1+json"
pytestmark = [
    pytest.mark.skipif(not NOTEBOOK.exists(), reason="the notebooks are not beside the tests"),
    pytest.mark.timeout(200),
]


def shown(path: str) -> list[dict[str, Any]]:
    cells = nbformat.read(path, as_version=4).cells
    return [out.get("data", {}) for cell in cells for out in cell.get("outputs", ())]


def test_a_round_on_the_demo_market_fires_draws_delivers_and_says_how_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = f"file:{tmp_path / 'named-by-a-secret.jsonl'}"
    monkeypatch.setenv("GENIE_TEST_SINK", secret)
    log, home = tmp_path / "alerts.jsonl", tmp_path / "home"
    given = {"sinks": f"file:{log}, env:GENIE_TEST_SINK", "home": str(home)}
    first = genie.run(NOTEBOOK, given, output=tmp_path / "first.ipynb")
    assert (first.status, first.exit) == ("completed", 0), first
    assert first.line.startswith("checked 3 of 3 tickers, bars to 2026-01-12 16:00 ET")
    alerts = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert {one["ticker"] for one in alerts} >= {"ACME", "WNCH"}
    assert all(one["bar_time"] > "2026-01-02T00:00" for one in alerts)
    charts = [data for data in shown(first.output) if PLOTLY in data]
    assert len(charts) == len({one["rule_id"] for one in alerts})
    left = Path(first.output).read_text("utf-8")
    assert "env:GENIE_TEST_SINK" in left
    assert "named-by-a-secret" not in left
    assert str(tmp_path) not in left

    again = genie.run(NOTEBOOK, given, output=tmp_path / "again.ipynb")
    assert (again.status, again.exit) == ("completed", 0), again
    assert len(log.read_text("utf-8").splitlines()) == len(alerts)
    assert not [data for data in shown(again.output) if PLOTLY in data]


def test_a_delivery_that_is_open_is_the_exit_status_of_the_run(tmp_path: Path) -> None:
    rules = tmp_path / "mine.txt"
    rules.write_text("# mine\nACME 1d: rvol(20) > 2\n", encoding="utf-8")
    home = tmp_path / "home"
    given = {"watchlist": str(rules), "as_of": "2026-01-09", "home": str(home)}
    armed = genie.run(NOTEBOOK, given, output=tmp_path / "armed.ipynb")
    assert (armed.status, armed.exit) == ("completed", 0), armed
    given |= {"as_of": "", "sinks": "http://127.0.0.1:9/closed"}
    found = genie.run(NOTEBOOK, given, output=tmp_path / "open.ipynb")
    assert (found.status, found.exit) == ("completed", 4), found
