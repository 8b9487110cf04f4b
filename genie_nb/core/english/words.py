"""Classes of words that mean the same in a phrase, and the words of numbers."""

from collections.abc import Iterator, Mapping


def _verbs(*stems: str, irregular: str = "") -> tuple[str, ...]:
    """Every form of regular verbs, and irregular forms as they are.

    Example:
        >>> _verbs("climb", "drop", irregular="fell")[:6]
        ('fell', 'climb', 'climbs', 'climbed', 'climbing', 'drop')
    """
    return (*irregular.split(), *(form for stem in stems for form in _forms(stem)))


def _forms(stem: str) -> Iterator[str]:
    if stem.endswith("e"):
        yield from (stem, f"{stem}s", f"{stem}d", f"{stem[:-1]}ing")
    elif stem.endswith("y") and stem[-2] not in "aeiou":
        yield from (stem, f"{stem[:-1]}ies", f"{stem[:-1]}ied", f"{stem}ing")
    elif stem.endswith(("s", "sh", "ch")):
        yield from (stem, f"{stem}es", f"{stem}ed", f"{stem}ing")
    elif stem in ("drop", "dip", "slip", "pop", "rip", "tag", "gap", "hit"):
        yield from (stem, f"{stem}s", f"{stem}{stem[-1]}ed", f"{stem}{stem[-1]}ing")
    else:
        yield from (stem, f"{stem}s", f"{stem}ed", f"{stem}ing")


_EITHER_WAY = _verbs(
    "cross",
    "move",
    "push",
    "head",
    irregular="break breaks broke broken breaking go goes went gone going get gets got getting"
    " come comes came coming",
)

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

MONTHS: Mapping[str, int] = {
    short: number
    for number, name in enumerate(_MONTHS, start=1)
    for short in (name, name[:3], name[:4] if name == "september" else name[:3])
}

CLASSES: Mapping[str, tuple[str, ...]] = {
    "ABOVE": ("above", "over", "past"),
    "BELOW": ("below", "under", "beneath", "underneath"),
    "MORE": ("more", "greater", "higher", "bigger", "larger"),
    "LESS": ("less", "lower", "smaller", "fewer"),
    "CROSS": _EITHER_WAY,
    "CLIMB": _verbs(
        "climb", "jump", "rally", "surge", "spike", "pop", "rip", "bounce", "rocket", "advance",
        "gain", "increase", "recover", "soar",
        irregular="rise rises rose risen rising shoot shoots shot run runs ran running"
        " grow grows grew growing",
    ),
    "SINK": _verbs(
        "drop", "dip", "slip", "slide", "tumble", "plunge", "crash", "decline", "pull", "tank",
        "decrease", "plummet", "retreat",
        irregular="fall falls fell fallen falling sink sinks sank sinking slid lose loses lost losing",
    ),
    "CLOSES": ("closes", "closed", "closing", "close", "closings", "finishes", "ends", "settles"),
    "IS": ("is", "are", "was", "be", "being", "been", "'s", "trades", "trading", "sits", "sitting"),
    "STAYS": _verbs("stay", "remain", irregular="hold holds held holding keep keeps kept keeping"),
    "BECOMES": ("becomes", "become", "becoming", "gets", "get", "goes", "go", "turns", "turn", "reads"),
    "AUX": (
        "has", "have", "had", "does", "do", "did", "to", "starts", "manages", "finally", "just",
        "is", "are", "will", "should", "ever", "again",
    ),
    "NOT": ("not", "isn't", "doesn't", "don't", "hasn't", "aren't"),
    "TOUCH": _verbs("touch", "hit", "tag", "reach", irregular="hits hitting hit"),
    "MAKES": _verbs(
        "make", "form", "print", "show", "post", "complete", "flash", "trigger", "create", "mark",
        irregular="has have had sees see hit hits hitting sets set setting made making forming is"
        " gets reaches reach",
    ),
    "AVERAGE": ("average", "usual", "normal", "typical", "avg", "mean"),
    "MA": ("ma", "average", "avg", "dma", "sma", "mav"),
    "HEAVY": ("high", "heavy", "strong", "big", "good", "solid", "huge", "large", "elevated"),
    "IN": ("in", "over", "within", "inside", "during"),
    "LAST": ("last", "past", "previous", "prior", "latest"),
    "RUN": ("straight", "consecutive", "running", "successive"),
    "EACH": ("a", "an", "one", "per", "every", "each"),
    "IF": ("if", "when", "once", "whenever"),
    "MONTH_NAME": tuple(MONTHS),
    "TELL": _verbs(
        "alert", "notify", "ping", "warn", "text", "email", "message", "remind", "signal", "flag",
        irregular="tell tells let send give",
    ),
}  # fmt: skip
"""Words that a phrase names by their class, in capitals."""

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

UNITS: Mapping[str, int] = {word: value for value, word in enumerate(_UNITS)}
TENS: Mapping[str, int] = {word: 10 * value for value, word in enumerate(_TENS, start=2)}
SCALES: Mapping[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "mil": 1_000_000,
    "mm": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
