"""Dataclasses to JSON and back, exactly, by their type hints.

    Fundamentals -> encode() -> bytes -> decode(…, Fundamentals) -> an equal Fundamentals

Nothing is executed by reading, unlike with pickle. A file carries the fingerprint of the classes it
was written from, so that one written by another version is told apart from a good one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

FORMAT = 1


class Unreadable(ValueError):
    """These bytes are not what they should be."""


def encode(value: object, kind: Any, *, key: str, fetched_at: datetime) -> bytes:
    """The JSON of a value with what is needed to trust it again."""
    content = {
        "format": f"{FORMAT}-{fingerprint(kind)}",
        "key": key,
        "fetched_at": fetched_at.isoformat(),
        "value": plain(value),
    }
    return json.dumps(content, separators=(",", ":")).encode()


def decode(content: bytes, kind: Any, *, key: str) -> tuple[Any, datetime]:
    """The value in *content* and when it was fetched.

    Raises:
        Unreadable: It is damaged, of another version, or about something else.
    """
    try:
        data = json.loads(content)
    except ValueError as error:
        raise Unreadable(f"not JSON: {error}") from None
    if not isinstance(data, dict) or data.get("format") != f"{FORMAT}-{fingerprint(kind)}":
        raise Unreadable("written by another version")
    if data.get("key") != key:
        raise Unreadable(f"about {data.get('key')!r}")
    return typed(data.get("value"), kind), typed(data.get("fetched_at"), datetime)


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    return value


def typed(data: Any, kind: Any) -> Any:
    """What JSON has, as a value of *kind*.

    Raises:
        Unreadable: It is not one.
    """
    if get_origin(kind) is not None:
        return _composed(data, get_origin(kind), get_args(kind))
    if is_dataclass(kind):
        return _rebuilt(data, kind)
    if kind in (date, datetime):
        return _moment(data, kind)
    whole = type(data) in (int, float) if kind is float else type(data) is kind
    return _checked(data, whole, kind)


def _composed(data: Any, origin: Any, parts: tuple[Any, ...]) -> Any:
    if origin in (Union, UnionType):
        return _either(data, parts)
    if origin is Literal:
        return _checked(data, data in parts, parts)
    if origin is tuple:
        return tuple(typed(item, parts[0]) for item in _checked(data, type(data) is list, origin))
    whole = _checked(data, type(data) is dict, origin)
    return {name: typed(item, parts[1]) for name, item in whole.items()}


def _either(data: Any, parts: tuple[Any, ...]) -> Any:
    if data is None and NoneType in parts:
        return None
    (kind,) = (part for part in parts if part is not NoneType)
    return typed(data, kind)


def _rebuilt(data: Any, kind: Any) -> Any:
    hints = _hints(kind)
    whole = isinstance(data, dict) and data.keys() == hints.keys()
    _checked(data, whole, kind)
    return kind(**{name: typed(data[name], hint) for name, hint in hints.items()})


def _moment(data: Any, kind: Any) -> Any:
    try:
        return kind.fromisoformat(data)
    except (TypeError, ValueError):
        raise Unreadable(f"{data!r} is not a {kind.__name__}") from None


def _checked(data: Any, right: bool, kind: Any) -> Any:
    if not right:
        raise Unreadable(f"{str(data)[:60]!r} is not {kind}")
    return data


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def fingerprint(kind: Any) -> str:
    """A short mark of the shape of *kind*; it changes whenever a field of it does."""
    return hashlib.sha256("\n".join(_shape(kind, set())).encode()).hexdigest()[:12]


def _shape(kind: Any, seen: set[Any]) -> list[str]:
    if get_origin(kind):
        return [line for part in get_args(kind) for line in _shape(part, seen)]
    if not is_dataclass(kind) or kind in seen:
        return []
    seen.add(kind)
    lines = []
    for name, hint in _hints(kind).items():
        lines += [f"{kind}.{name}: {hint}", *_shape(hint, seen)]
    return lines
