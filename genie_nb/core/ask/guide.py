"""The help texts, made from the verb table."""

from dataclasses import dataclass

from ..errors import UnknownName
from ..verbs import VERBS, Option, Verb, verb_called


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A wish to be told how genie is used.

    Attributes:
        verb: The verb asked about; empty for all of them.
        program: What stands before a verb: `%genie` in a notebook, `genie` in a terminal.
    """

    verb: str = ""
    program: str = "%genie"

    def __str__(self) -> str:
        """The text shown.

        Raises:
            UnknownName: There is no such verb.
        """
        if not self.verb:
            return _all_verbs(self.program)
        verb = verb_called(self.verb)
        if verb is None:
            raise UnknownName("verb", self.verb, VERBS)
        return _one_verb(verb, self.program)

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:
        """IPython asks for this."""
        del cycle
        printer.text(str(self))  # pyright: ignore[reportAttributeAccessIssue]


def _all_verbs(program: str) -> str:
    width = max(len(verb.usage) for verb in VERBS.values())
    lines = [f"  {program} {verb.usage:<{width}}  {verb.summary}" for verb in VERBS.values()]
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


def _one_verb(verb: Verb, program: str) -> str:
    width = max(len(_written(option)) for option in verb.all_options)
    lines = [f"  {_written(option):<{width}}  {option.help}" for option in verb.all_options]
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
