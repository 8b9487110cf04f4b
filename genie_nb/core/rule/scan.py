"""The one scan that decides when a rule fires; alerts, previews and chart marks share it."""

from dataclasses import dataclass

from ..expr.truth import TRUE, UNKNOWN, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a scan must know of the bars before.

    Attributes:
        last: The last truth that was known; None when none was.
        since_fire: Bars since the last fire; None before the first.
        rearmed: Whether the rearming condition was TRUE since the last fire.
    """

    last: bool | None = None
    since_fire: int | None = None
    rearmed: bool = False


def fires(
    truth: Truth, memory: Memory, cooldown: int = 0, rearm: Truth | None = None
) -> tuple[tuple[int, ...], Memory]:
    """Where a rule fires.

    At a bar that is TRUE when the last known truth before was FALSE, *cooldown* bars or more after
    the last fire, and with *rearm* only if that was TRUE since the last fire. Before the first fire
    neither is required.

    Args:
        truth: Of the condition, at the bars that were not scanned yet.
        memory: Of the bars before.
        cooldown: Bars from one fire to the next, at least.
        rearm: The truth of the rearming condition at the same bars.

    Returns:
        The positions that fire, and the memory for the next scan.

    Example:
        >>> import numpy as np
        >>> fires(np.array([0, 2, 1, 2, 0, 2]), Memory())[0]
        (1, 5)
    """
    found: list[int] = []
    last, since, rearmed = memory.last, memory.since_fire, memory.rearmed
    for position, now in enumerate(truth.tolist()):
        since = None if since is None else since + 1
        seen = rearm is not None and bool(rearm[position] == TRUE)
        rearmed = rearmed or (seen and since is not None)
        free = since is None or (since >= cooldown and (rearm is None or rearmed))
        if now == TRUE and last is False and free:
            found.append(position)
            since, rearmed = 0, False
        if now != UNKNOWN:
            last = bool(now == TRUE)
    return tuple(found), Memory(last=last, since_fire=since, rearmed=rearmed)


def follow(truth: Truth, memory: Memory, rearm: Truth | None = None) -> Memory:
    """The memory after bars that were watched without firing.

    A rule that rests sees what rearms it all the same.
    """
    known = truth[truth != UNKNOWN]
    seen = rearm is not None and memory.since_fire is not None and bool((rearm == TRUE).any())
    return Memory(
        last=bool(known[-1] == TRUE) if len(known) else memory.last,
        since_fire=None if memory.since_fire is None else memory.since_fire + len(truth),
        rearmed=memory.rearmed or seen,
    )
