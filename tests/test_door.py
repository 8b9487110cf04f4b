"""What `import genie_nb` promises."""

import subprocess
import sys
from inspect import isfunction, signature

import pytest

import genie_nb as genie

HEAVY = (
    "pandas",
    "numpy",
    "numba",
    "plotly",
    "yfinance",
    "pandas_ta",
    "talib",
    "papermill",
    "ipywidgets",
)


def test_every_name_of_the_door_is_there() -> None:
    for name in genie.__all__:
        assert getattr(genie, name) is not None
        assert name in dir(genie)


def test_the_door_is_sorted_and_says_nothing_twice() -> None:
    assert genie.__all__ == sorted(set(genie.__all__))


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'anlyze'"):
        _ = genie.anlyze  # pyright: ignore[reportAttributeAccessIssue]


def test_every_public_thing_says_what_it_is() -> None:
    for name in set(genie.__all__) - {"__version__"}:
        assert (getattr(genie, name).__doc__ or "").strip()


def test_every_public_function_tells_its_arguments_and_what_it_raises() -> None:
    for name in genie.__all__:
        function = getattr(genie, name)
        if not isfunction(function) or name.endswith("_extension"):
            continue
        told = (function.__doc__ or "").replace("*", "")
        assert [one for one in signature(function).parameters if f" {one}:" not in told] == []
        assert "Raises:" in told, name


@pytest.mark.parametrize(
    "code",
    [
        "import genie_nb",
        (
            "from IPython.core.interactiveshell import InteractiveShell as S;"
            "S.instance().run_line_magic('load_ext', 'genie_nb')"
        ),
        "import genie_nb.core.ask, genie_nb.core.ask.command, genie_nb.core.ask.completing",
    ],
)
def test_opening_it_imports_nothing_heavy(code: str) -> None:
    told = f"{code}; import sys; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
