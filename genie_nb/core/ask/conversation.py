"""A talk in which "this" and "here" mean what was spoken of before."""

from dataclasses import dataclass, replace

from ..errors import AskError, UnknownName
from ..verbs import VERBS, Ask
from .command import read_argv
from .guide import Guide
from .option import take_options
from .quoting import split_words
from .reading import Reading
from .words import read, read_words

_ABOUT_A_COMPANY = frozenset({"analyze", "compare", "why", "strategy", "setup", "watch", "preview"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What has been asked so far, as far as the next words can refer to it.

    Attributes:
        last: The last request that was about a company; None at the beginning.

    Example:
        >>> talk = Conversation()
        >>> reading, talk = talk.read("analyze ACME")
        >>> talk.read("How does this compare to LOGI?")[0].tickers
        ('ACME', 'LOGI')
    """

    last: Ask | None = None

    def read(self, words: str) -> "tuple[Reading, Conversation]":
        """How the words are understood here, and the talk after them."""
        reading = read(words, self.last)
        return reading, self if reading.ask is None else self.after(reading.ask)

    def request(self, line: str | list[str]) -> Ask | Guide:
        """What a line asks for: a verb with its arguments, or plain words.

        Args:
            line: One line, or the words of one; a single word may hold the whole line.

        Raises:
            AskError: It is neither.
        """
        words = line if isinstance(line, list) and len(line) > 1 else split_words("".join(line))
        try:
            asked = read_argv(words)
        except AskError as error:
            asked = self._in_plain_words(words, error)
        return self.meaning(asked) if isinstance(asked, Ask) else asked

    def meaning(self, ask: Ask) -> Ask:
        """The request that an `ask` holds in plain words; any other request is its own meaning.

        Raises:
            AskError: The words were not understood.
        """
        if ask.verb != "ask":
            return ask
        inner = _possible(read_words(ask.words, self.last))
        return replace(inner, options={**inner.options, **ask.options})

    def after(self, ask: Ask) -> "Conversation":
        """The talk once *ask* has been asked."""
        return replace(self, last=ask) if ask.verb in _ABOUT_A_COMPANY else self

    def _in_plain_words(self, words: list[str], error: AskError) -> Ask:
        """The same line as plain words; the first error stands when they are not understood either."""
        spoken = isinstance(error, UnknownName) and error.kind == "verb"
        if not spoken and any(word.startswith("--") for word in words):
            raise error
        try:
            rest, options = take_options(words, VERBS["ask"])
            asked = _possible(read_words(" ".join(rest), self.last))
            return replace(asked, options={**asked.options, **options})
        except AskError as plain:
            raise (plain if spoken and len(words) > 2 else error) from None


def _possible(ask: Ask) -> Ask:
    """The request, when it can be done and not only be read.

    Raises:
        AskError: Its verb is not in the verb table.
    """
    if ask.verb in VERBS:
        return ask
    raise AskError(
        f"{ask.said_back} This version of genie does not do that: it cannot {ask.verb}.",
        seen=ask.verb,
        needed=f"one of: {', '.join(VERBS)}",
        cure="It can analyze, compare and explain: Analyze ACME. What are the risks?",
    )
