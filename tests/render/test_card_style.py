"""The card reads well in both themes, without colour, and without its style."""

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from genie_nb.core.report import Report
from genie_nb.render import view_of
from genie_nb.render.html.style import DARK, LIGHT, stylesheet


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize(
    ("theme", "grounds_of_jupyterlab"),
    [(LIGHT, ("#ffffff", "#eeeeee")), (DARK, ("#212121", "#424242"))],
    ids=["light", "dark"],
)
@pytest.mark.parametrize("ink", ["ink", "soft", "good", "warn", "bad", "calm", "accent"])
def test_every_ink_can_be_read(
    theme: dict[str, str], grounds_of_jupyterlab: tuple[str, str], ink: str
) -> None:
    for ground in (theme["paper"], theme["wash"], *grounds_of_jupyterlab):
        assert contrast(theme[ink], ground) >= 4.5, ground


def test_every_rule_is_scoped_to_the_card() -> None:
    css = re.sub(r"@media[^{]*\{(.*?\})\}", r"\1", stylesheet())
    selectors = [part for rule in re.findall(r"([^{}]+)\{", css) for part in rule.split(",&")]
    assert all(".genie" in selector for selector in selectors)


def test_headings_come_in_order(report: Report) -> None:
    page = BeautifulSoup(view_of(report).html, "html.parser")
    levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 2
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_marks_differ_in_shape_and_are_named_aloud(report: Report) -> None:
    page = BeautifulSoup(view_of(report).html, "html.parser")
    marks = {(m["aria-label"], m.get_text()) for m in page.select(".mark")}
    assert {("pass", "✓"), ("worth a look", "!"), ("fail", "✗"), ("unknown", "?")} <= marks
    assert len({shape for _, shape in marks}) == len(marks)


def test_a_number_says_on_hover_how_it_was_made(report: Report) -> None:
    page = BeautifulSoup(view_of(report).html, "html.parser")
    rows = page.select(".groups tr")
    assert all(row.get("title") for row in rows)
    (debt,) = [str(row["title"]) for row in rows if "says 0.46" in row.get_text()]
    assert "total_debt (quarter to 2025-09-30): $129M (demo, 2025-09-30)" in debt


def test_facts_are_tables_with_row_heads(report: Report) -> None:
    page = BeautifulSoup(view_of(report).html, "html.parser")
    heads = [row.find("th") for row in page.select(".groups tr")]
    assert all(head is not None and head.get("scope") == "row" for head in heads)
