"""The user's settings: `HOME/config.toml`, read once into a frozen value.

    GENIE_HOME or --home -> home() -> read_config() -> Config
    genie config -> describe()    genie config KEY VALUE -> set_value()

An absent file means the defaults; a wrong one is refused in words, never half used.
"""

from .folder import home
from .reading import describe, read_config
from .settings import AgentSettings, AlertSettings, Config, ModelSettings, RotationSettings
from .writing import set_value

__all__ = [
    "AgentSettings",
    "AlertSettings",
    "Config",
    "ModelSettings",
    "RotationSettings",
    "describe",
    "home",
    "read_config",
    "set_value",
]
