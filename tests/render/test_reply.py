"""A further question gets its answer and the facts behind it; the report it is part of is folded below."""

import re
from dataclasses import replace

import pytest

from genie_nb.core.fundamentals import Missing
from genie_nb.core.report import QuestionAnswer, Report
from genie_nb.render import view_of

DEBT = QuestionAnswer(
    question="What's the debt situation?",
    text="Debt is 0.40 times equity.",
    facts=("debt_to_equity", "total_debt", "cash_runway_quarters"),
)
TREND = QuestionAnswer(
    question="How is the trend?", text="It is above its 50-day average.", facts=("sma_50",)
)


@pytest.fixture
def asked(report: Report) -> Report:
    return replace(report, answers=(DEBT,))


def before_the_report(html: str) -> str:
    return html.partition("The whole report of ACME")[0]


def test_the_answer_and_its_known_facts_stand_before_the_folded_report(asked: Report) -> None:
    html = view_of(asked, follow_up=True).html
    opened = before_the_report(html)
    assert "Debt is 0.40 times equity." in opened
    assert re.findall(r"<dt>([^<]*)</dt><dd><b>", opened) == ["Debt / equity", "Total debt"]
    assert "<h3>Signals" not in opened
    assert '<details class="whole"><summary>The whole report of ACME' in html
    assert "<h3>Signals" in html


def test_text_and_markdown_go_on_after_the_answer(asked: Report) -> None:
    whole, reply = view_of(asked), view_of(asked, follow_up=True)
    for form in ("text", "markdown"):
        lines = set(getattr(whole, form).splitlines()) - {"Your questions", "### Your questions"}
        told = [line.strip() for line in getattr(reply, form).splitlines()]
        assert {line.strip() for line in lines} <= set(told)
    assert reply.data == whole.data


def test_a_chart_is_drawn_only_where_the_question_is_about_it(asked: Report) -> None:
    assert view_of(asked, follow_up=True).figure is None
    drawn = view_of(replace(asked, answers=(TREND,)), follow_up=True)
    assert drawn.figure == view_of(asked).figure


def test_without_a_particular_question_the_summary_is_the_answer(report: Report) -> None:
    view = view_of(replace(report, answers=()), follow_up=True)
    assert report.summary in before_the_report(view.html)
    assert view.text.count(report.summary[:40]) == 1


def test_what_failed_and_how_old_the_data_is_are_said_beside_every_answer(asked: Report) -> None:
    failed = Missing(what="news", reason="the source did not answer", failed=True)
    html = view_of(replace(asked, missing=(failed,)), follow_up=True).html
    rest = html[html.rindex("Could not be fetched") :]
    assert "the source did not answer" in rest
    assert "to 2026-01-12 16:00 EST" in rest
    assert "not financial advice" in rest
