"""What makes tables sort in a live notebook, and what stays when there is none."""

import re

import genie_nb as genie
from genie_nb.render import sorter
from genie_nb.render.document import Document, Grid, Masthead
from genie_nb.render.html import to_html


def _cells(grid: Grid) -> list[str]:
    html = to_html(Document(masthead=Masthead(name="A"), blocks=(grid,)))
    return re.findall(r"<td[^>]*>[^<]*</td>", html)


def test_a_cell_keeps_the_number_behind_its_text():
    grid = Grid(
        title="Size", columns=("Ticker", "Cap", "Age"), rows=(("AA", "$2B", "–"), ("BB", "$900M", "1")),
        values=((2e9, None), (9e8, float("nan"))),
    )  # fmt: skip
    assert _cells(grid) == [
        '<td data-value="2000000000">$2B</td>',
        "<td>–</td>",
        '<td data-value="900000000">$900M</td>',
        "<td>1</td>",
    ]


def test_a_table_without_numbers_behind_it_has_plain_cells():
    grid = Grid(title="Checks", columns=("Check", "AA"), rows=(("Growth", "✓ pass"),))
    assert _cells(grid) == ["<td>✓ pass</td>"]


def test_a_comparison_keeps_the_value_of_every_known_fact(tmp_path):
    html = genie.compare("ACME", "WNCH", provider="demo", home=tmp_path).view().html
    row = re.search(r'<th scope="row">Debt / equity</th>(.*?)</tr>', html).group(1)
    assert re.findall(r'data-value="([\d.]+)">([\d.]+)<', row)[0] == ("0.4", "0.40")


def test_outside_a_kernel_no_widget_is_made(capsys):
    sorter.offer('<table class="grid">')
    assert capsys.readouterr().out == ""
    assert sorter._sorter.cache_info().currsize == 0
