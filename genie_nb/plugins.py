"""Providers, strategies and sinks that other distributions bring, found by entry point.

    pyproject entry point -> names() -> load() -> the object
    "files:prices" -> open_provider() -> Provider

Nothing is imported before it is asked for by name. Two distributions that claim one name are refused,
both named; one that fails to import is left out and named.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from warnings import warn

from .core.errors import GenieError, PluginConflict, SetupError, UnknownName
from .core.provider import Provider

if TYPE_CHECKING:
    from .core.strategies import Strategy

PROVIDERS = "genie_nb.providers"
"""The group of providers: name to a callable that takes what follows the colon of an address, and a
folder for files of its own (or None)."""

STRATEGIES = "genie_nb.strategies"
"""The group of strategies: name to a Strategy of that name."""

PANEL_OPENERS = "genie_nb.panels"
"""The group of panels: a verb's name to what shows its answer as a panel, given the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a group of entry points holds.

    Attributes:
        objects: Name to the loaded object.
        broken: Name to why it could not be loaded, in words.
    """

    objects: Mapping[str, Any]
    broken: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """The names that can be used."""
        return tuple(self.objects)


def names(group: str = PROVIDERS) -> tuple[str, ...]:
    """Every name of a group as it is installed now, without importing anything."""
    _read.cache_clear()
    return tuple(sorted(entry_points(group=group).names))


def load(group: str, name: str, *, kind: str = "plugin") -> Any:
    """The object that a group holds under *name*.

    Args:
        group: Such as `genie_nb.providers`.
        name: The entry point's name.
        kind: What the group holds, for messages.

    Raises:
        UnknownName: The group has no such name.
        PluginConflict: Two distributions claim it.
        SetupError: It is there and cannot be imported.
    """
    claims = _claims(group, name)
    if not claims:
        raise UnknownName(kind, name, names(group))
    return _load(_only(claims, kind), kind)


def _claims(group: str, name: str) -> tuple[EntryPoint, ...]:
    """Who brings *name*; what was installed is read anew when it is not known."""
    path = tuple(sys.path)
    known = tuple(point for point in _read(group, path) if point.name == name)
    if known:
        return known
    _read.cache_clear()
    return tuple(point for point in _read(group, path) if point.name == name)


@cache
def _read(group: str, _path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """The entry points of a group on an import path; kept, as reading them opens every distribution."""
    return tuple(entry_points(group=group))


def load_all(group: str, *, kind: str = "plugin") -> Found:
    """Every object of a group; those that cannot be imported are named, with the reason.

    Raises:
        PluginConflict: Two distributions claim one name.
    """
    objects: dict[str, Any] = {}
    broken: dict[str, str] = {}
    for name in names(group):
        point = _only(tuple(entry_points(group=group, name=name)), kind)
        try:
            objects[name] = _load(point, kind)
        except SetupError as error:
            broken[name] = error.message
    return Found(objects=MappingProxyType(objects), broken=MappingProxyType(broken))


def providers() -> Found:
    """Every installed provider's opener, and those that cannot be imported.

    Raises:
        PluginConflict: Two distributions claim one name.
    """
    return load_all(PROVIDERS, kind="provider")


def open_provider(address: str, folder: Path | None = None) -> Provider:
    """The provider at an address.

    Args:
        address: A provider's name, and after a colon what it opens: `demo`, `yahoo`, `files:DIR`.
        folder: Where it may keep files of its own; None for a place it chooses.

    Raises:
        UnknownName: No installed provider has that name.
        SetupError: It cannot be imported, or what it opens is no provider.
    """
    name, _, rest = address.strip().partition(":")
    opened = load(PROVIDERS, name, kind="provider")(rest, folder)
    if not isinstance(opened, Provider):
        raise SetupError(
            f"The provider {name!r} opened a {type(opened).__name__}, which is not a provider.",
            seen=type(opened).__name__,
            needed="an object with the methods of genie_nb.core.provider.Provider",
            cure="Correct its open_provider; genie_nb.testing.check_provider says what is missing.",
        )
    return opened


def installed_strategies() -> Found:
    """Every installed strategy, and those that cannot be used, with the reason.

    Raises:
        PluginConflict: Two distributions claim one name.
    """
    found = load_all(STRATEGIES, kind="strategy")
    unfit = {name: _unfit(name, loaded) for name, loaded in found.objects.items()}
    good = {name: loaded for name, loaded in found.objects.items() if not unfit[name]}
    broken = {**found.broken, **{name: reason for name, reason in unfit.items() if reason}}
    return Found(objects=MappingProxyType(good), broken=MappingProxyType(broken))


def strategies() -> Mapping[str, "Strategy"]:
    """Every installed strategy by name: those of genie_nb and those of other distributions.

    One that cannot be used is left out with a warning that names it.

    Raises:
        PluginConflict: Two distributions claim one name.
    """
    found = installed_strategies()
    for reason in found.broken.values():
        warn(reason, stacklevel=2)
    return found.objects


def find_strategy(name: str) -> "Strategy":
    """The installed strategy of that name.

    Raises:
        UnknownName: There is none; says the nearest.
        PluginConflict: Two distributions claim the name.
        SetupError: It cannot be imported, or is no strategy.
    """
    loaded = load(STRATEGIES, name, kind="strategy")
    reason = _unfit(name, loaded)
    if reason:
        raise SetupError(
            reason,
            seen=type(loaded).__name__,
            needed=f"a genie_nb.core.strategies.Strategy called {name!r}",
            cure="Correct its entry point; CONTRIBUTING.md shows one.",
        )
    return loaded


def _unfit(name: str, loaded: Any) -> str:
    """Why what was loaded cannot be the strategy of that name; empty when it can."""
    from .core.strategies import Strategy

    if not isinstance(loaded, Strategy):
        return f"The strategy {name!r} is {type(loaded).__name__}, not a Strategy."
    if loaded.name != name:
        return f"The strategy {name!r} calls itself {loaded.name!r}; the two must be the same."
    try:
        for read in (loaded.entry, loaded.exit, loaded.rules_at, loaded.levels_at):
            read()
    except GenieError as error:
        return f"The strategy {name!r} cannot be read: {error}"
    return ""


def _only(claims: tuple[EntryPoint, ...], kind: str) -> EntryPoint:
    if len(claims) == 1:
        return claims[0]
    owners = sorted(f"{_owner(point)} ({point.value})" for point in claims)
    raise PluginConflict(
        f"The {kind} {claims[0].name!r} is claimed by {' and by '.join(owners)}.",
        seen=", ".join(owners),
        needed=f"one distribution that brings the {kind} {claims[0].name!r}",
        cure=f"Uninstall all but one of them: {', '.join(_owner(point) for point in claims)}.",
    )


def _load(point: EntryPoint, kind: str) -> Any:
    try:
        return point.load()
    except GenieError:
        raise
    except Exception as error:
        raise SetupError(
            f"The {kind} {point.name!r} of {_owner(point)} could not be loaded: "
            f"{type(error).__name__}: {error}.",
            seen=point.value,
            needed=f"a {kind} that can be imported",
            cure=f"Update, repair or uninstall {_owner(point)}.",
        ) from error


def _owner(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "an unnamed distribution"
