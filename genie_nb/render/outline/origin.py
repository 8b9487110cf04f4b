"""The end of an answer: what is missing, how old the data is, what it cost."""

from collections.abc import Container, Mapping, Sequence
from datetime import datetime

from ...core.figures import written
from ...core.fundamentals import Missing
from ...core.report import DISCLAIMER, Report, Timing
from ..document import Block, Foot, Note, Notes
from .company import clock
from .facts import label_of

TITLE = "About this answer"

FEW = 4
"""As many missing things as are shown unfolded, or named beside the title of the others."""


def missing(found: Sequence[Missing], *, fold: bool | None = None) -> tuple[Block, ...]:
    """What is not there and why: failed calls in the open, the rest folded as `unknown` folds it."""
    notes = _by_reason([item for item in found if item.failed], tone="warn")
    blocks: list[Block] = []
    if notes:
        blocks.append(Notes(title="Could not be fetched", notes=notes))
    blocks += unknown(found, fold=fold)
    return tuple(blocks)


def failed(found: Mapping[str, Sequence[Missing]]) -> tuple[Notes, ...]:
    """What could not be fetched of several tickers, each reason once."""
    reasons: dict[str, list[str]] = {}
    for ticker, items in found.items():
        for reason, labels in _grouped([item for item in items if item.failed]).items():
            reasons.setdefault(reason, []).append(f"{ticker}: {'; '.join(labels)}")
    notes = tuple(
        Note(lead=" · ".join(whose), text=reason, tone="warn") for reason, whose in reasons.items()
    )
    return (Notes(title="Could not be fetched", notes=notes),) if notes else ()


def unknown(
    found: Sequence[Missing], *, of: str = "", fold: bool | None = None
) -> tuple[Notes, ...]:
    """What is not there although no call failed, and why.

    Args:
        found: What is missing, failed calls among it.
        of: Whose it is, where the answer is about several.
        fold: Whether only the title is shown until asked; None for when the list is long.
    """
    absent = [item for item in found if not item.failed]
    if not absent:
        return ()
    notes = _by_reason(absent, tone="calm")
    things = "1 thing" if len(absent) == 1 else f"{len(absent)} things"
    title = f"Not known{f' of {of}' if of else ''}: {things}"
    short = len(notes) <= FEW
    gist = "; ".join(note.lead for note in notes) if short else ""
    return (Notes(title=title, notes=notes, fold=not short if fold is None else fold, gist=gist),)


def ages(report: Report) -> Notes:
    """How old the data is and who says so."""
    zone = report.bars.timezone if report.bars is not None else "UTC"
    source = f"{report.provider} (fictional)" if report.profile.fictional else report.provider
    told = (
        ("Prices", _prices(report, zone)),
        ("Statements", _statements(report)),
        ("Source", _fetched(source, report.timing.fetched_at)),
        ("Stale", "; ".join(report.timing.stale)),
        ("As of", clock(report.as_of, zone)),
        ("Size bands", _sizes(report)),
        ("Any number", f"genie why FACT {report.profile.ticker} shows how it was made."),
    )
    notes = (Note(lead=k, text=v, tone="warn" if k == "Stale" else "calm") for k, v in told if v)
    gist = " · ".join(part for part in (source, _to(report, zone)) if part)
    return Notes(title=TITLE, notes=tuple(notes), fold=not report.timing.stale, gist=gist)


def foot(timing: Timing) -> Foot:
    """What the answer cost, and that it is not advice."""
    return Foot(cost=cost(timing), disclaimer=DISCLAIMER)


def cost(timing: Timing) -> str:
    """Seconds, calls, cache hits and waits in one line.

    Example:
        >>> cost(Timing(seconds=0.214, calls=1, cache_hits=3))
        '0.21 s · 1 call · 3 from the cache · waited 0.0 s'
    """
    calls = "1 call" if timing.calls == 1 else f"{timing.calls} calls"
    return (
        f"{timing.seconds:.2f} s · {calls} · {timing.cache_hits} from the cache "
        f"· waited {timing.waits:.1f} s"
    )


def bands(limits: Mapping[str, float], currency: str | None) -> str:
    """The limits between the size bands, as configured; empty without them.

    `nano < $50M ≤ micro < $300M ≤ small …`: large includes its upper limit.
    """
    ordered = sorted(limits.items(), key=lambda pair: pair[1])
    if not ordered:
        return ""
    text = ""
    for name, limit in ordered:
        inclusive = name == "large"
        edge = written(limit, currency or "USD")
        text += f"{name} {'≤' if inclusive else '<'} {edge} {'<' if inclusive else '≤'} "
    return f"{text}{'mega' if ordered[-1][0] == 'large' else 'above'}"


def _by_reason(found: Sequence[Missing], *, tone: str) -> tuple[Note, ...]:
    kind = "warn" if tone == "warn" else "calm"
    return tuple(
        Note(lead="; ".join(labels), text=reason, tone=kind)
        for reason, labels in _grouped(found).items()
    )


def _grouped(found: Sequence[Missing]) -> dict[str, list[str]]:
    """What is missing by reason; what lacks a fact that is named there stands beside that fact."""
    given = {item.reason for item in found}
    reasons: dict[str, list[str]] = {}
    for item in found:
        reasons.setdefault(_root(item.reason, given), []).append(label_of(item.what))
    return reasons


def _root(reason: str, given: Container[str]) -> str:
    """The reason behind `it needs FACT: reason`, where that is given for the fact itself.

    Example:
        >>> _root("it needs price: the source is down", {"the source is down"})
        'the source is down'
    """
    needs, _, behind = reason.partition(": ")
    return _root(behind, given) if needs.startswith("it needs ") and behind in given else reason


def _sizes(report: Report) -> str:
    profile = report.profile
    return bands(profile.band_limits, profile.currency) if profile.kind == "equity" else ""


def _prices(report: Report, zone: str) -> str:
    if report.bars is None or not len(report.bars):
        return "none"
    dropped = report.bars.dropped
    left_out = f"; {dropped} rows without a price left out" if dropped else ""
    return f"{len(report.bars):,} daily bars {_to(report, zone)}{left_out}"


def _to(report: Report, zone: str) -> str:
    """How far the prices reach; empty without any."""
    if report.bars is None or not len(report.bars):
        return ""
    last = clock(report.bars_to, zone) if report.bars_to else f"{report.bars.index[-1]:%Y-%m-%d}"
    return f"to {last}"


def _statements(report: Report) -> str:
    ends = {
        statement.frequency: max(period.end for period in statement.periods)
        for statement in report.statements
        if statement.periods
    }
    if not ends:
        return ""
    newest = ends.get("quarterly") or max(ends.values())
    return f"to {newest}"


def _fetched(source: str, fetched_at: datetime | None) -> str:
    return f"{source}, fetched {fetched_at:%Y-%m-%d %H:%M} UTC" if fetched_at else source
