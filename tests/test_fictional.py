"""The demo market is marked as fictional in everything that speaks of it."""

import pytest

import genie_nb as genie

ANSWERS = {
    "analyze": lambda: genie.analyze("ACME", provider="demo"),
    "compare": lambda: genie.compare("ACME", "WNCH", provider="demo"),
    "why": lambda: genie.why("price", "ACME", provider="demo"),
    "diff": lambda: genie.diff("ACME", since="2025-08-01", provider="demo"),
    "strategy": lambda: genie.strategy("breakout", "ACME", provider="demo"),
    "setup": lambda: genie.setup("ACME", provider="demo", dry_run=True),
    "watch": lambda: genie.watch("ACME", "close > 25", provider="demo"),
    "preview": lambda: genie.preview("ACME", "close > 25", provider="demo"),
    "rules": lambda: genie.rules(provider="demo"),
    "check": lambda: genie.check(dry_run=True, provider="demo"),
    "alerts": lambda: genie.alerts(provider="demo"),
    "rotation": lambda: genie.rotation(provider="demo"),
    "scan": lambda: genie.scan("breakout", universe=["ACME", "WNCH"], provider="demo"),
}


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("GENIE_HOME", str(tmp_path))


@pytest.mark.parametrize("verb", ANSWERS)
def test_every_form_of_an_answer_says_that_its_companies_are_invented(verb):
    answer = ANSWERS[verb]()
    view = answer.view()
    assert all("fictional" in form for form in (view.text, view.markdown, view.html))
    told = answer.to_dict()
    for part in told["reports"] if verb == "compare" else [told]:
        assert part["fictional"] is True
