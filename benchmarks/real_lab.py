"""A JupyterLab of its own and a page in Chromium, for benchmarks that need the real thing."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import sync_playwright

QUIET = ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass
class Lab:
    """A running JupyterLab and the browser it is seen with."""

    address: str
    token: str
    folder: Path
    browser: Any

    def page(self, name: str, *cells: str) -> Any:
        """A page with a notebook of these cells, run to the end."""
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        )  # fmt: skip
        nbformat.write(notebook, self.folder / f"{name}.ipynb")
        page = self.browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"{self.address}/lab/tree/{name}.ipynb?token={self.token}&reset")
        ready = "() => window.jupyterapp?.shell.currentWidget?.context?.sessionContext?.session?.kernel?.status === 'idle'"
        page.wait_for_function(ready, timeout=120_000)
        run = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
        page.evaluate(f"() => {run}.then(() => true)")
        return page


@contextmanager
def lab() -> Iterator[Lab]:
    """Start both, and end both."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        print("skipped: no Chromium is installed")
        sys.exit(0)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        root, port, token = Path(name), _free_port(), secrets.token_hex(8)
        process = subprocess.Popen(
            _command(root, port, token), env=_environment(root), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api?token={token}")
            browser = playwright.chromium.launch(executable_path=found, args=QUIET)
            yield Lab(address=address, token=token, folder=root / "work", browser=browser)
            browser.close()
        finally:
            process.terminate()
            process.wait(30)


def _command(root: Path, port: int, token: str) -> list[str]:
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        *(f"--ServerApp.root_dir={root / 'work'}", "--LabApp.expose_app_in_browser=True", "--MCPExtensionApp.mcp_port=0"),
    ]  # fmt: skip


def _environment(root: Path) -> dict[str, str]:
    settings = root / "config" / "labconfig"
    settings.mkdir(parents=True)
    (root / "work").mkdir()
    quiet = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}  # fmt: skip
    (settings / "default_setting_overrides.json").write_text(json.dumps(quiet))
    own = {
        f"JUPYTER_{kind.upper()}_DIR": str(root / kind) for kind in ("config", "data", "runtime")
    }
    return {**os.environ, **own, "IPYTHONDIR": str(root / "ipython"), "GENIE_HOME": str(root / "home")}  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("JupyterLab did not answer within 120 s")
