"""What an answer of Yahoo's really means: fine, or which typed failure.

yfinance gives an empty table for an unknown ticker, an outage and a refusal alike; the status and the
text of the answer tell them apart.
"""

import json
from dataclasses import dataclass
from typing import Any

from ...core.errors import (
    DataError,
    Delisted,
    Malformed,
    NoData,
    NotFound,
    RateLimited,
    Unavailable,
)

TIMED_OUT = "timeout"
_REFUSED = (401, 403)
_WAIT = "Wait a minute, then ask again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as it came.

    Attributes:
        what: What was asked for, in words: `the chart of AAPL`.
        status: The HTTP status.
        text: The body.
        retry_after: The header of that name, where there was one.
    """

    what: str
    status: int
    text: str
    retry_after: str | None = None


def failure_of(answer: Answer) -> DataError | None:
    """The failure that *answer* stands for; None when it is a good answer."""
    if answer.status >= 400:
        return _of_status(answer)
    if "Will be right back" in answer.text:
        return _unavailable(answer, "is down for a moment")
    document = _document(answer.text)
    if document is not None:
        return _of_error(answer, _error(document))
    return Malformed(
        f"Yahoo answered {answer.what} with something that is not JSON: {_start(answer.text)!r}.",
        seen=_start(answer.text),
        needed="a JSON object",
        cure=_WAIT,
    )


def no_connection(what: str, error: Exception) -> Unavailable:
    """The failure of a request that was never answered."""
    if "timeout" in type(error).__name__.casefold():
        return Unavailable(
            f"Yahoo did not answer {what} in time.", seen=TIMED_OUT, needed="an answer", cure=_WAIT
        )
    return Unavailable(
        f"The connection to Yahoo failed while asking for {what} ({type(error).__name__}).",
        seen=type(error).__name__,
        needed="a connection",
        cure="Check the network and any proxy, then ask again.",
    )


def rate_limited(what: str, retry_after: str | None = None) -> RateLimited:
    """Yahoo asks for patience."""
    failure = RateLimited(
        f"Yahoo limits the rate of requests and refused {what}.",
        seen=429,
        needed="fewer requests",
        cure="Wait some minutes, then ask again.",
    )
    if retry_after and retry_after.isdigit():
        failure.retry_after = float(retry_after)
    return failure


def is_passing(failure: DataError) -> bool:
    """Whether the same request may well succeed half a second later."""
    if isinstance(failure, Unavailable):
        return failure.seen != TIMED_OUT and failure.seen not in _REFUSED
    return isinstance(failure, Malformed)


def is_refusal(failure: DataError) -> bool:
    """Whether Yahoo turned down who asked rather than what was asked."""
    return isinstance(failure, RateLimited) or failure.seen in _REFUSED


def _of_status(answer: Answer) -> DataError:
    if answer.status == 429 or "Too Many Requests" in answer.text[:200]:
        return rate_limited(answer.what, answer.retry_after)
    if answer.status == 404:
        return _not_found(answer, _description(answer.text))
    if answer.status in (400, 422):
        said = _description(answer.text)
        if said:
            return NoData(
                f"Yahoo has nothing for {answer.what}: {said}",
                seen=answer.status,
                needed="a request that Yahoo has data for",
                cure="Ask for a later or shorter period.",
            )
    if answer.status in _REFUSED:
        return _unavailable(answer, f"refused its own cookie ({answer.status})")
    return _unavailable(answer, f"answered with status {answer.status}")


def _of_error(answer: Answer, error: dict[str, Any] | None) -> DataError | None:
    if not error:
        return None
    code, said = str(error.get("code", "")), str(error.get("description") or "")
    if "not found" in code.casefold() or "delisted" in said.casefold():
        return _not_found(answer, said)
    return _unavailable(answer, f"answered: {said or code}")


def _not_found(answer: Answer, said: str) -> DataError:
    if "delisted" in said.casefold() and "may be" not in said.casefold():
        return Delisted(
            f"Yahoo says of {answer.what}: {said}",
            seen=said,
            needed="a ticker that is still listed",
            cure="Look for its successor.",
        )
    return NotFound(
        f"Yahoo does not have {answer.what}" + (f": {said}." if said else "."),
        seen=answer.status,
        needed="a ticker that Yahoo knows",
        cure="Check the spelling; it may also be delisted.",
    )


def _unavailable(answer: Answer, how: str) -> Unavailable:
    return Unavailable(
        f"Yahoo {how} when asked for {answer.what}.",
        seen=answer.status,
        needed="an answer",
        cure=_WAIT,
    )


def _description(text: str) -> str:
    error = _error(_document(text) or {})
    return str((error or {}).get("description") or "").rstrip(".")


def _document(text: str) -> dict[str, Any] | None:
    """The JSON object that *text* is, or None."""
    try:
        document = json.loads(text)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def _error(document: dict[str, Any]) -> dict[str, Any] | None:
    """The error in any of Yahoo's envelopes, such as `{"chart": {"error": {...}}}`."""
    for envelope in document.values():
        error = envelope.get("error") if isinstance(envelope, dict) else None
        if isinstance(error, dict):
            return error
    return None


def _start(text: str) -> str:
    return " ".join(text[:60].split())
