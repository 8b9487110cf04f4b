"""Plain words about rules that are watched already."""

import pytest

from genie_nb.core.ask import read, read_words
from genie_nb.core.errors import AskError
from genie_nb.core.verbs import Ask


@pytest.mark.parametrize(
    ("words", "ask"),
    [
        ("What am I watching?", Ask(verb="rules")),
        ("show me my rules", Ask(verb="rules")),
        ("what's on my watchlist?", Ask(verb="rules")),
        ("Stop watching CRSR", Ask(verb="unwatch", words="CRSR")),
        ("please stop watching $crsr", Ask(verb="unwatch", words="CRSR")),
        ("Remove the alert on BRK.B", Ask(verb="unwatch", words="BRK-B")),
        ("Cancel my alerts for CRSR", Ask(verb="unwatch", words="CRSR")),
        ("unwatch 0123456789ab", Ask(verb="unwatch", words="0123456789ab")),
        ("Snooze CRSR for 2 days", Ask(verb="snooze", words="CRSR 2d")),
        ("mute CRSR for an hour", Ask(verb="snooze", words="CRSR 1h")),
        ("snooze CRSR for 1 week", Ask(verb="snooze", words="CRSR 7d")),
        ("wake CRSR", Ask(verb="snooze", words="CRSR off")),
        ("check my alerts", Ask(verb="check")),
        ("Check my rules now.", Ask(verb="check")),
        ("show my alerts", Ask(verb="alerts")),
        ("What fired?", Ask(verb="alerts")),
    ],
)
def test_plain_words_tend_rules_and_alerts(words: str, ask: Ask) -> None:
    assert read_words(words) == ask


def test_it_means_the_ticker_spoken_of_before() -> None:
    last = Ask(verb="watch", tickers=("CRSR",), words="close > 25")
    assert read_words("Stop watching it", last).words == "CRSR"
    with pytest.raises(AskError, match="does not say which company"):
        read_words("Stop watching it")


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("watch CRSR close > 25", "watch"),
        ("Show the breakout strategy on ACME", "strategy"),
        ("check out CRSR", "analyze"),
        ("Set up smart alerts for CRSR", "setup"),
    ],
)
def test_other_wishes_are_left_alone(words: str, verb: str) -> None:
    assert read(words).verb == verb


def test_the_reading_is_said_back() -> None:
    assert read("Stop watching CRSR").said_back == "I read this as: stop watching CRSR."
    assert read("What am I watching?").said_back == "I read this as: show what is watched."
