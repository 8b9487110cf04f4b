"""The Python functions: each builds the Ask that the line would, and runs it.

analyze("ACME", "Is it profitable?") = %genie analyze ACME Is it profitable?
"""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from .. import answer, asking
from ..answer import Answer
from ..core.ask import conversation
from ..core.ask.command import make_ask
from ..core.english import parse_rule
from ..core.verbs import Ask
from . import arguments

if TYPE_CHECKING:
    from ..core.expr import Condition
    from ..core.market import Bars
    from ..core.rule import Rule

type Moment = str | date
"""A date (the end of that session at the exchange), or a time with its zone; text in ISO form."""


def analyze(
    ticker: str,
    *questions: str,
    provider: str | None = None,
    as_of: Moment | None = None,
    shares: int | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Fundamentals, signals, checks and risks of one ticker.

    Args:
        ticker: A ticker in any case, or a company's name.
        *questions: To be answered from the facts, such as "Is it profitable?".
        provider: `demo`, `yahoo`, `files:DIR`; None for the configured one.
        as_of: Answer as if it were then; None for now.
        shares: The position that the exit cost is reckoned for.
        deadline: Seconds after which what is ready is shown.
        home: Directory of settings and cache; None for `GENIE_HOME`, else the user's.

    Raises:
        AskError: The ticker or an option could not be read.
        DataError: Nothing could be had from the provider, and why.
    """
    return _run("analyze", tickers=(ticker,), words=questions, provider=provider, as_of=as_of,
                shares=shares, deadline=deadline, home=home)  # fmt: skip


def compare(
    *tickers: str,
    provider: str | None = None,
    as_of: Moment | None = None,
    shares: int | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Two to eight tickers side by side, and where they differ most. Arguments as for `analyze`."""
    return _run("compare", tickers=tickers, provider=provider, as_of=as_of, shares=shares,
                deadline=deadline, home=home)  # fmt: skip


def why(
    fact: str,
    ticker: str,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Where one number comes from: formula, inputs, other sources.

    Args:
        fact: A name of the fact registry, or as people say it: "P/E".
        ticker: As for `analyze`.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        UnknownName: There is no such fact.
    """
    return _run("why", tickers=(ticker,), word=fact, provider=provider, as_of=as_of,
                deadline=deadline, home=home)  # fmt: skip


def ask(
    words: str,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Do what plain words ask for.

    Args:
        words: One request, such as "Analyze ACME. Is it profitable?".
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        AskError: Some of it was not understood; nothing is guessed.
    """
    return Conversation().ask(words, provider=provider, as_of=as_of, deadline=deadline, home=home)


def read(words: str) -> Answer:
    """How plain words are understood, without doing it; needs no data."""
    return Conversation().read(words)


def strategy(
    name: str,
    ticker: str,
    *,
    interval: str | None = None,
    fee_bps: float | None = None,
    spread_bps: float | None = None,
    shares: int | None = None,
    map: Sequence[str] | str | None = None,  # noqa: A002 - as the option of the line is called
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
    **params: float,
) -> Answer:
    """What a strategy would have done on a ticker, after costs, beside holding it.

    Args:
        name: Of an installed strategy; `genie.strategies()` has them.
        ticker: As for `analyze`.
        interval: Length of the bars; the strategy's usual one unless given.
        fee_bps: Fee of a fill; 10 unless given.
        spread_bps: The whole spread; estimated unless given.
        shares: Position whose mark on the price is paid too; none unless given.
        map: Two parameters to draw a map of, such as `("fast", "slow")`.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.
        **params: The strategy's parameters, where they are not the usual ones.

    Raises:
        UnknownName: No such strategy or parameter.
        AskError: A parameter outside its range.
        DataError: The bars could not be had, or are too few.
    """
    pair = map if map is None or isinstance(map, str) else arguments.pair(map)
    return _run("strategy", tickers=(ticker,), word=name, set=params or None, interval=interval,
                fee_bps=fee_bps, spread_bps=spread_bps, shares=shares, map=pair, provider=provider,
                as_of=as_of, deadline=deadline, home=home)  # fmt: skip


def tune(
    ticker: str,
    strategy: str = "",
    *,
    interval: str | None = None,
    fee_bps: float | None = None,
    spread_bps: float | None = None,
    shares: int | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
    **params: float,
) -> Answer:
    """A strategy under sliders: shown in a notebook it opens a panel, elsewhere it is the study.

    Args:
        ticker: As for `analyze`.
        strategy: Of an installed strategy; the one that fits the ticker best unless given.
        interval: As for `strategy`.
        fee_bps: As for `strategy`.
        spread_bps: As for `strategy`.
        shares: As for `strategy`.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.
        **params: Where the sliders stand at first, where that is not the usual place.

    Raises:
        UnknownName: No such strategy or parameter.
        AskError: A parameter outside its range.
        DataError: The bars could not be had, or are too few.
    """
    return _run("tune", tickers=(ticker,), word=strategy, set=params or None, interval=interval,
                fee_bps=fee_bps, spread_bps=spread_bps, shares=shares, provider=provider,
                as_of=as_of, deadline=deadline, home=home)  # fmt: skip


def panel(
    ticker: str = "",
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    shares: int | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """A ticker to click through: shown in a notebook it opens a panel, elsewhere it is the report.

    Without a ticker it begins with the first that is watched, or with a company of the demo market.
    Other arguments and errors as for `analyze`.
    """
    return _run("panel", tickers=(ticker,) if ticker else (), provider=provider, as_of=as_of, shares=shares,
                deadline=deadline, home=home)  # fmt: skip


def setup(
    ticker: str,
    *,
    all: bool = False,  # noqa: A002 - as the option of the line is called
    dry_run: bool = False,
    sink: str | Sequence[str] | None = None,
    secret: str | None = None,
    template: str | Path | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Arm the rules of the strategy that suits a ticker, if one does.

    Args:
        ticker: As for `analyze`.
        all: Arm the rules of every strategy, not of the one that fits.
        dry_run: Prepare the rules without arming them.
        sink: As for `watch`.
        secret: As for `watch`.
        template: As for `watch`.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        DataError: The bars could not be had, and why.
    """
    return _run("setup", tickers=(ticker,), all=all or None, dry_run=dry_run or None, sink=sink,
                secret=secret, template=template, provider=provider, as_of=as_of,
                deadline=deadline, home=home)  # fmt: skip


def preview(
    rule: "str | Rule | Condition",
    on: "Bars | str | Rule | Condition | None" = None,
    *,
    interval: str | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """How often a rule would have fired, and what followed, before it is armed.

    `preview(rule, bars)` looks at the caller's own bars, `preview("CRSR", "close > 25")` at the
    provider's, `preview(rule)` at those of the rule's own ticker.

    Args:
        rule: A rule or condition, also as text; or a ticker, with the rule after it.
        on: Closed bars; or the rule, after a ticker.
        interval: Length of the provider's bars; daily unless the rule says so.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.
        AskError: The bars are of another ticker or interval than the rule's.
        DataError: The bars could not be had, or are too few.
    """
    from ..core.market import Bars
    from ..core.rule import Rule

    arguments.refuse_what_is_no_rule(rule)
    if isinstance(on, Bars):
        return _previewed(rule, on)
    arguments.refuse_what_is_no_rule(rule if on is None else on)
    if on is None:
        line = rule if isinstance(rule, Rule) else parse_rule(str(rule))
        rule, on = line.ticker, line
    if isinstance(on, Rule) and provider is None:
        provider = on.provider
    words = str(on).removeprefix(f"{rule} ")
    return _run("preview", tickers=(str(rule),), words=words, interval=interval, provider=provider,
                as_of=as_of, deadline=deadline, home=home)  # fmt: skip


def _previewed(rule: "str | Rule | Condition", bars: "Bars") -> Answer:
    from ..core.preview import preview as look_back
    from ..core.rule import Rule
    from ..data.calendar import with_session_ends

    if not isinstance(rule, Rule):
        rule = parse_rule(str(rule), bars.ticker, interval=bars.interval)
    found = look_back(rule, with_session_ends(bars), said_back=rule.said_back)
    return Answer(found, Ask(verb="preview", tickers=(rule.ticker,), words=str(rule.condition)))


def scan(
    what: object,
    universe: object = None,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    interval: str | None = None,
    fee_bps: float | None = None,
    dask: str | None = None,
    workers: int | None = None,
    fresh: bool = False,
    deadline: float | None = None,
    home: str | Path | None = None,
    **params: float,
) -> Answer:
    """Where a strategy or rule holds now, over a universe of tickers, best first.

    Args:
        what: A strategy or its name, a rule, or a condition in the rule language.
        universe: Tickers, a file of them or of a fund's holdings, or another answer with rows; None
            for all companies of a provider that can list them, as the demo market can.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        interval: Length of the bars; the strategy's usual one unless given, `1d` for a rule.
        fee_bps: Fee of a fill; 10 unless given.
        dask: Address of a Dask scheduler, or "local" for a cluster on this machine.
        workers: Processes on this machine; by the size of the universe unless given.
        fresh: Look at all tickers again after a scan that was stopped, instead of going on.
        deadline: Seconds after which what is found is shown; without it the scan takes its time.
        home: As for `analyze`.
        **params: Parameters of the strategy, where they are not the usual ones.

    Raises:
        AskError: It is no strategy and no condition, or the universe cannot be read.
        MissingExtra: Dask is asked for and not installed.
    """
    return _run("scan", words=arguments.sought(what), universe=arguments.tickers_of(universe), set=params or None,
                provider=provider, as_of=as_of, interval=interval, fee_bps=fee_bps, dask=dask,
                workers=workers, fresh=fresh or None, deadline=deadline, home=home)  # fmt: skip


def run(
    notebook: str | Path,
    parameters: Mapping[str, object] | None = None,
    *,
    output: str | Path | None = None,
    html: bool = False,
    timeout: float | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Run a notebook by papermill; its `exit` and `failure` say what became of it.

    Args:
        notebook: A path, or an address that papermill reads.
        parameters: Values for its parameters cell.
        output: File or folder of the executed notebook, also `s3://`, `gs://`, `abs://`; `out/`
            unless given.
        html: Write it as a page without network too.
        timeout: Seconds after which the run is ended.
        provider: For its parameter of that name.
        as_of: For its parameter of that name.
        home: Directory of settings, watchlist and ledger for the notebook.

    Raises:
        AskError: There is no such notebook, or a parameter that it does not take.
        SetupError: The output cannot be written to.
    """
    return _run("run", words=str(notebook), parameters=parameters or None,
                output=None if output is None else os.fspath(output), html=html or None,
                timeout=timeout, provider=provider, as_of=as_of, home=home)  # fmt: skip


def watch(
    ticker: "str | Rule",
    rule: "str | Rule | Condition | None" = None,
    *,
    interval: str | None = None,
    sink: str | Sequence[str] | None = None,
    secret: str | None = None,
    template: str | Path | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Arm a rule: you are alerted when it becomes true.

    `watch("CRSR", "breaks above $25 with volume")`, or one whole rule: `watch("CRSR 1d: close > 25")`.

    Args:
        ticker: As for `analyze`; or a rule, alone.
        rule: A condition or rule, in the rule language or plain words.
        interval: Length of the bars; daily unless the rule says so.
        sink: Where its alerts go: `file:PATH`, `https://…`, an Apprise address, `env:NAME`.
        secret: Name of the secret that signs a webhook's messages, such as `env:NAME`.
        template: File with your own body for a webhook.
        provider: As for `analyze`.
        as_of: As for `analyze`; what is true then does not fire.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        RuleNotUnderstood: With a caret under the first word that could not be read.
        AskError: The rule could never fire.
        DataError: The bars could not be had.
        SetupError: Watchlist or ledger cannot be written, or the sink cannot be one.
    """
    if rule is None:
        whole = parse_rule(str(ticker))
        ticker, rule = whole.ticker, whole
    from ..core.rule import Rule

    if isinstance(rule, Rule):
        interval, words = str(rule.interval), str(rule).partition(": ")[2]
        provider = provider or rule.provider
    else:
        words = str(rule)
    return _run("watch", tickers=(str(ticker),), words=words, interval=interval, sink=sink,
                secret=secret, template=template, provider=provider, as_of=as_of,
                deadline=deadline, home=home)  # fmt: skip


def rules(
    ticker: str = "",
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """What is watched: each rule's distance to firing, state, newest bar and last receipt.

    Args:
        ticker: For its rules alone; all of them unless given.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.
    """
    return _run("rules", words=ticker, provider=provider, as_of=as_of, deadline=deadline, home=home)


def watching(
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """The rules as `rules` has them: shown in a notebook they open a panel to work with.

    Arguments as for `rules`.
    """
    return _run("watching", provider=provider, as_of=as_of, deadline=deadline, home=home)


def unwatch(
    rule: str,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Disarm a rule by its id, or all rules of a ticker.

    Raises:
        AskError: Nothing of that name is watched.
    """
    return _run("unwatch", words=rule, provider=provider, as_of=as_of, home=home)


def snooze(
    rule: str,
    time: str,
    *,
    provider: str | None = None,
    as_of: Moment | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Let a rule, or all rules of a ticker, rest: `snooze("CRSR", "2d")`; `"off"` wakes it.

    Args:
        rule: Id of a rule, or a ticker.
        time: Minutes, hours or days: `30m`, `3h`, `2d`; or `off`.
        provider: As for `analyze`.
        as_of: From when on; None for now.
        home: As for `analyze`.

    Raises:
        AskError: Nothing of that name is watched, or the time cannot be read.
    """
    return _run("snooze", words=f"{rule} {time}", provider=provider, as_of=as_of, home=home)


def check(
    *,
    sink: str | Sequence[str] | None = None,
    secret: str | None = None,
    dry_run: bool = False,
    provider: str | None = None,
    as_of: Moment | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Look once at every bar that has closed since the last check, and deliver what fired.

    Args:
        sink: Where all alerts go too, beside the sinks that each rule was armed with.
        secret: Name of the secret that signs a webhook's messages.
        dry_run: Write nothing and send nothing.
        provider: Only rules of this provider; all of them unless given.
        as_of: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        SetupError: Watchlist or ledger cannot be read or written.
    """
    return _run("check", sink=sink, secret=secret, dry_run=dry_run or None, provider=provider,
                as_of=as_of, deadline=deadline, home=home)  # fmt: skip


def alerts(
    action: str = "",
    name: str | Path = "",
    *,
    secret: str | None = None,
    template: str | Path | None = None,
    provider: str | None = None,
    as_of: Moment | None = None,
    home: str | Path | None = None,
) -> Answer:
    """The log of alerts and their receipts, newest first.

    Args:
        action: `resend`, `discard`, `test` or `export`; the log alone unless given.
        name: What it is done to: the id of an alert, the address of a sink, or a file.
        secret: Name of the secret that signs a webhook's test message.
        template: File with your own body for a webhook.
        provider: As for `analyze`.
        as_of: As for `analyze`.
        home: As for `analyze`.
    """
    return _run("alerts", words=f"{action} {name}".strip(), secret=secret, template=template,
                provider=provider, as_of=as_of, home=home)  # fmt: skip


def serve(
    every: str | None = None,
    *,
    once: bool = False,
    sink: str | Sequence[str] | None = None,
    secret: str | None = None,
    log: str | None = None,
    provider: str | None = None,
    deadline: float | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Check the rules whenever a bar they wait for has closed, until interrupted.

    Args:
        every: The shortest time between two checks, such as "5m".
        once: One check, then the end.
        sink: Where alerts go too.
        secret: Name of the secret that signs a webhook: `env:NAME`.
        log: `text` or `json` on standard error.
        provider: As for `analyze`.
        deadline: As for `analyze`.
        home: As for `analyze`.

    Raises:
        SetupError: Another service runs in this home.
    """
    return _run("serve", every=every, once=once or None, sink=sink, secret=secret, log=log,
                provider=provider, deadline=deadline, home=home)  # fmt: skip


def schedule(
    every: str | None = None,
    *,
    cron: str | None = None,
    notebook: str | Path | None = None,
    parameters: Mapping[str, object] | None = None,
    recipe: str | None = None,
    provider: str | None = None,
    home: str | Path | None = None,
) -> Answer:
    """Have the alerts notebook run again and again, by JupyterLab or by another scheduler.

    Args:
        every: Such as "15m"; or give *cron*.
        cron: A cron line, in UTC.
        notebook: The notebook; the alerts notebook unless given.
        parameters: Values for its parameters cell.
        recipe: `cron`, `systemd`, `github`, `kubernetes` or `airflow`: tells how, and does nothing.
        provider: For its parameter of that name.
        home: For its parameter of that name.

    Raises:
        AskError: The time, the notebook or a parameter cannot be read.
        SetupError: A running Jupyter server refused.
    """
    return _run("schedule", every=every, cron=cron,
                notebook=None if notebook is None else os.fspath(notebook),
                parameters=parameters or None, recipe=recipe, provider=provider, home=home)  # fmt: skip


def ledger(action: str = "", *, older: str | None = None, home: str | Path | None = None) -> Answer:
    """What the ledger of alerts holds; prune, export or back it up.

    Args:
        action: `prune`, `export FILE` or `backup FILE`; empty to look at it.
        older: For `prune`: what ended longer ago, such as "90d".
        home: As for `analyze`.

    Raises:
        AskError: It is no such action, or there is no ledger.
        SetupError: The ledger cannot be opened, or the file cannot be written.
    """
    return _run("ledger", words=action, older=older, home=home)


def doctor(
    *, provider: str | None = None, deadline: float | None = None, home: str | Path | None = None
) -> Answer:
    """Is everything installed, reachable and fresh?"""
    return _run("doctor", provider=provider, deadline=deadline, home=home)


class Conversation:
    """Requests in plain words, in which "this" and "here" mean what was spoken of before.

    Example:
        >>> talk = Conversation()
        >>> talk.read("analyze ACME").tickers
        ('ACME',)
        >>> talk.read("What's the biggest risk here?").tickers
        ('ACME',)
        >>> Conversation.from_dict(talk.to_dict()).read("and its margins?").tickers
        ('ACME',)
    """

    def __init__(self) -> None:
        self._talk = conversation.Conversation()

    def ask(
        self,
        words: str,
        *,
        provider: str | None = None,
        as_of: Moment | None = None,
        deadline: float | None = None,
        home: str | Path | None = None,
    ) -> Answer:
        """Do what the words ask for. Arguments and errors as for `genie_nb.ask`."""
        options = {"provider": provider, "as_of": as_of, "deadline": deadline, "home": home}
        meant = asking.meaning(self._talk, make_ask("ask", words=words, options=options))
        found = answer.run(meant)
        self._talk = self._talk.after(meant, found.value)
        return found

    def read(self, words: str) -> Answer:
        """How the words are understood at this point of the talk."""
        reading, self._talk = self._talk.read(words)
        return Answer(asking.advised(reading, self._talk), Ask(verb="read", words=words))

    def to_dict(self) -> dict[str, Any]:
        """The `genie-conversation/1` JSON: what was asked, without sinks, secrets and folders."""
        return self._talk.to_dict()

    @classmethod
    def from_dict(cls, saved: object) -> Self:
        """The conversation that `to_dict` wrote.

        Raises:
            AskError: This is no saved conversation.
        """
        talk = cls()
        talk._talk = conversation.Conversation.from_dict(saved)
        return talk

    def save(self, path: str | Path) -> Path:
        """Write it to a file, to be gone on with another day.

        Raises:
            BadConfig: The file cannot be written.
        """
        from ..desk.talks import save

        return save(self._talk, path)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The conversation that `save` wrote.

        Raises:
            AskError: The file is not there, or holds no saved conversation.
        """
        from ..desk.talks import load

        talk = cls()
        talk._talk = load(path)
        return talk


def _run(
    verb: str,
    *,
    tickers: tuple[str, ...] = (),
    word: str = "",
    words: str | tuple[str, ...] = "",
    **options: object,
) -> Answer:
    return answer.run(make_ask(verb, tickers=tickers, word=word, words=words, options=options))
