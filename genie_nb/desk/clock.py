"""The real clock, for what happens in the world and not in the market."""

from datetime import UTC, datetime


def real_time() -> datetime:
    """Now, aware UTC: when runs begin and messages are tried, whatever a provider's clock says."""
    return datetime.now(UTC)  # noqa: TID251 - deliveries and schedules live in real time
