"""How many tickers a verb takes, and what to say when there are more or fewer."""

from ..errors import AskError
from ..verbs import VERBS, Verb


def counted(verb: Verb, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, when the verb takes as many.

    Raises:
        AskError: There are too few, too many, or one of them twice; says what to write.
    """
    fewest, most = verb.tickers
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if most > 1 and twice:
        raise AskError(
            f"{twice} is named twice.", seen=twice, needed="different tickers", cure="Keep one."
        )
    if len(names) < fewest:
        given = f", and only {names[0]} was given" if names else ""
        count = "a ticker" if fewest == 1 else f"{fewest} to {most} tickers"
        raise missing(verb, f"{verb.name} needs {count}{given}.", " ".join(names))
    if len(names) > most:
        raise _too_many(verb, names)
    return names


def missing(verb: Verb, message: str, seen: str) -> AskError:
    """The error for a request that lacks something the verb needs."""
    return AskError(message, seen=seen, needed=verb.usage, cure=f"For example: {verb.examples[0]}")


def _too_many(verb: Verb, names: tuple[str, ...]) -> AskError:
    most = verb.tickers[1]
    compare = VERBS["compare"].tickers[1]
    takes = f"{verb.name} takes {most if most > 1 else 'one'}"
    if len(names) <= compare:
        cure = f"To see them side by side: compare {' '.join(names)}. If it is one company, quote its name."
    elif verb.name == "compare":
        cure = f"Compare {most} at a time."
    else:
        cure = f"Ask for one at a time, or compare up to {compare}."
    return AskError(
        f"{len(names)} tickers were given, and {takes}.",
        seen=" ".join(names),
        needed=verb.usage,
        cure=cure,
    )
