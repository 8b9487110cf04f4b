"""`watch`: arms a rule and says back what was understood.

Ask -> rule -> armed -> Watch
"""

from typing import TYPE_CHECKING

from ..core.verbs import Ask
from ..core.watch.arming import Watch
from .arm import arm
from .home import sinks_of
from .rule import refuse_other_provider, rule_of
from .tape import moment_of

if TYPE_CHECKING:
    from .desk import Desk


def watch(desk: "Desk", ask: Ask) -> Watch:
    """Arm the rule that was asked for, with the provider it names or that was asked.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.
        AskError: The rule cannot mean anything, has expired, or has no bars to be read from; or
            `--instead` names none or several.
        UnknownTicker: The provider knows no prices of that name.
        DataError: The bars could not be had.
        SetupError: Ledger or watchlist cannot be written, or a sink cannot be one.
    """
    with desk.timed() as timing:
        rule = rule_of(desk, ask)
        if rule.provider is not None and "provider" not in ask.options:
            desk = desk.beside(rule.provider)
        rule = refuse_other_provider(desk, rule)
        instead = str(ask.options.get("instead", ""))
        (armed,) = arm(desk, ask, [rule], sinks_of(desk, ask), instead=instead)
        return Watch(
            arming=armed,
            provider=desk.address,
            as_of=moment_of(desk, ask, armed.rule.ticker),
            fictional=desk.data.capabilities.fictional,
            timing=timing(),
        )
