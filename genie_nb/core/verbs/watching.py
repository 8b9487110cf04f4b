"""Verbs about rules that are watched."""

from .verb import Verb

WATCHING: tuple[Verb, ...] = ()
