"""Verbs that take plain words."""

from .verb import Verb

TALKING = (
    Verb(
        name="ask",
        summary="a question or wish in plain words",
        rest="the question",
        takes="question",
        must=True,
        examples=('ask "Analyze ACME. Is it profitable?"',),
    ),
    Verb(
        name="read",
        summary="says how plain words are understood, without doing it",
        rest="the words",
        must=True,
        data=False,
        examples=('read "How does ACME compare to WNCH?"',),
    ),
    Verb(
        name="mcp",
        summary="serves the verbs as tools for agents, over standard input and output",
        data=False,
        terminal=True,
        examples=("mcp",),
    ),
)
