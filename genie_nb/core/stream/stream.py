"""A stream: thousands of rules taken one bar further at once, from what was carried over from the bar before.

    rules, their states, bars -> begin -> follow, follow, … -> who must be looked at by `due`
                                           | to_bytes, from_bytes

It is a sieve. It names the rules that fire, whose truth is unknown, or whose truth hangs on the last digits
of a number. Those must go through `due`, from the state that was kept of them before to the newest bar, and
what it found must be given to `remember`. Of all others it knows that `due` would find nothing, and `states`
has what `due` would keep.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

import numpy as np

from ..errors import AskError
from ..market import Bars, Interval
from ..rule.rule import Rule
from ..rule.state import State
from .beginning import begun, readers
from .circuit import Circuit
from .digest import gone_on
from .following import NO_BAR, ahead, steps
from .joining import together, without
from .keeping import kept, read
from .tapes import Tapes
from .watch import Watch

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a bar brought.

    Attributes:
        fired: Rules that fire.
        unknown: Rules whose truth is not known at the bar.
        unsure: Rules whose truth rounding may decide.
        lost: Tickers that are not followed from now on, as a bar that was seen has changed (a split, a
            correction), one was left out, or the new one does not come after it. Their rules go
            through `due` too, and may begin anew in a stream that is joined.
        behind: Tickers whose bars end before the one that was taken last. They stay where they are, and
            their rules go through `due` too.
    """

    fired: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    @property
    def handed(self) -> tuple[str, ...]:
        """Rules that `due` must look at."""
        return tuple(dict.fromkeys((*self.fired, *self.unknown, *self.unsure)))

    def and_then(self, other: "Step") -> "Step":
        """What this bar and another one brought."""
        both = (
            tuple(dict.fromkeys((*getattr(self, name), *getattr(other, name))))
            for name in ("fired", "unknown", "unsure", "lost", "behind")
        )
        fired, unknown, unsure, lost, behind = both
        return Step(fired=fired, unknown=unknown, unsure=unsure, lost=lost, behind=behind)


@dataclass(slots=True, kw_only=True)
class Stream:
    """Rules on bars of one interval, after the newest bar of each ticker.

    Attributes:
        interval: The length of the bars.
        tapes: Whose bars, from when, and the newest of each.
        circuit: What their lines and conditions carry.
        watch: What the rules remember.
        rule_ids: Of each rule of the watch, as ASCII.
        scale: What the price literals of each rule were multiplied by, for splits.
        doubts: Pairs of a comparison's slot and a rule that reads it, in the order of the slots.
    """

    interval: Interval
    tapes: Tapes
    circuit: Circuit
    watch: Watch
    rule_ids: np.ndarray
    scale: np.ndarray
    doubts: np.ndarray
    _places: dict[str, int] | None = None

    @classmethod
    def begin(cls, watched: Iterable[tuple[Rule, State]], bars: Mapping[str, Bars]) -> Self:
        """A stream of rules that `due` has looked at, after the bar that it looked at last.

        Rules that `joins` says no to are left out; `names` has the ones that are in.

        Args:
            watched: Rules of one interval, with what is kept of them.
            bars: By ticker, closed bars from the start of the histories on.
        """
        return cls(**begun(watched, bars))

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of its rules."""
        return tuple(name.decode() for name in self.rule_ids.tolist())

    @property
    def tickers(self) -> tuple[str, ...]:
        """In the order in which `step` takes them."""
        return self.tapes.tickers

    def follow(self, bars: Mapping[str, Bars]) -> Step:
        """Take every ticker over all the bars that it has by now.

        A ticker is lost when a bar that was taken, whichever, is not the same to the last bit, or one was
        left out or put in. A ticker without bars stays where it is.

        Args:
            bars: By ticker, closed bars from the start of the histories on.
        """
        found, gone, behind = ahead(self, bars)
        self.tapes.lost = self.tapes.lost | gone
        lost = tuple(self.tickers[at] for at in np.flatnonzero(gone))
        done = Step(lost=lost, behind=behind)
        for labels, now, seen in steps(found, len(self.tickers)):
            done = done.and_then(self.step(labels, now, seen))
        return done

    def step(self, labels: np.ndarray, bars: np.ndarray, seen: np.ndarray) -> Step:
        """Take every ticker that has a new bar one bar further.

        Args:
            labels: Of each ticker's new bar, in nanoseconds since 1970, UTC; NO_BAR where there is none.
            bars: The new bars: a row each for open, high, low, close and volume, a column per ticker.
            seen: The bars that the source now has directly before the new ones, in the same shape. A ticker
                is lost when that is not, to the last bit, the bar that was taken last.
        """
        new = (labels != NO_BAR) & ~self.tapes.lost
        same = ((seen == self.tapes.newest) | (np.isnan(seen) & np.isnan(self.tapes.newest))).all(0)
        fit = same & (labels > self.tapes.label) & np.isfinite(bars[:4]).all(axis=0)
        gone, taken = new & ~fit, new & fit
        self.tapes.lost = self.tapes.lost | gone
        self.tapes.label = np.where(taken, labels, self.tapes.label)
        self.tapes.newest = np.where(taken, bars, self.tapes.newest)
        lost = tuple(self.tickers[at] for at in np.flatnonzero(gone))
        if not taken.any():
            return Step(lost=lost)
        own = self.tapes.ticker
        further = gone_on(self.tapes.digest, labels[own], bars[:, own])
        self.tapes.digest = np.where(taken[own], further, self.tapes.digest)
        doubtful = self.circuit.step(bars[:, own], None if taken.all() else taken[own])
        return self._scanned(doubtful, taken[own], lost)

    def _scanned(self, doubtful: np.ndarray, taken: np.ndarray, lost: tuple[str, ...]) -> Step:
        rules = np.flatnonzero(taken[self.watch.tape])
        fires, unknown = self.watch.scan(self.circuit.board.truths, rules)
        self.watch.doubt(rules, readers(self.doubts, doubtful))
        unsure = self.watch.unsure[rules] > 0
        fired, unknown, unsure = (
            tuple(name.decode() for name in self.rule_ids[rules[one]].tolist())
            for one in (fires, unknown, unsure)
        )
        return Step(fired=fired, unknown=unknown, unsure=unsure, lost=lost)

    def states(self) -> dict[str, State]:
        """What is to be kept of each rule where the stream stands; that its truth is known is taken for granted."""
        tapes, watch = self.tapes, self.watch
        starts = [_moment(label) for label in tapes.start.tolist()]
        labels = [_moment(label) for label in tapes.label.tolist()]
        tickers, closes, scales = (
            tapes.ticker.tolist(),
            tapes.newest[3].tolist(),
            self.scale.tolist(),
        )
        ended = watch.ended.tolist()
        return {
            name: State(
                history_start=starts[tape],
                last_bar=labels[tickers[tape]],
                last_close=closes[tickers[tape]],
                memory=memory,
                scale=scales[rule],
                ended="once" if ended[rule] else None,
            )
            for rule, (name, tape, memory) in enumerate(
                zip(self.names, watch.tape.tolist(), watch.memories(), strict=True)
            )
        }

    def remember(self, states: Mapping[str, State]) -> None:
        """Take over what `due` found of the rules that were handed to it, up to the same bar."""
        for rule_id, state in states.items():
            ended = state.ended is not None
            self.watch.remember(self._place(rule_id), state.memory, ended=ended)

    def _place(self, rule_id: str) -> int:
        if self._places is None:
            self._places = {name: at for at, name in enumerate(self.names)}
        return self._places[rule_id]

    def without(self, tickers: Collection[str]) -> Self:
        """The stream without some tickers, such as those that were lost."""
        leaving = np.array([ticker in tickers for ticker in self.tickers], bool)
        return type(self)(**without(self, leaving))

    def joined(self, other: Self) -> Self:
        """This stream and one of other tickers of the same interval, such as of rules begun anew.

        Raises:
            AskError: They share a ticker, or differ in the interval.
        """
        shared = sorted(set(self.tickers) & set(other.tickers))
        same = self.interval == other.interval or not self.tickers or not other.tickers
        if shared or not same:
            seen = ", ".join(shared) or f"{self.interval} and {other.interval}"
            raise AskError(
                f"These streams cannot be joined: {seen}.",
                seen=seen,
                needed="two streams of one interval and different tickers",
                cure="Take the tickers out of one of them first.",
            )
        return type(self)(**together(self, other))

    def to_bytes(self) -> bytes:
        """All of it, as `from_bytes` reads it."""
        return kept(self)

    @classmethod
    def from_bytes(cls, blob: bytes) -> Self:
        """The stream that `to_bytes` wrote.

        Raises:
            GenieError: The bytes are none that it wrote.
        """
        return cls(**read(blob))


def _moment(nanoseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=nanoseconds // 1000)
