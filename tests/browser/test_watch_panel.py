"""The watch panel in a real JupyterLab: a rule typed, said back, armed, changed, paused and removed."""

import json

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FRESH = "import os, tempfile; os.environ['GENIE_HOME'] = tempfile.mkdtemp()\n"
OPEN = "import genie_nb as genie\ngenie.watching()"
ARMED = "import genie_nb as genie\ngenie.watch('ACME', 'close > 1 once')\ngenie.watch('WNCH', 'rsi(14) < 30');"


def opened(tab, lab, *cells):
    tab.open(lab.write("watching.ipynb", [FRESH, *cells, OPEN]))
    tab.run_all()
    found = tab.page.locator(".genie-panel").first
    found.get_by_role("button", name="Check now").wait_for(timeout=60_000)
    found.locator("[data-region=log] > *").wait_for(timeout=60_000)
    return found


def rows(panel):
    return panel.locator("[data-region=rules] tbody tr")


def read(panel, words):
    box = panel.get_by_label("Rule, with its ticker")
    box.fill(words)
    box.press("Enter")


def arm(panel, words):
    read(panel, words)
    panel.get_by_role("button", name="Arm it").click(timeout=60_000)


def test_a_rule_in_plain_words_is_said_back_before_it_is_armed(lab, tab):
    panel = opened(tab, lab)
    assert "Nothing is watched yet" in panel.inner_text()
    assert not panel.get_by_role("button", name="Arm it").count()
    read(panel, "ACME breaks above $25 with volume")
    panel.locator(".readas").wait_for(timeout=60_000)
    assert (
        "ACME 1d: close crosses above 25 and rvol(20) > 1.5"
        in panel.locator(".readas").inner_text()
    )
    panel.locator("[data-region=rule-reading] .main-svg").first.wait_for(timeout=60_000)
    assert not rows(panel).count()
    tab.shot("watching-reading")
    panel.get_by_role("button", name="Arm it").click()
    rows(panel).first.wait_for(timeout=60_000)
    assert "It is armed" in panel.locator(".told").inner_text()
    cells = rows(panel).first.locator("td").all_inner_texts()
    assert "waiting" in cells[0]
    assert cells[1:3] == ["$21.25", "+18 %"]
    assert float(cells[3]) > 0
    assert cells[4] == "2026-01-12"


def test_arming_the_same_rule_twice_is_said_and_is_no_error(lab, tab):
    panel = opened(tab, lab)
    arm(panel, "ACME close > 30")
    rows(panel).first.wait_for(timeout=60_000)
    arm(panel, "ACME close > 30")
    panel.locator(".told:has-text('It was armed already')").wait_for(timeout=60_000)
    assert rows(panel).count() == 1
    assert panel.locator("[data-said=rule]").inner_text() == ""


def test_other_words_void_the_reading(lab, tab):
    panel = opened(tab, lab)
    read(panel, "ACME close > 30")
    panel.get_by_role("button", name="Arm it").wait_for(timeout=60_000)
    box = panel.get_by_label("Rule, with its ticker")
    box.fill("ACME close > 99")
    box.press("Tab")
    panel.get_by_role("button", name="Arm it").wait_for(state="detached", timeout=10_000)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("close > 30", "ticker"),
        ("ACME purple monkey", ""),
        ("ZZZZ close > 30", "ZZZZ"),
        ("", "Type a rule"),
    ],
)
def test_what_cannot_be_armed_is_said_beside_the_field(lab, tab, words, told):
    panel = opened(tab, lab)
    read(panel, words)
    said = panel.locator("[data-said=rule]")
    said.locator("text=/./").wait_for(timeout=60_000)
    assert told in said.inner_text()
    assert not panel.get_by_role("button", name="Arm it").count()
    arm(panel, "ACME close > 30")
    rows(panel).first.wait_for(timeout=60_000)


def test_rules_are_paused_snoozed_changed_and_removed(lab, tab):
    panel = opened(tab, lab, ARMED)
    row = rows(panel).filter(has_text="WNCH")
    row.get_by_role("button", name="Pause").click()
    row.locator("td:has-text('paused')").wait_for(timeout=60_000)
    row.get_by_role("button", name="Resume").click()
    row.get_by_role("button", name="Pause").wait_for(timeout=60_000)
    row.get_by_role("button", name="Snooze").click()
    row.locator("td:has-text('snoozed until')").wait_for(timeout=60_000)
    row.get_by_role("button", name="Wake").click()
    row.get_by_role("button", name="Snooze").wait_for(timeout=60_000)
    row.get_by_role("button", name="Edit").click()
    panel.locator("text=Change a rule").wait_for()
    box = panel.get_by_label("Rule, with its ticker")
    assert box.input_value() == "WNCH 1d: rsi(14) < 30"
    arm(panel, "WNCH 1d: rsi(14) < 25")
    rows(panel).filter(has_text="rsi(14) < 25").wait_for(timeout=60_000)
    rows(panel).filter(has_text="rsi(14) < 30").wait_for(state="detached", timeout=60_000)
    rows(panel).filter(has_text="WNCH").get_by_role("button", name="Remove").click()
    row.wait_for(state="detached", timeout=60_000)
    assert rows(panel).count() == 1


def test_a_check_says_its_line_and_the_table_sorts(lab, tab):
    panel = opened(tab, lab, ARMED)
    panel.get_by_role("button", name="Check now").click()
    panel.locator("text=silence here is not an all-clear").wait_for(timeout=60_000)
    price = panel.locator("[data-region=rules] thead th").filter(has_text="Price")
    for order in ("ascending", "descending"):
        price.get_by_role("button").click()
        assert price.get_attribute("aria-sort") == order
        values = panel.locator("[data-region=rules] tbody td:nth-child(3)").evaluate_all(
            "cells => cells.map(cell => Number(cell.dataset.value))"
        )
        assert values == sorted(values, reverse=order == "descending")


FIRED = """
import genie_nb as genie
genie.watch('ACME', 'close > 20', as_of='2025-12-01', sink='file:alerts.jsonl')
genie.check();
"""


def test_the_log_tells_what_fired_and_where_it_went(lab, tab):
    panel = opened(tab, lab, FIRED)
    log = panel.locator("[data-region=log] tbody tr")
    log.first.wait_for(timeout=60_000)
    assert "ACME" in log.first.inner_text()
    assert "sent" in log.first.inner_text()
    assert "alerts.jsonl" in rows(panel).first.inner_text()
    for theme in ("Light", "Dark"):
        tab.theme(f"JupyterLab {theme}")
        panel.scroll_into_view_if_needed()
        tab.shot(f"watching-{theme.lower()}")
        assert tab.faint(panel) == [], theme


def test_a_restarted_kernel_is_said_and_the_cell_opens_it_again(lab, tab):
    panel = opened(tab, lab, ARMED)
    tab.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.context.sessionContext.restartKernel().then(() => true)"
    )
    panel.locator("text=The kernel was restarted").wait_for(timeout=60_000)
    assert panel.get_by_role("button", name="Check now").is_disabled()
    tab.idle()
    tab.run_all()
    again = tab.page.locator(".genie-panel").first
    again.get_by_role("button", name="Check now").wait_for(timeout=60_000)
    assert again.get_by_role("button", name="Check now").is_enabled()


def test_a_saved_notebook_keeps_the_rules_as_a_table(lab, tab):
    panel = opened(tab, lab, ARMED)
    rows(panel).nth(1).wait_for(timeout=60_000)
    tab.save()
    saved = (lab.folder / "watching.ipynb").read_text()
    assert len(saved) < 1_000_000
    views = [
        output["data"].get("application/vnd.jupyter.widget-view+json", {}).get("model_id", "")
        for cell in json.loads(saved)["cells"]
        for output in cell["outputs"]
        if "data" in output
    ]
    assert not any(views)
    tab.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.context.sessionContext.shutdown().then(() => true)"
    )
    tab.open("watching.ipynb")
    tab.page.locator(".genie").last.wait_for(timeout=60_000)
    whole = tab.page.locator(".jp-NotebookPanel").inner_text()
    assert "rsi(14) < 30" in whole
    assert "not found" not in whole
