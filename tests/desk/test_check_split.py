"""A split between two checks neither fires nor hides a rule, and its level is re-based with a note."""

from typing import Any

import pytest

BEFORE = [20.0, 22.0, 24.0, 24.0, 24.0]


@pytest.fixture(autouse=True)
def _tape(stand: Any) -> None:
    stand.put(BEFORE)


def split(stand: Any, *later: float, ratio: float = 2.0, recorded: bool = True) -> None:
    """The tape as the source gives it after a split on the session after those before."""
    closes = [*(close / ratio for close in BEFORE), *later]
    events = [0.0] * len(BEFORE) + [ratio, *[0.0] * (len(later) - 1)]
    more = {"stock splits": events} if recorded else {}
    _fresh(stand)
    stand.put(closes, **more)


def _fresh(stand: Any) -> None:
    """The provider read anew, as by another process."""
    from genie_nb.data.cache import Cached

    stand.desk.data = Cached(stand.fake, None)


@pytest.mark.parametrize("recorded", [True, False])
def test_a_split_alone_does_not_fire(stand, recorded: bool) -> None:
    stand.watch("close < 15")
    stand.watch("close > 25")
    split(stand, 12.1, recorded=recorded)
    found = stand.check()
    assert (found.alerts, found.unknown) == ((), ())
    below, above = stand.rules()
    assert (below.reason, above.reason) == ("15 → 7.50 after 2:1", "25 → 12.50 after 2:1")
    assert above.distance.level == 12.5


def test_the_level_after_a_split_fires_and_the_alert_says_so(stand) -> None:
    armed = stand.watch("close > 25").rule
    split(stand, 12.1, 12.6)
    (fired,) = stand.check().alerts
    assert fired.alert.bar_time.date().isoformat() == "2026-01-12"
    assert fired.alert.rule == "close > 25", "text and id stay"
    assert fired.alert.rule_id == armed.rule_id
    assert fired.alert.text.endswith("25 → 12.50 after 2:1.")


def test_volumes_go_the_other_way(stand) -> None:
    stand.watch("close > 25 and volume > 900000")
    split(stand, 12.6)
    stand.check()
    assert "25 → 12.50 and 900000 → 1800000 after 2:1" in stand.rules()[0].reason


def test_a_reverse_split_is_told_the_other_way_round(stand) -> None:
    stand.watch("close > 25")
    split(stand, 240.0, ratio=0.1)
    stand.check()
    assert "25 → 250 after 1:10" in stand.rules()[0].reason


def test_a_jump_that_nothing_explains_makes_the_rule_unknown_and_is_reported(stand) -> None:
    stand.watch("close > 25")
    _fresh(stand)
    stand.put([*(close * 0.9957 for close in BEFORE), 26.0])
    found = stand.check()
    assert found.alerts == ()
    assert "no split explains" in found.unknown[0][1]
    (outage,) = found.outages
    rule_id = stand.rules()[0].rule.rule_id
    assert (outage.kind, outage.subject) == ("rule_unknown", rule_id)
    assert f"genie unwatch {rule_id}, and watch it again" in outage.text
    assert stand.rules()[0].standing == "unknown"
    assert stand.check().outages == (), "it is told once"


def test_a_history_that_is_put_right_is_over(stand) -> None:
    stand.watch("close > 25")
    _fresh(stand)
    stand.put([*(close * 0.9957 for close in BEFORE), 26.0])
    stand.check()
    _fresh(stand)
    stand.put([*BEFORE, 26.0])
    found = stand.check()
    assert [outage.kind for outage in found.over] == ["rule_unknown"]
    assert len(found.alerts) == 1, "the bar that could not be read is read now"
