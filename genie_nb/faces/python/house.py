"""Python calls about the installation."""

from pathlib import Path

from ...answer import Answer
from .call import do


def doctor(
    *, provider: str | None = None, deadline: float | None = None, home: str | Path | None = None
) -> Answer:
    """Is everything installed, reachable and fresh?

    Args:
        provider: As for `analyze`.
        deadline: Seconds in which the provider has to answer.
        home: As for `analyze`.

    Raises:
        SetupError: The settings cannot be read.
    """
    return do("doctor", provider=provider, deadline=deadline, home=home)
