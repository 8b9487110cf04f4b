"""A rule arrives as it was typed: IPython expands neither `$25` nor braces in it."""

from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

import genie_nb as genie
from genie_nb import answer
from genie_nb.answer import Answer
from genie_nb.core.ask.reading import Reading
from genie_nb.core.verbs import Ask

WISH = "Watch CRSR. Alert me if it breaks above $25 with volume."
RULE = Ask(verb="watch", tickers=("CRSR",), words="close crosses above 25 and rvol(20) > 1.5")


@pytest.mark.parametrize("cell", [f"%genie {WISH}", f"%%genie\n{WISH}", f'%genie ask "{WISH}"'])
def test_a_price_in_dollars_is_no_variable(cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Ask] = []

    def note(ask: Ask, **_: Any) -> Answer:
        seen.append(ask)
        return Answer(Reading(words="", said_back=""), ask)

    monkeypatch.setattr(answer, "run", note)
    shell = InteractiveShell()
    genie.load_ipython_extension(shell)
    shell.run_cell("level = 30").raise_error()
    shell.run_cell(cell).raise_error()
    assert seen == [RULE]


@pytest.mark.parametrize(
    "cell", ["%genie watch CRSR above {level}", "%%genie\nwatch CRSR above {level}"]
)
def test_braces_are_refused_as_they_stand_and_arm_nothing(
    cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "run", lambda _ask, **_: pytest.fail("something was run"))
    shell = InteractiveShell()
    genie.load_ipython_extension(shell)
    shell.run_cell("level = 30").raise_error()
    with pytest.raises(genie.GenieError, match=r"\{level\}"):
        shell.run_cell(cell).raise_error()
