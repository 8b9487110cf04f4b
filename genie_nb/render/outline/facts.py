"""Facts as rows: label, value as written, verdict word, and how the number was made."""

from datetime import date, datetime

from ...core.facts.fact import Alternative, Fact, Facts
from ...core.facts.liquidity import sized
from ...core.facts.registry import REGISTRY
from ...core.figures import written
from ..document import Group, Groups, Row

DIFFERS = 0.05
"""Another source's figure is shown beside ours when it is further off than this share of ours."""

TITLES = {
    "price": "Valuation",
    "valuation": "Valuation",
    "health": "Health",
    "growth": "Growth and margins",
    "margins": "Growth and margins",
    "shares": "Shares and owners",
    "ownership": "Shares and owners",
    "liquidity": "Trading and liquidity",
    "trend": "Trend and swings",
}
"""The registry's groups under the titles they are shown with, in order."""

FIRST = (
    "market_cap",
    "pe_trailing",
    "revenue_growth_yoy",
    "profit_margin",
    "debt_to_equity",
    "free_cash_flow_ttm",
    "average_dollar_volume_20d",
    "volatility_1y",
)
"""What a page shows of the facts before it is asked for all."""

SIGNED = frozenset(name for name in REGISTRY if name.endswith(("_growth_yoy", "_net_shares_6m")))
"""Facts whose sign is news, so that a plus is written too."""


def label_of(name: str) -> str:
    """The registry's words for a fact; the words of any other name with spaces between them.

    Example:
        >>> label_of("market_news")
        'Market news'
    """
    spec = REGISTRY.get(name)
    return spec.label if spec else name.replace("_", " ").strip().capitalize()


def figure(fact: Fact) -> str:
    """The value as people write it; a dash where there is none."""
    if fact.value is None:
        return "–"
    return written(fact.value, fact.unit, signed=fact.name in SIGNED)


def glance(facts: Facts) -> tuple[Row, ...]:
    """The known ones of `FIRST`."""
    return tuple(
        row(facts[name]) for name in FIRST if name in facts and facts[name].value is not None
    )


def groups(facts: Facts, *, title: str = "") -> Groups:
    """All facts under the titles of `TITLES`; a page folds them under *title*, where there is one.

    In a group of which less than half is known the unknown ones are left to the list of what is
    missing, and a group without anything known is left out.
    """
    found: dict[str, list[Fact]] = {name: [] for name in TITLES.values()}
    for name, spec in REGISTRY.items():
        if name in facts:
            group = TITLES.get(spec.group, spec.group.capitalize())
            found.setdefault(group, []).append(facts[name])
    shown = {group: _worth_showing(members) for group, members in found.items()}
    return Groups(
        title=title,
        groups=tuple(
            Group(title=group, rows=tuple(row(fact) for fact in members))
            for group, members in shown.items()
            if members
        ),
    )


def _worth_showing(members: list[Fact]) -> list[Fact]:
    known = [fact for fact in members if fact.value is not None]
    return members if 2 * len(known) >= len(members) else known


def row(fact: Fact) -> Row:
    """One fact as a labelled value with its verdict and its origin."""
    return Row(
        label=sized(label_of(fact.name), fact),
        value=figure(fact),
        note=_verdict(fact),
        tone=fact.tone if fact.value is not None else "calm",
        aside="; ".join(_told(other, fact) for other in differing(fact)),
        hint=origin(fact),
    )


def differing(fact: Fact) -> tuple[Alternative, ...]:
    """Other sources' figures that are too far from ours to pass over."""
    value = fact.value
    if value is None:
        return fact.alternatives
    return tuple(
        other
        for other in fact.alternatives
        if abs(other.value - value) > DIFFERS * max(abs(value), 1e-12)
    )


def origin(fact: Fact) -> str:
    """Formula, inputs, source and date of a fact, one per line; why it is unknown where it is."""
    label = sized(label_of(fact.name), fact)
    lines = [f"{label} = {fact.formula}" if fact.formula else label]
    if fact.value is None:
        lines.append(f"Unknown: {fact.reason or 'the provider does not say'}")
    lines += [
        f"{item.name}: {written(item.value, item.unit or 'ratio')} ({_from(item.source, item.as_of)})"
        for item in fact.inputs
    ]
    if fact.source:
        lines.append(f"Source: {_from(fact.source, fact.as_of)}")
    lines += [_told(other, fact) for other in fact.alternatives]
    return "\n".join(lines)


def day_of(moment: date | datetime | None) -> str:
    """The date of a date or time; empty without one."""
    return "" if moment is None else f"{moment:%Y-%m-%d}"


def _verdict(fact: Fact) -> str:
    if fact.verdict and fact.name == "market_cap":
        return f"{fact.verdict} cap"
    return fact.verdict or ""


def _told(other: Alternative, fact: Fact) -> str:
    return f"{other.source} says {written(other.value, fact.unit)}"


def _from(source: str, moment: date | datetime | None) -> str:
    day = day_of(moment)
    return f"{source}, {day}" if day else source
