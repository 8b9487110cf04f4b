"""What a caller gave, refused in words where it is of another kind than was needed."""

from reprlib import repr as shortened
from typing import TYPE_CHECKING

from .errors import AskError, BadBars

if TYPE_CHECKING:
    from .market import Bars


def text_given(value: object, *, of: str, example: str) -> str:
    """The value, which has to be text.

    Args:
        value: As it was given.
        of: What it is, as the beginning of a sentence.
        example: What to write instead.

    Raises:
        AskError: It is no text.

    Example:
        >>> text_given("ACME", of="The ticker", example='analyze("ACME")')
        'ACME'
    """
    if isinstance(value, str):
        return value
    raise wrong_kind(value, of=of, needed="text", example=example)


def wrong_kind(value: object, *, of: str, needed: str, example: str) -> AskError:
    """The error for a value of another kind.

    Example:
        >>> print(wrong_kind(5, of="The ticker", needed="text", example='analyze("ACME")'))
        The ticker was given as 5, and text is needed. For example: analyze("ACME")
    """
    seen = _shown(value)
    return AskError(
        f"{of} was given as {seen}, and {needed} is needed.",
        seen=seen,
        needed=needed,
        cure=f"For example: {example}",
    )


def bars_given(value: object) -> "Bars":
    """The value, which has to be bars.

    Raises:
        BadBars: It is something else, such as the table that bars are made of.
    """
    from .market import Bars

    if isinstance(value, Bars):
        return value
    raise BadBars(
        f"The bars came as {type(value).__name__}.",
        seen=type(value).__name__,
        needed="Bars",
        cure='Make them with genie.Bars.from_frame(frame, ticker="X", interval="1d").',
    )


def _shown(value: object) -> str:
    """Plain values as they are written, others by their kind."""
    plain = value is None or isinstance(
        value, str | bytes | int | float | list | tuple | dict | set
    )
    return shortened(value) if plain else f"a {type(value).__name__}"
