"""Answers small enough for an agent's context, nothing left out in silence.

JSON of an answer -> the same within a size, and what was shortened
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

LARGEST = 58_000
"""Bytes of JSON; agents are promised less than 60 kB."""
_ASIDE = ("timing",)
_WORDY = ("formula", "alternatives", "evidence")

type Place = tuple[dict[str, Any], str, str]


def compact(answer: Mapping[str, Any], largest: int = LARGEST) -> dict[str, Any]:
    """The answer without its timing, shortened where it is too large.

    Wordy parts of facts go first, then the second halves of the longest lists, until it fits.
    `shortened` names each part that lost something, and how many entries it had.

    Args:
        answer: JSON values.
        largest: Bytes at most.

    Example:
        >>> compact({"schema": "x/1", "rows": list(range(100)), "timing": {}}, 300)["shortened"]
        ['rows: 25 of 100']
    """
    short = json.loads(json.dumps({k: v for k, v in answer.items() if k not in _ASIDE}))
    if _size(short) <= largest:
        return short
    left_out = _without_words(short)
    while _size(short) > largest - 1_000 * (largest > 10_000):
        place = max(_lists(short, ""), key=lambda one: _size(one[0][one[1]]), default=None)
        if place is None or len(place[0][place[1]]) < 2:
            break
        holder, key, path = place
        whole = left_out.get(path, len(holder[key]))
        holder[key] = holder[key][: len(holder[key]) // 2]
        left_out[path] = whole
        short["shortened"] = _told(short, left_out)
    short["shortened"] = _told(short, left_out)
    return short


def _size(value: object) -> int:
    """Bytes of its JSON as MCP libraries write it, which is indented."""
    return len(json.dumps(value, ensure_ascii=False, indent=2).encode())


def _lists(value: Any, path: str) -> Iterator[Place]:
    """Every list that stands under a key, with the way to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            way = f"{path}.{key}" if path else key
            if isinstance(inner, list) and len(inner) > 1 and key != "shortened":
                yield value, key, way
            yield from _lists(inner, way)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _lists(inner, f"{path}[{number}]")


def _without_words(answer: dict[str, Any]) -> dict[str, int]:
    """Take the wordy parts of facts out; `why` tells them."""
    found = list(_facts(answer))
    for facts in found:
        for fact in facts.values():
            for part in _WORDY:
                fact.pop(part, None)
    return {"facts": 0} if found else {}


def _facts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        facts = value.get("facts")
        if isinstance(facts, dict) and all(isinstance(one, dict) for one in facts.values()):
            yield facts
        for inner in value.values():
            yield from _facts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _facts(inner)


def _told(answer: dict[str, Any], left_out: Mapping[str, int]) -> list[str]:
    places = {path: holder[key] for holder, key, path in _lists(answer, "")}
    return [
        "facts: formulas and alternatives are told by why"
        if path == "facts"
        else f"{path}: {len(places.get(path, [0]))} of {whole}"
        for path, whole in left_out.items()
    ]
