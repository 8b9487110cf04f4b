"""From words to an Ask, with the suggestion of a language model where the tables refuse them.

words -> Conversation -> Ask; refused -> configured model -> the same refusal with a suggestion
"""

import re
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from .config import home, read_config
from .core.errors import AskError

if TYPE_CHECKING:
    from .core.ask.conversation import Conversation
    from .core.ask.guide import Guide
    from .core.ask.reading import Reading
    from .core.verbs import Ask

_HOME = re.compile(r"--home(?:=|\s+)(\S+)")


def request(talk: "Conversation", line: str | list[str]) -> "Ask | Guide":
    """As `Conversation.request`.

    Raises:
        AskError: The line was not understood; its cure holds what a configured model makes of it.
    """
    try:
        return talk.request(line)
    except AskError as error:
        words = line if isinstance(line, str) else " ".join(line)
        place = _HOME.search(words)
        raise _advised(error, _HOME.sub("", words), talk, place[1] if place else None) from None


def meaning(talk: "Conversation", ask: "Ask") -> "Ask":
    """As `Conversation.meaning`.

    Raises:
        AskError: As `request`.
    """
    try:
        return talk.meaning(ask)
    except AskError as error:
        place = ask.options.get("home")
        raise _advised(error, ask.words, talk, None if place is None else str(place)) from None


def advised(reading: "Reading", talk: "Conversation", place: str | None = None) -> "Reading":
    """A reading that failed, with what a configured model makes of the words among its suggestions."""
    if reading.understood:
        return reading
    said = _proposal(reading.words, talk, place)
    if not said:
        return reading
    from .desk.reader import with_proposal

    return with_proposal(reading, said)


def _advised(error: AskError, words: str, talk: "Conversation", place: str | None) -> AskError:
    said = _proposal(words, talk, place)
    if not said:
        return error
    error = copy(error)
    error.cure = f"{error.cure} {said}" if error.cure else said
    return error


def _proposal(words: str, talk: "Conversation", place: str | None) -> str:
    directory = home(None if place is None else Path(place))
    config = read_config(directory)
    if not config.model.name:
        return ""
    from .desk.reader import proposal

    return proposal(config, directory, words, talk)
