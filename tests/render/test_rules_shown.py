"""The list of rules, as every page shows it: with the id to end each, and why it stands where it stands."""

from datetime import UTC, datetime

import pytest

from genie_nb.core.grammar import parse_rule
from genie_nb.core.watch.watched import Rules, Watched
from genie_nb.render.view import view_of

RULE = parse_rule("X 1d: close > 25")


def shown(mime: str, **standing: object) -> str:
    watched = Watched(rule=RULE, provider="demo", **standing)  # pyright: ignore[reportArgumentType]
    rules = Rules(
        rules=(watched,), provider="demo", as_of=datetime(2026, 1, 12, tzinfo=UTC), path="list.txt"
    )
    return str(view_of(rules).parts[0][mime])


@pytest.mark.parametrize("mime", ["text/plain", "text/markdown", "text/html"])
def test_what_a_split_made_of_a_rule_is_told(mime: str) -> None:
    assert "25 → 12.50 after 2:1" in shown(
        mime, standing="waiting", reason="25 → 12.50 after 2:1"
    ).replace("\\", "")


@pytest.mark.parametrize("mime", ["text/plain", "text/markdown", "text/html"])
def test_an_unknown_rule_says_why_and_how_it_is_called(mime: str) -> None:
    page = shown(mime, standing="unknown", reason="volume is missing")
    assert "volume is missing" in page
    assert RULE.rule_id in page


def test_a_resting_rule_says_until_when() -> None:
    page = shown(
        "text/plain", standing="snoozed", snoozed_until=datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
    )
    assert "until 2026-01-14 09:30 UTC" in page
