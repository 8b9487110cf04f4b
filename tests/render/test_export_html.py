"""An executed notebook becomes a page that needs no network."""

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from genie_nb.core.report import Report
from genie_nb.render import view_of
from genie_nb.render.export import export_html


@pytest.fixture
def notebook(tmp_path: Path, report: Report) -> Path:
    outputs = [new_output("display_data", data=dict(part)) for part in view_of(report).parts]
    cells = [
        new_markdown_cell("# Research"),
        new_code_cell("%genie analyze ACME", outputs=[*outputs, outputs[1]]),
    ]
    path = tmp_path / "run.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_the_page_needs_no_other_address(notebook: Path, tmp_path: Path) -> None:
    page = BeautifulSoup(export_html(notebook, tmp_path / "run.html").read_text(), "html.parser")
    for element in page.find_all(["script", "link", "img", "iframe"]):
        assert not element.get("src", "").startswith(("http", "//"))
        assert not element.get("href", "").startswith(("http", "//"))


def test_the_chart_library_is_written_once_for_all_charts(notebook: Path, tmp_path: Path) -> None:
    html = export_html(notebook, tmp_path / "run.html").read_text()
    page = BeautifulSoup(html, "html.parser")
    assert len(page.select(".genie-chart")) == 2
    large = [script for script in page.find_all("script") if len(script.get_text()) > 1_000_000]
    assert len(large) == 1
    assert len(re.findall(r"Plotly\.newPlot\(\"genie-chart-\d\"", html)) == 2


def test_the_card_is_in_the_page_and_the_placeholder_is_not(notebook: Path, tmp_path: Path) -> None:
    html = export_html(notebook, tmp_path / "run.html").read_text()
    assert 'aria-label="Report: ACME Corp"' in html
    assert "[chart:" not in html


def test_a_notebook_without_charts_carries_no_library(tmp_path: Path) -> None:
    path = tmp_path / "plain.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("Nothing to draw.")]), path)
    assert len(export_html(path, tmp_path / "plain.html").read_text()) < 1_000_000


def test_a_hostile_figure_cannot_leave_its_script(tmp_path: Path, hostile: Report) -> None:
    from dataclasses import replace

    view = view_of(hostile)
    figure = {**(view.figure or {}), "layout": {"title": {"text": "</script><img src=x>"}}}
    part = replace(view, figure=figure).parts[1]
    cell = new_code_cell("", outputs=[new_output("display_data", data=dict(part))])
    path = tmp_path / "hostile.ipynb"
    nbformat.write(new_notebook(cells=[cell]), path)
    html = export_html(path, tmp_path / "hostile.html").read_text()
    assert "</script><img" not in html


def test_the_notebook_itself_is_left_as_it_was(notebook: Path, tmp_path: Path) -> None:
    before = notebook.read_bytes()
    export_html(notebook, tmp_path / "run.html")
    assert notebook.read_bytes() == before
