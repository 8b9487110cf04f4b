"""Insider trades out of Yahoo's list, whose transaction column is blank: the sentence tells the kind."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from ...core.fundamentals import InsiderTrade
from .values import day, number, text

type TradeKind = Literal["purchase", "sale", "award", "exercise", "gift", "tax", "other"]

_SENTENCES: Mapping[str, TradeKind] = {
    "sale at price": "sale",
    "purchase at price": "purchase",
    "bought at price": "purchase",
    "stock award": "award",
    "stock gift": "gift",
    "conversion of exercise": "exercise",
}


def read_insider_trades(module: Any) -> tuple[InsiderTrade, ...] | None:
    """All trades in an `insiderTransactions` module, newest first; None where there is no module.

    Foreign companies file no such reports: for them Yahoo has no module rather than an empty one.
    """
    if not isinstance(module, dict) or "transactions" not in module:
        return None
    return tuple(sorted(_trades(module["transactions"]), key=lambda trade: trade.day, reverse=True))


def kind_of_trade(sentence: str) -> TradeKind:
    """What a transaction was, by Yahoo's sentence; an empty one is an award or an exercise.

    Example:
        >>> kind_of_trade("Sale at price 226.35 per share."), kind_of_trade("")
        ('sale', 'other')
    """
    said = sentence.strip().casefold()
    for start, kind in _SENTENCES.items():
        if said.startswith(start):
            return kind
    return "other"


def _trades(transactions: list[Any]) -> Iterator[InsiderTrade]:
    for transaction in transactions or []:
        when = day(transaction.get("startDate"))
        shares = number(transaction.get("shares"))
        if when is None or shares is None:
            continue
        yield InsiderTrade(
            day=when,
            name=text(transaction.get("filerName")) or "",
            position=text(transaction.get("filerRelation")) or "",
            kind=kind_of_trade(str(transaction.get("transactionText") or "")),
            shares=abs(shares),
            value=number(transaction.get("value")),
        )
