"""Charts as Plotly JSON, made without importing Plotly."""

from .compare import comparison_figure
from .price import price_figure, report_figure
from .rotation import rotation_figure
from .rule import preview_figure
from .strategy import study_figure

__all__ = [
    "comparison_figure",
    "preview_figure",
    "price_figure",
    "report_figure",
    "rotation_figure",
    "study_figure",
]
