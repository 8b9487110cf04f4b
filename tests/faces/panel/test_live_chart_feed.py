"""The feed of a live chart: what the page lacks, and no more."""

import numpy as np
import pytest

from genie_nb.core.market import Bars, Interval
from genie_nb.data.demo import open_provider
from genie_nb.faces.panel.live_chart import Curve, Feed, Marks, Pane, Scene

PANES = (Pane(height=200), Pane(title="Equity", whole=True))


@pytest.fixture(scope="module")
def bars() -> Bars:
    return open_provider("", None).bars(["ACME"], Interval.D1, None, None)["ACME"]


def scene(bars: Bars, *, shift: float = 0.0, worth: float = 1.0) -> Scene:
    close = bars.close.to_numpy()
    at = np.arange(10, len(bars), 50)
    return Scene(
        panes=PANES,
        curves=(
            Curve(key="line", name=f"close + {shift}", values=close + shift),
            Curve(key="equity", name="Equity", values=np.full(len(bars), worth), pane=1),
        ),
        marks=(
            Marks(key="in", name="In", at=at, prices=close[at], texts=tuple(f"bar {one}" for one in at)),
        ),
    )  # fmt: skip


def numbers(message, slot) -> np.ndarray:
    _, buffer = message
    start, length = slot
    return np.frombuffer(buffer, dtype="<f8")[start : start + length]


def test_at_first_the_last_year_is_in_view_and_half_a_view_more_is_sent(bars: Bars) -> None:
    feed = Feed(bars)
    message = feed.next(scene(bars))
    header = message[0]
    assert header["view"] == (len(bars) - 252, len(bars))
    assert header["window"] == (len(bars) - 252 - 126, len(bars))
    expected = bars.close.to_numpy()[-378:]
    assert np.array_equal(numbers(message, header["candles"]["close"]), expected)
    assert np.array_equal(numbers(message, header["curves"][0]["slot"]), expected)
    assert header["count"] == len(numbers(message, header["times"])) == len(bars)


def test_what_did_not_change_is_not_sent_again(bars: Bars) -> None:
    feed = Feed(bars)
    feed.next(scene(bars))
    header, buffer = feed.next(scene(bars))
    assert buffer == b""
    assert {"candles", "times", "panes"}.isdisjoint(header)
    header, buffer = feed.next(scene(bars, shift=1.0))
    line, equity = header["curves"]
    assert "slot" in line
    assert "slot" not in equity
    assert len(buffer) == 378 * 8


def test_a_move_within_what_was_sent_needs_nothing(bars: Bars) -> None:
    feed = Feed(bars)
    feed.next(scene(bars))
    assert not feed.look(len(bars) - 300, len(bars) - 48)
    assert feed.look(len(bars) - 700, len(bars) - 448)


def test_a_move_beyond_sends_all_lines_of_the_new_window(bars: Bars) -> None:
    feed = Feed(bars)
    feed.next(scene(bars))
    feed.look(100, 200)
    message = feed.next(scene(bars))
    header = message[0]
    assert header["window"] == (50, 250)
    expected = bars.close.to_numpy()[50:250]
    assert np.array_equal(numbers(message, header["candles"]["close"]), expected)
    assert np.array_equal(numbers(message, header["curves"][0]["slot"]), expected)


def test_marks_are_those_of_the_window_with_what_is_said_of_them(bars: Bars) -> None:
    feed = Feed(bars)
    feed.look(100, 200)
    message = feed.next(scene(bars))
    marks = message[0]["marks"][0]
    at, _ = numbers(message, marks["slot"]).reshape(2, -1)
    assert at.tolist() == [60, 110, 160, 210]
    assert marks["texts"] == ("bar 60", "bar 110", "bar 160", "bar 210")


def test_a_curve_over_all_bars_is_thinned_and_ends_with_the_newest(bars: Bars) -> None:
    whole = Scene(
        panes=PANES,
        curves=(Curve(key="n", name="n", values=np.arange(len(bars), dtype=float), pane=1),),
    )
    message = Feed(bars).next(whole)
    curve = message[0]["curves"][0]
    sent = numbers(message, curve["slot"])
    assert len(sent) <= 600
    assert sent[-1] == len(bars) - 1
    assert set(np.diff(sent)) == {curve["step"]}


def test_a_page_that_comes_later_is_told_everything(bars: Bars) -> None:
    feed = Feed(bars)
    first = feed.next(scene(bars))
    feed.next(scene(bars, shift=2.0))
    again = feed.all(scene(bars))
    assert again[0].keys() == first[0].keys()
    assert again[1] == first[1]


def test_a_view_outside_the_bars_is_brought_back(bars: Bars) -> None:
    feed = Feed(bars)
    feed.look(-50, 10_000)
    assert feed.view == (0, len(bars))
    feed.look(9_000, 9_001)
    assert feed.view == (len(bars) - 1, len(bars))
