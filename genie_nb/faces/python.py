"""The Python functions: each builds the Ask that the line would, and runs it.

analyze("ACME", "Is it profitable?") = %genie analyze ACME Is it profitable?
"""

from datetime import date
from pathlib import Path

from .. import answer
from ..answer import Answer
from ..core import conversation
from ..core.command import make_ask
from ..core.verbs import Ask

type Moment = str | date
"""A date (the end of that session at the exchange), or a time with its zone; text in ISO form."""


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
    """
    return _run("analyze", tickers=(ticker,), words=" ".join(questions), provider=provider, as_of=as_of,
                shares=shares, deadline=deadline, home=home)  # fmt: skip


def compare(
    *tickers: str,
    provider: str | None = None,
    as_of: Moment | None = None,
    shares: int | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Two to eight tickers side by side, and where they differ most. Arguments as for `analyze`."""
    return _run("compare", tickers=tickers, provider=provider, as_of=as_of, shares=shares,
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
    """
    return _run("why", tickers=(ticker,), word=fact, provider=provider, as_of=as_of,
                deadline=deadline, home=home)  # fmt: skip


def ask(
    words: str,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Do what plain words ask for.

    Args:
        words: One request, such as "Analyze ACME. Is it profitable?".
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        AskError: Some of it was not understood; nothing is guessed.
    """
    return Conversation().ask(words, provider=provider, as_of=as_of, deadline=deadline, home=home)


def read(words: str) -> Answer:
    """How plain words are understood, without doing it; needs no data."""
    return Conversation().read(words)


def doctor(
    *, provider: str | None = None, deadline: float | None = None, home: str | Path | None = None
) -> Answer:
    """Is everything installed, reachable and fresh?"""
    return _run("doctor", provider=provider, deadline=deadline, home=home)


class Conversation:
    """Requests in plain words, in which "this" and "here" mean what was spoken of before.

    Example:
        >>> talk = Conversation()
        >>> talk.read("analyze ACME").tickers
        ('ACME',)
        >>> talk.read("What's the biggest risk here?").tickers
        ('ACME',)
    """

    def __init__(self) -> None:
        self._talk = conversation.Conversation()

    def ask(
        self,
        words: str,
        *,
        provider: str | None = None,
        as_of: Moment | None = None,
        deadline: float | None = None,
        home: str | Path | None = None,
    ) -> Answer:
        """Do what the words ask for. Arguments and errors as for `genie_nb.ask`."""
        options = {"provider": provider, "as_of": as_of, "deadline": deadline, "home": home}
        meant = self._talk.meaning(make_ask("ask", words=words, options=options))
        found = answer.run(meant)
        self._talk = self._talk.after(meant)
        return found

    def read(self, words: str) -> Answer:
        """How the words are understood at this point of the talk."""
        reading, self._talk = self._talk.read(words)
        return Answer(reading, Ask(verb="read", words=words))


def _run(
    verb: str, *, tickers: tuple[str, ...] = (), word: str = "", words: str = "", **options: object
) -> Answer:
    return answer.run(make_ask(verb, tickers=tickers, word=word, words=words, options=options))
