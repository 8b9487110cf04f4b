"""What genie brings to a Jupyter server: settings of other extensions, where the user has none.

server starts -> this is linked before `jupyter*` -> schedules run notebooks by papermill
                                                      -> new chats are with Genie, charts fit

The file in `jupyter_server_config.d` can only enable extensions, so the settings are made here, and
extensions are linked in the order of their names.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of another extension.

    Attributes:
        section: The class that has it.
        key: Its name.
        value: What it is set to.
        needs: The package that must be installed for it to make sense.
    """

    section: str
    key: str
    value: str | list[str]
    needs: str


SETTINGS = (
    Setting(
        section="Scheduler",
        key="execution_manager_class",
        value="genie_nb.faces.schedule.PapermillExecutionManager",
        needs="jupyter_scheduler",
    ),
    Setting(
        section="PersonaManager",
        key="default_persona_id",
        value="jupyter-ai-personas::genie_nb::GeniePersona",
        needs="jupyter_ai_persona_manager",
    ),
    Setting(
        section="LabApp",
        key="extra_labextensions_path",
        value=[str(Path(__file__).with_name("labextension"))],
        needs="jupyter_ai_persona_manager",
    ),
)


def _link_jupyter_server_extension(server: Any) -> None:
    """Make the settings that the user has not made; runs before the other extensions are loaded."""
    from traitlets.config import Config

    ours = Config()
    for setting in SETTINGS:
        theirs = server.config.get(setting.section, {})
        if setting.key not in theirs and find_spec(setting.needs) is not None:
            ours[setting.section][setting.key] = setting.value
    server.update_config(ours)


def _load_jupyter_server_extension(server: Any) -> None:
    server.log.info(
        "genie_nb: schedules run by papermill, and new chats are with Genie, unless set otherwise"
    )
