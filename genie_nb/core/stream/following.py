"""A stream taken over every bar that its tickers have now, after a look at whether the old ones still stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..market import Bars
from .digest import digest_of
from .kinds import COLUMNS
from .tapes import columns_of, labels_of

if TYPE_CHECKING:
    from .stream import Stream

NO_BAR = np.iinfo(np.int64).min
"""The label of a bar that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The bars of a ticker from the newest that a stream took on.

    Attributes:
        place: Of the ticker in the stream.
        labels: Their labels; the first is the bar that was taken last.
        columns: Open, high, low, close and volume, a row each.
    """

    place: int
    labels: np.ndarray
    columns: np.ndarray


def ahead(
    stream: "Stream", bars: Mapping[str, Bars]
) -> tuple[list[Ahead], np.ndarray, tuple[str, ...]]:
    """What lies ahead of each ticker that has *bars*; which tickers have another past now; which end before."""
    tapes = stream.tapes
    own = _by_ticker(tapes.ticker, len(tapes.tickers))
    found, behind, gone = [], [], np.zeros(len(tapes.tickers), bool)
    for place, ticker in enumerate(tapes.tickers):
        if ticker not in bars or tapes.lost[place]:
            continue
        labels, columns = labels_of(bars[ticker]), columns_of(bars[ticker])
        if not len(labels) or labels[-1] < tapes.label[place]:
            behind.append(ticker)
            continue
        at = int(labels.searchsorted(tapes.label[place], "right"))
        stands = all(
            _stands(labels[:at], columns[:, :at], tapes.start[tape], tapes.digest[tape])
            for tape in own[place]
        )
        if stands:
            found.append(Ahead(place=place, labels=labels[at - 1 :], columns=columns[:, at - 1 :]))
        gone[place] = not stands
    return found, gone, tuple(behind)


def steps(found: list[Ahead], tickers: int) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The next bar of every ticker that has one, again and again: labels, bars, and the bars before."""
    for bar in range(1, max((len(one.labels) for one in found), default=0)):
        labels = np.full(tickers, NO_BAR)
        bars, seen = np.full((2, len(COLUMNS), tickers), np.nan)
        for one in found:
            if bar < len(one.labels):
                labels[one.place] = one.labels[bar]
                bars[:, one.place], seen[:, one.place] = (
                    one.columns[:, bar],
                    one.columns[:, bar - 1],
                )
        yield labels, bars, seen


def _stands(labels: np.ndarray, columns: np.ndarray, start: np.integer, digest: np.integer) -> bool:
    first = int(labels.searchsorted(start))
    return digest_of(labels[first:], columns[:, first:]) == int(digest)


def _by_ticker(tickers: np.ndarray, count: int) -> list[list[int]]:
    """The tapes of each ticker."""
    found: list[list[int]] = [[] for _ in range(count)]
    for tape, ticker in enumerate(tickers.tolist()):
        found[ticker].append(tape)
    return found
