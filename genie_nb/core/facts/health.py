"""How it is financed: debt, cash, and how far it is from trouble."""

from datetime import date, datetime
from statistics import fmean
from typing import NamedTuple

from ..fundamentals import Fundamentals, Topic
from .fact import Input
from .outcome import Outcome, meaningless
from .own import older, settled
from .ratio import amount, money_of_statements, quotient, unreported
from .spec import FactSpec, below, rest, upto
from .statements import Figures, newest, quarters, trailing
from .units import MONEY
from .workings import Workings, as_input, lacking

GROUP = "health"

NO_EQUITY = "stockholders' equity is not positive: liabilities exceed assets"


def is_bank(company: Fundamentals | None) -> bool:
    """Whether the company is a bank, whose debt is its raw material."""
    if company is None:
        return False
    words = f"{company.sector or ''} {company.industry or ''}".lower().replace("—", " ").split()
    return any(word.startswith(("bank", "thrift", "savings")) for word in words)


def _newest(workings: Workings, *rows: str) -> Figures | None:
    company = workings.subject.fundamentals
    return newest(company, "balance", *rows) if company else None


def _trailing(workings: Workings, topic: Topic, *rows: str) -> Figures | None:
    company = workings.subject.fundamentals
    return trailing(company, topic, *rows) if company else None


def _debt_to_equity(workings: Workings) -> Outcome:
    owned = _newest(workings, "equity")
    ours = quotient(
        workings,
        _newest(workings, "total_debt", "equity"),
        "total_debt",
        "equity",
        named="debt" if owned else "stockholders' equity",
        topic="balance",
        nonsense=NO_EQUITY,
    )
    return settled(
        workings, "debt_to_equity", ours, sense=lambda own: NO_EQUITY if own < 0 else None
    )


def _current_ratio(workings: Workings) -> Outcome:
    ours = quotient(
        workings,
        _newest(workings, "current_assets", "current_liabilities"),
        "current_assets",
        "current_liabilities",
        named="the split into short-term assets and liabilities",
        topic="balance",
        nonsense="there are no short-term liabilities",
    )
    return settled(workings, "current_ratio", ours)


def _total_debt(workings: Workings) -> Outcome:
    found = _newest(workings, "total_debt")
    ours = amount(workings, found, "total_debt", named="debt", topic="balance")
    return settled(workings, "total_debt", ours, unit=money_of_statements(workings))


def _cash(workings: Workings) -> Outcome:
    ours = amount(workings, _newest(workings, "cash"), "cash", named="cash", topic="balance")
    return settled(workings, "cash", ours, unit=money_of_statements(workings))


def _runway(workings: Workings) -> Outcome:
    cash, burning = workings.fact("cash"), _burn(workings)
    if burning is None:
        return unreported(workings, "free cash flow", "cashflow")
    if burning.burn <= 0:
        reason = "it burns no cash: free cash flow is not negative"
        return meaningless(reason, inputs=burning.inputs, as_of=burning.as_of)
    return lacking(cash) or Outcome(
        value=(cash.value or 0.0) / burning.burn,
        as_of=burning.as_of,
        inputs=(as_input(cash), *burning.inputs),
    )


class _Burn(NamedTuple):
    """Cash that leaves in a quarter; negative when more comes in."""

    burn: float
    as_of: date | datetime | None
    inputs: tuple[Input, ...]


def _burn(workings: Workings) -> _Burn | None:
    """By quarters, else by a quarter of the twelve months' figure, which may be the provider's own."""
    company = workings.subject.fundamentals
    flows = quarters(company, "cashflow", "free_cash_flow")[-4:] if company else []
    year = workings.fact("free_cash_flow_ttm")
    if flows and (year.value is None or not older(workings, flows[-1].end)):
        mean = fmean(flow["free_cash_flow"] for flow in flows)
        return _Burn(-mean, flows[-1].end, tuple(item for flow in flows for item in flow.inputs()))
    if year.value is None:
        return None
    return _Burn(-year.value / 4, year.as_of, (as_input(year),))


_BALANCE = ("total_assets", "retained_earnings", "equity")


def _altman(workings: Workings) -> Outcome:
    company = workings.subject.fundamentals
    if is_bank(company):
        return meaningless("the formula was not made for banks")
    balance = _newest(workings, *_BALANCE, "working_capital") or _newest(
        workings, *_BALANCE, "current_assets", "current_liabilities"
    )
    profit = _trailing(workings, "income", "ebit")
    if balance is None or profit is None:
        return unreported(workings, "a row that the formula needs", "balance")
    if balance.currency != profit.currency:
        return meaningless("balance sheet and income are in different currencies")
    assets, equity = balance["total_assets"], balance["equity"]
    owed = _newest(workings, "total_liabilities", "total_assets")
    liabilities = owed["total_liabilities"] if owed and owed.end == balance.end else assets - equity
    if assets <= 0 or liabilities <= 0:
        return meaningless("assets or liabilities are not positive", inputs=balance.inputs())
    rows = balance.rows
    capital = rows.get("working_capital")
    if capital is None:
        capital = rows["current_assets"] - rows["current_liabilities"]
    value = (
        6.56 * capital / assets
        + 3.26 * balance["retained_earnings"] / assets
        + 6.72 * profit["ebit"] / assets
        + 1.05 * equity / liabilities
    )
    total = Input(
        name=f"total_liabilities ({balance.span})",
        value=liabilities,
        source=balance.source,
        as_of=balance.end,
        unit=balance.currency,
    )
    inputs = (*balance.inputs(), total, *profit.inputs())
    return settled(workings, "altman_z", Outcome(value=value, as_of=balance.end, inputs=inputs))


DEBT_TO_EQUITY = FactSpec(
    name="debt_to_equity",
    unit="ratio",
    label="Debt / equity",
    group=GROUP,
    formula="total debt / stockholders' equity",
    compute=_debt_to_equity,
    words=("d/e", "debt to equity", "debt-to-equity", "leverage", "gearing"),
    better="lower",
    cuts=(
        upto(0.5, "low leverage", "good"),
        upto(1.0, "moderate leverage"),
        upto(2.0, "high leverage", "warn"),
        rest("very high leverage", "bad"),
    ),
)

CURRENT_RATIO = FactSpec(
    name="current_ratio",
    unit="ratio",
    label="Current ratio",
    group=GROUP,
    formula="short-term assets / short-term liabilities",
    compute=_current_ratio,
    words=("liquidity ratio", "working capital ratio"),
    better="higher",
    cuts=(below(1.0, "tight", "warn"), below(1.5, "adequate"), rest("comfortable", "good")),
)

TOTAL_DEBT = FactSpec(
    name="total_debt",
    unit=MONEY,
    label="Total debt",
    group=GROUP,
    formula="long-term and short-term debt of the newest balance sheet",
    compute=_total_debt,
    words=("debt", "borrowings"),
    better="lower",
)

CASH = FactSpec(
    name="cash",
    unit=MONEY,
    label="Cash",
    group=GROUP,
    formula="cash, equivalents and short-term investments of the newest balance sheet",
    compute=_cash,
    words=("cash and equivalents", "liquid funds"),
    better="higher",
)

CASH_RUNWAY_QUARTERS = FactSpec(
    name="cash_runway_quarters",
    unit="quarters",
    label="Cash runway",
    group=GROUP,
    formula="cash / mean quarterly cash burn (negative free cash flow) of the last 4 quarters, of "
    "those there are, or a quarter of twelve months' burn",
    compute=_runway,
    words=("runway", "cash runway", "burn"),
    better="higher",
    cuts=(below(4, "short", "bad"), below(8, "limited", "warn"), rest("comfortable", "good")),
)

ALTMAN_Z = FactSpec(
    name="altman_z",
    unit="ratio",
    label="Altman Z″",
    group=GROUP,
    formula="6.56 × working capital / assets + 3.26 × retained earnings / assets + 6.72 × EBIT of "
    "twelve months / assets + 1.05 × equity / liabilities",
    compute=_altman,
    words=("altman", "z-score", "z score", "bankruptcy score"),
    better="higher",
    cuts=(
        below(1.1, "distress zone", "bad"),
        upto(2.6, "grey zone", "warn"),
        rest("far from distress", "good"),
    ),
)
