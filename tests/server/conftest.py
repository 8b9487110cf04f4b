"""A real Jupyter server on loopback, with jupyter-scheduler and genie alone."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest


@dataclass(frozen=True)
class Server:
    """One that runs, with its own home."""

    url: str
    root: Path
    environment: dict[str, str]
    token: str = "hush"

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


def _extensions() -> dict[str, bool]:
    """Every installed server extension but the scheduler, switched off."""
    found: dict[str, bool] = {}
    for file in Path(sys.prefix, "etc/jupyter/jupyter_server_config.d").glob("*.json"):
        known = json.loads(file.read_text("utf-8")).get("ServerApp", {}).get("jpserver_extensions")
        found |= dict.fromkeys(known or {}, False)
    return found | {"jupyter_scheduler": True, "genie_nb": True}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if find_spec("jupyter_scheduler") is None:
        pytest.skip("jupyter-scheduler is not installed: it comes with the extra `alerts`")
    home, port = tmp_path_factory.mktemp("server-home"), _free_port()
    root = home / "root"
    root.mkdir()
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "GENIE_HOME", "HOME")
    environment = os.environ | {name: str(home / name.lower()) for name in places}
    config = Path(environment["JUPYTER_CONFIG_DIR"], "jupyter_server_config.json")
    for name in places:
        Path(environment[name]).mkdir()
    extensions = {"ServerApp": {"jpserver_extensions": _extensions()}}
    config.write_text(json.dumps(extensions), encoding="utf-8")
    settings = (
        f"--ServerApp.port={port}",
        f"--ServerApp.root_dir={root}",
        f"--IdentityProvider.token={Server.token}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        "--TaskRunner.poll_interval=1",
    )
    log = (home / "log.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", *settings],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=home,
    )
    running = Server(f"http://127.0.0.1:{port}", root, environment)
    try:
        _await(running, process, home / "log.txt")
        yield running
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def _await(running: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            running.ask("scheduler/runtime_environments")
        except (URLError, HTTPError, ConnectionError, TimeoutError):
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"the Jupyter server did not start:\n{log.read_text()[:3000]}")
