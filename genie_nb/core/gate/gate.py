"""Whether text from a language model may be shown.

Slots become a fact's label and value. Any other digit must belong to a number that stands directly
after the label of its own fact and that the fact rounds to. Dates, tickers, addresses, advice and
comparatives that the facts do not bear out are refused.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import category, numeric

from ..facts.fact import Fact
from ..facts.registry import REGISTRY
from ..figures import written
from ..report import Report
from .comparisons import checked, untrue
from .figures import figure_of, number_in
from .labels import Label, labels
from .vocabulary import borne_out, unknown_word

LONGEST = 2_000
"""Characters of a summary."""

_KIN = (
    frozenset({"gross_margin", "operating_margin", "profit_margin"}),
    frozenset({"total_debt", "debt_to_equity"}),
)
"""Facts that a short name such as margins or debt may introduce."""
_NAMING = re.compile(
    r"(?:\s+(?:ratio|score|multiple|is|are|was|were|has|have|been|of|at|to|stands|stood|now|currently|the|its|a|an))*[\s:=,(]*"
)
_OBJECT = re.compile(r"\s+(?:it|this|that|them|these|those)(?!\w)", re.IGNORECASE)
_SLOT = re.compile(r"\[\[\s*([A-Za-z]\w*)\s*\]\]")
_BETWEEN = re.compile(r"(?:\s+(?:ratio|score|multiple))?(?:\s*[:=]\s*|\s+(?:of|is|was|at|stands at|is at)\s+|\s+)")  # fmt: skip
_CAPITALS = re.compile(r"(?<![\w/&'’.-])\$?[A-Z][A-Z0-9]*(?:[.&-][A-Z]{1,2})?(?![\w/])")
_ADDRESS = re.compile(r"https?:|www\.|://|\w@\w|\]\(|<[^>]*>|[`{}\\]|!\[", re.IGNORECASE)
_ADVICE = re.compile(
    r"(?<!\w)(?:buy(?:ing)?|sell(?! the position)|sells|hold(?:ing)? (?:it|the stock|on)|recommend\w*|advis\w*|should|must"
    r"|price target|target price|undervalued|overvalued|mispriced|a bargain|guarantee\w*|certain to|will (?:rise|fall|go)"
    r"|(?:strong|great|good|bad) (?:buy|investment|pick))(?!\w)",
    re.IGNORECASE,
)
_WRITTEN_OUT = re.compile(
    r"(?<!\w)(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
    r"|millions?|billions?|trillions?|dozens?|a third|two-thirds|quarter of|percent|per cent|basis points?)(?:-\w+)?(?!\w)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\w)(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|[Yy]esterday|[Tt]omorrow"
    r"|(?:last|next|this) (?:week|month|quarter|year))(?!\w)"
)
_IDIOMS = re.compile(
    r"(?:over|in|for) (?:the )?(?:last |past |trailing )?(?:twelve months|four quarters)"
    r"|twelve months|year[- ]over[- ]year|with volume",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Text that passed, with its slots rendered."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Text that did not pass.

    Attributes:
        reason: Why, as a clause that may be told to the model and to the reader.
    """

    reason: str


def admit(text: str, report: Report) -> Admitted | Refused:
    """Let text pass that says nothing but facts of the report.

    Args:
        text: As a language model wrote it.
        report: Whose facts it may tell.

    Returns:
        The text with its slots rendered, or the reason it is refused.
    """
    plain = " ".join(text.split())
    reason = _unfit(plain)
    if reason:
        return Refused(reason=reason)
    rendered, slots, unknown = _rendered(plain, report.facts)
    if unknown:
        return Refused(reason=f"there is no fact called {unknown!r}")
    if not all(_apart(rendered, one) for one in slots):
        return Refused(reason="something is glued to a slot")
    spans = _outside(labels(rendered), slots)
    found = sorted((*slots, *spans), key=lambda one: one.start)
    own = [*_own_name(rendered, report), *borne_out(rendered, found, report.facts, report)]
    told = {one.fact for one in slots}
    rest = _Rest.of(rendered, [*((one.start, one.end) for one in found), *own])
    reason = rest.numbers(spans, report.facts, report.profile.currency or "USD", told)
    reason = reason or _misnamed(rendered, spans, found)
    said = _without(rendered, (*own, *(idiom.span() for idiom in _IDIOMS.finditer(rendered))))
    reason = reason or rest.forbidden() or untrue(said, found, report.facts)
    if not reason and not told:
        reason = "it tells no fact"
    reason = reason or rest.unlisted(report, checked(said))
    return Refused(reason=reason) if reason else Admitted(text=rendered)


def _unfit(text: str) -> str:
    """Why text is refused whatever the facts are."""
    if not text:
        return "it is empty"
    if len(text) > LONGEST:
        return f"it is longer than {LONGEST:,} characters"
    if any(category(letter) in ("Cc", "Cf", "Co", "Cs", "Cn") for letter in text):
        return "it holds characters that cannot be seen"
    address = _ADDRESS.search(text)
    return f"it holds {address[0]!r}, which is no plain text" if address else ""


def _rendered(text: str, facts: Mapping[str, Fact]) -> tuple[str, list[Label], str]:
    """The text with each slot as label and value, where those stand, and the first unknown slot."""
    parts: list[str] = []
    slots: list[Label] = []
    end = length = 0
    for slot in _SLOT.finditer(text):
        name = slot[1].casefold()
        if name not in facts:
            return "", [], slot[1]
        before = text[end : slot.start()]
        shown = _shown(name, facts[name])
        slots.append(Label(fact=name, start=length + len(before), end=length + len(before) + len(shown)))  # fmt: skip
        parts += [before, shown]
        length += len(before) + len(shown)
        end = slot.end()
    return "".join((*parts, text[end:])), slots, ""


def _shown(name: str, fact: Fact) -> str:
    label = REGISTRY[name].label
    first = label.partition(" ")[0]
    lowered = label[0].lower() + label[1:] if first[1:].islower() and first != "Altman" else label
    return f"{lowered} {written(fact.value, fact.unit)}"


def _own_name(text: str, report: Report) -> list[tuple[int, int]]:
    """Where the report's own ticker and company are named."""
    names = {report.profile.ticker, report.profile.name, report.profile.name.partition(" ")[0]}
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    return [found.span() for found in re.finditer(rf"(?<![\w$])(?:{either})(?!\w)", text)]


def _outside(found: Iterable[Label], slots: Sequence[Label]) -> list[Label]:
    """The labels that were written, rather than rendered from a slot."""
    return [one for one in found if not any(s.start <= one.start < s.end for s in slots)]


@dataclass(slots=True)
class _Rest:
    """The text, and what of it has not been accounted for; the rest is blanked out."""

    text: str
    open: str

    @classmethod
    def of(cls, text: str, spans: Sequence[tuple[int, int]]) -> "_Rest":
        rest = cls(text=text, open=text)
        for idiom in _IDIOMS.finditer(text):
            rest.blank(*idiom.span())
        for start, end in spans:
            rest.blank(start, end)
        return rest

    def blank(self, start: int, end: int) -> None:
        self.open = self.open[:start] + "\x00" * (end - start) + self.open[end:]

    def numbers(
        self, spans: Sequence[Label], facts: Mapping[str, Fact], currency: str, told: set[str]
    ) -> str:
        """Account for each number that its own label stands before; say what is left over."""
        for found in number_in(currency).finditer(self.text):
            if "\x00" in self.open[found.start("digits") : found.end("digits")]:
                continue
            before = [one for one in spans if one.end <= found.start()]
            label = max(before, key=lambda one: one.end, default=None)
            if label and not _BETWEEN.fullmatch(self.text, label.end, found.start()):
                label = None
            figure = figure_of(found, currency)
            fact = facts[label.fact] if label else None
            if fact is None or fact.value is None or figure is None:
                return f"{found[0].strip()!r} does not stand directly after the label of its fact"
            if not figure.is_of(fact.value, fact.unit):
                return f"{figure.text!r} is not {REGISTRY[fact.name].label}"
            told.add(fact.name)
            self.blank(label.end if label else found.start(), found.end())
        stray = next((letter for letter in self.open if _counts(letter)), "")
        return f"{stray!r} is a number that no label stands before" if stray else ""

    def forbidden(self) -> str:
        """What is left that no summary may hold, where it has a name."""
        for pattern, why in ((_ADVICE, "is advice"), (_WRITTEN_OUT, "is a number in words"), (_DATE, "is a date")):  # fmt: skip
            found = pattern.search(self.open)
            if found:
                return f"{found[0]!r} {why}"
        for found in _CAPITALS.finditer(self.open):
            if not found[0].isalpha() or len(found[0]) > 1:
                return f"{found[0]!r} may be a ticker that the report is not about"
        foreign = next((c for c in self.open if c.isalpha() and not c.isascii() and ord(c) > 0x24F), "")  # fmt: skip
        return f"{foreign!r} is of another script" if foreign else ""

    def unlisted(self, report: Report, compared: Iterable[tuple[int, int]]) -> str:
        """What is left that is not among the words of a summary, with all that was *compared* aside."""
        for start, end in compared:
            self.blank(start, end)
        return unknown_word(self.open, report)


def _apart(text: str, slot: Label) -> bool:
    """Whether a slot stands alone, so that nothing around it changes its number or sign."""
    before, after = text[: slot.start][-1:], text[slot.end :][:1]
    return before in ("", " ", "(", "“", '"', "—") and after in ("", *" ,.;:)'’”\"—")


def _misnamed(text: str, spans: Sequence[Label], found: Sequence[Label]) -> str:
    """Why a label is followed by the number of another fact, as in "Total debt is cash $58M"."""
    for one in spans:
        if _OBJECT.match(text, one.end):
            return f"{text[one.start : one.end]!r} does not name a fact here"
        after = next((other for other in found if other.start >= one.end), None)
        if (
            after is None
            or after.fact == one.fact
            or any({one.fact, after.fact} <= kin for kin in _KIN)
        ):
            continue
        if _NAMING.fullmatch(text, one.end, after.start):
            return f"{text[one.start : one.end]!r} is followed by another fact"
    return ""


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spaces where *spans* are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _counts(letter: str) -> bool:
    """Whether a character stands for a number in any script."""
    return numeric(letter, None) is not None
