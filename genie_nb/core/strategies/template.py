"""A condition or value with slots for parameters, read once and filled many times.

    "rsi({n}) < {entry}" -> Template -> fill(n=14, entry=30) -> rsi(14) < 30

It is read with a stand-in number in each slot; filling puts the parameters where the stand-ins are, so
a sweep over thousands of parameter sets reads no text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, cached_property
from typing import Any

from ..errors import AskError
from ..expr import Condition, Negative, Number, Value
from ..grammar import line, parse_condition

_SLOT = re.compile(r"\{(\w+)\}")
_FIRST_STAND_IN = 9001


@dataclass(frozen=True, kw_only=True)
class Template[Node: (Condition, Value)]:
    """A tree of the rule language in which parameters stand.

    Attributes:
        text: As it was written, with `{name}` where a parameter stands.
        tree: What was read, with a number in each parameter's place.
        stand_ins: Which number stands for which parameter.
    """

    text: str
    tree: Node
    stand_ins: Mapping[float, str]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The parameters it reads."""
        return tuple(self.stand_ins.values())

    def slots(self, node: Condition | Value) -> tuple[str, ...]:
        """The parameters that one part of the tree reads, each once."""
        return tuple(
            dict.fromkeys(self.stand_ins[n] for n in _numbers(node) if n in self.stand_ins)
        )

    def fill(self, params: Mapping[str, float]) -> Node:
        """The condition or value with these parameters."""
        return self.fill_part(self.tree, params)

    def fill_part[Part: (Condition, Value)](self, part: Part, params: Mapping[str, float]) -> Part:
        """One part of the tree with the parameters that it reads."""
        given = {n: params[name] for n, name in self.stand_ins.items() if name in params}
        return _filled(part, given) if given else part


@cache
def condition_template(text: str) -> Template[Condition]:
    """Read a condition with slots.

    Raises:
        RuleNotUnderstood: It is not a condition.
        AskError: A slot stands where no plain number can be.

    Example:
        >>> dip = condition_template("rsi({n}) < {entry} and gap < {drop}")
        >>> str(dip.fill({"n": 14, "entry": 30, "drop": -0.05}))
        'rsi(14) < 30 and gap < -0.05'
    """
    written, stand_ins = _with_stand_ins(text)
    tree = parse_condition(written, stand_ins=frozenset(stand_ins))
    return _whole(Template(text=text, tree=tree, stand_ins=stand_ins))


@cache
def value_template(text: str) -> Template[Value]:
    """Read a value with slots; as `condition_template`.

    Example:
        >>> str(value_template("sma({fast}) * 1.1").fill({"fast": 20}))
        'sma(20) * 1.1'
    """
    written, stand_ins = _with_stand_ins(text)
    return _whole(Template(text=text, tree=line(written), stand_ins=stand_ins))


def _with_stand_ins(text: str) -> tuple[str, dict[float, str]]:
    taken = set(re.findall(r"\d+", text))
    free = (n for n in range(_FIRST_STAND_IN, 10_000) if str(n) not in taken)
    names = dict.fromkeys(_SLOT.findall(text))
    by_name = dict(zip(names, free, strict=False))
    written = _SLOT.sub(lambda slot: str(by_name[slot[1]]), text)
    return written, {float(number): name for name, number in by_name.items()}


def _whole[Node: (Condition, Value)](template: Template[Node]) -> Template[Node]:
    wanted = Counter(_SLOT.findall(template.text))
    found = Counter(
        template.stand_ins[n] for n in _numbers(template.tree) if n in template.stand_ins
    )
    lost = wanted - found
    if lost:
        name = next(iter(lost))
        raise AskError(
            f"{{{name}}} in {template.text!r} stands where no plain number can be.",
            seen=template.text,
            needed="slots in the place of whole numbers and plain values",
            cure="Write fractions instead of percent, and no digits beside a slot.",
        )
    return template


def _numbers(node: Any) -> Iterator[float]:
    if isinstance(node, int | float):
        yield float(node)
    elif isinstance(node, tuple):
        for item in node:
            yield from _numbers(item)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _numbers(getattr(node, field.name))


def _filled(node: Any, given: Mapping[float, float]) -> Any:
    if isinstance(node, int | float) and not isinstance(node, bool):
        return given.get(node, node)
    if isinstance(node, tuple):
        return tuple(_filled(item, given) for item in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    if isinstance(node, Number) and given.get(node.number, 0) < 0:
        return Negative(value=Number(number=-given[node.number]))
    changed = {
        field.name: new
        for field in fields(node)
        if (new := _filled(old := getattr(node, field.name), given)) is not old
    }
    return replace(node, **changed) if changed else node
