"""The research and watch panels as the kernel sees them: what the page says goes in, what it is told comes out."""

import threading
import time
from datetime import timedelta

import pytest

from genie_nb.answer import run
from genie_nb.core.ask.command import make_ask
from genie_nb.core.errors import Unavailable
from genie_nb.faces.panel.research import ResearchPanel
from genie_nb.faces.panel.watching import WatchPanel

anywidget = pytest.importorskip("anywidget")


class Page:
    """A page of a panel: it keeps what the kernel says."""

    def __init__(self, panel) -> None:
        self.panel = panel
        self.letters: list[dict] = []
        panel.send = lambda letter, buffers=None: self.letters.append(letter)
        panel._hear(panel, {"kind": "open", "view": "page"}, [])

    def do(self, name: str, value: object = None, **values: object) -> None:
        message = {"kind": "events", "view": "page", "seq": 1, "look": {}}
        self.panel._hear(self.panel, {**message, "set": values, "do": [[name, value]] if name else []}, [])  # fmt: skip

    def region(self, name: str) -> str:
        told = [letter["regions"][name] for letter in self.letters if name in letter.get("regions", {})]  # fmt: skip
        return told[-1] if told else ""

    def said(self, name: str) -> str:
        told = [letter["said"][name] for letter in self.letters if name in letter.get("said", {})]
        return told[-1] if told else ""

    def until(self, seen) -> None:
        for _ in range(600):
            if seen():
                return
            time.sleep(0.05)
        raise AssertionError([sorted(letter) for letter in self.letters])


@pytest.fixture
def home(tmp_path):
    return {"home": str(tmp_path), "provider": "demo"}


@pytest.fixture
def research(home):
    return Page(ResearchPanel(run(make_ask("panel", tickers=("ACME",), options=home))))


@pytest.fixture
def watching(home):
    return Page(WatchPanel(run(make_ask("watching", options=home))))


def test_opening_the_strategies_tab_arms_nothing(research, home):
    research.do("tab", "strategies")
    research.until(lambda: "Chance did as well" in research.region("body"))
    assert run(make_ask("rules", options=home)).value.rules == ()
    assert "%genie setup ACME --dry-run" in research.region("lines")


def test_the_rules_of_the_pick_are_armed_on_demand(research, home):
    research.do("tab", "strategies")
    research.until(lambda: "arm_setup" in research.region("body"))
    research.do("arm_setup")
    research.until(lambda: "armed now" in research.region("body"))
    assert run(make_ask("rules", options=home)).value.rules


def test_a_tab_is_filled_when_it_is_first_opened(research, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "genie_nb.faces.panel.research.strategies.drawn", lambda ask: asked.append(ask) or run(ask)
    )
    research.do("tab", "strategies")
    research.until(lambda: "Chance did as well" in research.region("body"))
    for tab in ("chart", "strategies"):
        research.do("tab", tab)
    assert [ask.verb for ask in asked] == ["setup"]


def test_the_newest_ticker_wins_however_long_the_others_take(research, monkeypatch):
    slow = threading.Event()

    def answer(ask):
        if ask.tickers == ("WNCH",):
            slow.wait(20)
        return run(ask)

    monkeypatch.setattr("genie_nb.faces.panel.research.panel.drawn", answer)
    research.do("open", "WNCH")
    research.do("open", "GFBK")
    research.until(lambda: "Granite Ferry" in research.region("head"))
    slow.set()
    time.sleep(0.3)
    assert "Granite Ferry" in research.region("head")


def test_a_provider_that_is_down_is_said_and_the_panel_goes_on(research, monkeypatch):
    def down(ask):
        raise Unavailable("The source did not answer.", cure="Try again later.")

    with monkeypatch.context() as patch:
        patch.setattr("genie_nb.faces.panel.research.panel.drawn", down)
        research.do("open", "WNCH")
        research.until(lambda: research.said("ticker"))
    assert research.said("ticker") == "The source did not answer. Try again later."
    assert research.region("under") == ""
    research.do("open", "WNCH")
    research.until(lambda: "WNCH" in research.region("head"))
    assert research.said("ticker") == ""


def test_near_names_are_buttons(research):
    research.do("open", "ACMEE")
    research.until(lambda: research.region("near"))
    assert 'data-do="open" data-value="ACME"' in research.region("near")
    research.do("open", "")
    assert research.said("ticker")


def test_an_offer_that_was_taken_opens_its_ticker(research):
    research.do("", ticker="gra")
    research.until(lambda: research.region("offers"))
    assert 'value="GFBK · Granite Ferry Bank"' in research.region("offers")
    research.do("", ticker="GFBK · Granite Ferry Bank")
    research.until(lambda: "Granite Ferry" in research.region("head"))


def test_follow_up_questions_mean_what_was_spoken_of(research):
    research.do("tab", "questions")
    for number, words in enumerate(("Compare it to WNCH", "Is it profitable?"), 1):
        research.do("ask", words)
        research.until(
            lambda n=number: research.region("talk").count('<article class="said-back') == n
        )
    assert research.region("talk").index("Is it profitable?") < research.region("talk").index(
        "Compare it"
    )
    assert research.said("question") == ""


def test_a_question_that_was_not_understood_is_said_beside_it(research):
    research.do("tab", "questions")
    research.do("ask", "colourless green ideas")
    assert "did not understand" in research.said("question")


def test_words_changed_after_the_reading_cannot_be_armed(watching, home):
    watching.do("read_rule", "ACME close > 30")
    watching.until(lambda: "Arm it" in watching.region("rule-reading"))
    watching.do("arm_rule", None, rule="ACME close > 99")
    assert "Press “Read it” first." in watching.said("rule")
    assert run(make_ask("rules", options=home)).value.rules == ()


def test_a_question_is_no_rule(watching):
    watching.do("read_rule", "What are the risks of ACME?")
    assert "That is no rule." in watching.said("rule")


def test_a_changed_rule_takes_the_place_of_the_old_one_with_its_sinks(watching, home, tmp_path):
    sink = f"file:{tmp_path / 'mine.jsonl'}"
    old = run(make_ask("watch", tickers=("ACME",), words="close > 30", options={**home, "sink": (sink,)}))  # fmt: skip
    watching.do("refresh")
    watching.until(lambda: "close &gt; 30" in watching.region("rules"))
    watching.do("edit", old.value.rule.rule_id)
    assert "its alerts go where those of this one went" in watching.region("box-head")
    watching.do("read_rule", "ACME close > 31")
    watching.until(lambda: "Arm it" in watching.region("rule-reading"))
    assert f"--instead {old.value.rule.rule_id}" in watching.region("lines")
    watching.do("arm_rule")
    watching.until(lambda: "close &gt; 31" in watching.region("rules") and "close &gt; 30" not in watching.region("rules"))  # fmt: skip
    (kept,) = run(make_ask("rules", options=home)).value.rules
    assert str(kept.rule) == "ACME 1d: close > 31"
    assert [one.address for one in kept.sinks] == [sink]


def test_a_rule_added_after_an_edit_was_given_up_takes_no_place(watching, home):
    old = run(make_ask("watch", tickers=("ACME",), words="close > 30", options=home))
    watching.do("refresh")
    watching.until(lambda: "close &gt; 30" in watching.region("rules"))
    watching.do("edit", old.value.rule.rule_id)
    watching.do("keep")
    watching.do("read_rule", "ACME close > 31")
    watching.until(lambda: "Arm it" in watching.region("rule-reading"))
    watching.do("arm_rule")
    watching.until(lambda: "close &gt; 31" in watching.region("rules"))
    assert len(run(make_ask("rules", options=home)).value.rules) == 2


def test_a_rule_rests_as_long_as_was_chosen(watching, home):
    run(make_ask("watch", tickers=("ACME",), words="close > 30", options=home))
    watching.do("refresh")
    watching.until(lambda: "Snooze 2 days" in watching.region("rules"))
    watching.do("", rest="7d")
    assert "Snooze 1 week" in watching.region("rules")
    (rule,) = run(make_ask("rules", options=home)).value.rules
    watching.do("snooze", rule.rule.rule_id)
    watching.until(lambda: "snoozed until" in watching.region("rules"))
    found = run(make_ask("rules", options=home)).value
    assert found.rules[0].snoozed_until - found.as_of == timedelta(days=7)


def test_a_line_of_the_watchlist_that_is_no_rule_is_shown_with_its_reason(home, tmp_path):
    (tmp_path / "watchlist.txt").write_text("ACME 1d: close >\n")
    page = Page(WatchPanel(run(make_ask("watching", options=home))))
    assert "Line 1 of the watchlist is no rule" in page.region("unread")


def test_the_line_names_the_ticker_that_is_shown_though_nobody_named_one(home):
    opened = Page(ResearchPanel(run(make_ask("panel", options=home))))
    assert "%genie panel ACME" in opened.region("lines")


def test_a_panel_without_a_ticker_says_where_it_begins(home):
    report = run(make_ask("panel", options=home)).value
    assert report.notes[0] == "No ticker was named, so this is ACME, a company of the demo market."
    run(make_ask("watch", tickers=("WNCH",), words="close > 5", options=home))
    assert run(make_ask("panel", options=home)).value.profile.ticker == "WNCH"
