"""Verbs that open a panel."""

from .verb import Verb

PANELS: tuple[Verb, ...] = ()
