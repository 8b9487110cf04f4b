"""The style of the panels that are made of several parts."""

from importlib.resources import files


def style() -> str:
    """The frame's own rules, then those of parts that panels share."""
    here = files("genie_nb.faces.panel")
    places = (("frame", "frame.css"), ("parts.css",))
    return "\n".join(here.joinpath(*place).read_text("utf-8") for place in places)
