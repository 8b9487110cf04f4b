"""Whole words and phrases as patterns."""

import re


def phrases(*alternatives: str) -> re.Pattern[str]:
    """A pattern for any of the alternatives as whole words, in any case.

    Args:
        alternatives: Pieces of a regular expression, in which a space may be a hyphen too.
    """
    either = "|".join(alternatives).replace(" ", "[ -]")
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
