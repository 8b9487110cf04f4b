"""What the ledger keeps of a rule and of a run."""

from dataclasses import dataclass
from datetime import datetime

from ..rule import State
from .sink import Sink


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A rule as the ledger knows it.

    Attributes:
        rule_id: Which rule.
        line: Its canonical line when it was armed.
        sinks: Where its alerts go; those it was armed with.
        armed_at: When, by the provider's clock, UTC.
        snoozed_until: It does not fire before; None when it is not snoozed.
        state: After its last successful check; None before the first.
        checked_at: When that was, by the provider's clock, UTC; None before the first.
    """

    rule_id: str
    line: str
    sinks: tuple[Sink, ...] = ()
    armed_at: datetime
    snoozed_until: datetime | None = None
    state: State | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What is carried from bar to bar of the rules of a provider and interval.

    It follows from their states and the bars: without it every rule is computed anew, with the same result.

    Attributes:
        provider: The address of the provider.
        interval: The length of the bars.
        begun_at: When rules were last taken in, by the provider's clock, UTC.
        body: A `Stream` as bytes.
    """

    provider: str
    interval: str
    begun_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One check.

    Attributes:
        id: 32 hex digits, drawn when it began.
        began: Real time, UTC.
        ended: Real time, UTC; None for a run that was cut off.
        as_of: What was knowable, by the provider's clock, UTC.
        ok: Whether every rule could be checked.
        line: What it had to say, in one line.
        every: Seconds until the next run is due, for a run of a schedule; None for a single one.
    """

    id: str
    began: datetime
    ended: datetime | None = None
    as_of: datetime
    ok: bool = False
    line: str = ""
    every: float | None = None
