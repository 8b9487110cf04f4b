"""Small companies against large ones, on frames small enough to reckon by hand."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from genie_nb import parse_rule
from genie_nb.core.errors import TooFewBars
from genie_nb.core.market import Bars
from genie_nb.core.rotation import (
    Member,
    Pair,
    breadth,
    januaries,
    pair_of,
    scoreboard,
    streaks,
    valuation_gap,
    watch_items,
)


def bars(ticker: str, closes: dict[str, float]) -> Bars:
    days = pd.DatetimeIndex(list(closes))
    columns = {name: list(closes.values()) for name in ("open", "high", "low", "close")}
    return Bars.from_frame(pd.DataFrame({**columns, "volume": 1.0}, index=days), ticker=ticker)


def pair(small: list[float], large: list[float], first: str = "2026-01-05") -> Pair:
    days = [f"{day:%Y-%m-%d}" for day in pd.bdate_range(first, periods=len(small))]
    return pair_of(
        bars("SM", dict(zip(days, small, strict=True))),
        bars("LG", dict(zip(days, large, strict=True))),
    )


def members(closes: list[list[float]], first: str = "2024-01-01") -> list[Member]:
    days = pd.bdate_range(first, periods=len(closes[0]), tz="UTC")
    return [
        Member(ticker=f"M{at}", band="small", closes=pd.Series(line, index=days))
        for at, line in enumerate(closes)
    ]


def test_a_streak_counts_the_sessions_on_which_small_did_better() -> None:
    # returns of SM: +1 %, -1 %, +1 %, 0 %; of LG: +2 %, -2 %, 0 %, -1 %: ahead on the last three
    found = streaks(pair([100, 101, 99.99, 100.9899, 100.9899], [100, 102, 99.96, 99.96, 98.9604]))
    assert (found.now.length, found.now.start, found.now.end) == (
        3,
        date(2026, 1, 7),
        date(2026, 1, 9),
    )
    assert found.now.small == pytest.approx(100.9899 / 101 - 1)
    assert found.now.large == pytest.approx(98.9604 / 102 - 1)
    assert (found.history, found.as_long, found.last_as_long) == ((), 0, None)
    assert "price return of SM was greater than that of LG" in found.basis


def test_an_equal_session_ends_a_streak() -> None:
    found = streaks(pair([100, 110, 121], [100, 100, 110]))
    assert found.now.length == 0
    assert found.now.start is None
    assert found.as_long is None
    assert [(one.length, one.end) for one in found.history] == [(1, date(2026, 1, 6))]


def test_earlier_streaks_are_told_newest_first_and_at_most_ten() -> None:
    small = [100.0]
    for length in (1, 2, 3, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2):  # each run is followed by one day behind
        small += [small[-1] * 1.01**day for day in range(1, length + 1)]
        small.append(small[-1] * 0.99)
    small = small[:-1]
    found = streaks(pair(small, [100.0] * len(small)))
    assert found.now.length == 2
    assert sorted((one.length for one in found.history), reverse=True) == [3, 2, 2] + [1] * 7
    assert [one.end for one in found.history] == sorted(
        (one.end for one in found.history), key=str, reverse=True
    )
    assert found.as_long == 3
    assert found.last_as_long == found.history[0]


def test_only_sessions_that_both_have_are_compared_and_the_others_are_counted() -> None:
    found = pair_of(
        bars("SM", {"2026-01-05": 100, "2026-01-06": 50, "2026-01-07": 102}),
        bars("LG", {"2026-01-02": 7, "2026-01-05": 100, "2026-01-07": 101, "2026-01-08": 90}),
    )
    assert list(found.closes["small"]) == [100, 102]
    assert found.left_out == 2
    assert streaks(found).now.length == 1
    assert streaks(found).now.end == date(2026, 1, 7)


def test_one_session_in_common_is_too_few() -> None:
    with pytest.raises(TooFewBars, match="SM with LG has 1 bars"):
        pair([100], [100])


def test_periods_begin_with_the_last_close_on_or_before_their_first_day() -> None:
    closes = {"2025-12-31": 80.0, "2026-01-30": 100.0, "2026-02-06": 110.0, "2026-02-13": 121.0}
    flat = dict.fromkeys(closes, 50.0)
    scores, missing = scoreboard(pair_of(bars("SM", closes), bars("LG", flat)))
    told = {one.period: (str(one.start), round(one.small, 4), one.large) for one in scores}
    assert told == {
        "1 week": ("2026-02-06", 0.1, 0.0),
        "1 month": (
            "2025-12-31",
            0.5125,
            0.0,
        ),  # 2026-01-13 has no session before it but December's
        "year to date": ("2025-12-31", 0.5125, 0.0),
    }
    assert [one.what for one in missing] == ["return over 3 months", "return over 12 months"]
    assert "begin on 2025-12-31" in missing[0].reason


def test_an_unfinished_january_is_told_apart() -> None:
    closes = {
        "2024-12-31": 100.0, "2025-01-31": 103.0, "2025-12-31": 200.0, "2026-01-12": 202.0,
    }  # fmt: skip
    flat = {"2024-12-31": 100.0, "2025-01-31": 101.0, "2025-12-31": 100.0, "2026-01-12": 100.0}
    found = januaries(
        pair_of(bars("SM", closes), bars("LG", flat)), datetime(2026, 1, 12, 22, tzinfo=UTC)
    )
    assert found is not None
    assert [one.year for one in found.finished] == [2025]
    assert (found.ahead, found.mean) == (1, pytest.approx(0.02))
    assert found.so_far is not None
    assert (found.so_far.year, found.so_far.finished) == (2026, False)
    assert found.so_far.difference == pytest.approx(0.01)


def test_without_a_december_before_it_no_january_is_known() -> None:
    assert januaries(pair([1, 2], [1, 1]), datetime(2026, 3, 1, tzinfo=UTC)) is None


def rising_then(last: float, sessions: int = 260) -> list[float]:
    """A close of 100 that moves to *last* on the newest session."""
    return [100.0] * (sessions - 1) + [last]


def test_breadth_is_broader_when_more_stand_above_their_average() -> None:
    # seven of ten rise on the newest session; at 100 = its mean a month ago, none was above
    companies = members([rising_then(110.0)] * 7 + [rising_then(90.0)] * 3)
    index = pair(rising_then(100.0), rising_then(100.0), "2024-01-01")
    found, missing = breadth(index, companies, "ten")
    assert found is not None
    assert not missing
    told = {one.name: (one.now.value, one.before.value, one.companies) for one in found.shares}
    assert told == {
        "above_sma_50": (0.7, 0.0, 10),
        "above_sma_200": (0.7, 0.0, 10),
        "beat_index": (0.7, 0.0, 10),
    }
    assert found.direction == "broader"
    assert str(found.shares[0].now.as_of) == str(index.day(-1).date())
    assert str(found.shares[0].before.as_of) == str(index.day(-22).date())


def test_breadth_is_narrower_when_fewer_do_and_mixed_when_measures_disagree() -> None:
    fell = [*map(float, np.linspace(50, 100, 259)), 40.0]
    index = pair(rising_then(100.0), rising_then(100.0), "2024-01-01")
    found, _ = breadth(index, members([fell] * 8), "eight")
    assert found is not None
    assert found.direction == "narrower"
    ahead = pair(rising_then(10.0), rising_then(100.0), "2024-01-01")  # an index that fell further
    slow = [
        *map(float, np.linspace(100, 80, 259)),
        70.0,
    ]  # never above an average, ahead of that index
    split = [fell] * 4 + [slow] * 4
    found, _ = breadth(ahead, members(split), "eight")
    assert found is not None
    assert found.direction == "mixed"


def test_a_company_without_the_history_is_not_counted_at_either_moment() -> None:
    young = members([rising_then(110.0)] * 8)
    cut = Member(ticker="YNG", band="small", closes=young[0].closes.iloc[-60:])
    index = pair(rising_then(100.0), rising_then(100.0), "2024-01-01")
    found, _ = breadth(index, [*young, cut], "nine")
    assert found is not None
    # 60 bars: an average of 50 is there now and not 21 sessions ago; two months of returns are
    assert {one.name: one.companies for one in found.shares} == {
        "above_sma_50": 8,
        "above_sma_200": 8,
        "beat_index": 9,
    }


def test_a_share_of_seven_companies_is_not_told() -> None:
    index = pair(rising_then(100.0), rising_then(100.0), "2024-01-01")
    found, missing = breadth(index, members([rising_then(110.0)] * 7), "seven")
    assert found is None
    assert "7 small companies" in missing[0].reason


def priced(band: str, values: list[float | None]) -> list[Member]:
    return [
        Member(ticker="X", band=band, closes=pd.Series(dtype="float64"), pe=pe)  # pyright: ignore[reportArgumentType]
        for pe in values
    ]


def test_the_valuation_gap_compares_medians_and_leaves_loss_makers_out() -> None:
    moment = datetime(2026, 1, 12, 21, tzinfo=UTC)
    small = priced("small", [10, 12, 14, 15, 15, 16, 18, 20, None])
    large = [*priced("large", [20, 22, 24, 30]), *priced("mega", [30, 32, 34, 40])]
    gap, missing = valuation_gap([*small, *large, *priced("mid", [99.0])], as_of=moment, source="s")
    assert gap is not None
    assert not missing
    assert (gap.small.value, gap.large.value, gap.ratio) == (15.0, 30.0, 0.5)
    assert (gap.small_count, gap.large_count) == (8, 8)
    gap, missing = valuation_gap([*small, *large[1:]], as_of=moment, source="s")
    assert gap is None
    assert "8 small and 7 large" in missing[0].reason


@pytest.mark.parametrize("last", [90.0, 110.0])
def test_each_thing_to_watch_has_a_rule_that_is_canonical(last: float) -> None:
    index = pair(rising_then(last), rising_then(100.0), "2024-01-01")
    items = watch_items(index, streaks(index))
    assert [item.name for item in items] == ["streak", "ratio", "price"]
    assert [str(parse_rule(item.rule)) for item in items] == [item.rule for item in items]
    assert all(figure.as_of == index.day(-1).date() for item in items for figure in item.evidence)
    side, way = ("above", "below") if last > 100 else ("below", "above")
    assert f"{side} its mean of 50 sessions" in items[1].text
    assert f"crosses {way} sma(50" in items[1].rule


def test_without_fifty_sessions_only_the_streak_can_be_watched() -> None:
    index = pair([100, 101], [100, 100])
    assert [item.rule for item in watch_items(index, streaks(index))] == [
        "SM 1d: change <= change of LG"
    ]
