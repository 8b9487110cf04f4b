"""Schemas of the verbs that read the rule language: strategy, setup, preview, scan."""

from typing import get_args

from ..backtest import METRICS
from ..market import Interval
from ..preview import HORIZONS
from ..scan.row import State as Truth
from .shape import (
    COUNT,
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
from .watching import arming


def _metrics(**more: Schema) -> Schema:
    return record({**more, **{name: or_null(NUMBER) for name in METRICS}})


def _held() -> Schema:
    """Metrics on a part of the bars, beside those of holding."""
    return _metrics(start=TIME, end=TIME, bars=COUNT, buy_and_hold=_metrics())


def _prepared() -> Schema:
    """A rule that would be armed."""
    return record(
        {
            "rule_id": TEXT,
            "strategy": TEXT,
            "name": TEXT,
            "rule": TEXT,
            "text": TEXT,
            "fires": COUNT,
            "fires_last_year": or_null(COUNT),
            "since": TIME,
            "said": TEXT,
        }
    )


def _map() -> Schema:
    return record(
        {
            "x": TEXT,
            "y": TEXT,
            "metric": one_of(*METRICS),
            "columns": many(NUMBER),
            "rows": many(NUMBER),
            "values": many(many(or_null(NUMBER))),
            "chosen": {"type": "object", "additionalProperties": NUMBER},
            "around": record(
                {
                    "value": or_null(NUMBER),
                    "median": or_null(NUMBER),
                    "map_median": or_null(NUMBER),
                    "neighbours": COUNT,
                    "isolated": FLAG,
                    "text": TEXT,
                }
            ),
            "walk_forward": record(
                {"anchored": or_null(_metrics()), "rolling": or_null(_metrics())}
            ),
        }
    )


def _luck() -> Schema:
    """A Sharpe ratio per bar beside what luck would have reached."""
    return record(
        {
            "sharpe": or_null(NUMBER),
            "by_luck": NUMBER,
            "probability": or_null(FRACTION),
            "tries": COUNT,
        }
    )


def _mean_trade() -> Schema:
    ends = {"mean": or_null(NUMBER), "low": or_null(NUMBER), "high": or_null(NUMBER)}
    return record({"trades": COUNT, **ends, "level": FRACTION, "text": TEXT})


def strategy() -> Schema:
    """The schema of `strategy`."""
    opened = {"entry_time": TIME, "entry_price": NUMBER, "return": NUMBER, "bars": COUNT}
    trade = record({**opened, "exit_time": TIME, "exit_price": NUMBER})
    costs = {"fee_bps": NUMBER, "spread_bps": NUMBER, "impact_bps": NUMBER}
    return envelope(
        "strategy",
        {
            "as_of": TIME,
            "provider": TEXT,
            "strategy": TEXT,
            "params": {"type": "object", "additionalProperties": NUMBER},
            "ticker": TEXT,
            "interval": one_of(*Interval),
            "costs": record({**costs, "spread": one_of("estimated", "given", "unknown")}),
            "entry": TEXT,
            "exit": TEXT,
            "text": TEXT,
            "metrics": _metrics(),
            "buy_and_hold": _metrics(),
            "in_sample": or_null(_held()),
            "out_of_sample": or_null(_held()),
            "trades": many(trade),
            "open_trade": or_null(record({**opened, "last_price": NUMBER})),
            "enough": FLAG,
            "rules": many(_prepared()),
            "levels": many(record({"name": TEXT, "line": TEXT, "value": or_null(NUMBER)})),
            "tries": {"type": "integer", "minimum": 1},
            "deflated_sharpe": _luck(),
            "mean_trade": _mean_trade(),
            "map": or_null(_map()),
            "notes": many(TEXT),
            "bars": COUNT,
            "said_back": TEXT,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def setup() -> Schema:
    """The schema of `setup`."""
    unseen = record(
        {
            "start": TIME,
            "bars": COUNT,
            "total_return": NUMBER,
            "sharpe": or_null(NUMBER),
            "max_drawdown": NUMBER,
            "trades": COUNT,
            "buy_and_hold": NUMBER,
            "fee_bps": NUMBER,
            "spread_bps": or_null(NUMBER),
        }
    )
    score = record(
        {
            "strategy": TEXT,
            "score": FRACTION,
            "fit": or_null(FRACTION),
            "noise_per_year": or_null(NUMBER),
            "out_of_sample": or_null(unseen),
            "null_p": or_null(FRACTION),
            "reasons": many(TEXT),
        }
    )
    return envelope(
        "setup",
        {
            "as_of": TIME,
            "provider": TEXT,
            "ticker": TEXT,
            "pick": or_null(TEXT),
            "scores": many(score),
            "rules": many(_prepared()),
            "armed": many(record(arming())),
            "traits": {"type": "object"},
            "said_back": TEXT,
            "missing": MISSING,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def preview() -> Schema:
    """The schema of `preview`."""
    span = or_null(record({"low": NUMBER, "high": NUMBER}))
    mean = or_null(NUMBER)
    after = record(
        {
            "bars": COUNT,
            "fires": COUNT,
            "mean": mean,
            "median": mean,
            "interval": span,
            "rose": or_null(FRACTION),
        }
    )
    others = record({"bars": COUNT, "days": COUNT, "mean": mean, "interval": span})
    spacing = record({"median": NUMBER, "mean": NUMBER, "least": COUNT, "most": COUNT})
    return envelope(
        "preview",
        {
            "as_of": TIME,
            "provider": TEXT,
            "ticker": TEXT,
            "interval": one_of(*Interval),
            "rule": TEXT,
            "rule_id": TEXT,
            "line": TEXT,
            "fires": many(TIME),
            "fires_per_year": or_null(NUMBER),
            "enough": FLAG,
            "spacing": or_null(spacing),
            "after": record({str(bars): after for bars in HORIZONS}),
            "random_days": record({str(bars): others for bars in HORIZONS}),
            "noise_share": or_null(FRACTION),
            "noise_known": COUNT,
            "bars": COUNT,
            "known_bars": COUNT,
            "since": TIME,
            "bar_time": TIME,
            "already_true": FLAG,
            "unknown": many(TEXT),
            "said_back": TEXT,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def scan() -> Schema:
    """The schema of `scan`."""
    part, metrics = or_null(FRACTION), _metrics()
    row = record(
        {
            "ticker": TEXT,
            "name": or_null(TEXT),
            "score": FRACTION,
            "parts": record({"state": part, "recency": part, "unseen": part}, optional=("unseen",)),
            "state": one_of(*get_args(Truth)),
            "bars_since": or_null(COUNT),
            "since": or_null(TIME),
            "bar_time": TIME,
            "price": NUMBER,
            "currency": or_null(TEXT),
            "note": TEXT,
            "distance": or_null(NUMBER),
            "position": one_of("long", "flat"),
            "in_sample": or_null(metrics),
            "out_of_sample": metrics,
            "buy_and_hold": metrics,
            "spread_bps": or_null(NUMBER),
        },
        optional=(
            "distance", "position", "in_sample", "out_of_sample", "buy_and_hold", "spread_bps",
        ),
    )  # fmt: skip
    missing = record({"ticker": TEXT, "error": TEXT, "reason": {"type": "string", "minLength": 1}})
    return envelope(
        "scan",
        {
            "as_of": TIME,
            "provider": TEXT,
            "kind": one_of("strategy", "rule"),
            "sought": TEXT,
            "params": {"type": "object", "additionalProperties": NUMBER},
            "interval": one_of(*Interval),
            "entry": TEXT,
            "exit": or_null(TEXT),
            "fee_bps": NUMBER,
            "universe": record({"source": TEXT, "size": COUNT}),
            "rows": many(row),
            "left_out": many(missing),
            "unknown": many(missing),
            "kept": COUNT,
            "complete": FLAG,
            "fictional": FLAG,
            "notes": many(TEXT),
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )
