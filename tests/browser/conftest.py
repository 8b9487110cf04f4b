"""A real JupyterLab and a real Chromium.

Where no Chromium is found these tests skip with a reason; with GENIE_BROWSER=required they fail.
Screenshots go to out/screenshots, which git ignores.
"""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAINT = (Path(__file__).resolve().parents[1] / "made" / "faint_text.js").read_text(encoding="utf-8")
GONE = ("WebSocketClosedError", "StreamClosedError")
SHOTS = Path(__file__).resolve().parents[2] / "out" / "screenshots"


def _absent(reason: str) -> None:
    if os.environ.get("GENIE_BROWSER") == "required":
        pytest.fail(f"{reason}, and GENIE_BROWSER=required")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One Chromium for all tests."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        _absent("no Chromium is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@dataclass
class Lab:
    """A running `jupyter lab` of this test session."""

    address: str
    token: str
    folder: Path
    log: Path

    def write(self, name: str, cells: list[str]) -> str:
        """A notebook with these code cells in the Lab's folder."""
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        )  # fmt: skip
        nbformat.write(notebook, self.folder / name)
        return name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, chromium: object) -> Iterator[Lab]:
    """JupyterLab on the loopback address with directories of its own."""
    root = tmp_path_factory.mktemp("lab")
    settings = root / "config" / "labconfig"
    settings.mkdir(parents=True)
    (settings / "default_setting_overrides.json").write_text(
        json.dumps(
            {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
        )
    )  # fmt: skip
    folder = root / "work"
    folder.mkdir()
    own = {
        f"JUPYTER_{kind.upper()}_DIR": str(root / kind) for kind in ("config", "data", "runtime")
    }
    environment = {
        **os.environ,
        **own,
        "IPYTHONDIR": str(root / "ipython"),
        "GENIE_HOME": str(root / "genie"),
    }
    port, token, log = _free_port(), secrets.token_hex(8), root / "lab.log"
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        *(f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True", "--MCPExtensionApp.mcp_port=0"),
    ]  # fmt: skip
    with log.open("w") as sink:
        process = subprocess.Popen(command, env=environment, stdout=sink, stderr=subprocess.STDOUT)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/api?token={token}", process, log)
            yield Lab(address=address, token=token, folder=folder, log=log)
        finally:
            process.terminate()
            process.wait(30)
    told = faults(log.read_text())
    assert not told, "\n".join(told)[:3000]


def faults(log: str) -> list[str]:
    """The tracebacks in a server's log, without those of a page that was closed while a kernel spoke."""
    found = re.finditer(
        r"^( *)Traceback \(most recent call last\):\n(?:\1 +.*\n)+\1(?P<fault>\S.*)",
        log,
        re.MULTILINE,
    )
    return [one[0] for one in found if not any(name in one["fault"] for name in GONE)]


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            pytest.fail(f"JupyterLab ended: {log.read_text()[-2000:]}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"JupyterLab did not answer within 120 s: {log.read_text()[-2000:]}")


@dataclass
class Tab:
    """One browser tab with a notebook, and what went wrong in it."""

    page: object
    lab: Lab
    errors: list[str] = field(default_factory=list)

    def open(self, notebook: str) -> None:
        """Open a notebook and wait until its kernel is idle."""
        self.page.goto(f"{self.lab.address}/lab/tree/{notebook}?token={self.lab.token}&reset")
        self.page.wait_for_function(
            "() => window.jupyterapp && window.jupyterapp.restored", timeout=90_000
        )
        self.page.evaluate("() => window.jupyterapp.restored.then(() => true)")
        self.idle()

    def idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.page.wait_for_function(
            """() => { const s = window.jupyterapp.shell.currentWidget?.context?.sessionContext;
                       return s?.isReady && s.session?.kernel?.status === 'idle'; }""",
            timeout=90_000,
        )

    def run_all(self) -> None:
        """Run every cell and wait for the last to end."""
        self.page.evaluate(
            "() => window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => true)"
        )
        self.idle()

    def theme(self, name: str) -> None:
        """Switch JupyterLab's theme."""
        self.page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme}).then(() => true)",
            name,
        )
        self.page.wait_for_function(
            "name => document.body.dataset.jpThemeName === name", arg=name, timeout=30_000
        )
        self.painted()

    def painted(self) -> None:
        """Wait until the page has drawn what it was told so far."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def save(self) -> None:
        """Save the notebook and wait until its file holds all of it."""
        self.page.evaluate(
            "() => window.jupyterapp.commands.execute('docmanager:save').then(() => true)"
        )
        self.page.wait_for_function(
            "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
        )

    def until(self, code: str, timeout: int = 30_000) -> None:
        """Wait until the kernel runs this code, which shows nothing, without an error."""
        self.page.wait_for_function(
            """async code => {
                 const { kernel } = window.jupyterapp.shell.currentWidget.context.sessionContext.session;
                 const reply = await kernel.requestExecute({ code, silent: true }).done;
                 return reply.content.status === 'ok'; }""",
            arg=code,
            polling=250,
            timeout=timeout,
        )

    def faint(self, locator: object) -> list[str]:
        """Texts in it that stand out less from their ground than WCAG 2 asks (AA), with the ratio."""
        return locator.evaluate(FAINT)

    def shot(self, name: str) -> Path:
        """Keep a screenshot among the artefacts of the run."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path


@pytest.fixture
def tab(lab: Lab, chromium: object) -> Iterator[Tab]:
    """A fresh tab; a test that leaves an error in its console fails."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    opened = Tab(page=page, lab=lab)
    page.on("pageerror", lambda error: opened.errors.append(str(error)))
    page.on(
        "console", lambda said: opened.errors.append(said.text) if said.type == "error" else None
    )
    yield opened
    context.close()
    assert not opened.errors, opened.errors
