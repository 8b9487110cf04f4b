"""Text that came from outside, made fit to stand on one line.

Names, sectors and news are written by strangers: they may hold terminal escapes, line breaks and
marks that turn the direction of all that follows. Letters of every script and emoji are kept.
"""

import re
import unicodedata

_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile("[^\\S\u00a0\u202f]+")


def verbatim(text: str) -> str:
    r"""The text with its lines and spaces, without control characters and direction marks.

    Example:
        >>> verbatim("a:\n  b\x1b[31m")
        'a:\n  b[31m'
    """
    kept = _TURNS.sub("", text.replace("\r\n", "\n"))
    return "".join(letter for letter in kept if letter == "\n" or _printable(letter))


def one_line(text: str) -> str:
    r"""The text without control characters, direction marks and line breaks.

    Example:
        >>> one_line("ACME\x1b[31m\n  Corp")
        'ACME[31m Corp'
    """
    if text.isprintable() and "  " not in text:
        return text.strip()
    spaced = _SPACE.sub(" ", _TURNS.sub("", text))
    return "".join(letter for letter in spaced if _printable(letter)).strip()


def shortened(text: str, length: int) -> str:
    """The text on one line, cut at a word near *length* characters and marked as cut.

    Example:
        >>> shortened("one two three", 8)
        'one two …'
    """
    line = one_line(text)
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + " …"


def _printable(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn")
