"""`genie ledger`: look at it, forget what is old, write it elsewhere."""

import json
import sqlite3
from pathlib import Path

import jsonschema
import pytest

import genie_nb as genie
from genie_nb.core.errors import AskError, UnknownName
from genie_nb.core.schema import schema_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "home"
    genie.watch(
        "ACME", "volume spike", as_of="2026-01-09", sink=f"file:{tmp_path / 'a'}", home=place
    )
    assert genie.check(home=place).exit == 0
    return place


def test_it_can_be_looked_at(home: Path) -> None:
    found = genie.ledger(home=home)
    jsonschema.validate(found.to_dict(), schema_of("ledger"))
    assert (found.counts["rules"], found.counts["alerts"]) == (1, 1)
    assert "Last sign of check" in found.view().text


def test_what_is_old_is_forgotten_and_rules_stay(home: Path) -> None:
    assert genie.ledger("prune", older="9999d", home=home).counts["alerts"] == 0
    pruned = genie.ledger("prune", older="1d", home=home).to_dict()  # the demo's clock stands still
    jsonschema.validate(pruned, schema_of("ledger"))
    assert pruned["counts"]["alerts"] == 1
    after = genie.ledger(home=home).counts
    assert (after["rules"], after["alerts"]) == (1, 0)


def test_it_is_written_elsewhere(home: Path, tmp_path: Path) -> None:
    lines, copy = tmp_path / "all.jsonl", tmp_path / "copy.sqlite"
    written = genie.ledger(f"export {lines}", home=home)
    rows = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert written.counts == {"lines": len(rows)}
    assert {"alerts", "runs", "deliveries"} <= {row["table"] for row in rows}
    assert genie.ledger(f"backup {copy}", home=home).path == str(copy)
    with sqlite3.connect(copy) as database:
        assert database.execute("SELECT count(*) FROM alerts").fetchone() == (1,)


@pytest.mark.parametrize(
    ("action", "older"), [("prune", None), ("prune now", "1d"), ("export", None), ("", "1d")]
)
def test_what_is_half_said_is_refused(home: Path, action: str, older: str | None) -> None:
    with pytest.raises(AskError, match="genie ledger"):
        genie.ledger(action, older=older, home=home)


def test_other_actions_and_homes_without_a_ledger_are_refused(home: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'prune'"):
        genie.ledger("prun", home=home)
    with pytest.raises(AskError, match="There is no ledger"):
        genie.ledger(home=tmp_path / "other")
