"""Schemas of what runs notebooks and keeps checks going."""

from .shape import NUMBER, TEXT, TIME, Schema, envelope, many, one_of, or_null, record


def run() -> Schema:
    """The schema of `run`."""
    error = record({"name": TEXT, "message": TEXT, "cell": or_null({"type": "integer"})})
    ending = record({"exit": {"type": "integer"}, "line": TEXT})
    return envelope(
        "run",
        {
            "as_of": or_null(TEXT),
            "provider": or_null(TEXT),
            "notebook": TEXT,
            "output": TEXT,
            "html": or_null(TEXT),
            "parameters": {"type": "object"},
            "status": one_of("completed", "failed"),
            "exit": {"type": "integer", "minimum": 0, "maximum": 5},
            "line": TEXT,
            "error": or_null(error),
            "ending": or_null(ending),
            "began": TIME,
            "seconds": NUMBER,
            "notes": many(TEXT),
        },
    )
