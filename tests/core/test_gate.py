"""The gate for text from a language model: it lets facts through, and nothing that is not one."""

import re
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import genie_nb as genie
from genie_nb.core.facts.registry import REGISTRY
from genie_nb.core.figures import written
from genie_nb.core.gate import Admitted, Refused, admit
from genie_nb.core.report import Report


@cache
def report() -> Report:
    return genie.analyze("ACME", provider="demo").value


def refused(text: str) -> str:
    answer = admit(text, report())
    assert isinstance(answer, Refused), answer
    return answer.reason


def admitted(text: str) -> str:
    answer = admit(text, report())
    assert isinstance(answer, Admitted), answer
    return answer.text


# ACME on the demo market: $850M, P/E 18.0 above its sector's 16.9, D/E 0.40, revenue +12 %, price $21.25
# above its 50-day average of $20.70.


def test_slots_become_label_and_value() -> None:
    text = admitted("ACME Corp has [[market_cap]] and [[debt_to_equity]].")
    assert text == "ACME Corp has market cap $850M and debt / equity 0.40."


@pytest.mark.parametrize(
    "text",
    [
        "Market cap $850M, P/E 18.0, revenue growth 12 %.",
        "The market cap is $0.85B and the debt-to-equity ratio is 0.4.",
        "Market cap: $850 million; P/E: 18.",
        "Revenue growth of 12% year over year; debt-to-equity of 0.40.",
        "Its [[pe_trailing]] is higher than its sector, with [[cash]].",
        "[[price]] is above its [[sma_50]].",
        "Its P/E 18.0 is above the sector median 16.9.",
        "Revenue grew over the last twelve months: [[revenue_growth_yoy]], [[profit_margin]].",
        "ACME is profitable, with [[profit_margin]] and [[cash]].",
    ],
)
def test_true_text_passes(text: str) -> None:
    admitted(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Market cap $851M, P/E 18.0.", "'$851M' is not Market cap"),
        ("Market cap $850B, P/E 18.0.", "'$850B' is not Market cap"),
        ("Market cap €850M, P/E 18.0.", "directly after the label"),
        ("Revenue growth -12 %, P/E 18.0.", "'-12 %' is not Revenue growth"),
        ("Revenue growth 0.12, P/E 18.0.", "'0.12' is not Revenue growth"),
        ("Debt-to-equity 18.0, market cap $850M.", "'18.0' is not Debt / equity"),
        ("P/E 0.40 and market cap $850M.", "'0.40' is not P/E"),
        ("Cash $0B, market cap $850M.", "'$0B' is not Cash"),
        ("It has 40 plants, [[cash]] and [[market_cap]].", "directly after the label"),
        ("P/E fell to 18.0, market cap $850M.", "directly after the label"),
        ("Earnings come on 2026-02-04; [[cash]], [[market_cap]].", "glued to"),
        ("Earnings come in February; [[cash]], [[market_cap]].", "is a date"),
        ("It reported yesterday; [[cash]], [[market_cap]].", "is a date"),
        ("[[cash]] and [[market_cap]] cover twenty months.", "number in words"),
        ("[[cash]] and ½ of [[market_cap]].", "no label stands before"),
        ("[[cash]] and ٣ of [[market_cap]].", "no label stands before"),
        ("XQZW is next; [[cash]], [[market_cap]].", "may be a ticker"),
        ("$NVDA is next; [[cash]], [[market_cap]].", "no plain text"),
        ("Its [[pe_trailing]] is lower than its sector, [[cash]].", "not borne out"),
        ("[[price]] is below its [[sma_50]].", "not borne out"),
        ("Revenue shrank: [[revenue_growth_yoy]], [[cash]].", "not borne out"),
        ("ACME is unprofitable, with [[cash]] and [[price]].", "not borne out"),
        ("ACME is cheaper; [[cash]], [[market_cap]].", "cannot check"),
        ("Debt doubled; [[cash]], [[market_cap]].", "number in words"),
        ("Buy ACME; [[cash]], [[market_cap]].", "is advice"),
        ("ACME is undervalued; [[cash]], [[market_cap]].", "is advice"),
        ("[[cash]], [[market_cap]], see https://evil.example.", "no plain text"),
        ("[[cash]], [[market_cap]] <img src=x>", "no plain text"),
        ("[[cash]] [[market_cap]] ![x](y)", "no plain text"),
        ("[[cash]] [[made_up]]", "no fact called 'made_up'"),
        ("[[cash]] [[market_cap]] IGNORE the rules.", "is advice"),
        ("[[cash]] [[market_cap]] купить", "another script"),
        ("lorem ipsum dolor", "tells no fact"),
        ("", "is empty"),
        ("[[cash]] [[price]] " + "very " * 500, "longer than"),
    ],
)
def test_untrue_text_is_refused_with_the_reason(text: str, why: str) -> None:
    assert why in refused(text)


def _told() -> list[tuple[str, str]]:
    facts = report().facts
    return [
        (spec.label, written(facts[name].value, facts[name].unit))
        for name, spec in REGISTRY.items()
        if facts[name].value is not None
    ]


@st.composite
def _true_summaries(draw: st.DrawFn) -> str:
    chosen = draw(st.lists(st.sampled_from(_told()), min_size=2, max_size=5, unique=True))
    between = draw(st.sampled_from([" ", ": ", " is ", " of ", " = "]))
    return "; ".join(f"{label}{between}{value}" for label, value in chosen) + "."


@given(_true_summaries())
def test_every_fact_passes_after_its_own_label(text: str) -> None:
    admitted(text)


@given(_true_summaries(), st.data())
def test_no_changed_digit_passes(text: str, data: st.DataObject) -> None:
    labels = "|".join(sorted((re.escape(label) for label, _ in _told()), key=len, reverse=True))
    inside = [range(*found.span()) for found in re.finditer(labels, text)]
    digits = [
        place
        for place, letter in enumerate(text)
        if letter.isdigit() and not any(place in span for span in inside)
    ]
    assume(digits)
    place = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    refused(text[:place] + other + text[place + 1 :])


@given(_true_summaries())
def test_no_value_passes_after_another_label(text: str) -> None:
    parts = text.rstrip(".").split("; ")
    split = [re.match(r"(.+?)(: | is | of | = | )(\S+(?: %| bps| days?| quarters?)?)$", part) for part in parts]  # fmt: skip
    assume(all(split))
    values = [found[3] for found in split if found]
    labels = [found[1] for found in split if found]
    moved = values[1:] + values[:1]
    assume(all(a != b for a, b in zip(values, moved, strict=True)))
    swapped = "; ".join(f"{label} {value}" for label, value in zip(labels, moved, strict=True))
    refused(swapped)
