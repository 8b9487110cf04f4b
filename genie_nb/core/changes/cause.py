"""Why a fact changed, told from where its two values came from and from nothing else."""

from collections.abc import Sequence

from .look import Seen
from .split import IN_SHARES, PER_SHARE, Split


def cause(name: str, before: Seen, after: Seen, splits: Sequence[Split] = ()) -> str:
    """Why, in words.

    Args:
        name: Of the fact.
        before: As it stood.
        after: As it stands.
        splits: Between the two.

    Example:
        >>> cause("price", Seen(value=1.0, unit="USD", prices="2026-01-08"),
        ...       Seen(value=2.0, unit="USD", prices="2026-01-09"))
        'prices to 2026-01-09, before to 2026-01-08'
    """
    if after.value is None:
        return f"no longer known: {_why(after)}"
    if before.value is None:
        return f"known now; before: {_why(before)}"
    told = [str(one) for one in splits if name in PER_SHARE | IN_SHARES]
    if before.unit != after.unit:
        told.append(f"counted in {after.unit}, before in {before.unit}")
    if before.source != after.source and before.source and after.source:
        told.append(f"another source: {after.source}, before {before.source}")
    told += _newer(before, after)
    return "; ".join(told) or _otherwise(before, after)


def _newer(before: Seen, after: Seen) -> list[str]:
    """What it rests on that is of another day now."""
    parts = (
        ("statements", before.statements, after.statements),
        ("prices", before.prices, after.prices),
        ("the next release expected from", before.release, after.release),
    )
    told = [
        f"{what} {'' if what.endswith('from') else 'to '}{now}, before "
        f"{'' if what.endswith('from') else 'to '}{then}"
        for what, then, now in parts
        if then and now and then != now
    ]
    if after.quoted and before.quoted:
        told.append("another figure of the provider's own")
    return told


def _otherwise(before: Seen, after: Seen) -> str:
    if after.statements:
        return f"other figures in the statements to {after.statements}"
    if after.prices:
        return f"other prices to {after.prices}"
    if before.as_of and after.as_of and before.as_of != after.as_of:
        return f"entries to {after.as_of}, before to {before.as_of}"
    return "other entries at the same source"


def _why(seen: Seen) -> str:
    return (seen.reason or "the provider does not say").rstrip(".")
