"""Small pictures in the card: static SVG, readable where no chart library runs."""

from collections.abc import Sequence

from ..document import Sketch
from .tag import Markup, tag

WIDTH, HEIGHT = 880.0, 132.0
_TOP, _FLOOR, _VOLUME = 4.0, 100.0, 28.0
_BAR = 20.0


def price_picture(sketch: Sketch) -> Markup:
    """Closes, their average and the volume of the last year.

    The picture stretches with the page; its lines keep their width.
    """
    known = [value for value in (*sketch.closes, *sketch.average) if value is not None]
    low, high = min(known), max(known)
    xs = _spread(len(sketch.closes))
    close = _path(xs, sketch.closes, low, high)
    return tag(
        "svg",
        (
            tag("title", sketch.caption),
            _volumes(xs, sketch.volumes),
            tag("path", class_="under", fill="currentColor", fill_opacity="0.09",
                d=f"{close}L{WIDTH:g},{_FLOOR:g}L0,{_FLOOR:g}Z"),
            _stroke(_path(xs, sketch.average, low, high), "1.3", class_="average", stroke_dasharray="5 4"),
            _stroke(close, "1.8", class_="close", stroke_linejoin="round"),
        ),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", width="100%", height=f"{HEIGHT:g}",
        preserveAspectRatio="none", role="img", xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def bar_picture(values: Sequence[float | None]) -> Markup:
    """A handful of numbers as bars from a common zero; a missing one leaves a gap."""
    known = [value for value in values if value is not None]
    high, low = max((0.0, *known)), min((0.0, *known))
    scale = _BAR / ((high - low) or 1.0)
    step = 70.0 / len(values)
    bars = [
        tag(
            "rect",
            x=_number(i * step + 1),
            y=_number(1 + (high - max(value, 0.0)) * scale),
            width=_number(step - 3),
            height=_number(max(abs(value) * scale, 0.8)),
            fill="currentColor",
            fill_opacity="0.9" if value >= 0 else "0.4",
        )
        for i, value in enumerate(values)
        if value is not None
    ]
    return tag(
        "svg", bars, viewBox="0 0 70 22", class_="bars", aria_hidden="true", width="70", height="22"
    )


def _volumes(xs: Sequence[float], volumes: Sequence[float | None]) -> Markup:
    most = max((value for value in volumes if value), default=0.0)
    if not most:
        return Markup("")
    d = "".join(
        f"M{_number(x)},{HEIGHT:g}v{_number(-_VOLUME * value / most)}"
        for x, value in zip(xs, volumes, strict=True)
        if value
    )
    width = _number(max(1.0, WIDTH / len(xs) - 1.2))
    return tag(
        "path", d=d, stroke="currentColor", stroke_opacity="0.45", stroke_width=width, fill="none"
    )


def _stroke(d: str, width: str, **more: str) -> Markup:
    return tag(
        "path", d=d, fill="none", stroke="currentColor", stroke_width=width,
        vector_effect="non-scaling-stroke", **more,
    )  # fmt: skip


def _path(xs: Sequence[float], values: Sequence[float | None], low: float, high: float) -> str:
    commands, pen = [], "M"
    for x, value in zip(xs, values, strict=True):
        if value is None:
            pen = "M"
            continue
        commands.append(f"{pen}{_number(x)},{_number(_height(value, low, high))}")
        pen = "L"
    return "".join(commands)


def _height(value: float, low: float, high: float) -> float:
    return _FLOOR - 4 - (value - low) / ((high - low) or 1.0) * (_FLOOR - 4 - _TOP)


def _spread(count: int) -> list[float]:
    step = WIDTH / max(count - 1, 1)
    return [i * step for i in range(count)]


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
