"""Values: a number per bar, as the rule language writes them.

    close    25    sma(50, volume)    close / open - 1    close[5]    fact debt_to_equity    close of IWM

Values are plain and equal when they are written the same; `str` gives the canonical text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, override

import numpy as np
import pandas as pd

from ..errors import AskError
from ..indicators.runs import floats, ratio
from ..market import Bars
from .lines import LINES, LineKind, Parameter
from .tape import NOTHING_ELSE, Tape, World

SUM, PRODUCT, SIGN, ATOM = range(4)
"""How tightly a value holds together when it is written."""

LONGEST = 10_000
"""The most bars a length, lag or window may span."""


class Value:
    """A number per bar."""

    __slots__ = ()
    binding: ClassVar[int] = ATOM
    is_line: ClassVar[bool] = False
    """Whether a lag or a ticker may follow its text without brackets."""

    def compute(self, tape: Tape) -> np.ndarray:
        """The number per bar; NaN or infinite where it is missing."""
        raise NotImplementedError

    def parts(self) -> tuple["Value", ...]:
        """The values it is made of."""
        return ()

    def values(self, bars: Bars, world: World = NOTHING_ELSE) -> pd.Series:
        """The number per bar, on the bars' own labels.

        Args:
            bars: Closed bars.
            world: Facts and other tickers' bars, where the value reads them.

        Returns:
            Floats; NaN while a line is warming up and wherever the value is missing.
        """
        line = Tape(bars=bars, world=world).numbers(self)
        return pd.Series(
            np.where(np.isfinite(line), line, np.nan), index=bars.labels, name=str(self)
        )

    def within(self, binding: int) -> str:
        """Its text, in brackets where it holds together less tightly than *binding*."""
        return f"({self})" if self.binding < binding else str(self)


def walk(value: Value) -> Iterator[Value]:
    """The value and everything it is made of."""
    yield value
    for part in value.parts():
        yield from walk(part)


def written(number: float) -> str:
    """A number in the shortest digits that read back as the same number.

    Example:
        >>> written(25.0), written(0.15), written(1e-7)
        ('25', '0.15', '0.0000001')
    """
    return np.format_float_positional(number, trim="-")


def bar_count(n: float, *, least: int = 1, of: str) -> int:
    """A number of bars, checked.

    Raises:
        AskError: It is not a whole number between *least* and 10,000.
    """
    if not least <= n <= LONGEST or int(n) != n:
        shown = written(n)
        raise AskError(
            f"{of} over {shown} bars cannot be computed.",
            seen=shown,
            needed=f"a whole number of bars from {least} to {LONGEST:,}",
            cure=f"Give a whole number of bars from {least} to {LONGEST:,}.",
        )
    return int(n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Value):
    """A number that does not change; negative ones are written with a `Negative`.

    Attributes:
        number: Finite and not negative.
    """

    number: float

    def __post_init__(self) -> None:
        if not np.isfinite(self.number) or self.number < 0:
            raise AskError(
                f"{self.number} cannot be written as a number.",
                seen=self.number,
                needed="a finite number, 0 or more",
                cure="Write a plain number such as 25 or 0.15.",
            )
        object.__setattr__(self, "number", abs(float(self.number)))

    @override
    def compute(self, tape: Tape) -> np.ndarray:
        return np.full(len(tape.bars), self.number)

    def __str__(self) -> str:
        return written(self.number)


type Argument = int | float | date | Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Value):
    """A line of the registry with its arguments.

    Attributes:
        name: In the registry.
        args: In the order of its parameters; the ones left out are filled in.
    """

    name: str
    args: tuple[Argument, ...] = ()
    is_line: ClassVar[bool] = True

    def __post_init__(self) -> None:
        given, wanted = len(self.args), self.kind.parameters
        required = sum(parameter.default is None for parameter in wanted)
        if not required <= given <= len(wanted):
            raise AskError(
                f"{self.name} got {given} argument{'' if given == 1 else 's'}.",
                seen=given,
                needed=self.kind.spelling,
                cure=f"Write {self.kind.spelling}.",
            )
        defaults = (Line(name=parameter.default or "") for parameter in wanted[given:])
        args = (*self.args, *defaults)
        checked = (self._checked(p, arg) for p, arg in zip(wanted, args, strict=True))
        object.__setattr__(self, "args", tuple(checked))

    @property
    def kind(self) -> LineKind:
        """Its declaration."""
        return LINES[self.name]

    def _checked(self, parameter: Parameter, arg: Argument) -> Argument:
        if parameter.takes == "value" and isinstance(arg, Value):
            return arg
        if parameter.takes == "date" and isinstance(arg, date):
            return arg
        number = arg.number if isinstance(arg, Number) else arg
        if isinstance(number, int | float):
            if parameter.takes == "bars":
                return bar_count(number, least=parameter.least, of=self.name)
            if parameter.takes == "factor" and number > 0:
                return float(number)
        words = {
            "value": "a value",
            "date": "a date such as 2026-01-02",
            "factor": "a positive number",
        }
        needed = words.get(parameter.takes, "a whole number of bars")
        raise AskError(
            f"{parameter.name} of {self.kind.spelling} was {arg}.",
            seen=arg,
            needed=needed,
            cure=f"Give {needed}.",
        )

    @override
    def parts(self) -> tuple[Value, ...]:
        return tuple(arg for arg in self.args if isinstance(arg, Value))

    @override
    def compute(self, tape: Tape) -> np.ndarray:
        args = (tape.numbers(arg) if isinstance(arg, Value) else arg for arg in self.args)
        return floats(self.kind.compute(tape.bars, *args))

    def __str__(self) -> str:
        if not self.kind.call:
            return self.name
        shown = [
            written(arg) if isinstance(arg, int | float) else str(arg)
            for parameter, arg in zip(self.kind.parameters, self.args, strict=True)
            if not (parameter.default and arg == Line(name=parameter.default))
        ]
        return f"{self.name}({', '.join(shown)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative(Value):
    """A value with its sign turned."""

    value: Value
    binding: ClassVar[int] = SIGN

    @override
    def parts(self) -> tuple[Value, ...]:
        return (self.value,)

    @override
    def compute(self, tape: Tape) -> np.ndarray:
        return -tape.numbers(self.value)

    def __str__(self) -> str:
        return f"-{self.value.within(ATOM)}"


Sign = Literal["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(Value):
    """Two values added, subtracted, multiplied or divided; division by zero is missing."""

    left: Value
    sign: Sign
    right: Value

    @property
    def binding(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Products hold together more tightly than sums."""
        return SUM if self.sign in "+-" else PRODUCT

    @override
    def parts(self) -> tuple[Value, ...]:
        return (self.left, self.right)

    @override
    def compute(self, tape: Tape) -> np.ndarray:
        left, right = tape.numbers(self.left), tape.numbers(self.right)
        with np.errstate(over="ignore", invalid="ignore"):
            match self.sign:
                case "+":
                    return left + right
                case "-":
                    return left - right
                case "*":
                    return left * right
                case "/":
                    return ratio(left, right)

    def __str__(self) -> str:
        left, right = self.left.within(self.binding), self.right.within(self.binding + 1)
        return f"{left} {self.sign} {right}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag(Value):
    """A value as it stood some bars before.

    Attributes:
        value: Of which bar after bar.
        bars: How many bars before; 0 is this one.
    """

    value: Value
    bars: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "bars", bar_count(self.bars, least=0, of="A lag"))

    @override
    def parts(self) -> tuple[Value, ...]:
        return (self.value,)

    @override
    def compute(self, tape: Tape) -> np.ndarray:
        line = tape.numbers(self.value)
        before = np.full(len(line), np.nan)
        before[self.bars :] = line[: max(0, len(line) - self.bars)]
        return before

    def __str__(self) -> str:
        text = str(self.value) if self.value.is_line else f"({self.value})"
        return f"{text}[{self.bars}]"
