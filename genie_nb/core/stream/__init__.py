"""Streams: rules taken from bar to bar without looking at their history again."""

from .beginning import joins, streamable
from .stream import NO_BAR, Step, Stream

__all__ = ["NO_BAR", "Step", "Stream", "joins", "streamable"]
