"""`preview`: how often a rule would have fired, and what followed.

Ask -> rule, bars -> Preview
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.english import parse_rule
from ..core.errors import AskError
from ..core.market import Interval
from ..core.preview import Preview, preview
from ..core.rule import Rule
from ..core.scan import Sought
from ..core.verbs import Ask
from .resolve import resolve
from .strategy import rule_provider
from .tape import moment_of, tape_of, world_of

if TYPE_CHECKING:
    from .desk import Desk

_REST_OF_A_LINE = re.compile(r"\d+\w+(\s+@\S+)?\s*:(?=\s|$)")
"""What follows the ticker in a line of the watchlist."""


def look_back(desk: "Desk", ask: Ask) -> Preview:
    """What the rule that was asked for would have done.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.
        AskError: The rule names another provider.
        UnknownTicker: The provider knows no prices of that name.
        DataError: The bars could not be had, or are too few.
    """
    with desk.timed() as timing:
        rule = _rule(desk, ask)
        bars, said = tape_of(desk, ask, rule.interval)
        rule = replace(rule, ticker=bars.ticker)
        sought = Sought(
            kind="rule",
            name=str(rule.condition),
            interval=rule.interval,
            entry=rule.condition,
            exit=rule.rearm,
        )
        answer = preview(
            rule,
            bars,
            world_of(desk, ask, sought, bars.ticker),
            provider=desk.data.name,
            as_of=moment_of(desk, ask, bars.ticker),
            said_back=" ".join(part for part in (ask.said_back, said, rule.said_back) if part),
        )
        fictional = desk.data.capabilities.fictional
        return replace(answer, fictional=fictional, timing=timing())


def _rule(desk: "Desk", ask: Ask) -> Rule:
    ticker, _ = resolve(ask.tickers[0], desk.data)
    interval = ask.options.get("interval")
    text = f"{ticker} {ask.words}" if _REST_OF_A_LINE.match(ask.words) else ask.words
    rule = parse_rule(
        text,
        ticker,
        interval=None if interval is None else Interval.of(str(interval)),
        default_provider=desk.config.provider,
    )
    if rule.provider not in (None, desk.address):
        raise AskError(
            f"The rule is about the bars of {rule.provider}, and {desk.address} was asked.",
            seen=str(rule),
            needed=f"the provider {rule.provider}",
            cure=f"Add --provider {rule.provider}.",
        )
    return replace(rule, provider=rule_provider(desk))
