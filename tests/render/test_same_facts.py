"""The same facts stand in the text, the Markdown and the page of an answer."""

import re
from dataclasses import replace
from html import unescape

import mistune
import pytest

from genie_nb.core.figures import written
from genie_nb.core.report import DISCLAIMER, Report
from genie_nb.render import View, view_of

NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def page_text(html: str) -> str:
    bare = re.sub(r"<style>.*?</style>|<title>.*?</title>", " ", html, flags=re.DOTALL)
    bare = re.sub(r"</?(code|strong|em|b|span)\b[^>]*>", "", bare)
    return squeezed(unescape(re.sub(r"<[^>]+>", " ", bare)))


def markdown_text(markdown: str) -> str:
    return page_text(str(mistune.create_markdown(plugins=["table"])(markdown)))


def forms(view: View) -> dict[str, str]:
    return {
        "text": squeezed(view.text),
        "markdown": markdown_text(view.markdown),
        "html": page_text(view.html),
    }


@pytest.fixture(params=["report", "comparison", "explanation"])
def view(request: pytest.FixtureRequest) -> View:
    return view_of(request.getfixturevalue(request.param))


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_every_number_on_the_page_stands_in_the_other_forms_too(view: View, form: str) -> None:
    shown = forms(view)
    absent = set(NUMBER.findall(shown["html"])) - set(NUMBER.findall(shown[form]))
    assert not absent


def test_every_number_of_the_text_stands_on_the_page(view: View) -> None:
    shown = forms(view)
    assert set(NUMBER.findall(shown["text"])) <= set(NUMBER.findall(shown["html"]))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_known_fact_is_shown_as_it_is_written(report: Report, form: str) -> None:
    shown = forms(view_of(report))[form]
    for fact in report.facts.values():
        if fact.value is not None:
            assert written(fact.value, fact.unit) in shown, fact.name
        if fact.verdict:
            assert fact.verdict in shown


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_sentence_of_a_report_is_shown(report: Report, form: str) -> None:
    shown = forms(view_of(report))[form]
    sentences = [
        report.summary,
        *(part for answer in report.answers for part in (answer.question, answer.text)),
        *(signal.text for signal in report.signals if signal.active is not False),
        *(check.text for check in report.checks),
        *(risk.text for risk in report.risks),
        *(item.text for item in report.opportunities),
        *(item.reason for item in report.missing),
        DISCLAIMER,
        "2026-01-12 16:00 EST",
        "to 2025-09-30",
        "fictional",
        "3 calls",
        "2 from the cache",
    ]
    assert [sentence for sentence in sentences if sentence not in shown] == []


def test_risks_stand_worst_first_and_unknown_ones_last(report: Report) -> None:
    text = view_of(report).text
    places = [
        text.index(f"{name}: ") for name in ("Liquidity", "Coverage", "Volatility", "Leverage")
    ]
    assert places == sorted(places)
    assert text.index("?  Concentration: ") > places[-1]


def test_an_alternative_figure_is_shown_only_where_it_differs_by_more_than_a_twentieth(
    report: Report,
) -> None:
    assert "demo (its own figure) says 0.46" in squeezed(view_of(report).text)
    near = report.facts["debt_to_equity"].alternatives[0]
    facts = report.facts | {
        "debt_to_equity": replace(
            report.facts["debt_to_equity"], alternatives=(replace(near, value=0.41),)
        )
    }
    assert "its own figure" not in view_of(replace(report, facts=facts)).text


def test_lines_of_text_fit_a_terminal(report: Report) -> None:
    assert max(len(line) for line in view_of(report).text.splitlines()) <= 100


def test_text_has_no_terminal_escapes(report: Report, hostile: Report) -> None:
    for answer in (report, hostile):
        assert "\x1b" not in view_of(answer).text
