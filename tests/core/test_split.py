"""What explains that a close which was seen before now reads differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.rule.split import factor_of


@pytest.mark.parametrize(
    ("new", "old"),
    [(2, 1), (3, 2), (20, 1), (1, 10), (4, 1), (5, 4), (1, 8), (1, 100), (11, 10), (21, 20), (7, 1), (1, 35)],
)  # fmt: skip
@pytest.mark.parametrize("close", [3.17, 24.37, 187.06, 1204.5])
def test_a_ratio_that_companies_choose_is_known_to_the_cent(new: int, old: int, close: float):
    now = close * old / new
    assert factor_of(close, now) == pytest.approx(old / new)
    if now > 1:
        assert factor_of(close, round(now, 2)) == pytest.approx(old / new)


@pytest.mark.parametrize("jump", [0.7391, 0.8117, 1.2345, 1.0005, 0.9957, 0.6283, 3.14159, 130.7])
@pytest.mark.parametrize("close", [12.5, 25.0, 24.37, 100.0, 412.19])
def test_an_odd_jump_is_no_split(jump: float, close: float):
    assert factor_of(close, close * jump) is None


def test_17_to_23_lies_near_an_odd_jump_and_does_not_explain_it():
    assert factor_of(100.0, 73.91) is None


@given(st.integers(1, 100), st.integers(1, 100), st.floats(100.0, 5000.0))
def test_any_ratio_of_whole_numbers_up_to_100_that_is_met_exactly_is_one(new, old, close):
    factor = factor_of(close, close * old / new)
    assert factor == (None if new == old else pytest.approx(old / new, rel=2e-4))


def test_a_recorded_split_explains_a_close_that_was_rounded():
    assert factor_of(3.17, 0.1, recorded=1 / 32) == 1 / 32
    assert factor_of(24.37, 17.41, recorded=1 / 1.4) == 1 / 1.4


def test_a_recorded_split_does_not_explain_any_other_jump():
    assert factor_of(25.0, 18.4775, recorded=0.5) is None


def test_a_close_that_stays_is_no_split():
    assert factor_of(25.0, 25.0) is None
