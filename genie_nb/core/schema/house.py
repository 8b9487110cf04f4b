"""Schemas of what tells of genie itself: read, config, doctor, errors."""

from typing import get_args

from ..ask.question import TOPICS
from ..ask.reading import RULE_VERBS
from ..doctor import State
from ..facts.registry import REGISTRY
from ..verbs import VERBS
from .shape import (
    FLAG,
    TEXT,
    TIME,
    Schema,
    envelope,
    many,
    one_of,
    or_null,
    record,
)


def read() -> Schema:
    """The schema of `read`."""
    question = record({"topic": {"enum": [*TOPICS, None]}, "text": TEXT})
    return envelope(
        "read",
        {
            "as_of": {"type": "null"},
            "provider": {"type": "null"},
            "words": TEXT,
            "verb": {"enum": [*dict.fromkeys((*VERBS, *RULE_VERBS)), None]},
            "tickers": many(TEXT),
            "fact": {"enum": [*REGISTRY, None]},
            "strategy": or_null(TEXT),
            "questions": many(question),
            "options": {"type": "object"},
            "rule": or_null(TEXT),
            "said_back": TEXT,
            "understood": FLAG,
            "suggestions": many(TEXT),
        },
    )


def config() -> Schema:
    """The schema of `config`."""
    setting = record({"key": TEXT, "value": TEXT, "from": TEXT, "meaning": TEXT})
    return envelope(
        "config",
        {
            "as_of": {"type": "null"},
            "provider": TEXT,
            "path": TEXT,
            "changed": or_null(TEXT),
            "settings": many(setting),
        },
    )


def doctor() -> Schema:
    """The schema of `doctor`."""
    probe = record({"name": TEXT, "status": one_of(*get_args(State)), "text": TEXT, "cure": TEXT})
    return envelope("doctor", {"as_of": TIME, "provider": TEXT, "checks": many(probe)})


def error() -> Schema:
    """The schema of `error`."""
    return envelope(
        "error",
        {
            "error": TEXT,
            "message": TEXT,
            "seen": or_null(TEXT),
            "needed": or_null(TEXT),
            "cure": or_null(TEXT),
            "exit": {"enum": [1, 2, 3, 4, 5]},
        },
    )
