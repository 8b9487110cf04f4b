"""The first screen of a report's page: what matters is open, the long tables wait behind their names."""

import re
from dataclasses import replace

from genie_nb.core.report import Comparison, Report
from genie_nb.render import view_of
from genie_nb.render.outline.facts import FIRST, figure, label_of

SUMMARY = re.compile(r"<summary>(.*?)</summary>")


def folded(html: str) -> list[str]:
    """The titles of what the page folds, in order."""
    return [re.sub(r"<[^>]+>", "", title).strip() for title in SUMMARY.findall(html)]


def opened(html: str) -> str:
    """The page without what it folds."""
    bare = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    while "<details" in bare:
        bare = re.sub(r"<details[^>]*>(?:(?!<details).)*?</details>", "", bare, flags=re.DOTALL)
    return bare


def test_long_tables_and_sources_are_folded(report: Report) -> None:
    titles = folded(view_of(report).html)
    tables = ["All facts", "Against its peers", "By quarter", "Earnings against estimates"]
    assert [title for title in titles if title in tables] == tables
    assert titles[-1].startswith("About this answer")


def test_what_matters_is_open(report: Report) -> None:
    shown = opened(view_of(report).html)
    for title in ("Last year", "Signals", "Checks", "Risks, largest first", "Worth a closer look"):
        assert f"<h3>{title}" in shown
    assert "not financial advice" in shown
    for table in ("All facts", "By quarter"):
        assert table not in shown


def test_how_old_the_data_is_can_be_read_without_unfolding(report: Report) -> None:
    about = folded(view_of(report).html)[-1]
    assert "demo (fictional)" in about
    assert "to 2026-01-12 16:00 EST" in about


def test_stale_data_is_never_folded(report: Report) -> None:
    timing = replace(report.timing, stale=("fundamentals are 3 days old",))
    assert "fundamentals are 3 days old" in opened(view_of(replace(report, timing=timing)).html)


def test_failed_calls_are_never_folded(report: Report) -> None:
    assert "the source did not answer within 10 s" in opened(view_of(report).html)


def test_the_largest_risks_are_open_and_the_others_folded(report: Report) -> None:
    shown = opened(view_of(report).html)
    assert "10,000 shares take 1.1 days to sell" in shown
    assert "how few customers" not in shown
    assert "Smaller and unknown risks" in folded(view_of(report).html)


def test_the_values_at_a_glance_are_the_known_ones_of_the_list(report: Report) -> None:
    told = re.findall(r"<dt>([^<]*)</dt><dd><b>([^<]*)</b>", view_of(report).html)
    known = [report.facts[name] for name in FIRST if report.facts[name].value is not None]
    assert told == [(label_of(fact.name), figure(fact)) for fact in known]


def test_text_and_markdown_name_each_fact_once(report: Report) -> None:
    view = view_of(report)
    for form in (view.text, view.markdown):
        assert form.count("Debt / equity") == 1
        assert "All facts" not in form


def test_a_printed_page_unfolds_everything(report: Report, comparison: Comparison) -> None:
    for answer in (report, comparison):
        rule = re.search(r"@media print\{(.*?)\}\}", view_of(answer).html)
        assert rule is not None
        assert "details::details-content{content-visibility:visible" in rule[1]
