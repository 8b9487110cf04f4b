"""What every test may lean on."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # no test asks the network for prices
settings.register_profile("genie", deadline=None)
settings.load_profile("genie")


@pytest.fixture(scope="session")
def recorded() -> Path:
    """The folder of recorded market data; skips where there is none."""
    folder = os.environ.get("GENIE_RECORDED")
    if not folder:
        pytest.skip("GENIE_RECORDED does not name the folder of recorded market data")
    path = Path(folder)
    if not path.is_dir():
        pytest.skip(f"GENIE_RECORDED names {folder}, which is not a folder")
    return path


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has an empty home: no settings, cache or ledger of the user are touched."""
    monkeypatch.setenv("GENIE_HOME", str(tmp_path_factory.mktemp("genie-home")))
