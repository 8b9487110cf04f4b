"""`DIR/fundamentals/TICKER.json`: what the user wrote down about a company.

{"name", "sector", "industry", "currency", "as_of", "facts": {fact name: value}}
"""

import json
import logging
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..core.errors import AskError, Malformed, Unavailable
from ..core.fundamentals import Fundamentals
from .calendar import as_of, calendar_of

logger = logging.getLogger(__name__)

_KEYS = ("name", "sector", "industry", "currency", "as_of", "facts")
_BESIDES_FACTS = ("implied_shares", "last_price")


def read_company(path: Path, *, ticker: str, source: str, fetched_at: datetime) -> Fundamentals:
    """The company that a file describes; its facts are in `quoted`, a null one is left out.

    Raises:
        Malformed: The file is not JSON of that form, names a fact that does not exist, or gives a
            fact something other than a number.
        Unavailable: The file cannot be read.
    """
    data = _json(path)
    _refuse_near_misses(data, path)
    return Fundamentals(
        ticker=ticker,
        name=_text(data, "name", path) or ticker,
        sector=_text(data, "sector", path),
        industry=_text(data, "industry", path),
        currency=_text(data, "currency", path),
        financial_currency=_text(data, "currency", path),
        source=source,
        as_of=_as_of(data, ticker, path),
        fetched_at=fetched_at,
        quoted=_facts(data.get("facts", {}), path),
        point_in_time=True,
    )


def _json(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _wrong(path, f"is not JSON: {error}", "a JSON object in UTF-8") from None
    except OSError as error:
        raise Unavailable(
            f"{path} cannot be read: {error}.", seen=str(path), cure="Correct its permissions."
        ) from None
    if not isinstance(data, dict):
        raise _wrong(path, f"holds a {type(data).__name__}", f"an object with {', '.join(_KEYS)}")
    return data


def _refuse_near_misses(data: Mapping[str, Any], path: Path) -> None:
    """A misspelt key would lose what it holds; any other key that nobody reads is the user's own."""
    for key in data.keys() - set(_KEYS):
        near = get_close_matches(key, _KEYS, n=1, cutoff=0.75)
        if near:
            raise _wrong(path, f"has the key {key!r}", f"{near[0]!r}")
        logger.info("%s has a key %r that nobody reads.", path, key)


def _text(data: Mapping[str, Any], key: str, path: Path) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong(path, f"has {key} = {value!r}", f"text for {key}")
    return value or None


def _as_of(data: Mapping[str, Any], ticker: str, path: Path) -> datetime:
    text = _text(data, "as_of", path)
    if text is None:
        raise _wrong(path, "does not say as_of when it was known", "a date under as_of")
    try:
        return as_of(text, calendar_of(ticker))
    except AskError as error:
        raise _wrong(path, f"has as_of = {text!r}", error.needed or "a date") from None


def _facts(data: Any, path: Path) -> Mapping[str, float]:
    if not isinstance(data, dict):
        raise _wrong(path, f"has facts = {data!r}", "an object of fact names and numbers")
    known = _known()
    for name, value in data.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise _wrong(path, f"has a fact called {name!r}{hint}", "the name of a fact")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is not None and not (number and math.isfinite(value)):
            raise _wrong(path, f"has {name} = {value!r}", f"a number for {name}, or null")
    return {name: float(value) for name, value in data.items() if value is not None}


def _known() -> Sequence[str]:
    from ..core.facts.registry import REGISTRY

    return (*REGISTRY, *_BESIDES_FACTS)


def _wrong(path: Path, what: str, needed: str) -> Malformed:
    return Malformed(
        f"{path} {what}.",
        seen=str(path),
        needed=needed,
        cure=f"Correct the file: {needed} is needed.",
    )
