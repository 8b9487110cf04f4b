"""Conversations by name, in memory: what agents asked before."""

from collections import OrderedDict
from threading import Lock

from ..core.ask.conversation import Conversation

MOST = 64
"""Conversations kept; the one that was silent longest goes first."""


class Talks:
    """Named conversations of one process; safe for several threads.

    Example:
        >>> talks = Talks()
        >>> talks.keep("mine", Conversation().replayed(["analyze ACME"]))
        >>> talks.named("mine").last.tickers, talks.named("other").last
        (('ACME',), None)
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Conversation] = OrderedDict()
        self._lock = Lock()

    def named(self, name: str) -> Conversation:
        """The conversation of that name; a new one where there is none, or no name."""
        with self._lock:
            return self._kept.get(name) or Conversation()

    def keep(self, name: str, talk: Conversation) -> None:
        """Remember a conversation; one without a name is forgotten."""
        if not name:
            return
        with self._lock:
            self._kept[name] = talk
            self._kept.move_to_end(name)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
