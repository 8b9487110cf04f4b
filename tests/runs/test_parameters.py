"""Values for a parameters cell, as it declares them."""

import nbformat
import pytest

from genie_nb.core.errors import AskError
from genie_nb.runs.parameters import read, typed


def notebook(cell: str) -> nbformat.NotebookNode:
    code = nbformat.v4.new_code_cell(cell, metadata={"tags": ["parameters"]})
    made = nbformat.v4.new_notebook(cells=[code])
    made.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": ""}
    return made


@pytest.mark.parametrize(
    ("given", "kind", "expected"),
    [
        ("25", "int", 25),
        ("1_000", "int", 1000),
        (3, "float", 3.0),
        ("1e-3", "float", 0.001),
        ("No", "bool", False),
        ("0.5", "str", "0.5"),
        ("none", "str | None", None),
        ("none", "Optional[int]", None),
        ("7", "int | str", 7),
        ("x", "int | str", "x"),
        ("['a', 'b']", "list[str]", ["a", "b"]),
        ("[a, b]", "list[str]", ["a", "b"]),
        ("2026-01-02", "", "2026-01-02"),
        ("12:30", "", "12:30"),
        ("null", "", None),
        ("ACME", "", "ACME"),
        ("{open", "", "{open"),
        ((1, 2), "", [1, 2]),
    ],
)
def test_a_value_is_read_as_it_was_declared(given: object, kind: str, expected: object) -> None:
    found = read(given, kind, "x")
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("given", "kind"), [("1.5", "int"), (True, "int"), ("maybe", "bool"), ("x", "float | None")]
)
def test_a_value_that_does_not_fit_is_refused(given: object, kind: str) -> None:
    with pytest.raises(AskError, match="declares it as"):
        read(given, kind, "x")


def test_a_text_or_truth_stays_one_where_only_the_default_tells() -> None:
    made = notebook('code = "A"\nflag = False\nlevel = 1')
    given = {"code": "007", "flag": "true", "level": "1.5"}
    assert typed(given, made, "n") == {"code": "007", "flag": True, "level": 1.5}


def test_a_notebook_without_a_parameters_cell_takes_none() -> None:
    made = notebook("x = 1")
    made.cells[0].metadata["tags"] = []
    assert typed({}, made, "n") == {}
    with pytest.raises(AskError, match="takes no parameters"):
        typed({"x": 2}, made, "n")
