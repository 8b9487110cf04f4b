"""The companies of a comparison by their place in it.

"analyze the second one" after "compare ACME WNCH" -> analyze WNCH
"""

import re

from ..errors import AskError
from .memory import Memory

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_ONE = re.compile(
    rf"\bthe (?:(?P<place>{'|'.join(_PLACES)}) (?:one|company|stock|of (?:them|these|those))|(?P<pair>former|latter))(?![\w-])",
    re.IGNORECASE,
)


def named(words: list[str], memory: Memory) -> list[str]:
    """The words with the ticker in place of `the first one` and the like.

    Args:
        words: Of a request; those that were quoted stay as they are.
        memory: Whose last comparison is meant.

    Raises:
        AskError: Nothing was compared before, or not as many.

    Example:
        >>> from ..verbs import Ask
        >>> named(["analyze", "the", "latter"], Memory.of(Ask(verb="compare", tickers=("ACME", "WNCH"))))
        ['analyze', 'WNCH']
    """
    if any(" " in word for word in words):
        return words
    said = " ".join(words)
    if _ONE.search(said) is None:
        return words
    compared = memory.comparison.tickers if memory.comparison else ()

    def ticker(match: re.Match[str]) -> str:
        if match["pair"]:
            place = ("former", "latter").index(match["pair"].casefold())
            fits = len(compared) == 2
        else:
            place = _PLACES.index(match["place"].casefold())
            fits = place < len(compared)
        if not fits or " " in compared[place]:
            raise AskError(
                f"{match.group()!r} does not say which company is meant.",
                seen=said,
                needed="a ticker, or a comparison of as many before it",
                cure="Name it, for example: Analyze ACME",
            )
        return compared[place]

    return _ONE.sub(ticker, said).split()
