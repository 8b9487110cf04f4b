"""What has been said in a talk, as far as the next words can refer to it."""

from dataclasses import dataclass, replace
from typing import Any

from ..errors import AskError
from ..facts.about import ABOUT
from ..verbs import Ask
from .question import questions
from .reading import rule_line

MOST = 200
"""Requests that are remembered, the newest."""

_ABOUT_A_COMPANY = frozenset(
    {"analyze", "compare", "why", "strategy", "setup", "watch", "preview", "diff"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The requests so far, and what came of the last ones.

    Attributes:
        turns: The requests, oldest first.
        armed: Ids of the rules that the last arming added, which can be undone.
        fact: The fact that the last answer rests on; empty where there is none, or several.

    Example:
        >>> memory = Memory().after(Ask(verb="analyze", tickers=("ACME",), words="Is it profitable?"))
        >>> memory.last.tickers, memory.fact
        (('ACME',), 'profit_margin')
    """

    turns: tuple[Ask, ...] = ()
    armed: tuple[str, ...] = ()
    fact: str = ""

    @classmethod
    def of(cls, last: "Ask | Memory | None") -> "Memory":
        """The memory of one request, or of none."""
        if isinstance(last, Memory):
            return last
        return cls() if last is None else cls().after(last)

    @property
    def last(self) -> Ask | None:
        """The last request that was about a company."""
        return self._newest(_ABOUT_A_COMPANY)

    @property
    def report(self) -> Ask | None:
        """The last analysis."""
        return self._newest(frozenset({"analyze"}))

    @property
    def comparison(self) -> Ask | None:
        """The last comparison."""
        return self._newest(frozenset({"compare"}))

    @property
    def rule(self) -> Ask | None:
        """The last request that was about a rule."""
        return self._newest(frozenset({"watch", "preview"}))

    @property
    def subject(self) -> str | None:
        """The one ticker that `it` means; None before one was named, and after several were."""
        last = self.last
        return last.tickers[0] if last and len(last.tickers) == 1 else None

    def after(self, ask: Ask, value: Any = None) -> "Memory":
        """The memory once *ask* has been asked.

        Args:
            ask: The request.
            value: What was answered; None where it was only read, and the rule it would arm is meant.
        """
        turns = (*self.turns, ask)[-MOST:]
        armed = self.armed
        if ask.verb in ("watch", "setup"):
            armed = _meant_to_arm(ask) if value is None else _armed(value)
        elif ask.verb == "unwatch":
            armed = ()
        fact = (_behind(ask, value) or "") if ask.verb in _ABOUT_A_COMPANY else self.fact
        return replace(self, turns=turns, armed=armed, fact=fact)

    def _newest(self, verbs: frozenset[str]) -> Ask | None:
        return next((ask for ask in reversed(self.turns) if ask.verb in verbs), None)


def _meant_to_arm(ask: Ask) -> tuple[str, ...]:
    """The id of the rule that a request to watch arms."""
    line = rule_line(ask) if ask.verb == "watch" else None
    if line is None:
        return ()
    from ..english import parse_rule

    try:
        return (parse_rule(line).rule_id,)
    except AskError:
        return ()


def _armed(value: Any) -> tuple[str, ...]:
    """Ids of the rules that an answer says were added; those watched before stay when it is undone."""
    arming = getattr(value, "arming", None)
    armings = getattr(value, "armed", ()) if arming is None else (arming,)
    return tuple(one.rule.rule_id for one in armings if one.fresh)


def _behind(ask: Ask, value: Any) -> str | None:
    """The fact that the last question of a request is answered from."""
    if ask.verb == "why":
        return ask.word
    asked = [one.topic for one in questions(ask.words)] if ask.verb == "analyze" else []
    if not asked or asked[-1] is None:
        return None
    risks = [one for one in getattr(value, "risks", ()) if one.severity is not None]
    if asked[-1] == "biggest_risk" and risks and risks[0].evidence:
        return risks[0].evidence[0].name
    about = ABOUT.get(asked[-1])
    return None if about is None else about.first
