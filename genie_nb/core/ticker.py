"""Tickers as people write them, and company names where they wrote one instead.

"acme" "$ACME" "BRK.B" "^GSPC" -> a ticker        "ACME Corp" -> a name, for the desk to look up
"""

import re
from collections.abc import Sequence

from .errors import AskError

_SYMBOL = re.compile(
    r"""(?=.*[A-Z])(?:
        \^[A-Z0-9][A-Z0-9.\-]{0,11}                          # an index: ^GSPC
      | [A-Z0-9]{1,10}=[XF]                                  # a currency or future: EURUSD=X, ES=F
      | [A-Z]{1,5}                                           # a share: ACME
      | (?=.*\d)[A-Z0-9]{1,6}                                # one with a digit: C3
      | [A-Z0-9]{1,10}[.\-][A-Z0-9]{1,5}(?:\.[A-Z]{1,4})?    # class, exchange, pair: BRK-B, 7203.T
    )""",
    re.VERBOSE,
)
_SHARE_CLASS = re.compile(r"([A-Z]{1,5})[./]([ABC])")
_STRANGE = re.compile(r"[^\u0020-\u024F\u2018\u2019\u2013]|[\[\]{}<>|\\@#%*~\"]")
_PRONOUNS = frozenset({
    "both", "competitors", "here", "it", "its", "peers", "rivals", "that", "their", "them", "these",
    "this", "those",
})  # fmt: skip
LEGAL_FORMS = frozenset({
    "ag", "bancorp", "co", "company", "corp", "corporation", "group", "holding", "holdings",
    "inc", "incorporated", "limited", "llc", "lp", "ltd", "nv", "partners", "plc", "sa", "se",
    "spa", "technologies", "trust",
})  # fmt: skip
_JOINERS = frozenset({"and", "&", "to", "with", "vs", "vs.", "versus", "against", "or"})
_ENDS = ",;:?!"


def is_ticker(text: str) -> bool:
    """Whether *text* has the form of a ticker, in the spelling genie keeps.

    Example:
        >>> [word for word in ("ACME", "BRK-B", "^GSPC", "BTC-USD", "25", "Corsair") if is_ticker(word)]
        ['ACME', 'BRK-B', '^GSPC', 'BTC-USD']
    """
    return _SYMBOL.fullmatch(text) is not None


def read_name(text: str) -> str:
    """One ticker in its kept spelling, or a company name as it was written.

    Tickers become upper case, a cashtag loses its `$`, share classes are written with a dash.

    Raises:
        AskError: It is empty, a bare number, or not in the letters that tickers and names use.

    Example:
        >>> read_name("$acme"), read_name("brk.b"), read_name("VOD.L"), read_name("ACME Corp")
        ('ACME', 'BRK-B', 'VOD.L', 'ACME Corp')
    """
    name = _trimmed(text)
    pronoun = name.casefold() in _PRONOUNS and not name.isupper()
    if pronoun or _STRANGE.search(name) or not any(letter.isalpha() for letter in name):
        in_python = " For a variable, call it from Python: genie.analyze(ticker)."
        raise AskError(
            f"{text.strip()!r} is not a ticker or a company name.",
            seen=text.strip(),
            needed="a ticker in Latin letters, such as ACME, BRK-B, ^GSPC or BTC-USD",
            cure="Write the ticker, such as ACME, or the company's name in Latin letters."
            + (in_python if "{" in name else ""),
        )
    upper = _SHARE_CLASS.sub(r"\1-\2", name.upper())
    return upper if is_ticker(upper) else name


def respelt(words: Sequence[str]) -> str:
    """Says which share classes are read with a dash; empty where none had to be.

    Example:
        >>> respelt(["brk.b,", "ACME", "BF-B"])
        'I read brk.b as BRK-B.'
    """
    names = [_trimmed(word) for text in words for word in text.split()]
    dotted = [name for name in names if _SHARE_CLASS.fullmatch(name.upper())]
    told = ", ".join(f"{name} as {read_name(name)}" for name in dotted)
    return f"I read {told}." if told else ""


def share_class(ticker: str) -> str:
    """Says how a share class is read; empty for any other ticker.

    Example:
        >>> share_class("BRK-B"), share_class("ACME")
        ('BRK.B is read as BRK-B.', '')
    """
    dotted = ticker.replace("-", ".")
    read = dotted != ticker and _SHARE_CLASS.fullmatch(dotted)
    return f"{dotted} is read as {ticker}." if read else ""


def read_names(words: Sequence[str], *, many: bool) -> tuple[str, ...]:
    """Every ticker or company named in *words*; an element with a space in it was quoted: one name.

    Args:
        words: What stands where tickers are expected.
        many: Whether several are expected, so that `acme bolt` is two tickers and not one name.

    Raises:
        AskError: One of them cannot be a ticker or a name.

    Example:
        >>> read_names(["CRSR", "to", "LOGI"], many=True)
        ('CRSR', 'LOGI')
        >>> read_names(["ACME", "Corp"], many=False)
        ('ACME Corp',)
        >>> read_names(["ACME,", "WNCH"], many=False)
        ('ACME', 'WNCH')
    """
    names: list[str] = []
    for group in _groups(words, many=many):
        names += [read_name(word) for word in _separate(group, many=many)]
    return tuple(names)


def is_legal_form(word: str) -> bool:
    """Whether the word ends company names: Corp, Inc., plc."""
    return word.casefold().strip(".,") in LEGAL_FORMS


def _trimmed(text: str) -> str:
    name = text.strip().strip(_ENDS + "\"'“”").strip().removeprefix("$")
    return re.sub(r"['\u2019]s$", "", name, flags=re.IGNORECASE).rstrip(".")


def _groups(words: Sequence[str], *, many: bool) -> list[list[str]]:
    """Words between commas and joining words; `Procter and Gamble` stays together."""
    groups: list[list[str]] = [[]]
    for position, word in enumerate(words):
        if word.lower() in _JOINERS and (many or _joins_tickers(words, position)):
            groups.append([])
            continue
        pieces = [word] if " " in word else [piece for piece in re.split(r"(?<=,)", word) if piece]
        for piece in pieces:
            if is_legal_form(piece) and not groups[-1] and len(groups) > 1 and groups[-2]:
                groups.pop()
            groups[-1].append(piece)
            if piece.endswith((",", ";")):
                groups.append([])
    return [group for group in groups if any(word.strip(_ENDS) for word in group)]


def _joins_tickers(words: Sequence[str], position: int) -> bool:
    around = [*words[max(position - 1, 0) : position], *words[position + 1 : position + 2]]
    return len(around) == 2 and all(_could_be_ticker(word) for word in around)


def _separate(group: list[str], *, many: bool) -> list[str]:
    """A group as one name, or as the tickers that stand in it without commas."""
    if len(group) == 1:
        return group
    if any(" " in word for word in group):
        return group
    if any(is_legal_form(word) for word in group[1:]):
        return _cut_after_legal_forms(group, many=many)
    if all(_could_be_ticker(word) for word in group) and (many or len(group) > 6):
        return group
    if all(_is_surely_ticker(word) for word in group):
        return group
    return [" ".join(group)]


def _cut_after_legal_forms(group: list[str], *, many: bool) -> list[str]:
    end = next(i for i, word in enumerate(group) if i and is_legal_form(word)) + 1
    while end < len(group) and is_legal_form(group[end]):
        end += 1
    rest = group[end:]
    return [" ".join(group[:end]), *(_separate(rest, many=many) if rest else [])]


def _could_be_ticker(word: str) -> bool:
    return is_ticker(_trimmed(word).upper().replace("/", "-"))


def _is_surely_ticker(word: str) -> bool:
    """Written as a ticker, and not merely readable as one."""
    return (word == word.upper() or word.startswith("$")) and _could_be_ticker(word)
