"""Values for a notebook's parameters cell, typed as the cell declares them.

    "0.9" + `threshold: float = 0.5` -> 0.9        "ACME" + `ticker: str = "X"` -> "ACME"

What the cell does not type is read as a Python literal or a YAML flow value, else it stays text: a
date stays the text it was typed as.
"""

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any

from ..core.errors import AskError, UnknownName

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_NULL = frozenset({"none", "null", "~", ""})


def typed(given: Mapping[str, object], notebook: Any, name: str) -> dict[str, object]:
    """The values as the notebook's parameters cell declares them.

    Args:
        given: Parameter to value; texts are read, other values must fit.
        notebook: The notebook, opened.
        name: What it is called in messages.

    Raises:
        UnknownName: The notebook has no such parameter.
        AskError: It has no parameters cell, or a value does not fit the declared type.
    """
    declared = declared_in(notebook)
    if given and not declared:
        raise AskError(
            f"{name} takes no parameters, and {', '.join(given)} was given.",
            seen=", ".join(given),
            needed="a cell tagged `parameters` that assigns them",
            cure="Tag the cell in JupyterLab's property inspector, or run it without -p.",
        )
    for parameter in given:
        if parameter not in declared:
            raise UnknownName(f"parameter of {name}", parameter, declared)
    return {
        parameter: read(value, declared[parameter], parameter) for parameter, value in given.items()
    }


def declared_in(notebook: Any) -> dict[str, str]:
    """Each parameter of the notebook with its declared type, empty where it declares none."""
    from papermill import inspect_notebook

    found = inspect_notebook(notebook)
    return {name: _kind(one["inferred_type_name"], one["default"]) for name, one in found.items()}


def read(value: object, kind: str, name: str) -> object:
    """One value as *kind* says.

    Args:
        value: A text is read; any other value is kept when it fits.
        kind: An annotation such as `int` or `str | None`; empty for anything.
        name: The parameter, for messages.

    Raises:
        AskError: It is no such value.

    Example:
        >>> read("0.9", "float", "threshold"), read("007", "str", "code"), read("[1, a]", "", "x")
        (0.9, '007', [1, 'a'])
    """
    kinds = set(re.findall(r"\w+", kind.casefold())) - {"optional", "union"}
    if kinds & {"list", "dict", "tuple", "set"} or not kinds & set(_READERS):
        return loose(value) if isinstance(value, str) else _plain(value)
    if ("none" in kinds or "optional" in kind.casefold()) and _is_null(value):
        return None
    for one in ("bool", "int", "float", "str"):
        if one in kinds:
            try:
                return _READERS[one](value)
            except ValueError:
                continue
    raise AskError(
        f"{name} cannot be {str(value)!r}: the notebook declares it as {kind}.",
        seen=value,
        needed=f"a value of type {kind}",
        cure=f"For example: -p {name}={_EXAMPLES[min(kinds & set(_EXAMPLES))]}",
    )


def loose(text: str) -> object:
    """An undeclared value: a Python literal, a YAML list, mapping, truth or null, else the text.

    Example:
        >>> loose("3"), loose("true"), loose("2026-01-02"), loose("{a: 1}")
        (3, True, '2026-01-02', {'a': 1})
    """
    try:
        return _plain(ast.literal_eval(text.strip()))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        pass
    if re.fullmatch(r"\s*(\[.*\]|\{.*\}|true|false|null|~)\s*", text, re.IGNORECASE | re.DOTALL):
        from papermill.iorw import NoDatesSafeLoader
        from yaml import YAMLError, load

        try:
            return load(text, Loader=NoDatesSafeLoader)  # noqa: S506 - a safe loader without dates
        except YAMLError:
            return text
    return text


def _kind(inferred: str, default: str) -> str:
    """The annotation; of a parameter without one, `str` or `bool` where its default is one."""
    if inferred and inferred != "None":
        return inferred
    try:
        value = ast.literal_eval(default)
    except (ValueError, SyntaxError):
        return ""
    return type(value).__name__ if isinstance(value, str | bool) else ""


def _is_null(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip().casefold() in _NULL)


def _bool(value: object) -> bool:
    word = str(value).strip().casefold()
    if word not in _TRUE | _FALSE:
        raise ValueError(word)
    return word in _TRUE


def _int(value: object) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError(value)
    return int(value) if isinstance(value, int | float) else int(str(value))


def _float(value: object) -> float:
    return float(str(value))


def _str(value: object) -> str:
    return str(value)


def _plain(value: object) -> object:
    """What a notebook can be given as it is; anything else as text."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return list(value) if isinstance(value, tuple | set) else str(value)


_READERS: Mapping[str, Callable[[object], object]] = {
    "bool": _bool,
    "int": _int,
    "float": _float,
    "str": _str,
}
_EXAMPLES = {"bool": "true", "int": "20", "float": "0.5", "str": "text"}
