"""The promises of a provider, checked by asking it what genie_nb will ask."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import numpy as np

from ..core.errors import DataError, Delisted, NoData, NotFound
from ..core.fundamentals import Fundamentals
from ..core.market import Bars, Interval
from ..core.provider import Capabilities, Match, Provider


def check_provider(provider: Provider, ticker: str, *, unknown: str = "NO-SUCH-TICKER-XYZ") -> None:
    """Ask a provider what genie_nb will ask it, and say which promise it breaks.

    A provider raises a typed `DataError` when it fails and is empty only where there truly is
    nothing; its times are aware UTC, its bars in order and finite, and nothing in an answer is newer
    than the `as_of` it was asked for.

    Args:
        provider: The provider, opened.
        ticker: One it knows, with daily bars.
        unknown: One it does not know.

    Raises:
        AssertionError: A promise is broken; the message says which.

    Example:
        >>> import pandas as pd
        >>> from genie_nb.testing import FakeProvider
        >>> days = pd.to_datetime(["2026-01-08", "2026-01-09", "2026-01-12"])
        >>> frame = pd.DataFrame({"open": 1.0, "high": 2.0, "low": 1.0, "close": 2.0}, index=days)
        >>> check_provider(FakeProvider(bars=[Bars.from_frame(frame, ticker="ACME")]), "ACME")
    """
    _check_manners(provider)
    for interval in sorted(provider.capabilities.intervals):
        _check_bars(provider, ticker, interval)
    _check_unknown(provider, unknown)
    _check_search(provider, ticker, unknown)
    _check_company(provider, ticker, unknown)
    _check_peers(provider, ticker, unknown)


def _check_manners(provider: Provider) -> None:
    _promise(isinstance(provider, Provider), "has the methods of the Provider protocol")
    _promise(bool(provider.name), "has a name")
    _promise(isinstance(provider.capabilities, Capabilities), "says what it can do")
    _promise(Interval.D1 in provider.capabilities.intervals, "has daily bars")
    _promise_utc(provider.now(), "its clock")


def _check_bars(provider: Provider, ticker: str, interval: Interval) -> None:
    tape = _tape(provider, ticker, interval, None, None)
    if tape is None:
        return
    what = f"the {interval} bars of {ticker}"
    _promise(tape.ticker == ticker, f"{what} carry that ticker, not {tape.ticker!r}")
    _promise(tape.interval == interval, f"{what} carry that interval, not {tape.interval}")
    _promise(str(tape.index.tz) == "UTC", f"{what} are indexed in UTC, not {tape.index.tz}")
    ordered = tape.index.is_monotonic_increasing and tape.index.is_unique
    _promise(ordered, f"{what} are in order, one row per bar")
    prices = tape.frame[["open", "high", "low", "close"]].to_numpy()
    _promise(bool(np.isfinite(prices).all()), f"{what} have finite prices")
    _promise(bool(np.all(tape.high >= tape.low)), f"{what} have no high below its low")
    if tape.fetched_at is not None:
        _promise_utc(tape.fetched_at, f"fetched_at of {what}")
    _check_limits(provider, tape)


def _check_limits(provider: Provider, tape: Bars) -> None:
    labels = [label.to_pydatetime() for label in tape.index]
    middle = labels[len(labels) // 2]
    what = f"the {tape.interval} bars of {tape.ticker}"
    late = _tape(provider, tape.ticker, tape.interval, middle, None)
    kept = late is not None and late.index[0].to_pydatetime() >= middle
    _promise(kept, f"{what} begin no earlier than asked")
    early = _tape(provider, tape.ticker, tape.interval, None, middle)
    kept = early is not None and early.index[-1].to_pydatetime() <= middle
    _promise(kept, f"{what} end no later than asked")


def _tape(
    provider: Provider,
    ticker: str,
    interval: Interval,
    start: datetime | None,
    end: datetime | None,
) -> Bars | None:
    """The bars asked for; None where the ticker has none of that (intraday) interval."""
    answer = provider.bars([ticker], interval, start, end)
    _promise(ticker in answer, f"bars() answers for every ticker it was asked for: {ticker}")
    tape = answer[ticker]
    if isinstance(tape, NoData | NotFound) and interval is not Interval.D1:
        return None
    _promise(isinstance(tape, Bars), f"bars() have {interval} bars of {ticker}, not {tape!r}")
    assert isinstance(tape, Bars)
    _promise(len(tape) > 0, f"bars() of {ticker} are not silently empty")
    return tape


def _check_unknown(provider: Provider, unknown: str) -> None:
    answer = provider.bars([unknown], Interval.D1, None, None).get(unknown)
    typed = isinstance(answer, NotFound | Delisted | NoData)
    _promise(typed, f"bars() of an unknown ticker are a NotFound, not {answer!r}")


def _check_search(provider: Provider, ticker: str, unknown: str) -> None:
    for words in (ticker, unknown):
        found = provider.search(words)
        whole = all(isinstance(match, Match) for match in found)
        _promise(whole, f"search({words!r}) answers with Match values")


def _check_company(provider: Provider, ticker: str, unknown: str) -> None:
    _promise_raises(lambda: provider.fundamentals(unknown), "fundamentals() of an unknown ticker")
    if not provider.capabilities.fundamentals:
        _promise_raises(lambda: provider.fundamentals(ticker), "fundamentals() it does not have")
        return
    company = provider.fundamentals(ticker)
    _check_fundamentals(company, ticker, provider.now())
    if provider.capabilities.point_in_time:
        then = company.as_of - timedelta(days=365)
        try:
            before = provider.fundamentals(ticker, then)
        except NoData:
            return
        _check_fundamentals(before, ticker, then)
        _promise(before.point_in_time, f"fundamentals({ticker!r}, as_of) say they are of that time")


def _check_fundamentals(company: Fundamentals, ticker: str, moment: datetime) -> None:
    what = f"the fundamentals of {ticker} as of {moment:%Y-%m-%d}"
    _promise(company.ticker == ticker, f"{what} carry that ticker, not {company.ticker!r}")
    _promise_utc(company.as_of, f"as_of of {what}")
    _promise(company.as_of <= moment, f"{what} are not from {company.as_of}")
    for name, value in company.quoted.items():
        _promise(bool(np.isfinite(value)), f"{what} leave out {name} rather than call it {value}")
    for statement in company.statements:
        ends = [period.end for period in statement.periods]
        _promise(ends == sorted(ends), f"{what} have the oldest {statement.topic} period first")
    if company.point_in_time:
        newest = max((day for day in _days(company)), default=date.min)
        _promise(newest <= moment.date(), f"{what} hold nothing from {newest}")


def _days(company: Fundamentals) -> Iterable[date]:
    """Every day on which something in *company* became public."""
    for statement in company.statements:
        for period in statement.periods:
            yield period.end if period.filed is None else period.filed.date()
    yield from (trade.day for trade in company.insider_trades or ())
    yield from (report.day for report in company.earnings or ())


def _check_peers(provider: Provider, ticker: str, unknown: str) -> None:
    _promise_raises(lambda: provider.peers(unknown), "peers() of an unknown ticker")
    if not provider.capabilities.peers:
        return
    group = provider.peers(ticker)
    _promise(group.ticker == ticker, f"peers({ticker!r}) are for that ticker")
    members = [peer.ticker for peer in group.members]
    _promise(ticker not in members, f"{ticker} is not its own peer")
    _promise(len(set(members)) == len(members), f"the peers of {ticker} are each named once")
    for peer in group.members:
        whole = all(value is None or np.isfinite(value) for value in peer.values.values())
        _promise(whole, f"the multiples of {peer.ticker} are finite or None")


def _promise(kept: bool, promise: str) -> None:
    if not kept:
        raise AssertionError(f"The provider does not keep its promise: {promise}.")


def _promise_utc(moment: datetime, what: str) -> None:
    aware = moment.tzinfo is not None and moment.utcoffset() == timedelta(0)
    _promise(aware, f"{what} is an aware UTC time, not {moment!r}")


def _promise_raises(ask: Callable[[], object], what: str) -> None:
    try:
        answer = ask()
    except DataError:
        return
    _promise(kept=False, promise=f"{what} raise a DataError and do not return {answer!r}")
