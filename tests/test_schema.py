"""The JSON of every verb is what the shipped schema says."""

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import genie_nb as genie
from genie_nb.answer import run
from genie_nb.core.facts.registry import REGISTRY
from genie_nb.core.findings.signals import SIGNAL_NAMES
from genie_nb.core.schema import CHECKS, RISKS, answers, schema_of
from genie_nb.core.verbs import VERBS, Ask
from genie_nb.faces.schema_files import files as written


def shipped(answer: str) -> Any:
    text = (files("genie_nb") / "schemas" / f"{answer}.json").read_text(encoding="utf-8")
    return json.loads(text)


def faults(answer: str, found: dict[str, Any]) -> list[str]:
    """What the shipped schema has against a JSON, after a trip through text."""
    validator = Draft202012Validator(shipped(answer), format_checker=FormatChecker())
    as_text = json.loads(json.dumps(found, allow_nan=False))
    return [f"{list(e.absolute_path)}: {e.message[:200]}" for e in validator.iter_errors(as_text)]


@pytest.fixture(scope="module")
def acme() -> dict[str, Any]:
    return genie.analyze("ACME", "Is it profitable?", provider="demo").to_dict()


def test_every_verb_that_answers_and_the_error_have_a_schema() -> None:
    serves = {"mcp"}
    assert set(answers()) == {*VERBS, "error"} - serves


@pytest.mark.parametrize("answer", answers())
def test_the_shipped_schemas_are_valid_and_current(answer: str) -> None:
    Draft202012Validator.check_schema(shipped(answer))
    assert shipped(answer) == schema_of(answer), "run: make schemas"


@pytest.mark.parametrize("answer", sorted(set(answers()) - {"ask", "error"}))
def test_every_answer_says_as_of_when_and_from_whom(answer: str) -> None:
    assert {"schema", "as_of", "provider"} <= set(shipped(answer)["required"])


def test_no_other_schema_is_shipped() -> None:
    folder = next(path for path, _ in written()).parent
    assert sorted(folder.iterdir()) == sorted(path for path, _ in written())


def test_an_analysis_is_as_its_schema_says(acme: dict[str, Any]) -> None:
    assert faults("analyze", acme) == []


@pytest.mark.parametrize("ticker", ["GFBK", "LUMR", "DNGV", "PKLN", "RHFA", "SCIX"])
def test_so_are_those_of_unusual_tickers(ticker: str) -> None:
    assert faults("analyze", genie.analyze(ticker, provider="demo").to_dict()) == []


def test_so_is_one_of_the_past() -> None:
    assert faults("analyze", genie.analyze("ACME", as_of="2025-06-02").to_dict()) == []


def test_the_closed_lists_are_those_of_the_answer(acme: dict[str, Any]) -> None:
    assert set(acme["facts"]) == set(REGISTRY)
    assert {signal["name"] for signal in acme["signals"]} == set(SIGNAL_NAMES)
    assert {check["name"] for check in acme["checks"]} == set(CHECKS)
    assert {risk["name"] for risk in acme["risks"]} == set(RISKS)


@pytest.mark.parametrize("missing", ["facts", "risks", "disclaimer", "timing"])
def test_a_missing_part_is_noticed(acme: dict[str, Any], missing: str) -> None:
    assert faults("analyze", {key: value for key, value in acme.items() if key != missing})


def test_a_wrong_unit_is_noticed(acme: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(acme))
    broken["facts"]["profit_margin"]["unit"] = "percent"
    assert faults("analyze", broken)


def test_a_comparison_is_as_its_schema_says() -> None:
    assert faults("compare", genie.compare("ACME", "WNCH", provider="demo").to_dict()) == []


@pytest.mark.parametrize("fact", list(REGISTRY))
def test_an_explanation_is_as_its_schema_says(fact: str) -> None:
    assert faults("why", genie.why(fact, "ACME", provider="demo").to_dict()) == []


@pytest.mark.parametrize("ticker", ["ACME", "LUMR", "WNCH"])
@pytest.mark.parametrize("strategy", ["breakout", "vwap_day"])
def test_a_strategy_is_as_its_schema_says(strategy: str, ticker: str) -> None:
    assert faults("strategy", genie.strategy(strategy, ticker, provider="demo").to_dict()) == []


@pytest.mark.parametrize("ticker", ["ACME", "QLLN", "GFBK", "LUMR", "SCIX"])
def test_a_diff_is_as_its_schema_says(ticker: str) -> None:
    told = genie.diff(ticker, since="2025-08-01", provider="demo").to_dict()
    assert told["changes"]
    assert faults("diff", told) == []


def test_a_setup_is_as_its_schema_says() -> None:
    assert faults("setup", genie.setup("ACME", all=True, provider="demo").to_dict()) == []


@pytest.mark.parametrize(
    "rule", ["close crosses above sma(50)", "close > vwap", "close > 1000000000"]
)
def test_a_preview_is_as_its_schema_says(rule: str) -> None:
    assert faults("preview", genie.preview("ACME", rule, provider="demo").to_dict()) == []


def test_ask_answers_in_the_json_of_what_was_meant() -> None:
    assert faults("ask", genie.ask("Should I buy ACME?", provider="demo").to_dict()) == []


@pytest.mark.parametrize(
    "words", ["Analyze ACME. Who runs it?", "Where does the P/E of X come from?", "?"]
)
def test_a_reading_is_as_its_schema_says(words: str) -> None:
    assert faults("read", genie.read(words).to_dict()) == []


def test_the_doctor_and_the_settings_are_as_their_schemas_say() -> None:
    assert faults("doctor", genie.doctor(provider="demo").to_dict()) == []
    assert faults("config", run(Ask(verb="config")).to_dict()) == []


def test_an_error_is_as_its_schema_says() -> None:
    with pytest.raises(genie.GenieError) as caught:
        genie.analyze("NOSUCH", provider="demo")
    assert faults("error", caught.value.to_dict()) == []
