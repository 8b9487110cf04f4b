"""Arming: what is said back, what is refused, and that arming twice changes nothing."""

from typing import Any

import pytest

from genie_nb.core.errors import AskError, RuleNotUnderstood, SetupError, UnknownTicker

QUIET = [20.0, 21.0, 22.0, 23.0, 24.0]


@pytest.fixture(autouse=True)
def _tape(stand: Any) -> None:
    stand.put(QUIET)


def test_it_says_back_what_was_understood_its_defaults_its_past_and_what_will_happen(stand) -> None:
    said = stand.watch("breaks above $25 with volume").arming.said
    text = " ".join(said)
    assert said[0].startswith("I read this as: X 1d: close crosses above 25 and rvol(20) > 1.5")
    assert '"with volume" means rvol(20) > 1.5' in text
    assert "It is armed." in said
    assert "It would not have fired since 2026-01-02." in said
    assert "No sink is set: its alerts are kept in the log, and each check shows them." in said
    assert said[-1] == "Each check looks at every 1d bar that closed after 2026-01-08: genie check."


def test_what_is_true_already_is_said_and_does_not_fire(stand) -> None:
    armed = stand.watch("close > 23").arming
    assert armed.already
    assert "It is already true: fires after it has been false." in armed.said
    assert stand.check().alerts == ()


def test_a_rule_is_in_the_watchlist_and_in_the_ledger(stand) -> None:
    armed = stand.watch("close > 25")
    assert (stand.home / "watchlist.txt").read_text() == "X 1d: close > 25\n"
    (watched,) = stand.rules()
    assert (watched.rule, watched.standing) == (armed.rule, "waiting")
    assert watched.last_bar.date().isoformat() == "2026-01-08"


def test_arming_twice_changes_nothing_and_says_so(stand) -> None:
    stand.watch("close > 25")
    stand.put([*QUIET, 26.0])
    again = stand.watch("close > 25").arming
    assert not again.fresh
    assert "It was armed already: nothing changed." in again.said
    assert len(stand.check().alerts) == 1, "the bar that closed between the two is still looked at"


def test_a_sink_that_is_new_is_added_to_a_rule_armed_before(stand, tmp_path) -> None:
    stand.watch("close > 25")
    again = stand.watch("close > 25", sink=f"file:{tmp_path / 'a.jsonl'}").arming
    assert any("New is where its alerts go" in sentence for sentence in again.said)
    assert [sink.address for sink in stand.rules()[0].sinks] == [f"file:{tmp_path / 'a.jsonl'}"]


def test_a_rule_that_has_ended_is_armed_anew(stand) -> None:
    stand.watch("close > 25 once")
    stand.put([*QUIET, 26.0, 24.0])
    assert len(stand.check().alerts) == 1
    assert stand.rules()[0].standing == "ended"
    assert "It had ended, and is armed anew." in stand.watch("close > 25 once").arming.said
    stand.put([*QUIET, 26.0, 24.0, 27.0])
    assert len(stand.check().alerts) == 1


def test_sinks_of_the_settings_are_those_of_a_rule_that_names_none(stand_at, tmp_path) -> None:
    usual = f"file:{tmp_path / 'usual.jsonl'}"
    stand = stand_at(sinks=(usual,))
    stand.put(QUIET)
    assert [sink.address for sink in stand.watch("close > 25").arming.sinks] == [usual]


def test_a_relative_file_is_meant_where_it_was_typed(stand, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    sinks = stand.watch("close > 25", sink="file:alerts.jsonl").arming.sinks
    assert [sink.address for sink in sinks] == [f"file:{tmp_path / 'alerts.jsonl'}"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("close > rsi(14)", "rsi(14) is an index from 0 to 100"),
        ("close crosses above volume", "volume is a number of shares"),
        ("close > 25 rearm volume < close", "cannot be compared"),
        ("close touches vwap", "vwap, which lives within a session"),
        ("close > 25 expires 2025-12-31", "that session is over"),
    ],
)
def test_a_rule_that_could_never_fire_is_refused(stand, rule: str, said: str) -> None:
    with pytest.raises(AskError, match=said.replace("(", r"\(").replace(")", r"\)")):
        stand.watch(rule)
    assert not (stand.home / "watchlist.txt").exists()
    assert stand.rules() == ()


def test_bars_that_the_provider_does_not_have_are_refused_in_words(stand) -> None:
    stand.can(intervals=frozenset({"1d"}))
    with pytest.raises(AskError, match="has no 5m bars"):
        stand.watch("close > 25", interval="5m")


def test_words_that_are_no_rule_are_refused_with_a_caret(stand) -> None:
    with pytest.raises(RuleNotUnderstood, match=r"\^"):
        stand.watch("close crosses abov 25")


def test_a_ticker_that_nobody_knows_is_refused(stand) -> None:
    with pytest.raises(UnknownTicker):
        stand.watch("close > 25", ticker="NOSUCH")


def test_the_provider_is_written_when_it_is_not_the_configured_one(stand_at) -> None:
    stand = stand_at(name="elsewhere")
    stand.desk.config = type(stand.desk.config)(provider="demo")
    stand.put(QUIET)
    assert str(stand.watch("close > 25").rule) == "X 1d @elsewhere: close > 25"


def test_the_line_may_be_given_whole(stand) -> None:
    assert str(stand.watch("1d: close > 25 once  # why").rule) == "X 1d: close > 25 once  # why"


def test_one_rule_in_no_unwritable_home_is_armed(stand, tmp_path) -> None:
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "ledger.sqlite").mkdir()
    with pytest.raises(SetupError):
        stand.watch("close > 25")
    assert not (stand.home / "watchlist.txt").exists()


def test_unwatching_a_ticker_ends_all_its_rules(stand) -> None:
    stand.put([5.0, 6.0], ticker="Y")
    stand.watch("close > 25")
    stand.watch("close < 10")
    stand.watch("close > 7", ticker="Y")
    gone = stand.ask("unwatch", "x")
    assert [str(rule.condition) for rule in gone.rules] == ["close > 25", "close < 10"]
    assert [rule.rule.ticker for rule in stand.rules()] == ["Y"]


def test_a_rule_is_named_by_its_id_or_how_that_begins(stand) -> None:
    armed = stand.watch("close > 25").rule
    stand.watch("close < 10")
    stand.ask("unwatch", armed.rule_id[:6])
    assert [str(one.rule.condition) for one in stand.rules()] == ["close < 10"]


def test_what_is_not_watched_cannot_be_ended(stand) -> None:
    with pytest.raises(AskError, match="Watched tickers: none"):
        stand.ask("unwatch", "CRSR")


def test_a_snoozed_rule_is_followed_without_firing(stand) -> None:
    stand.watch("close > 25")
    assert stand.ask("snooze", "X 2d").until.isoformat() == "2026-01-10T21:30:00+00:00"
    assert stand.rules()[0].standing == "snoozed"
    stand.put([*QUIET, 26.0])
    assert stand.check().alerts == ()
    stand.put([*QUIET, 26.0, 24.0, 27.0])
    (alert,) = stand.check().alerts
    assert alert.alert.bar_time.date().isoformat() == "2026-01-13", "what it missed asleep is past"


def test_a_snooze_ends_for_the_bars_that_close_after_it(stand) -> None:
    stand.watch("close > 25")
    stand.ask("snooze", "X 2d")
    stand.put([*QUIET, 26.0, 24.0, 27.0])
    assert [str(one.alert.bar_time.date()) for one in stand.check().alerts] == ["2026-01-13"]


def test_a_woken_rule_fires_again(stand) -> None:
    stand.watch("close > 25")
    stand.ask("snooze", "X 2d")
    assert "Awake" in stand.ask("snooze", "X off").text
    stand.put([*QUIET, 26.0])
    assert len(stand.check().alerts) == 1


@pytest.mark.parametrize("time", ["2 fortnights", "soon", "0d", "-1d"])
def test_a_time_that_cannot_be_read_is_refused(stand, time: str) -> None:
    stand.watch("close > 25")
    with pytest.raises(AskError):
        stand.ask("snooze", f"X {time}")


def test_a_paused_line_is_followed_without_firing(stand) -> None:
    stand.list_by_hand("X 1d: close > 25 paused\n")
    stand.check()
    stand.put([*QUIET, 26.0])
    assert stand.check().alerts == ()
    assert stand.rules()[0].standing == "paused"


def test_the_distance_is_the_way_the_price_has_to_go(stand) -> None:
    stand.watch("close crosses above 30 and rvol(20) > 1.5")
    stand.watch("rsi(14) < 30")
    first, second = stand.rules()
    assert first.distance.fraction == pytest.approx((30 - 24) / 24)
    assert first.distance.atr is None, "fifteen bars are needed, and there are five"
    assert second.distance is None


def test_the_distance_in_average_true_ranges(stand) -> None:
    stand.put([20.0 + 0.5 * n for n in range(30)])
    stand.watch("close > 40")
    (watched,) = stand.rules()
    assert watched.distance.value == 34.5
    assert watched.distance.atr == pytest.approx((40 - 34.5) / 0.5, rel=0.05), "each bar spans 0.50"


def test_rules_of_a_ticker_that_is_gone_are_shown_with_the_reason(stand) -> None:
    stand.list_by_hand("GONE 1d: close > 25\nX 1d: close > 30\n")
    gone, here = stand.rules()
    assert gone.standing == "unknown"
    assert "GONE" in gone.reason
    assert here.standing == "waiting"
    assert stand.ask("rules").exit == 3


def test_a_rule_takes_the_place_of_another_with_its_sinks_and_its_comment(stand, tmp_path) -> None:
    stand.list_by_hand("# mine\nX 1d: close > 25  # the old high\nX 1d: close < 18\n")
    stand.check()
    old = stand.watch("close > 25", sink=f"file:{tmp_path / 'a.jsonl'}").rule
    stand.ask("snooze", f"{old.rule_id} 2d")
    said = stand.watch("close > 26", instead=old.rule_id[:6]).arming.said
    assert "It takes the place of X 1d: close > 25." in said
    assert "The snooze of that rule ended with it; this one may fire." in said
    text = (stand.home / "watchlist.txt").read_text()
    assert text == "# mine\nX 1d: close > 26  # the old high\nX 1d: close < 18\n"
    new, other = stand.rules()
    assert [sink.address for sink in new.sinks] == [f"file:{tmp_path / 'a.jsonl'}"]
    assert (new.standing, other.sinks) == ("waiting", ())
    assert stand.check().notes == (), "nothing is left of the rule that gave way"


def test_a_sink_that_is_named_is_added_to_those_of_the_rule_that_gives_way(stand, tmp_path) -> None:
    one, two = (f"file:{tmp_path / name}" for name in ("a.jsonl", "b.jsonl"))
    old = stand.watch("close > 25", sink=one).rule
    stand.watch("close > 26", instead=old.rule_id, sink=two)
    assert [sink.address for sink in stand.rules()[0].sinks] == [one, two]


def test_a_rule_may_give_way_to_one_that_is_watched_already_or_to_itself(stand) -> None:
    old, other = stand.watch("close > 25").rule, stand.watch("close < 18").rule
    stand.watch("close > 25", instead=old.rule_id)
    assert [one.rule for one in stand.rules()] == [old, other]
    stand.watch("close < 18", instead=old.rule_id)
    assert [one.rule for one in stand.rules()] == [other]


def test_only_one_rule_can_give_its_place(stand) -> None:
    stand.watch("close > 25")
    stand.watch("close < 18")
    with pytest.raises(AskError, match="means 2 rules"):
        stand.watch("close > 26", instead="X")
    with pytest.raises(AskError, match="No rule is called"):
        stand.watch("close > 26", instead="abcdef")
    assert len(stand.rules()) == 2


def test_a_secret_that_this_process_does_not_have_is_said_and_the_rule_armed(
    stand, monkeypatch
) -> None:
    monkeypatch.setenv("GENIE_HERE", "a-secret-that-is-there")
    hook = "https://example.org/hook"
    armed = stand.watch("close > 25", sink=hook, secret="env:GENIE_HERE").arming
    assert not any("in this process" in sentence for sentence in armed.said)
    unsigned = stand.watch("close > 24", sink=hook).arming
    assert not any("in this process" in sentence for sentence in unsigned.said)
    armed = stand.watch("close > 26", sink=hook, secret="env:GENIE_AWAY").arming
    assert any("no env:GENIE_AWAY in this process" in sentence for sentence in armed.said)
    armed = stand.watch("close > 27", sink="env:GENIE_GONE").arming
    assert any("no env:GENIE_GONE in this process" in sentence for sentence in armed.said)
    assert len(stand.rules()) == 4


def test_a_rule_whose_last_session_has_closed_is_refused(stand) -> None:
    with pytest.raises(AskError, match="that session is over"):
        stand.watch("close > 25 expires 2026-01-08")
