"""Three truths over windows of bars are Kleene's and, or of the truths in the window."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.expr.truth import FALSE, TRUE, UNKNOWN, sometime, throughout

truths = st.lists(st.sampled_from([FALSE, UNKNOWN, TRUE]), max_size=40).map(
    lambda listed: np.array(listed, dtype=np.int8)
)
windows = st.integers(1, 50)


def window(one: np.ndarray, bar: int, n: int) -> list[np.int8]:
    """The truths of the *n* bars up to one, UNKNOWN before the first."""
    return [one[at] if at >= 0 else UNKNOWN for at in range(bar - n + 1, bar + 1)]


@given(truths, windows)
def test_throughout_is_false_if_any_is_else_unknown_if_any_is(one: np.ndarray, n: int) -> None:
    found = throughout(one, n)
    assert found.dtype == np.int8
    assert found.tolist() == [min(window(one, bar, n)) for bar in range(len(one))]


@given(truths, windows)
def test_sometime_is_true_if_any_is_else_unknown_if_any_is(one: np.ndarray, n: int) -> None:
    found = sometime(one, n)
    assert found.dtype == np.int8
    assert found.tolist() == [max(window(one, bar, n)) for bar in range(len(one))]


def test_the_longest_window_over_many_bars_reads_each_bar_once() -> None:
    """A million bars and the longest window: a table of all windows would not fit in memory."""
    one = np.full(1_000_000, TRUE)
    one[500_000] = FALSE
    found = throughout(one, 10_000)
    assert (found[:9_999] == UNKNOWN).all()
    assert (np.flatnonzero(found == FALSE) == np.arange(500_000, 510_000)).all()
