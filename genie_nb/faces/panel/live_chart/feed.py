"""The feed of a live chart: of each scene, only what the page does not have yet.

    Scene, window -> header (JSON) + one buffer of float64

A header names its numbers by slots `[offset, length]` in the buffer.
"""

from typing import Any

import numpy as np

from ....core.market import Bars
from ....render.chart.palette import DOWN, GRID, INK, SHADE, UP
from ....render.series import column
from .scene import Curve, Marks, Pane, Scene

FIRST_VIEW = 252
"""Bars in view at first."""

MARGIN = 0.5
"""Bars sent on each side of the view, as a share of it, so that a small move needs no answer."""

MOST_POINTS = 600
"""Points of a line that shows all bars, however many they are."""

COLOURS = {"up": UP, "down": DOWN, "ink": INK, "grid": GRID, "shade": SHADE}

type Header = dict[str, Any]
"""What a message says, as JSON."""


class Feed:
    """What one chart was sent, and what it has to be sent next.

    Args:
        bars: Of the candles, at least one.
    """

    def __init__(self, bars: Bars) -> None:
        self.bars = bars
        self._view = max(0, len(bars) - FIRST_VIEW), len(bars)
        self._window = 0, 0
        self._sent: dict[str, np.ndarray] = {}
        self._said: dict[str, object] = {}

    @property
    def view(self) -> tuple[int, int]:
        """The first bar in view, and one past the last."""
        return self._view

    def look(self, first: float, last: float) -> bool:
        """The reader moved: keep the view, and say whether it needs bars that were not sent."""
        count = len(self.bars)
        start = min(max(0, int(first)), count - 1)
        self._view = start, min(max(start + 1, int(np.ceil(last))), count)
        return not (self._window[0] <= self._view[0] and self._view[1] <= self._window[1])

    def all(self, scene: Scene) -> tuple[Header, bytes]:
        """Everything, for a page that has nothing yet."""
        self._window = 0, 0
        self._sent.clear()
        self._said.clear()
        return self.next(scene)

    def next(self, scene: Scene) -> tuple[Header, bytes]:
        """What changed since the last message."""
        parcel = _Parcel()
        header: Header = {}
        if not self._said:
            header = {"count": len(self.bars), "times": parcel.put(_clock(self.bars))}
            header |= {
                "view": self._view,
                "colours": COLOURS,
                "intraday": self.bars.interval.intraday,
            }
        moved = not self._covers()
        if moved:
            self._window = self._wanted()
            self._sent.clear()
            header["candles"] = {
                name: parcel.put(column(self.bars.frame, name)[slice(*self._window)])
                for name in ("open", "high", "low", "close", "volume")
            }
        header["window"] = self._window
        header["curves"] = [self._curve(one, scene.panes[one.pane], parcel) for one in scene.curves]
        header["marks"] = [self._marks(one, parcel) for one in scene.marks]
        self._say(header, "panes", [_pane(one) for one in scene.panes])
        self._say(header, "volume", scene.volume)
        self._say(header, "unseen", scene.unseen)
        self._say(header, "said", scene.said)
        return header, parcel.wrapped()

    def _covers(self) -> bool:
        """Whether what was sent holds the view, and not many times more than it."""
        (first, last), (start, stop) = self._view, self._window
        return start <= first and last <= stop and stop - start <= 4 * (last - first)

    def _wanted(self) -> tuple[int, int]:
        first, last = self._view
        beside = int((last - first) * MARGIN)
        return max(0, first - beside), min(len(self.bars), last + beside)

    def _say(self, header: Header, name: str, value: object) -> None:
        if name not in self._said or self._said[name] != value:
            header[name] = self._said[name] = value

    def _curve(self, curve: Curve, pane: Pane, parcel: "_Parcel") -> Header:
        shown, step = curve.values[slice(*self._window)], 1
        if pane.whole:
            step = max(1, -(-len(curve.values) // MOST_POINTS))
            shown = curve.values[::-step][::-1]
        said = {
            "key": curve.key, "name": curve.name, "pane": curve.pane, "colour": curve.colour,
            "dash": curve.dash, "fill": curve.fill, "step": step,
        }  # fmt: skip
        return said | self._new(f"curve {curve.key}", shown, parcel)

    def _marks(self, marks: Marks, parcel: "_Parcel") -> Header:
        inside = slice(*np.searchsorted(marks.at, self._window))
        where = np.stack([marks.at[inside].astype(np.float64), marks.prices[inside]])
        said = {
            "key": marks.key,
            "name": marks.name,
            "symbol": marks.symbol,
            "colour": marks.colour,
        }
        new = self._new(f"marks {marks.key}", where.ravel(), parcel)
        return said | new | ({"texts": marks.texts[inside]} if new else {})

    def _new(self, key: str, numbers: np.ndarray, parcel: "_Parcel") -> Header:
        """The numbers' slot, when they are not those that were sent last."""
        before = self._sent.get(key)
        if before is not None and np.array_equal(before, numbers, equal_nan=True):
            return {}
        self._sent[key] = numbers.copy()
        return {"slot": parcel.put(numbers)}


class _Parcel:
    """Numbers of one message, one after the other."""

    def __init__(self) -> None:
        self._parts: list[np.ndarray] = []
        self._length = 0

    def put(self, numbers: np.ndarray) -> list[int]:
        """Take the numbers in; where they lie."""
        slot = [self._length, len(numbers)]
        self._parts.append(np.ascontiguousarray(numbers, dtype="<f8"))
        self._length += len(numbers)
        return slot

    def wrapped(self) -> bytes:
        """All of them."""
        return b"".join(part.tobytes() for part in self._parts)


def _clock(bars: Bars) -> np.ndarray:
    """Milliseconds of each bar on the wall clock of the exchange."""
    local = bars.index.tz_convert(bars.timezone) if bars.interval.intraday else bars.index
    return local.tz_localize(None).to_numpy(dtype="datetime64[ms]").astype(np.float64)


def _pane(pane: Pane) -> Header:
    return {
        "title": pane.title, "height": pane.height, "format": pane.format,
        "thresholds": pane.thresholds, "whole": pane.whole,
    }  # fmt: skip
