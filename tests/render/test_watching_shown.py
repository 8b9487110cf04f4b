"""What is watched and what a check found, as a person reads it."""

from pathlib import Path

import pytest

from genie_nb.answer import run
from genie_nb.core.ask.command import make_ask


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(
        f'provider = "demo"\n[alerts]\nsinks = ["file:{tmp_path}/alerts.jsonl"]\n'
    )
    (tmp_path / "watchlist.txt").write_text(
        "ACME 1d: close > 1\nACME 1d: close > 2 expires 2020-01-01\nACME 1d: close crosess above 25\n"
    )
    return tmp_path


def shown(home: Path, verb: str, **options: object) -> tuple[str, str]:
    """As text and as Markdown."""
    view = run(make_ask(verb, options={"home": str(home), **options})).view()
    return view.text, view.markdown


@pytest.mark.parametrize("verb", ["rules", "check"])
def test_the_caret_stands_under_the_word_that_cannot_be_read(home: Path, verb: str) -> None:
    for text in shown(home, verb):
        assert "line 3: Could not read this rule from column 16:" in text
        lines = text.splitlines()
        at = next(place for place, line in enumerate(lines) if line.strip() == "^")
        assert lines[at - 1][lines[at].index("^") :].startswith("crosess")


def test_rules_say_where_their_alerts_go(home: Path) -> None:
    shown(home, "check")
    for text in shown(home, "rules"):
        assert "alerts.jsonl" in text.replace("\\", "")


def test_a_new_line_that_has_expired_is_not_said_to_be_armed(home: Path) -> None:
    text, _ = shown(home, "check")
    assert "Armed, as its line is new: ACME 1d: close > 1" in text
    assert "new: ACME 1d: close > 2" not in text
    assert "expired on 2020-01-01" in text
