"""Cutting a line into words, keeping what was quoted together.

Made for sentences, not for a shell: the apostrophe of "What's", `$25`, braces and backslashes are
ordinary characters, and a quotation mark that is never closed is one too.
"""

import re

_PIECE = re.compile(
    r"""
      (?P<option>--[\w\-]+=)(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)')(?=\s|$)
    | "(?P<c>[^"]*)"(?=[\s,.;:?!]|$)
    | “(?P<d>[^”]*)”(?=[\s,.;:?!]|$)
    | '(?P<e>[^']*)'(?=[\s,.;:?!]|$)
    | (?P<bare>\S+)
    """,
    re.VERBOSE,
)


def split_words(line: str) -> list[str]:
    r"""The words of a line; a quoted part is one word, without its quotation marks.

    Example:
        >>> split_words('why "debt to equity" ACME --home="My Notes"')
        ['why', 'debt to equity', 'ACME', '--home=My Notes']
        >>> split_words("analyze ACME What's the debt above $25?")
        ['analyze', 'ACME', "What's", 'the', 'debt', 'above', '$25?']
    """
    return [_text(piece) for piece in _PIECE.finditer(line)]


def _text(piece: re.Match[str]) -> str:
    if piece["bare"] is not None:
        return piece["bare"]
    inside = next(text for name in "abcde" if (text := piece[name]) is not None)
    return (piece["option"] or "") + inside
