"""The one door to Yahoo: runs a yfinance call and returns its value or raises what really happened.

Client.call(ask) ─ yfinance ─ Watch ─ Yahoo
Client.get(url)  ─┘
"""

import json
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from ...core.errors import DataError, Malformed
from .failures import is_passing, is_refusal, no_connection, rate_limited
from .session import Watch

_PAUSE = 0.5
_TOGETHER = 8


class Client:
    """Calls yfinance; safe to use from many threads.

    Args:
        timeout: Seconds each request may take.
        folder: Where yfinance keeps its cookie and time zones; None for a place in the home.
        sleep: Waits between two tries.
    """

    def __init__(
        self,
        *,
        timeout: float = 10.0,
        folder: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._timeout = timeout
        self._folder = folder
        self._sleep = sleep
        self._opening = threading.Lock()
        self._opened: Watch | None = None
        self._slots = threading.BoundedSemaphore(_TOGETHER)

    @property
    def session(self) -> Any:
        """The watched session, for `yfinance.Ticker(symbol, session=...)` and its kin."""
        return self._watch.session

    def get(self, url: str, params: Mapping[str, str]) -> Any:
        """The JSON at *url*, asked for with yfinance's cookie and crumb.

        Raises:
            DataError: It did not come, and why.
        """
        from yfinance.data import YfData

        def ask() -> Any:
            return YfData(session=self.session).get(url, dict(params)).text

        return json.loads(self.call(ask))

    def call[T](self, ask: Callable[[], T]) -> T:
        """The value of a yfinance call, tried once more where that may help.

        Raises:
            DataError: The call failed, whether yfinance said so or gave an empty value.
        """
        try:
            return self._once(ask)
        except DataError as failure:
            if not is_passing(failure):
                raise
        self._sleep(_PAUSE)
        return self._once(ask)

    def _once[T](self, ask: Callable[[], T]) -> T:
        from yfinance.data import YfData

        watch = self._watch
        with self._slots, _quiet:
            watch.begin()
            YfData(session=watch.session).cache_get.cache_clear()  # it keeps failed answers too
            try:
                value = _typed(ask, watch)
                failure = watch.failure()
                if failure:
                    raise failure
            except DataError as failed:
                if is_refusal(failed):
                    _drop_cookie()
                raise
        return value

    @property
    def _watch(self) -> Watch:
        with self._opening:
            if self._opened is None:
                _open_stores(self._folder or _default_folder())
                self._opened = Watch(self._timeout)
            return self._opened


def _drop_cookie() -> None:
    """Have yfinance fetch a new cookie next time; it would keep a refused one for a year."""
    from yfinance import cache

    cookies: Any = cache.get_cookie_cache()
    cookies.store("curlCffi", None)


def _typed[T](ask: Callable[[], T], watch: Watch) -> T:
    from yfinance.exceptions import YFRateLimitError

    try:
        return ask()
    except DataError:
        raise
    except YFRateLimitError:
        raise watch.failure() or rate_limited("the request") from None
    except OSError as error:
        raise watch.failure() or no_connection("an answer", error) from error
    except Exception as error:  # yfinance raises whatever its parsing trips over
        raise watch.failure() or _not_understood(error) from error


def _not_understood(error: Exception) -> Malformed:
    return Malformed(
        f"yfinance stumbled over Yahoo's answer: {type(error).__name__}: {error}.",
        seen=type(error).__name__,
        needed="an answer in the form that yfinance knows",
        cure="Ask again; if it stays, look for a newer yfinance.",
    )


def _default_folder() -> Path:
    from platformdirs import user_cache_path

    home = os.environ.get("GENIE_HOME")
    if home:
        return Path(home).expanduser() / "cache" / "yfinance"
    return user_cache_path("genie_nb", appauthor=False) / "yfinance"


def _open_stores(folder: Path) -> None:
    """Point yfinance's stores at *folder* and create them, one process at a time."""
    from filelock import FileLock

    _hush()
    import yfinance
    from yfinance import cache

    yfinance.set_tz_cache_location(str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "open.lock"):
            for store in (cache.get_cookie_cache(), cache.get_tz_cache()):
                cast("Any", store).lookup("")
    except OSError:
        return


class _Quiet(logging.Filter):
    """Drops yfinance's log lines while this package calls it; what they say is in the error raised."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.local()

    def __enter__(self) -> None:
        self._thread.on = True

    def __exit__(self, *_: object) -> None:
        self._thread.on = False

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 - the base class names it
        return not getattr(self._thread, "on", False)


_quiet = _Quiet()


def _hush() -> None:
    """Keep yfinance's log and pandas' remarks on yfinance's code off the notebook."""
    import yfinance  # noqa: F401 - it sets a filter of its own when it is imported

    logging.getLogger("yfinance").addFilter(_quiet)
    warnings.filterwarnings("ignore", module=r"yfinance(\.|$)")
