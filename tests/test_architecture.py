"""ARCHITECTURE.md is true, and so is the list of what the package needs."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import genie_nb

HOUSE = Path(genie_nb.__path__[0])
TEXT = HOUSE.joinpath("ARCHITECTURE.md").read_text(encoding="utf-8")
OF_NO_ROOM = {"ARCHITECTURE.md", "__init__.py", "__main__.py", "__pycache__", "py.typed"}


def named() -> Iterator[tuple[str, Path]]:
    """What the rows of the map name; a name that is not there is looked for beside the one before it."""
    map_, _, _ = TEXT.partition("## The layers")
    for row in re.findall(r"^\| (`.*?) \|", map_, re.MULTILINE):
        folder = HOUSE
        for name in re.findall(r"`([^`]+)`", row):
            path = next((at / name for at in (HOUSE, folder) if (at / name).exists()), HOUSE / name)
            folder = path.parent
            yield name, path


def test_all_that_the_map_names_is_there() -> None:
    assert [name for name, path in named() if not path.exists()] == []


def test_every_room_is_on_the_map() -> None:
    rooms = {path.relative_to(HOUSE).parts[0] for _, path in named()}
    assert {path.name for path in HOUSE.iterdir()} - rooms <= OF_NO_ROOM | {"schemas"}
    of_the_core = {path for _, path in named()}
    core = {path for path in HOUSE.joinpath("core").iterdir() if path.name not in OF_NO_ROOM}
    assert sorted(path.name for path in core - of_the_core) == []


def test_every_test_that_is_pointed_at_is_there() -> None:
    root = HOUSE.parent
    pointed_at = re.findall(r"`(tests/[^`]+)`", TEXT)
    assert [name for name in pointed_at if not any(root.glob(name))] == []


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((HOUSE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [
        *project["dependencies"],
        *(need for name in extras if name != "test" for need in extras[name]),
    ]
    declared = {_normal(re.split(r"[^\w.-]", need)[0]) for need in wanted}
    brought_by = packages_distributions()
    undeclared = {
        name
        for path in HOUSE.rglob("*.py")
        for name in _imported(path) - sys.stdlib_module_names - {"genie_nb"}
        if name in brought_by and declared.isdisjoint(map(_normal, brought_by[name]))
    }
    assert undeclared == set()


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
