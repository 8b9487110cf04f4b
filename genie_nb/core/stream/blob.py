"""One run of bytes for many arrays: a line of JSON that says what follows, then the arrays as they lie in memory.

Little-endian, each array at a multiple of 8 bytes; nothing in it is code. A CRC-32 of everything else is
in front, so that bytes which a disk turned are not taken for numbers.
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..errors import GenieError

MAGIC = b"genie-stream/1\n"
ALIGNED = 8


def packed(said: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """What is *said*, as JSON can hold it, and the arrays by name."""
    parts = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    table = [[name, one.dtype.newbyteorder("<").str, one.shape] for name, one in parts.items()]
    head = json.dumps({"said": said, "arrays": table}, separators=(",", ":")).encode()
    head += b" " * (-(len(MAGIC) + len(head) + 1) % ALIGNED) + b"\n"
    body = [MAGIC, head]
    for one in parts.values():
        data = one.astype(one.dtype.newbyteorder("<"), copy=False).tobytes()
        body += [data, b"\0" * (-len(data) % ALIGNED)]
    whole = b"".join(body)
    return zlib.crc32(whole).to_bytes(ALIGNED, "little") + whole


def unpacked(blob: bytes) -> tuple[Any, dict[str, np.ndarray]]:
    """What `packed` wrote; the arrays may be written to.

    Raises:
        GenieError: These are no such bytes, or not all of them.
    """
    whole = blob[ALIGNED:]
    if not whole.startswith(MAGIC) or zlib.crc32(whole) != int.from_bytes(blob[:ALIGNED], "little"):
        raise _unreadable(f"{len(blob)} bytes, beginning with {blob[:32]!r}")
    end = whole.find(b"\n", len(MAGIC)) + 1
    memory, at, arrays = bytearray(whole), end, {}
    try:
        head = json.loads(whole[len(MAGIC) : end])
        for name, kind, shape in head["arrays"]:
            dtype, count = np.dtype(kind), int(np.prod(shape))
            arrays[name] = np.frombuffer(memory, dtype, count, at).reshape(shape)
            at += dtype.itemsize * count
            at += -at % ALIGNED
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(f"{len(blob)} bytes") from error
    if at != len(whole):
        raise _unreadable(f"{len(blob)} bytes")
    return head["said"], arrays


def _unreadable(seen: str) -> GenieError:
    return GenieError(
        "The state of a stream cannot be read.",
        seen=seen,
        needed="bytes that a stream of this version wrote",
        cure="Begin the stream anew from the bars.",
    )
