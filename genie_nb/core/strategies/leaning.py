"""Leaning: how far a trait speaks for or against a strategy."""


def rising(value: float, none: float, full: float) -> float:
    """0 up to *none*, 1 from *full* on, and straight between.

    Example:
        >>> rising(0.3, 0.2, 0.6), rising(9, 0.2, 0.6)
        (0.25, 1.0)
    """
    return min(1.0, max(0.0, round((value - none) / (full - none), 12)))


def sinking(value: float, full: float, none: float) -> float:
    """1 up to *full*, 0 from *none* on, and straight between.

    Example:
        >>> sinking(0.3, 0.2, 0.6)
        0.75
    """
    return 1 - rising(value, full, none)
