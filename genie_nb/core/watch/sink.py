"""Where alerts go."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """An address that alerts are sent to.

    Attributes:
        address: As the user gave it: `file:PATH`, `https://…`, an Apprise address, or the name of a
            secret that holds one (`env:NAME`, `keyring:NAME`). A secret's value is never kept.
        secret: The name of the secret that signs the messages of a webhook; empty when they are not
            signed.
        template: Path of the user's own template for the body of a webhook; empty for the usual one.

    Example:
        >>> Sink.from_dict(Sink(address="file:alerts.jsonl").to_dict()).address
        'file:alerts.jsonl'
    """

    address: str
    secret: str = ""
    template: str = ""

    def to_dict(self) -> dict[str, str]:
        """Plain values that JSON can hold."""
        return {"address": self.address, "secret": self.secret, "template": self.template}

    @classmethod
    def from_dict(cls, kept: Mapping[str, str]) -> "Sink":
        """The sink that `to_dict` wrote."""
        return cls(**kept)
