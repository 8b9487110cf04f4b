"""The phrases of the verb table that are near in meaning to words that were not understood.

"check my alert please" -> "Check my alerts"        "cook me dinner" -> none
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, lru_cache

from ..verbs import VERBS

_MOST = 3
"""Phrases that are suggested at once."""
_ALIKE = 0.8
"""How much of a word must agree for it to be the same one, misspelt."""
_SAYING_LITTLE = frozenset({
    "a", "acme", "am", "an", "and", "any", "are", "at", "be", "by", "can", "come", "could", "did", "do", "does",
    "for", "from", "get", "give", "has", "have", "how", "i", "if", "in", "is", "it", "its", "know", "let", "me",
    "my", "of", "on", "or", "please", "s", "should", "show", "so", "tell", "than", "that", "the", "this", "to",
    "up", "want", "was", "we", "were", "what", "when", "where", "which", "who", "will", "with", "wnch", "would",
    "you", "your",
})  # fmt: skip
"""Words that are in many a sentence, so that sharing them brings two no nearer."""
_SAME: Mapping[str, str] = {
    "analyse": "analyze", "analysis": "analyze", "backtest": "strategy", "danger": "risk", "drop": "drops",
    "fall": "drops", "falls": "drops", "over": "above", "pe": "p/e", "risk": "risks", "under": "below",
    "versus": "compare", "vs": "compare", "alarm": "alert", "alarms": "alerts", "notify": "alert",
    "unwatch": "stop", "mute": "snooze", "corp": "analyze",
}  # fmt: skip
"""Words that are said for those of the phrases."""


@lru_cache(maxsize=64)
def near_phrases(words: str) -> tuple[str, ...]:
    """The phrases that share telling words with *words*, the nearest first; none where none does.

    Example:
        >>> near_phrases("tune a breakout"), near_phrases("cook me dinner")
        (('Tune the breakout strategy on ACME', 'Show the breakout strategy on ACME'), ())
    """
    said = _told(words)
    shared = {phrase: _shared(said, known) for phrase, known in _phrases().items()}
    ranked = sorted(shared, key=lambda phrase: -shared[phrase])
    return tuple(phrase for phrase in ranked if shared[phrase] > 0)[:_MOST]


def _shared(said: frozenset[str], known: frozenset[str]) -> float:
    """How near two sentences are: their telling words in common, less for each one apart."""
    same = sum(1.0 for word in said if word in known or _misspelt(word, known))
    return same - 0.01 * len(known) if same else 0.0


def _misspelt(word: str, known: frozenset[str]) -> bool:
    return len(word) > 3 and bool(get_close_matches(word, known, n=1, cutoff=_ALIKE))


@cache
def _phrases() -> dict[str, frozenset[str]]:
    return {phrase: _told(phrase) for verb in VERBS.values() for phrase in verb.phrases}


def _told(sentence: str) -> frozenset[str]:
    words: list[str] = re.findall(r"[^\W\d_]+(?:/[^\W\d_]+)?", sentence.casefold())
    return frozenset(_SAME.get(word, word) for word in words if word not in _SAYING_LITTLE)
