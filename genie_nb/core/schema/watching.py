"""Schemas of the verbs about rules that are watched: watch, rules, unwatch, snooze, check, alerts."""

from typing import get_args

from ..market import Interval
from ..watch import Status
from ..watch.fired import Trouble
from ..watch.watched import Standing
from .shape import (
    COUNT,
    FLAG,
    NUMBER,
    TEXT,
    TIME,
    TIMING,
    Schema,
    envelope,
    many,
    one_of,
    or_null,
    record,
)

_RULE = {
    "rule_id": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
    "ticker": TEXT,
    "interval": one_of(*Interval),
    "rule": TEXT,
    "line": TEXT,
}
_DISTANCE = {"distance": or_null(NUMBER), "distance_atr": or_null(NUMBER)}
_UNREAD = many(record({"number": COUNT, "text": TEXT, "reason": TEXT}))
_PAST = record(
    {
        "fires": COUNT,
        "fires_last_year": or_null(COUNT),
        "since": TIME,
        "newest": or_null(TIME),
    }
)


def arming() -> dict[str, Schema]:
    """What is said of a rule that was armed, in `watch` and in `setup`."""
    return {
        **_RULE,
        "provider": or_null(TEXT),
        "new": FLAG,
        "already_true": FLAG,
        "unknown": many(TEXT),
        "last_bar": TIME,
        "price": NUMBER,
        **_DISTANCE,
        "preview": _PAST,
        "sinks": many(TEXT),
        "said": many(TEXT),
    }


def watch() -> Schema:
    """The schema of `watch`."""
    return envelope(
        "watch",
        {
            **arming(),
            "as_of": TIME,
            "provider": TEXT,
            "said_back": TEXT,
            "fictional": FLAG,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def rules() -> Schema:
    """The schema of `rules`."""
    watched = record(
        {
            **_RULE,
            "provider": TEXT,
            "state": one_of(*get_args(Standing)),
            "reason": TEXT,
            "price": or_null(NUMBER),
            "level": or_null(NUMBER),
            **_DISTANCE,
            "last_bar": or_null(TIME),
            "checked_at": or_null(TIME),
            "fired": or_null(TIME),
            "receipt": or_null(_delivery()),
            "sinks": many(TEXT),
            "snoozed_until": or_null(TIME),
        }
    )
    return envelope(
        "rules",
        {
            "as_of": TIME,
            "provider": TEXT,
            "rules": many(watched),
            "unread": _UNREAD,
            "failed": many(record({"ticker": TEXT, "reason": TEXT})),
            "path": TEXT,
            "fictional": FLAG,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def unwatch() -> Schema:
    """The schema of `unwatch`."""
    return envelope("unwatch", _changed())


def snooze() -> Schema:
    """The schema of `snooze`."""
    return envelope("snooze", {**_changed(), "snoozed_until": or_null(TIME)})


def _changed() -> dict[str, Schema]:
    rule = record({name: _RULE[name] for name in ("rule_id", "ticker", "line")})
    return {"as_of": TIME, "provider": TEXT, "rules": many(rule), "text": TEXT}


def _delivery() -> Schema:
    return record(
        {
            "alert_id": TEXT,
            "sink": TEXT,
            "status": one_of(*get_args(Status)),
            "attempts": COUNT,
            "sent_at": or_null(TIME),
            "error": or_null(TEXT),
        }
    )


def _alert() -> dict[str, Schema]:
    mark: Schema = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
    return {
        "id": mark,
        "rule_id": _RULE["rule_id"],
        "ticker": TEXT,
        "interval": one_of(*Interval),
        "rule": TEXT,
        "bar_time": TIME,
        "bar_close": TIME,
        "evaluated_at": TIME,
        "late": FLAG,
        "price": NUMBER,
        "evidence": many(record({"name": TEXT, "value": or_null(NUMBER)})),
        "text": TEXT,
        "story": mark,
        "fictional": FLAG,
    }


def check() -> Schema:
    """The schema of `check`."""
    outage = record(
        {
            "id": TEXT,
            "outage": one_of(*get_args(Trouble)),
            "subject": TEXT,
            "since": TIME,
            "text": TEXT,
        }
    )
    return envelope(
        "check",
        {
            "as_of": TIME,
            "provider": TEXT,
            "rules": COUNT,
            "checked": COUNT,
            "due": COUNT,
            "alerts": many(record(_alert())),
            "unknown": many(record({"rule_id": TEXT, "reason": TEXT})),
            "deliveries": many(_delivery()),
            "outages": many(outage),
            "over": many(outage),
            "unread": _UNREAD,
            "notes": many(TEXT),
            "line": TEXT,
            "skipped": TEXT,
            "dry_run": FLAG,
            "fictional": FLAG,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def alerts() -> Schema:
    """The schema of `alerts`."""
    logged = record({**_alert(), "deliveries": many(_delivery())})
    return envelope(
        "alerts",
        {
            "as_of": TIME,
            "provider": TEXT,
            "alerts": many(logged),
            "open": COUNT,
            "fictional": FLAG,
            "text": TEXT,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )
