"""The real clock, for what happens in the world and not in the market."""

import os
from datetime import UTC, datetime

SCHEDULE = "GENIE_EVERY"
"""The environment variable in which a scheduler says how many seconds lie between two of its runs."""


def real_time() -> datetime:
    """Now, aware UTC: when runs begin and messages are tried, whatever a provider's clock says."""
    return datetime.now(UTC)  # noqa: TID251 - deliveries and schedules live in real time


def scheduled_every() -> float | None:
    """Seconds until the next run of whatever schedule started this process; None where none did."""
    try:
        seconds = float(os.environ.get(SCHEDULE, ""))
    except ValueError:
        return None
    return seconds if 0 < seconds < float("inf") else None
