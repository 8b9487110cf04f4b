"""The tune panel in a real JupyterLab: dragged, mapped, doubled, orphaned, saved and opened again."""

import json
import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPEN = "import genie_nb as genie\ngenie.tune('{ticker}', '{strategy}')"

DRAG = """
(slider, values) => new Promise((done) => {
  let at = 0;
  const step = () => {
    slider.value = values[at++];
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    if (at < values.length) setTimeout(step, 8); else done();
  };
  step();
})
"""


def opened(tab, lab, name, *cells):
    tab.open(lab.write(f"{name}.ipynb", list(cells)))
    tab.run_all()
    drawn(tab)


def drawn(tab, count=1):
    tab.page.wait_for_function(
        "count => document.querySelectorAll('.genie-panel .genie-plot .main-svg').length >= count",
        arg=count,
        timeout=60_000,
    )


def panel(tab, at=0):
    return tab.page.locator(".genie-panel").nth(at)


def line(tab, at=0):
    return panel(tab, at).locator("[data-line=line]").inner_text()


def slider(tab, name, at=0):
    return panel(tab, at).locator(f"input[type=range][data-name='set.{name}']")


def said(tab, name, at=0):
    return panel(tab, at).locator(f"[data-said='{name}']")


def wait_for_line(tab, pattern, at=0, timeout=20_000):
    tab.page.wait_for_function(
        """([at, pattern]) => {
             const panel = document.querySelectorAll('.genie-panel')[at];
             return new RegExp(pattern).test(panel?.querySelector('[data-line=line]')?.textContent);
           }""",
        arg=[at, pattern],
        timeout=timeout,
    )


def test_dragging_through_fifty_values_shows_the_last_one_within_a_second(lab, tab):
    opened(tab, lab, "drag", OPEN.format(ticker="ACME", strategy="breakout"))
    values = [*range(20, 69), 33]
    slider(tab, "lookback").evaluate(DRAG, values)
    wait_for_line(tab, "lookback=33$", timeout=1_000)
    legend = panel(tab).locator(".genie-readout")
    assert "highest(33)" in legend.inner_text()
    typed = panel(tab).locator("input[type=number][data-name='set.lookback']")
    assert typed.input_value() == "33"
    tries = panel(tab).locator("[data-region=doubts]").inner_text()
    assert 1 < int(re.match(r"\d+", tries)[0]) <= 51


def test_the_keyboard_moves_a_slider_and_the_view(lab, tab):
    opened(tab, lab, "keys", "%load_ext genie_nb\n%genie tune ACME breakout --set lookback=40")
    assert line(tab) == "%genie tune ACME breakout --set lookback=40"
    slider(tab, "lookback").focus()
    tab.page.keyboard.press("ArrowRight")
    wait_for_line(tab, "lookback=41")
    tab.page.keyboard.press("ArrowUp")
    wait_for_line(tab, "lookback=42")
    outline = slider(tab, "lookback").evaluate("one => getComputedStyle(one).outlineStyle")
    assert outline == "solid"
    newest = panel(tab).locator(".genie-readout b").inner_text()
    panel(tab).locator(".genie-plot").focus()
    tab.page.keyboard.press("ArrowLeft")
    tab.page.wait_for_function(
        "before => document.querySelector('.genie-readout b').textContent < before", arg=newest
    )


def test_nothing_jumps_while_a_slider_moves(lab, tab):
    opened(tab, lab, "still", OPEN.format(ticker="ACME", strategy="breakout"))
    panel(tab).locator(".lamp.good").wait_for(timeout=60_000)

    def places():
        return panel(tab).evaluate(
            """panel => [...panel.querySelectorAll('[data-region], .genie-stage, table.figures td')]
                 .map(one => { const box = one.getBoundingClientRect(); return [box.top, box.height]; })"""
        )

    before = places()
    slider(tab, "lookback").evaluate(DRAG, [5, 250, 120])
    wait_for_line(tab, "lookback=120")
    assert places() == before


def test_the_panel_is_readable_in_both_themes(lab, tab):
    opened(tab, lab, "themes", OPEN.format(ticker="ACME", strategy="mean_reversion"))
    panel(tab).locator(".lamp.good").wait_for(timeout=60_000)
    inks = set()
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        tab.theme(theme)
        inks.add(panel(tab).evaluate("one => getComputedStyle(one).color"))
        tab.shot(f"tune-{theme.split()[1].lower()}")
        assert tab.faint(panel(tab)) == [], theme
    assert len(inks) == 2


def test_every_control_has_a_label(lab, tab):
    opened(tab, lab, "labels", OPEN.format(ticker="ACME", strategy="accumulation"))
    unnamed = panel(tab).evaluate(
        """panel => [...panel.querySelectorAll('input, select, button')].filter(one =>
             !(one.labels?.length || one.ariaLabel || one.textContent.trim())).map(one => one.outerHTML)"""
    )
    assert unnamed == []


def test_two_panels_of_two_tickers_stay_apart(lab, tab):
    opened(
        tab,
        lab,
        "two",
        OPEN.format(ticker="ACME", strategy="breakout"),
        OPEN.format(ticker="WNCH", strategy="trend"),
    )
    drawn(tab, 6)
    slider(tab, "fast", at=1).evaluate(DRAG, [7, 8, 9])
    slider(tab, "lookback", at=0).evaluate(DRAG, [50, 60, 70])
    wait_for_line(tab, "tune WNCH trend --set fast=9$", at=1)
    wait_for_line(tab, "tune ACME breakout --set lookback=70$", at=0)
    tab.shot("tune-two")


def test_a_map_is_drawn_and_another_is_cancelled(lab, tab):
    slow = (
        "import time\nfrom genie_nb.faces.panel.tune import terrain\nquick = terrain.sweep\n"
        "def slow(*given, **more):\n    time.sleep(0.2)\n    return quick(*given, **more)\n"
        "terrain.sweep = slow if {slow} else quick"
    )
    opened(
        tab,
        lab,
        "map",
        slow.format(slow=False),
        OPEN.format(ticker="ACME", strategy="breakout"),
        "",
    )
    panel(tab).get_by_role("button", name="Draw the map").click()
    panel(tab).locator("[data-figure=map] .heatmaplayer").first.wait_for(timeout=60_000)
    tab.painted()
    tab.shot("tune-map")
    tab.page.evaluate(
        """source => { const notebook = window.jupyterapp.shell.currentWidget;
             notebook.content.widgets[2].model.sharedModel.setSource(source);
             notebook.content.activeCellIndex = 2;
             return window.jupyterapp.commands.execute('notebook:run-cell').then(() => true); }""",
        slow.format(slow=True),
    )
    panel(tab).get_by_role("button", name="Draw the map").click()
    cancel = panel(tab).get_by_role("button", name="Cancel")
    cancel.click(timeout=10_000)
    said(tab, "map").get_by_text("cancelled").wait_for(timeout=10_000)
    cancel.wait_for(state="detached", timeout=10_000)
    slider(tab, "lookback").evaluate(DRAG, [44])
    wait_for_line(tab, "lookback=44")


def test_best_out_of_sample_moves_the_sliders_and_says_what_it_cost(lab, tab):
    opened(tab, lab, "best", OPEN.format(ticker="ACME", strategy="trend"))
    panel(tab).get_by_role("button", name="Best out of sample").click()
    said(tab, "buttons").get_by_text("unseen no more").wait_for(timeout=60_000)
    assert "--set" in line(tab)
    panel(tab).get_by_role("button", name="Reset").click()
    wait_for_line(tab, "tune ACME trend$")


def test_what_cannot_be_is_said_beside_its_control_and_the_panel_goes_on(lab, tab):
    opened(tab, lab, "wrong-input", OPEN.format(ticker="ACME", strategy="breakout"))
    ticker = panel(tab).get_by_label("Ticker")
    ticker.fill("NOPE")
    ticker.press("Enter")
    said(tab, "ticker").get_by_text("NOPE is not in the fictional demo market").wait_for()
    assert ticker.get_attribute("aria-invalid") == "true"
    typed = panel(tab).locator("input[type=number][data-name='set.lookback']")
    typed.fill("9999")
    typed.press("Enter")
    said(tab, "set.lookback").get_by_text("a whole number from 5 to 250 bars").wait_for()
    panel(tab).get_by_label("Bars", exact=True).select_option("1m")
    said(tab, "interval").get_by_text("1m").wait_for()
    tab.shot("tune-errors")
    ticker.fill("WNCH")
    ticker.press("Enter")
    wait_for_line(tab, "tune WNCH")
    assert said(tab, "ticker").inner_text() == ""
    panel(tab).get_by_label("Strategy").select_option("vwap_day")
    wait_for_line(tab, "tune WNCH vwap_day")


def test_a_lost_kernel_is_said_and_the_cell_can_be_run_again(lab, tab):
    opened(tab, lab, "restart", OPEN.format(ticker="ACME", strategy="breakout"))
    panel(tab).get_by_role("button", name="Draw the map").click()
    tab.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart().then(() => true)"
    )
    panel(tab).locator("[data-notice]").get_by_text("Run its cell again").wait_for(timeout=30_000)
    assert slider(tab, "lookback").is_disabled()
    tab.shot("tune-restarted")
    tab.idle()
    tab.run_all()
    tab.page.wait_for_function("() => !document.querySelector('.genie-panel :disabled')")
    drawn(tab)
    slider(tab, "lookback").evaluate(DRAG, [25, 26])
    wait_for_line(tab, "lookback=26")


def test_a_panel_whose_output_is_cleared_closes_its_comm(lab, tab):
    opened(tab, lab, "cleared", OPEN.format(ticker="ACME", strategy="breakout"))
    tab.page.evaluate(
        """() => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
                   return window.jupyterapp.commands.execute('notebook:clear-cell-output').then(() => true); }"""
    )
    tab.until("from comm import get_comm_manager\nassert not get_comm_manager().comms")


def test_a_saved_notebook_is_small_and_shows_the_twin_when_it_is_opened_again(lab, tab):
    opened(tab, lab, "saved", OPEN.format(ticker="ACME", strategy="breakout"))
    slider(tab, "lookback").evaluate(DRAG, [48, 49, 50])
    wait_for_line(tab, "lookback=50")
    assert tab.page.locator(".jp-OutputArea .genie").first.is_hidden()
    tab.page.wait_for_function(
        """() => { const kept = JSON.stringify(window.jupyterapp.shell.currentWidget.content
                     .widgets[0].model.outputs.toJSON());
                   return kept.includes('highest(50)') && kept.includes('vnd.plotly') }""",
        timeout=30_000,
    )
    tab.save()
    path = lab.folder / "saved.ipynb"
    assert path.stat().st_size < 1_000_000
    outputs = json.loads(path.read_text())["cells"][0]["outputs"]
    assert "highest(50)" in json.dumps(outputs)
    slider(tab, "lookback").evaluate(DRAG, [51])
    wait_for_line(tab, "lookback=51")
    tab.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.context.sessionContext.shutdown().then(() => true)"
    )
    tab.open(path.name)
    card = tab.page.locator(".jp-OutputArea .genie").first
    card.wait_for(timeout=60_000)
    drawn = tab.page.locator(".js-plotly-plot").first
    drawn.wait_for(state="attached", timeout=60_000)
    drawn.scroll_into_view_if_needed()
    drawn.locator(".main-svg").first.wait_for(timeout=60_000)
    tab.shot("tune-reopened")
    shown = tab.page.locator(".jp-OutputArea").first.inner_text()
    assert "highest(50)" in shown
    assert "model not found" not in shown
    assert tab.page.locator(".genie-panel").count() == 0
