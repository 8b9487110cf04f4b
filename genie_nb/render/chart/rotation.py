"""Two indices from a common start, and the one divided by the other."""

from ...core.rotation import Rotation
from .compare import rebased_figure
from .palette import Figure


def rotation_figure(rotation: Rotation) -> Figure | None:
    """Both closes and their ratio, each 100 at the first session shown: the ratio rises while small leads."""
    pair = rotation.pair
    closes = pair.closes.rename(columns={"small": pair.small, "large": pair.large})
    return rebased_figure(closes.assign(**{f"{pair.small} / {pair.large}": pair.ratio}))
