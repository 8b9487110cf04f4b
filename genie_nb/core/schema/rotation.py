"""The schema of `rotation`."""

from typing import get_args

from ..rotation.breadth import Direction
from .shape import (
    COUNT,
    DAY_OR_TIME,
    FLAG,
    FRACTION,
    MISSING,
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

_STREAK = {
    "length": COUNT,
    "start": or_null(DAY_OR_TIME),
    "end": or_null(DAY_OR_TIME),
    "small_return": or_null(NUMBER),
    "large_return": or_null(NUMBER),
}


def rotation() -> Schema:
    """The schema of `rotation`; returns are fractions, multiples ratios."""
    return envelope(
        "rotation",
        {
            "as_of": TIME,
            "provider": TEXT,
            "fictional": FLAG,
            "small": TEXT,
            "large": TEXT,
            "source": TEXT,
            "bars_to": TIME,
            "streak": record(
                {
                    **_STREAK,
                    "unit": {"const": "sessions"},
                    "as_long_before": or_null(COUNT),
                    "last_as_long": or_null(record(_STREAK)),
                    "since": DAY_OR_TIME,
                    "basis": TEXT,
                }
            ),
            "history": many(record(_STREAK)),
            "scoreboard": many(_score()),
            "breadth": or_null(_breadth()),
            "january": or_null(_january()),
            "valuation_gap": or_null(_gap()),
            "watch_items": many(_watch_item()),
            "summary": TEXT,
            "notes": many(TEXT),
            "missing": MISSING,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def _score() -> Schema:
    return record(
        {
            "period": TEXT,
            "start": DAY_OR_TIME,
            "end": DAY_OR_TIME,
            "small": NUMBER,
            "large": NUMBER,
            "difference": NUMBER,
            "unit": {"const": "fraction"},
        }
    )


def _fact(value: Schema, unit: str, **more: Schema) -> Schema:
    return record(
        {
            "value": value,
            "unit": {"const": unit},
            "as_of": DAY_OR_TIME,
            "source": TEXT,
            "formula": TEXT,
            **more,
        }
    )


def _breadth() -> Schema:
    share = record(
        {
            "name": TEXT,
            "label": TEXT,
            "now": _fact(FRACTION, "fraction"),
            "before": _fact(FRACTION, "fraction"),
            "change": NUMBER,
            "companies": COUNT,
        }
    )
    return record(
        {
            "direction": one_of(*get_args(Direction)),
            "members": COUNT,
            "sessions_between": COUNT,
            "shares": many(share, minItems=1),
            "basis": TEXT,
        }
    )


def _january() -> Schema:
    one = record(
        {
            "year": COUNT,
            "small": NUMBER,
            "large": NUMBER,
            "difference": NUMBER,
            "end": DAY_OR_TIME,
            "finished": FLAG,
        }
    )
    return record(
        {
            "count": COUNT,
            "mean_difference": NUMBER,
            "ahead": COUNT,
            "unit": {"const": "fraction"},
            "so_far": or_null(one),
            "januaries": many(one, minItems=1),
        }
    )


def _gap() -> Schema:
    side = _fact(NUMBER, "ratio", companies=COUNT)
    return record(
        {"small": side, "large": side, "small_over_large": NUMBER, "unit": {"const": "ratio"}}
    )


def _watch_item() -> Schema:
    figure = record(
        {
            "name": TEXT,
            "value": or_null(NUMBER),
            "source": TEXT,
            "as_of": or_null(DAY_OR_TIME),
            "unit": or_null(TEXT),
        }
    )
    return record({"name": TEXT, "text": TEXT, "rule": TEXT, "evidence": many(figure)})
