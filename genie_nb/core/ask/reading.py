"""How words were understood: the answer of `read`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..verbs import Ask
from .question import questions

RULE_VERBS = ("watch", "preview")
"""Verbs whose words are a rule of the rule language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a request in plain words is understood, without doing it.

    Attributes:
        words: What the user wrote.
        said_back: The reading as a sentence; what was not understood when there is none.
        ask: The request; None when the words were not understood.
        suggestions: Phrases to say instead, or next.
    """

    words: str
    said_back: str
    ask: Ask | None = None
    suggestions: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether every word was accounted for."""
        return self.ask is not None

    @property
    def verb(self) -> str | None:
        """The verb of the request; None when the words were not understood."""
        return None if self.ask is None else self.ask.verb

    @property
    def tickers(self) -> tuple[str, ...]:
        """Tickers, or company names as they were written."""
        return () if self.ask is None else self.ask.tickers

    @property
    def exit(self) -> int:
        """0, or 2 when the words were not understood."""
        return 0 if self.understood else 2

    def to_dict(self) -> dict[str, Any]:
        """The `genie-read/1` JSON."""
        ask = self.ask or Ask(verb="")
        rule = rule_line(ask)
        return {
            "schema": "genie-read/1",
            "as_of": None,
            "provider": None,
            "words": self.words,
            "verb": self.verb,
            "tickers": list(ask.tickers),
            "fact": ask.word or None if ask.verb == "why" else None,
            "strategy": ask.word or None if ask.verb == "strategy" else None,
            "questions": [
                {"topic": question.topic, "text": question.text}
                for question in questions(ask.words if ask.verb == "analyze" else "")
            ],
            "options": dict(ask.options),
            "rule": rule,
            "said_back": self.said_back,
            "understood": self.understood,
            "suggestions": list(self.suggestions),
        }


def rule_line(ask: Ask) -> str | None:
    """The rule a request is about, as its canonical line; None when it is about none.

    Example:
        >>> rule_line(Ask(verb="watch", tickers=("CRSR",), words="close > 25 once"))
        'CRSR 1d: close > 25 once'
    """
    if ask.verb not in RULE_VERBS or not ask.tickers:
        return None
    provider = ask.options.get("provider")
    source = f" @{provider}" if provider else ""
    return f"{ask.tickers[0]} {ask.options.get('interval', '1d')}{source}: {ask.words}"


def describe(ask: Ask) -> str:
    """A request as a sentence that says how it was read.

    Example:
        >>> describe(Ask(verb="analyze", tickers=("ACME",), words="Is it profitable?"))
        'I read this as: analyze ACME and answer on profitability.'
    """
    return f"I read this as: {_wish(ask)}."


def describe_again(ask: Ask, last: Ask) -> str:
    """A rule that was meant before, for another ticker or verb, with the defaults that its words were read by.

    Args:
        ask: The request now; its rule has the condition of *last*.
        last: The request that it repeats.

    Example:
        >>> last = Ask(verb="watch", tickers=("ACME",), words="rvol(20) > 1.5",
        ...            said_back='I read this as: ACME 1d: rvol(20) > 1.5 ("with volume" means rvol(20) > 1.5).')
        >>> describe_again(Ask(verb="watch", tickers=("DOCN",), words="rvol(20) > 1.5"), last)
        'I read this as: DOCN 1d: rvol(20) > 1.5 ("with volume" means rvol(20) > 1.5).'
    """
    if rule_line(ask) is None:
        return ""
    _, found, defaults = last.said_back.partition(f": {last.words}")
    return describe(ask).removesuffix(".") + (defaults if found else ".")


def _wish(ask: Ask) -> str:
    rule = rule_line(ask)
    if rule is not None:
        return (
            rule if ask.verb == "watch" else f"how often this came true, and what followed: {rule}"
        )
    if ask.verb in _TOLD:
        among = ask.options.get("universe")
        tail = f" among {among}" if among else ""
        return f"{_TOLD[ask.verb]} {ask.words}".strip(" :") + tail
    if ask.verb in _DESCRIBED:
        return _DESCRIBED[ask.verb](ask)
    return " ".join((ask.verb, *ask.tickers)) + _asked(ask.words)


def _setup(ask: Ask) -> str:
    which = "every strategy" if ask.options.get("all") else "the strategy that suits"
    verb = "prepare" if ask.options.get("dry_run") else "arm"
    return f"{verb} alerts for {ask.tickers[0]} by {which}"


def _set(ask: Ask) -> str:
    """The parameters of a strategy that a request sets."""
    given = ask.options.get("set")
    told = (
        [f"{name} {value:g}" for name, value in given.items()] if isinstance(given, Mapping) else []
    )
    return f" with {_listed(told)}" if told else ""


_DESCRIBED: Mapping[str, Callable[[Ask], str]] = {
    "compare": lambda ask: (
        f"compare {ask.tickers[0]} with {_listed(ask.tickers[1:])}"
        + (
            f" on {_SPOKEN.get(str(ask.options['on']), ask.options['on'])}"
            if "on" in ask.options
            else ""
        )
    ),
    "why": lambda ask: f"where {ask.word} of {ask.tickers[0]} comes from",
    "diff": lambda ask: (
        f"what changed with {ask.tickers[0]} since {ask.options.get('since', 'the last look at it')}"
    ),
    "tune": lambda ask: f"tune {ask.word or 'the strategy that fits'} on {ask.tickers[0]}",
    "panel": lambda ask: f"open the panel of {ask.tickers[0]}",
    "strategy": lambda ask: (
        f"what the strategy {ask.word} would have done on {ask.tickers[0]}" + _set(ask)
    ),
    "setup": _setup,
}

_TOLD = {
    "rotation": "set small companies against large ones",
    "scan": "search the universe for",
    "rules": "show what is watched",
    "unwatch": "stop watching",
    "snooze": "snooze",
    "check": "check every rule once",
    "alerts": "show the log of alerts",
    "run": "run the notebook",
    "config": "the settings:",
    "doctor": "see whether everything works",
    "schedule": "schedule the checks",
    "serve": "keep checking",
    "ledger": "the ledger:",
    "mcp": "serve the verbs to agents",
    "watching": "open the panel of what is watched",
}
"""Verbs that take no ticker, as a wish."""

_SPOKEN = {
    "should_buy": "what speaks for and against it",
    "biggest_risk": "its biggest risk",
    "what_would_change": "what would change the picture",
    "overbought": "whether it is overbought",
    "overview": "the whole",
    "advantage": "its competitive advantage",
    "short_interest": "short interest",
}
"""Topics whose name is not a word to say."""


def _asked(words: str) -> str:
    asked = questions(words)
    known = list(dict.fromkeys(_SPOKEN.get(q.topic, q.topic) for q in asked if q.topic))
    unread = [repr(q.text) for q in asked if q.topic is None]
    told = f" and answer on {_listed(known)}" if known else ""
    return told + (f"; facts cannot answer {_listed(unread)}" if unread else "")


def _listed(items: "list[str] | tuple[str, ...]") -> str:
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1])))
