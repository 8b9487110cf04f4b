"""The JSON Schemas of every answer, generated from the registries.

    verb -> schema_of -> JSON Schema (draft 2020-12) -> genie_nb/schemas/VERB.json

Required keys and closed lists are checked; further keys are allowed, so that an answer may grow.
"""

from collections.abc import Callable, Mapping

from .house import config, doctor, error, read
from .research import CHECKS, RISKS, analyze, compare, diff, why
from .rotation import rotation
from .running import ledger, run, schedule, serve
from .shape import Schema, part
from .trading import preview, scan, setup, strategy
from .watching import alerts, check, rules, snooze, unwatch, watch

__all__ = ["CHECKS", "RISKS", "Schema", "answers", "schema_of"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(answer: str) -> Schema:
    """The schema of a verb's JSON, or of `error`.

    Raises:
        KeyError: There is no such verb.

    Example:
        >>> schema_of("why")["properties"]["schema"]
        {'const': 'genie-why/1'}
    """
    schema = {"$schema": _DIALECT, "title": f"genie-{answer}/1", **_BODIES[answer]()}
    parts = {part: _BODIES[part]() for part in _PARTS.get(answer, ())}
    return {**schema, "$defs": parts} if parts else schema


def answers() -> tuple[str, ...]:
    """Everything that has a schema: the verbs, and `error`."""
    return tuple(_BODIES)


def _ask() -> Schema:
    """What plain words ask for is answered by another verb, in that verb's JSON."""
    return {"anyOf": [part(verb) for verb in _PARTS["ask"]]}


_BODIES: Mapping[str, Callable[[], Schema]] = {
    "analyze": analyze,
    "compare": compare,
    "why": why,
    "diff": diff,
    "rotation": rotation,
    "ask": _ask,
    "read": read,
    "config": config,
    "doctor": doctor,
    "strategy": strategy,
    "setup": setup,
    "preview": preview,
    "scan": scan,
    "watch": watch,
    "rules": rules,
    "unwatch": unwatch,
    "snooze": snooze,
    "check": check,
    "alerts": alerts,
    "run": run,
    "serve": serve,
    "schedule": schedule,
    "ledger": ledger,
    "tune": strategy,
    "panel": analyze,
    "watching": rules,
    "error": error,
}
"""A panel's answer is that of the verb it begins with."""

_PARTS: Mapping[str, tuple[str, ...]] = {
    "compare": ("analyze",),
    "ask": (
        "analyze",
        "compare",
        "why",
        "diff",
        "rotation",
        "doctor",
        "strategy",
        "setup",
        "scan",
        "watch",
        "rules",
        "unwatch",
        "snooze",
        "check",
        "alerts",
    ),
}
"""Answers whose JSON holds, or is, another answer's."""
