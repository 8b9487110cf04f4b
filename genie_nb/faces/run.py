"""Runs a notebook by papermill and exports it as one HTML file that needs no network.

notebook, parameters -> executed notebook, HTML
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def run_notebook(
    notebook: Path, folder: Path, parameters: Mapping[str, Any] | None = None
) -> tuple[Path, Path]:
    """Execute a notebook into a folder, beside a self-contained HTML export.

    Args:
        notebook: The notebook to run; it is not changed.
        folder: Where the executed notebook and its export go; made when absent.
        parameters: Values for its parameters cell.

    Returns:
        The executed notebook and the HTML file.

    Raises:
        papermill.PapermillExecutionError: A cell failed; the executed notebook shows which.
    """
    import papermill

    from ..render.export import export_html

    folder.mkdir(parents=True, exist_ok=True)
    executed = folder / notebook.name
    papermill.execute_notebook(
        notebook,
        executed,
        parameters=dict(parameters or {}),
        kernel_name="python3",
        progress_bar=False,
    )
    page = executed.with_suffix(".html")
    export_html(executed, page)
    return executed, page


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `python -m genie_nb.faces.run NOTEBOOK --into DIR`."""
    parser = argparse.ArgumentParser(prog="python -m genie_nb.faces.run", description=__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--into", type=Path, default=Path("out"), metavar="DIR")
    options = parser.parse_args(arguments)
    run_notebook(options.notebook, options.into)
    return 0


if __name__ == "__main__":
    sys.exit(main())
