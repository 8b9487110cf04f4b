"""The facts of the registry by the names people give them."""

import re
from collections.abc import Mapping
from functools import cache

from ..errors import UnknownName


def fact_names() -> tuple[str, ...]:
    """Every name of the registry, in its order."""
    from ..facts.registry import REGISTRY

    return tuple(REGISTRY)


def read_fact(words: str) -> str:
    """The fact that *words* name: by its own name, its label, or as people say it.

    Raises:
        UnknownName: It is none of the registry; with the nearest names.

    Example:
        >>> read_fact("the P/E"), read_fact("debt-to-equity ratio"), read_fact("RSI_14")
        ('pe_trailing', 'debt_to_equity', 'rsi_14')
    """
    name = find_fact(words)
    if name is None:
        raise UnknownName("fact", words.strip(), fact_names())
    return name


def find_fact(words: str) -> str | None:
    """As `read_fact`; None when it is none of the registry."""
    plain = re.sub(r"^(?:the|its|their)\s+", "", words.strip(" ?.!,\"'").casefold())
    spoken = names_said()
    return spoken.get(name_key(plain)) or spoken.get(
        name_key(re.sub(r"[\s\-]+(?:ratio|score)$", "", plain))
    )


@cache
def names_said() -> Mapping[str, str]:
    """Every name people use, to the fact; a fact's own name wins over what others are called."""
    from ..facts.registry import REGISTRY

    names = {
        name_key(word): name
        for name, spec in reversed(tuple(REGISTRY.items()))
        for word in (*spec.words, spec.label)
    }
    return names | {name_key(name): name for name in REGISTRY}


def name_key(name: str) -> str:
    """The same for `debt_to_equity`, `Debt-to-equity` and `debt to equity`."""
    return re.sub(r"[\s\-_]+", " ", name.casefold()).strip()
