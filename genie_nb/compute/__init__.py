"""Compute: the same work for many tickers, over processes or a Dask cluster.

function + pieces -> run -> Outcomes, as they are ready
"""

from .run import run

__all__ = ["run"]
