"""`%genie` in a shell, as a notebook's user meets it."""

import builtins
from collections.abc import Callable, Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import CapturedIO, capture_output

import genie_nb as genie
from genie_nb.answer import Answer
from genie_nb.core.errors import AskError


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.delattr(
        builtins, "_", raising=False
    )  # a doctest before leaves one; IPython respects it
    shell = InteractiveShell.instance()  # the one that display() publishes through
    genie.load_ipython_extension(shell)
    yield shell
    genie.unload_ipython_extension(shell)
    InteractiveShell.clear_instance()


@pytest.fixture
def run(shell: InteractiveShell) -> Callable[[str], CapturedIO]:
    def run(code: str) -> CapturedIO:
        with capture_output() as seen:
            result = shell.run_cell(code, store_history=True)
            result.raise_error()
        return seen

    return run


def shown(seen: CapturedIO) -> list[str]:
    return [output.data.get("text/plain", "") for output in seen.outputs]


def test_an_answer_is_shown_once_and_handed_back(shell, run) -> None:
    cards = shown(run("answer = %genie read Should I buy ACME?"))
    assert len(cards) == 1
    assert isinstance(shell.user_ns["answer"], Answer)
    assert shell.user_ns["answer"].tickers == ("ACME",)


def test_the_last_line_of_a_cell_is_not_shown_twice(run) -> None:
    assert len(shown(run("%genie read Analyze ACME"))) == 1


def test_an_answer_named_later_is_shown_again(run) -> None:
    run("answer = %genie read Analyze ACME")
    assert len(shown(run("answer"))) == 1


def test_every_line_of_a_cell_is_shown(run) -> None:
    assert len(shown(run("%genie read Analyze ACME\n%genie read Compare ACME to WNCH"))) == 2


def test_a_semicolon_keeps_it_quiet(shell, run) -> None:
    assert shown(run("%genie read Analyze ACME;")) == []
    assert shell.user_ns["_"].tickers == ("ACME",)


def test_a_question_mark_at_the_end_is_part_of_the_question(run) -> None:
    seen = run("%genie read Is ACME profitable?")
    assert "analyze ACME and answer on profitability" in shown(seen)[0]
    assert "not found" not in seen.stdout


@pytest.mark.parametrize("mark", ["$25", "{ticker}", "what's", '"odd', "\\n"])
def test_the_words_reach_genie_as_they_are_written(shell, run, mark: str) -> None:
    shell.user_ns["ticker"] = "CHANGED"
    run(f"answer = %genie read analyze ACME {mark}")
    assert mark.strip('"') in shell.user_ns["answer"].words


@pytest.mark.parametrize("body", ["", "\n", "  \n\n", "# Analyze ACME\n"])
def test_a_cell_without_a_request_says_what_is_needed(shell, body: str) -> None:
    with capture_output() as seen:
        shell.run_cell(f"%%genie\n{body}")
    said = seen.stdout + seen.stderr
    assert "There is no request in the cell." in said or "the cell body is empty" in said
    assert "Traceback" not in said
    with pytest.raises(AskError, match="Write one under %%genie: Analyze ACME"):
        shell.run_cell_magic("genie", "", body or "\n")


def test_a_cell_with_a_first_line_alone_says_how_to_write_it(shell) -> None:
    with pytest.raises(AskError, match="with one %: %genie analyze ACME"):
        shell.run_cell_magic("genie", "analyze ACME", "\n")


def test_a_cell_holds_one_request_a_line(run) -> None:
    cards = shown(run("%%genie read\n# mine\nAnalyze ACME\n\nWhat's the biggest risk here?"))
    assert ["ACME" in card for card in cards] == [True, True]


def test_a_follow_up_refers_to_the_analysis_before(shell, run) -> None:
    run("%genie analyze ACME --provider demo;")
    run("answer = %genie What's the biggest risk here?")
    assert shell.user_ns["answer"].answers[0].text.startswith("Liquidity")


@pytest.mark.parametrize("form", ["text", "json", "html", "md"])
def test_a_form_can_be_asked_for(run, form: str) -> None:
    (output,) = run(f"%genie read Analyze ACME --format {form}").outputs
    kinds = {"text": set(), "json": set(), "html": {"text/html"}, "md": {"text/markdown"}}
    assert set(output.data) == {"text/plain", *kinds[form]}


def test_help_is_shown(run) -> None:
    assert "%genie analyze TICKER" in shown(run("%genie"))[0]
    assert "--as-of" in shown(run("%genie help analyze"))[0]


def test_a_mistake_is_one_line(shell, run) -> None:
    with pytest.raises(AskError), capture_output():
        run("%genie analyze")
    with capture_output() as seen:
        shell.run_cell("%genie analyze")
    lines = [line for line in seen.stdout.splitlines() if line.strip()]
    assert lines == ["AskError: analyze needs a ticker. For example: analyze ACME"]


def test_unloading_leaves_no_trace() -> None:
    shell = InteractiveShell()
    before = trace(shell)
    shell.run_line_magic("load_ext", "genie_nb")
    assert trace(shell) != before
    shell.run_line_magic("unload_ext", "genie_nb")
    assert trace(shell) == before


def test_unloading_puts_back_what_was_there() -> None:
    shell = InteractiveShell()
    mine = shell.magics_manager.magics["line"]["genie"] = lambda line: line
    genie.load_ipython_extension(shell)
    genie.unload_ipython_extension(shell)
    assert shell.magics_manager.magics["line"]["genie"] is mine


def test_reloading_is_harmless() -> None:
    shell = InteractiveShell()
    before = trace(shell)
    shell.run_line_magic("load_ext", "genie_nb")
    once = trace(shell)
    shell.run_line_magic("reload_ext", "genie_nb")
    assert [len(part) for part in trace(shell)] == [len(part) for part in once]
    shell.run_line_magic("unload_ext", "genie_nb")
    assert trace(shell) == before


def trace(shell: InteractiveShell) -> tuple[list[object], ...]:
    """All that loading could leave behind in a shell."""
    completer = shell.Completer
    assert completer is not None
    return (
        sorted(shell.magics_manager.magics["line"]),
        sorted(shell.magics_manager.magics["cell"]),
        list(completer.custom_matchers),
        list(shell.input_transformers_cleanup),
        list(shell.input_transformers_post),
        sorted(name for name in vars(shell) if "genie" in name),
        sorted(name for name in shell.user_ns if "genie" in name),
        [list(callbacks) for callbacks in shell.events.callbacks.values()],
    )


def test_a_variable_is_refused_instead_of_being_read_as_a_ticker(shell, run) -> None:
    shell.user_ns["t"] = "CRSR"
    with pytest.raises(genie.GenieError, match=r"\$t is a variable of this notebook"):
        run("%genie read analyze $t")


def test_a_cashtag_is_a_ticker(shell, run) -> None:
    run("answer = %genie read Analyze $ACME")
    assert shell.user_ns["answer"].tickers == ("ACME",)


def test_a_further_question_shows_its_answer_without_a_second_chart(run) -> None:
    first = run("%genie Analyze ACME. Is it profitable?").outputs
    further = run("%genie What's the debt situation?").outputs
    again = run("%genie Analyze ACME. Is it profitable?").outputs
    assert [len(outputs) for outputs in (first, further, again)] == [2, 1, 2]
    assert "The whole report of ACME" in further[0].data["text/html"]
    assert "The whole report" not in again[0].data["text/html"]
