"""The scheduler of a running Jupyter server, spoken to over its own REST interface on this machine.

running servers -> the one with jupyter-scheduler -> notebook below its root -> job definition
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, Request, build_opener

from ..core.errors import SetupError

_SECONDS = 15.0
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "[::]")  # noqa: S104 - compared, not bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A Jupyter server on this machine.

    Attributes:
        url: Its address, with a slash at its end.
        token: What it asks for.
        root: The folder it shows.
    """

    url: str
    token: str
    root: Path

    def ask(self, path: str, body: Mapping[str, Any] | None = None, method: str = "GET") -> Any:
        """The JSON it answers; None when it knows no such thing.

        Raises:
            SetupError: It does not answer, or refuses.
        """
        request = Request(  # noqa: S310 - an address of this machine
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}", "Content-Type": "application/json"},
            method=method,
        )
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=_SECONDS) as answer:
                return json.loads(answer.read() or b"null")
        except HTTPError as refused:
            if refused.code == 404:
                return None
            raise _refused(self, f"{refused.code} {_reason(refused)}") from None
        except (URLError, OSError, ValueError) as silent:
            raise _refused(self, str(getattr(silent, "reason", silent))) from None


def scheduling_servers() -> Iterator[Server]:
    """The running servers that have jupyter-scheduler, newest first."""
    from jupyter_server.serverapp import list_running_servers

    found = sorted(list_running_servers(), key=lambda info: -int(info.get("pid", 0)))
    for info in found:
        address = str(info["url"])
        for anywhere in ("0.0.0.0", "[::]"):  # noqa: S104 - replaced by the loopback address
            address = address.replace(f"//{anywhere}:", "//127.0.0.1:")
        server = Server(
            url=address, token=str(info.get("token", "")), root=Path(str(info["root_dir"]))
        )
        try:
            if server.ask("scheduler/runtime_environments"):
                yield server
        except SetupError:
            continue


def place_notebook(server: Server, notebook: Path) -> str:
    """The notebook's path below the server's root; it is copied there when it lies elsewhere.

    Raises:
        SetupError: Another notebook of that name is there.
    """
    try:
        return notebook.resolve().relative_to(server.root.resolve()).as_posix()
    except ValueError:
        pass
    import nbformat

    ours = nbformat.read(notebook, as_version=4)
    path = f"api/contents/{quote(notebook.name)}"
    theirs = server.ask(f"{path}?content=1")
    if theirs is None:
        server.ask(path, {"type": "notebook", "format": "json", "content": ours}, "PUT")
    elif _sources(theirs["content"]) != _sources(ours):
        raise SetupError(
            f"{server.root} has another {notebook.name}.",
            seen=notebook.name,
            needed="a notebook below the folder that the server shows",
            cure=f"To schedule that one: genie schedule --notebook {server.root / notebook.name}",
        )
    return notebook.name


def define_job(server: Server, path: str, cron: str, parameters: Mapping[str, str]) -> str:
    """Have the server run a notebook again and again; returns the id of the definition.

    A definition of the same notebook, line and parameters that is there already is the answer.

    Raises:
        SetupError: The server refuses.
    """
    name = f"genie {Path(path).stem}"
    known = server.ask("scheduler/job_definitions") or {}
    for one in known.get("job_definitions", ()):
        same = (one.get("name"), one.get("schedule"), one.get("parameters") or {})
        if one.get("active", True) and same == (name, cron, dict(parameters)):
            return str(one["job_definition_id"])
    environments = server.ask("scheduler/runtime_environments")
    body = {
        "name": name,
        "input_uri": path,
        "runtime_environment_name": environments[0]["name"],
        "output_formats": ["ipynb", "html"],
        "parameters": dict(parameters),
        "schedule": cron,
        "timezone": "UTC",
    }
    made = server.ask("scheduler/job_definitions", body, "POST")
    if not made:
        raise _refused(server, "it has no scheduler")
    return str(made["job_definition_id"])


def _sources(notebook: Mapping[str, Any]) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook["cells"]]


def _reason(refused: HTTPError) -> str:
    try:
        return str(json.loads(refused.read()).get("message", refused.reason))
    except (ValueError, OSError, AttributeError):
        return str(refused.reason)


def _refused(server: Server, why: str) -> SetupError:
    return SetupError(
        f"The Jupyter server at {server.url} did not do it: {why}.",
        seen=server.url,
        needed="a running server with jupyter-scheduler",
        cure="Look into its log, or use: genie schedule --recipe cron",
    )
