"""The rule that a request is about, and the provider whose bars it reads."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.english import parse_rule
from ..core.errors import AskError
from ..core.market import Interval
from ..core.rule import Rule
from ..core.verbs import Ask
from .resolve import resolve

if TYPE_CHECKING:
    from .desk import Desk

_REST_OF_A_LINE = re.compile(r"\d+\w+(\s+@\S+)?\s*:(?=\s|$)")
"""What follows the ticker in a line of the watchlist."""


def rule_of(desk: "Desk", ask: Ask) -> Rule:
    """The rule that the words of a request say, for its ticker; its provider as it was written.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.
        UnknownTicker: The name resembles nothing that the provider knows.
    """
    ticker, _ = resolve(ask.tickers[0], desk.data)
    interval = ask.options.get("interval")
    text = f"{ticker} {ask.words}" if _REST_OF_A_LINE.match(ask.words) else ask.words
    length = None if interval is None else Interval.of(str(interval))
    return parse_rule(text, ticker, interval=length)


def rule_provider(desk: "Desk") -> str | None:
    """The provider that rules name: none when it is the configured one."""
    return None if desk.address == desk.config.provider else desk.address


def provider_of(desk: "Desk", rule: Rule) -> str:
    """The address of the provider whose bars a rule reads."""
    return rule.provider or desk.config.provider


def refuse_other_provider(desk: "Desk", rule: Rule) -> Rule:
    """The rule with this desk's provider.

    Raises:
        AskError: It names another one.
    """
    if rule.provider not in (None, desk.address):
        raise AskError(
            f"The rule is about the bars of {rule.provider}, and {desk.address} was asked.",
            seen=str(rule),
            needed=f"the provider {rule.provider}",
            cure=f"Add --provider {rule.provider}.",
        )
    return replace(rule, provider=rule_provider(desk))
