"""Every notebook is clean as committed, and runs from top to bottom with no network."""

import os
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.skipif(not NOTEBOOKS, reason="the notebooks are not beside the tests")


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(notebook: Any) -> str:
    return "\n".join(
        str(output.get("data", {}).get("text/plain", ""))
        for cell in code_cells(notebook)
        for output in cell.outputs
    )


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.name)
def notebook(request: pytest.FixtureRequest) -> Any:
    return read(request.param)


def test_no_outputs_are_committed(notebook: Any) -> None:
    for cell in code_cells(notebook):
        assert (cell.outputs, cell.execution_count) == ([], None)
    assert not [cell for cell in notebook.cells if "papermill" in cell.metadata]
    assert "papermill" not in notebook.metadata


def test_a_cell_is_short_enough_to_read(notebook: Any) -> None:
    for cell in code_cells(notebook):
        assert len(cell.source.splitlines()) <= 12, cell.source


def test_any_python_3_kernel_runs_it(notebook: Any) -> None:
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_its_parameters_have_a_type_and_an_explanation(path: Path) -> None:
    parameters = papermill.inspect_notebook(path)
    assert parameters
    for parameter in parameters.values():
        assert parameter["inferred_type_name"] in ("str", "int", "float", "bool")
        assert parameter["help"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_without_an_error_is_no_advice_and_leaves_your_rules_alone(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("GENIE_HOME", str(home))
    executed = papermill.execute_notebook(
        path, tmp_path / path.name, progress_bar=False, kernel_name="python3"
    )
    errors = [o for cell in code_cells(executed) for o in cell.outputs if o.output_type == "error"]
    assert errors == []
    assert "not financial advice" in shown(executed)
    assert (home / "watchlist.txt").exists() == (path.name == "alerts.ipynb")


def test_the_first_one_takes_another_ticker(tmp_path: Path) -> None:
    executed = papermill.execute_notebook(
        ROOT / "notebooks" / "01_analyze.ipynb",
        tmp_path / "other.ipynb",
        parameters={"ticker": "WNCH"},
        progress_bar=False,
        kernel_name="python3",
    )
    assert "'ticker': 'WNCH'" in shown(executed)


def test_a_ticker_that_does_not_exist_fails_the_run_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        papermill.execute_notebook(
            ROOT / "notebooks" / "01_analyze.ipynb",
            tmp_path / "wrong.ipynb",
            parameters={"ticker": "NOSUCH"},
            progress_bar=False,
            kernel_name="python3",
        )
    assert caught.value.ename == "UnknownTicker"
    assert caught.value.traceback == [f"UnknownTicker: {caught.value.evalue}"]


def test_binder_opens_the_first_one() -> None:
    post_build = ROOT / "binder" / "postBuild"
    assert os.access(post_build, os.X_OK)
    assert "/lab/tree/notebooks/01_analyze.ipynb" in post_build.read_text(encoding="utf-8")
