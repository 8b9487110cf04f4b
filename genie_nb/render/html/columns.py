"""A small chart as columns: static SVG from a common zero, each column with its own value to point at."""

from ..document import SmallChart
from .tag import Markup, tag

WIDTH, HEIGHT = 240.0, 84.0
_EDGE = 2.0


def column_picture(chart: SmallChart, periods: tuple[str, ...]) -> Markup:
    """Columns up for positive values and down for negative ones; an unknown one leaves a gap.

    Losses hang below the line and are paler, so that colour is not the only sign.
    """
    known = [value for value in chart.values if value is not None]
    high, low = max((0.0, *known)), min((0.0, *known))
    scale = (HEIGHT - 2 * _EDGE) / ((high - low) or 1.0)
    zero = _EDGE + high * scale
    step = WIDTH / max(len(chart.values), 1)
    columns = [
        _column(i * step, step, zero, value * scale, f"{period}: {text}")
        for i, (value, text, period) in enumerate(
            zip(chart.values, chart.written, periods, strict=True)
        )
        if value is not None
    ]
    line = tag("path", d=f"M0,{zero:.1f}H{WIDTH:g}", stroke="currentColor", stroke_opacity="0.5",
               vector_effect="non-scaling-stroke")  # fmt: skip
    return tag(
        "svg",
        (tag("title", _aloud(chart, periods)), *columns, line),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        preserveAspectRatio="none",
        role="img",
        xmlns="http://www.w3.org/2000/svg",
    )


def _column(left: float, step: float, zero: float, size: float, said: str) -> Markup:
    return tag(
        "rect",
        tag("title", said),
        x=f"{left + step * 0.14:.1f}",
        y=f"{zero - max(size, 0.0):.1f}",
        width=f"{step * 0.72:.1f}",
        height=f"{max(abs(size), 0.8):.1f}",
        fill="currentColor",
        fill_opacity="0.85" if size >= 0 else "0.4",
    )


def _aloud(chart: SmallChart, periods: tuple[str, ...]) -> str:
    told = (f"{period} {text}" for period, text in zip(periods, chart.written, strict=True))
    return f"{chart.title} over time: {', '.join(told)}"
