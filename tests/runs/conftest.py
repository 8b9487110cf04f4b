"""Small notebooks to run."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

PARAMETERS = """\
ticker: str = "ACME"  # any ticker
threshold: float = 0.5  # a share
flag: bool = False  # or not
home: str = ""  # where things lie"""


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Writes a notebook of these cells after a parameters cell, without any kernelspec."""

    def write(*cells: str, name: str = "some.ipynb", promises: bool = False) -> Path:
        made = new_notebook(
            cells=[
                new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
                *(new_code_cell(cell) for cell in cells),
            ]
        )
        if promises:
            made.metadata["genie"] = {"sentinel": True}
        folder = tmp_path / "books"
        folder.mkdir(exist_ok=True)
        nbformat.write(made, folder / name)
        return folder / name

    return write
