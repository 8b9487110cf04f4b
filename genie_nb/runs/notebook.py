"""`run`: a notebook executed by papermill, scrubbed, and written where it was asked for.

    notebook -> typed parameters -> papermill in memory -> scrubbed -> output, page, NotebookRun

What failed is written too: the cells that ran, papermill's banner and the traceback.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, time
from typing import Any

from ..config import home as home_of
from ..core.errors import AskError, SetupError
from ..core.notebook_run import Ending, Failure, NotebookRun
from ..core.verbs import Ask
from ..desk.clock import SCHEDULE
from .destination import FOLDER, Destination, destination
from .kernel import OURS, is_python, this_python
from .memory import in_memory
from .parameters import typed
from .privacy import scrubber_for
from .scrub import Scrubber
from .sentinel import ending_of, promised
from .verdict import failure_of, unended

_LEAST = 0.05
"""Seconds a cell is given when the time of its run is over: 0 would mean no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be run, and how.

    Attributes:
        notebook: Path, or an address that papermill reads.
        parameters: For its parameters cell.
        output: As `destination` takes it.
        html: Whether a page is wanted too.
        timeout: Seconds for the whole run; None for no limit.
        home: The home of settings and ledger for the notebook; None for the usual one.
    """

    notebook: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    output: str = ""
    html: bool = False
    timeout: float | None = None
    home: Path | None = None


def run(ask: Ask, directory: str | Path | None = None) -> NotebookRun:
    """Run the notebook of an Ask. `--provider` and `--as-of` fill its parameters of those names.

    Raises:
        AskError: There is no such notebook, or a parameter it does not take.
        SetupError: The output cannot be written, or there is no kernel.
    """
    options = ask.options
    given = options.get("parameters")
    parameters: dict[str, object] = dict(given) if isinstance(given, Mapping) else {}
    for name in ("provider", "as_of"):
        if name in options:
            parameters.setdefault(name, options[name])
    chosen = options.get("home", directory)
    limit = options.get("timeout")
    return run_notebook(
        Wish(
            notebook=ask.words,
            parameters=parameters,
            output=str(options.get("output", "")),
            html=bool(options.get("html")),
            timeout=None if limit is None else float(str(limit)),
            home=None if chosen is None else home_of(str(chosen)),
        )
    )


def run_notebook(wish: Wish) -> NotebookRun:
    """Execute a notebook; it is not changed itself. Errors as for `run`."""
    notebook = opened(wish.notebook)
    parameters = typed(wish.parameters, notebook, wish.notebook)
    place = destination(wish.output, wish.notebook)
    place.prepare()
    began, clock = datetime.fromtimestamp(time(), UTC), monotonic()
    done = carry_out(
        notebook,
        parameters,
        home=wish.home,
        timeout=wish.timeout,
        files=(wish.notebook, place.address),
    )
    place, notes = _written(done.notebook, place, wish)
    return NotebookRun(
        notebook=done.scrubber.text(wish.notebook),
        output=place.address,
        html=place.page if wish.html else "",
        parameters=done.scrubber.value(parameters),
        status="completed" if done.failure is None else "failed",
        exit=done.exit,
        failure=done.failure,
        ending=done.ending,
        began=began,
        seconds=monotonic() - clock,
        notes=notes,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Executed:
    """An executed notebook, with nothing private in it.

    Attributes:
        notebook: As far as it came, with papermill's banner where it failed.
        failure: Why it failed; None when it completed.
        ending: What it said at its end; None when it said nothing.
        exit: The exit status of the run.
        scrubber: What took out the private things, for whatever else is told of the run.
    """

    notebook: Any
    failure: Failure | None
    ending: Ending | None
    exit: int
    scrubber: Scrubber


def carry_out(
    notebook: Any,
    parameters: Mapping[str, object],
    *,
    home: Path | None = None,
    timeout: float | None = None,
    cwd: str | None = None,
    files: tuple[str, str] = ("", ""),
    every: float | None = None,
) -> Executed:
    """Execute an opened notebook and scrub it.

    Args:
        notebook: As `opened` gives it.
        parameters: Typed values.
        home: Home of settings and ledger for its kernel; None for the usual one.
        timeout: Seconds for all cells; None for no limit.
        cwd: Where it runs; None for here.
        files: Where it was read from and will be written to.
        every: Seconds until its next run, where a schedule runs it.
    """
    environment = {} if home is None else {"GENIE_HOME": str(home.absolute())}
    environment |= {} if every is None else {SCHEDULE: f"{every:g}"}
    executed, failed = _execute(
        notebook, parameters, environment=environment, timeout=timeout, cwd=cwd, name=files[0]
    )
    ending = ending_of(executed)
    if failed is None and promised(notebook):
        failed = unended(ending)
    scrubber = scrubber_for(executed, parameters, home=home, files=files)
    scrubber.notebook(executed)
    read_from, written_to = (scrubber.text(file) for file in files)
    executed.metadata["papermill"].update(input_path=read_from, output_path=written_to)
    failure, status = failed or (None, ending.exit if ending else 0)
    return Executed(
        notebook=executed,
        failure=failure and replace(failure, message=scrubber.text(failure.message)),
        ending=ending and replace(ending, line=scrubber.text(ending.line)),
        exit=status,
        scrubber=scrubber,
    )


def opened(name: str) -> Any:
    """A notebook read from a path or an address, with the kernel it is written for.

    Raises:
        AskError: There is none, or it is no notebook.
    """
    from nbformat import ValidationError
    from nbformat.reader import NotJSONError
    from papermill.iorw import load_notebook_node

    path = Path(name).expanduser()
    try:
        notebook = load_notebook_node(str(path) if "://" not in name else name)
    except (OSError, IsADirectoryError) as wrong:
        raise _unread(name, wrong.strerror or "it does not exist") from None
    except (NotJSONError, ValidationError, ValueError, KeyError, AttributeError) as wrong:
        raise _unread(name, f"it is no notebook ({type(wrong).__name__})") from None
    spec = notebook.metadata.setdefault("kernelspec", {})
    if is_python(notebook):
        spec.update(name=OURS, language="python", display_name="Python 3 (ipykernel)")
    return notebook


def _execute(
    notebook: Any,
    parameters: Mapping[str, object],
    *,
    environment: Mapping[str, str],
    timeout: float | None,
    cwd: str | None,
    name: str,
) -> tuple[Any, tuple[Failure, int] | None]:
    """The executed notebook as far as it came, and what failed with its exit status."""
    import nbformat
    import papermill

    extra: dict[str, Any] = {}
    if is_python(notebook):
        extra["kernel_manager_class"] = this_python(environment)
    if timeout is not None:
        end = monotonic() + timeout
        extra["timeout_func"] = lambda _cell: max(end - monotonic(), _LEAST)
    failed = None
    with in_memory() as (path, memory):
        try:
            papermill.execute_notebook(
                notebook, path, parameters=dict(parameters), progress_bar=False, cwd=cwd, **extra
            )
        except Exception as error:  # noqa: BLE001 - sorted at once; what is not the notebook's is raised
            failed = failure_of(error)
        if path not in memory.texts:
            raise AskError(
                f"{name} could not be started.",
                seen=name,
                needed="a notebook whose kernel is installed",
                cure="Choose a Python kernel for it.",
            )
        return nbformat.reads(memory.read(path), as_version=4), failed


def _written(notebook: Any, place: Destination, wish: Wish) -> tuple[Destination, tuple[str, ...]]:
    """Write notebook and page; what a store refuses is kept in a file here."""
    import nbformat

    text = nbformat.writes(notebook)
    page = page_of(text, place.address) if wish.html else ""
    notes: tuple[str, ...] = ()
    try:
        place.write(text)
    except SetupError as wrong:
        if not place.remote:
            raise
        notes = (f"{wrong} The executed notebook was kept here instead.",)
        place = destination(f"{FOLDER}/", wish.notebook)
        place.prepare()
        place.write(text)
    if page:
        place.write(page, place.page)
    return place, notes


def page_of(text: str, name: str) -> str:
    """The page of an executed notebook, which needs no network.

    Args:
        text: The notebook.
        name: Its file's, for the title.
    """
    from ..render.export import export_html

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{Path(name).stem}.ipynb"
        source.write_text(text, encoding="utf-8")
        return export_html(source, source.with_suffix(".html")).read_text(encoding="utf-8")


def _unread(name: str, why: str) -> AskError:
    folder = Path(name).expanduser().parent
    near = sorted(str(path) for path in folder.glob("*.ipynb"))[:5] if "://" not in name else []
    return AskError(
        f"{name} cannot be run: {why}.",
        seen=name,
        needed="the path of a notebook",
        cure=f"There are: {', '.join(near)}." if near else "Check the path.",
    )
