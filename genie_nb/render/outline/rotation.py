"""Small companies against large ones."""

from ...core.figures import written
from ...core.rotation import Breadth, Januaries, Rotation, Streak, ValuationGap
from ...core.rotation.breadth import MONTH
from ..document import Block, Document, Grid, Masthead, Note, Notes, Prose
from . import origin

_TITLES = {"streak": "The streak", "ratio": "The ratio", "price": "The small-cap index"}
"""What the items of `watch_items` are called."""


def of_rotation(rotation: Rotation) -> Document:
    """The summary, returns, breadth, streaks, Januaries, valuations and what would change them."""
    pair = rotation.pair
    return Document(
        masthead=Masthead(
            name=f"{pair.small} against {pair.large}",
            pills=("fictional",) if rotation.fictional else (),
            lines=(f"small against large companies, closes to {pair.day(-1):%Y-%m-%d}",),
        ),
        blocks=(
            Prose(paragraphs=(*rotation.notes[:-1], rotation.summary)),
            *_breadth(rotation.breadth),
            _scores(rotation),
            _watch(rotation),
            *_streaks(rotation),
            *_januaries(rotation.januaries),
            *_gap(rotation.valuation_gap),
            *origin.missing(rotation.missing),
            _about(rotation),
            origin.foot(rotation.timing),
        ),
    )


def _breadth(found: Breadth | None) -> tuple[Block, ...]:
    if found is None:
        return ()
    rows = tuple(
        (
            share.label,
            written(share.now.value, "fraction"),
            written(share.before.value, "fraction"),
            str(share.companies),
        )
        for share in found.shares
    )
    first = found.shares[0]
    return (
        Grid(
            title="How many small companies take part",
            columns=("Share", str(first.now.as_of), str(first.before.as_of), "Companies"),
            rows=rows,
            hints=tuple(share.now.formula for share in found.shares),
            values=tuple(
                (share.now.value, share.before.value, share.companies) for share in found.shares
            ),
            caption=f"{found.basis}; {MONTH} sessions apart, the same companies at both.",
        ),
    )


def _scores(rotation: Rotation) -> Grid:
    pair, scores = rotation.pair, rotation.scores
    return Grid(
        title="Returns without dividends",
        columns=("Period", pair.small, pair.large, "Difference", "From", "To"),
        rows=tuple(
            (
                one.period,
                _signed(one.small),
                _signed(one.large),
                _signed(one.difference),
                str(one.start),
                str(one.end),
            )
            for one in scores
        ),
        words=("From", "To"),
        values=tuple((one.small, one.large, one.difference, None, None) for one in scores),
    )


def _watch(rotation: Rotation) -> Notes:
    notes = tuple(
        Note(lead=_TITLES[item.name], text=f"{item.text} To be told: watch {item.rule}")
        for item in rotation.watch_items
    )
    return Notes(title="What would change the picture", notes=notes)


def _streaks(rotation: Rotation) -> tuple[Block, ...]:
    found = rotation.streaks
    told = ((found.now,) if found.now.length else ()) + found.history
    if not told:
        return ()
    rows = tuple((f"{one.start} to {one.end}", str(one.length), *_moves(one)) for one in told)
    return (
        Grid(
            title="This streak and the longest before" if found.now.length else "Longest streaks",
            columns=("Sessions", "Length", rotation.pair.small, rotation.pair.large),
            rows=rows,
            values=tuple((one.length, one.small, one.large) for one in told),
            caption=f"Since {found.since}: {found.basis}.",
            fold=True,
        ),
    )


def _moves(one: Streak) -> tuple[str, str]:
    return _signed(one.small), _signed(one.large)


def _januaries(found: Januaries | None) -> tuple[Block, ...]:
    if found is None:
        return ()
    told = (*((found.so_far,) if found.so_far else ()), *reversed(found.finished))
    rows = tuple(
        (
            f"{one.year}" if one.finished else f"{one.year}, to {one.end}, unfinished",
            _signed(one.small),
            _signed(one.large),
            _signed(one.difference),
        )
        for one in told
    )
    return (
        Grid(
            title="Januaries",
            columns=("Year", "Small", "Large", "Difference"),
            rows=rows,
            values=tuple((one.small, one.large, one.difference) for one in told),
            caption=f"Finished ones: {len(found.finished)}; small companies ahead in {found.ahead}, by "
            f"{_signed(found.mean)} in the mean of all.",
            fold=True,
        ),
    )


def _gap(found: ValuationGap | None) -> tuple[Block, ...]:
    if found is None:
        return ()
    sides = (
        ("Small", found.small, found.small_count),
        ("Large and mega", found.large, found.large_count),
    )
    return (
        Grid(
            title="Median P/E",
            columns=("Companies", "Median", "With a P/E"),
            rows=tuple(
                (name, written(fact.value, fact.unit), str(count)) for name, fact, count in sides
            ),
            hints=tuple(fact.formula for _, fact, _ in sides),
            values=tuple((fact.value, count) for _, fact, count in sides),
            caption=f"Small companies stand at {written(found.ratio, 'ratio')} of the large ones' median.",
        ),
    )


def _about(rotation: Rotation) -> Notes:
    fictional = " (fictional)" if rotation.fictional else ""
    told = (
        ("Source", f"{rotation.pair.source}{fictional}"),
        ("As of", f"{rotation.as_of:%Y-%m-%d %H:%M} UTC"),
        ("Newest bar", f"closed {rotation.pair.closed_at:%Y-%m-%d %H:%M} UTC"),
        ("Stale", "; ".join(rotation.timing.stale)),
        ("Reach", rotation.notes[-1] if rotation.notes else ""),
    )
    notes = tuple(
        Note(lead=lead, text=text, tone="warn" if lead == "Stale" else "calm")
        for lead, text in told
        if text
    )
    gist = f"{rotation.pair.source}{fictional} · as of {rotation.as_of:%Y-%m-%d %H:%M} UTC"
    return Notes(title=origin.TITLE, notes=notes, fold=not rotation.timing.stale, gist=gist)


def _signed(value: float | None) -> str:
    return written(value, "fraction", signed=True)
