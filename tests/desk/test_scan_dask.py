"""The same scan on a Dask cluster."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest

import genie_nb as genie
from genie_nb.compute import cluster
from genie_nb.core.errors import MissingExtra, SetupError

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster with one worker process of its own."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, scheduler_kwargs={"dashboard": False}
    ) as own:
        yield own.scheduler_address


def test_a_cluster_given_by_address_gives_the_same_rows(scheduler: str) -> None:
    asked: dict[str, Any] = {"universe": ["ACME", "WNCH", "GFBK"], "provider": "demo"}
    assert scheduler.startswith("tcp://")
    here = genie.scan("breakout", **asked)
    there = genie.scan("breakout", dask=scheduler, **asked)
    assert there.rows == here.rows
    assert not there.unknown


def test_a_scheduler_that_does_not_answer_is_a_matter_of_set_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(SetupError, match="No Dask scheduler answered"):
        genie.scan("breakout", universe=["ACME"], provider="demo", dask="tcp://127.0.0.1:9")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"genie-nb\[dask\]"):
        genie.scan("breakout", universe=["ACME"], provider="demo", dask="local")
