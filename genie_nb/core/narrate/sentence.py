"""The small pieces sentences are built from."""

from collections.abc import Iterable, Sequence

from ..facts.fact import Fact, Facts
from ..figures import written


def figure(fact: Fact, *, signed: bool = False) -> str:
    """A fact's value as people write it, such as `$850M` or `12 %`; "unknown" without one."""
    return written(fact.value, fact.unit, signed=signed)


def known(facts: Facts, *names: str) -> bool:
    """Whether all of these facts have a value."""
    return all(facts[name].value is not None for name in names)


def listed(items: Sequence[str], word: str = "and") -> str:
    """Items as a sentence lists them.

    Example:
        >>> listed(["debt", "growth", "price"])
        'debt, growth and price'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def joined(sentences: Iterable[str]) -> str:
    """Sentences that have something to say, one after another."""
    return " ".join(sentence for sentence in sentences if sentence)


def lowered(text: str) -> str:
    """A sentence continued after a colon: its first letter small unless it begins a name or number."""
    head, _, _ = text.partition(" ")
    plain = head.isalpha() and head[1:].islower()
    return text[0].lower() + text[1:] if plain else text


def unknown(fact: Fact, label: str) -> str:
    """One sentence saying that and why a fact is not known."""
    reason = (fact.reason or "the provider does not say").rstrip(".")
    return f"{label} is unknown: {reason}."
