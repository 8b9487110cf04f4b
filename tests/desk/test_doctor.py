"""The doctor: what it finds in order, what it finds wanting, and what it says to do."""

import re
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from textwrap import dedent

import pandas as pd
import pytest
from permissions import bound_by_permissions

from genie_nb.config import Config
from genie_nb.core.doctor import Health, Probe
from genie_nb.core.errors import Malformed, RateLimited, Unavailable
from genie_nb.core.market import Bars, Interval
from genie_nb.core.provider import Capabilities
from genie_nb.core.verbs import Ask
from genie_nb.desk import Desk, doctor
from genie_nb.faces import cli
from genie_nb.testing import FakeProvider

INDEXED = Capabilities(intervals=frozenset({Interval.D1}), large_cap_index="BIG")


def index_bars(days: int = 3) -> Bars:
    days_ = pd.bdate_range(end="2026-01-12", periods=days)
    frame = pd.DataFrame(dict.fromkeys(("open", "high", "low", "close"), 1.0), index=days_)
    return Bars.from_frame(frame, ticker="BIG")


def visited(home: Path, provider: FakeProvider | None = None, **options: object) -> Health:
    source = provider or FakeProvider(bars=[index_bars()], capabilities=INDEXED)
    return Desk(Config(), home, provider=source).answer(Ask(verb="doctor", options=options))


def probe(health: Health, name: str) -> Probe:
    return next(one for one in health.checks if one.name == name)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lay a real distribution with one entry point on the import path."""
    place = tmp_path / "site"
    place.mkdir()
    monkeypatch.syspath_prepend(str(place))

    def lay(distribution: str, group: str, name: str, code: str) -> None:
        module = distribution.replace("-", "_")
        info = place / f"{module}-1.0.dist-info"
        info.mkdir()
        info.joinpath("METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n"
        )
        info.joinpath("entry_points.txt").write_text(f"[{group}]\n{name} = {module}:THING\n")
        place.joinpath(f"{module}.py").write_text(dedent(code))
        monkeypatch.delitem(sys.modules, module, raising=False)

    return lay


def test_in_a_sound_house_nothing_fails(tmp_path):
    health = visited(tmp_path)
    assert health.exit == 0
    assert all(one.status != "fail" for one in health.checks)
    assert "BIG has 3 daily bars to 2026-01-12" in probe(health, "provider").text


@pytest.mark.parametrize(
    "failure", [Unavailable("The line is cut."), RateLimited("Wait."), Malformed("Half a page.")]
)
def test_a_provider_that_fails_is_named_with_the_reason(tmp_path, failure):
    dead = FakeProvider(capabilities=INDEXED)
    dead.fail("bars", failure)
    health = visited(tmp_path, dead)
    assert health.exit == 3
    found = probe(health, "provider")
    assert found.status == "fail"
    assert str(failure) in found.text
    assert "--provider demo" in found.cure


def test_a_provider_that_does_not_know_its_own_index_fails_too(tmp_path):
    assert visited(tmp_path, FakeProvider(capabilities=INDEXED)).exit == 3


class Hanging(FakeProvider):
    """Says nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__(capabilities=INDEXED)
        self.released = threading.Event()

    def bars(self, *asked, **more):
        self.released.wait(30)
        return super().bars(*asked, **more)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    source = Hanging()
    yield source
    source.released.set()


def test_a_provider_that_hangs_is_given_up_at_the_deadline(tmp_path, hanging):
    health = visited(tmp_path, hanging, deadline=0.2)
    assert health.exit == 3
    assert "No answer within 0.2 s" in probe(health, "provider").text


def test_a_provider_without_an_index_is_not_held_against_it(tmp_path):
    found = probe(visited(tmp_path, FakeProvider(bars=[])), "provider")
    assert (found.status, found.text) == ("ok", "fake has no index to try")


def test_the_command_ends_with_3_when_the_provider_is_dead(install, tmp_path, capsys):
    install(
        "acme-dead",
        "genie_nb.providers",
        "dead",
        """
        from genie_nb.core.errors import Unavailable
        from genie_nb.core.provider import Capabilities
        from genie_nb.testing import FakeProvider

        def THING(address, folder=None):
            dead = FakeProvider(
                capabilities=Capabilities(intervals=frozenset(), large_cap_index="BIG")
            )
            dead.fail("bars", Unavailable("The line is cut."))
            return dead
        """,
    )
    status = cli.main(["doctor", "--provider", "dead", "--home", str(tmp_path / "home")])
    assert status == 3
    assert "The line is cut." in capsys.readouterr().out


def test_a_home_that_is_not_there_yet_can_be_made(tmp_path):
    found = probe(visited(tmp_path / "new" / "home"), "home")
    assert (found.status, found.text) == ("ok", f"{tmp_path / 'new' / 'home'} can be written")


@pytest.mark.parametrize("place", ["file", "file/home"])
def test_a_file_in_the_place_of_the_home_stands_in_the_way(tmp_path, place):
    tmp_path.joinpath("file").write_text("in the way")
    health = visited(tmp_path / place)
    found = probe(health, "home")
    assert (health.exit, found.status) == (5, "fail")
    assert found.text == f"{tmp_path / place} cannot be written"
    assert "--home" in found.cure


def test_a_home_without_permission_stands_in_the_way(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with bound_by_permissions():
            assert probe(visited(tmp_path / "home"), "home").status == "fail"
    finally:
        tmp_path.chmod(0o700)


def test_the_command_ends_with_5_when_the_home_cannot_be_used(tmp_path, capsys):
    tmp_path.joinpath("file").write_text("in the way")
    status = cli.main(["doctor", "--provider", "demo", "--home", str(tmp_path / "file")])
    assert status == 5
    assert "--home" in capsys.readouterr().err


def test_a_broken_set_up_comes_before_a_dead_provider(tmp_path):
    tmp_path.joinpath("file").write_text("in the way")
    assert visited(tmp_path / "file", FakeProvider(capabilities=INDEXED)).exit == 5


@pytest.mark.parametrize("kind", ["providers", "strategies"])
def test_a_plugin_that_cannot_be_imported_is_named_with_its_distribution(install, tmp_path, kind):
    install("acme-broken", f"genie_nb.{kind}", "broken", "raise KeyError('boom')")
    health = visited(tmp_path)
    found = probe(health, "plugin broken")
    assert (health.exit, found.status) == (0, "warn")
    assert "acme-broken" in found.text
    assert "boom" in found.text
    assert "remove the distribution" in found.cure
    assert "broken" not in probe(health, kind).text


def test_two_plugins_of_one_name_stand_in_the_way(install, tmp_path):
    for distribution in ("acme-one", "acme-two"):
        install(distribution, "genie_nb.strategies", "same", "THING = None")
    health = visited(tmp_path)
    found = probe(health, "strategies")
    assert (health.exit, found.status) == (5, "fail")
    assert "acme-one" in found.text
    assert "acme-two" in found.text


def test_an_extra_that_is_not_installed_is_a_matter_of_choice(tmp_path, monkeypatch):
    extras = {"ai": ("numpy", "no-such-distribution"), "dask": ("pandas", "numpy")}
    monkeypatch.setattr(doctor, "OPTIONAL", extras)
    health = visited(tmp_path)
    absent, present = probe(health, "extra ai"), probe(health, "extra dask")
    assert (health.exit, absent.status, present.status) == (0, "warn", "ok")
    assert absent.text == "not installed: no-such-distribution"
    assert present.text == f"pandas {version('pandas')}, numpy {version('numpy')}"
    assert 'pip install "genie-nb[ai]"' in absent.cure


def test_a_package_that_genie_needs_and_has_not_stands_in_the_way(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "NEEDED", ("pandas", "no-such-distribution"))
    health = visited(tmp_path)
    found = probe(health, "packages")
    assert (health.exit, found.status) == (5, "fail")
    assert found.text == "not installed: no-such-distribution"


def test_it_looks_for_all_that_each_extra_brings():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    named = {
        extra: tuple(re.split(r"[^\w.-]", need)[0] for need in extras[extra])
        for extra in extras.keys() - {"all", "test"}
    }
    assert named == doctor.OPTIONAL


def test_the_size_of_the_cache_is_told(tmp_path):
    folder = tmp_path / "cache" / "fake" / "bars-1d"
    folder.mkdir(parents=True)
    folder.joinpath("one").write_bytes(bytes(1_500_000))
    assert probe(visited(tmp_path), "cache").text.startswith("1 file, 1.5 MB in ")
