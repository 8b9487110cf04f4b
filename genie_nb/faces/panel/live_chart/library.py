"""The chart library as the page is given it: once per page, packed, never from the network."""

import gzip
from functools import cache
from importlib.resources import files


@cache
def library() -> bytes:
    """Plotly's browser library from the installed Plotly, gzipped.

    A page asks for it when it has none, so that no widget carries it in its state.
    """
    whole = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    return gzip.compress(whole, compresslevel=1)
