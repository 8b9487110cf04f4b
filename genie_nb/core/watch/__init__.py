"""Rules that are watched: what is kept of them, what fired, and what was sent where."""

from .delivery import Delivery, Digest, Status
from .fired import Fired, Outage
from .kept import Carried, Kept, Run
from .sink import Sink

__all__ = ["Carried", "Delivery", "Digest", "Fired", "Kept", "Outage", "Run", "Sink", "Status"]
