"""Every way in which Yahoo fails, told apart; and the next call works."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from genie_nb.core.errors import (
    DataError,
    Delisted,
    Malformed,
    NoData,
    NotFound,
    RateLimited,
    Unavailable,
)
from genie_nb.core.fundamentals import Fundamentals
from genie_nb.core.market import Bars, Interval
from genie_nb.data.yahoo.failures import Answer, failure_of
from genie_nb.data.yahoo.provider import Yahoo

recorded = pytest.mark.recorded

_HTML = "<html><body>502 Bad Gateway</body></html>"
_UNAUTHORIZED = (
    '{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}'
)
FAULTS: dict[str, tuple[dict[str, Any], type[DataError]]] = {
    "429": ({"status": 429, "body": "Too Many Requests\r\n", "ctype": "text/html"}, RateLimited),
    "401": ({"status": 401, "body": _UNAUTHORIZED}, Unavailable),
    "404": ({"status": 404}, NotFound),
    "500": ({"status": 500, "body": '{"error": "internal"}'}, Unavailable),
    "502 HTML": ({"status": 502, "body": _HTML, "ctype": "text/html"}, Unavailable),
    "HTML": ({"body": _HTML, "ctype": "text/html"}, Malformed),
    "down": ({"body": "<html>Will be right back</html>", "ctype": "text/html"}, Unavailable),
    "malformed": ({"body": '{"chart": {"result": [oops'}, Malformed),
    "truncated": ({"truncate": True}, Malformed),
    "empty": ({"body": ""}, Malformed),
    "drop": ({"drop": True}, Unavailable),
    "late": ({"delay": 3.5}, Unavailable),
}
ONCE = {name: how for name, (how, _) in FAULTS.items() if name not in ("404", "late")}
faults = pytest.mark.parametrize(("how", "expected"), FAULTS.values(), ids=FAULTS)

CHART = "/v8/finance/chart/"
SUMMARY = "/quoteSummary/"
COMPANY = "modules=assetProfile"
EVENTS = "modules=insiderTransactions"
STATEMENTS = "/fundamentals-timeseries/"


@pytest.fixture
def hurried(open_yahoo: Callable[..., Yahoo]) -> Yahoo:
    """A provider that waits two seconds for an answer."""
    return open_yahoo(timeout=2.0)


def _crsr(yahoo: Yahoo, start: datetime | None = None, end: datetime | None = None) -> Any:
    return yahoo.bars(["CRSR"], Interval.D1, start, end)["CRSR"]


def _last_year(yahoo: Yahoo) -> tuple[datetime, datetime]:
    """A span that lies wholly in the past, which yfinance answers from its memory."""
    today = yahoo.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=400), today - timedelta(days=300)


def _missing(company: Fundamentals) -> dict[str, bool]:
    return {missing.what: missing.failed for missing in company.missing}


@recorded
@faults
def test_a_failing_chart_is_that_failure_and_passes(hurried, replay, how, expected):
    replay.fail(CHART, **how)
    assert type(_crsr(hurried)) is expected

    replay.recover()
    assert isinstance(_crsr(hurried), Bars)


@recorded
@pytest.mark.parametrize("name", ["401", "500", "truncated"])
def test_a_failing_chart_of_the_past_is_not_remembered(hurried, replay, name):
    span = _last_year(hurried)
    how, expected = FAULTS[name]
    replay.fail(CHART, **how)
    assert type(_crsr(hurried, *span)) is expected

    replay.recover()
    assert isinstance(_crsr(hurried, *span), Bars)


@recorded
@pytest.mark.parametrize("how", ONCE.values(), ids=ONCE)
def test_a_chart_that_fails_once_comes(yahoo, replay, how):
    replay.fail(CHART, **how | {"times": 1})

    assert isinstance(_crsr(yahoo), Bars)


@recorded
@pytest.mark.parametrize("how", ONCE.values(), ids=ONCE)
@pytest.mark.parametrize("match", [COMPANY, STATEMENTS])
def test_a_part_of_the_company_that_fails_once_comes(yahoo, replay, how, match):
    replay.fail(match, **how | {"times": 1})
    company = yahoo.fundamentals("EPAC")

    assert not any(_missing(company).values())
    assert company.quoted["debt_to_equity"] == pytest.approx(0.48565)


@recorded
@faults
def test_without_statements_the_rest_is_there(hurried, replay, how, expected):
    replay.fail(STATEMENTS, **how)
    company = hurried.fundamentals("EPAC")

    assert company.quoted["market_cap"] == 2_473_032_960
    assert company.statements == ()
    failed = expected is not NotFound
    assert _missing(company)["quarterly_statements"] is failed
    assert _missing(company)["annual_statements"] is failed

    replay.recover()
    assert hurried.fundamentals("EPAC").statements


@recorded
@faults
def test_without_the_company_the_statements_are_there(hurried, replay, how, expected):
    replay.fail(COMPANY, **how)
    company = hurried.fundamentals("BABA")

    assert company.quoted == {}
    assert company.currency is None
    assert company.financial_currency == "CNY"
    assert company.statement("income", "quarterly")
    assert _missing(company)["quoted_figures"] is (expected is not NotFound)

    replay.recover()
    assert hurried.fundamentals("BABA").currency == "USD"


@recorded
@faults
def test_without_insiders_and_earnings_the_rest_is_there(hurried, replay, how, expected):
    replay.fail(EVENTS, **how)
    company = hurried.fundamentals("AAPL")

    assert company.quoted["debt_to_equity"] == pytest.approx(1.45)
    assert company.insider_trades is None
    assert company.earnings is None
    for part in ("insider_trades", "earnings", "next_earnings"):
        assert _missing(company)[part] is (expected is not NotFound)

    replay.recover()
    assert hurried.fundamentals("AAPL").insider_trades


@recorded
@faults
def test_when_nothing_came_that_is_the_failure(hurried, replay, how, expected):
    replay.fail(f"{SUMMARY}|{STATEMENTS}", **how)
    with pytest.raises(expected):
        hurried.fundamentals("AAPL")

    replay.recover()
    assert hurried.fundamentals("AAPL").name == "Apple Inc."


@recorded
@pytest.mark.parametrize("name", ["429", "401", "404", "500", "truncated", "drop"])
def test_a_failing_search_is_that_failure(hurried, replay, name):
    how, expected = FAULTS[name]
    replay.fail("/v1/finance/search", **how)
    with pytest.raises(expected):
        hurried.search("SPOT")

    replay.recover()
    assert hurried.search("SPOT")[0].ticker == "SPOT"


@recorded
def test_a_404_beside_an_outage_does_not_make_a_ticker_unknown(hurried, replay):
    replay.fail(STATEMENTS, status=500)

    with pytest.raises(Unavailable):
        hurried.fundamentals("CRSR")


@recorded
@pytest.mark.parametrize(
    "poison",
    [
        {"status": 429, "body": "Too Many Requests\r\n"},
        {"status": 401, "body": _UNAUTHORIZED},
        {"status": 500, "body": "<html>oops</html>"},
        {"status": 200, "body": _UNAUTHORIZED},
        {"status": 200, "body": ""},
    ],
    ids=["429", "401", "500", "JSON with 200", "empty"],
)
def test_a_poisoned_crumb_is_never_sent(yahoo, replay, poison):
    replay.fail("getcrumb", **poison | {"times": 1})
    replay.fail(r"[?&]crumb=(?!replaycrumb)", status=401, body=_UNAUTHORIZED)
    replay.fail(r"/v10/(?!.*crumb=)", status=401, body=_UNAUTHORIZED)

    assert yahoo.fundamentals("EPAC").quoted["debt_to_equity"] == pytest.approx(0.48565)
    sent = [url.split("crumb=")[1] for url in replay.log() if "crumb=" in url]
    assert set(sent) == {"replaycrumb"}


@recorded
@faults
def test_prices_come_without_cookie_or_crumb(hurried, replay, how, expected):
    replay.fail("fc.yahoo.com|guce|consent|getcrumb", **how)

    found = hurried.bars(["CRSR", "DOCN", "EPAC"], Interval.D1, None, None)

    assert all(isinstance(bars, Bars) for bars in found.values())


@recorded
def test_what_other_code_made_yfinance_remember_does_no_harm(yahoo, replay):
    import yfinance

    start, end = _last_year(yahoo)
    span = {"start": start - timedelta(days=1), "end": end + timedelta(days=1)}
    _crsr(yahoo)
    replay.fail(CHART, status=500)
    assert yfinance.Ticker("CRSR").history(**span).empty
    replay.recover()

    assert isinstance(_crsr(yahoo, start, end), Bars)


@recorded
@pytest.mark.parametrize(("status", "kept"), [(401, False), (429, False), (500, True)])
def test_a_refused_cookie_is_not_kept_for_the_next_process(yahoo, replay, status, kept):
    from yfinance.cache import get_cookie_cache

    replay.fail(CHART, status=status)
    _crsr(yahoo)

    assert (get_cookie_cache().lookup("curlCffi") is not None) is kept


@recorded
def test_an_outage_is_asked_at_most_twice(yahoo, replay):
    replay.fail(CHART, status=500)
    _crsr(yahoo)

    assert sum(CHART in url for url in replay.log()) == 2


@recorded
def test_an_unknown_ticker_is_asked_once(yahoo, replay):
    yahoo.bars(["NOSUCH"], Interval.D1, None, None)

    assert sum(CHART in url for url in replay.log()) == 1


@recorded
def test_patience_asked_for_is_told(hurried, replay):
    replay.fail(CHART, status=429)

    assert "rate" in str(_crsr(hurried))


_PROGRAM = """
import sys, pathlib
from genie_nb.data.yahoo.provider import Yahoo
from genie_nb.core.market import Interval
yahoo = Yahoo(cache_dir=pathlib.Path(sys.argv[1]), timeout=20)
assert yahoo.fundamentals("AAPL").name == "Apple Inc."
assert len(yahoo.bars(["AAPL", "NOSUCH"], Interval.D1, None, None)["AAPL"])
"""


@recorded
@pytest.mark.usefixtures("replay")
def test_nothing_is_printed_whatever_yfinance_and_pandas_have_to_say(tmp_path: Path):
    command = [sys.executable, "-W", "default", "-c", _PROGRAM, str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@recorded
@pytest.mark.usefixtures("replay")
def test_several_processes_share_one_folder(tmp_path: Path):
    folder = tmp_path / "shared"
    command = [sys.executable, "-c", _PROGRAM, str(folder)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]

    ends = [(process.communicate()[1], process.returncode) for process in running]

    assert ends == [("", 0)] * 3


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (200, '{"chart": {"result": [{}], "error": null}}', None),
        (200, '{"quotes": []}', None),
        (
            200,
            '{"chart": {"result": null, "error": {"code": "Not Found", "description": ""}}}',
            NotFound,
        ),
        (
            404,
            '{"chart": {"error": {"code": "Not Found", "description": "X was delisted"}}}',
            Delisted,
        ),
        (
            404,
            '{"chart": {"error": {"code": "Not Found", "description": "symbol may be delisted"}}}',
            NotFound,
        ),
        (422, '{"chart": {"error": {"code": "x", "description": "Only 8 days of 1m"}}}', NoData),
        (400, "", Unavailable),
        (403, "", Unavailable),
        (503, "", Unavailable),
        (999, "", Unavailable),
        (200, "[]", Malformed),
        (200, "null", Malformed),
    ],
)
def test_an_answer_stands_for_one_failure(status, text, kind):
    failure = failure_of(Answer(what="the prices of X", status=status, text=text))

    assert failure is None if kind is None else type(failure) is kind


def test_a_failure_names_what_was_asked_and_what_to_do():
    failure = failure_of(Answer(what="the prices of X", status=500, text=""))

    assert failure is not None
    assert "the prices of X" in failure.message
    assert "500" in failure.message
    assert failure.cure
    assert failure.retryable


def test_seconds_to_wait_are_passed_on():
    answer = Answer(what="the prices of X", status=429, text="", retry_after="30")
    failure = failure_of(answer)

    assert isinstance(failure, RateLimited)
    assert failure.retry_after == 30
