"""Where a company stands among its peers."""

from bisect import bisect_left

from ..facts.fact import Facts
from ..facts.peers import FEWEST, peer_values
from ..provider import PeerGroup
from .finding import Standing

COMPARED = (
    "pe_trailing", "pe_forward", "peg_ratio", "price_to_sales", "price_to_book", "ev_to_ebitda",
    "debt_to_equity", "gross_margin", "profit_margin", "revenue_growth_yoy", "return_on_equity",
)  # fmt: skip
"""Facts in which companies of one sector can be set side by side."""


def standings(facts: Facts, group: PeerGroup | None, ticker: str) -> tuple[Standing, ...]:
    """The place of *ticker* in each compared fact that at least one peer has.

    Args:
        facts: Its own.
        group: Its peers; None when the provider names none.
        ticker: The company, which is never its own peer.
    """
    if group is None:
        return ()
    known = {name for peer in group.members if peer.ticker != ticker for name in peer.values}
    return tuple(standing(name, facts[name].value, group) for name in COMPARED if name in known)


def standing(fact: str, value: float | None, group: PeerGroup) -> Standing:
    """The place of *value* among the peers that have *fact*.

    Args:
        fact: Its name in the registry.
        value: The company's own value; None when it has none.
        group: The peers.

    Returns:
        With the median and the share of members below *value*; both None with fewer than `FEWEST`
        members, and the reason said.
    """
    values = peer_values(group, fact)
    n = len(values.members)
    enough = values.median is not None
    ranked = [figure for _, figure in values.members]
    return Standing(
        fact=fact,
        median=values.median,
        n=n,
        members=tuple(ticker for ticker, _ in values.members),
        excluded=values.excluded,
        percentile=bisect_left(ranked, value) / n if enough and value is not None else None,
        basis=group.basis,
        source=group.source,
        reason=None if enough else f"a median needs {FEWEST} peers with this figure; {n} have it",
    )
