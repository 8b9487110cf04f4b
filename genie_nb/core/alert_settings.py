"""What the user settled about watching: the `[alerts]` table of `config.toml`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """What the user settled about watching.

    Attributes:
        sinks: Where alerts go when a rule names none; addresses, or names of secrets.
        ledger: Path or URL of the ledger, or the name of a secret; empty for `HOME/ledger.sqlite`.
        dead_man: What is asked for after each good run, or the name of a secret; empty for nothing.
        allow_hosts: Hosts that may have a link-local or metadata address.
        digest_over: More alerts than this that wait for one sink are told in one message.
    """

    sinks: tuple[str, ...] = ()
    ledger: str = ""
    dead_man: str = ""
    allow_hosts: tuple[str, ...] = ()
    digest_over: int = 20
