"""Python calls in plain words."""

from pathlib import Path
from typing import Any, Self

from ... import answer, asking
from ...answer import Answer
from ...core.ask import conversation
from ...core.ask.command import make_ask
from ...core.verbs import Ask
from .call import Moment


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
    """How plain words are understood, without doing it; needs no data.

    Args:
        words: As for `ask`; what is not understood is an answer too.

    Raises:
        AskError: These are no words.

    Example:
        >>> read("let me know if X drops below its 50-day moving average").to_dict()["rule"]
        'X 1d: close crosses below sma(50)'
    """
    return Conversation().read(words)


class Conversation:
    """Requests in plain words, in which "this" and "here" mean what was spoken of before.

    Example:
        >>> talk = Conversation()
        >>> talk.read("analyze ACME").tickers
        ('ACME',)
        >>> talk.read("What's the biggest risk here?").tickers
        ('ACME',)
        >>> Conversation.from_dict(talk.to_dict()).read("and its margins?").tickers
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
        meant = asking.meaning(self._talk, make_ask("ask", words=words, options=options))
        found = answer.run(meant)
        found.follow_up = self._talk.goes_on(meant)
        self._talk = self._talk.after(meant, found.value)
        return found

    def read(self, words: str) -> Answer:
        """How the words are understood at this point of the talk. Errors as for `genie_nb.read`."""
        reading, self._talk = self._talk.read(words)
        return Answer(asking.advised(reading, self._talk), Ask(verb="read", words=words))

    def to_dict(self) -> dict[str, Any]:
        """The `genie-conversation/1` JSON: what was asked, without sinks, secrets and folders."""
        return self._talk.to_dict()

    @classmethod
    def from_dict(cls, saved: object) -> Self:
        """The conversation that `to_dict` wrote.

        Raises:
            AskError: This is no saved conversation.
        """
        talk = cls()
        talk._talk = conversation.Conversation.from_dict(saved)
        return talk

    def save(self, path: str | Path) -> Path:
        """Write it to a file, to be gone on with another day.

        Raises:
            BadConfig: The file cannot be written.
        """
        from ...desk.talks import save

        return save(self._talk, path)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The conversation that `save` wrote.

        Raises:
            AskError: The file is not there, or holds no saved conversation.
        """
        from ...desk.talks import load

        talk = cls()
        talk._talk = load(path)
        return talk
