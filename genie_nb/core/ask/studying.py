"""Strategies, what arms their alerts, and the search for what shows something.

"Show the breakout strategy on CRSR" · "Tune breakout on CRSR" · "Set up CRSR" · "Which stocks are oversold?"
"""

import re

from ..errors import AskError
from ..verbs import VERBS, Ask
from .canonical import canonical
from .counting import counted
from .quoting import split_words
from .request import LAST_MARK, NAME, Request
from .strategy_words import called, parameters

_ANYBODY = "NOBODY"
"""Stands for each of the stocks that are searched."""
_GIVEN = r"(?:,?\s+(?:with|using)\s+(?P<given>\S.*?))?"
_THE_STRATEGY = (
    r"(?:the\s+|an?\s+)?(?P<strategy>(?!(?:best|the|an?)\b)[a-z_]+(?:[ -][a-z_]+){0,2}?)"
)
_STRATEGY = (
    re.compile(
        rf"^(?:show(?: me)?|draw|test|try|run|chart|backtest|what would|how would)\s+{_THE_STRATEGY}\s+strategy"
        rf"(?:\s+have\s+(?:done|made|performed|returned))?\s+(?:on|for|with|of)\s+{NAME}{_GIVEN}{LAST_MARK}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?:(?:run |do |show(?: me)? )?(?:an? )?backtest(?: of)?|run|try|show(?: me)?|how (?:did|would|does))\s+{_THE_STRATEGY}(?:\s+strategy)?"
        rf"(?:\s+(?:do|perform|have (?:done|performed)))?\s+(?:on|for|with)\s+{NAME}{_GIVEN}{LAST_MARK}",
        re.IGNORECASE,
    ),
)
_OWN_RULE = re.compile(r"^(?:backtest\b|how would (?:buying|selling|going)\b)", re.IGNORECASE)
_TUNE = re.compile(
    r"^(?:tune|open (?:the |a )?(?:tuner|tuning panel|sliders) (?:for|on))\s+(?:(?:the\s+|an?\s+)?(?P<strategy>[a-z_]+(?:[ -][a-z_]+){0,2}?)(?:\s+strategy)?\s+(?:on|for)\s+)?"
    rf"{NAME}{LAST_MARK}",
    re.IGNORECASE,
)
_SETUP = re.compile(
    r"^(?:set ?up(?:\s+(?:(?:the|my|some) )?(?:smart )?alerts(?: for| on)?)?|set(?=.+ up[.!]?$)"
    r"|(?P<all>(?:(?:i want|i need|i'd like|give me) )?full coverage (?:for|of|on))"
    r"|smart (?:alerts?|strategy|set-?up) (?:for|on)"
    r"|(?P<shown>(?:find|pick|choose|show(?: me)?|what(?:'s| is)|which is) the best strategy (?:for|on|to|with)"
    r"|(?:show me )?(?:which|what) strategy (?:suits|fits|(?:is|works|does) best (?:for|on|with)|is (?:right|good) for))"
    r"|(?:apply|use) (?:the )?(?:best|smart) strategy (?:for|on|to|with))"
    rf"\s+{NAME}(?:\s+up)?{LAST_MARK}",
    re.IGNORECASE,
)
_SETUP_OF_TALK = re.compile(
    r"^(?:(?:apply|use) (?:the )?(?:best|smart) strategy|(?P<all>(?:i want |i need |i'd like |give me )?full coverage)"
    r"|smart alerts|(?P<shown>(?:find|pick|choose|show(?: me)?|what(?:'s| is)|which is) the best strategy"
    r"|(?:which|what) strategy (?:suits|fits|works|does|is)(?: it)?(?: the)?(?: best| better)?))"
    rf"(?: (?:here|now|then))?{LAST_MARK}",
    re.IGNORECASE,
)
"""Without a company: the one spoken of before is meant."""
_ALERTS = re.compile(r"(?:smart )?(?:alerts?|coverage)", re.IGNORECASE)
_EVERY = re.compile(r"(?:all|every|each|my|our|the|some)\b", re.IGNORECASE)
_SCAN = (
    re.compile(r"^(?:run a )?scan\s+(?P<what>\S.*?)[.?!]*$", re.IGNORECASE),
    re.compile(
        r"^(?:which|what|find(?: me)?|show(?: me)?|list)\s+(?:all |the |any )*(?:stocks|tickers|companies|shares|names)\s+"
        r"(?:(?:are|is|have|has|that|which|who|with|where|currently)\s+)*(?P<what>\S.*?)[.?!]*$",
        re.IGNORECASE,
    ),
)


def strategy(request: Request) -> Ask | None:
    """A wish to see what a strategy would have done.

    Raises:
        AskError: It sets what is no parameter of the strategy, or is about a rule and no strategy.
    """
    from ..strategies import BUILT_IN

    for form in _STRATEGY:
        match = form.match(request.whole)
        word = called(match["strategy"]) if match else ""
        if match and (form is _STRATEGY[0] or word in BUILT_IN):
            names = request.names(
                split_words(match["name"]), example="Show the breakout strategy on ACME"
            )
            given = parameters(word, match["given"] or "")
            options = {"set": given} if given else {}
            return Ask(
                verb="strategy",
                word=word,
                tickers=counted(VERBS["strategy"], names),
                options=options,
            )
    if _OWN_RULE.match(request.whole):
        raise AskError(
            "This asks how a rule of your own would have done, which is looked back on in the rule's words.",
            seen=request.whole,
            needed="a strategy of the package, or a rule",
            cure='For example: preview ACME "rsi(14) < 30". Or: Backtest breakout on ACME',
        )
    return None


def tune(request: Request) -> Ask | None:
    """A wish to change the parameters of a strategy by hand."""
    match = _TUNE.match(request.whole)
    if match is None:
        return None
    word = called(match["strategy"] or "")
    names = request.names(split_words(match["name"]), example="Tune the breakout strategy on ACME")
    return Ask(verb="tune", word=word, tickers=counted(VERBS["tune"], names))


def setup(request: Request) -> Ask | None:
    """A wish for the alerts of the strategy that suits a company, or to see which one does.

    Raises:
        AskError: It is about several companies, or none.
    """
    talked = _SETUP_OF_TALK.match(request.whole)
    if talked:
        names = request.names(["it"], example="Set up smart alerts for ACME")
        return Ask(verb="setup", tickers=counted(VERBS["setup"], names), options=_asked_of(talked))
    match = _SETUP.match(request.whole)
    if match is None:
        return None
    said = "it" if _ALERTS.fullmatch(match["name"]) else match["name"]
    names = request.names(split_words(said), example="Set up smart alerts for ACME")
    several = re.search(r"[.?!]\s|\b(?:for|on|with)\b", match["name"])
    if several or _EVERY.match(match["name"]):
        raise AskError(
            f"{match['name']!r} is not one company.",
            seen=match["name"],
            needed="a ticker",
            cure="Set up one at a time, for example: Set up smart alerts for ACME",
        )
    return Ask(verb="setup", tickers=counted(VERBS["setup"], names), options=_asked_of(match))


def _asked_of(match: re.Match[str]) -> dict[str, object]:
    """Whether every strategy is wished for, and whether only to be shown."""
    options: dict[str, object] = {"all": True} if match["all"] else {}
    return options | ({"dry_run": True} if match["shown"] else {})


def scan(request: Request) -> Ask | None:
    """A search by prices; stocks of another kind are not found here.

    Raises:
        RuleNotUnderstood: It speaks of stocks, and what they should show was not understood.
    """
    line, stocks = (form.match(request.whole) for form in _SCAN)
    if line:
        return canonical(Ask(verb="scan", words=line["what"]))
    if stocks is None or re.search(r"\b(?:i|we)\b", stocks["what"], re.IGNORECASE):
        return None
    from ..english import parse_rule

    parse_rule(stocks["what"], _ANYBODY)
    return Ask(verb="scan", words=stocks["what"])
