"""The same wish through every face is the same Ask."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

import genie_nb as genie
from genie_nb import answer
from genie_nb.answer import Answer
from genie_nb.core.ask.command import make_ask
from genie_nb.core.ask.conversation import Conversation
from genie_nb.core.ask.reading import Reading
from genie_nb.core.errors import AskError
from genie_nb.core.verbs import VERBS, Ask
from genie_nb.faces import cli, mcp
from genie_nb.faces.panel.research.questions import QuestionsTab

WISHES = [
    (
        Ask(verb="analyze", tickers=("ACME",), words="Is it profitable?"),
        "analyze acme Is it profitable?",
        lambda: genie.analyze("acme", "Is it profitable?"),
        "Analyze ACME. Is it profitable?",
    ),
    (
        Ask(verb="analyze", tickers=("ACME Corp",)),
        "analyze ACME Corp",
        lambda: genie.analyze("ACME Corp"),
        "Analyze ACME Corp for me",
    ),
    (
        Ask(
            verb="analyze", tickers=("BRK-B",), options={"as_of": "2025-12-01", "provider": "yahoo"}
        ),
        "analyze BRK.B --as-of 2025-12-01 --provider yahoo",
        lambda: genie.analyze("brk-b", as_of="2025-12-01", provider="yahoo"),
        "Analyze BRK.B --as-of 2025-12-01 --provider yahoo",
    ),
    (
        Ask(verb="compare", tickers=("CRSR", "LOGI"), options={"shares": 500}),
        "compare CRSR LOGI --shares 500",
        lambda: genie.compare("CRSR", "LOGI", shares=500),
        "compare crsr to logi --shares=500",
    ),
    (
        Ask(verb="compare", tickers=("CRSR", "LOGI"), options={"on": "valuation"}),
        "compare CRSR LOGI --on valuation",
        lambda: genie.compare("CRSR", "LOGI", on="valuation"),
        "Which is cheaper, CRSR or LOGI?",
    ),
    (
        Ask(verb="watch", tickers=("Corsair",), words="close crosses above 25"),
        "watch Corsair breaks above $25",
        lambda: genie.watch("Corsair", "breaks above $25"),
        "alert me if Corsair breaks above 25 bucks",
    ),
    (
        Ask(verb="why", word="debt_to_equity", tickers=("CRSR",)),
        "why debt_to_equity CRSR",
        lambda: genie.why("debt_to_equity", "CRSR"),
        "Where does the debt to equity of CRSR come from?",
    ),
    (
        Ask(verb="diff", tickers=("CRSR",), options={"since": "2025-12-01"}),
        "diff CRSR --since 2025-12-01",
        lambda: genie.diff("CRSR", since="2025-12-01"),
        "What changed with CRSR since 2025-12-01?",
    ),
    (
        Ask(verb="strategy", word="mean_reversion", tickers=("CRSR",)),
        "strategy mean_reversion crsr",
        lambda: genie.strategy("mean_reversion", "CRSR"),
        "Show me the mean reversion strategy on CRSR",
    ),
    (
        Ask(
            verb="strategy",
            word="breakout",
            tickers=("CRSR",),
            options={"set": {"lookback": 20, "volume_factor": 1.5}, "fee_bps": 0.0},
        ),
        "strategy breakout CRSR --set lookback=20 --set volume_factor=1.5 --fee-bps 0",
        lambda: genie.strategy("breakout", "crsr", lookback=20, volume_factor=1.5, fee_bps=0),
        "strategy breakout on CRSR --fee-bps=0 --set lookback=20.0 --set=volume_factor=1.5",
    ),
    (
        Ask(verb="tune", word="mean_reversion", tickers=("CRSR",), options={"set": {"entry": 25}}),
        "tune CRSR mean reversion --set entry=25",
        lambda: genie.tune("CRSR", "mean_reversion", entry=25),
        "tune crsr with mean_reversion --set=entry=25.0",
    ),
    (
        Ask(verb="setup", tickers=("CRSR",)),
        "setup CRSR",
        lambda: genie.setup("CRSR"),
        "Set up smart alerts for CRSR",
    ),
    (
        Ask(verb="setup", tickers=("CRSR",), options={"all": True}),
        "setup CRSR --all",
        lambda: genie.setup("CRSR", all=True),
        "Full coverage for CRSR",
    ),
    (
        Ask(verb="preview", tickers=("CRSR",), words="close crosses above 25 and rvol(20) > 1.5"),
        "preview crsr close crosses above 25 and rvol(20) > 1.5",
        lambda: genie.preview("CRSR", "close crosses above 25 and rvol(20) > 1.5"),
        'preview CRSR "close crosses above 25 and rvol(20) > 1.5"',
    ),
    (
        Ask(verb="unwatch", words="CRSR"),
        "unwatch CRSR",
        lambda: genie.unwatch("CRSR"),
        "Stop watching CRSR",
    ),
    (
        Ask(verb="snooze", words="CRSR 2d"),
        "snooze CRSR 2d",
        lambda: genie.snooze("CRSR", "2d"),
        "Snooze CRSR for 2 days",
    ),
    (Ask(verb="rules"), "rules", genie.rules, "What am I watching?"),
    (Ask(verb="check"), "check", genie.check, "Check my alerts"),
    (
        Ask(verb="watch", tickers=("CRSR",), words="close crosses above 25 and rvol(20) > 1.5"),
        "watch crsr breaks above $25 with volume",
        lambda: genie.watch("CRSR", "breaks above $25 with volume"),
        "Watch CRSR. Alert me if it breaks above $25 with volume.",
    ),
    (
        Ask(
            verb="watch", tickers=("CRSR",), words="close touches vwap", options={"interval": "5m"}
        ),
        "watch CRSR 5m: close touches vwap",
        lambda: genie.watch("CRSR", "touches VWAP"),
        "Let me know when CRSR touches VWAP",
    ),
    (
        Ask(verb="preview", tickers=("CRSR",), words="close crosses below sma(50)"),
        "preview CRSR drops below its 50-day average",
        lambda: genie.preview("CRSR", "drops below its fifty day moving average"),
        "How often has CRSR dropped below its 50-day moving average?",
    ),
    (
        Ask(
            verb="analyze",
            tickers=("CRSR",),
            words="What would selling 5,000 shares cost?",
            options={"shares": 5000},
        ),
        "analyze CRSR What would selling 5,000 shares cost?",
        lambda: genie.analyze("CRSR", "What would selling 5,000 shares cost?"),
        "Analyze CRSR. What would selling 5,000 shares cost?",
    ),
    (
        Ask(verb="rotation", options={"on": "streak"}),
        "rotation --on streak",
        lambda: genie.rotation(on="streak"),
        "How long is the small-cap win streak?",
    ),
    (
        Ask(verb="scan", words="RSI below 30"),
        "scan RSI below 30",
        lambda: genie.scan("RSI below 30"),
        "Scan the market for RSI below 30.",
    ),
    (Ask(verb="rules"), "rules", genie.rules, "What am I watching?"),
    (
        Ask(verb="unwatch", words="CRSR"),
        "unwatch CRSR",
        lambda: genie.unwatch("CRSR"),
        "Stop watching CRSR",
    ),
    (Ask(verb="doctor"), "doctor", genie.doctor, "Is everything working?"),
]
"""Ask, line, Python call, plain words."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Ask]:
    """Every Ask that reaches the one place where Asks are run."""
    seen: list[Ask] = []

    def note(ask: Ask, **_: Any) -> Answer:
        seen.append(ask)
        return Answer(Reading(words="", said_back=""), ask)

    monkeypatch.setattr(answer, "run", note)
    return seen


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    shell = InteractiveShell()
    genie.load_ipython_extension(shell)
    return shell


@pytest.mark.parametrize(("ask", "line", "call", "words"), WISHES)
def test_the_same_wish_is_the_same_ask(
    ask: Ask,
    line: str,
    call: Callable[[], Answer],
    words: str,
    asked: list[Ask],
    shell: InteractiveShell,
    capsys: pytest.CaptureFixture[str],
) -> None:
    call()
    shell.run_line_magic("genie", line)
    shell.run_line_magic("genie", words)
    shell.run_cell_magic("genie", "", f"{line}\n")
    cli.main(line.split())
    cli.main([words])
    capsys.readouterr()
    assert asked == [ask] * 6


@pytest.mark.parametrize(
    ("ask", "words"), [(one[0], one[3]) for one in WISHES if "--" not in one[3]]
)
def test_chat_agents_and_the_panel_mean_the_same(
    ask: Ask, words: str, asked: list[Ask], monkeypatch: pytest.MonkeyPatch
) -> None:
    persona = pytest.importorskip("genie_nb.faces.persona", exc_type=ImportError)
    monkeypatch.setattr(mcp, "run", answer.run)
    assert Conversation().request(persona.spoken(f"@Genie {words}")) == ask
    assert _boxed().meant(words) == ask
    if ask.verb in ("watch", "unwatch", "snooze"):
        with pytest.raises(AskError, match="may only read"):
            mcp.TOOLS["genie_ask"](text=words)
        return
    with suppress(KeyError, AttributeError):
        mcp.TOOLS["genie_ask"](text=words)
    dry = {"dry_run": True} if ask.verb in ("setup", "check") else {}
    assert asked == [replace(ask, options={**ask.options, **dry})]


class _Boxed(QuestionsTab):
    """The panel's question box, without its page."""

    def meant(self, words: str) -> Ask:
        return self._meaning(make_ask("ask", words=words))


def _boxed() -> _Boxed:
    scope = SimpleNamespace(frame=None, asking=lambda verb: Ask(verb=verb, tickers=("ACME",)))
    return _Boxed(scope)  # pyright: ignore[reportArgumentType]


def test_ask_means_what_the_words_say(asked: list[Ask], shell: InteractiveShell) -> None:
    genie.ask("Should I buy ACME?")
    genie.Conversation().ask("Should I buy ACME?")
    shell.run_line_magic("genie", 'ask "Should I buy ACME?"')
    assert asked == [Ask(verb="analyze", tickers=("ACME",), words="Should I buy ACME?")] * 3


def test_every_verb_with_a_name_in_python_is_at_the_door() -> None:
    assert set(VERBS) - {"config", "mcp"} <= set(genie.__all__)
