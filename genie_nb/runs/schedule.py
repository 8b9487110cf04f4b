"""`schedule`: the alerts notebook again and again, by JupyterLab's scheduler or by another one."""

import sys
from importlib.util import find_spec
from pathlib import Path

from ..config import home as home_of
from ..core.errors import AskError
from ..core.pace import check_cron, cron_of, longest_gap, seconds_of
from ..core.scheduled import Scheduled
from ..core.verbs import Ask
from .notebook import opened
from .parameters import declared_in, typed
from .recipes import Plan, recipe

USUAL = "15m"
ALERTS = "alerts.ipynb"


def schedule(ask: Ask, directory: str | Path | None = None) -> Scheduled:
    """Make a job in a running Jupyter server, or tell what makes one elsewhere.

    Raises:
        AskError: The time cannot be read, there is no such notebook, or it takes no such parameter.
        SetupError: A server was found and refused.
    """
    options = ask.options
    cron, every = _pace(ask)
    chosen = options.get("home", directory)
    home = home_of(None if chosen is None else str(chosen)).absolute()
    kind, named = options.get("recipe"), str(options.get("notebook", ""))
    if kind is None or kind == "airflow" or named:
        notebook = _notebook(named)
        parameters = _parameters(ask, notebook, None if chosen is None else home)
    else:
        notebook, parameters = None, {}
    if kind is None and notebook is not None:
        return _by_jupyter(notebook, cron, parameters)
    plan = Plan(
        cron=cron,
        every=every,
        gap=longest_gap(cron),
        home=home,
        notebook=str(notebook or ""),
        parameters=parameters,
        provider=str(options.get("provider", "")),
    )
    return Scheduled(
        status="recipe",
        cron=cron,
        notebook=plan.notebook,
        parameters=tuple(parameters.items()),
        recipe=recipe(str(kind), plan),
    )


def _by_jupyter(notebook: Path, cron: str, parameters: dict[str, str]) -> Scheduled:
    told = tuple(parameters.items())
    if find_spec("jupyter_scheduler") is None:
        need = 'JupyterLab has no scheduler. Run: pip install "genie-nb[alerts,notebook]"'
        return Scheduled(
            status="needed",
            cron=cron,
            notebook=str(notebook),
            parameters=told,
            needed=(need, _ELSE),
        )
    from .jupyter import define_job, place_notebook, scheduling_servers

    server = next(scheduling_servers(), None)
    if server is None:
        need = "No Jupyter server with jupyter-scheduler is running here. Start one: jupyter lab."
        return Scheduled(
            status="needed",
            cron=cron,
            notebook=str(notebook),
            parameters=told,
            needed=(need, _ELSE),
        )
    path = place_notebook(server, notebook)
    job = define_job(server, path, cron, parameters)
    return Scheduled(
        status="created", cron=cron, notebook=path, parameters=told, server=server.url, job=job
    )


_ELSE = "Without a server: genie schedule --recipe cron, or genie serve."


def _pace(ask: Ask) -> tuple[str, float | None]:
    """The cron line, and the seconds between two runs where they were given as such."""
    every, line = ask.options.get("every"), ask.options.get("cron")
    if every is not None and line is not None:
        raise AskError(
            "--every and --cron are both given.",
            seen=f"--every {every} --cron {line}",
            needed="one of them",
            cure="Keep one.",
        )
    if line is None:
        seconds = seconds_of(str(every or USUAL))
        return cron_of(seconds), seconds
    return check_cron(str(line)), None


def _parameters(ask: Ask, notebook: Path, home: Path | None) -> dict[str, str]:
    """What the notebook is given, checked now rather than by the first run that fails."""
    given = ask.options.get("parameters")
    wanted: dict[str, object] = dict(given) if isinstance(given, dict) else {}
    if "provider" in ask.options:
        wanted.setdefault("provider", ask.options["provider"])
    book = opened(str(notebook))
    if home is not None and "home" in declared_in(book):
        wanted.setdefault("home", str(home))
    checked = typed(wanted, book, notebook.name)
    return {name: str(value) for name, value in checked.items()}


def _notebook(given: str) -> Path:
    """The notebook that was named, else the alerts notebook: here, or as it came with the package."""
    clone = Path(__file__).parents[2]
    places = (
        [Path(given).expanduser()]
        if given
        else [
            Path(ALERTS),
            Path("notebooks") / ALERTS,
            clone / "notebooks" / ALERTS,
            Path(sys.prefix) / "share" / "genie_nb" / ALERTS,
        ]
    )
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise AskError(
            f"There is no notebook {given or ALERTS}.",
            seen=given or ALERTS,
            needed="the path of a notebook",
            cure="Name one with --notebook PATH.",
        )
    return found.absolute()
