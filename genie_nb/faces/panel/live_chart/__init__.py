"""A chart that a kernel keeps in step: candles on a canvas, everything else drawn by Plotly over it.

Scene -> Feed: what changed, within the window -> one binary message -> live_chart.js
"""

from .feed import Feed
from .library import library
from .scene import Curve, Marks, Pane, Scene

__all__ = ["Curve", "Feed", "Marks", "Pane", "Scene", "library"]
