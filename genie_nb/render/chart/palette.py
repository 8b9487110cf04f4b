"""Colours and fonts of all charts.

A chart is drawn once and read in both themes, so its inks have a contrast of at least 3 to 1 on white
and on JupyterLab's dark grey; up and down differ in shape (hollow, filled) and in blue against orange.
"""

INK = "#808890"
GRID = "rgba(128,136,144,0.22)"
SHADE = "rgba(128,136,144,0.16)"
NONE = "rgba(0,0,0,0)"
UP = "#3b82c4"
DOWN = "#cc6a14"
SERIES = ("#3b82c4", "#cc6a14", "#1d9a76", "#b0609a", "#8f8420", "#5b7fd6", "#c2555a", "#808890")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid", "dash")
FONT = {
    "family": "system-ui, -apple-system, Segoe UI, Roboto, sans-serif",
    "size": 12,
    "color": INK,
}

type Figure = dict[str, object]
"""A Plotly figure as plain JSON: `data`, `layout`."""


def layout(*, title: str, height: int) -> Figure:
    """What all charts have in common: no background of their own, no default template."""
    return {
        "template": {},
        "title": {
            "text": title,
            "x": 0,
            "xref": "paper",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 14},
            "font": {"size": 14},
        },
        "height": height,
        "autosize": True,
        "margin": {"l": 8, "r": 64, "t": 68, "b": 28},
        "paper_bgcolor": NONE,
        "plot_bgcolor": NONE,
        "font": FONT,
        "hovermode": "x unified",
        "hoverlabel": {"font": {"color": "#1f2328"}, "bgcolor": "rgba(246,248,250,0.95)"},
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 11}},
        "dragmode": "pan",
        "modebar": {"bgcolor": NONE, "color": INK, "activecolor": UP},
    }


def axis(**more: object) -> Figure:
    """An axis with a faint grid and no frame."""
    return {"gridcolor": GRID, "linecolor": GRID, "zeroline": False, "ticks": "", **more}


def buttons(made: list[Figure]) -> Figure:
    """A row of buttons below the lower right corner.

    None is marked as pressed: Plotly's mark is a light ground, on which the label is faint.
    """
    return {
        "type": "buttons",
        "direction": "right",
        "x": 1,
        "xanchor": "right",
        "y": 0,
        "yanchor": "top",
        "pad": {"t": 26},
        "showactive": False,
        "bgcolor": SHADE,
        "bordercolor": "rgba(128,136,144,0.35)",
        "font": {"size": 11, "color": INK},
        "buttons": made,
    }
