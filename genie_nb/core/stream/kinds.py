"""Every kind of node that is kept from bar to bar."""

from collections.abc import Mapping

from . import arithmetic, smoothing, truths, windows
from .lanes import Kind

COLUMNS = ("open", "high", "low", "close", "volume")
"""What a bar brings, in the order in which it is given."""

_ALL = (*arithmetic.KINDS, *windows.KINDS, *smoothing.KINDS, *truths.KINDS)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
"""By name. Beside them there are the columns of a bar, and `number`."""

ORDER: Mapping[str, int] = {name: at for at, name in enumerate((*COLUMNS, "number", *KINDS))}
"""In which order kinds of one level are computed."""
