"""The shapes that schemas are made of."""

from collections.abc import Mapping
from typing import Any

type Schema = dict[str, Any]


def record(
    properties: Mapping[str, Schema], *, optional: tuple[str, ...] = (), **more: Any
) -> Schema:
    """An object; every property is required but the *optional* ones, and further ones are allowed."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": dict(properties), **more}


def envelope(answer: str, properties: Mapping[str, Schema]) -> Schema:
    """An answer, which says what it is."""
    return record({"schema": {"const": f"genie-{answer}/1"}, **properties})


def many(items: Schema, **more: Any) -> Schema:
    """A list."""
    return {"type": "array", "items": items, **more}


def or_null(schema: Schema) -> Schema:
    """The same, or null where it is not known."""
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def part(answer: str) -> Schema:
    """Another answer inside this one."""
    return {"$ref": f"#/$defs/{answer}"}


def one_of(*values: str) -> Schema:
    """A closed list."""
    return {"enum": list(values)}


def named(names: tuple[str, ...], properties: Mapping[str, Schema]) -> Schema:
    """An object with a name of a closed list."""
    return record({"name": one_of(*names), **properties})


TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
TIME: Schema = {"type": "string", "format": "date-time"}
DAY_OR_TIME: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T.+)?$"}
FRACTION: Schema = {"type": "number", "minimum": 0, "maximum": 1}
SOURCES: Schema = many(record({"source": TEXT, "value": NUMBER}))
EVIDENCE: Schema = many(record({"name": TEXT, "value": or_null(NUMBER), "unit": TEXT}))
ABSENT: Mapping[str, Schema] = {"what": TEXT, "reason": {"type": "string", "minLength": 1}}
MISSING: Schema = many(record(ABSENT))
MISSING_OF_TICKERS: Schema = many(record({"ticker": TEXT, **ABSENT}, optional=("ticker",)))
TIMING: Schema = record(
    {
        "seconds": NUMBER,
        "calls": COUNT,
        "cache_hits": COUNT,
        "waits": NUMBER,
        "fetched_at": or_null(TIME),
        "stale": many(TEXT),
    }
)
CURRENCY: Schema = {"type": "string", "pattern": "^[A-Z]{2}[A-Za-z]$"}
