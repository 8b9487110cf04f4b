"""Strategies in a talk, where the company is the one spoken of before.

after "Analyze CRSR": "show the breakout strategy" · "what would mean reversion have done?" · "tune breakout" · "backtest it"
"""

import re
from dataclasses import replace

from ..errors import AskError
from ..verbs import Ask
from .request import LAST_MARK, Request
from .strategy_words import called, parameters

_NAME = r"(?P<strategy>(?!(?:best|the|an?|which|what|smart)\b)[a-z_]+(?:[ -][a-z_]+){0,2}?)"
_SHOWN = re.compile(
    rf"^(?:(?:show(?: me)?|draw|test|try|run|chart|backtest|what (?:would|did)|how (?:would|did|does|about)|what about|and)\s+)?"
    rf"(?:the\s+|an?\s+)?{_NAME}\s+strategy(?:\s+(?:do|perform|have (?:done|made|performed|returned)))?"
    rf"(?:,?\s+(?:with|using)\s+(?P<given>\S.*?))?{LAST_MARK}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"^(?:test|try|run|(?:run |do )?(?:a )?backtest(?: of)?|what would|how (?:would|did|does))\s+(?:the\s+)?{_NAME}"
    rf"(?:\s+(?:do|perform|have (?:done|made|performed|returned)))?{LAST_MARK}",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    rf"^(?:show(?: me)?|draw|chart)\s+(?P<strategy>mean[ -]reversion|breakout|vwap[ _-]day){LAST_MARK}",
    re.IGNORECASE,
)
"""Without the word strategy, those that are no question about the company, as `show the trend` is."""
_TUNED = re.compile(
    rf"^tune\s+(?:it|this|that|the strategy|(?:the\s+)?{_NAME}(?P<told>\s+strategy)?){LAST_MARK}",
    re.IGNORECASE,
)
_TESTED = re.compile(
    r"^(?:run (?:a )?)?backtest(?: (?:it|this|that|the strategy))?[.?! ]*$", re.IGNORECASE
)


def strategy_shown(request: Request) -> Ask | None:
    """A wish to see a strategy without a word on whose prices.

    Raises:
        AskError: No company was spoken of before, or it sets what is no parameter of the strategy.
    """
    from ..strategies import BUILT_IN

    for form in (_SHOWN, _NAMED, _DRAWN):
        match = form.match(request.whole)
        word = called(match["strategy"]) if match else ""
        if match and word in BUILT_IN:
            given = parameters(word, match.groupdict().get("given") or "")
            return Ask(
                verb="strategy",
                word=word,
                tickers=request.names(["it"], example=f"{request.whole.rstrip('.?! ')} on ACME"),
                options={"set": given} if given else {},
            )
    return None


def strategy_tuned(request: Request) -> Ask | None:
    """A wish to tune a strategy, or the one shown last, without a word on whose prices.

    Raises:
        AskError: No company was spoken of before.
    """
    from ..strategies import BUILT_IN

    match = _TUNED.match(request.whole)
    if match is None:
        return None
    word = called(match["strategy"] or "")
    if word and word not in BUILT_IN and not match["told"]:
        return None
    names = request.names(["it"], example="Tune the breakout strategy on ACME")
    return Ask(verb="tune", word=word or _shown_last(request), tickers=names)


def strategy_again(request: Request) -> Ask | None:
    """A wish to backtest what was spoken of last, where that is no rule.

    Raises:
        AskError: No strategy was spoken of.
    """
    last = request.last
    if not _TESTED.match(request.whole) or last is None or last.verb in ("watch", "preview"):
        return None
    if last.verb == "strategy":
        return replace(last, said_back="")
    subject = request.memory.subject
    if subject is None or request.memory.rule is not None:
        return None
    raise AskError(
        "This does not say which strategy to backtest.",
        seen=request.whole,
        needed="a strategy, or a rule",
        cure=f"For example: Backtest breakout on {subject}. To see which one suits: Which strategy suits {subject}?",
    )


def _shown_last(request: Request) -> str:
    """The strategy that the request before was about; empty for another kind of request."""
    last = request.last
    return last.word if last and last.verb == "strategy" else ""
