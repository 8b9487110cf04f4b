"""Schemas of what runs notebooks and keeps checks going."""

from .shape import COUNT, NUMBER, TEXT, TIME, Schema, envelope, many, one_of, or_null, record


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


def serve() -> Schema:
    """The schema of `serve`."""
    return envelope(
        "serve",
        {
            "as_of": TIME,
            "provider": TEXT,
            "every": NUMBER,
            "began": TIME,
            "ended": TIME,
            "checks": COUNT,
            "failed": COUNT,
            "last": TEXT,
            "stopped": one_of("once", "signal"),
            "line": TEXT,
        },
    )


def schedule() -> Schema:
    """The schema of `schedule`."""
    kinds = one_of("cron", "systemd", "github", "kubernetes", "airflow")
    return envelope(
        "schedule",
        {
            "as_of": {"type": "null"},
            "provider": or_null(TEXT),
            "status": one_of("created", "needed", "recipe"),
            "cron": TEXT,
            "timezone": {"const": "UTC"},
            "notebook": or_null(TEXT),
            "parameters": {"type": "object"},
            "server": or_null(TEXT),
            "job": or_null(TEXT),
            "needed": many(TEXT),
            "recipe": or_null(kinds),
            "files": many(record({"name": TEXT, "text": TEXT})),
            "steps": many(TEXT),
            "line": TEXT,
        },
    )


def ledger() -> Schema:
    """The schema of `ledger`."""
    sign = record({"name": TEXT, "at": TIME, "every": or_null(NUMBER), "note": TEXT})
    return envelope(
        "ledger",
        {
            "as_of": TIME,
            "provider": {"type": "null"},
            "ledger": TEXT,
            "action": or_null(one_of("prune", "export", "backup")),
            "counts": {"type": "object", "additionalProperties": COUNT},
            "path": or_null(TEXT),
            "heartbeats": many(sign),
            "line": TEXT,
        },
    )
