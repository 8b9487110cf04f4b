"""How numbers are written for people."""

from decimal import Decimal
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genie_nb.core.figures import written, written_beside


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (850e6, "USD", "$850M"),
        (1.23, "USD", "$1.23"),
        (3.2e9, "EUR", "€3.2B"),
        (1.2e9, "CNY", "CN¥1.2B"),
        (3.72e12, "USD", "$3.72T"),
        (1.9e6, "USD", "$1.9M"),
        (999.6e6, "USD", "$1B"),
        (999_499, "USD", "$999,499"),
        (999_501, "USD", "$1M"),
        (12_345.6, "USD", "$12,346"),
        (1_234.5, "USD", "$1,234.50"),
        (0.0123, "USD", "$0.0123"),
        (-1.25, "USD", "-$1.25"),
        (5.0, "CHF", "CHF 5.00"),
        (21.25, "XXX", "21.25"),
        (1_235.4, "JPY", "¥1,235"),
        (0.12, "fraction", "12 %"),
        (0.0312, "fraction", "3.1 %"),
        (0.0025, "fraction", "0.25 %"),
        (0.0999, "fraction", "10 %"),
        (-0.45, "fraction", "-45 %"),
        (0.0, "fraction", "0 %"),
        (12.5, "fraction", "1,250 %"),
        (0.4, "ratio", "0.40"),
        (18.0, "ratio", "18.0"),
        (145.2, "ratio", "145"),
        (0.0016, "ratio", "0.0016"),
        (42_000.0, "shares", "42,000"),
        (40e6, "shares", "40.0M"),
        (85.2, "bps", "85 bps"),
        (1.1111, "days", "1.1 days"),
        (23.0, "days", "23 days"),
        (1.0, "days", "1 day"),
        (0.0, "days", "0 days"),
        (8.9, "quarters", "8.9 quarters"),
        (61.63, "index", "61.6"),
        (2.0, "count", "2"),
    ],
)
def test_a_number_is_written_as_people_write_it(value, unit, text):
    assert written(value, unit) == text


@pytest.mark.parametrize("value", [None, nan, inf, -inf])
@pytest.mark.parametrize("unit", ["ratio", "USD", "fraction"])
def test_what_is_not_known_is_written_so(value, unit):
    assert written(value, unit) == "unknown"


@pytest.mark.parametrize(
    ("value", "text"), [(0.12, "+12 %"), (-0.12, "-12 %"), (0.0, "0 %"), (-0.00001, "0.00 %")]
)
def test_a_sign_is_written_where_it_means_something(value, text):
    assert written(value, "fraction", signed=True) == text


UNITS = (
    "ratio",
    "fraction",
    "count",
    "shares",
    "days",
    "quarters",
    "bps",
    "index",
    "USD",
    "CHF",
    "JPY",
)


@settings(deadline=None)
@given(st.floats(min_value=-1e14, max_value=1e14), st.sampled_from(UNITS), st.booleans())
def test_no_number_is_written_as_minus_zero(value, unit, signed):
    text = written(value, unit, signed=signed)
    if text.startswith(("-", "+")):
        assert any(digit in text for digit in "123456789")


SCALE = {"T": 1e12, "B": 1e9, "M": 1e6}


@settings(deadline=None)
@given(st.floats(min_value=1, max_value=9.9e14))
def test_money_is_written_to_within_half_a_percent(value):
    text = written(value, "USD").removeprefix("$").replace(",", "")
    read = float(text[:-1]) * SCALE[text[-1]] if text[-1] in SCALE else float(text)
    assert read == pytest.approx(value, rel=0.0051)


@settings(deadline=None)
@given(st.floats(min_value=0.1, max_value=1e14), st.floats(min_value=0.1, max_value=1e14))
def test_a_larger_share_count_is_never_written_as_a_smaller_one(one, other):
    def read(value: float) -> float:
        text = written(value, "shares").replace(",", "")
        return float(text[:-1]) * SCALE[text[-1]] if text[-1] in SCALE else float(text)

    low, high = sorted((one, other))
    assert read(low) <= read(high)


@pytest.mark.parametrize(
    ("value", "bound", "unit", "text"),
    [
        (2.004, 2.0, "ratio", "2.004"),
        (2.0, 2.0, "ratio", "2.00"),
        (2.5, 2.0, "ratio", "2.50"),
        (0.9999, 1.0, "ratio", "0.9999"),
        (7.99, 8.0, "quarters", "7.99 quarters"),
        (8.0, 8.0, "quarters", "8 quarters"),
        (0.19996, 0.2, "fraction", "19.996 %"),
        (49_999_999.0, 50e6, "USD", "$49.999999M"),
        (-0.00001, 0.0, "fraction", "-0.001 %"),
        (None, 2.0, "ratio", "unknown"),
    ],
)
def test_a_number_stands_to_its_bound_as_it_truly_does(value, bound, unit, text):
    assert written_beside(value, bound, unit) == text


@given(
    value=st.floats(1e-6, 1e9),
    off=st.sampled_from([1 - 1e-9, 1 - 1e-5, 1.0, 1 + 1e-5, 1 + 1e-9, 0.5, 2.0]),
    unit=st.sampled_from(["ratio", "quarters", "fraction", "days", "bps", "index"]),
)
def test_no_rounding_contradicts_a_comparison(value, off, unit):
    bound = value * off
    text = written_beside(value, bound, unit).split()[0].replace(",", "")
    shown, limit = Decimal(text), Decimal(repr(bound)) * (100 if unit == "fraction" else 1)
    assert (shown > limit) == (value > bound)
    assert (shown < limit) == (value < bound)
