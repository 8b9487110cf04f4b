"""What it keeps: margins, cash and the return on what owners put in."""

from collections.abc import Callable

from .outcome import Outcome, meaningless
from .own import settled
from .ratio import amount, money_of_statements, quotient, unreported
from .spec import Cut, FactSpec, below, rest, upto
from .statements import newest, trailing
from .units import MONEY
from .workings import Workings

GROUP = "margins"

_KEPT = (
    below(0.0, "losing money", "bad"),
    below(0.05, "thin", "warn"),
    below(0.15, "fair"),
    rest("high", "good"),
)


def _margin(name: str, row: str, named: str) -> Callable[[Workings], Outcome]:
    def compute(workings: Workings) -> Outcome:
        company = workings.subject.fundamentals
        sold = trailing(company, "income", "revenue") if company else None
        ours = quotient(
            workings,
            trailing(company, "income", row, "revenue") if company else None,
            row,
            "revenue",
            named=named if sold else "revenue",
            topic="income",
            nonsense="there is no revenue",
        )
        return settled(workings, name, ours)

    return compute


def _free_cash_flow(workings: Workings) -> Outcome:
    company = workings.subject.fundamentals
    found = trailing(company, "cashflow", "free_cash_flow") if company else None
    ours = amount(workings, found, "free_cash_flow", named="free cash flow", topic="cashflow")
    return settled(workings, "free_cash_flow_ttm", ours, unit=money_of_statements(workings))


def _return_on_equity(workings: Workings) -> Outcome:
    company = workings.subject.fundamentals
    earned = trailing(company, "income", "net_income_common") if company else None
    owned = newest(company, "balance", "equity") if company else None
    if earned is None or owned is None:
        ours = unreported(
            workings, "net income or equity", "income" if earned is None else "balance"
        )
    elif owned["equity"] <= 0:
        ours = meaningless(
            "stockholders' equity is not positive", inputs=owned.inputs(), as_of=owned.end
        )
    else:
        ours = Outcome(
            value=earned["net_income_common"] / owned["equity"],
            as_of=min(earned.end, owned.end),
            inputs=(*earned.inputs(), *owned.inputs()),
        )
    return settled(workings, "return_on_equity", ours)


def _spec(
    name: str, label: str, row: str, named: str, *words: str, cuts: tuple[Cut, ...]
) -> FactSpec:
    return FactSpec(
        name=name,
        unit="fraction",
        label=label,
        group=GROUP,
        formula=f"{named} / revenue, both of the last twelve months",
        compute=_margin(name, row, named),
        words=words,
        better="higher",
        cuts=cuts,
    )


GROSS_MARGIN = _spec(
    "gross_margin",
    "Gross margin",
    "gross_profit",
    "gross profit",
    "gross margins",
    cuts=(below(0.20, "low", "warn"), below(0.40, "moderate"), rest("high", "good")),
)

OPERATING_MARGIN = _spec(
    "operating_margin",
    "Operating margin",
    "operating_income",
    "operating income",
    "operating margins",
    "ebit margin",
    cuts=_KEPT,
)

PROFIT_MARGIN = _spec(
    "profit_margin",
    "Profit margin",
    "net_income",
    "net income",
    "net margin",
    "margins",
    "margin",
    "profitability",
    cuts=_KEPT,
)

FREE_CASH_FLOW_TTM = FactSpec(
    name="free_cash_flow_ttm",
    unit=MONEY,
    label="Free cash flow, 12 months",
    group=GROUP,
    formula="operating cash flow less capital expenditure of the last twelve months",
    compute=_free_cash_flow,
    words=("free cash flow", "fcf", "cash flow"),
    better="higher",
    cuts=(below(0.0, "burning cash", "warn"), upto(0.0, "none"), rest("positive", "good")),
)

RETURN_ON_EQUITY = FactSpec(
    name="return_on_equity",
    unit="fraction",
    label="Return on equity",
    group=GROUP,
    formula="net income of the last twelve months / stockholders' equity of the newest quarter",
    compute=_return_on_equity,
    words=("roe", "return on equity"),
    better="higher",
    cuts=(
        below(0.0, "losing money", "bad"),
        below(0.08, "low"),
        below(0.15, "fair"),
        rest("high", "good"),
    ),
)
