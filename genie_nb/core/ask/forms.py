"""The forms a request in plain words can have.

    Request -> the first form that fits -> Ask

A form that does not account for every word does not fit.
"""

import re
from collections.abc import Callable, Sequence

from ..errors import AskError
from ..ticker import is_legal_form, is_ticker, read_names
from ..verbs import VERBS, Ask
from .bare_condition import bare_condition, look_back, watch_line
from .counting import counted
from .declining import decline, decline_silence
from .fact_name import find_fact
from .following import follow
from .question import questions, topic_of
from .quoting import split_words
from .request import PRONOUN, Request, tickers_in, written_tickers
from .rule_words import canonical
from .subject import split_subject
from .tending import tend
from .watching import watch

_NAME = r"(?P<name>\$?[\w^][\w.&^=/\-]*(?:'s)?(?:\s+(?!and\b|or\b)[\w.&\-]+){0,3}?)"
_LAST_MARK = r"\s*[.?!]*$"

_ANALYZE = re.compile(
    r"^(?:analy[sz]e|research|examine|review|evaluate|study|size up|break down|dig into|look (?:at|into)"
    r"|(?:take|have) a (?:\w+ )?look (?:at|into)|check out|what about|how about"
    r"|(?:tell me|what do you know|what can you tell me) (?:all |everything |more |something )?about"
    r"|(?:give me |do |run |show me |get me )?(?:(?:an?|the) )?(?:\w+ )?(?:analysis|report|rundown|overview|deep dive|picture) (?:of|on|for|into))"
    r"(?:\s+(?P<rest>.+))?$",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(r"^(?:what|how) about\b", re.IGNORECASE)
_COMPARE = (
    re.compile(
        r"^(?:compare|(?:show (?:me )?|give me )?(?:a |the )?comparison (?:of|between)|(?:what is |what's )?(?:the )?differences? between)"
        r"\s+(?P<names>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^how do\s+(?P<names>.+?)\s+compare$", re.IGNORECASE),
    re.compile(
        r"^how (?:does|do|is|would)\s+(?P<a>.+?)\s+(?:compare|stack up|measure up|compared)\s*(?:to|with|against)\s+(?P<b>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^(?P<a>\S+(?:\s+\S+)?)\s+(?:vs\.?|versus)\s+(?P<b>.+)$", re.IGNORECASE),
    re.compile(r"^(?:and )?(?:vs\.?|versus|against)\s+(?P<names>.+)$", re.IGNORECASE),
    re.compile(
        r"^put\s+(?P<a>\S+(?: (?!and )\S+){0,2}?)\s+(?:next to|beside|alongside|up against|against)\s+(?P<b>.+?)(?:\s+side by side)?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:put|show|see|look at)(?: me)?\s+(?P<names>.+?)\s+side[- ]by[- ]side$", re.IGNORECASE
    ),
    re.compile(
        r"^(?i:is|are|does|do|has|have)\s+(?P<a>\$?[A-Z]\S*(?: [A-Z]\S*){0,2})\s+(?:(?:have|has|a|any) )*"
        r"(?:(?i:more|less|fewer|better|worse|\w+er))\b(?: [a-z-]+){0,3} than\s+(?P<b>\$?[A-Z].*)$"
    ),
    re.compile(
        r"^(?i:which)\b[^,:]*[,:]\s*(?P<names>\$?[A-Z]\S*(?: [A-Z]\S*)?(?:, \S+)* or \S.*)$"
    ),
)
_WHY = (
    r"where (?:does|do|did|is|are) (?P<what>.+?) (?:come|coming|taken) from",
    r"(?:what is|what's) the (?:source|formula|origin) (?:of|for|behind) (?P<what>.+?)",
    r"how (?:is|are|was|do you|did you) (?P<what>.+?) (?:calculated|computed|worked out|derived|made|measured)",
    r"how (?:do|did) you (?:get|calculate|compute|work out) (?P<what>.+?)",
    r"(?:show|tell) me how (?P<what>.+?) (?:is|are|was) (?:calculated|computed|worked out|derived|made|measured)",
    r"(?:what is|what's) behind (?P<what>.+?)",
    r"where (?:do|did) you (?:get|take|have) (?P<what>.+?)(?: from)?",
    r"(?:explain|why is|why are|why) (?P<what>.+?)",
)
_OF = re.compile(
    rf"^(?P<what>.+?)\s+(?:of|for|in|with|about|on|at|does|facing|behind)\s+{_NAME}{_LAST_MARK}",
    re.IGNORECASE,
)
_BUY = re.compile(
    r"^(?:(?:should|shall) (?:i|we|one|you) (?:\w+ )?|is (?:now|this|it) a good (?:time|moment) to )"
    rf"(?:buy|sell|own|hold|get|add|short|keep|dump|invest in)\s+{_NAME}"
    rf"(?P<more>\s+(?:now|today|or not|stock|shares?))*{_LAST_MARK}",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"^(?:is|are|does|do|has|have|did|can|could|will|would|how is|how's|what is|what's|what are|how (?:risky|volatile|liquid|big|"
    rf"expensive|profitable|cheap|safe|leveraged) is|when does|who covers)\s+{_NAME}(?:\s+(?P<more>.+?))?{_LAST_MARK}",
    re.IGNORECASE,
)
_ANYBODY = "NOBODY"
"""Stands for each of the stocks that are searched."""
_DOCTOR = re.compile(
    r"^(?:doctor|is everything (?:ok|okay|fine|working|reachable|installed).*|are you (?:ok|okay|working).*)$",
    re.IGNORECASE,
)
_THE_STRATEGY = (
    r"(?:the\s+|an?\s+)?(?P<strategy>(?!(?:best|the|an?)\b)[a-z_]+(?:[ -][a-z_]+){0,2}?)"
)
_STRATEGY = (
    re.compile(
        rf"^(?:show(?: me)?|draw|test|try|run|chart|backtest|what would|how would)\s+{_THE_STRATEGY}\s+strategy"
        rf"(?:\s+have\s+(?:done|made|performed|returned))?\s+(?:on|for|with|of)\s+{_NAME}{_LAST_MARK}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?:(?:run |do )?(?:an? )?backtest(?: of)?|how (?:did|would|does))\s+{_THE_STRATEGY}(?:\s+strategy)?"
        rf"(?:\s+(?:do|perform|have (?:done|performed)))?\s+(?:on|for|with)\s+{_NAME}{_LAST_MARK}",
        re.IGNORECASE,
    ),
)
_TUNE = re.compile(
    r"^tune\s+(?:(?:the\s+|an?\s+)?(?P<strategy>[a-z_]+(?:[ -][a-z_]+){0,2}?)(?:\s+strategy)?\s+(?:on|for)\s+)?"
    rf"{_NAME}{_LAST_MARK}",
    re.IGNORECASE,
)
_SETUP = re.compile(
    r"^(?:set ?up(?:\s+(?:(?:the|my|some) )?(?:smart )?alerts(?: for| on)?)?|set(?=.+ up[.!]?$)"
    r"|(?P<all>(?:(?:i want|i need|i'd like|give me) )?full coverage (?:for|of|on))"
    r"|smart (?:alerts?|strategy|set-?up) (?:for|on)"
    r"|(?P<shown>(?:find|pick|choose|show(?: me)?|what(?:'s| is)|which is) the best strategy (?:for|on|to|with))"
    r"|(?:apply|use) (?:the )?(?:best|smart) strategy (?:for|on|to|with))"
    rf"\s+{_NAME}(?:\s+up)?{_LAST_MARK}",
    re.IGNORECASE,
)
_ALERTS = re.compile(r"(?:smart )?(?:alerts?|coverage)", re.IGNORECASE)
_EVERY = re.compile(r"(?:all|every|each|my|our|the|some)\b", re.IGNORECASE)
_SCAN = (
    re.compile(r"^scan\s+(?P<what>\S.*?)[.?!]*$", re.IGNORECASE),
    re.compile(
        r"^(?:which|what|find(?: me)?|show(?: me)?|list)\s+(?:all |the |any )*(?:stocks|tickers|companies|shares|names)\s+"
        r"(?:(?:are|is|have|has|that|which|who|with|where|currently)\s+)*(?P<what>\S.*?)[.?!]*$",
        re.IGNORECASE,
    ),
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:the|this|us|stock) (?:\w+ )?(?:markets?|economy|rally|index)\b|\b(?:small|large|mega).caps\b",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset({
    "a", "an", "and", "any", "are", "be", "best", "buy", "company", "debt", "do", "earnings",
    "everyone", "for", "going", "good", "growth", "has", "have", "he", "how", "i", "in", "is", "it's", "its",
    "market", "me", "my", "now", "of", "on", "one", "or", "our", "profit", "risk", "risks",
    "sector", "she", "stock", "stocks", "that", "the", "their", "them", "there", "these",
    "they", "those", "today", "us", "we", "weather", "what", "who", "why", "world", "you",
    "your",
})  # fmt: skip


def _analyze(request: Request) -> Ask | None:
    match = _ANALYZE.match(request.whole)
    if match is None:
        return None
    said = match["rest"] or ""
    if _WHAT_ABOUT.match(request.whole) and topic_of(said):
        return None
    subject, asked = split_subject(split_words(said))
    names = request.names(subject)
    return Ask(verb="analyze", tickers=counted(VERBS["analyze"], names), words=asked)


def _compare(request: Request) -> Ask | None:
    text = re.sub(r"[.?!]+$", "", request.whole)
    for form in _COMPARE:
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        words = parts.get("names") or f"{parts['a']} with {parts['b']}"
        names = request.names(split_words(words), many=True, example="Compare ACME to WNCH")
        if (
            len(names) == 1
            and request.last
            and len(request.last.tickers) == 1
            and names != request.last.tickers
        ):
            names = (*request.last.tickers, *names)
        return Ask(verb="compare", tickers=counted(VERBS["compare"], names))
    return None


def _why(request: Request) -> Ask | None:
    for form in _WHY:
        match = re.match(rf"^{form}{_LAST_MARK}", request.whole, re.IGNORECASE)
        if match is None:
            continue
        fact, name = _fact_and_name(match["what"])
        if fact is None:
            continue
        tickers = request.names(
            [name] if name else ["it"], example="Where does the P/E of ACME come from?"
        )
        if len(tickers) == 1:
            return Ask(verb="why", word=fact, tickers=tickers)
    return None


def _fact_and_name(what: str) -> tuple[str | None, str]:
    """`the P/E of ACME`, `ACME's P/E`, `ACME P/E` or `the P/E`, taken apart."""
    what = re.sub(
        r"\s+(?:of\s+)?(?:so\s+)?(?:high|low|\$?[\d.,]+%?)$", "", what.strip(), flags=re.IGNORECASE
    )
    for form in (
        r"(?P<fact>.+?) (?:of|for|in|at) (?P<name>.+)",
        r"(?P<name>\S+?)'s (?P<fact>.+)",
        r"(?P<name>[A-Z.^\-]{1,8}) (?P<fact>.+)",
        r"(?P<fact>.+)",
    ):
        match = re.fullmatch(form, what)
        fact = find_fact(match["fact"]) if match else None
        if match and fact:
            return fact, match.groupdict().get("name") or ""
    return None, ""


def _strategy(request: Request) -> Ask | None:
    from ..strategies import BUILT_IN

    for form in _STRATEGY:
        match = form.match(request.whole)
        word = "_".join(re.findall(r"\w+", match["strategy"].casefold())) if match else ""
        if match and (form is _STRATEGY[0] or word in BUILT_IN):
            names = request.names(
                split_words(match["name"]), example="Show the breakout strategy on ACME"
            )
            return Ask(verb="strategy", word=word, tickers=counted(VERBS["strategy"], names))
    return None


def _tune(request: Request) -> Ask | None:
    match = _TUNE.match(request.whole)
    if match is None:
        return None
    word = "_".join(re.findall(r"\w+", (match["strategy"] or "").casefold()))
    names = request.names(split_words(match["name"]), example="Tune the breakout strategy on ACME")
    return Ask(verb="tune", word=word, tickers=counted(VERBS["tune"], names))


def _setup(request: Request) -> Ask | None:
    match = _SETUP.match(request.whole)
    if match is None:
        return None
    said = "it" if _ALERTS.fullmatch(match["name"]) else match["name"]
    names = request.names(split_words(said), example="Set up smart alerts for ACME")
    if re.search(r"[.?!]\s", match["name"]) or _EVERY.match(match["name"]):
        raise AskError(
            f"{match['name']!r} is not one company.",
            seen=match["name"],
            needed="a ticker",
            cure="Set up one at a time, for example: Set up smart alerts for ACME",
        )
    options: dict[str, object] = {"all": True} if match["all"] else {}
    options |= {"dry_run": True} if match["shown"] else {}
    return Ask(verb="setup", tickers=counted(VERBS["setup"], names), options=options)


def _scan(request: Request) -> Ask | None:
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


def _doctor(request: Request) -> Ask | None:
    return Ask(verb="doctor") if _DOCTOR.match(request.whole) else None


def _question_about_a_name(request: Request) -> Ask | None:
    """`Should I buy ACME?`, `What are the risks of ACME?`, `Is ACME profitable?`, and the like."""
    for form in (_BUY, _OF, _ABOUT):
        match = form.match(request.first)
        if match is None:
            continue
        name = re.sub(r"'s$", "", match["name"])
        rest = (match.groupdict().get("what") or match.groupdict().get("more") or "").strip()
        asked = rest if form is not _ABOUT else request.first
        if form is not _BUY and topic_of(asked) is None:
            continue
        legal = re.match(r"[\w.]+", rest) if form is _ABOUT else None
        found = _as_name(
            f"{name} {legal.group()}" if legal and is_legal_form(legal.group()) else name
        )
        if found:
            return Ask(verb="analyze", tickers=found, words=request.whole)
    return _questions_with_a_ticker(request)


def _questions_with_a_ticker(request: Request) -> Ask | None:
    """Questions that facts can answer, with one ticker somewhere among them: `How much debt does ACME have?`."""
    named = dict.fromkeys(
        read_names([word], many=False)[0] for word in written_tickers(request.whole)
    )
    asked = questions(request.whole)
    if len(named) != 1 or not asked or any(one.topic is None for one in asked):
        return None
    if _OTHER_SUBJECT.search(request.whole):
        return None
    return Ask(verb="analyze", tickers=tuple(named), words=request.whole)


def _as_name(name: str) -> tuple[str, ...]:
    """The name in a question, when it is one: written as a ticker, or with a capital letter."""
    words = name.split()
    written = [word for word in words if written_tickers(word)]
    if len(written) == 1 and all(word.islower() for word in words if word not in written):
        words, name = written, written[0]
    if re.fullmatch(PRONOUN, name, re.IGNORECASE) and not name.isupper():
        return ()
    if words[0].casefold() in _NOT_NAMES and not (words[0].isupper() and len(words[0]) > 1):
        return ()
    capital = any(letter.isupper() for letter in name) or name.startswith(("$", "^"))
    alone = len(words) == 1 and is_ticker(name.upper()) and topic_of(name) is None
    if not capital and not alone:
        return ()
    names = read_names(words, many=False)
    return names if len(names) == 1 else ()


def _follow_up(request: Request) -> Ask | None:
    """Questions about the company of the request before: as in "What's the biggest risk here?"."""
    asked = questions(request.whole)
    others = [
        word
        for word in tickers_in(request.whole)
        if not (request.last and word in request.last.tickers)
    ]
    if not asked or any(question.topic is None for question in asked):
        return None
    if others or _OTHER_SUBJECT.search(request.whole):
        return None
    return Ask(verb="analyze", tickers=request.names(["it"]), words=request.whole)


def _bare_name(request: Request) -> Ask | None:
    """A ticker alone, written as one, with or without questions: `CRSR. Is it profitable?`, for one."""
    subject, asked = split_subject(split_words(request.whole))
    if len(subject) != 1 or written_tickers(subject[0]) == []:
        return None
    known = all(question.topic for question in questions(asked))
    return (
        Ask(verb="analyze", tickers=read_names(subject, many=False), words=asked) if known else None
    )


FORMS: Sequence[Callable[[Request], Ask | None]] = (
    follow,
    tend,
    decline_silence,
    watch,
    decline,
    _strategy,
    _tune,
    _setup,
    _doctor,
    _scan,
    look_back,
    watch_line,
    _why,
    _compare,
    _analyze,
    _bare_name,
    _question_about_a_name,
    _follow_up,
    bare_condition,
)
"""The forms a request can have, in the order they are tried."""
