"""Who follows it, who bets against it, and what insiders do."""

from collections.abc import Callable

from .fact import Input
from .insiders import InsiderSummary, insider_summary
from .outcome import Outcome, unknown
from .own import EVERYTHING, quoted
from .spec import FactSpec, below, rest, upto
from .workings import Workings

GROUP = "ownership"


def _short(workings: Workings) -> Outcome:
    return quoted(workings, "short_percent_of_float", "short")


def _analysts(workings: Workings) -> Outcome:
    return quoted(workings, "analyst_count", "analyst")


def _insiders(value: Callable[[InsiderSummary], float]) -> Callable[[Workings], Outcome]:
    def compute(workings: Workings) -> Outcome:
        company = workings.subject.fundamentals
        if company is None:
            return workings.without("fundamentals", otherwise="nothing is known of the company")
        if company.insider_trades is None:
            return workings.without(
                "insider", *EVERYTHING, otherwise=f"{company.source} does not tell insider trades"
            )
        found = insider_summary(company.insider_trades, workings.subject.today)
        return Outcome(
            value=float(value(found)),
            as_of=found.until,
            inputs=_inputs(found, company.source),
        )

    return compute


def _inputs(found: InsiderSummary, source: str) -> tuple[Input, ...]:
    figures = (
        ("open-market purchases", found.purchases, "count"),
        ("shares bought on the open market", found.bought, "shares"),
        ("open-market sales", found.sales, "count"),
        ("shares sold on the open market", found.sold, "shares"),
        ("awards, exercises, gifts and the like, not counted", found.others, "count"),
    )
    return tuple(
        Input(
            name=f"{name} since {found.since}",
            value=value,
            source=source,
            as_of=found.until,
            unit=unit,
        )
        for name, value, unit in figures
    )


def _days_to_earnings(workings: Workings) -> Outcome:
    company, today = workings.subject.fundamentals, workings.subject.today
    if company is None:
        return workings.without("fundamentals", otherwise="nothing is known of the company")
    if not company.next_earnings:
        return workings.without(
            "next_earnings",
            "calendar",
            "earnings",
            *EVERYTHING,
            otherwise=f"{company.source} names no date",
        )
    ahead = [day for day in company.next_earnings if day >= today]
    if not ahead:
        return unknown(
            f"the newest date {company.source} names, {max(company.next_earnings)}, is past"
        )
    return Outcome(
        value=float((min(ahead) - today).days),
        as_of=today,
        source=company.source,
        inputs=tuple(
            Input(
                name=f"release on {day}"
                if len(ahead) == 1
                else f"release on {day} at the earliest"
                if day == min(ahead)
                else f"release on {day} at the latest",
                value=float((day - today).days),
                source=company.source,
                as_of=today,
                unit="days",
            )
            for day in sorted(ahead)
        ),
    )


SHORT_PERCENT_OF_FLOAT = FactSpec(
    name="short_percent_of_float",
    unit="fraction",
    label="Short interest",
    group=GROUP,
    formula="shares sold short / shares that trade freely, as the provider counts them",
    compute=_short,
    words=("short interest", "short", "shorted", "short percent of float"),
    better="lower",
    cuts=(
        below(0.05, "low"),
        below(0.10, "moderate"),
        below(0.20, "high", "warn"),
        rest("very high", "bad"),
    ),
)

ANALYST_COUNT = FactSpec(
    name="analyst_count",
    unit="count",
    label="Analysts",
    group=GROUP,
    formula="analysts who publish an opinion, as the provider counts them",
    compute=_analysts,
    words=("analysts", "analyst coverage", "coverage"),
    better="higher",
    cuts=(
        upto(0, "nobody covers it", "bad"),
        upto(3, "thin coverage", "warn"),
        upto(10, "some coverage"),
        rest("well covered", "good"),
    ),
)

INSIDER_NET_SHARES_6M = FactSpec(
    name="insider_net_shares_6m",
    unit="shares",
    label="Insiders' net purchases, 6 months",
    group=GROUP,
    formula="shares that insiders bought less shares they sold, on the open market in six months",
    compute=_insiders(lambda found: found.net_shares),
    words=("insider buying", "insider selling", "insiders", "net insider shares"),
    better="higher",
    cuts=(
        below(0, "net selling, worth a look"),
        upto(0, "none on balance"),
        rest("net buying", "good"),
    ),
)

INSIDER_BUYS_6M = FactSpec(
    name="insider_buys_6m",
    unit="count",
    label="Insider purchases, 6 months",
    group=GROUP,
    formula="the number of open-market purchases by insiders in six months",
    compute=_insiders(lambda found: found.purchases),
    words=("insider buys", "insider purchases"),
    better="higher",
    cuts=(upto(0, "none"), rest("bought with their own money", "good")),
)

DAYS_TO_EARNINGS = FactSpec(
    name="days_to_earnings",
    unit="days",
    label="Next earnings",
    group=GROUP,
    formula="calendar days to the next earnings release",
    compute=_days_to_earnings,
    words=("earnings date", "next earnings", "next report"),
    cuts=(upto(7, "within a week", "warn"), rest("ahead")),
)
