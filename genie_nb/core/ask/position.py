"""The size of the position a question is about.

"What would selling 2 million shares of ACME cost?" -> --shares 2000000
"""

from dataclasses import replace

from ..errors import AskError
from ..verbs import Ask
from .question import questions


def sized(ask: Ask) -> Ask:
    """The analysis with the position that its questions name; as it is where they name none, or several.

    Example:
        >>> sized(Ask(verb="analyze", tickers=("ACME",), words="Can I sell 50k shares quickly?")).options
        {'shares': 50000}
    """
    if "shares" in ask.options or "share" not in ask.words.casefold():
        return ask
    liquid = [one.text for one in questions(ask.words) if one.topic == "liquidity"]
    named = {number for text in liquid for number in _shares(text)}
    if len(named) != 1:
        return ask
    return replace(ask, options={**ask.options, "shares": named.pop()})


def _shares(text: str) -> set[int]:
    """Whole numbers of shares in the text."""
    from ..english.letters import with_letters
    from ..english.numbers import AMOUNTS, spoken
    from ..english.piece import cut

    try:
        pieces = AMOUNTS.rewrite(spoken(with_letters(text, cut(text))))
    except AskError:
        return set()
    found = (piece.number for piece in pieces if piece.kind == "shares")
    return {int(number) for number in found if number == int(number) and number > 0}
