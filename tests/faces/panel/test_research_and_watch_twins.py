"""What the research and watch panels leave where nothing is live: run unattended, exported, closed."""

import nbformat
import papermill
import pytest

from genie_nb.answer import run
from genie_nb.core.ask.command import make_ask
from genie_nb.faces.panel.research import ResearchPanel
from genie_nb.faces.panel.watching import WatchPanel
from genie_nb.render.export import export_html
from genie_nb.render.view import PLOTLY

WIDGET = "application/vnd.jupyter.widget-view+json"
CELL = """
import genie_nb as genie
from IPython.display import display
genie.watch("ACME", "close > 30", home={home!r})
display(genie.panel("ACME", home={home!r}), genie.watching(home={home!r}))
"""


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("twins")
    source, target = folder / "in.ipynb", folder / "out.ipynb"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(CELL.format(home=str(folder / "home")))],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )  # fmt: skip
    nbformat.write(notebook, source)
    papermill.execute_notebook(source, target, kernel_name="python3", progress_bar=False)
    return target


def test_a_run_by_papermill_has_the_facts_and_the_chart_and_no_widget(executed):
    outputs = [output.data for output in nbformat.read(executed, 4).cells[0].outputs if "data" in output]  # fmt: skip
    assert not any(WIDGET in data for data in outputs)
    assert any("ACME Corp" in data.get("text/html", "") for data in outputs)
    assert any("close &gt; 30" in data.get("text/html", "") for data in outputs)
    assert any(PLOTLY in data for data in outputs)
    assert executed.stat().st_size < 1_000_000


def test_the_export_has_the_same_and_asks_for_no_network(executed):
    page = export_html(executed, executed.with_suffix(".html")).read_text()
    assert "ACME Corp" in page
    assert "close &gt; 30" in page
    assert "genie-chart-0" in page
    assert "model not found" not in page


def test_twenty_panels_opened_and_closed_leave_no_widget(tmp_path):
    from ipywidgets.widgets.widget import _instances

    home = {"home": str(tmp_path), "provider": "demo"}
    research = run(make_ask("panel", tickers=("ACME",), options=home))
    watching = run(make_ask("watching", options=home))
    before = set(_instances)
    for kind, answer in ((ResearchPanel, research), (WatchPanel, watching)) * 10:
        panel = kind(answer)
        panel._hear(panel, {"kind": "open", "view": "page"}, [])
        panel._hear(panel, {"kind": "closed", "view": "page"}, [])
    assert set(_instances) == before
