"""How it is priced: multiples of earnings, sales and book, alone and beside its sector's."""

from collections.abc import Callable
from dataclasses import replace

from .fact import Alternative, Input, Tone, Unit
from .multiples import mixed_money, multiple
from .outcome import Outcome, meaningless, unknown
from .own import quoted, settled
from .peers import FEWEST, peer_values
from .ratio import money_of_statements
from .spec import FactSpec, below, rest, upto
from .statements import Figures, newest, trailing
from .workings import Workings, as_input, beside, lacking

GROUP = "valuation"

LOSS = "it made a loss over the last twelve months, so there are no earnings to pay for"
NOTHING = "it earned nothing over the last twelve months, so there are no earnings to pay for"
NO_EARNINGS = (LOSS, NOTHING)
"""Why a P/E, and what is made of it, means nothing."""

NOT_POSITIVE = "the provider's own PEG is not positive: earnings or their growth are not"


def _positive(why: str) -> Callable[[float], str | None]:
    return lambda value: None if value > 0 else why


def _no_earnings(eps: float) -> str:
    return LOSS if eps < 0 else NOTHING


def _pe_trailing(workings: Workings) -> Outcome:
    company = workings.subject.fundamentals
    eps = trailing(company, "income", "eps_diluted") if company else None
    ours = multiple(
        workings,
        workings.fact("price"),
        eps,
        over=lambda figures: figures["eps_diluted"],
        named="diluted earnings per share over twelve months",
        topic="income",
    )
    if ours.meaningless and eps is not None:
        ours = replace(ours, reason=_no_earnings(eps["eps_diluted"]))
    found = settled(workings, "pe_trailing", ours, sense=_positive(LOSS))
    if found.value is None and not found.meaningless:
        found = _over_own(
            workings,
            found,
            "price",
            "eps_ttm",
            unit=workings.subject.currency,
            nonsense=_no_earnings,
            reported=eps is not None,
        )
    return _beside_sector(workings, found)


def _over_own(
    workings: Workings,
    found: Outcome,
    numerator: str,
    name: str,
    *,
    unit: Unit | None,
    nonsense: Callable[[float], str],
    reported: bool,
) -> Outcome:
    """A price-like fact over a figure that the provider quotes; *found* where it quotes none.

    Args:
        workings: Of the subject.
        found: What there is without it.
        numerator: The price or the market value.
        name: The quoted figure.
        unit: Its currency.
        nonsense: Why there is no value when the figure is not positive.
        reported: Whether statements have the figure too, and it could not be used.
    """
    own = workings.own(name)
    if own is None:
        return found
    below = workings.quoted(name, own, unit)
    if own <= 0:
        return meaningless(nonsense(own), inputs=below.inputs)
    above = workings.fact(numerator)
    if reported or above.value is None:
        return found
    return Outcome(
        value=above.value / own, as_of=below.as_of, inputs=(as_input(above), *below.inputs)
    )


def _beside_sector(workings: Workings, pe: Outcome) -> Outcome:
    median = workings.fact("pe_sector_median").value
    if pe.value is None or median is None:
        return pe
    verdict, tone = place(pe.value / median - 1)
    return replace(pe, verdict=verdict, tone=tone)


def place(gap: float) -> tuple[str, Tone]:
    """The word for a multiple that is a fraction *gap* above its sector's median.

    Example:
        >>> place(18 / 16.9 - 1)
        ("slightly above its sector's median", 'calm')
    """
    tone: Tone = "calm" if abs(gap) <= 0.15 else "warn" if gap > 0 else "good"
    return f"{relation(gap)} its sector's median", tone


def relation(gap: float) -> str:
    """Where a value lies that is a fraction *gap* above a reference.

    Within 2 % is "in line with"; up to 15 % apart "slightly", more than 50 % apart "well".

    Example:
        >>> relation(18 / 16.9 - 1), relation(0.02), relation(-0.6)
        ('slightly above', 'in line with', 'well below')
    """
    if abs(gap) <= 0.02:
        return "in line with"
    degree = "slightly " if abs(gap) <= 0.15 else "well " if abs(gap) > 0.5 else ""
    return f"{degree}{'above' if gap > 0 else 'below'}"


def _pe_forward(workings: Workings) -> Outcome:
    own = workings.own("pe_forward")
    if own is not None and own <= 0:
        return meaningless(
            "analysts expect a loss over the next twelve months",
            inputs=workings.quoted("pe_forward", own).inputs,
        )
    return quoted(workings, "pe_forward", "analyst", "earnings_estimate")


def _pe_sector_median(workings: Workings) -> Outcome:
    group = workings.subject.peers
    if group is None:
        return workings.without("peers", otherwise="the provider names no peers")
    values = peer_values(group, "pe_trailing")
    count = Input(
        name=f"peers with a P/E ({group.basis})",
        value=len(values.members),
        source=group.source,
        as_of=group.as_of,
        unit="count",
    )
    if values.median is None:
        return unknown(
            f"a median needs {FEWEST} peers with a P/E and there are {len(values.members)} "
            f"({group.basis})",
            inputs=(count,),
        )
    return Outcome(value=values.median, as_of=group.as_of, inputs=(count,))


def _peg(workings: Workings) -> Outcome:
    pe, growth = workings.fact("pe_trailing"), workings.fact("earnings_growth_yoy")
    inputs = (as_input(pe), as_input(growth))
    if pe.value is None and pe.reason in NO_EARNINGS:
        return meaningless(pe.reason, inputs=inputs)
    if growth.value is not None and growth.value <= 0:
        return meaningless("earnings do not grow", inputs=inputs)
    own = workings.own("peg_ratio")
    if gap := lacking(pe, growth):
        return gap if own is None or own > 0 else meaningless(NOT_POSITIVE, inputs=inputs)
    peg = (pe.value or 0.0) / (100 * (growth.value or 1.0))
    other = () if own is None else (Alternative(source=workings.own_source, value=own),)
    return Outcome(value=peg, as_of=growth.as_of, inputs=inputs, alternatives=beside(peg, *other))


def _of_statements(
    name: str,
    named: str,
    find: Callable[..., Figures | None],
    *rows: str,
    topic: str,
    quoted_as: str | None = None,
) -> Callable[[Workings], Outcome]:
    """The market value over one row of the statements, or over the fact that a provider quotes for it."""

    def compute(workings: Workings) -> Outcome:
        company = workings.subject.fundamentals
        if clash := mixed_money(workings):
            return _refused(clash, workings.own(name))
        figures = find(company, topic, *rows) if company else None
        nonsense = f"{named} is not positive"
        ours = multiple(
            workings,
            workings.fact("market_cap"),
            figures,
            over=lambda figures: figures[rows[0]],
            named=named,
            topic=topic,
        )
        found = settled(workings, name, ours, sense=_positive(nonsense))
        if quoted_as is None or found.value is not None or found.meaningless:
            return found
        return _over_own(
            workings,
            found,
            "market_cap",
            quoted_as,
            unit=money_of_statements(workings),
            nonsense=lambda _: nonsense,
            reported=figures is not None,
        )

    return compute


def _refused(clash: str, own: float | None) -> Outcome:
    """A provider's own figure is refused too: it divides one currency by another."""
    seen = (
        ""
        if own is None
        else f", and the provider's own {own:.2f} does not say how it got around that"
    )
    return meaningless(f"{clash}{seen}")


def _ev_to_ebitda(workings: Workings) -> Outcome:
    company = workings.subject.fundamentals
    if clash := mixed_money(workings):
        return _refused(clash, workings.own("ev_to_ebitda"))
    named = "EBITDA over twelve months"
    cap = workings.fact("market_cap")
    ebitda = trailing(company, "income", "ebitda") if company else None
    debt = newest(company, "balance", "total_debt", "cash") if company else None
    ours = multiple(
        workings, cap, ebitda, over=lambda figures: figures["ebitda"], named=named, topic="income"
    )
    if ours.value is not None and ebitda is not None:
        if debt is None or debt.currency != ebitda.currency:
            ours = workings.without(
                "balance", "statement", otherwise="debt and cash are not reported"
            )
        else:
            value = (cap.value or 0.0) + debt["total_debt"] - debt["cash"]
            ours = replace(
                ours, value=value / ebitda["ebitda"], inputs=(*ours.inputs, *debt.inputs())
            )
    return settled(workings, "ev_to_ebitda", ours, sense=_positive(f"{named} is not positive"))


PE_TRAILING = FactSpec(
    name="pe_trailing",
    unit="ratio",
    label="P/E",
    group=GROUP,
    formula="price / diluted earnings per share of the last twelve months",
    compute=_pe_trailing,
    words=(
        "p/e",
        "pe",
        "p/e ratio",
        "pe ratio",
        "trailing p/e",
        "price to earnings",
        "earnings multiple",
    ),
    better="lower",
)

PE_FORWARD = FactSpec(
    name="pe_forward",
    unit="ratio",
    label="Forward P/E",
    group=GROUP,
    formula="price / earnings per share that analysts expect over the next twelve months",
    compute=_pe_forward,
    words=("forward p/e", "forward pe", "expected p/e"),
    better="lower",
)

PE_SECTOR_MEDIAN = FactSpec(
    name="pe_sector_median",
    unit="ratio",
    label="Sector's median P/E",
    group=GROUP,
    formula=f"the median P/E of its peers that make a profit, at least {FEWEST} of them",
    compute=_pe_sector_median,
    words=("sector p/e", "sector median", "peer p/e", "sector pe"),
)

PEG_RATIO = FactSpec(
    name="peg_ratio",
    unit="ratio",
    label="PEG",
    group=GROUP,
    formula="P/E / (100 × earnings growth over a year), where both are positive",
    compute=_peg,
    words=("peg", "price/earnings to growth", "p/e to growth"),
    better="lower",
    cuts=(
        below(1.0, "below 1.0", "good"),
        upto(1.0, "at 1.0", "warn"),
        upto(2.0, "above 1.0", "warn"),
        rest("well above 1.0", "warn"),
    ),
)

PRICE_TO_SALES = FactSpec(
    name="price_to_sales",
    unit="ratio",
    label="Price / sales",
    group=GROUP,
    formula="market cap / revenue of the last twelve months",
    compute=_of_statements(
        "price_to_sales",
        "revenue over twelve months",
        trailing,
        "revenue",
        topic="income",
        quoted_as="revenue_ttm",
    ),
    words=("p/s", "ps ratio", "price to sales", "sales multiple"),
    better="lower",
)

PRICE_TO_BOOK = FactSpec(
    name="price_to_book",
    unit="ratio",
    label="Price / book",
    group=GROUP,
    formula="market cap / stockholders' equity of the newest quarter",
    compute=_of_statements(
        "price_to_book", "stockholders' equity", newest, "equity", topic="balance"
    ),
    words=("p/b", "pb ratio", "price to book", "book multiple"),
    better="lower",
)

EV_TO_EBITDA = FactSpec(
    name="ev_to_ebitda",
    unit="ratio",
    label="EV / EBITDA",
    group=GROUP,
    formula="(market cap + total debt − cash) / EBITDA of the last twelve months",
    compute=_ev_to_ebitda,
    words=("ev/ebitda", "enterprise multiple", "enterprise value to ebitda"),
    better="lower",
)
