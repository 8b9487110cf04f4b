"""A talk in which "this" and "here" mean what was spoken of before.

Conversation + words -> Ask -> the conversation after it. It is a value: saved, resumed and replayed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from ..errors import AskError
from ..verbs import VERBS, Ask
from .guide import Guide
from .memory import Memory
from .quoting import split_words
from .reading import Reading
from .saved import from_dict, to_dict
from .understanding import possible, read, understood

_COMMANDS = {"ask", "config"} | {verb.name for verb in VERBS.values() if verb.terminal}
"""Verbs that are written as a command, and not asked for in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What has been asked so far, as far as the next words can refer to it.

    Attributes:
        memory: The requests, and what came of the last ones.

    Example:
        >>> talk = Conversation()
        >>> reading, talk = talk.read("analyze ACME")
        >>> talk.read("How does this compare to LOGI?")[0].tickers
        ('ACME', 'LOGI')
        >>> Conversation.from_dict(talk.to_dict()) == talk
        True
    """

    memory: Memory = field(default_factory=Memory)

    @property
    def last(self) -> Ask | None:
        """The last request that was about a company; None at the beginning."""
        return self.memory.last

    def read(self, words: str) -> "tuple[Reading, Conversation]":
        """How the words are understood here, and the talk after them."""
        reading = read(words, self.memory)
        return reading, self if reading.ask is None else self.after(reading.ask)

    def request(self, line: str | list[str]) -> Ask | Guide:
        """What a line asks for: a verb with its arguments, or plain words.

        Args:
            line: One line, or the words of one; a single word may hold the whole line.

        Raises:
            AskError: It is neither.
        """
        words = line if isinstance(line, list) and len(line) > 1 else split_words("".join(line))
        asked = understood(words, self.memory)
        return self.meaning(asked) if isinstance(asked, Ask) else asked

    def meaning(self, ask: Ask) -> Ask:
        """The request that an `ask` holds in plain words; any other request is its own meaning.

        Raises:
            AskError: The words were not understood.
        """
        if ask.verb != "ask":
            return ask
        inner = understood(split_words(ask.words), self.memory, optioned=False)
        if isinstance(inner, Guide) or inner.verb in _COMMANDS:
            raise AskError(
                f"{ask.words!r} is no question: it is written as a line of its own.",
                seen=ask.words,
                needed="a question or wish",
                cure="For example: Analyze ACME. Is it profitable?",
            )
        return replace(possible(inner), options={**inner.options, **ask.options})

    def goes_on(self, ask: Ask) -> bool:
        """Whether *ask* only puts further questions about a report that was asked for before.

        The request that first asked for the report, asked again, is that report again.

        Example:
            >>> first = Ask(verb="analyze", tickers=("ACME",))
            >>> talk = Conversation().after(first)
            >>> talk.goes_on(Ask(verb="analyze", tickers=("ACME",), words="Debt?")), talk.goes_on(first)
            (True, False)
        """
        if ask.verb != "analyze" or not ask.words:
            return False
        shown = (turn for turn in self.memory.turns if turn.verb == "analyze")
        first = next((turn for turn in shown if _subject(turn) == _subject(ask)), None)
        return first is not None and first != ask

    def after(self, ask: Ask, value: Any = None) -> "Conversation":
        """The talk once *ask* has been asked; *value* is what was answered, where it was done."""
        return replace(self, memory=self.memory.after(ask, value))

    def replayed(self, said: Iterable[str]) -> "Conversation":
        """The talk after these words too; what is not understood is passed over.

        Example:
            >>> Conversation().replayed(["analyze ACME", "gibberish"]).last.tickers
            ('ACME',)
        """
        talk = self
        for words in said:
            try:
                asked = talk.request(words)
            except AskError:
                continue
            talk = talk if isinstance(asked, Guide) else talk.after(asked)
        return talk

    def to_dict(self) -> dict[str, Any]:
        """The `genie-conversation/1` JSON."""
        return to_dict(self.memory)

    @classmethod
    def from_dict(cls, saved: object) -> Self:
        """The conversation that was saved.

        Raises:
            AskError: This is no saved conversation.
        """
        return cls(memory=from_dict(saved))


def _subject(ask: Ask) -> tuple[Any, ...]:
    """Whom an answer is about, from where and as of when."""
    return ask.tickers, ask.options.get("provider"), ask.options.get("as_of")
