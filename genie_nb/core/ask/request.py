"""One request in plain words: cleaned, and able to say whom it means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from ..errors import AskError
from ..given import text_given
from ..ticker import is_ticker, read_names
from ..verbs import Ask
from .memory import Memory
from .quoting import split_words
from .subject import without_courtesy

PRONOUN = r"(?:it|(?:this|that) (?:one|stock|company|ticker)|this|that|the (?:stock|company))"
NAME = r"(?P<name>\$?[\w^][\w.&^=/\-]*(?:'s)?(?:\s+(?!and\b|or\b)[\w.&\-]+){0,3}?)"
"""A company where a form expects one: a ticker, or up to four words."""
LAST_MARK = r"\s*[.?!]*$"
REFERRING = re.compile(rf"(?<!\S){PRONOUN}(?![\w'])", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:hey|hi|hello|ok(?:ay)?|please|genie|also)[\s,!]+)*"
    r"(?:(?:can|could|would|will) (?:you|u|ya) (?:please |just |quickly )*|(?:i want|i need|i'd like|i would like)(?: you)? to |let's |please )?",
    re.IGNORECASE,
)
_ACRONYMS = frozenset({
    "ADX", "AI", "ATR", "CEO", "CFO", "CPI", "D/E", "EBITDA", "EMA", "EPS", "ETF", "EV", "FCF",
    "FED", "GDP", "IPO", "MA", "MACD", "P/B", "P/E", "P/S", "PE", "PEG", "Q1", "Q2", "Q3", "Q4",
    "ROE", "ROI", "RSI", "SEC", "SMA", "TTM", "UK", "US", "USA", "VWAP", "YOY",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the user wrote, without courtesy and curly quotes.

    Attributes:
        whole: All of it, on one line.
        first: Its first sentence.
        memory: What was said before, which "this" and "here" refer to.
    """

    whole: str
    first: str
    memory: Memory = field(default_factory=Memory)

    @property
    def last(self) -> Ask | None:
        """The last request about a company."""
        return self.memory.last

    @classmethod
    def of(cls, words: str, last: Ask | Memory | None = None) -> Self:
        """Clean the words."""
        text = text_given(words, of="The request", example='read("Analyze ACME")')
        text = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
        text = " ".join(text.split())
        if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1]:
            text = text[1:-1].strip()
        text = without_courtesy(_LEAD.sub("", text))
        first = re.split(r"(?<=[a-zA-Z0-9)][.?!])\s+(?=\S)", text, maxsplit=1)[0]
        return cls(whole=text, first=first, memory=Memory.of(last))

    def names(
        self,
        words: Sequence[str],
        *,
        many: bool = False,
        example: str = "What are the risks of ACME?",
    ) -> tuple[str, ...]:
        """The names in *words*, where a pronoun means the ticker of the request before.

        Args:
            words: What stands where tickers are expected.
            many: Whether several are.
            example: What to say instead, when a pronoun has nothing to refer to.

        Raises:
            AskError: A pronoun has nothing to refer to, or a word cannot be a name.
        """
        text, last = " ".join(words), self.last
        if all(match.group().isupper() for match in REFERRING.finditer(text)):
            return read_names(list(words), many=many)
        if last is None or len(last.tickers) != 1:
            several = last.tickers if last else ()
            raise AskError(
                f"{self.whole!r} does not say which company is meant.",
                seen=self.whole,
                needed="a ticker, or an analysis before it",
                cure=f"Name it: {', '.join(several[:-1])} or {several[-1]}."
                if several
                else f"Name it, for example: {example}",
            )
        meant = f'"{last.tickers[0]}"' if " " in last.tickers[0] else last.tickers[0]
        return read_names(split_words(REFERRING.sub(meant, text)), many=many)

    def others(self) -> list[str]:
        """Tickers in it that the request before was not about."""
        known = self.last.tickers if self.last else ()
        return [ticker for ticker in tickers_in(self.whole) if ticker not in known]


def tickers_in(words: str) -> list[str]:
    """The words written as tickers, in capitals, apart from the usual abbreviations."""
    found = (word.strip(".,?!:;").removesuffix("'s").lstrip("$") for word in words.split())
    return [word for word in found if len(word) > 1 and is_ticker(word) and word not in _ACRONYMS]


def written_tickers(words: str) -> list[str]:
    """The same, and words after a dollar sign such as `$acme`."""
    marked = (
        word.strip(".,?!:;()").removesuffix("'s") for word in words.split() if word.startswith("$")
    )
    tags = [word for word in marked if is_ticker(word[1:].upper())]
    return [*tickers_in(words), *(tag for tag in tags if tag[1:] not in tickers_in(words))]
