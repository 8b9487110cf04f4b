"""A watch on yfinance's HTTP session: what it asked, what came, and whether that may be kept.

yfinance hides most failures from its callers. Its session is the one place where all of them pass:

- every request has the same time limit, cookie and crumb included;
- a crumb that is an error page is refused before yfinance keeps it and sends it along for ever;
- answers that a new cookie cannot cure (404, 5xx) are raised at once, so yfinance does not ask twice;
- the last answer of each thread is kept, so that an empty table can be told from an outage.
"""

import re
import threading
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from ...core.errors import DataError
from .failures import Answer, failure_of, no_connection

_ENTRANCES = ("fc.yahoo.com", "guce.yahoo.com", "consent.yahoo.com")
_CRUMB = re.compile(r"[^\s<>{}\"]{1,64}")


class NoCrumb(OSError):
    """What came in place of a crumb; yfinance takes an OSError as passing and goes on without one."""


class _Call(threading.local):
    """What one thread's call has met so far."""

    began: float = 0.0
    outcome: Answer | DataError | None = None

    def __init__(self) -> None:
        self.knows: set[str] = set()


class Watch:
    """Stands between yfinance and its session.

    Args:
        timeout: Seconds each request may take.

    Attributes:
        session: The session to hand to yfinance, of whichever HTTP library it uses.
    """

    def __init__(self, timeout: float) -> None:
        from yfinance.data import new_session

        self._timeout = timeout
        self._thread = _Call()
        self._closed: dict[str, tuple[float, OSError]] = {}
        self.session: Any = new_session()
        self._send = self.session.request
        self.session.request = self._request

    def begin(self) -> None:
        """A new call starts in this thread; what came before does not count."""
        self._thread.began = monotonic()
        self._thread.knows = set()
        self._thread.outcome = None

    def failure(self) -> DataError | None:
        """How the last request of this thread's call failed; None when it did not."""
        outcome = self._thread.outcome
        return failure_of(outcome) if isinstance(outcome, Answer) else outcome

    def _request(self, method: str, url: str, **options: Any) -> Any:
        options["timeout"] = self._timeout
        place = urlsplit(url)
        if place.hostname in _ENTRANCES or place.path.endswith("/getcrumb"):
            return self._enter(place.hostname or "", method, url, options)
        what = _in_words(place.path)
        try:
            response = self._send(method=method, url=url, **options)
        except OSError as error:
            self._thread.outcome = no_connection(what, error)
            raise
        answer = Answer(
            what=what,
            status=response.status_code,
            text=response.text,
            retry_after=response.headers.get("Retry-After"),
        )
        self._thread.outcome = answer
        if answer.status == 404 or answer.status >= 500:
            failure = failure_of(answer)
            assert failure is not None
            raise failure
        return response

    def _enter(self, host: str, method: str, url: str, options: dict[str, Any]) -> Any:
        """Cookie and crumb, asked for under yfinance's lock while all other threads wait.

        Those who waited share its failure, once, instead of repeating it one after another.
        """
        when, error = self._closed.get(host, (0.0, None))
        if error and when >= self._thread.began and host not in self._thread.knows:
            self._thread.knows.add(host)
            raise error
        try:
            response = self._send(method=method, url=url, **options)
            if url.endswith("/getcrumb") and not _is_crumb(response):
                raise NoCrumb(f"status {response.status_code} in place of a crumb")
        except OSError as error:
            self._thread.knows.add(host)
            self._closed[host] = (monotonic(), error)
            raise
        return response


def _is_crumb(response: Any) -> bool:
    return response.status_code == 200 and _CRUMB.fullmatch(response.text.strip()) is not None


_NAMES = {
    "chart": "the prices of {}",
    "quoteSummary": "the company figures of {}",
    "timeseries": "the statements of {}",
    "search": "a search",
    "screener": "a list of peers",
    "quote": "the quote",
}


def _in_words(path: str) -> str:
    parts = [unquote(part) for part in path.split("/") if part]
    for part in reversed(parts[-3:]):
        if part in _NAMES:
            return _NAMES[part].format(parts[-1])
    return path
