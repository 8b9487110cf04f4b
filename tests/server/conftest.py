"""Real Jupyter servers on loopback, each with genie and the extensions that its tests are about."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest


@dataclass(frozen=True)
class Server:
    """One that runs, with its own home; *tools* is where its MCP server listens."""

    url: str
    root: Path
    environment: dict[str, str]
    token: str = "hush"
    tools: str = ""

    def ask(self, path: str, body: Any = None, method: str | None = None) -> Any:
        request = Request(
            f"{self.url}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}", "Content-Type": "application/json"},
            method=method or ("GET" if body is None else "POST"),
        )
        with urlopen(request, timeout=20) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def wait_for(self, path: str, done: Any, seconds: float) -> Any:
        end = time.monotonic() + seconds
        while True:
            found = self.ask(path)
            if done(found) or time.monotonic() > end:
                return found
            time.sleep(0.5)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _extensions(*wanted: str) -> dict[str, bool]:
    """Every installed server extension but genie and these, switched off."""
    found: dict[str, bool] = {}
    for file in Path(sys.prefix, "etc/jupyter/jupyter_server_config.d").glob("*.json"):
        known = json.loads(file.read_text("utf-8")).get("ServerApp", {}).get("jpserver_extensions")
        found |= dict.fromkeys(known or {}, False)
    return found | dict.fromkeys((*wanted, "genie_nb"), True)


@contextmanager
def running(home: Path, *wanted: str, settings: tuple[str, ...], ready: str) -> Iterator[Server]:
    """A server until the block ends; *ready* is a path that answers once it can be used."""
    root, port = home / "root", _free_port()
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "GENIE_HOME", "HOME")
    environment = os.environ | {name: str(home / name.lower()) for name in places}
    config = Path(environment["JUPYTER_CONFIG_DIR"], "jupyter_server_config.json")
    for place in (root, *(Path(environment[name]) for name in places)):
        place.mkdir(exist_ok=True)
    extensions = {"ServerApp": {"jpserver_extensions": _extensions(*wanted)}}
    config.write_text(json.dumps(extensions), encoding="utf-8")
    usual = (
        f"--ServerApp.port={port}",
        f"--ServerApp.root_dir={root}",
        f"--IdentityProvider.token={Server.token}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
    )
    with (home / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *usual, *settings],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=home,
        )
        here = Server(f"http://127.0.0.1:{port}", root, environment)
        try:
            _await(here, process, home / "log.txt", ready)
            yield here
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if find_spec("jupyter_scheduler") is None:
        pytest.skip("jupyter-scheduler is not installed: it comes with the extra `alerts`")
    home = tmp_path_factory.mktemp("server-home")
    settings = ("--TaskRunner.poll_interval=1",)
    ready = "scheduler/runtime_environments"
    with running(home, "jupyter_scheduler", settings=settings, ready=ready) as found:
        yield found


CHATTING = (
    "jupyterlab_chat",
    "jupyter_ai_router",
    "jupyter_ai_persona_manager",
    "jupyter_server_mcp",
)


@pytest.fixture(scope="session")
def chatting() -> Callable[..., AbstractContextManager[Server]]:
    """Starts a server with jupyter-ai's chat and tools over a home, which may be used again."""
    if find_spec("jupyter_ai_persona_manager") is None:
        pytest.skip("jupyter-ai is not installed: it comes with the extra `ai`")

    @contextmanager
    def start(home: Path) -> Iterator[Server]:
        port = _free_port()
        settings = (f"--MCPExtensionApp.mcp_port={port}",)
        with running(home, *CHATTING, settings=settings, ready="api/status") as found:
            yield replace(found, tools=f"http://127.0.0.1:{port}/mcp")

    return start


def _await(running: Server, process: subprocess.Popen[bytes], log: Path, ready: str) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        try:
            running.ask(ready)
        except (URLError, HTTPError, ConnectionError, TimeoutError):
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"the Jupyter server did not start:\n{log.read_text()[:3000]}")
