"""Tables of phrases: rows of "these words mean that", tried in their order at every place.

    Row("golden cross|crossover", "sma(50) crosses above sma(200)", kind="test")

A phrase is words and slots. `a|b` is either word, `x?` may be left out, `CAPITALS` stand for any
word of a class, `<number|money>` for a piece of one of these kinds, `<value=volume>` for that text,
and `<value:a>` names the slot, else it is called by its kind.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from .piece import Piece, united
from .words import CLASSES

type Found = Mapping[str, Piece]
type Form = tuple["Row", tuple["Item", ...]]
type Meaning = str | Callable[[Found, str], Piece | str | None]
"""Canonical text with `{slot}` in it; or what makes it of the slots and the interval. None: no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One place of a phrase.

    Attributes:
        keys: Words that can stand here, and kinds in angle brackets.
        text: For a slot, the only text it takes; empty for any.
        name: What the piece here is called.
    """

    keys: frozenset[str]
    text: str = ""
    name: str = ""

    def fits(self, piece: Piece, key: str) -> bool:
        """Whether the piece can stand here."""
        return key in self.keys and (not self.text or piece.text == self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        phrase: What is said.
        means: What it means; an empty text takes the words away.
        kind: The kind of the new piece.
        unit: Its unit; that of the slot called `value` unless given.
        needs: Intervals it needs beside those of its slots.
        note: The default that was filled in, as a sentence.
    """

    phrase: str
    means: Meaning = ""
    kind: str = ""
    unit: str = ""
    needs: frozenset[str] = frozenset()
    note: str = ""


class Table:
    """Rows, indexed by how their phrases begin.

    Args:
        *rows: The first that fits at a place is taken, in its longest form.
    """

    def __init__(self, *rows: Row) -> None:
        self.rows = rows
        self._starting: dict[str, list[Form]] = {}
        for row in rows:
            for items in _forms(row.phrase):
                for key in items[0].keys:
                    self._starting.setdefault(key, []).append((row, items))

    def words(self) -> Iterator[str]:
        """Every word that its phrases hold."""
        for row in self.rows:
            for item, _ in _items(row.phrase):
                yield from (key for key in item.keys if not key.startswith("<"))

    def rewrite(self, pieces: Sequence[Piece], interval: str = "1d") -> list[Piece]:
        """The pieces, phrases replaced by what they mean. Each place is read once, left to right."""
        keys = [_key(piece) for piece in pieces]
        if self._starting.keys().isdisjoint(keys):
            return list(pieces)
        done: list[Piece] = []
        place = 0
        while place < len(pieces):
            begins = keys[place] in self._starting
            made, length = self._at(pieces, keys, place, interval) if begins else (pieces[place], 0)
            if length == 0:
                done.append(pieces[place])
            elif made.kind:
                done.append(made)
            place += length or 1
        return done

    def _at(
        self, pieces: Sequence[Piece], keys: Sequence[str], place: int, interval: str
    ) -> tuple[Piece, int]:
        """What the first form that fits here makes, and how many pieces it takes; 0 when none does."""
        following = keys[place + 1] if place + 1 < len(keys) else ""
        for row, items in self._starting.get(keys[place], ()):
            if len(items) > 1 and following not in items[1].keys:
                continue
            end = place + len(items)
            taken = pieces[place:end]
            if len(taken) < len(items) or not all(map(Item.fits, items, taken, keys[place:end])):
                continue
            found = {item.name: one for item, one in zip(items, taken, strict=True) if item.name}
            made = _made(row, found, taken, interval)
            if made is not None:
                return made, len(items)
        return pieces[place], 0


def _key(piece: Piece) -> str:
    """What a phrase knows a piece by: the word itself, or its kind."""
    return piece.text if piece.kind in ("word", "mark") else f"<{piece.kind}>"


def _made(row: Row, found: Found, taken: Sequence[Piece], interval: str) -> Piece | None:
    means = row.means(found, interval) if callable(row.means) else row.means
    if means is None:
        return None
    needs, notes = united(taken)
    said = (row.note,) if row.note else ()
    if isinstance(means, str):
        value = found.get("value")
        text = means.format(**{name: piece.text for name, piece in found.items()})
        unit = row.unit or (value.unit if value else "")
        means = Piece(kind=row.kind, text=text, start=0, end=0, unit=unit)
    needs |= means.needs | row.needs
    notes = tuple(dict.fromkeys((*notes, *means.notes, *said)))
    return replace(means, start=taken[0].start, end=taken[-1].end, needs=needs, notes=notes)


def _items(phrase: str) -> Iterator[tuple[Item, bool]]:
    """The places of a phrase, and whether each may be left out."""
    for text in phrase.split():
        bare = text.removesuffix("?") if len(text) > 1 else text
        slot = re.fullmatch(r"<([\w|]+)(?:=(.+?))?(?::(\w+))?>", bare)
        if slot:
            kinds, only, name = slot.groups()
            listed = kinds.split("|")
            keys = frozenset(f"<{kind}>" for kind in listed)
            item = Item(keys=keys, text=only or "", name=name or listed[0])
        else:
            listed, _, name = bare.partition(":") if len(bare) > 1 else (bare, "", "")
            words = (CLASSES.get(word, (word,)) for word in listed.split("|"))
            item = Item(keys=frozenset(word for some in words for word in some), name=name)
        yield item, bare != text


def _forms(phrase: str) -> list[tuple[Item, ...]]:
    """The phrase with and without what may be left out, longest first."""
    choices = [((item,), ()) if optional else ((item,),) for item, optional in _items(phrase)]
    forms = [sum(chosen, start=()) for chosen in product(*choices)]
    return sorted((form for form in forms if form), key=len, reverse=True)
