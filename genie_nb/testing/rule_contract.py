"""The promises of a rule: what it says is settled when its bar closes, however often it is checked."""

from dataclasses import replace

from ..core.expr import Condition
from ..core.grammar import parse_condition, parse_rule
from ..core.market import Bars, Interval
from ..core.rule import Alert, Rule, due
from .line_contract import check_per_bar, check_text
from .promise import promise
from .trial import tapes


def check_rule(checked: str | Rule | Condition, *, interval: str | Interval = Interval.D1) -> None:
    """Evaluate a rule and say which promise it breaks.

    What holds for lines holds for the truth of a rule; its line in the watchlist reads back as the
    same rule; and checking it a few bars at a time finds the same alerts as checking once.

    Args:
        checked: A rule's line, a condition's text, a rule, or a condition.
        interval: The length of the bars to try a condition on; a rule has its own.

    Raises:
        AssertionError: A promise is broken; the message says which.
        RuleNotUnderstood: The text is neither.

    Example:
        >>> check_rule("close crosses above sma(50) and rvol(20) > 1.5")
        >>> check_rule("CRSR 1d: rsi(14) < 30 cooldown 5 bars")
    """
    rule = _rule(checked, Interval.of(interval))
    who = f"The rule {rule}"
    conditions = (rule.condition,) if rule.rearm is None else (rule.condition, rule.rearm)
    for condition in conditions:
        check_condition(condition, rule.interval)
    promise(parse_rule(str(rule)) == rule, "its line reads back as the same rule", of=who)
    for bars in tapes(rule.interval):
        _check_folding(rule, replace(bars, ticker=rule.ticker), who)


def check_condition(condition: Condition, interval: Interval) -> None:
    """Does the truth of a condition keep the promises of a line, and its text read back?

    Raises:
        AssertionError: It does not; the message says what is broken.
    """
    check_per_bar(f"The condition {condition}", condition.evaluate, interval)
    check_text(condition)


def _rule(checked: str | Rule | Condition, interval: Interval) -> Rule:
    if isinstance(checked, Rule):
        return checked
    if isinstance(checked, str) and ":" in checked:
        return parse_rule(checked)
    condition = parse_condition(checked) if isinstance(checked, str) else checked
    return Rule(ticker="TRIAL", interval=interval, condition=condition)


def _check_folding(rule: Rule, bars: Bars, who: str) -> None:
    _, armed = due(rule, bars.head(1), None)
    once, _ = due(rule, bars, armed)
    folded: list[Alert] = []
    state = armed
    for count in (*range(2, len(bars), 1 + len(bars) // 25), len(bars)):
        found, state = due(rule, bars.head(count), state)
        folded += found
    same = [alert.id for alert in once] == [alert.id for alert in folded]
    promise(same, "checked bar after bar it fires where it fires when checked once", of=who)
