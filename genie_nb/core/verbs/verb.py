"""One verb, and one request."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .option import DATA, EVERYWHERE, Option


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One thing genie can be asked to do.

    Attributes:
        name: The word on a line and the Python function.
        summary: One line of help.
        tickers: Fewest and most tickers; (0, 0) when it takes none.
        word: What comes before the tickers, as the fact of `why` or the strategy of `strategy`; empty
            when nothing does.
        word_last: Whether that word comes after the ticker, where it may be left out.
        rest: What the remaining words are, as a phrase; empty when none are taken.
        takes: The same in one word, for usage lines.
        must: Whether there is nothing to do without those words.
        options: Its own options.
        data: Whether it asks a provider.
        changes: Whether it arms or disarms rules, or sends what is due.
        terminal: Whether it belongs in a terminal, as it keeps things going rather than answering.
        examples: Lines as a user types them after `%genie`.
        phrases: Plain sentences that mean it.
        also: Other spellings of the name.
    """

    name: str
    summary: str
    tickers: tuple[int, int] = (0, 0)
    word: str = ""
    word_last: bool = False
    rest: str = ""
    takes: str = "words"
    must: bool = False
    options: tuple[Option, ...] = ()
    data: bool = True
    changes: bool = False
    terminal: bool = False
    examples: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """How a line is written, such as `analyze TICKER [QUESTIONS]`."""
        fewest, most = self.tickers
        word = self.word.upper()
        parts = [self.name, "" if self.word_last else word]
        parts += ["TICKER"] * fewest + (["[TICKER …]"] if most > fewest else [])
        parts.append(f"[{word}]" if self.word_last else "")
        if self.rest:
            parts.append(self.takes.upper() if self.must else f"[{self.takes.upper()}]")
        return " ".join(part for part in parts if part)

    @property
    def all_options(self) -> tuple[Option, ...]:
        """Its own options, those of its data, those of every verb."""
        return self.options + (DATA if self.data else ()) + EVERYWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request, whichever face it came through. Equal wishes make equal Asks.

    Attributes:
        verb: A name of the verb table.
        tickers: In the spelling of `core.ticker`; a company name as the user wrote it.
        word: The value of `Verb.word`: a fact's or a strategy's name.
        words: The value of `Verb.rest`, as the user wrote it.
        options: Option name to value; options left at their default are absent.
        said_back: How plain words were read, as a sentence; empty for requests that needed no reading.
        written: Those of the tickers that were written as names are, such as `Ford`, in that spelling.
    """

    verb: str
    tickers: tuple[str, ...] = ()
    word: str = ""
    words: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    said_back: str = field(default="", compare=False)
    written: tuple[str, ...] = field(default=(), compare=False)
