"""Takes what is private out of texts: the values of secrets, and where things lie on this machine.

    notebook, named secrets, places -> Scrubber -> the same notebook, `***` and `~` in their place

A secret is also found as it is written in JSON, HTML, Markdown and addresses, a place in Markdown. Pictures are left as they are.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from ..render.markdown import escaped as marked

HIDDEN = "***"
_SHORTEST = 4
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@'\"]+(?=@)")
_HOMES = re.compile(
    r"(?:(?<![\w.])|(?<=[0-9]m))(?:/home/|/Users/|[A-Z]:\\\\?Users\\\\?)[^/\\\s\"'<>:;,]+"
)
_FOLDERS = re.compile(r"(?:(?<![\w.:/~$…])|(?<=[0-9]m))/(?:[^/\s\"'<>:;,]+/)+")


@dataclass(frozen=True, slots=True)
class Scrubber:
    """Replaces what is private.

    Attributes:
        secrets: Values that may appear nowhere.
        places: Absolute folder to what is written for it.
    """

    secrets: frozenset[str] = frozenset()
    places: Mapping[str, str] = field(default_factory=dict)

    def text(self, words: str) -> str:
        """The words without anything private.

        Example:
            >>> Scrubber(frozenset({"s3cret/x"}), {"/srv/desk": "~"}).text("s3cret/x s3cret%2Fx /srv/desk/a")
            '*** *** ~/a'
        """
        for secret in sorted(_forms(self.secrets), key=len, reverse=True):
            words = words.replace(secret, HIDDEN)
        words = _CREDENTIALS.sub(HIDDEN, words)
        for place in sorted(self.places, key=len, reverse=True):
            for written in {place, marked(place)}:
                if written in words:
                    words = _place(written).sub(lambda _, told=self.places[place]: told, words)
        return _HOMES.sub("~", words)

    def value(self, value: Any) -> Any:
        """The same with every text in it scrubbed, in lists and mappings too."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.value(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(one) for one in value]
        return value

    def notebook(self, notebook: Any) -> None:
        """Scrub a notebook in place: sources, outputs, metadata, tracebacks."""
        for cell in notebook.cells:
            cell.source = self.text(cell.source)
            _update(cell.metadata, self.value(cell.metadata))
            for output in cell.get("outputs", ()):
                self._output(output)
        _update(notebook.metadata, self.value(notebook.metadata))

    def _output(self, output: Any) -> None:
        for name, content in output.items():
            if name == "data":
                for mime in content:
                    if not mime.startswith("image/") or mime == "image/svg+xml":
                        content[mime] = self.value(content[mime])
            elif name in ("traceback", "evalue") or output.get("name") == "stderr":
                output[name] = self._traced(content)
            elif name != "output_type":
                output[name] = self.value(content)

    def _traced(self, content: Any) -> Any:
        """Of a traceback no absolute folder is left: the name of the file tells enough."""
        if isinstance(content, list):
            return [self._traced(one) for one in content]
        return _FOLDERS.sub("…/", self.text(content))


def parts_of(secret: str) -> Iterable[str]:
    """A secret, and what alone would give it away: of an address its path, password and tokens.

    Example:
        >>> sorted(parts_of("https://hooks.test/services/T0/abcdefghijklmnop"))
        ['/services/T0/abcdefghijklmnop', 'abcdefghijklmnop', 'https://hooks.test/services/T0/abcdefghijklmnop']
    """
    yield secret
    if "://" not in secret:
        return
    try:
        address = urlsplit(secret)
        pieces = (address.password or "", address.username or "")
    except ValueError:
        return
    tail = address.path + (f"?{address.query}" if address.query else "")
    yield from (piece for piece in (*pieces, tail) if len(piece) >= 8)
    yield from (piece for piece in re.split(r"[/?&=]", tail) if len(piece) >= 12)


def place_told(folder: Path) -> str:
    """How a folder is written that is neither the home nor where the run was started."""
    return f"…/{folder.name}"


def _forms(secrets: Iterable[str]) -> set[str]:
    """Each secret as texts may hold it."""
    found: set[str] = set()
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            told = json.dumps(secret)[1:-1]
            found |= {
                secret,
                told,
                json.dumps(secret, ensure_ascii=False)[1:-1],
                repr(secret)[1:-1],
            }
            found |= {html.escape(secret), html.escape(secret, quote=False)}
            found |= {marked(secret), marked(f".{secret}")[1:]}
            found |= {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    return found


def _place(folder: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<![\w.])|(?<=[0-9]m)){re.escape(folder)}(?![\w-])")


def _update(held: Any, scrubbed: Mapping[str, Any]) -> None:
    import nbformat

    held.clear()
    held.update(nbformat.from_dict(dict(scrubbed)))
