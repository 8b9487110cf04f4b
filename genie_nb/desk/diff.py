"""What changed with one ticker: as it stands now against the last look, or against a day.

Ask -> Report -> Look, and the Look before -> changes -> Diff
"""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from ..core.changes.compare import changes
from ..core.changes.diff import Diff
from ..core.changes.look import Look, look_of
from ..core.changes.split import splits_between
from ..core.errors import AskError
from ..core.fundamentals import Missing
from ..core.narrate.changes import summary
from ..core.verbs import Ask
from .inquiry import find
from .research import ahead, report_of, said
from .seen import last_before

if TYPE_CHECKING:
    from .desk import Desk


def diff(desk: "Desk", ask: Ask) -> Diff:
    """What changed since the last analysis that this home made of the ticker, or since a day.

    Analyses less than an hour apart are one look. The question itself is none, so that it may be
    asked twice.

    Raises:
        AskError: There is no earlier look, or `--since` is not before what is compared with it.
        SetupError: The record of looks is damaged.
        UnknownTicker: As for `analyze`.
        DataError: As for `analyze`.
    """
    with desk.timed() as timing:
        now = desk.data.now()
        subject, said_back = find(desk, ask, ask.tickers[0], now)
        report = report_of(desk, subject)
        after = look_of(report, now)
        failed = tuple(one for one in report.missing if one.failed)
        before, then_failed = _before(desk, ask, after, now)
        splits = splits_between(subject.bars, before.as_of, after.as_of, asked=before.asked)
        found, untold = changes(before, after, splits)
        missing = {one.what: one for one in (*untold, *then_failed, *failed)}
        return Diff(
            ticker=after.ticker,
            provider=desk.data.name,
            since=before.as_of,
            as_of=after.as_of,
            changes=found,
            summary=summary(before, after, found, blind=len(untold)),
            fictional=desk.data.capabilities.fictional,
            missing=tuple(missing.values()),
            notes=said(ask.said_back, said_back, ahead(desk, ask, [subject], now)),
            timing=timing(),
        )


def _before(desk: "Desk", ask: Ask, after: Look, now: datetime) -> tuple[Look, tuple[Missing, ...]]:
    """The earlier look, and the calls that failed for it."""
    if "since" not in ask.options:
        return _last(desk, after), ()
    since = str(ask.options["since"])
    then = replace(ask, options={**ask.options, "as_of": since}, written=())
    moment = desk.moment(then, after.ticker)
    if moment is None or moment >= after.as_of:
        raise AskError(
            f"{since} is not before {after.as_of:%Y-%m-%d %H:%M} UTC, which it is compared with.",
            seen=since,
            needed="an earlier day",
            cure=f"For example: diff {after.ticker} --since 2025-12-01",
        )
    subject, _ = find(desk, then, after.ticker, now)
    report = report_of(desk, subject)
    return look_of(report, now), tuple(one for one in report.missing if one.failed)


def _last(desk: "Desk", after: Look) -> Look:
    before = last_before(desk, after)
    if before is None:
        raise AskError(
            f"There is no look at {after.ticker} from {desk.data.name} before "
            f"{after.as_of:%Y-%m-%d %H:%M} UTC to compare with.",
            seen=after.ticker,
            needed="an earlier analysis in this home, or a day",
            cure=f"Give the day: diff {after.ticker} --since 2025-12-01",
        )
    return before
