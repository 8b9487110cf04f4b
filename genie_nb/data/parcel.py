"""Parcels: the bars of several tickers as Arrow columns, for workers that read them without a copy.

    Bars -> pack() -> a file or a buffer -> unpack() -> Bars over the same memory

A file is mapped into memory: processes of one machine share its pages. A buffer travels as it is, for
workers that share no disk.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..core.market import COLUMNS, Bars, Interval

if TYPE_CHECKING:
    import pyarrow as pa

type Parcel = Path | bytes
"""Where packed bars are: in a file, or here."""

_PRICES = (*COLUMNS, "adjclose")
_TIMES = ("closes", "session_ends")
_ABOUT = b"genie_bars"


def pack(tapes: Iterable[Bars], *, file: Path | None = None) -> Parcel:
    """Write bars as one Arrow IPC file, a record batch per ticker.

    Args:
        tapes: The bars; taken one by one and not kept.
        file: Where to; None for a buffer in memory.
    """
    import pyarrow as pa

    schema = pa.schema(
        [("label", pa.int64())]
        + [(name, pa.float64()) for name in _PRICES]
        + [(name, pa.int64()) for name in _TIMES]
    )
    sink: Any = pa.BufferOutputStream() if file is None else pa.OSFile(str(file), "wb")
    with sink, pa.ipc.new_file(sink, schema) as writer:
        for tape in tapes:
            writer.write_batch(_batch(tape, schema), custom_metadata={_ABOUT: _about(tape)})
    return sink.getvalue().to_pybytes() if file is None else file


def unpack(parcel: Parcel) -> Iterator[Bars]:
    """The bars in the order they were packed in; their labels are their UTC index."""
    import pyarrow as pa

    source = pa.BufferReader(parcel) if isinstance(parcel, bytes) else pa.memory_map(str(parcel))
    with source, pa.ipc.open_file(source) as reader:
        for number in range(reader.num_record_batches):
            yield _bars(*reader.get_batch_with_custom_metadata(number))


def _batch(tape: Bars, schema: "pa.Schema") -> "pa.RecordBatch":
    import pyarrow as pa

    columns: dict[str, Any] = {"label": _nanoseconds(tape.index)}
    columns |= {name: tape.frame[name].to_numpy() for name in _PRICES}
    for name in _TIMES:
        moments = getattr(tape, name)
        columns[name] = np.zeros(len(tape), int) if moments is None else _nanoseconds(moments)
    return pa.record_batch([pa.array(values) for values in columns.values()], schema=schema)


def _about(tape: Bars) -> bytes:
    about = {
        "ticker": tape.ticker,
        "interval": tape.interval,
        "currency": tape.currency,
        "timezone": tape.timezone,
        "source": tape.source,
        "fetched_at": None if tape.fetched_at is None else tape.fetched_at.isoformat(),
        "dropped": tape.dropped,
        "times": [name for name in _TIMES if getattr(tape, name) is not None],
        "dividends": _dated(tape.dividends),
        "splits": _dated(tape.splits),
    }
    return json.dumps(about).encode()


def _bars(batch: "pa.RecordBatch", metadata: Any) -> Bars:
    about = json.loads(metadata[_ABOUT])
    index = _index(batch.column("label").to_numpy())
    prices = {name: batch.column(name).to_numpy() for name in _PRICES}
    times = {name: _index(batch.column(name).to_numpy()) for name in about["times"]}
    fetched_at = about["fetched_at"]
    return Bars(
        ticker=about["ticker"],
        interval=Interval(about["interval"]),
        frame=pd.DataFrame(prices, index=index, copy=False),
        labels=index,
        dividends=_events(about["dividends"]),
        splits=_events(about["splits"]),
        currency=about["currency"],
        timezone=about["timezone"],
        source=about["source"],
        fetched_at=None if fetched_at is None else datetime.fromisoformat(fetched_at),
        dropped=about["dropped"],
        **times,
    )


def _dated(events: pd.Series) -> list[list[float]]:
    days = _nanoseconds(pd.DatetimeIndex(events.index)).tolist()
    return [list(pair) for pair in zip(days, events.tolist(), strict=True)]


def _events(dated: list[list[float]]) -> pd.Series:
    days = np.array([day for day, _ in dated], dtype=np.int64)
    return pd.Series([value for _, value in dated], index=_index(days), dtype="float64")


def _nanoseconds(index: pd.DatetimeIndex) -> np.ndarray:
    return index.as_unit("ns").asi8


def _index(nanoseconds: np.ndarray) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(nanoseconds.view("datetime64[ns]")).tz_localize("UTC")
