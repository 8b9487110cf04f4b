"""A language model is asked within what it may cost, and what is kept of it is its owner's."""

import json
import os
import stat
from pathlib import Path

import pytest
from model_server import speaking

from genie_nb.core.errors import Unavailable
from genie_nb.desk.model import Model

pytest.importorskip("litellm", reason="the extra `ai` is not installed")
pytestmark = pytest.mark.xdist_group("litellm")

HELLO = [{"role": "user", "content": "Hello."}]


def model(name: str, address: str, **more: object) -> Model:
    return Model(name=name, base_url=address, **more)  # type: ignore[arg-type]


def test_a_model_without_a_known_price_is_not_asked_when_there_is_a_budget() -> None:
    with speaking("Hello.") as (address, asked):
        with pytest.raises(Unavailable, match="price of openai/local is not known"):
            model("openai/local", address, budget=5.0).ask(HELLO, 20)
        assert not asked


def test_a_model_without_a_known_price_is_asked_without_a_budget() -> None:
    with speaking("Hello.") as (address, _):
        one = model("openai/local", address)
        assert (one.ask(HELLO, 20), one.spent) == ("Hello.", 0.0)


def test_a_call_costs_its_tokens_and_a_spent_budget_ends_the_calls() -> None:
    with speaking("Hello.") as (address, asked):
        one = model("openai/gpt-4o-mini", address, budget=1e-6)
        while one.spent < 1e-6:
            one.ask(HELLO, 20)
        # a token in at $0.15 and one out at $0.60 per million are $0.00000075
        assert (len(asked), one.spent) == (2, pytest.approx(1.5e-6))
        with pytest.raises(Unavailable, match="is spent"):
            one.ask(HELLO, 20)
    assert len(asked) == 2


@pytest.mark.skipif(os.name != "posix", reason="permissions are of another kind here")
@pytest.mark.parametrize("before", [None, 0o644])
def test_what_is_kept_can_be_read_by_its_owner_alone(tmp_path: Path, before: int | None) -> None:
    log = tmp_path / "home" / "model.jsonl"
    if before is not None:
        log.parent.mkdir()
        log.touch(before)
    with speaking("Hello.") as (address, _):
        model("openai/gpt-4o-mini", address, log=log).ask(HELLO, 20)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert json.loads(log.read_text(encoding="utf-8"))["answer"] == "Hello."
