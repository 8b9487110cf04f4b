"""Tries: every parameter set counts once, however it was looked at."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from genie_nb.desk.tries import Tries

VALUES = st.lists(st.integers(1, 6), min_size=1, max_size=4, unique=True).map(tuple)
LOOKS = st.lists(st.fixed_dictionaries({"fast": VALUES, "slow": VALUES}), max_size=12)


@given(LOOKS)
def test_looks_one_by_one_count_as_all_their_sets_together(looks: list[dict]) -> None:
    tries, seen = Tries(), set()
    for look in looks:
        tries.add("trend", "ACME", "1d", look)
        seen |= set(product(look["fast"], look["slow"]))
        assert tries.count("trend", "ACME", "1d") == len(seen)


def test_other_tickers_intervals_and_strategies_count_apart() -> None:
    tries = Tries()
    tries.add("trend", "ACME", "1d", {"fast": (1, 2)})
    assert tries.count("trend", "WNCH", "1d") == 0
    assert tries.count("trend", "ACME", "1wk") == 0
    assert tries.count("breakout", "ACME", "1d") == 0
