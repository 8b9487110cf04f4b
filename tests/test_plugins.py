"""Plugins: found by name, loaded when asked, conflicts and breakages named."""

import sys
from importlib import metadata
from pathlib import Path
from textwrap import dedent

import pytest

from genie_nb import plugins
from genie_nb.core.errors import PluginConflict, SetupError, UnknownName
from genie_nb.core.provider import Provider
from genie_nb.plugins import load, load_all, names, open_provider, providers

GROUP = "genie_nb.testing_plugins"


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Lay a real distribution with entry points on the import path."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def lay(distribution: str, points: str, module: str = "", code: str = "") -> None:
        info: Path = tmp_path / f"{distribution.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        info.joinpath("METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n"
        )
        info.joinpath("entry_points.txt").write_text(points)
        if module:
            tmp_path.joinpath(f"{module}.py").write_text(dedent(code))
            monkeypatch.delitem(sys.modules, module, raising=False)

    return lay


def test_a_plugin_is_imported_only_when_it_is_asked_for(install):
    install("acme-one", f"[{GROUP}]\none = acme_one:VALUE\n", "acme_one", "VALUE = 1")
    assert "one" in names(GROUP)
    assert "acme_one" not in sys.modules
    assert load(GROUP, "one") == 1


def test_what_is_installed_is_read_once_as_long_as_every_name_is_known(install, monkeypatch):
    install("acme-known", f"[{GROUP}]\nknown = acme_known:VALUE\n", "acme_known", "VALUE = 1")
    read = []

    def entry_points(**wanted: str):
        read.append(wanted)
        return metadata.entry_points(**wanted)

    monkeypatch.setattr(plugins, "entry_points", entry_points)
    assert [load(GROUP, "known") for _ in range(3)] == [1, 1, 1]
    assert len(read) == 1


def test_what_was_installed_meanwhile_is_found(install):
    install("acme-early", f"[{GROUP}]\nearly = acme_early:VALUE\n", "acme_early", "VALUE = 1")
    assert load(GROUP, "early") == 1
    install("acme-late", f"[{GROUP}]\nlate = acme_late:VALUE\n", "acme_late", "VALUE = 2")
    assert load(GROUP, "late") == 2
    install("acme-thief", f"[{GROUP}]\nearly = acme_thief:VALUE\n", "acme_thief", "VALUE = 3")
    assert {"early", "late"} <= set(names(GROUP))
    with pytest.raises(PluginConflict):
        load(GROUP, "early")


def test_an_unknown_name_lists_the_near_ones(install):
    install("acme-two", f"[{GROUP}]\nbreakout = acme_two:VALUE\n", "acme_two", "VALUE = 1")
    with pytest.raises(UnknownName, match="Did you mean 'breakout'"):
        load(GROUP, "brekout", kind="strategy")


def test_two_distributions_of_one_name_are_both_named(install):
    install("acme-three", f"[{GROUP}]\nsame = acme_three:VALUE\n", "acme_three", "VALUE = 1")
    install("acme-four", f"[{GROUP}]\nsame = acme_four:VALUE\n", "acme_four", "VALUE = 2")
    for ask in (lambda: load(GROUP, "same"), lambda: load_all(GROUP)):
        with pytest.raises(PluginConflict) as refused:
            ask()
        assert "acme-three" in str(refused.value)
        assert "acme-four" in str(refused.value)


def test_a_plugin_that_fails_to_import_is_left_out_and_named(install):
    install("acme-good", f"[{GROUP}]\ngood = acme_good:VALUE\n", "acme_good", "VALUE = 1")
    install("acme-bad", f"[{GROUP}]\nbad = acme_bad:VALUE\n", "acme_bad", "raise KeyError('boom')")
    found = load_all(GROUP)
    assert found.names == ("good",)
    assert "acme-bad" in found.broken["bad"]
    assert "boom" in found.broken["bad"]
    with pytest.raises(SetupError, match="acme-bad"):
        load(GROUP, "bad")


def test_an_address_opens_what_follows_the_first_colon(install):
    install(
        "acme-provider",
        "[genie_nb.providers]\nacme = acme_provider:open_provider\n",
        "acme_provider",
        """
        from genie_nb.testing import FakeProvider
        def open_provider(rest, folder):
            return FakeProvider(name="acme:" + rest)
        """,
    )
    opened = open_provider("acme:C:/prices")
    assert isinstance(opened, Provider)
    assert opened.name == "acme:C:/prices"
    assert open_provider("acme").name == "acme:"


def test_what_is_no_provider_is_refused(install):
    install(
        "acme-none",
        "[genie_nb.providers]\nacme-none = acme_none:open_provider\n",
        "acme_none",
        "def open_provider(rest, folder): return {}",
    )
    with pytest.raises(SetupError, match="opened a dict"):
        open_provider("acme-none:")


@pytest.mark.parametrize("address", ["", ":", "nope", "yaho", "yaho:x"])
def test_an_unknown_provider_is_a_question_to_reword(address):
    with pytest.raises(UnknownName) as refused:
        open_provider(address)
    assert "demo" in str(refused.value.needed)


def test_the_built_in_providers_come_the_same_way(tmp_path):
    assert {"demo", "files", "yahoo"} <= set(names())
    assert open_provider(f"files:{tmp_path}").name == f"files:{tmp_path}"
    assert "files" in providers().names
