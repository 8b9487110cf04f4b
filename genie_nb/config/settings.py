"""What the user settled once, as values with their defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..core.bands import LIMITS


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSettings:
    """What agents may do: the `[agents]` table.

    Attributes:
        arm: Whether they may arm rules and call sinks.
        providers: Sources that they may name besides the default one, demo and yahoo.
    """

    arm: bool = False
    providers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """What the user settled about watching: the `[alerts]` table.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """The language model that may help: the `[model]` table.

    Attributes:
        name: As LiteLLM names it, such as `openai/gpt-4o-mini`; empty for no model.
        base_url: Where it is served; empty for its maker's address.
        key: The name of the secret that opens it; empty when it needs none.
        budget: Dollars that a session may cost; None for no limit.
        keep: Whether prompts, answers and costs are written to `HOME/model.jsonl`.
    """

    name: str = ""
    base_url: str = ""
    key: str = ""
    budget: float | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationSettings:
    """What small and large companies are seen by: the `[rotation]` table.

    Attributes:
        small: Ticker of an index or fund of small companies; empty for the provider's own.
        large: The same for large ones.
    """

    small: str = ""
    large: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the user settled once.

    Attributes:
        provider: Address of the default source: `demo`, `yahoo`, `files:DIR`.
        deadline: Seconds after which an answer shows what is ready.
        shares: Position, in shares, that exit costs are reckoned for.
        bands: Upper limit of each market-cap band in money, smallest first; above the last is mega.
        rotation: The `[rotation]` table.
        agents: The `[agents]` table.
        model: The `[model]` table.
        alerts: The `[alerts]` table.
        path: The file these came from; it need not exist.
        given: Dotted keys that the file sets; all others are defaults.
    """

    provider: str = "demo"
    deadline: float = 30.0
    shares: int = 10_000
    bands: Mapping[str, float] = field(default_factory=lambda: LIMITS, hash=False)
    rotation: RotationSettings = field(default_factory=RotationSettings)
    agents: AgentSettings = field(default_factory=AgentSettings)
    model: ModelSettings = field(default_factory=ModelSettings)
    alerts: AlertSettings = field(default_factory=AlertSettings)
    path: Path = Path("config.toml")
    given: frozenset[str] = frozenset()
