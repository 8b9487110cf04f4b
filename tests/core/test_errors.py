"""What is raised on purpose: readable, typed, and able to travel."""

import pickle

import pytest

from genie_nb.core import errors
from genie_nb.core.errors import (
    AskError,
    DataError,
    DeliveryError,
    GenieError,
    MissingExtra,
    SetupError,
    TooFewBars,
    UnknownName,
    UnknownTicker,
)

EVERY = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, GenieError)
]


@pytest.mark.parametrize(
    ("family", "status"), [(AskError, 2), (DataError, 3), (DeliveryError, 4), (SetupError, 5)]
)
def test_each_family_has_its_exit_status(family, status):
    assert {kind.exit for kind in EVERY if issubclass(kind, family)} == {status}


def test_every_error_says_when_it_is_raised():
    assert all(kind.__doc__ for kind in EVERY)


def test_a_message_is_followed_by_its_cure():
    error = GenieError("CRSR has 57 bars.", needed="200 bars", cure="Ask for a longer period.")
    assert str(error) == "CRSR has 57 bars. Ask for a longer period."


def test_the_json_of_an_error_has_all_its_parts():
    assert TooFewBars("CRSR", have=57, need=200).to_dict() == {
        "schema": "genie-error/1",
        "error": "TooFewBars",
        "message": "CRSR has 57 bars; 200 are needed. Ask for a longer period.",
        "seen": "57",
        "needed": "200 bars",
        "cure": "Ask for a longer period.",
        "exit": 3,
    }


def test_a_notebook_shows_one_line():
    lines = GenieError("It is so.")._render_traceback_()
    assert lines == ["GenieError: It is so."]


def test_a_missing_part_names_the_command_that_installs_it():
    assert 'pip install "genie-nb[ai]"' in str(MissingExtra("ai", wanted="Chat"))


def test_a_near_name_is_suggested():
    assert "Did you mean 'breakout'?" in str(
        UnknownName("strategy", "brekout", ["breakout", "trend"])
    )


def test_without_a_near_name_the_known_ones_are_listed():
    assert "Known: breakout, trend." in str(UnknownName("strategy", "xyz", ["trend", "breakout"]))


def test_a_ticker_outside_the_fictional_market_is_told_where_to_look():
    error = UnknownTicker("CRSR", provider="demo", fictional=True)
    assert str(error) == (
        "CRSR is not in the fictional demo market; add --provider yahoo, "
        "or run: genie config provider yahoo"
    )


@pytest.mark.parametrize(
    "error",
    [
        TooFewBars("CRSR", have=57, need=200),
        UnknownTicker("X", near=("ACME",), provider="yahoo"),
        UnknownName("fact", "x", ["y"]),
        MissingExtra("dask", wanted="A scan"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_survives_the_way_to_another_process(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert again.to_dict() == error.to_dict()
