"""Names of findings and strategies as people say them."""

import re

_AVERAGE = re.compile(r"\bsma (\d+)\b")
_YEAR = re.compile(r"\b(high|low) 52w\b")
_BREAKOUT = re.compile(r"\bbreakout (\d+)\b")
_SHORT = re.compile(r"\b(?:macd|vwap|rsi|atr)\b")


def spoken(name: str) -> str:
    """The name of a finding or a strategy as it is said.

    Example:
        >>> spoken("broke_above_sma_50"), spoken("new_high_52w"), spoken("breakout_20")
        ('broke above 50-day average', 'new 52-week high', '20-day breakout')
        >>> spoken("mean_reversion"), spoken("vwap_day")
        ('mean reversion', 'VWAP day')
    """
    words = _AVERAGE.sub(r"\1-day average", name.replace("_", " "))
    words = _SHORT.sub(lambda hit: hit[0].upper(), words)
    return _BREAKOUT.sub(r"\1-day breakout", _YEAR.sub(r"52-week \1", words))


def titled(name: str) -> str:
    """The name of a finding or a strategy as a label."""
    words = spoken(name)
    return words[:1].upper() + words[1:]
