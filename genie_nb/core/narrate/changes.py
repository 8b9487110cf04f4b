"""What changed, in sentences."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..facts.registry import REGISTRY
from ..figures import percent, written
from .sentence import joined

if TYPE_CHECKING:
    from ..changes.diff import Change
    from ..changes.look import Finding, Look, Seen

MOST = 5
"""Changes that a summary tells."""

_STATUS = {
    "pass": "pass", "warn": "worth a look", "fail": "fail", "unknown": "unknown",
    "not_applicable": "does not apply",
}  # fmt: skip
_SIGNED = frozenset(name for name in REGISTRY if name.endswith(("_growth_yoy", "_net_shares_6m")))
_POINTS = {"fraction": "percentage points", "index": "points"}


def moved(
    name: str, before: "Seen", after: "Seen", why: str, size: float | None, *, then: float
) -> str:
    """A fact that has another value.

    Args:
        name: Of the fact.
        before: As it stood.
        after: As it stands.
        why: The cause.
        size: As `Change.size`.
        then: The value before, counted as after the splits between.
    """
    signed = name in _SIGNED
    old, new = (written(one.value, one.unit, signed=signed) for one in (before, after))
    if old == new:
        return f"{REGISTRY[name].label}: still {new}; {why}."
    by = _by(size, before, after) if then == before.value else ""
    counted = (
        f", which was {written(then, after.unit)} counted in today's shares,"
        if then != before.value
        else ""
    )
    return f"{REGISTRY[name].label}: from {old}{counted} to {new}{by}; {why}."


def _by(size: float | None, before: "Seen", after: "Seen") -> str:
    """How much that is, where it can be said shorter than by the two numbers."""
    if size is None or before.unit != after.unit or before.value is None:
        return ""
    if after.unit in _POINTS:
        points = abs(size) * (100 if after.unit == "fraction" else 1)
        return (
            f" ({'+' if size > 0 else '-'}{points:.2g} {_POINTS[after.unit]})"
            if points < 99.5
            else ""
        )
    if after.unit in ("bps", "days", "quarters", "count") or before.value <= 0 or (after.value or 0) <= 0:  # fmt: skip
        return ""
    return f" ({'+' if size > 0 else '-'}{percent(abs(size))})"


def known_or_not(name: str, before: "Seen", after: "Seen", why: str) -> str:
    """A fact that became known, or is not known any more."""
    label, signed = REGISTRY[name].label, name in _SIGNED
    if after.value is None:
        told = written(before.value, before.unit, signed=signed)
        return f"{label}: {told} then, {why}."
    return f"{label}: {written(after.value, after.unit, signed=signed)}; {why}."


def signalled(name: str, now: "Finding") -> str:
    """A signal that appeared or ended."""
    return f"New signal. {now.text}" if now.state else f"Signal ended, {_words(name)}. {now.text}"


def checked(name: str, then: "Finding", now: "Finding") -> str:
    """A check whose answer is another one."""
    old, new = (_STATUS.get(str(one.state), str(one.state)) for one in (then, now))
    return f"Check of {_words(name)}: {new} now, {old} before. {now.text}"


def weighed(name: str, then: "Finding", now: "Finding") -> str:
    """A risk that stands out more or less than it did."""
    more = "more" if (now.state or 0) > (then.state or 0) else "less"  # pyright: ignore[reportOperatorIssue]
    return f"Risk of {_words(name)}: it stands out {more}, at {now.state:.2f} of 1 after {then.state:.2f}. {now.text}"


def summary(before: "Look", after: "Look", found: "Sequence[Change]", *, blind: int = 0) -> str:
    """What changed: a new period in the statements, the price, then the most telling of the others.

    Args:
        before: The earlier look.
        after: The later one.
        found: The changes in their order.
        blind: How many facts could not be compared.
    """
    span = f"between {_moment(before.as_of, after.as_of)} and {_moment(after.as_of, before.as_of)}"
    unseen = f"{blind} fact{'' if blind == 1 else 's'} could not be compared." if blind else ""
    if not found:
        nothing = f"Nothing that shows in the written facts changed with {after.ticker} {span}."
        return joined((nothing, unseen))
    n = len(found)
    head = f"{n} thing{'' if n == 1 else 's'} changed with {after.ticker} {span}."
    told = [one for one in found if one.name == "price"]
    told += [one for one in found if one.name != "price"][: MOST - len(told)]
    return joined((head, _reported(before, after), *(one.text for one in told), unseen))


def _reported(before: "Look", after: "Look") -> str:
    """Says that the statements reach further than they did."""
    then, now = (
        max((one.statements for one in look.facts.values()), default="") for look in (before, after)
    )
    if not then or now <= then:
        return ""
    return f"A newer period is in its statements: they reach to {now}, before to {then}."


def _moment(moment: datetime, other: datetime) -> str:
    """The day, and the hour where both are of one day."""
    same = moment.date() == other.date()
    return f"{moment:%Y-%m-%d %H:%M} UTC" if same else f"{moment:%Y-%m-%d}"


def _words(name: str) -> str:
    return name.replace("_", " ")
