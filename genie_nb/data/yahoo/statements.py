"""Income, balance and cash-flow statements, each figure read with its own currency.

yfinance's tables drop the currency of each figure and take six requests of 1,000 fields; the same
endpoint, asked for the rows that facts read, takes two.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ...core.fundamentals import Frequency, Period, Statement, Topic
from .client import Client
from .rows import COUNTED, KEYS, PREFIXES, series_names
from .values import number, text

_URL = "https://query2.finance.yahoo.com/ws/fundamentals-timeseries/v1/finance/timeseries/"
_FIRST = datetime(2016, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Figure:
    value: float
    currency: str | None


def fetch_statements(
    client: Client, symbol: str, frequencies: tuple[Frequency, ...], now: datetime
) -> tuple[Statement, ...]:
    """The statements of those frequencies; empty where Yahoo truly has none.

    Raises:
        DataError: They did not come, and why.
    """
    names = [name for frequency in frequencies for name in series_names(frequency)]
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    document = client.get(
        _URL + symbol,
        {
            "symbol": symbol,
            "type": ",".join(names),
            "period1": str(int(_FIRST.timestamp())),
            "period2": str(int(tomorrow.timestamp())),
        },
    )
    return read_statements(document, frequencies)


def read_statements(document: Any, frequencies: tuple[Frequency, ...]) -> tuple[Statement, ...]:
    """The statements in an answer of the time-series endpoint."""
    series = dict(_series(document))
    found = (_statement(topic, frequency, series) for frequency in frequencies for topic in KEYS)
    return tuple(statement for statement in found if statement is not None)


def _series(document: Any) -> Iterator[tuple[str, Mapping[date, _Figure]]]:
    for entry in (document.get("timeseries") or {}).get("result") or []:
        for name, points in entry.items():
            if name not in ("meta", "timestamp") and isinstance(points, list):
                yield name, dict(_figures(points))


def _figures(points: list[Any]) -> Iterator[tuple[date, _Figure]]:
    for point in points:
        end = text((point or {}).get("asOfDate"))
        value = number((point or {}).get("reportedValue"))
        if end is not None and value is not None:
            yield date.fromisoformat(end), _Figure(value, text(point.get("currencyCode")))


def _statement(
    topic: Topic, frequency: Frequency, series: Mapping[str, Mapping[date, _Figure]]
) -> Statement | None:
    columns: dict[date, dict[str, _Figure]] = {}
    for row, keys in KEYS[topic].items():
        for key in reversed(keys):
            for end, figure in series.get(PREFIXES[frequency] + key, {}).items():
                columns.setdefault(end, {})[row] = figure
    if not columns:
        return None
    currency = _currency(columns[max(columns)])
    return Statement(
        topic=topic,
        frequency=frequency,
        currency=currency,
        periods=tuple(
            Period(end=end, rows={row: figure.value for row, figure in figures.items()})
            for end, figures in sorted(columns.items())
            if _currency(figures) == currency
        ),
    )


def _currency(figures: Mapping[str, _Figure]) -> str | None:
    """The currency a period is reported in; a period in another one would not compare."""
    codes = Counter(
        figure.currency for row, figure in figures.items() if row not in COUNTED and figure.currency
    )
    return codes.most_common(1)[0][0] if codes else None
