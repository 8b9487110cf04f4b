"""The verb table: each thing genie can be asked to do, declared once.

    words | magic line | command line | Python call -> Ask -> desk -> Answer

Every face derives from this table: its parsers, completion, help and documentation.
"""

from collections.abc import Mapping

from .house import HOUSE
from .option import DATA, EVERYWHERE, INTERVALS, ON, SIZE, Option, Reads
from .panels import PANELS
from .research import RESEARCH
from .running import RUNNING
from .talking import TALKING
from .trading import TRADING
from .verb import Ask, Verb
from .watching import WATCHING

__all__ = [
    "DATA",
    "EVERYWHERE",
    "INTERVALS",
    "ON",
    "SIZE",
    "VERBS",
    "Ask",
    "Option",
    "Reads",
    "Verb",
    "verb_called",
]

VERBS: Mapping[str, Verb] = {
    verb.name: verb
    for group in (RESEARCH, TRADING, PANELS, WATCHING, TALKING, RUNNING, HOUSE)
    for verb in group
}


def verb_called(name: str) -> Verb | None:
    """The verb of that name or spelling, in any case; None when there is none.

    Example:
        >>> verb_called("Analyse").name
        'analyze'
    """
    wanted = name.casefold()
    if wanted in VERBS:
        return VERBS[wanted]
    return next((verb for verb in VERBS.values() if wanted in verb.also), None)
