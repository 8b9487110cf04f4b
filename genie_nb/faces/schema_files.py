"""Writes the JSON Schemas that the package ships: `python -m genie_nb.faces.schema_files`."""

import json
from collections.abc import Iterator
from pathlib import Path

from ..core.schema import answers, schema_of

FOLDER = Path(__file__).parent.parent / "schemas"


def files() -> Iterator[tuple[Path, str]]:
    """Each schema file and what belongs in it."""
    for answer in answers():
        yield FOLDER / f"{answer}.json", json.dumps(schema_of(answer), indent=1) + "\n"


def write() -> None:
    """Bring the files up to date."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in files():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
