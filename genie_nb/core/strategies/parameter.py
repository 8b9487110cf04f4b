"""A parameter of a strategy: what may be turned, how far, and in which steps."""

from dataclasses import dataclass
from math import isfinite

from ..errors import AskError


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number of a strategy that the user may turn.

    Attributes:
        name: As it is written in the strategy's conditions.
        default: Its value unless given.
        low: The smallest value it may have.
        high: The largest.
        step: The distance from one slider position to the next; other values in the range are taken too.
        unit: What it is counted in. A number of "bars" is whole.
    """

    name: str
    default: float
    low: float
    high: float
    step: float = 1
    unit: str = ""

    def checked(self, value: object, *, strategy: str) -> float:
        """The value, refused when it cannot be.

        Raises:
            AskError: It is not a number, lies outside the range, or is not whole where it counts bars.

        Example:
            >>> length = Parameter(name="n", default=14, low=2, high=100, unit="bars")
            >>> length.checked(20.0, strategy="dip")
            20
        """
        number = _number(value)
        whole = self.unit == "bars"
        if number is None or not self.low <= number <= self.high or (whole and number % 1):
            kind = "a whole number" if whole else "a number"
            unit = f" {self.unit}" if self.unit else ""
            needed = f"{kind} from {self.low:g} to {self.high:g}{unit}"
            raise AskError(
                f"{self.name} of {strategy} was {value!r}.",
                seen=value,
                needed=needed,
                cure=f"Give {needed}; {self.default:g} is usual.",
            )
        return int(number) if whole else number


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(value)  # pyright: ignore[reportArgumentType]
    except (TypeError, ValueError):
        return None
    return number if isfinite(number) else None
