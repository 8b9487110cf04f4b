"""The help texts, made from the verb table."""

import textwrap
from dataclasses import dataclass

from ..errors import UnknownName
from ..verbs import VERBS, Option, Verb, verb_called


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A wish to be told how genie is used.

    Attributes:
        verb: The verb asked about; empty for all of them.
        program: What stands before a verb: `%genie` in a notebook, `genie` in a terminal.
        columns: Of the place it is shown in; longer lines are broken.
    """

    verb: str = ""
    program: str = "%genie"
    columns: int = 160

    def __str__(self) -> str:
        """The text shown.

        Raises:
            UnknownName: There is no such verb.
        """
        if not self.verb:
            return _all_verbs(self.program, self.columns)
        verb = verb_called(self.verb)
        if verb is None:
            raise UnknownName("verb", self.verb, VERBS)
        return _one_verb(verb, self.program, self.columns)

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:
        """IPython asks for this."""
        del cycle
        printer.text(str(self))  # pyright: ignore[reportAttributeAccessIssue]


def _all_verbs(program: str, columns: int) -> str:
    lines = _table([(f"{program} {verb.usage}", verb.summary) for verb in VERBS.values()], columns)
    phrases = [f"  {phrase}" for verb in VERBS.values() for phrase in verb.phrases]
    return "\n".join(
        (
            "Ask about a stock, in a line or in plain words. Research, not financial advice.",
            "",
            *lines,
            "",
            f"Plain words work too, after {program}:",
            *phrases,
            "",
            f"{program} help VERB tells the options of a verb.",
        )
    )


def _one_verb(verb: Verb, program: str, columns: int) -> str:
    lines = _table([(_written(option), option.help) for option in verb.all_options], columns)
    return "\n".join(
        (
            f"{program} {verb.usage}",
            "",
            f"{verb.summary[0].upper()}{verb.summary[1:]}.".replace("?.", "?"),
            "",
            "For example:",
            *(f"  {program} {example}" for example in verb.examples),
            "",
            "Options:",
            *lines,
        )
    )


def _written(option: Option) -> str:
    if option.reads == "flag":
        return option.flag
    return f"{option.flag} {'|'.join(option.choices) or option.metavar}"


def _table(rows: list[tuple[str, str]], columns: int) -> list[str]:
    """Each row with its explanation beside it, broken below itself where the place is narrow."""
    width = max(len(name) for name, _ in rows)
    return [
        textwrap.fill(
            f"  {name:<{width}}  {told}",
            max(columns, width + 24),
            subsequent_indent=" " * (width + 4),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for name, told in rows
    ]
