"""What a sink can do, and the two ways in which it may fail."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from ...core.errors import DeliveryError

Body = Mapping[str, Any]
"""One alert or outage as JSON, or `{"digest": [alerts]}`, or a digest of outages of one kind."""


class Opened(Protocol):
    """A sink, ready to send to.

    Attributes:
        digests: Whether a flood of alerts is told in one message; files take each alert.
    """

    @property
    def digests(self) -> bool:
        """Whether a flood of alerts is told in one message."""
        ...

    def send(self, key: str, body: Body, text: str) -> None:
        """Send one message; returning means that it arrived.

        Args:
            key: The idempotency key, the same at each try.
            body: The message as JSON.
            text: The message in words.

        Raises:
            TryLater: It may arrive at another try.
            Refused: It will never arrive like this.
        """
        ...


@runtime_checkable
class TakesMany(Protocol):
    """A sink that takes many messages at once, each of them by itself."""

    def send_all(self, bodies: Mapping[str, Body]) -> None:
        """Send the messages, by their keys; as `Opened.send` otherwise."""
        ...


class TryLater(DeliveryError):
    """The sink did not take the message, and may take it later.

    Attributes:
        wait: Seconds that the sink asked to wait; None when it did not say.
        hung: Whether it took all the time it was given.
    """

    def __init__(
        self,
        message: str,
        *,
        cure: str | None = None,
        wait: float | None = None,
        hung: bool = False,
    ) -> None:
        super().__init__(message, cure=cure)
        self.wait = wait
        self.hung = hung


class Refused(DeliveryError):
    """The sink will not take this message, however often it is sent."""
