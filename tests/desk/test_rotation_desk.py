"""`rotation` asked of providers."""

import json
from datetime import date
from pathlib import Path
from statistics import median

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

import genie_nb as genie
from genie_nb.config import set_value
from genie_nb.core.errors import DataError, SetupError
from genie_nb.core.schema import schema_of
from genie_nb.data.demo.company import companies


def folder(at: Path, closes: dict[str, list[float]], first: str = "2025-11-03") -> str:
    """Daily prices as files, one per ticker; the last value falls on a past session."""
    at.mkdir(exist_ok=True)
    for ticker, line in closes.items():
        days = pd.bdate_range(first, periods=len(line))
        lines = ["Date,Open,High,Low,Close,Volume"]
        lines += [f"{day:%Y-%m-%d},{x},{x},{x},{x},1000" for day, x in zip(days, line, strict=True)]
        at.joinpath(f"{ticker}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"files:{at}"


def test_the_demo_market_has_its_seven_sessions(tmp_path: Path) -> None:
    found = genie.rotation(provider="demo", home=tmp_path).to_dict()
    streak = found["streak"]
    assert (found["small"], found["large"]) == ("SCIX", "LCIX")
    assert (streak["length"], streak["start"], streak["end"]) == (7, "2026-01-02", "2026-01-12")
    assert "price return of SCIX was greater than that of LCIX" in streak["basis"]
    assert [one["period"] for one in found["scoreboard"]] == [
        "1 week", "1 month", "3 months", "12 months", "year to date",
    ]  # fmt: skip
    assert found["january"]["so_far"]["finished"] is False
    assert found["missing"] == []
    json.dumps(found, allow_nan=False)
    assert list(Draft202012Validator(schema_of("rotation")).iter_errors(found)) == []


def test_a_measure_is_what_the_reports_of_the_companies_say(tmp_path: Path) -> None:
    found = genie.rotation(provider="demo", home=tmp_path).to_dict()
    reports = [
        genie.analyze(ticker, provider="demo", home=tmp_path).facts
        for ticker in sorted(companies())
    ]
    small = [facts for facts in reports if facts["market_cap"].verdict == "small"]
    above = sum(facts["price"].value > facts["sma_50"].value for facts in small)
    first = found["breadth"]["shares"][0]
    assert (first["name"], first["companies"]) == ("above_sma_50", len(small))
    assert first["now"]["value"] == above / len(small)
    multiples = [facts["pe_trailing"].value for facts in small]
    known = [value for value in multiples if value is not None]
    assert found["valuation_gap"]["small"]["value"] == median(known)


def test_it_is_answered_as_of_a_past_day(tmp_path: Path) -> None:
    answer = genie.rotation(provider="demo", home=tmp_path, as_of="2026-01-07")
    found = answer.to_dict()
    assert (found["streak"]["length"], found["streak"]["end"]) == (4, "2026-01-07")
    assert {one["end"] for one in found["scoreboard"]} == {"2026-01-07"}
    assert {share["now"]["as_of"] for share in found["breadth"]["shares"]} == {"2026-01-07"}


def test_files_without_companies_leave_breadth_unknown_with_the_reason(tmp_path: Path) -> None:
    address = folder(
        tmp_path / "prices", {"IWM": [100, 101, 102.01, 103.03], "SPY": [100, 102, 102.5, 103]}
    )
    answer = genie.rotation(provider=address, home=tmp_path)
    found = answer.to_dict()
    assert (found["small"], found["large"], found["streak"]["length"]) == ("IWM", "SPY", 2)
    assert found["breadth"] is found["valuation_gap"] is None
    reasons = {one["what"]: one["reason"] for one in found["missing"]}
    assert "does not list the companies" in reasons["breadth"]
    assert "january" in reasons
    assert answer.exit == 0
    assert found["summary"].startswith("Whether it is broadening is not known. files:")
    assert list(Draft202012Validator(schema_of("rotation")).iter_errors(found)) == []


def test_the_indices_can_be_configured(tmp_path: Path) -> None:
    address = folder(
        tmp_path / "prices", {"VB": [1, 2, 3], "VV": [1, 1, 1], "IWM": [3, 2, 1], "SPY": [1, 2, 3]}
    )
    set_value(tmp_path, "rotation.small", "vb")
    set_value(tmp_path, "rotation.large", "VV")
    found = genie.rotation(provider=address, home=tmp_path).to_dict()
    assert (found["small"], found["large"], found["streak"]["length"]) == ("VB", "VV", 2)
    assert genie.rotation(provider="demo", home=tmp_path).to_dict()["small"] == "SCIX"


def test_a_source_without_indices_says_what_to_do(tmp_path: Path) -> None:
    address = folder(tmp_path / "prices", {"ACME": [1, 2, 3], "SPY": [1, 2, 3]})
    with pytest.raises(SetupError, match="names no index of small companies") as refused:
        genie.rotation(provider=address, home=tmp_path)
    assert "genie config rotation.small TICKER" in str(refused.value)
    set_value(tmp_path, "rotation.small", "SPY")
    with pytest.raises(SetupError, match="both seen by SPY"):
        genie.rotation(provider=address, home=tmp_path)


def test_bars_that_an_index_lacks_are_an_error_and_a_hole_is_told(tmp_path: Path) -> None:
    address = folder(tmp_path / "prices", {"IWM": [100, 101, 102, 103], "SPY": [100, 99, 98]})
    found = genie.rotation(provider=address, home=tmp_path).to_dict()
    assert found["streak"]["end"] == "2025-11-05"
    assert any("Only one of IWM and SPY" in one["reason"] for one in found["missing"])
    set_value(tmp_path, "rotation.small", "NONE")
    with pytest.raises(DataError, match="NONE"):
        genie.rotation(provider=address, home=tmp_path)


@pytest.mark.parametrize(
    ("lead", "first"),
    [
        ("breadth", "Narrowing: fewer small companies take part than 21 sessions ago."),
        ("streak", "SCIX has done better than LCIX for 7 sessions in a row"),
        ("returns", "SCIX is ahead of LCIX over all 5 periods: 1 week (-6.2 % against -8.2 %)"),
        ("january", "In 4 of 9 finished Januaries SCIX did better than LCIX"),
        ("valuation", "The median P/E of 38 small companies is 16.9"),
    ],
)
def test_what_was_asked_for_is_said_first(tmp_path: Path, lead: str, first: str) -> None:
    answer = genie.rotation(on=lead, provider="demo", home=tmp_path)
    assert answer.to_dict()["summary"].startswith(first)


def test_a_rally_that_is_none_in_price_is_said_to_be_none(tmp_path: Path) -> None:
    told = genie.rotation(provider="demo", home=tmp_path).to_dict()["summary"]
    assert "In price there is no rally: SCIX itself fell 11 % since 2025-12-12." in told


def test_every_form_shows_the_same_numbers(tmp_path: Path) -> None:
    answer = genie.rotation(provider="demo", home=tmp_path)
    view = answer.view()
    for text in (view.text, view.markdown, view.html):
        assert "2025-10-28" in text
        assert "SCIX" in text
    figure = view.figure
    assert figure is not None
    assert {line["name"] for line in figure["data"]} == {"SCIX", "LCIX", "SCIX / LCIX"}
    frame = answer.to_frame()
    assert list(frame["period"]) == [
        "1 week", "1 month", "3 months", "12 months", "year to date",
    ]  # fmt: skip
    assert frame.attrs["source"] == "demo"
    assert date.fromisoformat(frame["end"].iloc[0]) == date(2026, 1, 12)
