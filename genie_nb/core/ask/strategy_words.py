"""How a strategy and its parameters are called.

"the Mean-Reversion strategy" · "with lookback 30 and exit length of 15"
"""

import re

from ..errors import AskError

_PARAMETER = r"(?:an? |the )?{name}(?: of|:)?[ =]*(?P<number>\d+(?:\.\d+)?)(?: bars| days)?"


def called(said: str) -> str:
    """The name of a strategy as the registry writes it.

    Example:
        >>> called("Mean-Reversion")
        'mean_reversion'
    """
    return "_".join(re.findall(r"[a-z0-9]+", said.casefold()))


def parameters(strategy: str, said: str) -> dict[str, float]:
    """The parameters of a built-in strategy that the words set; none where there are no words.

    Raises:
        AskError: Some of the words set none.
    """
    from ..strategies import BUILT_IN

    known = [one.name for one in BUILT_IN[strategy].params] if strategy in BUILT_IN else []
    given: dict[str, float] = {}
    for part in filter(None, re.split(r"\s*(?:,|\band\b)\s*", said)):
        for name in known:
            form = _PARAMETER.format(name=name.replace("_", "[ _-]"))
            match = re.fullmatch(form, part, re.IGNORECASE)
            if match:
                given[name] = float(match["number"])
                break
        else:
            raise AskError(
                f"{part!r} sets no parameter of {strategy}.",
                seen=part,
                needed=f"one of {', '.join(known)}, with a number"
                if known
                else "a built-in strategy",
                cure="For example: Show the breakout strategy on ACME with lookback 30",
            )
    return given
