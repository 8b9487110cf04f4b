"""Commands as the reader of a card types them: in a cell, with `%genie` before the verb."""

import re

from ...core.verbs import VERBS

_CELLS = "|".join(verb.name for verb in VERBS.values() if not verb.terminal)
_COMMAND = re.compile(rf"(?<![\w%/.-])genie(?= (?:{_CELLS})\b)")


def in_a_cell(text: str) -> str:
    """The text with its commands as lines of a cell; those that belong in a terminal stay.

    Example:
        >>> in_a_cell("Now run: genie check. To go on by itself: genie serve")
        'Now run: %genie check. To go on by itself: genie serve'
    """
    return _COMMAND.sub("%genie", text)
