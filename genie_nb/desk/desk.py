"""One desk per home and provider: it keeps what it has read, so that the next question is quick."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from ..config import Config, home, read_config
from ..core.ask import read_words
from ..core.errors import BadConfig, UnknownName
from ..core.provider import Provider
from ..core.report import Timing
from ..core.verbs import VERBS, Ask
from ..data.cache import Cached, Meter
from ..data.calendar import as_of as read_as_of
from ..data.calendar import calendar_of
from ..plugins import open_provider
from . import (
    alerts,
    check,
    diff,
    doctor,
    opening,
    preview,
    research,
    rotation,
    rules,
    scan,
    setup,
    strategy,
    tune,
    watch,
)

SHARED_SOURCES = ("demo", "files")
"""Providers whose data is already on this machine: kept in memory, not stored a second time."""


class Desk:
    """Answers Asks with one provider.

    Args:
        config: The settings.
        directory: Home of settings and cache.
        address: Provider address such as `demo` or `files:DIR`; None for the configured one.
        provider: An opened provider, instead of an address.

    Attributes:
        config: The settings.
        directory: Home of settings and cache.
        address: What the provider was opened by.
        data: The provider behind its cache.
    """

    def __init__(
        self,
        config: Config,
        directory: Path,
        *,
        address: str | None = None,
        provider: Provider | None = None,
    ) -> None:
        self.config = config
        self.directory = directory
        self.address = address or (provider.name if provider else config.provider)
        source = provider or open_provider(self.address, directory / "cache")
        local = self.address.partition(":")[0] in SHARED_SOURCES
        self.data = Cached(source, None if local else directory / "cache" / source.name)

    def answer(self, ask: Ask) -> Any:
        """The value that answers an Ask, such as a Report.

        Raises:
            GenieError: It cannot be answered; the message says why and what to do.
        """
        verb = _VERBS.get(ask.verb)
        if verb is None:
            raise UnknownName("verb", ask.verb, VERBS)
        return verb(self, ask)

    def beside(self, address: str) -> "Desk":
        """The desk of another provider in the same home; this one when the address is its own.

        Raises:
            UnknownName: There is no such provider.
            SetupError: It cannot be opened.
        """
        if address == self.address:
            return self
        options = {"home": str(self.directory), "provider": address}
        return open_desk(Ask(verb="check", options=options))

    def moment(self, ask: Ask, ticker: str = "") -> datetime | None:
        """The time given by `--as-of`; None when the question is about now.

        A date is the end of that session at the exchange of *ticker*, which its symbol names
        (`OCDO.L`, `7203.T`), for the moment must be known before its bars are asked for. It is New
        York's for a symbol that names none, and for a question about no one ticker.
        """
        text = ask.options.get("as_of")
        return None if text is None else read_as_of(str(text), calendar_of(ticker))

    def deadline(self, ask: Ask) -> float:
        """Seconds after which what is ready is shown."""
        return float(str(ask.options.get("deadline", self.config.deadline)))

    def shares(self, ask: Ask) -> int:
        """The position that exit costs are reckoned for."""
        return int(str(ask.options.get("shares", self.config.shares)))

    @contextmanager
    def timed(self) -> Iterator[Callable[[], Timing]]:
        """Measures what happens inside; call what it yields for the Timing so far."""
        begin = perf_counter()
        with self.data.meter() as meter:
            yield lambda: _timing(perf_counter() - begin, meter)


def _timing(seconds: float, meter: Meter) -> Timing:
    return Timing(
        seconds=seconds,
        calls=meter.calls,
        cache_hits=meter.hits,
        waits=meter.waits,
        fetched_at=meter.oldest,
        stale=tuple(meter.stale),
    )


def _ask(desk: Desk, ask: Ask) -> Any:
    inner = read_words(ask.words)
    return desk.answer(replace(inner, options={**ask.options, **inner.options}))


_VERBS: Mapping[str, Callable[[Desk, Ask], Any]] = {
    "analyze": research.analyze,
    "compare": research.compare,
    "why": research.why,
    "rotation": rotation.rotation,
    "diff": diff.diff,
    "strategy": strategy.strategy,
    "tune": tune.tune,
    "panel": opening.panel,
    "watching": rules.rules,
    "setup": setup.setup,
    "preview": preview.look_back,
    "scan": scan.scan,
    "watch": watch.watch,
    "rules": rules.rules,
    "unwatch": rules.unwatch,
    "snooze": rules.snooze,
    "check": check.check,
    "alerts": alerts.alerts,
    "ask": _ask,
    "doctor": doctor.examine,
}

_open: dict[tuple[Path, str, Config], Desk] = {}
_opening = threading.Lock()


def open_desk(ask: Ask, directory: str | Path | None = None) -> Desk:
    """The desk for an Ask: its `--home` and `--provider`, else the configured ones.

    The same settings give the same desk within one process, with what it has already read.
    """
    chosen = ask.options.get("home", directory)
    place = home(None if chosen is None else Path(str(chosen)))
    config = read_config(place)
    address = str(ask.options.get("provider", config.provider))
    key = (place, address, config)
    with _opening:
        if key not in _open:
            try:
                _open[key] = Desk(config, place, address=address)
            except UnknownName as unknown:
                if "provider" in ask.options:
                    raise
                raise _wrong_setting(config, unknown) from None
        return _open[key]


def _wrong_setting(config: Config, unknown: UnknownName) -> BadConfig:
    return BadConfig(
        f"provider cannot be {config.provider!r} in {config.path}: no provider is called so.",
        seen=config.provider,
        needed=unknown.needed,
        cure=f"{unknown.cure} Or run: genie config provider demo",
    )
