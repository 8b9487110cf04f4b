"""A preview: how often a rule would have fired, what followed, and what chance would have given."""

from ...core.figures import written
from ...core.narrate.condition import told
from ...core.preview import FEW, HORIZONS, Interval95, Preview
from ..document import Document, Grid, Masthead, Note, Notes, Prose
from .origin import foot
from .picture import of_prices
from .session import day
from .strategy import about

MOST = 12
"""Fires that are named, the newest; the JSON and the table hold all."""


def of_preview(preview: Preview) -> Document:
    """Sentences, what followed beside random days, the newest fires."""
    return Document(
        masthead=Masthead(
            name=f"Preview of a rule on {preview.rule.ticker}",
            pills=("fictional",) if preview.fictional else (),
            lines=(str(preview.rule),),
            warning=_warning(preview),
        ),
        blocks=(
            Prose(paragraphs=tuple(sentence for sentence in _sentences(preview) if sentence)),
            *_after(preview),
            *of_prices(preview.bars),
            *_newest(preview),
            about(preview.bars, preview.provider, preview.as_of, preview.fictional),
            foot(preview.timing),
        ),
    )


def _warning(preview: Preview) -> str:
    count = len(preview.positions)
    if preview.enough or not count:
        return ""
    fires = "1 fire" if count == 1 else f"{count} fires"
    return f"Too few fires to say what follows: {fires}, and below {FEW} chance says more."


def _sentences(preview: Preview) -> tuple[str, ...]:
    return (
        preview.said_back,
        f"It fires when this becomes true: {told(preview.rule.condition)}.",
        _often(preview),
        _noise(preview),
        "It is true at the newest bar, so it fires only after it has been false."
        if preview.already
        else "",
        f"It is unknown at the newest bar: {'; '.join(preview.unknown)}."
        if preview.unknown
        else "",
    )


def _often(preview: Preview) -> str:
    count, spacing = len(preview.positions), preview.spacing
    bars = f"{preview.known_bars:,} bars on which it was known"
    if not preview.known_bars:
        return f"It is unknown on all {len(preview.bars):,} bars."
    if not count:
        return f"It would never have fired on {bars}."
    times = {1: "once", 2: "twice"}.get(count, f"{count:,} times")
    rate = f", {preview.per_year:.1f} times a year" if preview.per_year and count > 1 else ""
    apart = (
        f" Fires were {spacing.least:,} to {spacing.most:,} bars apart, half of them within "
        f"{spacing.median:g}."
        if spacing
        else ""
    )
    return f"It would have fired {times} on {bars}{rate}.{apart}"


def _noise(preview: Preview) -> str:
    if not preview.positions:
        return ""
    if preview.noise_share is None:
        return (
            "Whether its fires lie within the noise of the spread cannot be told from these prices."
        )
    share = written(preview.noise_share, "fraction")
    return (
        f"At {share} of the {preview.noise_known:,} fires with a known spread the price had moved less "
        "than half the spread, which trades between bid and ask do by themselves."
    )


def _after(preview: Preview) -> tuple[Grid, ...]:
    if not preview.positions:
        return ()
    rows = []
    for bars in HORIZONS:
        after, others = preview.after[bars], preview.random_days[bars]
        rows.append(
            (
                "1 bar later" if bars == 1 else f"{bars} bars later",
                f"{after.fires:,}",
                _return(after.mean),
                _span(after.interval),
                _span(others.interval),
                _beside(after.mean, others.interval),
                _return(after.median),
                "–" if after.rose is None else written(after.rose, "fraction"),
            )
        )
    return (
        Grid(
            title="What followed",
            columns=("From the close", "Fires", "Mean", "Its interval", "Random days", "Beside them", "Median", "Rose"),
            rows=tuple(rows),
            caption="Returns of the price alone, before costs. Interval: where the mean lies 95 times of "
            "100. Random days: the same of as many days of this ticker, the same distances apart.",
        ),
    )  # fmt: skip


def _beside(mean: float | None, chance: Interval95 | None) -> str:
    if mean is None or chance is None:
        return "–"
    if mean in chance:
        return "within"
    return "above" if mean > chance.high else "below"


def _return(value: float | None) -> str:
    return "–" if value is None else written(value, "fraction", signed=True)


def _span(span: Interval95 | None) -> str:
    return "–" if span is None else f"{_return(span.low)} to {_return(span.high)}"


def _newest(preview: Preview) -> tuple[Notes, ...]:
    if not preview.positions:
        return ()
    shown = preview.positions[::-1][:MOST]
    unit = preview.bars.currency or "money"
    close = preview.bars.close
    notes = tuple(
        Note(lead=day(preview.bars, at), text=written(float(close.iloc[at]), unit)) for at in shown
    )
    rest = len(preview.positions) - len(shown)
    title = f"Newest fires, of {len(preview.positions):,}" if rest else "Fires, newest first"
    return (Notes(title=title, notes=notes, fold=True),)
