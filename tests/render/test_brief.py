"""The short form for chats: it leaves out, and adds nothing."""

import re
from dataclasses import replace
from typing import Any

import pytest

import genie_nb as genie
from genie_nb.render.brief import brief, chat_text
from genie_nb.render.document import Dialogue, Document, Findings, Grid, Item, Masthead, Note, Notes
from genie_nb.render.markdown import to_markdown
from genie_nb.render.outline import outline


def made(verb: str, *given: str, **options: Any) -> Any:
    return getattr(genie, verb)(*given, provider="demo", **options).value


ANSWERS = {
    "analyze": ("ACME",),
    "compare": ("ACME", "WNCH"),
    "strategy": ("breakout", "ACME"),
    "preview": ("ACME", "close crosses above sma(50)"),
    "why": ("debt_to_equity", "ACME"),
}


@pytest.mark.parametrize("verb", ANSWERS)
def test_every_number_of_the_short_form_stands_in_the_whole(verb: str) -> None:
    value = made(verb, *ANSWERS[verb])
    short = chat_text(value)
    numbers = re.compile(r"\d[\d.,]*\d|\d")
    said = to_markdown(outline(value))
    also = re.search(r"^Also there: .*$", short, re.MULTILINE)
    told = short.replace(also[0], "") if also else short
    assert set(numbers.findall(told)) <= set(numbers.findall(said))
    assert len(short) < 3_000


def test_a_report_names_what_it_leaves_out() -> None:
    short = chat_text(made("analyze", "ACME"))
    (also,) = re.findall(r"^Also there: .*$", short, re.MULTILINE)
    for part in ("49 facts", "more of risks", "against its peers", "by quarter"):
        assert part in also
    assert "not financial advice" in short
    assert "As of: 2026-01-12 16:30 EST" in short


def test_questions_are_answered_first_and_alone_in_a_follow_up() -> None:
    value = made("analyze", "ACME", "What's the biggest risk here?")
    first = brief(outline(value))
    assert isinstance(first.blocks[0], Dialogue)
    text = chat_text(value, follow_up=True)
    assert text.startswith("**ACME Corp (ACME)**\n\n**What's the biggest risk here?** Liquidity.")
    assert len(text) < 800


def test_what_failed_is_never_left_out() -> None:
    failed = Notes(title="Could not be fetched", notes=(Note(lead="x", text="why", tone="warn"),))
    document = Document(kind="report", masthead=Masthead(name="x"), blocks=(failed,))
    assert failed in brief(document).blocks
    asked = replace(document, blocks=(Dialogue(pairs=(("Why?", ("So.",)),)), failed))
    assert failed in brief(asked).blocks
    assert failed in brief(asked, follow_up=True).blocks


def test_checks_become_a_line_of_marks_and_the_reasons_of_those_that_did_not_pass() -> None:
    checks = Findings(
        title="Checks",
        items=(
            Item(label="Growth", text="it grew", mark="pass"),
            Item(label="Price", text="it is dear", mark="fail"),
        ),
    )
    line, odd, _foot = brief(Document(masthead=Masthead(name="x"), blocks=(checks,))).blocks
    assert line.paragraphs == ("✓ Growth · ✗ Price",)
    assert [(note.lead, note.text) for note in odd.notes] == [("✗ Price", "it is dear")]


def test_tables_keep_their_first_rows_and_columns() -> None:
    wide = Grid(title="T", columns=tuple("abcdefg"), rows=(tuple("1234567"),) * 9)
    short, also, _foot = brief(Document(masthead=Masthead(name="x"), blocks=(wide,))).blocks
    assert short.columns == tuple("abcde")
    assert len(short.rows) == 6
    assert also.paragraphs == ("Also there: 3 more of t.",)
