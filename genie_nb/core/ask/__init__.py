"""Requests: how lines, argument lists, Python calls and plain words become Asks.

line, argv, call -> command  -> Ask
plain words      -> words    -> Ask, said back
one after another -> conversation, which remembers what they are about
"""

from .words import Question, Reading, questions, read, read_words

__all__ = ["Question", "Reading", "questions", "read", "read_words"]
