"""How many shares there are, how many trade freely, and whether they become more."""

from datetime import date
from math import prod

from .outcome import Outcome
from .own import quoted, settled
from .ratio import grown, unreported
from .spec import FactSpec, below, rest, upto
from .statements import Figures, newest, quarters, year_before, years
from .workings import Workings

GROUP = "shares"


def _outstanding(workings: Workings) -> Outcome:
    own = workings.own("shares_outstanding")
    if own is not None:
        return quoted(workings, "shares_outstanding", unit="shares")
    company = workings.subject.fundamentals
    found = newest(company, "balance", "shares") if company else None
    if found is None:
        return unreported(workings, "the number of shares", "balance")
    return Outcome(
        value=found["shares"], as_of=found.end, source=found.source, inputs=found.inputs()
    )


def _float(workings: Workings) -> Outcome:
    return quoted(workings, "float_shares")


def _growth(workings: Workings) -> Outcome:
    """Over a year of balance sheets; a split in between is taken out."""
    now, before = _a_year_apart(workings)
    ours = grown(
        now,
        before,
        "shares",
        missing=lambda: unreported(workings, "the number of shares", "balance"),
        loss="no shares are reported a year before",
    )
    if ours.value is None or now is None or before is None:
        return settled(workings, "share_count_growth_yoy", ours)
    split = _split_between(workings, before.end, now.end)
    grew = 1 + ours.value
    if split != 1 and abs(grew / split - 1) < abs(grew - 1):
        ours = Outcome(
            value=grew / split - 1,
            as_of=ours.as_of,
            inputs=ours.inputs,
            formula=f"{SHARE_COUNT_GROWTH_YOY.formula}, after the {split:g} for 1 split in between",
        )
    return settled(workings, "share_count_growth_yoy", ours)


def _a_year_apart(workings: Workings) -> tuple[Figures | None, Figures | None]:
    company = workings.subject.fundamentals
    if company is None:
        return None, None
    by_quarter, by_year = (
        quarters(company, "balance", "shares"),
        years(company, "balance", "shares"),
    )
    now = newest(company, "balance", "shares")
    before = None if now is None else year_before(now, [*by_quarter, *by_year])
    if before is not None or not by_year:
        return now, before
    return by_year[-1], year_before(by_year[-1], by_year)


def _split_between(workings: Workings, first: date, last: date) -> float:
    bars = workings.subject.bars
    if bars is None:
        return 1.0
    splits = bars.splits
    return prod(
        float(ratio)
        for moment, ratio in zip(splits.index, splits, strict=True)
        if first < moment.date() <= last
    )


SHARES_OUTSTANDING = FactSpec(
    name="shares_outstanding",
    unit="shares",
    label="Shares outstanding",
    group=GROUP,
    formula="the shares the provider counts, else those of the newest balance sheet",
    compute=_outstanding,
    words=("shares outstanding", "share count", "number of shares"),
)

FLOAT_SHARES = FactSpec(
    name="float_shares",
    unit="shares",
    label="Float",
    group=GROUP,
    formula="the shares that trade freely, as the provider counts them",
    compute=_float,
    words=("float", "free float"),
)

SHARE_COUNT_GROWTH_YOY = FactSpec(
    name="share_count_growth_yoy",
    unit="fraction",
    label="Share count growth, YoY",
    group=GROUP,
    formula="shares of the newest balance sheet / shares a year before − 1",
    compute=_growth,
    words=("dilution", "share count growth", "buybacks"),
    better="lower",
    cuts=(
        below(-0.01, "shrinking share count", "good"),
        upto(0.02, "stable"),
        upto(0.05, "some dilution", "warn"),
        rest("heavy dilution", "bad"),
    ),
)
