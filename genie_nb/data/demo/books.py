"""A company's books, quarter by quarter, made backwards from its price, size and P/E.

    price / P/E -> earnings per share -> net income / margin -> revenue -> costs
    net income / return on equity -> equity -> debt, liabilities, assets

Everything is counted in today's shares, as the prices are, so that a split changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from ...core.fundamentals import Topic
from .company import Company
from .dividends import paid_by_quarter
from .economics import SECTORS, Economics
from .schedule import QUARTERS, Release, releases
from .streams import stream

DOLLARS: Mapping[str, float] = {"USD": 1.0, "EUR": 1.08}
"""What one unit of a currency costs in the fictional market, at all times."""

_TAX = 0.21
_INTEREST = 0.055

type Row = np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All quarters of a company, oldest first.

    Attributes:
        releases: When each quarter ended and became public.
        currency: ISO code of the money in them.
        rows: Statement row to its values, aligned with *releases*; a row the company does not
            report is absent.
    """

    releases: tuple[Release, ...]
    currency: str
    rows: Mapping[Topic, Mapping[str, Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sketch:
    """What the other rows are made from."""

    revenue: Row
    net_income: Row
    eps: Row
    shares: Row
    diluted: Row
    scale: Row


@cache
def books(company: Company) -> Books:
    """The books of *company* up to the market's present."""
    random = stream(company.ticker, "books")
    usual, told = SECTORS[company.sector], releases(company)[:QUARTERS]
    sketch = _sketch(company, usual, told, random)
    cashflow = _cashflow(company, usual, sketch, told, random)
    balance = _balance(company, usual, sketch, cashflow, random)
    income = _income(company, usual, sketch, balance, random)
    return Books(
        releases=told,
        currency=company.traits.books.currency,
        rows={"income": income, "balance": balance, "cashflow": cashflow},
    )


def _sketch(
    company: Company,
    usual: Economics,
    told: tuple[Release, ...],
    random: np.random.RandomState,
) -> _Sketch:
    traits = company.traits.books
    ago = np.arange(QUARTERS - 1, -1, -1) / 4
    growth = _growth(company.growth, random)
    season = _season(usual, told)
    shares = np.round(company.shares * (1 + _share_growth(company, random)) ** -ago, -2)
    diluted = shares if traits.earnings else np.round(shares * (1 + 0.02 * random.random_sample()))
    cap = company.market_cap / DOLLARS[traits.currency]
    if company.pe is not None:
        net_income = _earnings_per_share(company, growth, season, random) * diluted
        margin = traits.net_margin or usual.net * float(np.exp(0.18 * random.standard_normal()))
        revenue = _backwards(net_income[-4:].sum() / margin, growth, season)
    elif traits.revenue:
        sales = cap / float(np.exp(random.uniform(-0.2, 1.2)))
        revenue = _backwards(sales, growth, season)
        margin = traits.net_margin or -random.uniform(0.06, 0.42)
        worse = 1 + 0.12 * ago + 0.06 * random.standard_normal(QUARTERS)
        net_income = margin * revenue * np.clip(worse, 0.4, 2.2)
    else:
        revenue = np.zeros(QUARTERS)
        burn = cap * random.uniform(0.035, 0.06)
        net_income = -burn * np.exp(-0.08 * ago + 0.08 * random.standard_normal(QUARTERS))
    return _Sketch(
        revenue=_thousands(revenue),
        net_income=_thousands(net_income),
        eps=np.round(net_income / diluted, 2) + 0.0,
        shares=shares,
        diluted=diluted,
        scale=np.exp(-ago * 0.7 * np.log1p(np.clip(growth, -0.1, 0.3).mean())),
    )


def _growth(latest: float, random: np.random.RandomState) -> Row:
    """Revenue over the same quarter a year before, less one; the newest is *latest* exactly."""
    growth = 0.5 * latest + 0.03 + 0.025 * random.standard_normal(QUARTERS)
    growth[-4:] = latest * (1 + 0.15 * random.standard_normal(4))
    growth[-1] = latest
    return np.clip(growth, -0.3, 0.6)


def _season(usual: Economics, told: tuple[Release, ...]) -> Row:
    months = np.array([release.end.month for release in told])
    return 1 + usual.season * np.cos(2 * np.pi * (months - 12) / 12)


def _backwards(last_year: float, growth: Row, season: Row) -> Row:
    """Quarters whose last four sum to *last_year* and that grew as *growth* says."""
    quarters = np.zeros(QUARTERS)
    weights = (1 + growth[-1]) ** (np.arange(4) / 4) * season[-4:]
    quarters[-4:] = last_year * weights / weights.sum()
    for row in range(QUARTERS - 1, 3, -1):
        quarters[row - 4] = quarters[row] / (1 + growth[row])
    return quarters


def _earnings_per_share(
    company: Company, growth: Row, season: Row, random: np.random.RandomState
) -> Row:
    """Diluted earnings in cents; the last four give the company's P/E as nearly as cents can."""
    assert company.pe is not None
    price = company.price / DOLLARS[company.traits.books.currency]
    told = company.traits.books.earnings
    target = sum(told[-4:]) if told else round(price / company.pe, 2)
    pace = np.clip(1.08 * growth + 0.04 * random.standard_normal(QUARTERS), -0.25, 0.6)
    eps = np.round(_backwards(target, pace, season), 2)
    if told:
        eps[-len(told) :] = told
        for row in range(QUARTERS - len(told) - 1, -1, -1):
            eps[row] = round(eps[row + 4] / (1 + pace[row + 4]), 2)
    else:
        eps[-1] = target - eps[-4:-1].sum()
    return np.round(eps, 2)


def _share_growth(company: Company, random: np.random.RandomState) -> float:
    wanted = company.traits.books.share_growth
    if wanted is not None:
        return wanted
    if not company.profitable:
        return random.uniform(0.05, 0.14)
    if company.market_cap > 10e9:
        return random.uniform(-0.02, 0.002)
    return random.uniform(-0.01, 0.02)


def _cashflow(
    company: Company,
    usual: Economics,
    sketch: _Sketch,
    told: tuple[Release, ...],
    random: np.random.RandomState,
) -> dict[str, Row]:
    traits = company.traits.books
    conversion = random.uniform(0.6, 1.05) if company.profitable else random.uniform(0.75, 1.0)
    noise = np.exp(0.12 * random.standard_normal(QUARTERS))
    free = sketch.net_income * conversion * noise
    if traits.free_cash_flow is not None:
        free *= traits.free_cash_flow / free[-4:].sum()
    base = sketch.revenue if traits.revenue else np.abs(sketch.net_income) * 0.2
    spent = -usual.capex * base
    price = company.price / DOLLARS[traits.currency]
    bought = (
        -np.maximum(-np.diff(sketch.shares, prepend=sketch.shares[0]), 0) * price * sketch.scale
    )
    per_share = paid_by_quarter(company, [release.end for release in told])
    rows = {
        "operating_cash_flow": free - spent,
        "free_cash_flow": free,
        "capital_expenditure": spent,
        "stock_compensation": (0.06 if usual.research > 0.1 else 0.012) * base,
        "buybacks": bought,
        "dividends_paid": -per_share * sketch.shares / DOLLARS[traits.currency],
    }
    return {name: _thousands(values) for name, values in rows.items()}


def _balance(
    company: Company,
    usual: Economics,
    sketch: _Sketch,
    cashflow: Mapping[str, Row],
    random: np.random.RandomState,
) -> dict[str, Row]:
    traits = company.traits.books
    burn = max(-cashflow["free_cash_flow"][-4:].sum() / 4, 0.0)
    runway = traits.runway or random.uniform(4, 16)
    equity = _equity(company, usual, sketch, burn * runway, random) * sketch.scale
    size = np.abs(equity)
    leverage = _or(
        traits.debt_to_equity, usual.debt * float(np.exp(0.35 * random.standard_normal()))
    )
    if not traits.revenue:
        leverage = 0.08
    drift = np.exp(np.append(0.04 * random.standard_normal(QUARTERS - 1), 0.0))
    debt = leverage * size * drift
    other = _or(
        traits.other_liabilities, 8.0 if company.unclassified else random.uniform(0.25, 0.6)
    )
    liabilities = debt + (other if traits.revenue else 0.12) * size
    assets = equity + liabilities
    retained = _or(traits.retained, random.uniform(0.3, 0.8) if company.profitable else -1.6)
    if burn:
        cash = np.minimum(burn * runway * np.ones(QUARTERS), 0.9 * assets)
        cash[:-1] *= np.exp(0.25 * random.standard_normal(QUARTERS - 1))
        cash = np.minimum(cash, 0.92 * assets)
    else:
        cash = _or(traits.cash, assets[-1] * random.uniform(0.06, 0.16)) * sketch.scale
    rows = {
        "total_assets": assets,
        "total_liabilities": liabilities,
        "cash": cash,
        "total_debt": debt,
        "equity": equity,
        "retained_earnings": retained * size,
    }
    if not company.unclassified:
        rows |= _current(company, rows, usual.liquidity, random)
    rounded = {name: _thousands(values) for name, values in rows.items()}
    if not company.unclassified:
        rounded["working_capital"] = rounded["current_assets"] - rounded["current_liabilities"]
    rounded["total_assets"] = rounded["equity"] + rounded["total_liabilities"]
    return rounded | {"shares": sketch.shares}


def _equity(
    company: Company,
    usual: Economics,
    sketch: _Sketch,
    cash: float,
    random: np.random.RandomState,
) -> float:
    wanted = company.traits.books.equity
    if wanted is not None:
        return wanted
    if not company.traits.books.revenue:
        return 0.92 * cash
    if company.profitable:
        roe = usual.roe * float(np.exp(0.22 * random.standard_normal()))
        return sketch.net_income[-4:].sum() / roe
    return max(company.market_cap / random.uniform(1.4, 3.5), 0.8 * cash)


def _current(
    company: Company,
    rows: Mapping[str, Row],
    usual_ratio: float,
    random: np.random.RandomState,
) -> dict[str, Row]:
    traits, assets, cash = company.traits.books, rows["total_assets"], rows["cash"]
    ratio = _or(traits.current_ratio, usual_ratio * float(np.exp(0.2 * random.standard_normal())))
    part = _or(traits.current_liabilities, random.uniform(0.35, 0.55))
    wobble = np.exp(np.append(0.03 * random.standard_normal(QUARTERS - 1), 0.0))
    owed = np.minimum(part * rows["total_liabilities"], 0.8 * assets / ratio)
    current = np.clip(ratio * owed * wobble, np.minimum(1.04 * cash, 0.97 * assets), 0.97 * assets)
    return {"current_assets": current, "current_liabilities": owed}


def _income(
    company: Company,
    usual: Economics,
    sketch: _Sketch,
    balance: Mapping[str, Row],
    random: np.random.RandomState,
) -> dict[str, Row]:
    traits = company.traits.books
    interest = balance["total_debt"] * _INTEREST / 4
    kept = np.where(sketch.net_income > 0, 1 - _TAX, 1.0)
    operating = sketch.net_income / kept + interest
    base = sketch.revenue if traits.revenue else np.abs(sketch.net_income) * 0.2
    rows = {
        "net_income": sketch.net_income,
        "net_income_common": sketch.net_income,
        "interest_expense": interest,
    }
    if traits.revenue:
        rows["revenue"] = sketch.revenue
    if not company.unclassified:
        rows["operating_income"] = rows["ebit"] = operating
        rows["ebitda"] = operating + usual.depreciation * base
        if traits.revenue:
            margin = _or(
                traits.gross_margin, usual.gross * float(np.exp(0.12 * random.standard_normal()))
            )
            wobble = np.append(0.006 * random.standard_normal(QUARTERS - 1), 0.0)
            rows["gross_profit"] = np.maximum((margin + wobble) * base, 1.1 * operating)
    if not traits.revenue:
        rows["research"] = 0.78 * -sketch.net_income
    elif usual.research:
        rows["research"] = usual.research * base
    rounded = {name: _thousands(values) for name, values in rows.items()}
    return rounded | {"eps_diluted": sketch.eps, "diluted_shares": sketch.diluted}


def _thousands(values: Row) -> Row:
    return np.round(values, -3) + 0.0


def _or(wanted: float | None, usual: float) -> float:
    return usual if wanted is None else wanted
