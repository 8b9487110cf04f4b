"""Peers: who has a multiple that means something, and their median."""

from dataclasses import dataclass
from math import isfinite
from statistics import median

from ..provider import PeerGroup

FEWEST = 8
"""Fewer peers than this have no median worth naming."""

POSITIVE = frozenset(
    {"pe_trailing", "pe_forward", "peg_ratio", "price_to_sales", "price_to_book", "ev_to_ebitda"}
)
"""Multiples that mean nothing when they are not positive."""

_NONE = {
    "pe_trailing": "no P/E: it makes a loss or the figure is missing",
    "pe_forward": "no forward P/E: a loss is expected or nobody estimates it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerValues:
    """One fact across a peer group.

    Attributes:
        members: Ticker and value of those that have it, smallest value first.
        excluded: Ticker and reason of the others.
        median: The middle value; None with fewer than `FEWEST` members.
    """

    members: tuple[tuple[str, float], ...]
    excluded: tuple[tuple[str, str], ...]
    median: float | None


def peer_values(group: PeerGroup, fact: str) -> PeerValues:
    """The values of *fact* in *group*, the company itself left out.

    No value is left out for being extreme: the median does not mind.
    """
    members: list[tuple[str, float]] = []
    excluded: list[tuple[str, str]] = []
    for peer in group.members:
        value = peer.values.get(fact)
        if peer.ticker == group.ticker:
            excluded.append((peer.ticker, "it is the company itself"))
        elif value is None or not isfinite(value):
            excluded.append((peer.ticker, _NONE.get(fact, "the figure is missing")))
        elif value <= 0 and fact in POSITIVE:
            excluded.append((peer.ticker, "not positive: it makes a loss"))
        else:
            members.append((peer.ticker, value))
    members.sort(key=lambda member: (member[1], member[0]))
    return PeerValues(
        members=tuple(members),
        excluded=tuple(excluded),
        median=median(value for _, value in members) if len(members) >= FEWEST else None,
    )
