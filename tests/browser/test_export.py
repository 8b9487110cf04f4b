"""The HTML export, opened with the network off."""

import nbformat
import papermill
import pytest

from genie_nb.render.export import export_html

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_export_draws_its_charts_with_the_network_off(chromium, tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("%load_ext genie_nb\n%genie analyze ACME")],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )  # fmt: skip
    source, executed, page_path = (
        tmp_path / name for name in ("in.ipynb", "out.ipynb", "out.html")
    )
    nbformat.write(notebook, source)
    papermill.execute_notebook(source, executed, kernel_name="python3", progress_bar=False)
    export_html(executed, page_path)
    context = chromium.new_context(offline=True, viewport={"width": 1100, "height": 1600})
    page = context.new_page()
    errors, asked = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_path.as_uri())
    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=30_000)
    assert "ACME Corp" in page.inner_text("body")
    assert not errors
    folded = page.locator("details th", has_text="Debt / equity")
    assert not folded.first.is_visible()
    page.emulate_media(media="print")
    assert folded.first.is_visible()
    outside = [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    assert not outside
    context.close()
