"""Schemas of the research verbs: analyze, compare, why, diff."""

from typing import get_args

from ..bands import BANDS
from ..changes.diff import Kind as ChangeKind
from ..facts.registry import REGISTRY
from ..facts.spec import FactSpec
from ..facts.units import MONEY
from ..findings.finding import Status
from ..findings.signals import SIGNAL_NAMES
from ..fundamentals import Kind
from ..verbs import VERBS
from .shape import (
    COUNT,
    CURRENCY,
    DAY_OR_TIME,
    EVIDENCE,
    FLAG,
    FRACTION,
    MISSING,
    MISSING_OF_TICKERS,
    NUMBER,
    SOURCES,
    TEXT,
    TIME,
    TIMING,
    Schema,
    envelope,
    many,
    named,
    one_of,
    or_null,
    part,
    record,
)

CHECKS = (
    "revenue_growth", "profitability", "balance_sheet", "insider_buying", "competitive_advantage",
    "valuation",
)  # fmt: skip
RISKS = (
    "liquidity", "coverage", "bankruptcy", "concentration", "volatility", "leverage", "dilution",
    "valuation",
)  # fmt: skip

_UNITS = tuple(dict.fromkeys(spec.unit for spec in REGISTRY.values() if spec.unit != MONEY))


def _unit(spec: FactSpec) -> Schema:
    """The unit of a fact: its own, or any currency; money that nobody stated has none."""
    return {"anyOf": [CURRENCY, {"const": MONEY}]} if spec.unit == MONEY else {"const": spec.unit}


def _fact(spec: FactSpec) -> Schema:
    verdict = {"enum": [*BANDS, None]} if spec.name == "market_cap" else or_null(TEXT)
    return record(
        {
            "value": or_null(NUMBER),
            "unit": _unit(spec),
            "as_of": or_null(DAY_OR_TIME),
            "source": or_null(TEXT),
            "formula": TEXT,
            "verdict": verdict,
            "alternatives": SOURCES,
        },
        title=spec.label,
        description=spec.formula,
    )


def analyze() -> Schema:
    """The schema of `analyze`."""
    return envelope(
        "analyze",
        {
            "as_of": TIME,
            "provider": TEXT,
            "ticker": TEXT,
            "name": TEXT,
            "currency": or_null(TEXT),
            "kind": one_of(*get_args(Kind)),
            "sector": or_null(TEXT),
            "industry": or_null(TEXT),
            "fictional": FLAG,
            "bars_to": or_null(TIME),
            "facts": record({name: _fact(spec) for name, spec in REGISTRY.items()}),
            "bands": {"type": "object", "additionalProperties": NUMBER},
            "signals": many(_signal()),
            "checks": many(_check(), minItems=len(CHECKS), maxItems=len(CHECKS)),
            "risks": many(_risk(), minItems=len(RISKS), maxItems=len(RISKS)),
            "opportunities": many(record({"name": TEXT, "text": TEXT, "evidence": EVIDENCE})),
            "peers": many(_standing()),
            "earnings": _earnings(),
            "answers": many(record({"question": TEXT, "text": TEXT, "facts": many(TEXT)})),
            "summary": TEXT,
            "notes": many(TEXT),
            "missing": MISSING,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def _signal() -> Schema:
    return named(
        SIGNAL_NAMES,
        {
            "active": or_null(FLAG),
            "bars_ago": or_null(COUNT),
            "with_volume": or_null(FLAG),
            "text": TEXT,
        },
    )


def _check() -> Schema:
    return named(CHECKS, {"status": one_of(*get_args(Status)), "text": TEXT, "evidence": EVIDENCE})


def _risk() -> Schema:
    return named(RISKS, {"severity": or_null(FRACTION), "text": TEXT, "evidence": EVIDENCE})


def _standing() -> Schema:
    return record(
        {
            "fact": one_of(*REGISTRY),
            "median": or_null(NUMBER),
            "n": COUNT,
            "members": many(TEXT),
            "excluded": many(record({"ticker": TEXT, "reason": TEXT})),
            "percentile": or_null(FRACTION),
            "basis": TEXT,
            "source": TEXT,
            "reason": or_null(TEXT),
        }
    )


def _earnings() -> Schema:
    past = record(
        {
            "day": DAY_OR_TIME,
            "estimate": or_null(NUMBER),
            "actual": or_null(NUMBER),
            "surprise": or_null(NUMBER),
        }
    )
    return record({"next": many(DAY_OR_TIME), "past": or_null(many(past))})


def compare() -> Schema:
    """The schema of `compare`."""
    difference = record(
        {
            "fact": one_of(*REGISTRY),
            "values": {"type": "object", "additionalProperties": or_null(NUMBER)},
            "text": TEXT,
        }
    )
    few, most = VERBS["compare"].tickers
    return envelope(
        "compare",
        {
            "as_of": TIME,
            "provider": TEXT,
            "tickers": many(TEXT, minItems=few, maxItems=most),
            "reports": many(part("analyze"), minItems=few, maxItems=most),
            "differences": many(difference),
            "aligned_to": or_null(many(TIME, minItems=2, maxItems=2)),
            "summary": TEXT,
            "notes": many(TEXT),
            "missing": MISSING_OF_TICKERS,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def why() -> Schema:
    """The schema of `why`."""
    figure = record(
        {
            "name": TEXT,
            "value": or_null(NUMBER),
            "source": TEXT,
            "as_of": or_null(DAY_OR_TIME),
            "unit": or_null(TEXT),
        }
    )
    return envelope(
        "why",
        {
            "as_of": TIME,
            "provider": TEXT,
            "ticker": TEXT,
            "fictional": FLAG,
            "fact": one_of(*REGISTRY),
            "value": or_null(NUMBER),
            "unit": {"anyOf": [one_of(*_UNITS, MONEY), CURRENCY]},
            "formula": TEXT,
            "inputs": many(figure),
            "alternatives": SOURCES,
            "text": TEXT,
            "notes": many(TEXT),
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )


def diff() -> Schema:
    """The schema of `diff`."""
    value = {"type": ["number", "boolean", "string", "null"]}
    change = record(
        {
            "kind": one_of(*get_args(ChangeKind)),
            "fact": {
                **one_of(*dict.fromkeys((*REGISTRY, *SIGNAL_NAMES, *CHECKS, *RISKS))),
                "description": "the name of the fact, signal, check or risk",
            },
            "before": {
                **value,
                "description": "a fact's value in its unit, whether a signal was active, a check's "
                "status, a risk's severity; null where it was unknown",
            },
            "after": value,
            "unit": or_null(TEXT),
            "size": {
                **or_null(NUMBER),
                "description": "after - before for fractions, indices, basis points, days, quarters "
                "and severities; after / before - 1 for money, counts, shares and ratios, splits not "
                "taken out; null for what is no number, where either value is unknown, where the unit "
                "changed, and where before is 0 and the change relative",
            },
            "cause": TEXT,
            "text": TEXT,
        }
    )
    return envelope(
        "diff",
        {
            "as_of": TIME,
            "provider": TEXT,
            "ticker": TEXT,
            "fictional": FLAG,
            "since": TIME,
            "changes": many(change),
            "summary": TEXT,
            "notes": many(TEXT),
            "missing": MISSING,
            "timing": TIMING,
            "disclaimer": TEXT,
        },
    )
