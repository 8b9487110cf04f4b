"""`rotation`: small companies against large ones.

Ask -> two indices, the provider's companies -> Rotation
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..core.bands import band
from ..core.errors import BadConfig, DataError, SetupError
from ..core.facts.registry import some_facts
from ..core.facts.subject import Subject
from ..core.fundamentals import Fundamentals, Missing
from ..core.market import Bars, Interval
from ..core.narrate.rotation import summary
from ..core.rotation import (
    Breadth,
    Member,
    Pair,
    Rotation,
    ValuationGap,
    breadth,
    januaries,
    pair_of,
    scoreboard,
    streaks,
    valuation_gap,
    watch_items,
)
from ..core.ticker import read_name
from ..core.verbs import Ask
from ..data.deadline import gather
from .research import OLD
from .tape import moment_of
from .tapes import closed_bars

if TYPE_CHECKING:
    from .desk import Desk

BEYOND = (
    "Interest rates, economic growth and news are not looked at. No rule can watch the breadth, as a "
    "rule reads one ticker; ask again, or schedule a notebook that does."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Companies:
    """The provider's companies, and which of them could not be had."""

    members: tuple[Member, ...] = ()
    looked_at: int = 0
    missing: tuple[Missing, ...] = ()
    absent: str = ""


def rotation(desk: "Desk", ask: Ask) -> Rotation:
    """Who leads, since when, how many take part, and what would change that.

    Raises:
        SetupError: There is no index of small or large companies, or both are the same.
        DataError: One of them could not be had, and why.
    """
    with desk.timed() as timing:
        small, large = _indices(desk)
        as_of = moment_of(desk, ask)
        got = gather(
            {
                "indices": lambda: closed_bars(desk, [small, large], Interval.D1, as_of),
                "companies": lambda: _companies(desk, ask, as_of, (small, large)),
            },
            deadline=desk.deadline(ask),
        )
        pair = _pair(got["indices"], small, large)
        companies = _settled(got["companies"])
        return replace(_found(desk, ask, pair, companies, as_of), timing=timing())


def _found(desk: "Desk", ask: Ask, pair: Pair, companies: _Companies, as_of: datetime) -> Rotation:
    standing = streaks(pair)
    scores, short = scoreboard(pair)
    past = januaries(pair, as_of)
    taking_part, gap, unknown = _of_companies(desk, pair, companies, as_of)
    answer = Rotation(
        pair=pair,
        provider=desk.data.name,
        as_of=as_of,
        streaks=standing,
        scores=scores,
        breadth=taking_part,
        januaries=past,
        valuation_gap=gap,
        watch_items=watch_items(pair, standing),
        missing=(
            *unknown,
            *short,
            *_no_january(past, pair),
            *_holes(pair),
            *_old(pair, as_of),
            *companies.missing,
        ),
        notes=tuple(note for note in (ask.said_back, BEYOND) if note),
        fictional=desk.data.capabilities.fictional,
    )
    return replace(answer, summary=summary(answer, str(ask.options.get("on", "breadth"))))


def _indices(desk: "Desk") -> tuple[str, str]:
    """The configured tickers, else the provider's own; a fictional market has its own alone."""
    abilities, chosen = desk.data.capabilities, desk.config.rotation
    own = (abilities.small_cap_index or "", abilities.large_cap_index or "")
    given = ("", "") if abilities.fictional else (chosen.small, chosen.large)
    small, large = (read_name(one) if one else other for one, other in zip(given, own, strict=True))
    for size, ticker in (("small", small), ("large", large)):
        if not ticker:
            raise SetupError(
                f"{desk.data.name} names no index of {size} companies.",
                seen=desk.data.name,
                needed=f"an index or fund of {size} companies, such as {'IWM' if size == 'small' else 'SPY'}",
                cure=f"Add its daily prices, or run: genie config rotation.{size} TICKER",
            )
    if small == large:
        raise BadConfig(
            f"Small and large companies are both seen by {small}.",
            seen=small,
            needed="two different tickers",
            cure="Run: genie config rotation.small TICKER, or rotation.large",
        )
    return small, large


def _pair(outcome: Any, small: str, large: str) -> Pair:
    if isinstance(outcome, Exception):
        raise outcome
    tapes: Mapping[str, Bars | Exception] = outcome
    for ticker in (small, large):
        tape = tapes[ticker]
        if isinstance(tape, Exception):
            raise tape
    return pair_of(_bars(tapes[small]), _bars(tapes[large]))


def _bars(tape: Bars | Exception) -> Bars:
    if isinstance(tape, Exception):
        raise tape
    return tape


def _settled(outcome: Any) -> _Companies:
    """A source that failed leaves the companies unknown; a defect of ours is raised."""
    if isinstance(outcome, DataError):
        return _Companies(
            absent=str(outcome),
            missing=(Missing(what="companies", reason=str(outcome), failed=True),),
        )
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _companies(desk: "Desk", ask: Ask, as_of: datetime, chosen: tuple[str, str]) -> _Companies:
    """Every company that the provider lists, where it lists any."""
    source, abilities = desk.data.source, desk.data.capabilities
    indices = (*chosen, abilities.small_cap_index, abilities.large_cap_index)
    listed: Sequence[str] = getattr(source, "tickers", ())
    tickers = [ticker for ticker in listed if ticker not in indices]
    if not tickers or not abilities.fundamentals:
        return _Companies(
            absent=f"{desk.data.name} does not list the companies of its market with their size, so how "
            "many of the small ones take part and what they cost is not known here."
        )
    moment = desk.moment(ask)
    asked = moment if moment is not None and moment < desk.data.now() else None
    tapes = closed_bars(desk, tickers, Interval.D1, as_of)
    members: list[Member] = []
    missing: list[Missing] = []
    for ticker in tickers:
        found = _member(desk, ticker, tapes[ticker], as_of, asked)
        if isinstance(found, Member):
            members.append(found)
        elif found is not None:
            missing.append(found)
    return _Companies(members=tuple(members), looked_at=len(tickers), missing=tuple(missing))


def _member(
    desk: "Desk", ticker: str, tape: Bars | Exception, as_of: datetime, asked: datetime | None
) -> Member | Missing | None:
    """The company with its size; why it failed; None where it was not there or has no size."""
    try:
        company = desk.data.fundamentals(ticker, asked)
        bars = _bars(tape)
    except DataError as error:
        failed = error.retryable
        return Missing(what=ticker, reason=str(error), failed=True) if failed else None
    facts = some_facts(_subject(desk, ticker, bars, company, as_of), ("market_cap", "pe_trailing"))
    cap = facts["market_cap"]
    size = band(cap.value, desk.config.bands) if cap.verdict is not None else None
    if size is None:
        return None
    return Member(ticker=ticker, band=size, closes=bars.close, pe=facts["pe_trailing"].value)


def _subject(
    desk: "Desk", ticker: str, bars: Bars, company: Fundamentals, as_of: datetime
) -> Subject:
    return Subject(
        ticker=ticker, bars=bars, fundamentals=company, as_of=as_of, limits=desk.config.bands
    )


def _of_companies(
    desk: "Desk", pair: Pair, companies: _Companies, as_of: datetime
) -> tuple[Breadth | None, ValuationGap | None, tuple[Missing, ...]]:
    if companies.absent:
        parts = ("breadth", "valuation_gap")
        return None, None, tuple(Missing(what=part, reason=companies.absent) for part in parts)
    small = [one for one in companies.members if one.band == "small"]
    basis = (
        f"{len(small)} small caps, by their market value on {as_of:%Y-%m-%d}, of {companies.looked_at} "
        f"companies of {desk.data.name}{_unsized(companies)}; those that left the market before are not among them"
    )
    taking_part, narrow = breadth(pair, small, basis)
    gap, unknown = valuation_gap(companies.members, as_of=as_of, source=desk.data.name)
    return taking_part, gap, (*narrow, *unknown)


def _unsized(companies: _Companies) -> str:
    count = companies.looked_at - len(companies.members)
    return f", {count} of which had no size known then" if count else ""


def _no_january(past: object, pair: Pair) -> tuple[Missing, ...]:
    if past is not None:
        return ()
    reason = (
        f"No January is whole among the sessions in common, which begin on {pair.day(0):%Y-%m-%d}."
    )
    return (Missing(what="january", reason=reason),)


def _old(pair: Pair, as_of: datetime) -> tuple[Missing, ...]:
    if as_of - pair.closed_at <= OLD:
        return ()
    reason = (
        f"The newest session that {pair.small} and {pair.large} have in common is "
        f"{pair.day(-1):%Y-%m-%d}, {(as_of - pair.closed_at).days} days before what is taken for now."
    )
    return (Missing(what="recent_bars", reason=reason),)


def _holes(pair: Pair) -> tuple[Missing, ...]:
    if not pair.left_out:
        return ()
    reason = f"Only one of {pair.small} and {pair.large} has a bar then, so they are left out."
    sessions = "1 session" if pair.left_out == 1 else f"{pair.left_out} sessions"
    return (Missing(what=sessions, reason=reason),)
