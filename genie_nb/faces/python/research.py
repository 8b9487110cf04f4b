"""Python calls about companies."""

from pathlib import Path

from ...answer import Answer
from .call import Moment, do


def analyze(
    ticker: str,
    *questions: str,
    provider: str | None = None,
    as_of: Moment | None = None,
    shares: int | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Fundamentals, signals, checks and risks of one ticker.

    Args:
        ticker: A ticker in any case, or a company's name.
        *questions: To be answered from the facts, such as "Is it profitable?".
        provider: `demo`, `yahoo`, `files:DIR`; None for the configured one.
        as_of: Answer as if it were then; None for now.
        shares: The position that the exit cost is reckoned for.
        deadline: Seconds after which what is ready is shown.
        home: Directory of settings and cache; None for `GENIE_HOME`, else the user's.

    Raises:
        AskError: The ticker or an option could not be read.
        DataError: Nothing could be had from the provider, and why.

    Example:
        >>> report = analyze("ACME", provider="demo")
        >>> report.facts["market_cap"].value, report.facts["market_cap"].verdict
        (850000000.0, 'small')
    """
    return do("analyze", tickers=(ticker,), words=questions, provider=provider, as_of=as_of,
                shares=shares, deadline=deadline, home=home)  # fmt: skip


def compare(
    *tickers: str,
    on: str | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    shares: int | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Two to eight tickers side by side, and where they differ most.

    Args:
        tickers: Each as for `analyze`.
        on: What to say first of how they differ: "valuation", "debt", "growth", ….
        provider: As for `analyze`.
        as_of: As for `analyze`.
        shares: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        AskError: Fewer than two tickers or more than eight, or one could not be read.
        DataError: Nothing could be had from the provider for one of them, and why.
    """
    return do("compare", tickers=tickers, on=on, provider=provider, as_of=as_of, shares=shares,
                deadline=deadline, home=home)  # fmt: skip


def why(
    fact: str,
    ticker: str,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Where one number comes from: formula, inputs, other sources.

    Args:
        fact: A name of the fact registry, or as people say it: "P/E".
        ticker: As for `analyze`.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        UnknownName: There is no such fact.

    Example:
        >>> found = why("debt_to_equity", "ACME", provider="demo")
        >>> found.fact.value, found.fact.formula
        (0.4, "total debt / stockholders' equity")
    """
    return do("why", tickers=(ticker,), word=fact, provider=provider, as_of=as_of,
                deadline=deadline, home=home)  # fmt: skip


def rotation(
    *,
    on: str | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Small companies against large ones: who leads, since when, and how many take part.

    Args:
        on: What to say first: "breadth", "streak", "returns", "january" or "valuation".
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        SetupError: The provider has no index of small or of large companies, and none is configured.
        DataError: An index could not be had, and why.

    Example:
        >>> rotation(provider="demo").to_dict()["streak"]["length"]
        7
    """
    return do("rotation", on=on, provider=provider, as_of=as_of, deadline=deadline, home=home)


def diff(
    ticker: str,
    *,
    since: Moment | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """What changed with one ticker since it was last analyzed here, or since a day.

    Args:
        ticker: As for `analyze`.
        since: Compare with how it stood then; None for the last look at an earlier moment.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        AskError: There is no earlier look, or *since* is not before what is compared with it.
        SetupError: The record of looks is damaged.
        DataError: Nothing could be had from the provider, and why.

    Example:
        >>> found = diff("ACME", since="2025-08-01", provider="demo")
        >>> next(one.after for one in found.changes if one.name == "price")
        21.25
    """
    return do("diff", tickers=(ticker,), since=since, provider=provider, as_of=as_of,
                deadline=deadline, home=home)  # fmt: skip
