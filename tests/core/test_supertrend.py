"""The supertrend is Seban's: two bands that only tighten, and the price on one side of them.

The reference is a plain loop over bars with Wilder's average true range, seeded by a mean.
"""

from math import isnan

import numpy as np
import pytest

from genie_nb.core.indicators import supertrend


def wilder(highs: list[float], lows: list[float], closes: list[float], n: int) -> list[float]:
    """Wilder's average true range; from bar n on, as the first bar has no close before it."""
    ranges = [
        max(high, before) - min(low, before)
        for high, low, before in zip(highs[1:], lows[1:], closes[:-1], strict=True)
    ]
    averages = [sum(ranges[:n]) / n]
    for one in ranges[n:]:
        averages.append((averages[-1] * (n - 1) + one) / n)
    return averages


def seban(
    highs: list[float], lows: list[float], closes: list[float], n: int, k: float
) -> list[float]:
    """The line from its first defined bar, bar n, on."""
    line: list[float] = []
    top = bottom = 0.0
    above = closes[n] >= (highs[n] + lows[n]) / 2
    for bar, average in enumerate(wilder(highs, lows, closes, n), start=n):
        middle = (highs[bar] + lows[bar]) / 2
        basic_top, basic_bottom = middle + k * average, middle - k * average
        if not line:
            top, bottom = basic_top, basic_bottom
        top = basic_top if closes[bar - 1] > top else min(top, basic_top)
        bottom = basic_bottom if closes[bar - 1] < bottom else max(bottom, basic_bottom)
        if above and closes[bar] < bottom:
            above = False
        elif not above and closes[bar] > top:
            above = True
        line.append(bottom if above else top)
    return line


def walk(seed: int, bars: int = 400) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    closes = 50 * np.exp(np.cumsum(rng.normal(0, 0.02, bars)))
    highs = closes * (1 + rng.uniform(0, 0.02, bars))
    return highs, closes * (1 - rng.uniform(0, 0.02, bars)), closes


@pytest.mark.parametrize(("n", "k"), [(10, 3.0), (7, 2.0), (2, 0.5), (1, 1.0), (21, 1.5)])
@pytest.mark.parametrize("seed", range(5))
def test_it_equals_a_plain_loop_from_its_first_bar(seed: int, n: int, k: float) -> None:
    highs, lows, closes = walk(seed)
    found = supertrend(highs, lows, closes, n, k).tolist()
    assert all(map(isnan, found[:n]))
    assert found[n:] == pytest.approx(seban(highs.tolist(), lows.tolist(), closes.tolist(), n, k))
    sides = {close > level for close, level in zip(closes[n:], found[n:], strict=True)}
    assert sides == {True, False}


def test_four_bars_by_hand() -> None:
    highs, lows, closes = [11.0, 12, 13, 9], [9.0, 10, 11, 5], [10.0, 11, 12, 6]
    # True ranges 2, 2, 7; averages over 2: 2, then (2 + 7) / 2 = 4.5.
    # Bar 2: middle 12, bands 14 and 10, close 12 at the middle: rising, the line is 10.
    # Bar 3: middle 7, bands 11.5 and 2.5, tightened to 11.5 and 10; 6 is below 10: the line is 11.5.
    line = supertrend(np.array(highs), np.array(lows), np.array(closes), 2, 1.0)
    assert line[2:].tolist() == [10.0, 11.5]


def test_a_close_on_the_band_does_not_turn_the_trend() -> None:
    highs, lows, closes = [11.0, 12, 13, 14], [9.0, 10, 11, 10], [10.0, 11, 12, 10]
    # Bars 2 and 3: true ranges 2, 2, 4; averages 2, then 3. Bands of bar 2: 14 and 10, rising on 10.
    # Bar 3: middle 12, bands 15 and 9, tightened to 14 and 10; 10 is on the band, not below it.
    line = supertrend(np.array(highs), np.array(lows), np.array(closes), 2, 1.0)
    assert line[2:].tolist() == [10.0, 10.0]
