"""Where the user's settings, watchlist, ledger and cache are."""

import os
from pathlib import Path


def home(path: str | Path | None = None) -> Path:
    """The directory of settings, watchlist, ledger and cache; it need not exist yet.

    Args:
        path: What `--home` said; None for `GENIE_HOME`, else the platform's user data directory.
    """
    chosen = path or os.environ.get("GENIE_HOME")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("genie_nb", appauthor=False)
