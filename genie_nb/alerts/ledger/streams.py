"""What is carried from bar to bar. It follows from states and bars, so it may be dropped at any time.

What another release wrote is not read: it may have carried something else.
"""

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version

from sqlalchemy import Connection, select

from ...core.watch import Carried
from .tables import STREAMS
from .writing import insert_or_update


def carried(connection: Connection, provider: str, interval: str) -> Carried | None:
    """What is carried of the rules of a provider and interval; None when nothing is."""
    mine = (STREAMS.c.provider == provider) & (STREAMS.c.interval == interval)
    own = STREAMS.c.release == version("genie-nb")
    row = connection.execute(select(STREAMS).where(mine & own)).one_or_none()
    if row is None:
        return None
    return Carried(
        provider=row.provider, interval=row.interval, begun_at=row.begun_at, body=row.body
    )


def carry(connection: Connection, wanted: Sequence[Carried], written_at: datetime) -> None:
    """Put streams in the place of the old ones."""
    for one in wanted:
        row = {
            "provider": one.provider,
            "interval": one.interval,
            "release": version("genie-nb"),
            "written_at": written_at,
            "begun_at": one.begun_at,
            "body": one.body,
        }
        insert_or_update(connection, STREAMS, row)
