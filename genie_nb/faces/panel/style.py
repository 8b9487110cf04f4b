"""The style of the panels: the inks of the cards, the frame's own rules, those of parts that panels share."""

from importlib.resources import files

from ...render.html.style import DARK, LIGHT

INKS = ("soft", "good", "bad")
"""Colours of a card that no variable of JupyterLab stands for."""


def frame_style() -> str:
    """The inks and the frame's own rules."""
    return f"{_inks()}\n{_rules('frame', 'frame.css')}"


def style() -> str:
    """The same, then the rules of parts that panels share."""
    return f"{frame_style()}\n{_rules('parts.css')}"


def _inks() -> str:
    light, dark = ("".join(f"--{name}:{theme[name]};" for name in INKS) for theme in (LIGHT, DARK))
    return f'.genie-panel{{{light}}}[data-jp-theme-light="false"] .genie-panel{{{dark}}}'


def _rules(*place: str) -> str:
    return files("genie_nb.faces.panel").joinpath(*place).read_text("utf-8")
