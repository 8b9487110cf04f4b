"""`preview`: how often a rule would have fired, and what followed.

Ask -> rule, bars -> Preview
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.preview import Preview, preview
from ..core.scan import Sought
from ..core.verbs import Ask
from .rule import refuse_other_provider, rule_of
from .tape import moment_of, tape_of, world_of

if TYPE_CHECKING:
    from .desk import Desk


def look_back(desk: "Desk", ask: Ask) -> Preview:
    """What the rule that was asked for would have done.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.
        AskError: The rule names another provider.
        UnknownTicker: The provider knows no prices of that name.
        DataError: The bars could not be had, or are too few.
    """
    with desk.timed() as timing:
        rule = refuse_other_provider(desk, rule_of(desk, ask))
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
