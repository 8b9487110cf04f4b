"""What a live chart shows, whichever part of it is in view."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One stripe of the chart; the first holds the candles.

    Attributes:
        title: What is above its upper left corner; empty for none.
        height: In pixels.
        format: How Plotly writes the numbers of its axis, in d3's notation.
        thresholds: Numbers marked by faint lines across it.
        whole: Whether it shows all bars, whatever part of them the others show.
    """

    title: str = ""
    height: int = 90
    format: str = ".3~s"
    thresholds: tuple[float, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """A number per bar, drawn as a line.

    Attributes:
        key: Which line it is from one scene to the next; its name may change with its parameters.
        name: As the legend has it.
        values: One per bar; NaN leaves a gap.
        pane: Which.
        colour: Of the line.
        dash: As Plotly calls it.
        fill: Whether the space down to zero is shaded.
    """

    key: str
    name: str
    values: np.ndarray = field(repr=False)
    pane: int = 0
    colour: str = ""
    dash: str = "solid"
    fill: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marks:
    """Signs on some bars of the first pane.

    Attributes:
        key: Which marks they are from one scene to the next.
        name: As the legend has it.
        at: Bar numbers, in order.
        prices: How high each stands.
        texts: What is said of each.
        symbol: As Plotly calls it.
        colour: Of the sign.
    """

    key: str
    name: str
    at: np.ndarray = field(repr=False)
    prices: np.ndarray = field(repr=False)
    texts: tuple[str, ...] = field(repr=False)
    symbol: str = "circle"
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """Everything on the chart beside the bars.

    Attributes:
        panes: From the top down; the first has the candles.
        curves: Lines.
        marks: Signs on bars.
        volume: The pane of the volume; None to leave it out.
        unseen: The first bar that is out of sample; None where there is none.
        said: What the chart shows, in a sentence, for who cannot see it.
    """

    panes: tuple[Pane, ...]
    curves: tuple[Curve, ...] = ()
    marks: tuple[Marks, ...] = ()
    volume: int | None = None
    unseen: int | None = None
    said: str = ""
