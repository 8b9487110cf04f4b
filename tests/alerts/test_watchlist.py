"""The watchlist: a text file that people and genie edit, kept to the byte."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from full_disk import no_file_longer_than
from hypothesis import given
from hypothesis import strategies as st
from permissions import bound_by_permissions

from genie_nb.alerts.watchlist import Watchlist
from genie_nb.core.errors import SetupError
from genie_nb.core.grammar import parse_rule

ABOVE = parse_rule("CRSR 1d: close crosses above 25")
BELOW = parse_rule("DOCN 1d: close < sma(50)  # cheap again")

HAND = """\
# what I watch

CRSR 1d: close > 30   # the old high
   # indented
DOCN   5m : close touches vwap

ACME 1d: close < 17 paused
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def written(home: Path, text: str | bytes) -> Watchlist:
    raw = text if isinstance(text, bytes) else text.encode()
    (home / "watchlist.txt").write_bytes(raw)
    return Watchlist(home)


def content(home: Path) -> bytes:
    return (home / "watchlist.txt").read_bytes()


def test_no_file_is_an_empty_list(home: Path) -> None:
    assert Watchlist(home).read() == ()


def test_rules_come_back_in_their_order(home: Path) -> None:
    found = Watchlist(home)
    assert found.add([ABOVE, BELOW]) == (True, True)
    assert [str(rule) for rule in found.rules()] == [str(ABOVE), str(BELOW)]


def test_arming_twice_changes_nothing(home: Path) -> None:
    found = written(home, HAND)
    found.add([ABOVE])
    before = content(home)
    assert found.add([ABOVE, ABOVE]) == (False, False)
    assert content(home) == before


def test_adding_keeps_every_other_byte(home: Path) -> None:
    written(home, HAND).add([ABOVE])
    assert content(home) == f"{HAND}{ABOVE}\n".encode()


def test_removing_takes_one_line_and_no_more(home: Path) -> None:
    found = written(home, HAND)
    (docn,) = [rule for rule in found.rules() if rule.ticker == "DOCN"]
    assert found.remove([docn.rule_id]) == (docn,)
    assert content(home).decode() == HAND.replace("DOCN   5m : close touches vwap\n", "")


def test_removing_what_is_not_there_changes_nothing(home: Path) -> None:
    found = written(home, HAND)
    assert found.remove([ABOVE.rule_id]) == ()
    assert content(home) == HAND.encode()


def test_a_paused_line_keeps_its_comment_and_place(home: Path) -> None:
    found = written(home, HAND)
    crsr = found.rules()[0]
    found.pause([crsr.rule_id])
    assert content(home).decode().splitlines()[2] == "CRSR 1d: close > 30 paused  # the old high"
    found.pause([crsr.rule_id], paused=False)
    assert content(home).decode().splitlines()[2] == "CRSR 1d: close > 30  # the old high"


def test_arming_a_paused_rule_wakes_it(home: Path) -> None:
    found = written(home, HAND)
    assert found.add([parse_rule("ACME 1d: close < 17")]) == (False,)
    assert not found.rules()[-1].paused


def test_an_edited_line_takes_the_place_of_the_old_one(home: Path) -> None:
    found = written(home, HAND)
    old = found.rules()[0]
    assert found.edit(old.rule_id, ABOVE)
    assert found.rules()[0] == ABOVE
    assert not found.edit(old.rule_id, ABOVE)


def test_a_line_that_cannot_be_read_stops_only_itself(home: Path) -> None:
    found = written(
        home, "CRSR 1d: close > 30\n\nCRSR 1d: close crosses abov 25\nACME 1d: close > 1\n"
    )
    rules = found.rules()
    (bad,) = [entry for entry in found.read() if entry.error]
    assert [rule.ticker for rule in rules] == ["CRSR", "ACME"]
    assert bad.number == 3
    _, shown, caret, _ = str(bad.error).split("\n")
    assert shown[caret.index("^") :].startswith("abov")


def test_a_line_that_cannot_be_read_is_kept_by_every_change(home: Path) -> None:
    text = "what is this\nCRSR 1d: close > 30\n"
    found = written(home, text)
    found.add([ABOVE])
    found.remove([found.rules()[0].rule_id])
    assert content(home) == f"what is this\n{ABOVE}\n".encode()


def test_windows_line_endings_are_read_and_kept(home: Path) -> None:
    found = written(home, b"# list\r\nCRSR 1d: close > 30\r\n")
    assert [rule.ticker for rule in found.rules()] == ["CRSR"]
    found.add([ABOVE])
    assert content(home) == f"# list\r\nCRSR 1d: close > 30\r\n{ABOVE}\r\n".encode()
    found.pause([found.rules()[0].rule_id])
    assert content(home).startswith(b"# list\r\nCRSR 1d: close > 30 paused\r\n")


def test_a_byte_order_mark_is_read_past_and_kept(home: Path) -> None:
    found = written(home, b"\xef\xbb\xbfCRSR 1d: close > 30\n")
    assert [rule.ticker for rule in found.rules()] == ["CRSR"]
    found.pause([found.rules()[0].rule_id])
    assert content(home) == b"\xef\xbb\xbfCRSR 1d: close > 30 paused\n"


def test_a_last_line_without_an_ending_gets_one(home: Path) -> None:
    written(home, b"CRSR 1d: close > 30").add([ABOVE])
    assert content(home) == f"CRSR 1d: close > 30\n{ABOVE}\n".encode()


def test_bytes_that_are_no_text_stop_only_their_line(home: Path) -> None:
    found = written(home, b"\xff\xfe nonsense\nCRSR 1d: close > 30\n")
    assert [rule.ticker for rule in found.rules()] == ["CRSR"]
    assert "UTF-8" in str(found.read()[0].error)
    found.add([ABOVE])
    assert content(home).startswith(b"\xff\xfe nonsense\n")


def test_of_two_lines_with_one_rule_the_first_counts(home: Path) -> None:
    found = written(home, "CRSR 1d: close > 30\nCRSR 1d:  close > 30  # again\n")
    assert len(found.rules()) == 1
    assert found.rules()[0].comment == ""


def test_the_configured_provider_is_not_written(home: Path) -> None:
    (home / "watchlist.txt").write_text("CRSR 1d @yahoo: close > 30\n")
    assert Watchlist(home, "yahoo").rules()[0].provider is None
    assert Watchlist(home, "demo").rules()[0].provider == "yahoo"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    shared, home = tmp_path / "dotfiles", tmp_path / "home"
    shared.mkdir()
    home.mkdir()
    (shared / "mine.txt").write_text(HAND)
    (home / "watchlist.txt").symlink_to(shared / "mine.txt")
    Watchlist(home).add([ABOVE])
    assert (home / "watchlist.txt").is_symlink()
    assert (shared / "mine.txt").read_text() == f"{HAND}{ABOVE}\n"


@pytest.fixture
def closed(home: Path) -> Iterator[Path]:
    """A home that cannot be written to."""
    (home / "watchlist.txt").write_text(HAND)
    home.chmod(0o500)
    with bound_by_permissions():
        yield home
    home.chmod(0o700)


def test_a_home_that_cannot_be_written_is_said_and_the_list_still_read(closed: Path) -> None:
    assert len(Watchlist(closed).rules()) == 3
    with pytest.raises(SetupError, match="cannot be written"):
        Watchlist(closed).add([ABOVE])


def test_a_failure_while_writing_leaves_the_old_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = written(home, HAND)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(SetupError, match="No space left on device"):
        found.add([ABOVE])
    assert content(home) == HAND.encode()
    assert [path.name for path in home.iterdir() if path.suffix != ".lock"] == ["watchlist.txt"]


def test_a_full_disk_leaves_the_old_file(home: Path) -> None:
    found = written(home, HAND)
    with no_file_longer_than(len(HAND)), pytest.raises(SetupError, match="cannot be written"):
        found.add([ABOVE])
    assert content(home) == HAND.encode()
    assert found.add([ABOVE]) == (True,)


WRITER = """
import sys
from pathlib import Path
from genie_nb.alerts.watchlist import Watchlist
from genie_nb.core.grammar import parse_rule

home, ticker = Path(sys.argv[1]), sys.argv[2]
for level in range(20):
    Watchlist(home).add([parse_rule(f"{ticker} 1d: close > {level + 1}")])
"""


def test_two_writers_at_once_lose_nothing(home: Path) -> None:
    import subprocess

    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(home), ticker])
        for ticker in ("CRSR", "DOCN")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    rules = Watchlist(home).rules()
    for ticker in ("CRSR", "DOCN"):
        assert [str(rule.condition) for rule in rules if rule.ticker == ticker] == [
            f"close > {level}" for level in range(1, 21)
        ]


@given(
    before=st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_stands_there_survives_adding_and_removing(
    before: str, ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("list")
    raw = before.encode() + ending.encode()
    found = written(home, raw)
    found.add([ABOVE])
    found.remove([ABOVE.rule_id])
    assert content(home) == raw
