"""The record of the last looks: what it keeps, what it refuses, and two processes at once."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import genie_nb as genie
from genie_nb.core.changes.look import Look
from genie_nb.core.errors import AskError, SetupError
from genie_nb.core.verbs import Ask
from genie_nb.desk import seen
from genie_nb.desk.desk import open_desk

DAY = datetime(2026, 1, 5, 21, 30, tzinfo=UTC)


def at(days: int) -> Look:
    moment = DAY + timedelta(days=days)
    return Look(ticker="ACME", as_of=moment, asked=moment)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def record(home: Path) -> Path:
    return home / "seen" / "demo" / "ACME.json"


def holding(**wrong: Any) -> bytes:
    """A record that is right but for one part."""
    right = Look.to_dict(at(0)) | wrong
    return json.dumps({"schema": "genie-seen/1", "looks": [right]}).encode()


def test_the_newest_two_moments_are_kept() -> None:
    kept: tuple[Look, ...] = ()
    for day in (0, 1, 1, 2, 0):
        kept = seen.with_look(kept, at(day))
    assert kept == (at(1), at(2))


def test_looks_of_one_sitting_are_one_look(home: Path) -> None:
    desk = open_desk(Ask(verb="diff", options={"provider": "demo"}), home)
    minutes = [replace(at(7), as_of=at(7).as_of + timedelta(minutes=n), asked=at(8).as_of) for n in (0, 5, 10)]  # fmt: skip
    assert seen.keep(desk, minutes[0]) == ""
    assert seen.last_before(desk, minutes[1]) == minutes[0]
    assert seen.with_look((at(0), minutes[0]), minutes[1]) == (at(0), minutes[1])
    record(home).unlink()
    for one in (at(0), *minutes[:2]):
        assert seen.keep(desk, one) == ""
    assert seen.last_before(desk, minutes[2]) == at(0)


def test_diff_compares_with_the_last_analysis_of_an_earlier_moment(home: Path) -> None:
    genie.analyze("ACME", provider="demo", as_of="2025-08-01", home=home)
    genie.analyze("ACME", provider="demo", home=home)
    found = genie.diff("ACME", provider="demo", home=home)
    assert found.since == datetime(2025, 8, 1, 20, tzinfo=UTC)
    dated = genie.diff("ACME", since="2025-08-01", provider="demo", home=home)
    assert found.changes == dated.changes


def test_an_analysis_of_before_the_last_look_is_not_kept(home: Path) -> None:
    genie.analyze("ACME", provider="demo", home=home)
    before = record(home).read_bytes()
    genie.analyze("ACME", provider="demo", as_of="2025-08-01", home=home)
    assert record(home).read_bytes() == before


def test_asking_what_changed_is_no_look(home: Path) -> None:
    genie.diff("ACME", since="2025-08-01", provider="demo", home=home)
    assert not record(home).exists()


def test_without_an_earlier_look_a_day_is_asked_for(home: Path) -> None:
    genie.analyze("ACME", provider="demo", home=home)
    with pytest.raises(AskError, match="no look at ACME from demo before") as refused:
        genie.diff("ACME", provider="demo", home=home)
    assert "diff ACME --since" in (refused.value.cure or "")


@pytest.mark.parametrize("since", ["2026-01-13", "2030-01-01"])
def test_a_day_that_is_not_earlier_is_refused(home: Path, since: str) -> None:
    with pytest.raises(AskError, match="is not before"):
        genie.diff("ACME", since=since, provider="demo", home=home)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"schema": "genie-seen/1", "looks": [{}]}',
        b'{"schema": "genie-seen/2", "looks": []}',
        holding(as_of="2026-01-05"),
        holding(ticker="WNCH"),
        holding(facts={"price": {"value": "12", "unit": "USD"}}),
        holding(checks={"valuation": {"state": 3}}),
        b'{"schema": "genie-seen/1", "looks": 3}',
    ],
)
def test_a_damaged_record_is_said_and_left_alone(home: Path, damage: bytes) -> None:
    file = record(home)
    file.parent.mkdir(parents=True)
    file.write_bytes(damage)
    with pytest.raises(SetupError, match="damaged") as refused:
        genie.diff("ACME", provider="demo", home=home)
    assert "Delete that file" in (refused.value.cure or "")
    report = genie.analyze("ACME", provider="demo", home=home)
    assert any("damaged" in note for note in report.notes)
    assert file.read_bytes() == damage
    assert genie.diff("ACME", since="2025-08-01", provider="demo", home=home).changes


def test_a_home_that_cannot_be_written_keeps_no_look_and_says_so(home: Path) -> None:
    (home / "seen").write_text("a file where a folder should be")
    report = genie.analyze("ACME", provider="demo", home=home)
    assert any("could not be kept for diff" in note for note in report.notes)
    assert report.facts["price"].value == 21.25


def test_two_folders_of_files_are_two_sources(home: Path) -> None:
    desks = [
        open_desk(Ask(verb="diff", options={"provider": f"files:{home / name}"}), home)
        for name in ("a", "b")
        if (home / name).mkdir() is None
    ]
    one, two = desks
    assert seen.keep(one, at(0)) == ""
    assert seen.last_before(one, at(1)) == at(0)
    assert seen.last_before(two, at(1)) is None


WRITER = """
import sys
from datetime import timedelta
from genie_nb.core.changes.look import Look
from genie_nb.core.verbs import Ask
from genie_nb.desk import seen
from genie_nb.desk.desk import open_desk
from datetime import UTC, datetime
desk = open_desk(Ask(verb="diff", options={"provider": "demo"}), sys.argv[1])
day = datetime(2026, 1, 5, 21, 30, tzinfo=UTC)
for n in range(int(sys.argv[2]), 60, 2):
    moment = day + timedelta(days=n)
    said = seen.keep(desk, Look(ticker="ACME", as_of=moment, asked=moment))
    assert said == "", said
"""


def test_two_processes_at_once_do_not_damage_it(home: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(home), str(first)]) for first in (0, 1)
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    kept = json.loads(record(home).read_text())
    last = [Look.from_dict(one).as_of for one in kept["looks"]]
    assert last[-1] == at(59).as_of
    assert len(last) == 2
    assert last[0] < last[1]
    assert sorted(path.suffix for path in record(home).parent.iterdir()) in ([".json"], [".json", ".lock"])  # fmt: skip
