"""What an analysis costs Yahoo, and peers and searches."""

import gzip
import json
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest

from genie_nb.core.errors import BadConfig, DataError, NoData
from genie_nb.core.market import Interval
from genie_nb.core.provider import Provider
from genie_nb.data.deadline import gather
from genie_nb.data.yahoo import open_provider
from genie_nb.data.yahoo.flight import SingleFlight
from genie_nb.data.yahoo.peers import read_peers
from genie_nb.data.yahoo.search import read_matches

recorded = pytest.mark.recorded


def test_it_is_a_provider_without_a_key():
    provider = open_provider("")

    assert isinstance(provider, Provider)
    assert provider.name == "yahoo"
    assert provider.capabilities.intervals == frozenset(Interval)
    assert not provider.capabilities.fictional
    assert provider.now().tzinfo is UTC


def test_it_has_no_address():
    with pytest.raises(BadConfig, match="somewhere"):
        open_provider("somewhere")


def test_opening_it_imports_no_yfinance():
    program = (
        "import sys; from genie_nb.data.yahoo import open_provider; open_provider();"
        "sys.exit('yfinance' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@recorded
def test_an_analysis_asks_for_no_url_twice(yahoo, replay):
    gather(
        {
            "bars": lambda: yahoo.bars(["EPAC", "AAPL", "ABBV"], Interval.D1, None, None),
            "fundamentals": lambda: yahoo.fundamentals("EPAC"),
            "peers": lambda: yahoo.peers("EPAC"),
        },
        deadline=None,
    )

    urls = replay.log()
    assert len(urls) == len(set(urls))
    assert len(urls) == 10, "cookie, crumb, 3 charts, 4 parts of the company, the screener"


@recorded
def test_cookie_and_crumb_are_asked_for_once_a_process(yahoo, replay):
    yahoo.fundamentals("EPAC")
    yahoo.fundamentals("AAPL")

    assert sum("getcrumb" in url for url in replay.log()) == 1
    assert sum("fc.yahoo.com" in url for url in replay.log()) == 1


@recorded
def test_peers_that_do_not_come_are_a_failure(yahoo):
    with pytest.raises(DataError, match="peers"):
        yahoo.peers("EPAC")


@recorded
def test_a_fund_has_no_peers(yahoo):
    with pytest.raises(NoData, match="QQQ"):
        yahoo.peers("QQQ")


@recorded
def test_peers_are_the_nearest_in_size_without_the_company_itself(recorded):
    path = recorded / "yahoo_http/nyf2_screener_2025.jsonl.gz"
    with gzip.open(path, "rt") as lines:
        quotes = json.loads(next(lines))["body"]["finance"]["result"][0]["quotes"]

    peers = read_peers(quotes, beside="KOS", cap=1_350_000_000)

    assert [peer.ticker for peer in peers] == ["DOLE", "ATUS", "SID", "MPLN"]
    values = {peer.ticker: peer.values for peer in peers}
    assert values["DOLE"]["pe_trailing"] == 7.5
    assert values["DOLE"]["price_to_book"] == pytest.approx(0.9433318)
    assert values["ATUS"]["pe_trailing"] is None
    assert values["ATUS"]["price_to_book"] is None, "negative equity"
    assert values["SID"]["price_to_book"] is None, "a price in dollars over a book in reais"
    assert values["MPLN"]["market_cap"] == 472_199_040


@recorded
def test_a_search_finds_shares_and_no_option_contracts(yahoo):
    found = yahoo.search("SPOT")

    assert (found[0].ticker, found[0].name) == ("SPOT", "Spotify Technology S.A.")
    assert found[0].exchange == "NYSE"
    assert {match.kind for match in found} == {"equity"}


@recorded
def test_a_search_for_what_nobody_knows_is_empty(yahoo):
    assert yahoo.search("zzzzzz") == ()
    assert yahoo.search("  ") == ()


def test_a_match_without_a_name_is_called_by_its_ticker():
    (match,) = read_matches([{"symbol": "X", "quoteType": "ETF"}])

    assert (match.ticker, match.name, match.kind) == ("X", "X", "etf")


def test_those_who_ask_at_once_share_one_answer():
    gate, runs, answers = threading.Event(), [], []
    flight = SingleFlight[int]()

    def work() -> int:
        runs.append("ran")
        gate.wait(5)
        return 7

    def ask() -> None:
        answers.append(flight.ask("x", work, may_be_old=60))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()

    assert (answers, runs) == ([7] * 4, ["ran"])


def test_a_failure_is_not_kept():
    flight = SingleFlight[int]()

    def fails() -> int:
        raise NoData("nothing")

    with pytest.raises(NoData):
        flight.ask("x", fails, may_be_old=60)
    assert flight.ask("x", lambda: 1, may_be_old=60) == 1


def test_the_real_clock_is_read_once_here():
    assert open_provider().now() <= datetime.now(UTC)  # noqa: TID251 - the clock is what is tested
