"""A chat with Genie in JupyterLab: no model, no key, the chart in the chat."""

import pytest

pytest.importorskip("jupyter_ai_persona_manager", reason="the extra `ai` is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BOX = ".jp-chat-input-container textarea[role=combobox]"


def open_chat(lab, tab, name):
    """A new chat in which Genie is picked already."""
    tab.page.goto(f"{lab.address}/lab?token={lab.token}&reset")
    tab.page.wait_for_function(
        "() => window.jupyterapp && window.jupyterapp.restored", timeout=90_000
    )
    tab.page.evaluate(
        """name => window.jupyterapp.restored
            .then(() => window.jupyterapp.commands.execute('jupyterlab-chat:createAndOpen', {name}))
            .then(() => true)""",
        name,
    )
    tab.page.locator(BOX).wait_for(timeout=60_000)
    tab.page.locator(".jp-jai-personaControls-persona", has_text="Genie").wait_for(timeout=90_000)
    _forgive_the_look_for_a_file_of_that_name(tab)


def _forgive_the_look_for_a_file_of_that_name(tab):
    """The chat extension asks for the file that it is about to make."""
    absent = [said for said in tab.errors if "status of 404" in said]
    assert len(absent) <= 1
    tab.errors[:] = [said for said in tab.errors if said not in absent]


def say(tab, words, *, awaits):
    tab.page.locator(BOX).fill(words)
    tab.page.locator(BOX).press("Enter")
    tab.page.locator(".jp-chat-rendered-message", has_text=awaits).last.wait_for(timeout=60_000)


def widths(tab):
    """Each chart's width, beside the room that its message has."""
    return tab.page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].map(chart => [
            Number(chart.querySelector('.main-svg').getAttribute('width')),
            Math.floor(chart.closest('.jp-chat-rendered-message').clientWidth)])"""
    )


def fit(tab):
    """Wait until every chart is as wide as its message."""
    tab.page.wait_for_function(
        """() => [...document.querySelectorAll('.js-plotly-plot')].every(chart => Math.abs(
            Number(chart.querySelector('.main-svg').getAttribute('width'))
            - chart.closest('.jp-chat-rendered-message').clientWidth) <= 1)"""
    )


def test_a_chart_is_as_wide_as_its_panel_and_follows_it(lab, tab):
    open_chat(lab, tab, "widths")
    say(tab, "Analyze ACME", awaits="In a cell:")
    tab.page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
    fit(tab)
    (wide,) = widths(tab)
    assert wide[0] > 800
    assert (lab.folder / "widths.chat").stat().st_size < 70_000
    tab.page.evaluate(
        """() => window.jupyterapp.commands.execute('jupyterlab-chat:open',
            {filepath: 'widths.chat', inSidePanel: true}).then(() => true)"""
    )
    tab.page.locator(".js-plotly-plot .main-svg").nth(3).wait_for(state="attached", timeout=60_000)
    fit(tab)
    assert min(width for width, _ in widths(tab)) < 400
    tab.shot("chat-narrow")


def test_genie_is_there_in_a_new_chat_and_answers_with_a_chart_and_follow_ups(lab, tab):
    open_chat(lab, tab, "research")
    say(tab, "Analyze ACME. Is it profitable?", awaits="In a cell:")
    tab.page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
    tab.shot("chat-chart")
    say(
        tab, "What's the biggest risk here?", awaits="A few large orders can push its price around."
    )
    tab.page.set_viewport_size({"width": 1100, "height": 1180})
    tab.painted()
    fit(tab)
    tab.painted()
    tab.shot("chat-follow-up")
    say(tab, "watch it for a close under the 50 day", awaits="It is armed.")
    assert tab.page.locator(".js-plotly-plot").count() == 1
    say(tab, "analyze NOSUCH", awaits="NOSUCH is not in the fictional demo market")

    tab.page.set_viewport_size({"width": 1400, "height": 1600})
    say(tab, "analyze WNCH", awaits="Winchester Hollow Tools")
    tab.page.wait_for_function("() => document.querySelectorAll('.main-svg').length >= 4")
    inks = {}
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        tab.theme(theme)
        words = tab.page.locator(".jp-chat-rendered-message", has_text="Winchester").last
        inks[theme] = words.evaluate("one => getComputedStyle(one).color")
        tab.shot(f"chat-{theme.split()[1].lower()}")
        assert tab.faint(words) == [], theme
    assert inks["JupyterLab Light"] != inks["JupyterLab Dark"]


def test_a_slash_offers_the_verbs(lab, tab):
    open_chat(lab, tab, "verbs")
    tab.page.locator(BOX).press_sequentially("/stra")
    offered = tab.page.locator("[role=option]", has_text="/strategy")
    offered.wait_for(timeout=30_000)
    assert "after costs" in offered.inner_text()
    tab.shot("chat-slash")
