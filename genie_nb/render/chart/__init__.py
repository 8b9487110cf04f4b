"""Charts as Plotly JSON, made without importing Plotly."""

from .compare import comparison_figure
from .price import price_figure, report_figure

__all__ = ["comparison_figure", "price_figure", "report_figure"]
