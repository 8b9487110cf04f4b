"""The static twin: what a notebook run unattended holds of a panel."""

import nbformat
import papermill
import pytest

from genie_nb.render.export import export_html


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> list:
    folder = tmp_path_factory.mktemp("twin")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("import genie_nb as genie\ngenie.tune('ACME', 'breakout', lookback=33)")],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )  # fmt: skip
    nbformat.write(notebook, folder / "in.ipynb")
    papermill.execute_notebook(
        folder / "in.ipynb", folder / "out.ipynb", kernel_name="python3", progress_bar=False
    )
    export_html(folder / "out.ipynb", folder / "out.html")
    cell = nbformat.read(folder / "out.ipynb", 4).cells[0]
    return [cell.outputs, (folder / "out.html").read_text()]


def test_a_run_by_papermill_holds_card_and_chart_and_no_widget(outputs) -> None:
    card, chart = (one.data for one in outputs[0])
    assert "highest(33)" in card["text/plain"]
    assert chart["application/vnd.plotly.v1+json"]["data"]
    assert not any("widget" in kind for one in outputs[0] for kind in one.data)


def test_its_export_shows_the_same(outputs) -> None:
    assert "highest(33)" in outputs[1]
    assert "model not found" not in outputs[1]
