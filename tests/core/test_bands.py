"""Market-cap bands, at every edge and a dollar to either side."""

from dataclasses import replace
from math import nan

import pytest

from genie_nb.core.bands import LIMITS, band
from genie_nb.core.facts.fact import Alternative, Fact
from genie_nb.core.findings.bands import refusal, warning


@pytest.mark.parametrize(
    ("cap", "name"),
    [
        (1, "nano"),
        (49_999_999, "nano"),
        (50_000_000, "micro"),
        (50_000_001, "micro"),
        (299_999_999, "micro"),
        (300_000_000, "small"),
        (300_000_001, "small"),
        (1_999_999_999, "small"),
        (2_000_000_000, "mid"),
        (2_000_000_001, "mid"),
        (9_999_999_999, "mid"),
        (10_000_000_000, "large"),
        (10_000_000_001, "large"),
        (199_999_999_999, "large"),
        (200_000_000_000, "large"),
        (200_000_000_001, "mega"),
    ],
)
def test_a_cap_lies_in_its_band(cap, name):
    assert band(cap) == name


@pytest.mark.parametrize("cap", [None, nan, 0.0, -5.0])
def test_what_is_no_market_value_has_no_band(cap):
    assert band(cap) is None


def test_bands_follow_the_settings():
    assert band(60e6, {**LIMITS, "nano": 100e6}) == "nano"


def test_limits_that_do_not_rise_are_refused():
    with pytest.raises(ValueError, match="do not rise"):
        band(1e9, {**LIMITS, "nano": 400e6})


def test_a_missing_limit_is_named():
    with pytest.raises(ValueError, match="small"):
        band(1e9, {name: value for name, value in LIMITS.items() if name != "small"})


def test_only_a_nano_cap_comes_with_a_warning():
    assert warning("nano") == "extremely risky, often illiquid"
    assert [warning(name) for name in ("micro", "small", "mid", "large", "mega", None)] == [
        None
    ] * 6


def test_a_refused_band_is_told_with_both_figures():
    cap = Fact(name="market_cap", value=1e9, unit="USD")
    other = Alternative(source="price × shares_outstanding", value=600e6)
    told = refusal(replace(cap, alternatives=(other,)))
    assert told is not None
    assert "$1B and price × shares_outstanding of $600M are too far apart" in told
    assert refusal(replace(cap, alternatives=(other,), verdict="small")) is None
    assert refusal(replace(cap, value=None)) is None


def test_a_market_value_in_other_money_says_why_it_has_no_band():
    told = refusal(Fact(name="market_cap", value=1e9, unit="GBP"))
    assert told == "the bands are limits in US dollars, and the market value is in GBP"
