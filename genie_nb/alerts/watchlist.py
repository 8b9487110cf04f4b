"""The watchlist: a text file of rules that people edit too.

    HOME/watchlist.txt -> read -> Entries: rules, and lines that are none with what is wrong with them
    add | remove | pause | resume | edit -> the same file, every other byte of it as it was

A change is made on a copy that takes the file's place in one step, under a lock, so that neither two
writers nor a crash lose a line.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import AskError, SetupError, Unwritable
from ..core.grammar import parse_rule
from ..core.rule import Rule
from ..replacement import replace_file

if TYPE_CHECKING:
    from filelock import BaseFileLock

NAME = "watchlist.txt"
BOM = b"\xef\xbb\xbf"
PATIENCE = 30.0
"""Seconds to wait for another writer."""
SETTLED = 0.5
"""Seconds without a change after which an editor that writes into the file itself is taken to be done."""
_LOOKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the file that is not blank and not a comment.

    Attributes:
        number: Counted from 1.
        text: Without its line ending.
        rule: What it says; None where it cannot be read.
        error: Why it cannot be read; None where it can.
    """

    number: int
    text: str
    rule: Rule | None = None
    error: AskError | None = None


class Watchlist:
    """The rules of one home.

    Args:
        home: The directory that holds the file.
        default_provider: The configured provider, which lines do not name.

    Attributes:
        path: The file; it need not exist.
    """

    def __init__(self, home: Path, default_provider: str | None = None) -> None:
        self.path = home / NAME
        self.default_provider = default_provider
        self._lock: BaseFileLock | None = None

    def read(self) -> tuple[Entry, ...]:
        """Every line that says something, in order; a line that cannot be read says why.

        Of two lines with one rule the first counts; the second is left out.

        Raises:
            SetupError: The file cannot be read.
        """
        entries: list[Entry] = []
        seen: set[str] = set()
        for number, raw in enumerate(self._lines(), 1):
            entry = self._entry(number, raw)
            if entry is None or (entry.rule and entry.rule.rule_id in seen):
                continue
            entries.append(entry)
            seen.update([entry.rule.rule_id] if entry.rule else [])
        return tuple(entries)

    def settle(self) -> bool:
        """Wait while somebody writes into the file, for five seconds at most; whether it was waited.

        Editors know nothing of its lock: some empty a file, then write it.
        """
        for look in range(_LOOKS):
            try:
                age = time.time() - self.path.stat().st_mtime
            except OSError:
                return look > 0
            if not 0 <= age < SETTLED:
                return look > 0
            time.sleep(SETTLED - age)
        return True

    def rules(self) -> tuple[Rule, ...]:
        """The rules of all lines that can be read, in order."""
        return tuple(entry.rule for entry in self.read() if entry.rule is not None)

    def add(self, rules: Sequence[Rule]) -> tuple[bool, ...]:
        """Put rules at the end, one line each.

        Returns:
            For each whether it is new; one that stands there already changes nothing, unless it is
            paused there and not here: then it is resumed, and counts as not new.

        Raises:
            SetupError: The file cannot be written.
        """
        fresh: list[bool] = []

        def changed(lines: list[bytes]) -> list[bytes]:
            known = {rule.rule_id for rule in self._read_rules(lines)}
            for rule in rules:
                fresh.append(rule.rule_id not in known)
                if fresh[-1]:
                    known.add(rule.rule_id)
                    lines = _appended(lines, str(rule))
            waking = {rule.rule_id for rule in rules if not rule.paused}
            return [self._with_pause(raw, waking, paused=False) for raw in lines]

        self._change(changed)
        return tuple(fresh)

    def remove(self, rule_ids: Collection[str]) -> tuple[Rule, ...]:
        """Take the lines of rules out.

        Returns:
            The rules that stood there.

        Raises:
            SetupError: The file cannot be written.
        """
        gone: dict[str, Rule] = {}

        def changed(lines: list[bytes]) -> list[bytes]:
            left: list[bytes] = []
            for raw in lines:
                rule = self._rule(raw)
                if rule is not None and rule.rule_id in rule_ids:
                    gone.setdefault(rule.rule_id, rule)
                else:
                    left.append(raw)
            return left

        self._change(changed)
        return tuple(gone.values())

    def pause(self, rule_ids: Collection[str], *, paused: bool = True) -> None:
        """Keep rules without letting them fire, or, with *paused* False, let them fire again.

        Raises:
            SetupError: The file cannot be written.
        """
        self._change(
            lambda lines: [self._with_pause(raw, rule_ids, paused=paused) for raw in lines]
        )

    def edit(self, rule_id: str, rule: Rule) -> bool:
        """Write *rule* in the place of another.

        Returns:
            Whether the other stood there.

        Raises:
            SetupError: The file cannot be written.
        """
        found: list[bool] = []

        def changed(lines: list[bytes]) -> list[bytes]:
            places = [at for at, raw in enumerate(lines) if self._id(raw) == rule_id]
            found.append(bool(places))
            for at in places:
                lines[at] = _like(lines[at], str(rule))
            return lines

        self._change(changed)
        return found[0]

    def _entry(self, number: int, raw: bytes) -> Entry | None:
        try:
            text = _text(raw)
        except UnicodeDecodeError as wrong:
            return Entry(number=number, text=repr(raw.rstrip(b"\r\n")), error=_not_text(wrong))
        if not text.strip() or text.lstrip().startswith("#"):
            return None
        try:
            return Entry(number=number, text=text, rule=self._parsed(text))
        except AskError as error:
            return Entry(number=number, text=text, error=error)

    def _parsed(self, text: str) -> Rule:
        return parse_rule(text.strip(), default_provider=self.default_provider)

    def _rule(self, raw: bytes) -> Rule | None:
        entry = self._entry(0, raw)
        return entry.rule if entry else None

    def _id(self, raw: bytes) -> str | None:
        rule = self._rule(raw)
        return rule.rule_id if rule else None

    def _read_rules(self, lines: Sequence[bytes]) -> Iterator[Rule]:
        for raw in lines:
            rule = self._rule(raw)
            if rule is not None:
                yield rule

    def _with_pause(self, raw: bytes, rule_ids: Collection[str], *, paused: bool) -> bytes:
        rule = self._rule(raw)
        if rule is None or rule.rule_id not in rule_ids or rule.paused == paused:
            return raw
        return _like(raw, str(replace(rule, paused=paused)))

    def _lines(self) -> list[bytes]:
        try:
            return self.path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return []
        except OSError as wrong:
            raise SetupError(
                f"{self.path} cannot be read: {wrong.strerror}.",
                seen=str(self.path),
                needed="a readable file",
                cure="Correct its permissions, or name another home with --home or GENIE_HOME.",
            ) from None

    def _change(self, changed: Callable[[list[bytes]], list[bytes]]) -> None:
        with self.locked():
            before = self._lines()
            after = changed(list(before))
            if after == before:
                return
            try:
                replace_file(self.path, b"".join(after))
            except OSError as wrong:
                raise self._unwritable(wrong) from None

    @contextmanager
    def locked(self, *, needed: bool = True) -> Iterator[None]:
        """Keeps other writers away while the block runs; the list's own changes may be in it.

        Args:
            needed: Whether the list is to be changed; if not, a home that nobody can write to will do.

        Raises:
            SetupError: The home cannot be written to, or another writer does not end.
        """
        try:
            lock = self._made()
            lock.acquire(timeout=PATIENCE)
        except OSError as wrong:
            if isinstance(wrong, TimeoutError):
                raise self._busy() from None
            if needed:
                raise self._unwritable(wrong) from None
            yield
            return
        try:
            yield
        finally:
            lock.release()

    def _made(self) -> "BaseFileLock":
        from filelock import FileLock

        if self._lock is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.path.with_suffix(".lock"))
        return self._lock

    def _busy(self) -> SetupError:
        return SetupError(
            f"{self.path} has been locked by another writer for {PATIENCE:g} s.",
            seen=str(self.path),
            needed="one writer at a time",
            cure="Wait for the other one to end, then try again.",
        )

    def _unwritable(self, wrong: OSError) -> SetupError:
        cure = "Correct its permissions, or name another home with --home or GENIE_HOME."
        return Unwritable(self.path, wrong, cure=cure)


def _text(raw: bytes) -> str:
    return raw.removeprefix(BOM).rstrip(b"\r\n").decode()


def _not_text(wrong: UnicodeDecodeError) -> AskError:
    return AskError(
        f"The line is not UTF-8 text: {wrong.reason} at byte {wrong.start + 1}.",
        needed="text in UTF-8",
        cure="Save the file as UTF-8, or write the line anew.",
    )


def _ending(lines: Sequence[bytes]) -> bytes:
    """How lines of the file end."""
    return b"\r\n" if any(raw.endswith(b"\r\n") for raw in lines) else b"\n"


def _appended(lines: Sequence[bytes], text: str) -> list[bytes]:
    """The lines and one more, after a last line that may have had no ending."""
    end, before = _ending(lines), list(lines)
    if before and not before[-1].endswith((b"\n", b"\r")):
        before[-1] += end
    return [*before, text.encode() + end]


def _like(raw: bytes, text: str) -> bytes:
    """A line with another text, with the mark and the ending it had."""
    mark = BOM if raw.startswith(BOM) else b""
    return mark + text.encode() + raw[len(raw.rstrip(b"\r\n")) :]
