"""Streams: rules taken from bar to bar without looking at their history again."""

from .beginning import joins, streamable
from .stream import NO_BAR, Step, Stream
from .tapes import columns_of, labels_of

__all__ = ["NO_BAR", "Step", "Stream", "columns_of", "joins", "labels_of", "streamable"]
