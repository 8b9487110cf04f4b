"""The watch: every rule's memory in columns, and the scan of `rule.scan` for all of them at one bar."""

from dataclasses import dataclass, fields

import numpy as np

from ..expr.truth import FALSE, TRUE, UNKNOWN
from ..rule.scan import Memory

NEVER = -1
"""Bars since a fire that was not; the truth that was never known."""


@dataclass(slots=True, kw_only=True)
class Watch:
    """Rules side by side.

    Attributes:
        tape: Whose bars each reads.
        truth: Slot of its condition.
        rearm: Slot of its rearming condition; -1 without one.
        cooldown: Bars from one fire to the next.
        paused: Whether it is followed without firing.
        once: Whether it ends with its first fire.
        ended: Whether it will not fire again.
        last: Its last known truth; -1 when none was.
        since: Bars since its last fire; -1 before the first.
        rearmed: Whether the rearming condition was TRUE since.
        depth: On how many bars before its truth depends beyond what its numbers do.
        unsure: For how many bars more another rounding could change its truth.
    """

    tape: np.ndarray
    truth: np.ndarray
    rearm: np.ndarray
    cooldown: np.ndarray
    paused: np.ndarray
    once: np.ndarray
    ended: np.ndarray
    last: np.ndarray
    since: np.ndarray
    rearmed: np.ndarray
    depth: np.ndarray
    unsure: np.ndarray

    def scan(self, truths: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """One bar of some rules, as `fires` and `follow` scan it.

        Returns:
            Of each of them that has not ended, whether it fires, and whether its truth is UNKNOWN.
        """
        going = ~self.ended[at]
        now, rearm, last = truths[self.truth[at]], self.rearm[at], self.last[at]
        paused, before = self.paused[at], self.since[at]
        since = np.where(before >= 0, before + 1, NEVER)
        seen = (rearm >= 0) & (truths[rearm] == TRUE) & (since >= 0) & ~paused
        rearmed = self.rearmed[at] | seen
        free = (since < 0) | ((since >= self.cooldown[at]) & ((rearm < 0) | rearmed))
        fires = (now == TRUE) & (last == FALSE) & free & ~paused & going
        self.since[at] = np.where(fires, 0, since)
        self.rearmed[at] = rearmed & ~fires
        self.last[at] = np.where(now == UNKNOWN, last, now)
        self.ended[at] |= fires & self.once[at]
        return fires, (now == UNKNOWN) & going

    def memories(self) -> list[Memory]:
        """What each rule remembers."""
        true = int(TRUE)
        columns = (self.last.tolist(), self.since.tolist(), self.rearmed.tolist())
        return [
            Memory(
                last=None if last == NEVER else last == true,
                since_fire=None if since == NEVER else since,
                rearmed=rearmed,
            )
            for last, since, rearmed in zip(*columns, strict=True)
        ]

    def remember(self, rule: int, memory: Memory, *, ended: bool) -> None:
        """Replace what one rule remembers."""
        last, since = memory.last, memory.since_fire
        self.ended[rule] = ended
        self.last[rule] = NEVER if last is None else TRUE if last else FALSE
        self.since[rule] = NEVER if since is None else since
        self.rearmed[rule] = memory.rearmed

    def columns(self) -> dict[str, np.ndarray]:
        """All of it, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def doubt(self, at: np.ndarray, doubtful: np.ndarray) -> None:
        """One bar less of doubt for some rules, and as much as their truths reach for *doubtful* ones."""
        self.unsure[at] = np.maximum(self.unsure[at] - 1, 0)
        self.unsure[doubtful] = self.depth[doubtful] + 1
        self.unsure[self.ended] = 0
