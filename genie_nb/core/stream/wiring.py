"""The wiring: conditions taken apart into primitives, each computed once per tape.

    close crosses above sma(50)  ->  close, sma(close, 50), greater(close, sma), edge(greater)

A tape is one ticker's bars from one start; a node that two rules of a tape share is one node.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

from .kinds import KINDS


class NotStreamed(Exception):
    """Something is read that is not kept from bar to bar. It never leaves this room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A primitive of one tape.

    Attributes:
        tape: Of which tape.
        kind: Its name.
        inputs: Places of the nodes that it reads.
        n: Bars.
        k: Its other parameter; the number of a constant.
        level: One above the highest node that it reads.
        exact: Whether a full recomputation gives the same bits.
        memory: On how many bars before a truth depends beyond what its numbers do.
    """

    tape: int
    kind: str
    inputs: tuple[int, ...]
    n: int
    k: float
    level: int
    exact: bool
    memory: int


@dataclass(slots=True, kw_only=True)
class Wiring:
    """Nodes while they are collected.

    Attributes:
        nodes: In the order in which they were met, so that inputs come first.
        tape: Whose nodes are met now.
        known: Values and conditions of this tape that were taken apart already.
    """

    nodes: list[Node] = field(default_factory=list)
    tape: int = 0
    known: dict[Hashable, int] = field(default_factory=dict)
    _places: dict[tuple[object, ...], int] = field(default_factory=dict)

    def open(self, tape: int) -> None:
        """Go on with another tape."""
        self.tape, self.known = tape, {}

    def node(self, kind: str, *inputs: int, n: int = 0, k: float = 0.0) -> int:
        """The place of a primitive."""
        key = self.tape, kind, inputs, n, k
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.nodes)
            self.nodes.append(self._made(kind, inputs, n, k))
        return place

    def number(self, number: float) -> int:
        """The place of a constant."""
        return self.node("number", k=float(number))

    def column(self, name: str) -> int:
        """The place of what a bar brings."""
        return self.node(name)

    def before(self, name: str) -> int:
        """The place of what the bar before brought."""
        return self.node("lag", self.node(name), n=1)

    def _made(self, kind: str, inputs: tuple[int, ...], n: int, k: float) -> Node:
        read, known = [self.nodes[place] for place in inputs], KINDS.get(kind)
        own = known.memory(n) if known else 0
        return Node(
            tape=self.tape,
            kind=kind,
            inputs=inputs,
            n=n,
            k=k,
            level=1 + max((node.level for node in read), default=-1),
            exact=all(node.exact for node in read) and not (known and known.rounds),
            memory=own + max((node.memory for node in read), default=0),
        )
