"""Strategies of other distributions: a good one joins, a bad one is named, a second claim is refused."""

import sys
import warnings
from textwrap import dedent

import pytest

import genie_nb as genie
from genie_nb.core.errors import PluginConflict, SetupError, UnknownName
from genie_nb.core.strategies import BUILT_IN
from genie_nb.plugins import find_strategy, installed_strategies, strategies

GOOD = """
    from genie_nb.core.strategies import Strategy
    FOUND = Strategy(
        name="{name}", summary="Up.", entry_text="{entry}", exit_text="close < sma(5)"
    )
"""


@pytest.fixture
def lay(tmp_path, monkeypatch):
    """Lay a real distribution with one strategy on the import path."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def lay(name: str, code: str, distribution: str = "") -> None:
        distribution = distribution or f"genie-{name}"
        module = distribution.replace("-", "_")
        info = tmp_path / f"{module}-1.0.dist-info"
        info.mkdir()
        info.joinpath("METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n"
        )
        info.joinpath("entry_points.txt").write_text(
            f"[genie_nb.strategies]\n{name} = {module}:FOUND\n"
        )
        tmp_path.joinpath(f"{module}.py").write_text(dedent(code))
        monkeypatch.delitem(sys.modules, module, raising=False)

    return lay


def good(name: str, entry: str = "close > sma(5)") -> str:
    return GOOD.format(name=name, entry=entry)


def test_a_good_one_stands_beside_the_built_in_ones(lay):
    lay("uphill", good("uphill"))
    found = genie.strategies()
    assert set(found) == {*BUILT_IN, "uphill"}
    assert str(found["uphill"].entry()) == "close > sma(5)"
    assert find_strategy("uphill") is found["uphill"]


def test_without_others_there_are_the_built_in_ones_and_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert dict(strategies()) == dict(BUILT_IN)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise KeyError('boom')", "boom"),
        ("FOUND = 42", "is int, not a Strategy"),
        (good("downhill"), "calls itself 'downhill'"),
        (good("uphill", entry="close >> 5"), "cannot be read"),
        (good("uphill", entry="sma({missing}) > 5"), "cannot be read"),
    ],
    ids=["no import", "no strategy", "another name", "no condition", "no such parameter"],
)
def test_a_bad_one_is_left_out_and_named(lay, code, reason):
    lay("uphill", code)
    with pytest.warns(UserWarning, match="uphill"):
        assert dict(strategies()) == dict(BUILT_IN)
    assert reason in installed_strategies().broken["uphill"]
    with pytest.raises(SetupError, match="uphill"):
        find_strategy("uphill")


def test_a_second_claim_to_a_built_in_name_is_refused(lay):
    lay("breakout", good("breakout"), distribution="genie-rival")
    for ask in (strategies, lambda: find_strategy("breakout")):
        with pytest.raises(PluginConflict) as refused:
            ask()
        assert "genie-nb" in str(refused.value)
        assert "genie-rival" in str(refused.value)


def test_an_unknown_strategy_names_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'breakout'"):
        find_strategy("brekout")
