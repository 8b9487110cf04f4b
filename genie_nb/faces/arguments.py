"""Arguments of the Python functions, as the verb table takes them.

("fast", "slow") -> fast,slow    a Strategy -> its name    ["ACME", "WNCH"] -> ACME,WNCH,
"""

from collections.abc import Iterable
from pathlib import Path

from ..core.expr import Condition
from ..core.given import wrong_kind
from ..core.rule import Rule


def pair(names: object) -> str:
    """Two parameters by name."""
    listed = list(names) if isinstance(names, Iterable) else []
    if not listed or not all(isinstance(name, str) for name in listed):
        needed = "the names of two parameters"
        raise wrong_kind(names, of="map", needed=needed, example='map=("fast", "slow")')
    return ",".join(listed)


def refuse_what_is_no_rule(rule: object) -> None:
    """Raises AskError for anything but text, rules and conditions."""
    if not isinstance(rule, str | Rule | Condition):
        needed = "a rule or a condition, also as text, or Bars after one"
        raise wrong_kind(
            rule, of="The rule", needed=needed, example='preview("CRSR", "close > 25")'
        )


def sought(what: object) -> str:
    """A strategy's name, or a condition's text."""
    found = getattr(what, "condition", getattr(what, "name", what))
    if isinstance(found, str | Condition):
        return str(found)
    needed = "a strategy, its name, a rule or a condition"
    raise wrong_kind(what, of="What to look for", needed=needed, example='scan("breakout")')


def tickers_of(given: object) -> str | None:
    """A path, or tickers with a comma after each."""
    if given is None or isinstance(given, str | Path):
        return None if given is None else str(given)
    rows = getattr(given, "rows", given)
    tickers = [getattr(row, "ticker", row) for row in rows] if isinstance(rows, Iterable) else []
    if not tickers or not all(isinstance(ticker, str) for ticker in tickers):
        example = 'scan("breakout", ["ACME", "WNCH"])'
        needed = "tickers, a file of them or an answer with rows"
        raise wrong_kind(given, of="The universe", needed=needed, example=example)
    return "".join(f"{ticker}," for ticker in tickers)
