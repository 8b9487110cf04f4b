"""A stream as bytes, and back."""

from typing import TYPE_CHECKING, Any

import numpy as np

from ..market import Interval
from .batch import Batch, Board
from .blob import packed, unpacked
from .circuit import Circuit
from .rings import Rings
from .tapes import Tapes
from .watch import Watch

if TYPE_CHECKING:
    from .stream import Stream

_RINGS = ("slots", "length", "base", "head", "numbers")


def kept(stream: "Stream") -> bytes:
    """All of a stream."""
    batches, rings = stream.circuit.batches, stream.circuit.rings
    arrays = {"rule_ids": stream.rule_ids, "scale": stream.scale, "doubts": stream.doubts}
    arrays |= {f"watch.{name}": one for name, one in stream.watch.columns().items()}
    arrays |= {f"tapes.{name}": one for name, one in stream.tapes.columns().items()}
    arrays |= {f"rings.{name}": getattr(rings, name) for name in _RINGS}
    for at, batch in enumerate(batches):
        own = {name: getattr(batch, name) for name in ("tape", "inputs", "n", "k")}
        arrays |= {f"{at}.{name}": one for name, one in own.items()}
        arrays |= {f"{at}.carry.{name}": one for name, one in batch.carry.items()}
    said = {
        "interval": str(stream.interval),
        "tickers": stream.tickers,
        "batches": [[batch.key, batch.start, list(batch.carry)] for batch in batches],
    }
    return packed(said, arrays)


def read(blob: bytes) -> dict[str, Any]:
    """The parts of the stream that `kept` wrote."""
    said, arrays = unpacked(blob)
    rings = Rings(**{name: arrays[f"rings.{name}"] for name in _RINGS})
    batches = [_batch(at, entry, arrays) for at, entry in enumerate(said["batches"])]
    board = Board.empty(sum(len(batch.tape) for batch in batches))
    return {
        "interval": Interval.of(said["interval"]),
        "tapes": Tapes(tickers=tuple(said["tickers"]), **_under("tapes.", arrays)),
        "circuit": Circuit(batches=batches, rings=rings, board=board).connected(),
        "watch": Watch(**_under("watch.", arrays)),
        **{name: arrays[name] for name in ("rule_ids", "scale", "doubts")},
    }


def _batch(at: int, entry: Any, arrays: dict[str, np.ndarray]) -> Batch:
    key, start, carried = entry
    return Batch(
        key=tuple(key),
        start=start,
        carry={name: arrays[f"{at}.carry.{name}"] for name in carried},
        tape=arrays[f"{at}.tape"],
        inputs=arrays[f"{at}.inputs"],
        n=arrays[f"{at}.n"],
        k=arrays[f"{at}.k"],
    )


def _under(prefix: str, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {
        name.removeprefix(prefix): one for name, one in arrays.items() if name.startswith(prefix)
    }
