"""Everything genie_nb raises on purpose, ordered by whose turn it is to act.

    GenieError
    ├─ AskError                 the words were not understood       reword          exit 2
    │  ├─ UnknownTicker         no such ticker; near names          reword
    │  ├─ UnknownName           no such verb, fact, option, provider
    │  └─ RuleNotUnderstood     a rule or condition, with a caret
    ├─ DataError                the facts could not be had          wait, elsewhere exit 3
    │  ├─ RateLimited           the source asks for patience
    │  ├─ Unavailable           the source did not answer
    │  ├─ Malformed             the source answered nonsense
    │  ├─ NotFound              the source does not know the name
    │  ├─ Delisted              the source knew it once
    │  ├─ NoData                the source truly has nothing there
    │  ├─ BadBars               prices that cannot be true
    │  └─ TooFewBars            have, need
    ├─ DeliveryError            the alert is kept but not delivered                 exit 4
    └─ SetupError               the installation or its settings    fix, install    exit 5
       ├─ MissingExtra          says what to install
       ├─ Unwritable            a file or folder that cannot be written
       ├─ BadConfig             a setting that cannot be
       └─ PluginConflict        two plugins of one name

Each message says what was seen, what was needed and what to do, in full sentences.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar, Literal


class GenieError(Exception):
    """The base of everything raised on purpose.

    Args:
        message: What was seen, in one sentence, the offending value in it.
        seen: The offending value alone, when there is one.
        needed: What would have been right.
        cure: What to do now, as a sentence.

    Attributes:
        exit: The exit status of the command line for this error.

    Example:
        >>> print(GenieError("CRSR has 57 bars.", needed="200 bars", cure="Ask for a longer period."))
        CRSR has 57 bars. Ask for a longer period.
    """

    exit: ClassVar[int] = 1

    def __init__(
        self,
        message: str,
        *,
        seen: object = None,
        needed: str | None = None,
        cure: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.seen = seen
        self.needed = needed
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message} {self.cure}" if self.cure else self.message

    def __reduce__(self) -> tuple[object, ...]:
        return (_revive, (type(self), self.__dict__))

    def to_dict(self) -> dict[str, object]:
        """The `genie-error/1` JSON of this error."""
        return {
            "schema": "genie-error/1",
            "error": type(self).__name__,
            "message": str(self),
            "seen": None if self.seen is None else str(self.seen),
            "needed": self.needed,
            "cure": self.cure,
            "exit": self.exit,
        }

    def _render_traceback_(self) -> list[str]:
        """IPython asks for this: one clean line instead of a traceback."""
        return [f"{type(self).__name__}: {self}"]


def _revive(kind: type[GenieError], state: dict[str, object]) -> GenieError:
    """Rebuild an error that crossed a process boundary, whatever its own constructor takes."""
    error = kind.__new__(kind)
    Exception.__init__(error, state.get("message"))
    error.__dict__.update(state)
    return error


class AskError(GenieError):
    """The words were not understood; reword them."""

    exit = 2


class UnknownTicker(AskError):
    """No such ticker at this provider.

    Args:
        ticker: What was asked for.
        near: The closest ones the provider has, as they are shown.
        provider: Who was asked.
        fictional: Whether the provider's market is invented, so that a real ticker cannot be in it.
        reading: How such a ticker is read, as a sentence, where it may have been written otherwise.
    """

    def __init__(
        self,
        ticker: str,
        *,
        near: Iterable[str] = (),
        provider: str = "the provider",
        fictional: bool = False,
        reading: str = "",
    ) -> None:
        near = tuple(near)
        meant = f"Did you mean {' or '.join(near)}?" if near else ""
        hint = " ".join(part for part in (reading, meant) if part)
        if fictional:
            message = f"{ticker} is not in the fictional {provider} market;"
            live = "add --provider yahoo, or run: genie config provider yahoo"
            cure = f"{live}. {hint}" if hint else live
        else:
            message = f"{ticker} is not a ticker that {provider} knows."
            cure = hint or "Check the spelling."
        super().__init__(
            message, seen=ticker, needed="a ticker symbol, such as ACME or BRK-B", cure=cure
        )
        self.near = near


class UnknownName(AskError):
    """A word from a closed list was expected; says which list and the nearest member."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        known = sorted(known)
        near = get_close_matches(name, known, n=3, cutoff=0.6)
        hint = f"Did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
        super().__init__(
            f"No {kind} is called {name!r}.",
            seen=name,
            needed=f"one of: {', '.join(known)}",
            cure=hint or f"Known: {', '.join(known)}.",
        )
        self.kind = kind
        self.near = tuple(near)


class RuleNotUnderstood(AskError):
    """A rule or condition could not be read; the message points at the first unread word.

    Attributes:
        position: Where the caret stands in the text as it was given, counted from 0; None without one.
        stage: How far the reading came: "words" when one could not be read, "meaning" when all were
            read and cannot be meant together, "options" when only the options were refused.
    """

    def __init__(
        self,
        message: str,
        *,
        seen: object = None,
        needed: str | None = None,
        cure: str | None = None,
        position: int | None = None,
        stage: Literal["words", "meaning", "options"] = "words",
    ) -> None:
        super().__init__(message, seen=seen, needed=needed, cure=cure)
        self.position = position
        self.stage = stage

    def __str__(self) -> str:
        return f"{self.message}\n{self.cure}" if self.cure else self.message


class DataError(GenieError):
    """The facts could not be had; wait, or ask elsewhere.

    Attributes:
        retryable: Whether the same call may succeed in a moment.
    """

    exit = 3
    retryable: ClassVar[bool] = False


class RateLimited(DataError):
    """The source asks for patience; *retry_after* is in seconds when it said so."""

    retryable = True
    retry_after: float | None = None


class Unavailable(DataError):
    """The source did not answer, or answered that it cannot."""

    retryable = True


class Malformed(DataError):
    """The source answered with something that is not what it promises."""

    retryable = True


class NotFound(DataError):
    """The source does not know this name."""


class Delisted(DataError):
    """The source knew this name once and has no current data for it."""


class NoData(DataError):
    """The source truly has nothing for this request."""


class BadBars(DataError):
    """Prices that cannot be true, or a table that is not one of bars."""


class TooFewBars(DataError):
    """More history is needed than there is.

    Example:
        >>> print(TooFewBars("CRSR", have=57, need=200))
        CRSR has 57 bars; 200 are needed. Ask for a longer period.
    """

    def __init__(self, ticker: str, *, have: int, need: int) -> None:
        super().__init__(
            f"{ticker} has {have} bars; {need} are needed.",
            seen=have,
            needed=f"{need} bars",
            cure="Ask for a longer period.",
        )
        self.have = have
        self.need = need


class DeliveryError(GenieError):
    """An alert is safe in the ledger and not delivered."""

    exit = 4


class SetupError(GenieError):
    """The installation or its settings stand in the way."""

    exit = 5


class MissingExtra(SetupError):
    """An optional part is not installed; says the exact command."""

    def __init__(self, extra: str, *, wanted: str) -> None:
        super().__init__(
            f"{wanted} needs the optional part {extra!r}, which is not installed.",
            seen=wanted,
            needed=f"genie-nb[{extra}]",
            cure=f'Run: pip install "genie-nb[{extra}]"',
        )


class Unwritable(SetupError):
    """A file, folder or address that cannot be written to.

    Args:
        place: Its path or address.
        why: What the system said.
        cure: What to do now.
    """

    def __init__(
        self, place: object, why: OSError | str, *, cure: str = "Name another file."
    ) -> None:
        said = why if isinstance(why, str) else why.strerror or str(why)
        super().__init__(
            f"{place} cannot be written: {said}.",
            seen=str(place),
            needed="a place that can be written to",
            cure=cure,
        )


class BadConfig(SetupError):
    """A setting that cannot be."""


class PluginConflict(SetupError):
    """Two installed plugins claim one name."""
