"""A setup: which strategy suits a ticker, why, and what is armed or would be."""

from ...core.figures import written
from ...core.smart import Score, Setup
from ...core.strategies import Traits
from ...core.watch.arming import told_sinks
from ..document import Block, Document, Grid, Masthead, Note, Notes, Prose
from ..spoken import spoken, titled
from .origin import foot, missing

NOT_ARMED = "Nothing was armed: these rules are only prepared."

_TRAITS = {
    "volatility": ("Volatility, a year", "fraction"),
    "growth": ("Growth, a year (logarithm)", "fraction"),
    "trend": ("Straightness of its way, 0 to 1", "ratio"),
    "range": ("Time within its usual range", "fraction"),
    "pullback": ("Below last month's highest close, in ATRs", "ratio"),
    "gaps": ("Sessions that open an ATR away", "fraction"),
    "dollar_volume": ("Traded on a usual day, in its currency", "money"),
}


def of_setup(setup: Setup) -> Document:
    """The pick, all scores with their reasons, the rules."""
    return Document(
        masthead=Masthead(
            name=f"Set-up of {setup.ticker}",
            pills=("fictional",) if setup.fictional else (),
            lines=(_pick(setup),),
        ),
        blocks=(
            Prose(paragraphs=(setup.said_back, _armed(setup))),
            _scores(setup.scores),
            *_rules(setup),
            *(_reasons(score) for score in setup.scores),
            _traits(setup.traits),
            *missing(setup.missing),
            _about(setup),
            foot(setup.timing),
        ),
    )


def _pick(setup: Setup) -> str:
    if setup.pick is None:
        return f"none of {len(setup.scores)} strategies fits"
    return f"{titled(setup.pick)} fits best of {len(setup.scores)} strategies"


def _armed(setup: Setup) -> str:
    """What is watched from now on, and where its alerts go."""
    if not setup.armed:
        return NOT_ARMED
    new = sum(arming.fresh for arming in setup.armed)
    before = len(setup.armed) - new
    head = f"{new} rules are armed now" + (f", {before} were before" if before else "")
    true = [str(arming.rule.condition) for arming in setup.armed if arming.already]
    already = (
        f" Already true, so that they fire after they have been false: {'; '.join(true)}."
        if true
        else ""
    )
    where = told_sinks(setup.armed[0].sinks)
    return f"{head}.{already} {where} Each check looks at every bar that has closed since: genie check."


def _scores(scores: tuple[Score, ...]) -> Grid:
    return Grid(
        title="Scores",
        columns=("Strategy", "Score", "Fit", "Noise a year", "Unseen", "Holding", "Chance did as well"),
        rows=tuple(_row(score) for score in scores),
        caption="Score and fit: 0 to 1. Noise: false signals a year. Unseen and holding: return over the "
        "last 30 % of the bars, after costs. Chance: share of shuffled orders that earned as much. "
        "A – cannot be known.",
    )  # fmt: skip


def _row(score: Score) -> tuple[str, ...]:
    unseen = score.out_of_sample
    return (
        spoken(score.strategy),
        f"{score.score:.2f}",
        _or_dash(score.fit, "ratio"),
        _or_dash(score.noise_per_year, "ratio"),
        _or_dash(unseen.total_return if unseen else None, "fraction", signed=True),
        _or_dash(unseen.buy_and_hold if unseen else None, "fraction", signed=True),
        _or_dash(score.null_p, "fraction"),
    )


def _or_dash(value: float | None, unit: str, *, signed: bool = False) -> str:
    return "–" if value is None else written(value, unit, signed=signed)


def _reasons(score: Score) -> Notes:
    notes = tuple(Note(lead=f"{n}", text=reason) for n, reason in enumerate(score.reasons, 1))
    return Notes(title=f"Why: {spoken(score.strategy)}", notes=notes, fold=True)


def _rules(setup: Setup) -> tuple[Block, ...]:
    if not setup.rules:
        return ()
    rows = tuple(
        (f"{spoken(rule.strategy)}: {rule.name}", str(rule.rule.condition), rule.past)
        for rule in setup.rules
    )
    return (
        Grid(
            title="Rules" if setup.armed else "Rules it would arm",
            columns=("Rule", "Condition", "Would have fired"),
            rows=rows,
            numeric=False,
            hints=tuple(f"{rule.rule.rule_id}: {rule.rule}" for rule in setup.rules),
        ),
    )


def _traits(traits: Traits) -> Notes:
    known = traits.to_dict()
    notes = tuple(
        Note(lead=label, text=written(value, unit))
        for name, (label, unit) in _TRAITS.items()
        if isinstance(value := known[name], float | None)
    )
    return Notes(title="What kind of stock it is", notes=notes, fold=True)


def _about(setup: Setup) -> Notes:
    source = f"{setup.provider} (fictional)" if setup.fictional else setup.provider
    told = (("Source", source), ("As of", f"{setup.as_of:%Y-%m-%d %H:%M} UTC"))
    return Notes(
        title="About this answer", notes=tuple(Note(lead=lead, text=text) for lead, text in told)
    )
