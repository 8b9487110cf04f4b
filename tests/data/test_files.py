"""The provider `files:DIR`: the user's own prices and companies, read exactly or refused in words."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

import genie_nb as genie
from genie_nb.core.errors import BadBars, BadConfig, Malformed, NoData, NotFound, Unavailable
from genie_nb.core.market import Bars, Interval
from genie_nb.data.aggregate import aggregate
from genie_nb.data.files import open_provider
from genie_nb.plugins import open_provider as open_address
from genie_nb.testing import check_provider

HEADER = "Date,Open,High,Low,Close,Adj Close,Volume\n"
DAILY = HEADER + (
    "2026-01-08,10,11,9,10.5,10.25,1000\n"
    "2026-01-09,10.5,12,10,11.5,11.25,2000\n"
    "2026-01-12,11.5,12.5,11,12,12,3000\n"
)


def company(**fields) -> str:
    return json.dumps(
        {
            "name": "ACME Corp",
            "sector": "Industrials",
            "industry": "Anvils",
            "currency": "USD",
            "as_of": "2026-01-09",
            "facts": {"pe_trailing": 18, "debt_to_equity": 0.4, "altman_z": None},
        }
        | fields
    )


@pytest.fixture
def folder(tmp_path):
    """A folder to fill: `folder("ACME.csv", text)`."""

    def fill(name: str, text: str):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    fill.path = tmp_path
    return fill


def opened(folder):
    return open_provider(str(folder.path))


def ask(folder, ticker="ACME", interval=Interval.D1, start=None, end=None):
    return opened(folder).bars([ticker], interval, start, end)[ticker]


def test_daily_prices_come_from_the_tickers_csv(folder):
    folder("ACME.csv", DAILY)
    bars = ask(folder)
    assert list(bars.close) == [10.5, 11.5, 12]
    assert list(bars.adjclose) == [10.25, 11.25, 12]
    assert list(bars.volume) == [1000, 2000, 3000]
    assert [day.isoformat() for day in bars.index[:1]] == ["2026-01-08T00:00:00+00:00"]
    assert bars.ticker == "ACME"


def test_gzipped_csv_and_parquet_say_the_same(folder):
    folder("ACME.csv", DAILY)
    folder.path.joinpath("BOLT.csv.gz").write_bytes(gzip.compress(DAILY.encode()))
    frame = pd.read_csv(folder.path / "ACME.csv", index_col="Date", parse_dates=True)
    frame.to_parquet(folder.path / "COIL.parquet")
    frame.tz_localize("Asia/Tokyo").reset_index().to_parquet(folder.path / "DOVE.parquet")
    expected = ask(folder).frame
    for ticker in ("BOLT", "COIL", "DOVE"):
        pd.testing.assert_frame_equal(
            ask(folder, ticker).frame, expected, check_names=False, check_freq=False
        )


def test_a_day_is_the_date_as_written_whatever_its_offset(folder):
    rows = [
        "2025-10-31 00:00:00-04:00,1,1,1,1,1,5",
        "2025-11-03 00:00:00-05:00,1,1,1,1,1,5",
    ]
    folder("ACME.csv", HEADER + "\n".join(rows))
    folder("7203.T.csv", HEADER + "2025-11-04 00:00:00+09:00,1,1,1,1,1,5\n")
    assert [f"{day:%m-%d}" for day in ask(folder).index] == ["10-31", "11-03"]
    assert [f"{day:%m-%d}" for day in ask(folder, "7203.T").index] == ["11-04"]


def test_intraday_times_with_mixed_offsets_are_those_moments(folder):
    rows = [
        "2025-10-31 15:55:00-04:00,1,1,1,1,1,5",
        "2025-11-03 09:30:00-05:00,1,1,1,1,1,5",
        "2025-11-03 14:35:00+00:00,1,1,1,1,1,5",
    ]
    folder("ACME.5m.csv", HEADER.replace("Date", "Datetime") + "\n".join(rows))
    assert [moment.isoformat() for moment in ask(folder, interval=Interval.M5).index] == [
        "2025-10-31T19:55:00+00:00", "2025-11-03T14:30:00+00:00", "2025-11-03T14:35:00+00:00",
    ]  # fmt: skip


def test_intraday_times_without_offset_are_the_exchanges(folder):
    folder("ACME.5m.csv", HEADER.replace("Date", "Datetime") + "2025-07-01 09:30:00,1,1,1,1,1,5\n")
    (moment,) = ask(folder, interval=Interval.M5).index
    assert moment.isoformat() == "2025-07-01T13:30:00+00:00"


def test_dividends_and_splits_are_read_where_there_are_columns(folder):
    header = HEADER.strip() + ",Dividends,Stock Splits\n"
    folder("ACME.csv", header + "2026-01-08,1,1,1,1,1,5,0.25,0\n2026-01-09,1,1,1,1,1,5,0,2\n")
    bars = ask(folder)
    assert bars.dividends.to_dict() == {pd.Timestamp("2026-01-08", tz="UTC"): 0.25}
    assert bars.splits.to_dict() == {pd.Timestamp("2026-01-09", tz="UTC"): 2.0}


def test_only_the_bars_asked_for_are_given(folder):
    folder("ACME.csv", DAILY)
    day = datetime(2026, 1, 9, tzinfo=UTC)
    assert list(ask(folder, start=day).close) == [11.5, 12]
    assert list(ask(folder, end=day).close) == [10.5, 11.5]


def test_a_folder_that_is_gone_for_a_while_is_a_source_that_is_down(folder):
    folder("ACME.csv", DAILY)
    provider, away = opened(folder), folder.path.rename(folder.path.with_name("away"))
    with pytest.raises(Unavailable, match="cannot be read"):
        provider.bars(["ACME"], Interval.D1, None, None)
    assert provider.capabilities.intervals == frozenset()
    away.rename(folder.path)
    assert len(provider.bars(["ACME"], Interval.D1, None, None)["ACME"]) == 3


def test_a_file_that_changes_is_read_again(folder):
    path = folder("ACME.csv", DAILY)
    provider = opened(folder)
    assert len(provider.bars(["ACME"], Interval.D1, None, None)["ACME"]) == 3
    path.write_text(DAILY + "2026-01-13,12,13,12,13,13,4000\n")
    assert len(provider.bars(["ACME"], Interval.D1, None, None)["ACME"]) == 4


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("", Malformed, "cannot be read as a table"),
        ("a,b\n1,2\n", Malformed, "no column Date or Datetime"),
        ("Date,Close\n2026-01-08,1\n", BadBars, "no column open, high, low"),
        (HEADER + "yesterday,1,1,1,1,1,1\n", Malformed, "a Date that cannot be read"),
        (HEADER + "2026-01-08,one,1,1,1,1,1\n", BadBars, "holds text"),
        (HEADER + "2026-01-08,1,1,2,1,1,1\n", BadBars, "a high below its low"),
        (DAILY + "2026-01-09,1,1,1,1,1,1\n", BadBars, "not in order"),
    ],
)
def test_a_file_that_is_no_table_of_prices_is_refused(folder, text, kind, says):
    folder("ACME.csv", text)
    failure = ask(folder)
    assert isinstance(failure, kind)
    assert says in str(failure)
    assert "\n" not in str(failure)


def test_times_of_which_only_some_have_an_offset_are_refused(folder):
    rows = "2025-11-03 09:30:00-05:00,1,1,1,1,1,5\n2025-11-03 09:35:00,1,1,1,1,1,5\n"
    folder("ACME.5m.csv", HEADER.replace("Date", "Datetime") + rows)
    assert "some have none" in str(ask(folder, interval=Interval.M5))


def test_a_file_that_is_not_what_its_name_says_is_refused(folder):
    folder("ACME.csv.gz", "not gzip")
    folder("BOLT.parquet", "not parquet")
    assert isinstance(ask(folder), Malformed)
    assert isinstance(ask(folder, "BOLT"), Malformed)


def test_two_files_of_one_ticker_are_refused_and_leave_the_others_alone(folder):
    for name in ("ACME.csv", "ACME.parquet", "BOLT.csv"):
        folder(name, DAILY)
    assert "ACME.csv and ACME.parquet" in str(ask(folder))
    assert len(ask(folder, "BOLT")) == 3


def test_what_is_not_there_is_told_from_what_is_partly_there(folder):
    folder("ACME.csv", DAILY)
    folder("fundamentals/BOLT.json", company())
    provider = opened(folder)
    assert isinstance(ask(folder, "NOPE"), NotFound)
    assert isinstance(ask(folder, "BOLT"), NoData)
    assert isinstance(ask(folder, interval=Interval.M5), NoData)
    with pytest.raises(NoData):
        provider.fundamentals("ACME")
    with pytest.raises(NotFound):
        provider.fundamentals("NOPE")


@pytest.mark.parametrize("ticker", ["../secret", "..", "/etc/passwd", "sub/ACME", "a\\b", "", "."])
def test_a_ticker_never_leaves_the_folder(folder, ticker):
    folder.path.parent.joinpath("secret.csv").write_text(DAILY)
    folder("sub/ACME.csv", DAILY)
    assert isinstance(ask(folder, ticker), NotFound)
    with pytest.raises(NotFound):
        opened(folder).fundamentals(ticker)
    folder.path.parent.joinpath("secret.csv").unlink()


def test_a_share_class_may_be_written_with_dot_or_dash(folder):
    folder("BRK.B.csv", DAILY)
    bars = ask(folder, "BRK-B")
    assert bars.ticker == "BRK-B"
    assert len(bars) == 3


@pytest.mark.parametrize("address", ["", "  ", "/no/such/folder"])
def test_a_folder_that_is_not_there_is_a_matter_of_set_up(address):
    with pytest.raises(BadConfig, match="names no folder"):
        open_provider(address)


def test_it_is_addressed_as_files_and_the_folder(folder):
    assert open_address(f"files:{folder.path}").name == f"files:{folder.path}"


def test_a_companys_file_becomes_its_fundamentals(folder):
    folder("fundamentals/ACME.json", company())
    acme = opened(folder).fundamentals("ACME")
    assert (acme.name, acme.sector, acme.industry, acme.currency) == (
        "ACME Corp", "Industrials", "Anvils", "USD",
    )  # fmt: skip
    assert acme.quoted == {"pe_trailing": 18.0, "debt_to_equity": 0.4}
    assert acme.as_of == datetime(2026, 1, 9, 21, tzinfo=UTC)
    assert acme.point_in_time


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER, "has a header and no rows"),
        (HEADER + "2026-01-09,,,,,,\n", "has rows, but no price in any of them"),
    ],
)
def test_a_file_without_prices_is_said_to_have_none(folder, text, says):
    path = folder("ACME.csv", text)
    error = ask(folder)
    assert isinstance(error, NoData)
    assert f"{path} {says}." in str(error)
    with pytest.raises(NoData, match=says):
        genie.analyze("ACME", provider=f"files:{folder.path}")


def test_a_listing_abroad_keeps_the_hours_of_its_exchange(folder):
    folder("OCDO.L.5m.csv", HEADER.replace("Date", "Datetime") + "2026-07-09 08:00,1,2,1,2,2,9\n")
    folder("fundamentals/OCDO.L.json", company(name="Ocado"))
    bars = ask(folder, "OCDO.L", Interval.M5)
    assert bars.timezone == "Europe/London"
    assert bars.index[0] == pd.Timestamp("2026-07-09 07:00", tz="UTC")
    close = datetime(2026, 1, 9, 16, 30, tzinfo=UTC)
    assert opened(folder).fundamentals("OCDO.L").as_of == close
    assert opened(folder).fundamentals("OCDO.L", close).quoted


def test_prices_carry_the_currency_of_the_companys_file(folder):
    folder("ACME.csv", DAILY)
    assert ask(folder).currency is None
    folder("fundamentals/ACME.json", company(currency="EUR"))
    assert ask(folder).currency == "EUR"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (company(facts={"pe_trailling": 18}), "did you mean 'pe_trailing'?"),
        (
            company(facts={"luck": 7}),
            "called 'luck'. Correct the file: the name of a fact is needed.",
        ),
        (company(facts={"pe_trailing": "18"}), "a number for pe_trailing, or null"),
        (company(facts={"pe_trailing": True}), "a number for pe_trailing, or null"),
        (company(facts={"pe_trailing": float("nan")}), "a number for pe_trailing, or null"),
        (company(facts=[]), "an object of fact names and numbers"),
        (company(name=5), "text for name"),
        (company(as_of="soon"), "as_of = 'soon'"),
        (company(as_of="2026-01-09T10:00"), "a zone"),
        (company(as_of=None), "as_of when it was known"),
        (company(sectr="x"), "the key 'sectr'"),
        ("[]", "holds a list"),
        ("{", "is not JSON"),
    ],
)
def test_a_companys_file_that_cannot_be_meant_is_refused(folder, text, says):
    path = folder("fundamentals/ACME.json", text)
    with pytest.raises(Malformed) as refused:
        opened(folder).fundamentals("ACME")
    assert says in str(refused.value)
    assert str(path) in str(refused.value)


def test_facts_written_down_later_are_refused_rather_than_leaked(folder):
    folder("fundamentals/ACME.json", company())
    then = datetime(2026, 1, 8, 21, tzinfo=UTC)
    acme = opened(folder).fundamentals("ACME", then)
    assert acme.quoted == {}
    assert acme.as_of == then
    assert "known on 2026-01-09, which is after 2026-01-08" in acme.missing[0].reason


def test_peers_are_the_companies_of_the_same_sector(folder):
    folder("fundamentals/ACME.json", company())
    folder("fundamentals/BOLT.json", company(name="Bolt", facts={"pe_trailing": 12}))
    folder("fundamentals/COIL.json", company(sector="Energy"))
    folder("fundamentals/DOVE.json", company(as_of="2026-01-12"))
    folder("fundamentals/EAST.json", "{")
    group = opened(folder).peers("ACME", datetime(2026, 1, 10, tzinfo=UTC))
    assert group.basis == "sector Industrials"
    assert {peer.ticker: peer.values for peer in group.members} == {"BOLT": {"pe_trailing": 12.0}}


def test_a_company_without_a_sector_has_no_peers(folder):
    folder("fundamentals/ACME.json", company(sector=None))
    with pytest.raises(NoData, match="does not name a sector"):
        opened(folder).peers("ACME")


def test_search_finds_tickers_and_names_even_misspelt(folder):
    folder("ACME.csv", DAILY)
    folder("ZINC.csv", DAILY)
    folder("fundamentals/BOLT.json", company(name="Bolt & Nut Works"))
    provider = opened(folder)
    assert provider.search("acme")[0].ticker == "ACME"
    assert provider.search("ACMEE")[0].ticker == "ACME"
    assert provider.search("bolt and nut")[0].name == "Bolt & Nut Works"
    assert provider.search("qqqqqqqq") == ()


def test_it_says_what_the_folder_allows(folder):
    assert opened(folder).capabilities.intervals == frozenset()
    folder("ACME.csv", DAILY)
    folder("ACME.5m.csv", DAILY)
    folder("IWM.csv", DAILY)
    folder("notes.txt", "")
    folder("_index.csv", "")
    abilities = opened(folder).capabilities
    assert abilities.intervals == {Interval.D1, Interval.W1, Interval.M5, Interval.M15, Interval.H1}
    assert (abilities.small_cap_index, abilities.large_cap_index) == ("IWM", None)
    assert abilities.local
    assert not abilities.fundamentals
    folder("fundamentals/ACME.json", company())
    assert opened(folder).capabilities.point_in_time


def test_it_has_no_macro_series(folder):
    with pytest.raises(NoData):
        opened(folder).macro("DGS10")


def test_its_clock_is_the_real_one(folder):
    assert abs(opened(folder).now() - datetime.now(UTC)) < timedelta(minutes=1)  # noqa: TID251


def test_it_keeps_the_promises_of_a_provider(folder):
    folder("ACME.csv", DAILY)
    folder("fundamentals/ACME.json", company())
    folder("fundamentals/BOLT.json", company())
    check_provider(opened(folder), "ACME")


def test_weeks_are_made_from_days_when_there_is_no_file_of_weeks(folder):
    folder("ACME.csv", DAILY)
    weeks = ask(folder, interval=Interval.W1)
    assert [f"{day:%Y-%m-%d}" for day in weeks.index] == ["2026-01-05", "2026-01-12"]
    assert weeks.frame.iloc[0].to_dict() == {
        "open": 10, "high": 12, "low": 9, "close": 11.5, "volume": 3000, "adjclose": 11.25,
    }  # fmt: skip
    folder("ACME.1wk.csv", HEADER + "2026-01-05,1,1,1,1,1,5\n")
    assert list(ask(folder, interval=Interval.W1).close) == [1]


def minutes(labels, **columns) -> Bars:
    index = pd.DatetimeIndex(pd.to_datetime(labels))
    prices = dict.fromkeys(("open", "high", "low", "close"), np.arange(1.0, len(index) + 1))
    frame = pd.DataFrame(prices | {"volume": 10.0} | columns, index=index)
    return Bars.from_frame(frame, ticker="ACME", interval="5m")


def test_hours_are_counted_from_the_opening_and_stop_at_the_close():
    day = pd.date_range("2026-01-12 09:00", "2026-01-12 16:25", freq="5min")
    hours = aggregate(minutes(day), Interval.H1)
    assert [f"{label:%H:%M}" for label in hours.index.tz_convert("America/New_York")] == [
        "09:00", "09:30", "10:30", "11:30", "12:30", "13:30", "14:30", "15:30", "16:00",
    ]  # fmt: skip
    assert list(hours.volume) == [60, 120, 120, 120, 120, 120, 120, 60, 60]
    assert list(hours.open)[:2] == [1, 7]
    assert list(hours.close)[:2] == [6, 18]


def test_an_unknown_volume_in_one_part_is_unknown_in_the_whole():
    bars = minutes(["2026-01-12 09:30", "2026-01-12 09:35"], volume=[10.0, np.nan])
    assert aggregate(bars, Interval.M15).volume.isna().all()


def test_events_are_dated_by_the_longer_bar_they_fall_in():
    days = pd.DatetimeIndex(["2026-01-08", "2026-01-09", "2026-01-12"])
    frame = pd.DataFrame(dict.fromkeys(("open", "high", "low", "close"), 1.0), index=days)
    frame["Dividends"], frame["Stock Splits"] = [0.1, 0.2, 0], [0, 2.0, 3.0]
    weeks = aggregate(Bars.from_frame(frame, ticker="ACME"), Interval.W1)
    first, second = weeks.index
    assert weeks.dividends.to_dict() == {first: pytest.approx(0.3)}
    assert weeks.splits.to_dict() == {first: 2.0, second: 3.0}


def test_nothing_is_made_of_nothing():
    empty = aggregate(minutes([]), Interval.H1)
    assert (len(empty), empty.interval) == (0, Interval.H1)


@pytest.mark.recorded
def test_recorded_weeks_are_those_of_pandas(recorded):
    provider = open_provider(str(recorded / "prices/daily_yahoo_2014_2024"))
    days = provider.bars(["CRSR"], Interval.D1, None, None)["CRSR"]
    weeks = provider.bars(["CRSR"], Interval.W1, None, None)["CRSR"]
    rules = {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}
    expected = days.frame.resample("W-SUN").agg(rules)
    assert weeks.frame[list(rules)].to_numpy().tolist() == expected.to_numpy().tolist()
    assert list(weeks.index) == list(expected.index - pd.Timedelta(days=6))


@pytest.mark.recorded
def test_the_recorded_folder_is_a_provider(recorded):
    provider = open_provider(str(recorded / "prices/daily_yahoo_2014_2024"))
    check_provider(provider, "CRSR")
    answers = provider.bars(["CRSR", "DOCN", "_INDEX"], Interval.D1, None, None)
    assert isinstance(answers["CRSR"], Bars)
    assert isinstance(answers["_INDEX"], NotFound)
    assert {match.ticker for match in provider.search("crsr")} >= {"CRSR"}


DOWNLOADED = (
    "Price,Adj Close,Close,High,Low,Open,Volume\n"
    "Ticker,{0},{0},{0},{0},{0},{0}\n"
    "{1},,,,,,\n"
    "2026-01-08{2},10.25,10.5,11,9,10,1000\n"
    "2026-01-09{2},11.25,11.5,12,10,10.5,2000\n"
)
"""What `yfinance.download("ACME").to_csv("ACME.csv")` writes."""


def test_the_three_header_rows_of_a_yfinance_download_are_read(folder):
    folder("ACME.csv", DOWNLOADED.format("ACME", "Date", ""))
    folder.path.joinpath("BRK-B.csv.gz").write_bytes(
        gzip.compress(DOWNLOADED.format("BRK-B", "Date", "").encode())
    )
    for ticker in ("ACME", "BRK-B"):
        bars = ask(folder, ticker)
        assert list(bars.close) == [10.5, 11.5]
        assert list(bars.adjclose) == [10.25, 11.25]
        assert list(bars.volume) == [1000, 2000]


def test_a_download_of_intraday_bars_keeps_its_moments(folder):
    folder("ACME.1h.csv", DOWNLOADED.format("ACME", "Datetime", " 14:30:00+00:00"))
    bars = ask(folder, interval=Interval.H1)
    assert [moment.isoformat() for moment in bars.index] == [
        "2026-01-08T14:30:00+00:00",
        "2026-01-09T14:30:00+00:00",
    ]


@pytest.mark.parametrize("tickers_first", [False, True])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_of_a_download_of_several_tickers_each_file_gives_its_own(folder, tickers_first, kind):
    folder("plain.txt", DAILY)
    own = pd.read_csv(folder.path / "plain.txt", index_col="Date", parse_dates=True)
    both = pd.concat({"BOLT": own * 2, "ACME": own}, axis=1, names=["Ticker", "Price"])
    both = both if tickers_first else both.swaplevel(axis=1)
    path = folder.path / f"ACME.{kind}"
    both.to_csv(path) if kind == "csv" else both.to_parquet(path)
    assert list(ask(folder).close) == [10.5, 11.5, 12]


def test_a_download_of_another_ticker_is_refused(folder):
    folder("ACME.csv", DOWNLOADED.format("BOLT", "Date", ""))
    error = ask(folder)
    assert isinstance(error, Malformed)
    assert "prices of ACME" in str(error)
