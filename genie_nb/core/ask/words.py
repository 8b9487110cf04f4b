"""Plain words, read into an Ask.

    "Analyze CRSR. Is it profitable?" -> Request -> the first form that fits -> Ask

Words that no form accounts for are refused, with the nearest phrase: nothing is guessed.
"""

from dataclasses import replace

from ..errors import AskError, RuleNotUnderstood
from ..verbs import Ask
from .bare_condition import refusal
from .canonical import canonical
from .forms import FORMS
from .memory import Memory
from .phrases import near_phrases
from .question import questions
from .reading import describe
from .request import Request, tickers_in
from .several import refuse_another
from .watching import ticker_missing, without_ticker

_SHOWN = 200
"""Characters that the nearest phrases are looked for with."""


def read_words(words: str, last: Ask | Memory | None = None) -> Ask:
    """What plain words ask for.

    Args:
        words: One request, such as "Analyze CRSR. Is it profitable?".
        last: The request before, or the whole talk, which "this" and "here" refer to.

    Raises:
        AskError: Some of it was not understood, or what it refers to is missing; says what and
            the nearest phrase.

    Example:
        >>> read_words("Should I buy ACME?").tickers
        ('ACME',)
    """
    ask = meant(words, last)
    if ask is None:
        raise not_understood(words, last)
    return ask


def meant(words: str, last: Ask | Memory | None = None) -> Ask | None:
    """As `read_words`; None where nothing can be told of the words but that no form fits them."""
    request = Request.of(words, last)
    if not request.whole.strip(".!, "):
        raise AskError(
            "This asks for nothing.",
            seen=words,
            needed="a question or wish",
            cure="For example: Analyze ACME. Is it profitable?",
        )
    refuse_another(request.whole)
    try:
        ask = _first_that_fits(request)
    except RuleNotUnderstood:
        raise
    except AskError as error:
        raise _but_for_the_ticker(request) or refusal(request) or error from None
    if ask is None:
        error = _but_for_the_ticker(request) or refusal(request)
        if error is None:
            return None
        raise error
    ask = canonical(ask) if ask.verb in ("analyze", "compare") else ask
    return replace(ask, said_back=ask.said_back or describe(ask))


def _first_that_fits(request: Request) -> Ask | None:
    return next((ask for form in FORMS if (ask := form(request)) is not None), None)


def _but_for_the_ticker(request: Request) -> AskError | None:
    """The error of a condition that would be understood with a ticker; None for other words."""
    rule = without_ticker(request)
    return ticker_missing(rule, request) if rule else None


def nearest(words: str, last: Ask | None) -> tuple[str, ...]:
    """The phrases near in meaning, if any, with the user's own ticker where one can be seen."""
    shown = words[:_SHOWN]
    named = tickers_in(shown)
    ticker = next(iter((*named, *(last.tickers if last else ()))), "ACME")
    near = near_phrases(shown) or (("Analyze ACME",) if named else ())
    return tuple(phrase.replace("ACME Corp", ticker).replace("ACME", ticker) for phrase in near)


def not_understood(words: str, last: Ask | Memory | None = None) -> AskError:
    """The refusal of words that no form fits, with the phrase near in meaning, if there is one."""
    request = Request.of(words, last)
    phrases = nearest(request.whole, request.last)
    unread = [question.text for question in questions(request.whole) if question.topic is None]
    seen = unread[0] if unread else request.whole
    return AskError(
        f"I did not understand {seen!r}.",
        seen=request.whole,
        needed="a request such as those of `genie help`",
        cure=f"Did you mean {phrases[0]!r}?" if phrases else "To see what can be asked: genie help",
    )
