"""Requests: how lines, argument lists, Python calls and plain words become Asks.

line, argv, call   -> command       -> Ask
plain words        -> words         -> Ask, said back
either             -> understanding -> Ask
one after another  -> conversation, which remembers what they are about
"""

from .question import Question, questions
from .reading import Reading
from .understanding import read
from .words import read_words

__all__ = ["Question", "Reading", "questions", "read", "read_words"]
