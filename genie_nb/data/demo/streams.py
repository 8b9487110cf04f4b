"""Random numbers that are the same in every process, on every day, with every NumPy.

NumPy freezes the numbers of a `RandomState` for good, while those of a `Generator` may change with a
release; so the market is drawn from `RandomState` over PCG64, one stream for each topic, seeded by a
hash of its name that does not depend on the process.
"""

from hashlib import sha256

import numpy as np

_SEED = "genie-demo-market"


def stream(*topic: object) -> np.random.RandomState:
    """The stream of *topic*, always from its beginning.

    Example:
        >>> stream("ACME", "tape").random_sample() == stream("ACME", "tape").random_sample()
        True
        >>> stream("ACME", "tape").random_sample() == stream("ACME", "books").random_sample()
        False
    """
    name = "/".join((_SEED, *map(str, topic)))
    seed = int.from_bytes(sha256(name.encode()).digest()[:16], "big")
    return np.random.RandomState(np.random.PCG64(seed))


def fat_tailed(
    random: np.random.RandomState, count: int, freedom: float
) -> tuple[np.ndarray, np.ndarray]:
    """Draws of about Student's t with unit variance, and how wild each of them was drawn.

    Returns:
        The draws, and the standard deviation each one was drawn with, from 0.5 to 4.
    """
    wildness = np.clip(np.sqrt((freedom - 2) / random.chisquare(freedom, count)), 0.5, 4)
    return random.standard_normal(count) * wildness, wildness


def reverting(shocks: np.ndarray, half_life: float) -> np.ndarray:
    """A level that takes each shock and forgets half of it every *half_life* steps."""
    fade = 0.5 ** (1 / half_life)
    powers = fade ** np.arange(len(shocks))
    return powers * np.cumsum(shocks / powers)
