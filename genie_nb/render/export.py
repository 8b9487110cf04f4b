"""An executed notebook as one HTML page that needs no network.

    notebook -> charts as elements -> nbconvert, without its remote scripts -> page

The chart library is written into the page once, however many charts there are. Formulas in Markdown
cells stay as they were typed: the typesetter that nbconvert links to is left out.
"""

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .view import PLOTLY

_TEMPLATE = """\
{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js_requirejs -%}
{%- if resources.chart_library -%}<script>{{ resources.chart_library }}</script>{%- endif -%}
{%- endblock -%}
{%- block jupyter_widgets -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
"""

_CHART = """\
<div id="{name}" class="genie-chart" role="img" aria-label="{title}" style="width:100%"></div>
<script>Plotly.newPlot("{name}",{data},{layout},{{responsive:true,displaylogo:false}});</script>"""


def export_html(notebook: Path | str, page: Path | str) -> Path:
    """Write an executed notebook as a page whose charts show without a network.

    Args:
        notebook: The `.ipynb` file; it is not changed.
        page: The file to write.

    Returns:
        The file written.
    """
    import nbformat
    from nbconvert import HTMLExporter

    shown = with_charts(nbformat.read(Path(notebook), as_version=4))
    library = _library() if shown.metadata.pop("genie_charts", 0) else ""
    exporter = HTMLExporter(raw_template=_TEMPLATE)
    resources = {"metadata": {"name": Path(notebook).stem}, "chart_library": library}
    body, _ = exporter.from_notebook_node(shown, resources=resources)
    page = Path(page)
    page.write_text(body, encoding="utf-8")
    return page


def with_charts(notebook: Any) -> Any:
    """A copy of the notebook in which each Plotly output is an element that draws itself.

    The copy's metadata say under `genie_charts` how many there are.
    """
    shown = copy.deepcopy(notebook)
    count = 0
    for output in _outputs(shown):
        figure = output["data"].pop(PLOTLY, None)
        if figure is None:
            continue
        output["data"]["text/html"] = _element(figure, name=f"genie-chart-{count}")
        count += 1
    shown.metadata["genie_charts"] = count
    return shown


def _outputs(notebook: Any) -> Iterator[Any]:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if "data" in output:
                yield output


def _element(figure: Mapping[str, Any], *, name: str) -> str:
    return _CHART.format(
        name=name,
        title="interactive chart",
        data=_script_json(figure.get("data", [])),
        layout=_script_json(figure.get("layout", {})),
    )


def _script_json(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _library() -> str:
    from plotly.offline import get_plotlyjs

    return get_plotlyjs()
