"""Two looks at one ticker: what is not as it was, the most telling first.

    Look, Look -> Change…, and what could not be compared

A number whose written form stays the same has not changed: that is rounding. What could not be known
on one side, as a snapshot of now in the past or after a failed call, is missing and no change.
"""

from collections.abc import Iterator, Mapping, Sequence

from ..facts.registry import REGISTRY
from ..figures import written
from ..fundamentals import Missing
from ..narrate.changes import checked, known_or_not, moved, signalled, weighed
from ..narrate.comparison import distance
from .cause import cause
from .diff import Change
from .look import Finding, Look, Seen
from .split import Split, restated

DIFFERENCES = frozenset({"fraction", "index", "bps", "days", "quarters"})
"""Units whose change is a difference; that of all others is relative."""

RESTLESS = frozenset(
    (
        "sma_20", "sma_50", "sma_200", "high_52w", "low_52w", "rsi_14", "atr_14_pct", "relative_volume",
        "average_volume_20d", "average_dollar_volume_20d", "spread_estimate_bps", "days_to_earnings",
        "exit_cost_bps_10000_shares", "days_to_exit_10000_shares",
    )
)  # fmt: skip
"""Facts that follow the price or swing from day to day: their changes tell a fifth of others' of the size."""

OVER_TIME = 3.0
"""A company differs from itself by less than from others: what is a lot there is three times a lot here."""

RISK_STEP = 0.1
"""A risk changed when its severity moved by as much."""

_CHECK, _KNOWN, _SIGNAL = 1.0, 0.6, 0.3
"""Weights of a check whose status changed, of a fact that became known or unknown, of a signal."""


def changes(
    before: Look, after: Look, splits: Sequence[Split] = ()
) -> tuple[tuple[Change, ...], tuple[Missing, ...]]:
    """What changed between two looks, and what cannot be told.

    Facts are ordered by how far they moved, as `compare` measures it for their unit, times
    `OVER_TIME`; those of `RESTLESS` count a fifth. A risk weighs by the step of its severity, a changed
    check 1, a fact that became known or unknown 0.6, a signal that appeared or ended 0.3. Things of one weight stay in the order of the
    registry. A signal that could not be told on one side is no change.

    Args:
        before: The earlier one.
        after: The later one.
        splits: Between them.
    """
    missing = tuple(_untold(before, after))
    left_out = {one.what for one in missing}
    found = [
        *(
            change
            for name in REGISTRY
            if name in before.facts and name in after.facts and name not in left_out
            if (change := _fact(name, before.facts[name], after.facts[name], splits))
        ),
        *_signals(before.signals, after.signals),
        *_checks(before.checks, after.checks),
        *_risks(before.risks, after.risks),
    ]
    return tuple(sorted(found, key=lambda change: -change.weight)), missing


def _untold(before: Look, after: Look) -> Iterator[Missing]:
    """Facts that cannot be compared, and why."""
    for name in after.facts:
        if name not in before.facts:
            yield Missing(what=name, reason="it was not part of the earlier look")
            continue
        then, now = before.facts[name], after.facts[name]
        if now.failed or then.failed:
            which = now if now.failed else then
            yield Missing(what=name, reason=which.reason or "it failed", failed=now.failed)
        elif then.value is None and before.past and now.quoted:
            yield Missing(what=name, reason=then.reason or "not known as of then")
        elif now.value is None and after.past and then.quoted:
            yield Missing(what=name, reason=now.reason or "not known as of then")
        elif then.asked != now.asked and None not in (then.asked, now.asked):
            reason = f"reckoned for {then.asked:,.0f} shares then, for {now.asked:,.0f} now"
            yield Missing(what=name, reason=reason)


def _fact(name: str, before: Seen, after: Seen, splits: Sequence[Split]) -> Change | None:
    if before.value is None and after.value is None:
        return None
    why = cause(name, before, after, splits)
    if before.value is None or after.value is None:
        text = known_or_not(name, before, after, why)
        return _change(name, before, after, why, text=text, weight=_KNOWN)
    same_unit = before.unit == after.unit
    if same_unit and _same(name, before, after):
        return None
    then = restated(name, before.value, splits)
    low, high = sorted((then, after.value))
    weight = distance(low, high, after.unit) if same_unit else _KNOWN
    size = _size(before.value, after.value, after.unit) if same_unit else None
    text = moved(name, before, after, why, size, then=then)
    weight *= OVER_TIME / (5 if name in RESTLESS else 1)
    return _change(name, before, after, why, text=text, weight=weight, size=size)


def _same(name: str, before: Seen, after: Seen) -> bool:
    """Whether nobody could see a difference, or the days to a release only went by."""
    if name == "days_to_earnings" and before.release and after.release:
        return before.release == after.release
    return written(before.value, before.unit) == written(after.value, after.unit)


def _size(before: float, after: float, unit: str) -> float | None:
    if unit in DIFFERENCES:
        return after - before
    return None if before == 0 else after / before - 1


def _change(
    name: str,
    before: Seen,
    after: Seen,
    why: str,
    *,
    text: str,
    weight: float,
    size: float | None = None,
) -> Change:
    return Change(
        kind="fact",
        name=name,
        before=before.value,
        after=after.value,
        unit=after.unit if after.value is not None else before.unit,
        size=size,
        cause=why,
        text=text,
        weight=weight,
    )


def _signals(before: Mapping[str, Finding], after: Mapping[str, Finding]) -> Iterator[Change]:
    for name, now in after.items():
        then = before.get(name)
        if then is None or None in (then.state, now.state) or then.state == now.state:
            continue
        why = "it holds by the prices now" if now.state else "it no longer holds by the prices"
        text = signalled(name, now)
        yield Change(
            kind="signal",
            name=name,
            before=then.state,
            after=now.state,
            cause=why,
            text=text,
            weight=_SIGNAL,
        )


def _checks(before: Mapping[str, Finding], after: Mapping[str, Finding]) -> Iterator[Change]:
    for name, now in after.items():
        then = before.get(name)
        if then is not None and then.state != now.state:
            yield Change(
                kind="check",
                name=name,
                before=then.state,
                after=now.state,
                cause=now.text,
                text=checked(name, then, now),
                weight=_CHECK,
            )


def _risks(before: Mapping[str, Finding], after: Mapping[str, Finding]) -> Iterator[Change]:
    for name, now in after.items():
        then = before.get(name)
        if then is None or not isinstance(then.state, float | int):
            continue
        if not isinstance(now.state, float | int) or abs(now.state - then.state) < RISK_STEP:
            continue
        size = now.state - then.state
        yield Change(
            kind="risk",
            name=name,
            before=then.state,
            after=now.state,
            unit="ratio",
            size=size,
            cause=now.text,
            text=weighed(name, then, now),
            weight=abs(size),
        )
