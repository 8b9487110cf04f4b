"""A rotation in sentences, what was asked for first."""

from collections.abc import Callable, Mapping

from ..figures import written
from ..rotation import Breadth, Rotation, Score
from ..rotation.breadth import MONTH
from .sentence import joined, listed

_HEADS = {
    "broader": f"Broadening: more small companies take part than {MONTH} sessions ago.",
    "narrower": f"Narrowing: fewer small companies take part than {MONTH} sessions ago.",
    "mixed": f"Neither clearly broadening nor narrowing against {MONTH} sessions ago.",
    "unchanged": f"Neither: as many small companies take part as {MONTH} sessions ago.",
}
_ORDER = ("breadth", "streak", "returns")
"""What the summary tells in any case."""


def summary(rotation: Rotation, lead: str = "breadth") -> str:
    """A few sentences: breadth, streak and returns, begun with what was asked for.

    Args:
        rotation: What was found.
        lead: One of `LEADS`.
    """
    order = dict.fromkeys((lead, *_ORDER))
    return joined(_TOLD[name](rotation) for name in order)


def _breadth(rotation: Rotation) -> str:
    found = rotation.breadth
    if found is None:
        reason = next((one.reason for one in rotation.missing if one.what == "breadth"), "")
        return f"Whether it is broadening is not known. {reason}".strip()
    return joined((_HEADS[found.direction], _shares(found), _premise(rotation)))


def _premise(rotation: Rotation) -> str:
    """Says that small companies fell, where a rally was asked about."""
    month = next((one for one in rotation.scores if one.period == "1 month"), None)
    if month is None or month.small >= 0:
        return ""
    return (
        f"In price there is no rally: {rotation.pair.small} itself fell "
        f"{written(-month.small, 'fraction')} since {month.start}."
    )


def _shares(found: Breadth) -> str:
    told = [
        f"{written(share.now.value, 'fraction')} of {share.companies} are {share.label} "
        f"({written(share.before.value, 'fraction')} then)"
        for share in found.shares
    ]
    return f"{listed(told)}."


def _streak(rotation: Rotation) -> str:
    pair, now = rotation.pair, rotation.streaks.now
    if not now.length:
        return (
            f"There is no streak: on the newest session, {pair.day(-1):%Y-%m-%d}, {pair.small} "
            f"did not do better than {pair.large}."
        )
    sessions = "1 session" if now.length == 1 else f"{now.length} sessions in a row"
    moved = (
        f"{pair.small} {written(now.small, 'fraction', signed=True)}, "
        f"{pair.large} {written(now.large, 'fraction', signed=True)}"
    )
    falling = (
        " Small companies lead by falling less." if (now.small or 0) < 0 and now.length > 1 else ""
    )
    span = f"{now.start} to {now.end}" if now.length > 1 else f"{now.end}"
    return (
        f"{pair.small} has done better than {pair.large} for {sessions} ({span}: {moved}).{falling}"
        f" {_since(rotation)}"
    )


def _since(rotation: Rotation) -> str:
    found = rotation.streaks
    if found.last_as_long is None:
        return f"No earlier streak since {found.since} was as long."
    times = "once" if found.as_long == 1 else f"{found.as_long} times"
    return (
        f"A streak at least as long was seen {times} before, since {found.since}; the last ended on "
        f"{found.last_as_long.end}."
    )


def _returns(rotation: Rotation) -> str:
    pair, scores = rotation.pair, rotation.scores
    groups = {
        "ahead of": [one for one in scores if one.difference > 0],
        "behind": [one for one in scores if one.difference < 0],
        "level with": [one for one in scores if one.difference == 0],
    }
    told = [
        f"{word} {pair.large} over {_periods(group)}" for word, group in groups.items() if group
    ]
    if len(told) == 1 and len(scores) > 1:
        word = next(word for word, group in groups.items() if group)
        return f"{pair.small} is {word} {pair.large} over all {len(scores)} periods: {_periods(list(scores))}."
    return f"{pair.small} is {'; '.join(told)}." if told else ""


def _periods(scores: list[Score]) -> str:
    return listed(
        [
            f"{'the ' if one.period.startswith('year') else ''}{one.period} "
            f"({written(one.small, 'fraction', signed=True)} against "
            f"{written(one.large, 'fraction', signed=True)})"
            for one in scores
        ]
    )


def _january(rotation: Rotation) -> str:
    found, pair = rotation.januaries, rotation.pair
    if found is None:
        return "How Januaries went is not known: no whole one is among the bars."
    count = len(found.finished)
    told = (
        f"In {found.ahead} of {count} finished Januaries {pair.small} did better than {pair.large}; "
        f"the mean difference was {written(found.mean, 'fraction', signed=True)}."
    )
    if found.so_far is None:
        return told
    return (
        f"{told} The one of {found.so_far.year}, unfinished, stands at "
        f"{written(found.so_far.difference, 'fraction', signed=True)} on {found.so_far.end}."
    )


def _valuation(rotation: Rotation) -> str:
    gap = rotation.valuation_gap
    if gap is None:
        reason = next((one.reason for one in rotation.missing if one.what == "valuation_gap"), "")
        return f"The valuation gap is not known. {reason}".strip()
    return (
        f"The median P/E of {gap.small_count} small companies is {written(gap.small.value, 'ratio')}, "
        f"that of {gap.large_count} large and mega ones {written(gap.large.value, 'ratio')}: "
        f"{written(gap.ratio, 'ratio')} of it."
    )


_TOLD: Mapping[str, Callable[[Rotation], str]] = {
    "breadth": _breadth,
    "streak": _streak,
    "returns": _returns,
    "january": _january,
    "valuation": _valuation,
}
