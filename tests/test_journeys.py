"""What a user gets, end to end, on the embedded market."""

import json
import os
import subprocess
import sys

import pytest

import genie_nb as genie
from genie_nb.core.errors import AskError, NoData, UnknownTicker
from genie_nb.data.demo.company import tickers

BARE = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(sys.path)}

OFFLINE = """
import socket
def refuse(*arguments, **named):
    raise AssertionError(f"the network was used: {arguments}")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
"""


def _process(code: str, home) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**BARE, "HOME": str(home), "GENIE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def acme():
    return genie.analyze("ACME")


def _value(answer, name):
    return answer.to_dict()["facts"][name]["value"]


def test_acme_is_the_company_of_the_story(acme):
    facts = acme.to_dict()["facts"]
    assert _value(acme, "market_cap") == pytest.approx(850e6, rel=1e-3)
    assert facts["market_cap"]["verdict"] == "small"
    assert _value(acme, "pe_trailing") == pytest.approx(18.0, abs=0.05)
    assert "slightly above" in facts["pe_trailing"]["verdict"]
    assert _value(acme, "debt_to_equity") == pytest.approx(0.4, abs=0.005)
    assert facts["debt_to_equity"]["verdict"] == "low leverage"
    assert _value(acme, "revenue_growth_yoy") == pytest.approx(0.12, abs=0.002)


def test_acme_just_broke_above_its_50_day_average_with_volume(acme):
    signal = next(s for s in acme.to_dict()["signals"] if s["name"] == "broke_above_sma_50")
    assert signal["active"] is True
    assert signal["bars_ago"] <= 3
    assert signal["with_volume"] is True


def test_low_volume_and_a_wide_spread_are_acmes_first_risk(acme):
    worst = acme.to_dict()["risks"][0]
    assert worst["name"] == "liquidity"
    assert "spread" in worst["text"].lower()


def test_two_processes_give_the_same_json_apart_from_timing(tmp_path):
    code = "import genie_nb as g, json; d = g.analyze('ACME').to_dict(); d.pop('timing'); print(json.dumps(d))"
    first, second = (_process(code, tmp_path / name) for name in ("one", "two"))
    assert first == second


def test_no_key_account_quota_or_network_is_needed(tmp_path):
    code = (
        OFFLINE
        + "import genie_nb as g\nfor _ in range(20): assert g.analyze('ACME').facts['price'].value"
    )
    _process(code, tmp_path)


def test_each_question_of_the_request_gets_its_answer(acme):
    answer = genie.analyze(
        "ACME", "Is it profitable? What's the debt situation? How's revenue growth?"
    )
    told = answer.to_dict()["answers"]
    assert [one["question"] for one in told] == [
        "Is it profitable?",
        "What's the debt situation?",
        "How's revenue growth?",
    ]
    assert "profitable" in told[0]["text"]
    assert "0.40" in told[1]["text"]
    assert "12 %" in told[2]["text"]


def test_should_i_buy_is_answered_with_both_sides_and_no_verdict():
    told = genie.ask("Should I buy ACME?").to_dict()["answers"][0]["text"]
    for side in ("For:", "Against:", "Unknown:", "What would change this:"):
        assert side in told
    lowered = told.lower()
    for verdict in (
        "you should",
        "we recommend",
        "is a buy",
        "is a sell",
        "strong buy",
        "undervalued",
    ):
        assert verdict not in lowered


@pytest.mark.parametrize("ticker", tickers())
def test_every_fact_of_every_company_has_a_value_or_a_reason(ticker):
    answer = genie.analyze(ticker).to_dict()
    missing = {one["what"]: one["reason"] for one in answer["missing"]}
    for name, fact in answer["facts"].items():
        assert fact["unit"], name
        assert fact["formula"], name
        if fact["value"] is None:
            assert missing[name], name
        else:
            assert fact["as_of"], name
            assert fact["source"], name


def test_why_shows_formula_inputs_and_the_providers_own_figure():
    answer = genie.why("debt_to_equity", "ACME").to_dict()
    debt, equity = (item["value"] for item in answer["inputs"][:2])
    assert answer["value"] == pytest.approx(debt / equity)
    assert answer["formula"]
    assert answer["alternatives"]
    assert all(item["source"] and item["as_of"] for item in answer["inputs"])


def test_compare_ranks_what_differs_most_and_aligns_the_chart():
    answer = genie.compare("ACME", "BLTW")
    told = answer.to_dict()
    sizes = [one.size for one in answer.differences]
    assert sizes == sorted(sizes, reverse=True)
    assert len(told["reports"]) == 2
    assert told["aligned_to"][0] < told["aligned_to"][1]


def test_a_table_keeps_its_source_and_time(acme):
    frame = acme.to_frame()
    assert frame.attrs["source"] == "demo"
    assert frame.attrs["as_of"].startswith("2026-01-12")
    assert frame.loc["market_cap", "value"] == pytest.approx(850e6, rel=1e-3)


def test_an_earlier_day_shows_only_what_was_known_then():
    then = genie.analyze("ACME", as_of="2025-06-30").to_dict()
    assert then["bars_to"].startswith("2025-06-30")
    dated = [fact["as_of"] for fact in then["facts"].values() if fact["as_of"]]
    assert max(dated) < "2025-07-01"
    refused = {one["what"] for one in then["missing"]}
    assert "analyst_count" in refused


@pytest.mark.parametrize("day", ["1999-01-04", "2014-01-01"], ids=["session", "holiday"])
def test_a_day_before_listing_says_so(day):
    with pytest.raises(NoData, match=f"no closed daily bar up to {day}"):
        genie.analyze("ACME", as_of=day)


def test_on_its_first_days_there_is_a_report_that_says_what_is_missing():
    first = genie.analyze("ACME", as_of="2016-01-14").to_dict()
    assert first["facts"]["price"]["value"] > 0
    assert "sma_20" in {one["what"] for one in first["missing"]}


def test_a_day_still_to_come_is_read_as_now_and_said_back(acme):
    ahead = genie.analyze("ACME", as_of="2030-01-02").to_dict()
    assert ahead["as_of"] == acme.to_dict()["as_of"]
    assert ahead["notes"] == [
        "2030-01-02 is still to come at 2026-01-12 21:30 UTC, so this is as of then."
    ]


def test_a_naive_time_is_refused():
    with pytest.raises(genie.GenieError, match="zone"):
        genie.analyze("ACME", as_of="2025-06-30 12:00")


@pytest.mark.parametrize("written", ["acme", "$ACME", "ACME Corp", "acme corp"])
def test_a_sensible_spelling_is_read(written):
    assert genie.analyze(written).to_dict()["ticker"] == "ACME"


def test_a_name_that_was_looked_up_is_said_back():
    assert genie.analyze("ACME Corp").notes == ("I read 'ACME Corp' as ACME Corp (ACME).",)


def test_an_unknown_ticker_on_the_demo_market_says_where_to_look():
    with pytest.raises(UnknownTicker) as caught:
        genie.analyze("AAPL")
    line = "AAPL is not in the fictional demo market; add --provider yahoo, or run: genie config provider yahoo"
    assert line in str(caught.value)
    assert caught.value.exit == 2


def test_a_misspelt_ticker_suggests_near_ones():
    with pytest.raises(UnknownTicker, match=r"Did you mean .*ACME"):
        genie.analyze("ACMEE")


@pytest.mark.parametrize("written", ["", "   ", "🚀", "АСМЕ", "../etc", "<b>", "A" * 60])
def test_what_is_no_ticker_is_refused_in_words(written):
    with pytest.raises(AskError):
        genie.analyze(written)


def test_a_name_with_two_matches_lists_both():
    with pytest.raises(AskError, match="fits 2 companies"):
        genie.analyze("Harbor")


def test_one_word_of_a_name_is_looked_up_and_said_back():
    answer = genie.analyze("Boltwick")
    assert answer.to_dict()["ticker"] == "BLTW"
    assert answer.notes == ("I read 'Boltwick' as Boltwick Fasteners (BLTW).",)


def test_a_live_only_class_share_spelling_is_the_same_company():
    messages = set()
    for written in ("BRK.B", "BRK-B"):
        with pytest.raises(UnknownTicker) as caught:
            genie.analyze(written)
        messages.add(str(caught.value))
    (said,) = messages
    assert said.startswith("BRK-B is not in the fictional demo market; add --provider yahoo")
    assert "BRK.B is read as BRK-B." in said


def test_the_json_is_json(acme):
    assert json.loads(json.dumps(acme.to_dict(), allow_nan=False))["schema"] == "genie-analyze/1"
