"""How often a rule fires and how long it is kept.

just once -> once    until March 1 2026 -> expires 2026-03-01    at most once a day -> cooldown
"""

from .piece import Piece
from .spans import bars_of
from .table import Found, Row, Table


def _cooldown(found: Found, interval: str) -> Piece | None:
    bars = bars_of(found["span"], interval)
    if bars is None:
        return None
    return Piece(
        kind="option",
        text=f"cooldown {bars.text} bars",
        start=0,
        end=0,
        needs=bars.needs,
        notes=bars.notes,
    )


OPTIONS = Table(
    Row("at most|maximum once|<times=1> every? <span|length:span>", _cooldown),
    Row("no|not more than once|<times=1> every? <span|length:span>", _cooldown),
    Row("at most every? <span|length:span>", _cooldown),
    Row("no more than every <span|length:span>", _cooldown),
    Row("once <span>", _cooldown),
    Row("with? cooldown of? <span|length:span>", _cooldown),
    Row("with? cool down of? <span|length:span>", _cooldown),
    Row("only|just? once only|ever?", "once", kind="option"),
    Row("only|just? one|<times=1> time?", "once", kind="option"),
    Row("first time only?", "once", kind="option"),
    Row("until|till|til|through|expires|expiring on? <date>", "expires {date}", kind="option"),
    Row("paused", "paused", kind="option"),
)
"""Read after articles are taken away."""
