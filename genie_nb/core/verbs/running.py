"""Verbs that run notebooks and keep checks going."""

from .verb import Verb

RUNNING: tuple[Verb, ...] = ()
