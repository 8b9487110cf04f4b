"""A small company whose every ratio can be worked out by hand, and bars to go with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from genie_nb.core.facts.subject import Subject
from genie_nb.core.fundamentals import Fundamentals, Period, Statement
from genie_nb.core.market import Bars
from genie_nb.core.provider import Peer, PeerGroup

ENDS = (
    date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30),
    date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30),
)  # fmt: skip
REVENUE = (100e6, 100e6, 100e6, 100e6, 110e6, 110e6, 110e6, 112e6)
EPS = (0.20, 0.20, 0.20, 0.20, 0.25, 0.25, 0.25, 0.25)
BALANCE = {
    "total_assets": 400e6, "total_liabilities": 200e6, "current_assets": 150e6,
    "current_liabilities": 75e6, "working_capital": 75e6, "cash": 50e6, "total_debt": 80e6,
    "equity": 200e6, "retained_earnings": 100e6,
}  # fmt: skip


def periods(**rows: Sequence[float]) -> tuple[Period, ...]:
    """One quarter per column; the columns end with the newest."""
    count = len(next(iter(rows.values())))
    return tuple(
        Period(end=end, rows={name: values[i] for name, values in rows.items()})
        for i, end in enumerate(ENDS[-count:])
    )


def quarterly(topic: str, currency: str | None = "USD", **rows: Sequence[float]) -> Statement:
    return Statement(topic=topic, frequency="quarterly", currency=currency, periods=periods(**rows))  # type: ignore[arg-type]


def plain_company(**changes: object) -> Fundamentals:
    """Revenue of 442 million, a dollar of earnings a share, 80 of debt on 200 of equity."""
    income = quarterly(
        "income",
        revenue=REVENUE,
        gross_profit=[0.40 * sales for sales in REVENUE],
        operating_income=[0.10 * sales for sales in REVENUE],
        ebit=[0.10 * sales for sales in REVENUE],
        ebitda=[0.15 * sales for sales in REVENUE],
        net_income=[40e6 * eps for eps in EPS],
        net_income_common=[40e6 * eps for eps in EPS],
        eps_diluted=EPS,
        interest_expense=[1e6] * 8,
    )
    balance = quarterly(
        "balance",
        shares=[39e6] * 4 + [40e6] * 4,
        **{name: [value] * 8 for name, value in BALANCE.items()},
    )
    cashflow = quarterly("cashflow", free_cash_flow=[5e6] * 8)
    company = Fundamentals(
        ticker="ACME",
        name="ACME Corp",
        source="test",
        as_of=datetime(2026, 1, 12, 21, 30, tzinfo=UTC),
        sector="Industrials",
        industry="Specialty machinery",
        currency="USD",
        financial_currency="USD",
        quoted={"market_cap": 720e6, "shares_outstanding": 40e6, "analyst_count": 2.0},
        most_recent_quarter=date(2025, 9, 30),
        statements=(income, balance, cashflow),
        insider_trades=(),
        earnings=(),
        point_in_time=True,
    )
    return replace(company, **changes)  # type: ignore[arg-type]


def with_rows(company: Fundamentals, topic: str, **rows: float) -> Fundamentals:
    """The same company with other figures in every quarter of one statement."""
    return replace(
        company,
        statements=tuple(
            replace(
                statement,
                periods=tuple(
                    replace(period, rows={**period.rows, **rows}) for period in statement.periods
                ),
            )
            if statement.topic == topic
            else statement
            for statement in company.statements
        ),
    )


def without_rows(company: Fundamentals, *names: str) -> Fundamentals:
    """The same company, some rows never reported."""
    return replace(
        company,
        statements=tuple(
            replace(
                statement,
                periods=tuple(
                    replace(period, rows={k: v for k, v in period.rows.items() if k not in names})
                    for period in statement.periods
                ),
            )
            for statement in company.statements
        ),
    )


def daily_bars(closes: Sequence[float], *, volume: float = 90_000, ticker: str = "ACME") -> Bars:
    """Bars that end on 2026-01-12, a cent of range around each close."""
    frame = pd.DataFrame(
        {
            "open": closes,
            "high": [close + 0.01 for close in closes],
            "low": [close - 0.01 for close in closes],
            "close": closes,
            "volume": volume,
        },
        index=pd.bdate_range(end="2026-01-12", periods=len(closes)),
    )
    return Bars.from_frame(frame, ticker=ticker, currency="USD", source="test")


def peers(values: Mapping[str, float | None], fact: str = "pe_trailing") -> PeerGroup:
    return PeerGroup(
        ticker="ACME",
        basis="sector Industrials",
        members=tuple(
            Peer(ticker=ticker, name=ticker, values={fact: value})
            for ticker, value in values.items()
        ),
        as_of=datetime(2026, 1, 12, 21, 30, tzinfo=UTC),
        source="test",
    )


def plain_subject(**changes: object) -> Subject:
    """The plain company at 18 dollars a share."""
    subject = Subject(
        ticker="ACME",
        as_of=datetime(2026, 1, 12, 21, 30, tzinfo=UTC),
        bars=daily_bars([18.0] * 300),
        fundamentals=plain_company(),
    )
    return replace(subject, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def company() -> Callable[..., Fundamentals]:
    return plain_company


@pytest.fixture(scope="session")
def subject() -> Callable[..., Subject]:
    return plain_subject


@pytest.fixture(scope="session")
def bars() -> Callable[..., Bars]:
    return daily_bars


@pytest.fixture(scope="session")
def peer_group() -> Callable[..., PeerGroup]:
    return peers


@pytest.fixture(scope="session")
def changed() -> Callable[..., Fundamentals]:
    return with_rows


@pytest.fixture(scope="session")
def unreported() -> Callable[..., Fundamentals]:
    return without_rows
