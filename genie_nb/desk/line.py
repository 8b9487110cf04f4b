"""The one line that says what a check could see."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ..core.market import Bars
from ..core.rule import Rule
from ..core.watch import Outage
from .evaluate import Evaluated
from .feed import Feed
from .trouble import is_stale

NO_ALL_CLEAR = "silence here is not an all-clear"
NOT_EVALUATED = ": not evaluated"
"""How the reason ends why a rule was passed over."""
_EASTERN = "America/New_York"


def line_of(
    rules: Sequence[Rule],
    feed_of: Mapping[str, Feed],
    found: Mapping[str, Evaluated],
    outages: Sequence[Outage],
    *,
    unread: int,
    passed_by: Mapping[str, int],
) -> str:
    """What was checked, how new the bars are, and what was not seen.

    `checked 19 of 20 tickers, bars to 2026-01-12 16:00 ET, 1 stale; silence here is not an all-clear`
    """
    asked = dict.fromkeys(rule.ticker for rule in rules)
    missed = {rule.ticker for rule in rules if not found[rule.rule_id].complete}
    tapes = [
        (feed_of[rule.rule_id], bars)
        for rule in rules
        if isinstance(bars := feed_of[rule.rule_id].tapes[rule.ticker], Bars)
    ]
    stale = {bars.ticker for feed, bars in tapes if is_stale(feed, bars)}
    newest = max((bars for _, bars in tapes), key=lambda bars: bars.closed_at(), default=None)
    head = [
        f"checked {len(asked) - len(missed)} of {len(asked)} tickers",
        f"bars to {_clock(newest.closed_at(), newest.timezone)}" if newest else "",
        f"{len(stale)} stale" if stale else "",
    ]
    kinds = dict.fromkeys(f"{one.kind.replace('_', ' ')} ({one.subject})" for one in outages)
    lines = "1 line" if unread == 1 else f"{unread} lines"
    parts = [
        ", ".join(part for part in head if part),
        _passed_over(rules, feed_of, found),
        f"trouble: {', '.join(kinds)}" if kinds else "",
        f"{lines} of the watchlist cannot be read" if unread else "",
        not_asked(passed_by),
        NO_ALL_CLEAR,
    ]
    return "; ".join(part for part in parts if part)


def not_asked(passed_by: Mapping[str, int]) -> str:
    """How many rules were not looked at, as another provider was asked; empty where all were.

    Example:
        >>> not_asked({"yahoo": 2})
        '2 rules of another provider (yahoo) were not looked at'
    """
    if not passed_by:
        return ""
    count, names = sum(passed_by.values()), ", ".join(sorted(passed_by))
    which = "another provider" if len(passed_by) == 1 else "other providers"
    some = "1 rule" if count == 1 else f"{count} rules"
    return f"{some} of {which} ({names}) {'was' if count == 1 else 'were'} not looked at"


def _passed_over(
    rules: Sequence[Rule], feed_of: Mapping[str, Feed], found: Mapping[str, Evaluated]
) -> str:
    """Rules that were not evaluated though their bars came, and why; empty where there are none."""
    why = [
        found[rule.rule_id].unknown
        for rule in rules
        if found[rule.rule_id].state is None
        and not isinstance(feed_of[rule.rule_id].reading(rule), Exception)
    ]
    if not why:
        return ""
    head = "nothing was evaluated" if len(why) == len(rules) else f"{len(why)} rules passed over"
    return f"{head}: {why[0].removesuffix(NOT_EVALUATED)}"


def _clock(moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    name = "ET" if zone == _EASTERN else local.tzname() or zone
    return f"{local:%Y-%m-%d %H:%M} {name}"
