"""A view is one answer in every form, and a notebook shows all of it."""

import json
import re
from dataclasses import replace

import pytest

from genie_nb.answer import Answer
from genie_nb.core.doctor import Health, Probe
from genie_nb.core.errors import TooFewBars
from genie_nb.core.fundamentals import Missing
from genie_nb.core.report import Comparison, Explanation, Report
from genie_nb.core.verbs import Ask
from genie_nb.render import View, notice, view_of
from genie_nb.render.document import Document, Grid, Masthead
from genie_nb.render.html import to_html
from genie_nb.render.markdown import to_markdown
from genie_nb.render.text import to_text
from genie_nb.render.view import PLOTLY


def test_a_report_is_two_outputs_the_card_and_then_the_chart(report: Report) -> None:
    card, chart = view_of(report).parts
    assert set(card) == {"text/plain", "text/markdown", "text/html"}
    assert set(chart) == {PLOTLY, "text/plain"}


def test_an_answer_without_a_chart_is_one_output(explanation: Explanation) -> None:
    assert len(view_of(explanation).parts) == 1
    assert view_of(explanation).figure is None


def test_a_report_without_prices_has_no_chart_and_no_picture(report: Report) -> None:
    view = view_of(replace(report, bars=None))
    assert view.figure is None
    assert "<svg" not in view.html.split("By quarter")[0]
    assert "Prices: none" in view.text


def test_what_was_asked_is_answered_before_the_summary(report: Report) -> None:
    view = view_of(replace(report, notes=("Read as such.",), summary="It is small."))
    for form in (view.text, view.markdown, view.html):
        said = ("Read as such", report.answers[0].question[:12], "It is small")
        places = [form.index(words) for words in said]
        assert places == sorted(places)


def test_only_a_page_with_a_picture_says_which_line_is_which(report: Report) -> None:
    view = view_of(report)
    assert "The dashed line is the 50-day average" in view.html
    assert "dashed" not in view.text + view.markdown


def test_words_among_numbers_stand_at_the_left_in_every_form() -> None:
    table = Grid(
        title="Best", columns=("Ticker", "Name", "Score"), rows=(("ACME", "Co", "0.91"),),
        words=("Name",),
    )  # fmt: skip
    document = Document(masthead=Masthead(name="A scan"), blocks=(table,))
    assert "Ticker  Name  Score\n  ACME    Co     0.91" in to_text(document)
    assert "| --- | --- | ---: |" in to_markdown(document)
    assert '<td class="word">Co</td><td>0.91</td>' in to_html(document)


def test_a_command_in_a_card_can_be_typed_into_a_cell(report: Report) -> None:
    view = view_of(report)
    assert "%genie why FACT ACME" in view.html
    assert "genie why FACT ACME" in view.text
    assert "%genie" not in view.text


def test_ipython_publishes_every_part(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    try:
        with capture_output(stdout=False, stderr=False) as captured:
            shell.display_formatter.format(view_of(report))
    finally:
        InteractiveShell.clear_instance()
    assert [set(output.data) >= {"text/plain"} for output in captured.outputs] == [True, True]
    assert PLOTLY in captured.outputs[1].data


def test_one_bundle_holds_every_form(report: Report, explanation: Explanation) -> None:
    view = view_of(report)
    assert view._repr_mimebundle_() == {**view.parts[0], PLOTLY: view.figure}
    assert PLOTLY not in view_of(explanation)._repr_mimebundle_()


def test_a_bundle_holds_what_was_asked_for(report: Report) -> None:
    view = view_of(report)
    assert set(view._repr_mimebundle_(include=["text/plain", PLOTLY])) == {"text/plain", PLOTLY}
    left = view._repr_mimebundle_(exclude=["text/html"])
    assert set(left) == {"text/plain", "text/markdown", PLOTLY}


def test_an_answer_has_the_bundle_of_its_view(report: Report) -> None:
    answer = Answer(report, Ask(verb="analyze", tickers=("ACME",)))
    assert answer._repr_mimebundle_() == view_of(report)._repr_mimebundle_()
    assert set(answer._repr_mimebundle_(include=[PLOTLY])) == {PLOTLY}


def test_a_view_carries_the_json_of_its_answer(comparison: Comparison) -> None:
    assert view_of(comparison).data == comparison.to_dict()


def test_everything_a_notebook_stores_is_json(report: Report, comparison: Comparison) -> None:
    for answer in (report, comparison):
        for part in view_of(answer).parts:
            assert json.loads(json.dumps(part, allow_nan=False))


def test_an_error_says_what_was_seen_needed_and_what_to_do() -> None:
    text = view_of(TooFewBars("CRSR", have=57, need=200)).text
    assert text.splitlines()[0] == "CRSR has 57 bars; 200 are needed."
    for part in ("Seen: 57", "Needed: 200 bars", "What to do: Ask for a longer period."):
        assert part in text
    assert "Traceback" not in text


def test_the_doctor_names_each_probe_its_state_and_its_cure(report: Report) -> None:
    health = Health(
        provider="demo",
        as_of=report.as_of,
        checks=(
            Probe(name="provider", status="ok", text="answers"),
            Probe(name="cache", status="fail", text="cannot be written", cure="Free some space."),
        ),
    )
    text = view_of(health).text
    assert "Something stands in the way." in text
    assert "✓  provider: answers" in text
    assert "✗  cache: cannot be written. Free some space." in text


class Plain:
    """An answer that has JSON and nothing else."""

    def to_dict(self) -> dict[str, object]:
        rows = [{"ticker": "ACME", "status": "fail", "text": "long words " * 12}]
        return {"schema": "genie-scan/1", "as_of": None, "count": 1, "rows": rows}


def test_an_answer_without_a_page_of_its_own_is_shown_by_its_json() -> None:
    view = view_of(Plain())
    for form in (view.text, view.markdown, view.html):
        assert "Scan" in form
        assert "✗ fail" in form
        assert "long words" in form


def test_a_table_of_words_too_wide_for_a_terminal_becomes_a_list() -> None:
    text = view_of(Plain()).text
    assert max(len(line) for line in text.splitlines()) <= 100
    assert "    Status: ✗ fail" in text


def test_a_page_says_how_it_is_encoded(report: Report) -> None:
    page = view_of(report).page
    assert page.startswith("<!doctype html>")
    assert '<meta charset="utf-8">' in page
    assert view_of(report).html in page


def test_a_notice_is_a_title_sentences_and_a_table() -> None:
    view = notice(
        "Settings", lines=["Read from the file."], columns=("name",), rows=[("provider",)]
    )
    assert isinstance(view, View)
    assert view.text == "Settings\n\nRead from the file.\n\n  name\n  provider"


def _known_only(report: Report, *names: str) -> Report:
    facts = {
        name: fact if name in names
        else replace(fact, value=None, verdict=None, alternatives=(), reason="does not apply to a fund")
        for name, fact in report.facts.items()
    }  # fmt: skip
    missing = tuple(
        Missing(what=name, reason=str(fact.reason))
        for name, fact in facts.items()
        if not fact.value
    )
    profile = replace(report.profile, kind="etf", band=None)
    return replace(report, facts=facts, missing=missing, profile=profile)


def test_a_group_in_which_nothing_is_known_is_left_out(report: Report) -> None:
    text = view_of(_known_only(report, "price", "rsi_14")).text
    assert "\nHealth\n" not in text
    assert "\nTrend and swings\n" in text
    assert "· etf" in text


def test_what_a_scarce_group_does_not_show_is_named_as_missing(report: Report) -> None:
    text = view_of(_known_only(report, "price")).text
    facts, missing = text[: text.index("Signals")], text[text.index("Not known") :]
    assert "P/E" not in facts
    assert "P/E" in missing


def test_a_nano_cap_is_called_extremely_risky(report: Report) -> None:
    view = view_of(replace(report, profile=replace(report.profile, band="nano")))
    for form in (view.text, view.markdown, view.html):
        assert "extremely risky, often illiquid" in form


def test_failed_calls_are_named_in_the_open_and_inapplicable_facts_beside(report: Report) -> None:
    text = view_of(report).text
    assert "Could not be fetched\n  News: the source did not answer within 10 s" in text
    assert "no cash is being burnt" in text


def test_stale_data_is_named(report: Report) -> None:
    timing = replace(report.timing, stale=("fundamentals are 3 days old",))
    assert "Stale: fundamentals are 3 days old" in view_of(replace(report, timing=timing)).text


def test_size_bands_are_shown_as_configured(report: Report) -> None:
    text = " ".join(view_of(report).text.split())
    assert "nano < $50M ≤ micro < $300M ≤ small < $2B ≤ mid < $10B ≤ large ≤ $200B < mega" in text


def test_a_comparison_shows_the_largest_difference_first(comparison: Comparison) -> None:
    text = view_of(comparison).text
    assert text.index("What differs most") < text.index("All facts")
    assert text.splitlines()[0] == "ACME and BOLT compared"


def test_a_why_shows_formula_inputs_and_the_other_figure(explanation: Explanation) -> None:
    text = view_of(explanation).text
    for part in (
        "total_debt (quarter to 2025-09-30)",
        "$129M",
        "demo (its own figure)",
        "0.46",
        "2025-09-30",
    ):
        assert part in text


def test_many_companies_are_compared_in_tables_that_fit_a_terminal(comparison: Comparison) -> None:
    first = comparison.reports[0]
    names = [f"LONG{n}.TICKER" for n in range(8)]
    reports = tuple(replace(first, profile=replace(first.profile, ticker=name)) for name in names)
    text = view_of(replace(comparison, reports=reports)).text
    assert max(len(line) for line in text.splitlines()) <= 100
    assert all(name in text for name in names)


def _of_two_funds(report: Report, comparison: Comparison) -> Comparison:
    first = _known_only(report, "price", "rsi_14")
    second = replace(
        first, profile=replace(first.profile, ticker="BOLT"), missing=first.missing[:1]
    )
    return replace(comparison, reports=(first, second))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_comparison_says_for_each_company_why_a_value_is_not_known(
    report: Report, comparison: Comparison, form: str
) -> None:
    compared = _of_two_funds(report, comparison)
    shown = str(getattr(view_of(compared), form))
    count = len(compared.reports[0].missing)
    assert f"Not known of ACME: {count} things" in shown
    assert "does not apply to a fund" in shown
    assert shown.index("Not known of ACME") < shown.index("Not known of BOLT: 1 thing")


def test_what_is_not_known_is_folded_on_the_page_of_a_comparison(
    report: Report, comparison: Comparison
) -> None:
    page = view_of(_of_two_funds(report, comparison)).html
    folded = re.findall(r"<details[^>]*><summary[^>]*>([^<]*)", page)
    assert "Not known of BOLT: 1 thing" in folded


def test_a_comparison_names_each_reason_once_with_the_facts_it_concerns(
    comparison: Comparison,
) -> None:
    down = "the source did not answer within 10 s"
    absent = (
        Missing(what="market_cap", reason=down, failed=True),
        Missing(what="price_to_sales", reason=f"it needs market_cap: {down}", failed=True),
    )
    first, second = comparison.reports
    both = (replace(first, missing=absent), replace(second, missing=absent[:1]))
    shown = replace(comparison, reports=both)
    text = " ".join(view_of(shown).text.split())
    assert text.count(down) == 1
    assert f"ACME: Market cap; Price / sales · BOLT: Market cap: {down}" in text
    assert shown.to_dict()["missing"][-3:] == [
        {"ticker": "ACME", **absent[0].to_dict()},
        {"ticker": "ACME", **absent[1].to_dict()},
        {"ticker": "BOLT", **absent[0].to_dict()},
    ]
    assert shown.exit == 3
