"""A file has each alert once, whatever happened to the process that wrote it, or to the file."""

import csv
import gzip
import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genie_nb.alerts.sinks import TryLater, open_sink
from genie_nb.core.watch import Sink


def send(path: Path, found) -> None:
    opened = open_sink(Sink(address=f"file:{path}"), home=path.parent)
    opened.send(found.id, found.to_dict(), found.alert.text)


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text().splitlines()]


def test_each_alert_is_a_line_of_json_and_there_once(tmp_path, fired):
    path = tmp_path / "logs" / "alerts.jsonl"
    for number in (1, 2, 1, 2, 3):
        send(path, fired(number))
    assert ids(path) == [fired(number).id for number in (1, 2, 3)]
    assert json.loads(path.read_text().splitlines()[0]) == json.loads(
        json.dumps(fired(1).to_dict())
    )


def test_an_alert_that_others_name_as_their_story_is_still_written(tmp_path, fired):
    from dataclasses import replace

    path = tmp_path / "alerts.jsonl"
    send(path, replace(fired(2), story=fired(1).id))
    send(path, fired(1))
    assert ids(path) == [fired(2).id, fired(1).id]


def test_a_csv_file_has_a_heading_and_a_row_for_each_alert(tmp_path, fired):
    path = tmp_path / "alerts.csv"
    for number in (1, 2, 1):
        send(path, fired(number))
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [fired(1).id, fired(2).id]
    assert rows[0]["ticker"] == "CRSR"
    assert rows[0]["price"] == "25.5"
    assert rows[0]["text"] == fired(1).alert.text


@pytest.mark.parametrize("name", ["alerts.jsonl", "alerts.csv"])
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_line_torn_at_any_byte_is_mended_and_no_alert_lost(name, data, tmp_path_factory, fired):
    path = tmp_path_factory.mktemp("torn") / name
    send(path, fired(1))
    one = path.stat().st_size
    send(path, fired(2))
    whole = path.read_bytes()
    cut = data.draw(st.integers(min_value=one, max_value=len(whole)))
    path.write_bytes(whole[:cut])
    send(path, fired(2))
    send(path, fired(3))
    send(path, fired(1))
    send(path, fired(2))
    found = path.read_text().splitlines()
    assert len(found) == 3 + (name == "alerts.csv")
    assert path.read_bytes().startswith(whole)


@given(cut=st.integers(min_value=0))
@settings(max_examples=20, deadline=None)
def test_a_first_line_torn_at_any_byte_is_mended(cut, tmp_path_factory, fired):
    path = tmp_path_factory.mktemp("torn") / "alerts.csv"
    send(path, fired(1))
    whole = path.read_bytes()
    path.write_bytes(whole[: cut % (len(whole) + 1)])
    send(path, fired(1))
    assert path.read_bytes() == whole


def test_what_others_wrote_without_an_end_of_line_is_kept(tmp_path, fired):
    path = tmp_path / "notes.jsonl"
    path.write_text("remember the milk")
    send(path, fired())
    assert path.read_text().splitlines()[0] == "remember the milk"
    assert json.loads(path.read_text().splitlines()[1])["id"] == fired().id


@pytest.mark.parametrize(
    "rotated",
    ["alerts.jsonl.1", "alerts.jsonl.2.gz", "alerts-20260112.jsonl", "alerts.jsonl-20260112"],
)
def test_a_retry_after_a_rotation_finds_what_is_there(tmp_path, fired, rotated):
    path = tmp_path / "alerts.jsonl"
    send(path, fired(1))
    if rotated.endswith(".gz"):
        (tmp_path / rotated).write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    else:
        path.rename(tmp_path / rotated)
    send(path, fired(1))
    send(path, fired(2))
    assert ids(path) == [fired(2).id]


def test_writers_at_once_tear_nothing(tmp_path, fired):
    path = tmp_path / "alerts.jsonl"

    def write(start: int) -> None:
        for number in range(start, start + 10):
            send(path, fired(number))

    writers = [threading.Thread(target=write, args=(start,)) for start in (0, 5, 10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(ids(path)) == sorted(fired(number).id for number in range(20))


def test_a_file_that_cannot_be_written_is_tried_later(tmp_path, fired):
    (tmp_path / "file").write_text("")
    with pytest.raises(TryLater, match="cannot be written"):
        send(tmp_path / "file" / "alerts.jsonl", fired())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_tried_later(tmp_path, fired, monkeypatch):
    path = tmp_path / "alerts.jsonl"
    real = os.open
    monkeypatch.setattr(
        os, "open", lambda name, *rest: real("/dev/full" if name == path else name, *rest)
    )
    with pytest.raises(TryLater, match="No space left"):
        send(path, fired())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_device_is_said_at_once_and_the_alert_kept(tmp_path, fired):
    path = tmp_path / "alerts.jsonl"
    path.symlink_to("/dev/full")
    with pytest.raises(TryLater, match="cannot be written"):
        send(path, fired(1))


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no device that forgets")
def test_a_device_that_keeps_nothing_takes_alerts(tmp_path, fired):
    path = tmp_path / "alerts.jsonl"
    path.symlink_to("/dev/null")
    send(path, fired(1))
    send(path, fired(1))
