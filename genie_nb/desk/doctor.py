"""Is everything installed, reachable and fresh? Looks, and says what to do about the rest."""

import os
import platform
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from ..core.doctor import Health, Probe
from ..core.errors import DataError, PluginConflict
from ..core.market import Bars, Interval
from ..core.verbs import Ask
from ..data.deadline import gather
from ..plugins import installed_strategies, providers
from .alive import alive

if TYPE_CHECKING:
    from .desk import Desk

NEEDED = ("genie-nb", "ipython", "ipywidgets", "numpy", "pandas", "pandas-ta", "papermill", "plotly", "TA-Lib", "yfinance")  # fmt: skip
OPTIONAL = {
    "notebook": ("anywidget", "ipykernel", "jupyterlab"),
    "ai": ("anyio", "jupyter-ai", "jupyter-ai-persona-manager", "jupyterlab-chat", "litellm", "mcp", "pydantic"),
    "alerts": ("apprise", "jupyter-scheduler", "jupyter-server", "keyring", "psycopg"),
    "dask": ("dask", "distributed"),
}  # fmt: skip
"""What each extra brings."""


def examine(desk: "Desk", ask: Ask) -> Health:
    """Visit everything the desk stands on.

    Returns:
        One probe per thing, in the order a user would look.
    """
    return Health(
        provider=desk.data.name,
        as_of=desk.data.now(),
        checks=(
            _python(),
            *_packages(),
            _home(desk),
            _cache(desk),
            _provider(desk, desk.deadline(ask)),
            *alive(desk),
            *_plugins(),
        ),
    )


def _python() -> Probe:
    seen = platform.python_version()
    if (3, 12) <= sys.version_info[:2] <= (3, 13):
        return Probe(name="python", status="ok", text=f"Python {seen}")
    return Probe(
        name="python",
        status="fail",
        text=f"Python {seen}",
        cure="Install Python 3.12 or 3.13: pandas-ta runs on no other.",
    )


def _packages() -> Iterator[Probe]:
    found, absent = _installed(NEEDED)
    if absent:
        yield Probe(
            name="packages",
            status="fail",
            text=f"not installed: {', '.join(absent)}",
            cure='Run: pip install "genie-nb"',
        )
    else:
        yield Probe(name="packages", status="ok", text=", ".join(found))
    for extra, names in OPTIONAL.items():
        found, absent = _installed(names)
        if absent:
            yield Probe(
                name=f"extra {extra}",
                status="warn",
                text=f"not installed: {', '.join(absent)}",
                cure=f'If you want it, run: pip install "genie-nb[{extra}]"',
            )
        else:
            yield Probe(name=f"extra {extra}", status="ok", text=", ".join(found))


def _installed(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Those that are there, with their versions, and those that are not."""
    found, absent = [], []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            absent.append(name)
    return found, absent


def _home(desk: "Desk") -> Probe:
    place = desk.directory
    standing = next(folder for folder in (place, *place.parents) if folder.exists())
    ours = os.access in os.supports_effective_ids
    if standing.is_dir() and os.access(standing, os.W_OK, effective_ids=ours):
        return Probe(name="home", status="ok", text=f"{place} can be written")
    return Probe(
        name="home",
        status="fail",
        text=f"{place} cannot be written",
        cure="Choose another with --home DIR or the GENIE_HOME variable.",
    )


def _cache(desk: "Desk") -> Probe:
    folder = desk.data.directory
    if folder is None:
        return Probe(name="cache", status="ok", text="in memory; this provider needs no other")
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    size = sum(path.stat().st_size for path in files)
    count = "1 file" if len(files) == 1 else f"{len(files)} files"
    return Probe(name="cache", status="ok", text=f"{count}, {size / 1e6:.1f} MB in {folder}")


def _provider(desk: "Desk", deadline: float) -> Probe:
    """Ask for one well-known series, past the cache."""
    source = desk.data.source
    ticker = source.capabilities.large_cap_index
    if ticker is None:
        return Probe(name="provider", status="ok", text=f"{source.name} has no index to try")
    asked = gather(
        {"bars": lambda: source.bars([ticker], Interval.D1, None, None)[ticker]}, deadline=deadline
    )
    tape = asked["bars"]
    if isinstance(tape, Bars) and len(tape):
        last = tape.labels[-1]
        return Probe(
            name="provider",
            status="ok",
            text=f"{source.name} answered: {ticker} has {len(tape)} daily bars to {last:%Y-%m-%d}",
        )
    if isinstance(tape, Exception) and not isinstance(tape, DataError):
        raise tape
    return Probe(
        name="provider",
        status="fail",
        text=f"{source.name} did not answer for {ticker}: {tape}",
        cure="Check the network, or work offline with --provider demo.",
    )


def _plugins() -> Iterator[Probe]:
    for kind, find in (("providers", providers), ("strategies", installed_strategies)):
        try:
            found = find()
        except PluginConflict as conflict:
            cure = conflict.cure or ""
            yield Probe(name=kind, status="fail", text=conflict.message, cure=cure)
            continue
        yield Probe(name=kind, status="ok", text=", ".join(sorted(found.names)))
        for name, reason in found.broken.items():
            yield Probe(
                name=f"plugin {name}",
                status="warn",
                text=reason,
                cure="Reinstall or remove the distribution that brings it.",
            )
