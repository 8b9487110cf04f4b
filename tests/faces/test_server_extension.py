"""What genie sets in a Jupyter server, and what it leaves to the user."""

import json
import logging
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config

import genie_nb
from genie_nb.faces import server as extension


class ServerStandIn:
    """The two things of a server that linking touches."""

    def __init__(self, **sections: dict[str, Any]) -> None:
        self.config = Config(sections)
        self.log = logging.getLogger("server")

    def update_config(self, config: Config) -> None:
        self.config.merge(config)


def test_schedules_run_by_papermill_where_the_user_says_nothing() -> None:
    pytest.importorskip("jupyter_scheduler")
    server = ServerStandIn(Scheduler={"db_url": "sqlite://"})
    extension._link_jupyter_server_extension(server)
    module, _, name = server.config.Scheduler.execution_manager_class.rpartition(".")
    assert hasattr(import_module(module), name)
    assert server.config.Scheduler.db_url == "sqlite://"


def test_a_setting_of_the_user_stays() -> None:
    server = ServerStandIn(Scheduler={"execution_manager_class": "mine.Manager"})
    extension._link_jupyter_server_extension(server)
    assert server.config.Scheduler.execution_manager_class == "mine.Manager"


def test_new_chats_are_with_genie_where_the_user_prefers_nobody() -> None:
    pytest.importorskip("jupyter_ai_persona_manager")
    from genie_nb.faces.persona import GeniePersona

    server = ServerStandIn()
    extension._link_jupyter_server_extension(server)
    package, name = GeniePersona.__module__.split(".")[0], GeniePersona.__name__
    assert (
        server.config.PersonaManager.default_persona_id == f"jupyter-ai-personas::{package}::{name}"
    )
    server = ServerStandIn(PersonaManager={"default_persona_id": "jupyter-ai-personas::x::Y"})
    extension._link_jupyter_server_extension(server)
    assert server.config.PersonaManager.default_persona_id == "jupyter-ai-personas::x::Y"


def test_the_shipped_file_enables_it_before_the_others_are_linked() -> None:
    file = Path(extension.__file__).with_name("server.json")
    names = json.loads(file.read_text("utf-8"))["ServerApp"]["jpserver_extensions"]
    assert names == {"genie_nb": True}
    assert sorted([*names, "jupyter_scheduler", "jupyter_ai_persona_manager"])[0] == "genie_nb"
    (point,) = genie_nb._jupyter_server_extension_points()
    assert import_module(point["module"]) is extension


def test_labs_charts_in_chats_fit_their_panel_by_a_script_that_needs_no_build() -> None:
    pytest.importorskip("jupyter_ai_persona_manager")
    server = ServerStandIn()
    extension._link_jupyter_server_extension(server)
    (place,) = server.config.LabApp.extra_labextensions_path
    package = Path(place, "genie-nb", "package.json")
    build = json.loads(package.read_text("utf-8"))["jupyterlab"]["_build"]
    assert "responsive" in package.with_name(build["load"].split("/")[0]).joinpath("remoteEntry.js").read_text("utf-8")  # fmt: skip
    server = ServerStandIn(LabApp={"extra_labextensions_path": ["mine"]})
    extension._link_jupyter_server_extension(server)
    assert server.config.LabApp.extra_labextensions_path == ["mine"]
