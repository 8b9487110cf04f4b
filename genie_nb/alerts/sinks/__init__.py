"""Where alerts go: files, webhooks, chat and mail services."""

from .open import absolute, open_sink, refuse_unusable
from .opened import Opened, Refused, TryLater

__all__ = ["Opened", "Refused", "TryLater", "absolute", "open_sink", "refuse_unusable"]
