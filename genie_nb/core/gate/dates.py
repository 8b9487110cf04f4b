"""Dates and times in words."""

import re

from .words import phrases

SPANS = phrases(
    r"(?:over|in|for|during|of|across|from|on|to|within) (?:the |its )?(?:last|past|latest|most recent|trailing|reported|current)(?: (?:reported|fiscal|full))? (?:years?|quarters?|months?|period|twelve months)",
    r"the (?:latest|most recent)(?: (?:reported|fiscal))? (?:quarter|year|period|report|session|close)",
    r"year (?:over|on) year", r"quarter (?:over|on) quarter", "year to date",
    r"(?:(?:over|from|on|against|with|to|compared with|compared to|versus|than) )?(?:the same (?:quarter|period) )?(?:of )?(?:a|one|the) (?:year|quarter) (?:before|earlier|ago)",
    r"(?:over|from|on|compared with|compared to|versus) (?:the )?(?:same (?:quarter|period) (?:of|in) )?(?:the )?(?:prior|previous|preceding) (?:year|quarter|period)",
    "over (?:a|the) (?:year|quarter|period)", "over time", "at the (?:latest|last) close", "(?:long|longer|short|shorter|near|medium) term",
)  # fmt: skip
"""Spans over which the facts are reckoned: no dates."""

_CAPITAL = re.compile(
    r"(?<!\w)(?:May|Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun|Mar|Jan|Dec|Oct|Sep|AM|PM|BC|AD)(?!\w)"
)
_WORDS = phrases(
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
    "jan", "feb", "apr", "jun", "jul", "aug", "sept?", "oct", "nov", "dec",
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?", "yesterday", "tomorrow", "tonight", "overnight",
    "(?:last|next|this|coming|upcoming|previous|prior|following|early|late|mid|the|in|since|by) (?:fall)",
    "spring", "springtime", "summer", "autumn", "winter", "wintertime",
    r"(?:last|next|this|coming|upcoming|previous|prior|past|following|every other|early|earlier|late|later|mid|since) (?:night|morning|week|weekend|month|quarter|half|season|year|decade|century)s?",
    "ago", "in recent (?:days|weeks|months)", "recent (?:days|weeks|months)", "decades?", "century", "centuries", "fortnights?", "millennium", "noon", "midnight", "midday", "o'clock",
    "christmas", "easter", "thanksgiving", "halloween", "ramadan", "diwali", "hanukkah", "new year(?:'s)?", "black friday", "holidays?",
    "year end", "month end", "quarter end", "end of (?:the )?(?:year|month|quarter|week|decade)", r"(?:with)?in (?:a )?(?:few |matter of |some |several )*(?:days|weeks|months|years|hours|minutes|a day|a week|a month|a year)",
    r"(?:for|after|since) (?:many |several |some )?(?:days|weeks|months|years)", "mid year", "the year (?:of|before|after)", "annus", "birthday", "anniversary",
)  # fmt: skip


def dated(text: str) -> str:
    """The first date or time in words; empty when there is none."""
    found = _WORDS.search(text) or _CAPITAL.search(text)
    return found[0] if found else ""
