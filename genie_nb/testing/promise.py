"""How contracts speak when a promise is broken."""


def promise(kept: bool, what: str, *, of: str) -> None:
    """Complain unless a promise is kept.

    Raises:
        AssertionError: It is not; says which and whose.
    """
    if not kept:
        raise AssertionError(f"{of} breaks a promise it must keep: {what}.")
