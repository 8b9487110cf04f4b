"""`tune`: the strategy that was named, or the one that fits."""

import pytest

import genie_nb as genie
from genie_nb.core.errors import UnknownName
from genie_nb.core.smart.fit import fit
from genie_nb.core.smart.traits import traits
from genie_nb.core.strategies import BUILT_IN


def test_tune_is_the_study_of_the_strategy(tmp_path) -> None:
    tuned = genie.tune("ACME", "breakout", lookback=35, home=tmp_path).to_dict()
    studied = genie.strategy("breakout", "ACME", lookback=35, home=tmp_path).to_dict()
    assert tuned["schema"] == "genie-strategy/1"
    for part in ("params", "metrics", "out_of_sample", "trades", "costs", "rules"):
        assert tuned[part] == studied[part]


def test_without_a_strategy_the_one_that_fits_best_is_tuned_and_it_is_said(tmp_path) -> None:
    found = genie.tune("ACME", home=tmp_path)
    known = traits(found.bars)
    daily = [one for one in BUILT_IN.values() if not one.intraday_only]
    best = max(daily, key=lambda one: fit(one, known) or 0.0)
    assert found.strategy.name == best.name
    assert f"{best.name} fits ACME best" in found.said_back


def test_an_unknown_strategy_is_refused_with_the_nearest_name(tmp_path) -> None:
    with pytest.raises(UnknownName, match="breakout"):
        genie.tune("ACME", "brakeout", home=tmp_path)
