"""The JSON Schemas of every answer, generated from the registries.

    verb -> schema_of -> JSON Schema (draft 2020-12) -> genie_nb/schemas/VERB.json

Required keys and closed lists are checked; further keys are allowed, so that an answer may grow.
"""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from .backtest import METRICS
from .bands import BANDS
from .doctor import State
from .facts.registry import REGISTRY
from .facts.spec import FactSpec
from .facts.units import MONEY
from .findings.finding import Status
from .findings.signals import SIGNAL_NAMES
from .fundamentals import Kind
from .market import Interval
from .question import TOPICS
from .reading import RULE_VERBS
from .scan.row import State as Truth
from .verbs import VERBS

type Schema = dict[str, Any]

CHECKS = (
    "revenue_growth", "profitability", "balance_sheet", "insider_buying", "competitive_advantage",
    "valuation",
)  # fmt: skip
RISKS = (
    "liquidity", "coverage", "bankruptcy", "concentration", "volatility", "leverage", "dilution",
    "valuation",
)  # fmt: skip

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CURRENCY = {"type": "string", "pattern": "^[A-Z]{2}[A-Za-z]$"}
_UNITS = tuple(dict.fromkeys(spec.unit for spec in REGISTRY.values() if spec.unit != MONEY))


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


def _object(
    properties: Mapping[str, Schema], *, optional: tuple[str, ...] = (), **more: Any
) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": dict(properties), **more}


def _envelope(answer: str, properties: Mapping[str, Schema]) -> Schema:
    return _object({"schema": {"const": f"genie-{answer}/1"}, **properties})


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _or_null(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _part(answer: str) -> Schema:
    return {"$ref": f"#/$defs/{answer}"}


def _one_of(*values: str) -> Schema:
    return {"enum": list(values)}


_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_TIME: Schema = {"type": "string", "format": "date-time"}
_DAY_OR_TIME: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T.+)?$"}
_FRACTION: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_SOURCES: Schema = _list(_object({"source": _TEXT, "value": _NUMBER}))
_EVIDENCE: Schema = _list(_object({"name": _TEXT, "value": _or_null(_NUMBER), "unit": _TEXT}))
_MISSING: Schema = _list(_object({"what": _TEXT, "reason": {"type": "string", "minLength": 1}}))
_TIMING: Schema = _object(
    {
        "seconds": _NUMBER,
        "calls": _COUNT,
        "cache_hits": _COUNT,
        "waits": _NUMBER,
        "fetched_at": _or_null(_TIME),
        "stale": _list(_TEXT),
    }
)


def _named(names: tuple[str, ...], properties: Mapping[str, Schema]) -> Schema:
    return _object({"name": _one_of(*names), **properties})


def _unit(spec: FactSpec) -> Schema:
    """The unit of a fact: its own, or any currency; money that nobody stated has none."""
    return {"anyOf": [_CURRENCY, {"const": MONEY}]} if spec.unit == MONEY else {"const": spec.unit}


def _fact(spec: FactSpec) -> Schema:
    verdict = {"enum": [*BANDS, None]} if spec.name == "market_cap" else _or_null(_TEXT)
    return _object(
        {
            "value": _or_null(_NUMBER),
            "unit": _unit(spec),
            "as_of": _or_null(_DAY_OR_TIME),
            "source": _or_null(_TEXT),
            "formula": _TEXT,
            "verdict": verdict,
            "alternatives": _SOURCES,
        },
        title=spec.label,
        description=spec.formula,
    )


def _analyze() -> Schema:
    return _envelope(
        "analyze",
        {
            "as_of": _TIME,
            "provider": _TEXT,
            "ticker": _TEXT,
            "name": _TEXT,
            "currency": _or_null(_TEXT),
            "kind": _one_of(*get_args(Kind)),
            "sector": _or_null(_TEXT),
            "industry": _or_null(_TEXT),
            "fictional": _FLAG,
            "bars_to": _or_null(_TIME),
            "facts": _object({name: _fact(spec) for name, spec in REGISTRY.items()}),
            "bands": {"type": "object", "additionalProperties": _NUMBER},
            "signals": _list(_signal()),
            "checks": _list(_check(), minItems=len(CHECKS), maxItems=len(CHECKS)),
            "risks": _list(_risk(), minItems=len(RISKS), maxItems=len(RISKS)),
            "opportunities": _list(_object({"name": _TEXT, "text": _TEXT, "evidence": _EVIDENCE})),
            "peers": _list(_standing()),
            "earnings": _earnings(),
            "answers": _list(_object({"question": _TEXT, "text": _TEXT})),
            "summary": _TEXT,
            "missing": _MISSING,
            "timing": _TIMING,
            "disclaimer": _TEXT,
        },
    )


def _signal() -> Schema:
    return _named(
        SIGNAL_NAMES,
        {
            "active": _or_null(_FLAG),
            "bars_ago": _or_null(_COUNT),
            "with_volume": _or_null(_FLAG),
            "text": _TEXT,
        },
    )


def _check() -> Schema:
    return _named(
        CHECKS, {"status": _one_of(*get_args(Status)), "text": _TEXT, "evidence": _EVIDENCE}
    )


def _risk() -> Schema:
    return _named(RISKS, {"severity": _or_null(_FRACTION), "text": _TEXT, "evidence": _EVIDENCE})


def _standing() -> Schema:
    return _object(
        {
            "fact": _one_of(*REGISTRY),
            "median": _or_null(_NUMBER),
            "n": _COUNT,
            "members": _list(_TEXT),
            "excluded": _list(_object({"ticker": _TEXT, "reason": _TEXT})),
            "percentile": _or_null(_FRACTION),
            "basis": _TEXT,
            "source": _TEXT,
            "reason": _or_null(_TEXT),
        }
    )


def _earnings() -> Schema:
    past = _object(
        {
            "day": _DAY_OR_TIME,
            "estimate": _or_null(_NUMBER),
            "actual": _or_null(_NUMBER),
            "surprise": _or_null(_NUMBER),
        }
    )
    return _object({"next": _list(_DAY_OR_TIME), "past": _or_null(_list(past))})


def _compare() -> Schema:
    difference = _object(
        {
            "fact": _one_of(*REGISTRY),
            "values": {"type": "object", "additionalProperties": _or_null(_NUMBER)},
            "text": _TEXT,
        }
    )
    few, many = VERBS["compare"].tickers
    return _envelope(
        "compare",
        {
            "as_of": _TIME,
            "provider": _TEXT,
            "tickers": _list(_TEXT, minItems=few, maxItems=many),
            "reports": _list(_part("analyze"), minItems=few, maxItems=many),
            "differences": _list(difference),
            "aligned_to": _or_null(_list(_TIME, minItems=2, maxItems=2)),
            "summary": _TEXT,
            "missing": _MISSING,
            "timing": _TIMING,
            "disclaimer": _TEXT,
        },
    )


def _why() -> Schema:
    figure = _object(
        {
            "name": _TEXT,
            "value": _or_null(_NUMBER),
            "source": _TEXT,
            "as_of": _or_null(_DAY_OR_TIME),
            "unit": _or_null(_TEXT),
        }
    )
    return _envelope(
        "why",
        {
            "as_of": _TIME,
            "provider": _TEXT,
            "ticker": _TEXT,
            "fact": _one_of(*REGISTRY),
            "value": _or_null(_NUMBER),
            "unit": {"anyOf": [_one_of(*_UNITS, MONEY), _CURRENCY]},
            "formula": _TEXT,
            "inputs": _list(figure),
            "alternatives": _SOURCES,
            "text": _TEXT,
            "timing": _TIMING,
            "disclaimer": _TEXT,
        },
    )


def _read() -> Schema:
    question = _object({"topic": {"enum": [*TOPICS, None]}, "text": _TEXT})
    return _envelope(
        "read",
        {
            "as_of": {"type": "null"},
            "provider": {"type": "null"},
            "words": _TEXT,
            "verb": {"enum": [*dict.fromkeys((*VERBS, *RULE_VERBS)), None]},
            "tickers": _list(_TEXT),
            "fact": {"enum": [*REGISTRY, None]},
            "questions": _list(question),
            "options": {"type": "object"},
            "rule": _or_null(_TEXT),
            "said_back": _TEXT,
            "understood": _FLAG,
            "suggestions": _list(_TEXT),
        },
    )


def _config() -> Schema:
    setting = _object({"key": _TEXT, "value": _TEXT, "from": _TEXT})
    return _envelope(
        "config", {"path": _TEXT, "changed": _or_null(_TEXT), "settings": _list(setting)}
    )


def _doctor() -> Schema:
    probe = _object(
        {"name": _TEXT, "status": _one_of(*get_args(State)), "text": _TEXT, "cure": _TEXT}
    )
    return _envelope("doctor", {"as_of": _TIME, "provider": _TEXT, "checks": _list(probe)})


def _ask() -> Schema:
    """What plain words ask for is answered by another verb, in that verb's JSON."""
    return {"anyOf": [_part(verb) for verb in _PARTS["ask"]]}


def _scan() -> Schema:
    part = _or_null(_FRACTION)
    metrics = _object({name: _or_null(_NUMBER) for name in METRICS})
    row = _object(
        {
            "ticker": _TEXT,
            "name": _or_null(_TEXT),
            "score": _FRACTION,
            "parts": _object({"state": part, "recency": part, "unseen": part}, optional=("unseen",)),
            "state": _one_of(*get_args(Truth)),
            "bars_since": _or_null(_COUNT),
            "since": _or_null(_TIME),
            "bar_time": _TIME,
            "price": _NUMBER,
            "currency": _or_null(_TEXT),
            "note": _TEXT,
            "distance": _or_null(_NUMBER),
            "position": _one_of("long", "flat"),
            "in_sample": _or_null(metrics),
            "out_of_sample": metrics,
            "buy_and_hold": metrics,
            "spread_bps": _or_null(_NUMBER),
        },
        optional=(
            "distance", "position", "in_sample", "out_of_sample", "buy_and_hold", "spread_bps",
        ),
    )  # fmt: skip
    missing = _object(
        {"ticker": _TEXT, "error": _TEXT, "reason": {"type": "string", "minLength": 1}}
    )
    return _envelope(
        "scan",
        {
            "as_of": _TIME,
            "provider": _TEXT,
            "kind": _one_of("strategy", "rule"),
            "sought": _TEXT,
            "params": {"type": "object", "additionalProperties": _NUMBER},
            "interval": _one_of(*Interval),
            "entry": _TEXT,
            "exit": _or_null(_TEXT),
            "fee_bps": _NUMBER,
            "universe": _object({"source": _TEXT, "size": _COUNT}),
            "rows": _list(row),
            "left_out": _list(missing),
            "unknown": _list(missing),
            "kept": _COUNT,
            "complete": _FLAG,
            "notes": _list(_TEXT),
            "timing": _TIMING,
            "disclaimer": _TEXT,
        },
    )


def _error() -> Schema:
    return _envelope(
        "error",
        {
            "error": _TEXT,
            "message": _TEXT,
            "seen": _or_null(_TEXT),
            "needed": _or_null(_TEXT),
            "cure": _or_null(_TEXT),
            "exit": {"enum": [1, 2, 3, 4, 5]},
        },
    )


_BODIES: Mapping[str, Callable[[], Schema]] = {
    "analyze": _analyze,
    "compare": _compare,
    "why": _why,
    "ask": _ask,
    "read": _read,
    "config": _config,
    "doctor": _doctor,
    "scan": _scan,
    "error": _error,
}

_PARTS: Mapping[str, tuple[str, ...]] = {
    "compare": ("analyze",),
    "ask": ("analyze", "compare", "why", "doctor"),
}
"""Answers whose JSON holds, or is, another answer's."""
