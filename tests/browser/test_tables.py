"""Tables that sort and filter in a live notebook, and stay plain tables everywhere else."""

import json

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

COMPARE = ["%load_ext genie_nb", "%genie compare ACME WNCH GFBK"]
ALL = '.genie table.grid[aria-label="All facts"]'


def _column(table, number: int) -> list[str]:
    return table.locator(f"tbody tr:visible > :nth-child({number})").all_inner_texts()


def _numbers(table, number: int) -> list[float]:
    cells = table.locator(f"tbody tr > :nth-child({number})[data-value]")
    return cells.evaluate_all("cells => cells.map(cell => Number(cell.dataset.value))")


def _unfolded(tab):
    """The table of all facts, which a card keeps folded."""
    found = tab.page.locator(ALL)
    found.locator("button.sort").first.wait_for(state="attached", timeout=60_000)
    found.locator("xpath=ancestor::details[1]/summary").click()
    return found


@pytest.fixture
def table(lab, tab):
    tab.open(lab.write("tables.ipynb", COMPARE))
    tab.run_all()
    return _unfolded(tab)


def test_a_column_sorts_by_value_and_says_so(tab, table):
    before = _column(table, 1)
    head = table.locator("thead th").nth(1)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert _numbers(table, 2) == sorted(_numbers(table, 2))
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert _numbers(table, 2) == sorted(_numbers(table, 2), reverse=True)
    said = table.locator("xpath=../..").get_by_role("status")
    assert said.inner_text() == "Sorted by ACME, descending"
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "none"
    assert _column(table, 1) == before


def test_unknown_cells_come_last_in_both_directions(table):
    for _ in range(2):
        table.locator("thead button").nth(2).click()
        known = table.locator("tbody tr").evaluate_all(
            "rows => rows.map(row => row.cells[2].hasAttribute('data-value'))"
        )
        assert known == sorted(known, reverse=True)


def test_the_keyboard_alone_sorts_and_filters(tab, table):
    table.locator("thead button").first.focus()
    tab.page.keyboard.press("Enter")
    names = [name.casefold() for name in _column(table, 1)]
    assert names[0] < names[-1]
    box = table.locator("xpath=../..").get_by_role("searchbox")
    box.focus()
    tab.page.keyboard.type("debt")
    shown = _column(table, 1)
    assert shown
    assert all(
        "debt" in row.casefold() for row in table.locator("tbody tr:visible").all_inner_texts()
    )
    assert len(tab.page.locator(".jp-Cell").all()) == 2, "keys typed in the box act on the notebook"


def test_the_tools_are_readable_in_both_themes(tab, table):
    table.locator("thead button").nth(1).click()
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        tab.theme(theme)
        table.scroll_into_view_if_needed()
        tab.shot(f"table-{theme.split()[1].lower()}")
        assert tab.faint(table.locator("xpath=../..")) == [], theme


def test_a_saved_notebook_keeps_the_card_and_asks_for_no_widget(lab, tab, table):
    tab.page.wait_for_function(
        """() => window.jupyterapp.shell.currentWidget.context.model.toJSON().cells
                  .flatMap(cell => cell.outputs ?? [])
                  .every(output => !output.data?.['application/vnd.jupyter.widget-view+json']?.model_id)""",
        timeout=30_000,
    )
    tab.page.evaluate(
        "() => window.jupyterapp.commands.execute('docmanager:save').then(() => true)"
    )
    saved = (lab.folder / "tables.ipynb").read_text()
    assert "widgets" not in json.loads(saved)["metadata"]
    assert "localeCompare" not in saved, "the script is in the notebook"
    tab.open("tables.ipynb")
    card = tab.page.locator(ALL)
    card.wait_for(state="attached", timeout=60_000)
    assert card.locator("tbody tr").count() > 20
    assert "not found" not in tab.page.locator(".jp-NotebookPanel").inner_text()
