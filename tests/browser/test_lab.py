"""The first minutes of a new user, in a real JupyterLab."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_analyze_shows_the_card_and_the_chart_in_both_themes(lab, tab):
    tab.open(lab.write("analyze.ipynb", ["%load_ext genie_nb", "%genie analyze ACME"]))
    tab.run_all()
    card = tab.page.locator(".genie").first
    card.wait_for(timeout=60_000)
    assert "ACME Corp" in card.inner_text()
    assert "$850M" in card.inner_text()
    tab.page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
    inks = {}
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        tab.theme(theme)
        inks[theme] = card.evaluate("element => getComputedStyle(element).color")
        tab.shot(f"analyze-{theme.split()[1].lower()}")
    assert inks["JupyterLab Light"] != inks["JupyterLab Dark"]


def test_tab_completes_verbs_and_tickers_in_the_notebook(lab, tab):
    tab.open(lab.write("complete.ipynb", ["%load_ext genie_nb", "%genie analyze AC"]))
    tab.run_all()
    cell = tab.page.locator(".jp-CodeCell").nth(1).locator(".cm-content")
    cell.click()
    tab.page.keyboard.press("End")
    tab.page.keyboard.press("Tab")
    offered = tab.page.locator(".jp-Completer")
    line = tab.page.locator(".jp-CodeCell").nth(1)
    tab.page.wait_for_function(
        """() => document.querySelector('.jp-Completer:not(.lm-mod-hidden)')
                 || document.querySelectorAll('.jp-CodeCell')[1].innerText.includes('ACME')""",
        timeout=30_000,
    )
    tab.shot("complete")
    assert "ACME" in (offered.first.inner_text() if offered.count() else "") + line.inner_text()


def test_a_wrong_ticker_is_one_clean_line(lab, tab):
    tab.open(lab.write("wrong.ipynb", ["%load_ext genie_nb", "%genie analyze AAPL"]))
    tab.run_all()
    error = tab.page.locator(
        '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]'
    )
    text = error.or_(
        tab.page.locator(".jp-RenderedText[data-mime-type*='error']")
    ).first.inner_text()
    assert "AAPL is not in the fictional demo market; add --provider yahoo" in text
    assert "Traceback" not in text
