"""Wishes that are understood and cannot be granted: each is refused with what can be asked instead."""

import re
from dataclasses import dataclass

from ..errors import AskError
from ..verbs import VERBS, Ask
from .request import Request, tickers_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One kind of wish.

    Attributes:
        said: How it is said.
        message: Why it is refused, as a sentence.
        cure: What to ask instead; `ACME` stands for the user's own ticker.
        verb: The verb that would grant it, where one may be added; it is refused while there is none.
    """

    said: re.Pattern[str]
    message: str
    cure: str
    verb: str = ""


def _no(said: str, message: str, cure: str, verb: str = "") -> Refusal:
    return Refusal(said=re.compile(said, re.IGNORECASE), message=message, cure=cure, verb=verb)


_ABSENT = "which this version of genie does not do: there is no verb"

UNBUILT = {
    "screen": "To search by prices instead: scan breakout. Or: Which stocks are oversold?",
    "claim": 'To look back on one ticker: preview ACME "close > close[1] for 7 bars"',
    "record": "To keep a talk with what was asked: Conversation().save(FILE)",
    "replay": "To ask again what was asked: genie run NOTEBOOK",
}
"""Verbs that one may know of and that this version lacks, with what can be asked instead."""


def unbuilt(verb: str) -> AskError | None:
    """The refusal of a verb that does not exist in this version; None for any other word."""
    name = verb.casefold()
    if name not in UNBUILT or name in VERBS:
        return None
    return AskError(
        f"There is no verb {name}: it does not exist in this version of genie.",
        seen=verb,
        needed=f"one of: {', '.join(VERBS)}",
        cure=UNBUILT[name],
    )


REFUSALS = (
    _no(
        r"^(?:please )?(?:buy|sell|short|purchase|dump|order|invest)\b(?! or | and hold| interest| percent| float|-)"
        r"|\b(?:place|execute|submit|put in|make) (?:me )?(?:an?|the) (?:\w+ )?(?:order|trade)\b",
        "This asks for a trade, and genie does not trade.",
        "It can watch a level: let me know if ACME drops below 20. Or weigh it: Should I buy ACME?",
    ),
    _no(
        r"\b(?:my|our) (?:\w+ )?(?:money|savings|retirement|portfolio|mortgage|taxes|pension|401k|ira)\b|\bloan\b.*\bbuy\b"
        r"|\b(?:tax|taxes)\b|\ballocat|\bposition siz"
        r"|^(?:what|which|how much|where) (?:\w+ ){0,2}?(?:should|shall|would|do) (?:i|we|you) (?:buy|sell|invest|own|put)\b"
        r"|\bbest (?:stocks?|share|ticker|investment|pick)s?\b|^(?:pick|recommend|suggest|give me|name) (?:me )?(?:an?|some|the) (?:\w+ )?(?:stock|share|ticker|pick)s?\b",
        "This asks for advice on money, which genie does not give.",
        "It tells what the facts of one company say: Should I buy ACME?",
    ),
    _no(
        r"^(?:will|would) .*\b(?:go|be|rise|fall|drop|climb|double|crash|reach|hit|recover|moon|rally|keep|beat|outperform)\b"
        r"|\b(?:predict|forecast|prediction)\b|\bprice target\b(?! of \$?\d)|\bbe worth\b|\bwhere will\b"
        r"|\b(?:tomorrow|next (?:week|month|year))\b(?!.*(?:report|earnings))",
        "This asks about the future, which no fact can tell.",
        "Ask what speaks for and against it, Should I buy ACME?, or be told when it happens: "
        "let me know if ACME breaks above 25.",
    ),
    _no(
        r"\bnews\b|\bheadlines?\b|\barticles?\b|\b(?:earnings|conference) call\b|\btweets?\b|\brumou?rs?\b",
        "This asks for what others wrote or said, which genie does not read.",
        "It can tell what the numbers say: Analyze ACME.",
    ),
    _no(
        r"\b(?:ignore|disregard|forget|override|bypass) (?:\w+ ){0,3}(?:rules?|instructions?|prompts?|above|limits?|guidelines?)\b"
        r"|\bsystem prompt\b|\byou are now\b|\bpretend\b|\brepeat after me\b|^(?:system|assistant|user)\s*:",
        "This tells genie to be something else, and it has no such ear.",
        "Say what you want to know, or to be told of: Analyze ACME.",
    ),
    _no(
        r"^(?:find|screen|list)\b(?=.*\b(?:small|micro|mid|large|mega|quality|cheap|undervalued|profitable|growing)\b)",
        f"This asks to screen companies by their facts, {_ABSENT} screen yet.",
        "To search by prices instead: scan breakout, or Which stocks are oversold?",
        "screen",
    ),
    _no(
        r"^(?:and |so )?(?:what(?:'s| has| have| is)?|has anything|have anything|did anything|anything) (?:changed?|new|different)\b"
        r"|\bsince (?:i )?last (?:look|time|checked)",
        "This asks what changed, and not of one company as a whole.",
        "Ask it of one company, since a date or since your last look: What changed with ACME since 2025-12-01?",
    ),
    _no(
        r"\b(?:longest|biggest|best|worst|first)\b.*\b(?:streak|run|rally|day|week|month|year)\b.*\b(?:since|ever|in history)\b",
        f"This states something about the market's past, {_ABSENT} claim yet.",
        "To look back on one ticker: preview ACME \"close > close[1] for 7 bars\".",
        "claim",
    ),
)  # fmt: skip
"""The first that fits is the answer."""

_SILENT = re.compile(
    r"^(?:please )?(?:don'?t|do not|never)\b.*\b(?:alert|tell|notify|watch|let me know|ping|warn)\b", re.IGNORECASE
)  # fmt: skip


def decline(request: Request) -> Ask | None:
    """Refuse a wish of the table.

    Raises:
        AskError: It is one; says what to ask instead.
    """
    for one in REFUSALS:
        if one.said.search(request.whole) and one.verb not in VERBS:
            named = tickers_in(request.whole)
            return _raise(request, one, named[0] if named else "")
    return None


def decline_silence(request: Request) -> Ask | None:
    """Refuse a wish not to be told; `don't watch CRSR anymore` is none, and was read before.

    Raises:
        AskError: It is one.
    """
    if _SILENT.match(request.whole):
        raise AskError(
            "A rule says when to tell you, and this says when not to.",
            seen=request.whole,
            needed="what to be told of",
            cure="Say that, or end what is watched: Stop watching ACME.",
        )
    return None


def _raise(request: Request, one: Refusal, ticker: str) -> None:
    subject = ticker or (request.memory.subject or "")
    cure = one.cure.replace("ACME", subject) if subject else one.cure
    raise AskError(
        one.message,
        seen=request.whole,
        needed="a question or wish that facts can answer",
        cure=cure,
    )
