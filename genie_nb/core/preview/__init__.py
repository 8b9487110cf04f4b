"""Previews: what a rule would have done, before it is armed.

rule + bars -> fires (the fold of `due`) -> spacing, what followed, noise -> Preview
"""

from .afterwards import HORIZONS, Afterwards, Interval95, RandomDays
from .preview import FEW, Preview, Spacing, preview

__all__ = [
    "FEW",
    "HORIZONS",
    "Afterwards",
    "Interval95",
    "Preview",
    "RandomDays",
    "Spacing",
    "preview",
]
