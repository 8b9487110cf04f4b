"""Text keeps to the width of the place it is shown in."""

import pytest

from genie_nb.core.report import Comparison, Report
from genie_nb.render.outline import outline
from genie_nb.render.text import Measure, to_text
from genie_nb.render.view import text_of, view_of


def longest(text: str) -> int:
    return max(map(len, text.splitlines()))


@pytest.mark.parametrize("columns", [50, 72, 80])
def test_no_line_is_wider_than_a_narrow_terminal(report: Report, columns: int) -> None:
    assert longest(text_of(report, columns)) <= columns


def test_a_table_of_many_companies_is_split_to_fit(comparison: Comparison) -> None:
    assert longest(text_of(comparison, 80)) <= 80


def test_a_wide_terminal_does_not_make_lines_hard_to_read(report: Report) -> None:
    assert text_of(report, 400) == view_of(report).text


def test_every_word_stands_in_the_narrow_text_too(report: Report) -> None:
    narrow, page = (to_text(outline(report), Measure.of(columns)) for columns in (50, 400))
    assert set(narrow.split()) == set(page.split())
