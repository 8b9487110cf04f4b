"""The research panel in a real JupyterLab: every tab, follow-up questions, slips, two panels at once."""

import json
import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPEN = "import genie_nb as genie\ngenie.panel('{ticker}')"


@pytest.fixture
def panel(lab, tab):
    tab.open(lab.write("research.ipynb", [OPEN.format(ticker="ACME")]))
    tab.run_all()
    found = tab.page.locator(".genie-panel").first
    found.get_by_role("tab", name="Report").wait_for(timeout=60_000)
    return found


def show(panel, name):
    panel.get_by_role("tab", name=name).click()
    panel.locator(f"[role=tab][aria-selected=true]:has-text('{name}')").wait_for()
    return panel.get_by_role("tabpanel")


def choose(panel, words):
    box = panel.get_by_label("Ticker or company")
    box.fill(words)
    box.press("Enter")


def head(panel):
    return panel.locator("[data-region=head]")


def test_each_tab_shows_its_part_of_the_ticker(tab, panel):
    assert "ACME Corp" in head(panel).inner_text()
    assert "Debt / equity" in show(panel, "Report").inner_text()
    show(panel, "Chart").locator(".main-svg").first.wait_for(timeout=60_000)
    tab.shot("research-chart-light")
    fundamentals = show(panel, "Fundamentals")
    assert fundamentals.locator("figure svg").count() >= 6
    tab.shot("research-fundamentals-light")
    peers = show(panel, "Peers")
    peers.locator(".buttons button").first.click()
    peers.locator("text=What differs most").wait_for(timeout=60_000)
    strategies = show(panel, "Strategies")
    strategies.locator("text=Chance did as well").wait_for(timeout=60_000)
    assert strategies.get_by_role("button", name=re.compile("^Tune ")).count() == 5
    tab.shot("research-strategies-light")


def test_sliders_of_a_strategy_open_inside_the_panel_and_leave_with_its_tab(tab, panel):
    strategies = show(panel, "Strategies")
    strategies.get_by_role("button", name=re.compile("^Tune breakout")).click(timeout=60_000)
    inner = strategies.locator(".genie-panel")
    inner.locator("input[type=range]").first.wait_for(timeout=60_000)
    inner.locator(".genie-plot .main-svg").first.wait_for(timeout=60_000)
    tab.shot("research-tune")
    show(panel, "Report")
    assert tab.page.locator(".genie-panel").count() == 1
    assert head(panel).is_visible()


def test_follow_up_questions_keep_their_context(tab, panel):
    questions = show(panel, "Questions")
    box = questions.get_by_label("Question about ACME")
    for words, told in (
        ("Is it profitable?", "profit"),
        ("How does it compare to WNCH?", "WNCH"),
        ("What's the biggest risk here?", "risk"),
    ):
        box.fill(words)
        box.press("Enter")
        newest = questions.locator("article.said-back").first
        newest.locator(f':is(h3, dt):text-is("{words}")').wait_for(timeout=60_000)
        assert told in newest.inner_text()
    tab.shot("research-questions-light")
    assert questions.locator("article.said-back").count() == 3


def test_a_rule_is_said_back_with_its_past_and_armed_once(tab, panel):
    preview = show(panel, "Preview")
    assert not preview.get_by_role("button", name="Arm it").count()
    box = preview.get_by_label("Rule for ACME")
    box.fill("breaks above $25 with volume")
    box.press("Enter")
    arm = preview.get_by_role("button", name="Arm it")
    arm.wait_for(timeout=60_000)
    assert "close crosses above 25 and rvol(20) > 1.5" in preview.locator(".readas").inner_text()
    preview.locator(".main-svg").first.wait_for(timeout=60_000)
    tab.shot("research-preview-light")
    arm.click()
    preview.locator("text=It is armed").wait_for(timeout=60_000)
    box.fill("breaks above $25 with volume")
    box.press("Enter")
    arm.click(timeout=60_000)
    preview.locator("text=It was armed already").wait_for(timeout=60_000)


def test_a_rule_that_cannot_be_read_is_said_beside_its_field(panel):
    preview = show(panel, "Preview")
    box = preview.get_by_label("Rule for ACME")
    box.fill("smells like breakout")
    box.press("Enter")
    said = preview.locator("[data-said=rule]")
    said.locator("text=/./").wait_for(timeout=30_000)
    assert box.get_attribute("aria-invalid") == "true"
    assert not preview.get_by_role("button", name="Arm it").count()
    box.fill("rsi(14) < 30")
    box.press("Enter")
    preview.get_by_role("button", name="Arm it").wait_for(timeout=60_000)
    assert said.inner_text() == ""


def test_completion_offers_symbols_and_names(panel):
    box = panel.get_by_label("Ticker or company")
    box.fill("")
    box.type("gra")
    offered = panel.locator("datalist option")
    offered.first.wait_for(state="attached", timeout=30_000)
    values = offered.evaluate_all("options => options.map(option => option.value)")
    assert "GFBK · Granite Ferry Bank" in values


def test_an_unknown_ticker_offers_near_names_and_keeps_the_panel(tab, panel):
    choose(panel, "ACMF")
    said = panel.locator("[data-said=ticker]")
    said.locator("text=ACMF").wait_for(timeout=30_000)
    assert "ACME Corp" in head(panel).inner_text()
    tab.shot("research-unknown")
    choose(panel, "WNCH")
    panel.locator("[data-region=head] .ticker:text-is('WNCH')").wait_for(timeout=30_000)
    assert said.inner_text() == ""
    line = panel.locator("[data-line=line]")
    assert line.inner_text() == "%genie panel WNCH"
    assert panel.locator("[data-line=call]").inner_text() == 'genie.panel("WNCH")'


def test_the_newest_ticker_wins(tab, panel):
    box = panel.get_by_label("Ticker or company")
    for ticker in ("WNCH", "GFBK", "ACME", "GFBK"):
        box.fill(ticker)
        box.press("Enter")
    panel.locator("[data-region=head] .ticker:text-is('GFBK')").wait_for(timeout=30_000)
    tab.until(
        "import threading\n"
        "assert not [one for one in threading.enumerate() if one.name == 'genie panel']"
    )
    tab.painted()
    assert panel.locator("[data-region=head] .ticker").inner_text() == "GFBK"


def test_arrow_keys_walk_the_tabs(panel):
    panel.get_by_role("tab", name="Report").focus()
    for name in ("Chart", "Fundamentals"):
        panel.page.keyboard.press("ArrowRight")
        panel.locator(f"[role=tab][aria-selected=true]:has-text('{name}')").wait_for()
        assert panel.page.evaluate("document.activeElement.textContent") == name


def test_two_panels_mind_their_own_business(lab, tab):
    tab.open(lab.write("two.ipynb", [OPEN.format(ticker="ACME"), OPEN.format(ticker="WNCH")]))
    tab.run_all()
    panels = tab.page.locator(".genie-panel")
    panels.nth(1).get_by_role("tab", name="Report").wait_for(timeout=60_000)
    show(panels.nth(1), "Peers")
    choose(panels.nth(0), "GFBK")
    panels.nth(0).locator("[data-region=head] .ticker:text-is('GFBK')").wait_for(timeout=30_000)
    assert "WNCH" in head(panels.nth(1)).inner_text()
    assert panels.nth(0).get_by_role("tab", name="Report").get_attribute("aria-selected") == "true"


def test_both_themes_are_readable(tab, panel):
    for theme in ("Light", "Dark"):
        tab.theme(f"JupyterLab {theme}")
        for name in ("Report", "Chart", "Fundamentals", "Peers"):
            show(panel, name)
            if name == "Chart":
                panel.locator(".main-svg").first.wait_for(timeout=30_000)
            tab.painted()
            panel.scroll_into_view_if_needed()
            tab.shot(f"research-{name.lower()}-{theme.lower()}")
            assert tab.faint(panel) == [], f"{name}, {theme}"


def test_a_saved_notebook_shows_the_twin_when_it_is_opened_again(lab, tab, panel):
    choose(panel, "WNCH")
    panel.locator("[data-region=head] .ticker:text-is('WNCH')").wait_for(timeout=30_000)
    tab.save()
    saved = (lab.folder / "research.ipynb").read_text()
    outputs = json.loads(saved)["cells"][0]["outputs"]
    assert "Winch" in json.dumps(outputs) or "WNCH" in json.dumps(outputs)
    assert len(saved) < 1_000_000
    tab.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.context.sessionContext.shutdown().then(() => true)"
    )
    tab.open("research.ipynb")
    tab.page.locator(".genie").first.wait_for(timeout=60_000)
    whole = tab.page.locator(".jp-NotebookPanel").inner_text()
    assert "WNCH" in whole
    assert "not found" not in whole
    tab.page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
