"""One Python call: its Ask, run."""

from datetime import date

from ... import answer
from ...answer import Answer
from ...core.ask.command import make_ask

type Moment = str | date
"""A date (the end of that session at the exchange), or a time with its zone; text in ISO form."""


def do(
    verb: str,
    *,
    tickers: tuple[str, ...] = (),
    word: str = "",
    words: str | tuple[str, ...] = "",
    **options: object,
) -> Answer:
    """Build the Ask that the line would, and run it."""
    return answer.run(make_ask(verb, tickers=tickers, word=word, words=words, options=options))
