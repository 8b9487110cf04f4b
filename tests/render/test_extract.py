"""Parts of a report that a panel shows one at a time."""

import re
from dataclasses import replace

import pytest

import genie_nb as genie
from genie_nb.render.document import SmallChart, SmallCharts
from genie_nb.render.html import to_html
from genie_nb.render.html.columns import column_picture
from genie_nb.render.outline.extract import of_fundamentals, of_head, of_peers
from genie_nb.render.text import to_text


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return genie.analyze("ACME", provider="demo", home=tmp_path_factory.mktemp("home")).value


def test_the_head_names_the_company_and_says_how_the_request_was_read(report):
    assert "ACME Corp" in to_text(of_head(report))
    read = replace(report, notes=("I read 'acme corp' as ACME Corp (ACME).",))
    assert "I read 'acme corp'" in to_text(of_head(read))


def test_every_quarterly_measure_has_a_small_chart_and_a_row(report):
    document = of_fundamentals(report)
    charts = next(block for block in document.blocks if isinstance(block, SmallCharts))
    assert [chart.title for chart in charts.charts][:3] == [
        "Revenue",
        "Operating income",
        "Net income",
    ]
    assert len(charts.periods) == 8
    assert to_html(document).count("<figure>") == len(charts.charts)
    assert "Free cash flow" in to_text(document)


def test_the_change_is_against_the_same_quarter_a_year_before(report):
    charts = next(b for b in of_fundamentals(report).blocks if isinstance(b, SmallCharts))
    revenue = charts.charts[0]
    growth = report.facts["revenue_growth_yoy"].value
    assert growth == pytest.approx(revenue.values[-1] / revenue.values[-5] - 1)
    assert revenue.note == f"+{growth * 100:.0f} % YoY"


def test_a_company_without_peers_is_said_to_have_none(report):
    assert "No peers are known." in to_text(of_peers(replace(report, standings=())))
    assert "Against its peers" in to_text(of_peers(report))


def test_losses_hang_below_the_line_and_unknown_periods_leave_a_gap():
    chart = SmallChart(title="Income", values=(2.0, None, -2.0), written=("$2", "–", "-$2"))
    svg = column_picture(chart, ("Q1", "Q2", "Q3"))
    tops = [float(y) for y in re.findall(r' y="([\d.]+)"', svg)]
    heights = [float(h) for h in re.findall(r' height="([\d.]+)"', svg)]
    assert len(tops) == 2
    assert tops[0] + heights[0] == pytest.approx(tops[1])
    assert "Income over time: Q1 $2, Q2 –, Q3 -$2" in svg
